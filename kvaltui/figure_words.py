"""Figures and targets as a person reads them: the same words in the window, in the commands and in a report.

What is stored, exported and printed as JSON stays as it was written.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kvaltui.i18n import language, number
from kvaltui.model.clean import clean
from kvaltui.model.figure import Figure, FigureError, parse_figure, write_figure
from kvaltui.model.pattern import pattern
from kvaltui.model.quantity import Operator
from kvaltui.model.reason import readable
from kvaltui.words import word

if TYPE_CHECKING:
    from kvaltui.model.indicator_result import IndicatorResult
    from kvaltui.model.scale import Scale

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
