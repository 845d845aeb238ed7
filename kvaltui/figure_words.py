"""Figures and targets as a person reads them: the same words in the window, in the commands and in a report.

What is stored, exported and printed as JSON stays as it was written.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kvaltui.i18n import _, language, number, say
from kvaltui.model.clean import clean
from kvaltui.model.figure import Figure, FigureError, parse_figure, write_figure
from kvaltui.model.message import Message, Value
from kvaltui.model.pattern import pattern
from kvaltui.model.quantity import Operator
from kvaltui.model.reason import amount, readable
from kvaltui.words import word

if TYPE_CHECKING:
    from decimal import Decimal

    from kvaltui.model.indicator_result import IndicatorResult
    from kvaltui.model.scale import Scale
    from kvaltui.model.target_rule import Target

NO_FIGURE = "–"
_SHORT_UNITS = {"antal": "st", "dagar": "dgr", "index": "ind", "ja/nej": "", "text": ""}
_NO_BREAK = "\N{NO-BREAK SPACE}"
_ONLY_FIGURES = pattern(r"[<>=≤≥~±−–-]{0,2}\s*\d[\d\s,.–−-]*")


def figure_cell(text: str, scale: Scale) -> str:
    """An outcome for a reader: the number with its percent sign, a word for what is missing, or as written.

    Units other than % stand elsewhere. What cannot be read is shown as it was written.
    """
    return _figure_cell(text, scale, language())


def without_unit(cell: str) -> str:
    """A figure for a reader without its percent sign, where the unit is said beside it."""
    return cell.replace(f"{_NO_BREAK}%", "")


def unit_cell(scale: Scale) -> str:
    """The unit of figures in few cells: "st" for "antal"; "" where figures are words and say it themselves."""
    return _SHORT_UNITS.get(scale.unit, clean(scale.unit))


def target_cell(text: str, scale: Scale) -> str:
    """A target in few cells, its unit said beside it: "≥ 90", "45–55"; one that is no limit as it was written."""
    return _target_cell(text, scale, language()) if text else ""


def outcome_cell(found: IndicatorResult, scale: Scale) -> str:
    """The outcome of an indicator that is judged: what is written, or a total computed from parts.

    Where only parts are written and they have no total, each of them by its name.
    """
    return total_cell(found.outcome or "", found.figure, scale)


def total_cell(text: str, figure: Figure | None, scale: Scale) -> str:
    """A written outcome, or the figure that its parts come to where the text has none of its own."""
    if figure is not None and not figure.parts and not _has_own_figure(text, scale):
        return figure_cell(write_figure(figure, scale), scale)
    return figure_cell(text, scale)


def as_written(text: str, scale: Scale) -> str:
    """A target, or a figure of the journal: as written, with the percent sign that a bare number of a % stands for."""
    text = clean(text)
    is_bare = scale.is_percentage and _ONLY_FIGURES.fullmatch(text.strip())
    return f"{text.strip()}{_NO_BREAK}%" if is_bare else text


def with_unit(cell: str, figure: Figure | None, scale: Scale) -> str:
    """An outcome as `figure_cell` shows it, with its unit where it is a number and the unit says something."""
    if figure is None or not figure.is_number or scale.is_percentage:
        return cell
    told = amount(figure.exact if figure.exact == 1 and not figure.is_estimated else cell, scale)
    return say(told) if isinstance(told, Message) else cell


def target_words(text: str, scale: Scale) -> str:
    """A target with its operator in words and its unit: "minst 90 %", "högst 120 dagar"; as written where it has none.

    From when it holds is said after it, where its text does.
    """
    from kvaltui.model.target import parse_target
    from kvaltui.model.target_rule import TargetError

    try:
        target = parse_target(text, scale)
    except TargetError:
        return as_written(text, scale)
    if target.parts:
        return "; ".join(f"{clean(name)} {_wanted(part, scale) or NO_FIGURE}" for name, part in target.parts)
    has_limit = target.low is not None or target.high is not None
    return _wanted(target, scale) if has_limit else as_written(text, scale)


def _wanted(target: Target, scale: Scale) -> str:
    """A target in words."""
    from kvaltui.model.target_writing import write_target

    low, high = target.low, target.high
    if low is not None and high is not None:
        both = Message("{low}–{high}", low=low, high=high)
        told = say(Message("{number}", number=amount(both if low != high else low, scale)))
    elif low is not None:
        number = _limit(low, scale)
        told = _("more than {number}", number=number) if target.is_strict else _("at least {number}", number=number)
    elif high is not None:
        number = _limit(high, scale)
        told = _("less than {number}", number=number) if target.is_strict else _("at most {number}", number=number)
    else:
        return clean(write_target(target, scale))
    return f"{told}, {clean(target.horizon)}" if target.horizon else told


def _limit(limit: Decimal, scale: Scale) -> Value:
    return amount(readable(limit), scale)


@lru_cache(maxsize=4096)
def _target_cell(text: str, scale: Scale, _language: str) -> str:
    from kvaltui.model.target import parse_target
    from kvaltui.model.target_rule import Rule, TargetError

    try:
        target = parse_target(text, scale)
    except TargetError:
        return clean(text)
    low, high = target.low, target.high
    match target.rule:
        case Rule.AT_LEAST if low is not None:
            return f"{Operator.GREATER if target.is_strict else Operator.AT_LEAST} {number(low)}"
        case Rule.AT_MOST if high is not None:
            return f"{Operator.LESS if target.is_strict else Operator.AT_MOST} {number(high)}"
        case Rule.WITHIN if low is not None and high is not None:
            return number(low) if low == high else f"{number(low)}–{number(high)}"
        case Rule.NONE if not target.parts:
            return number(target.reference) if target.reference is not None else ""
    return clean(text)


@lru_cache(maxsize=16384)
def _figure_cell(text: str, scale: Scale, _language: str) -> str:
    if not text:
        return NO_FIGURE
    try:
        figure = parse_figure(text, scale)
    except FigureError:
        return clean(text)
    return _words(figure, text, scale)


def _words(figure: Figure, text: str, scale: Scale) -> str:
    if figure.parts:
        return "; ".join(
            f"{clean(name)} {_words(part, write_figure(part, scale), scale)}" for name, part in figure.parts
        )
    if figure.missing is not None:
        return word(figure.missing)
    if figure.answer is not None:
        return word(figure.answer)
    if not figure.is_number:
        return clean(text)
    numbers = _numbers(figure) + (f"{_NO_BREAK}%" if scale.is_percentage else "")
    return f"~{numbers}" if figure.is_estimated else numbers


def _numbers(figure: Figure) -> str:
    low, high = figure.low, figure.high
    if figure.operator is Operator.INTERVAL and low is not None and high is not None:
        return f"{number(low)}–{number(high)}"
    end = low if low is not None else high
    assert end is not None
    if figure.operator is Operator.EXACT:
        return number(readable(end))
    return f"{figure.operator.value}{number(end)}"


def _has_own_figure(text: str, scale: Scale) -> bool:
    try:
        return not parse_figure(text, scale).parts
    except FigureError:
        return False
