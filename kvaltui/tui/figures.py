"""Figures and statuses as they stand in a narrow cell."""

from __future__ import annotations

from functools import lru_cache

from kvaltui.i18n import _, language, number
from kvaltui.model.clean import clean
from kvaltui.model.figure import Figure, FigureError, Operator, parse_figure
from kvaltui.model.reason import readable
from kvaltui.model.scale import Scale
from kvaltui.model.status import Status
from kvaltui.words import capitalised, status_symbol, status_word, word

NO_FIGURE = "–"
_NO_BREAK = "\N{NO-BREAK SPACE}"


def figure_cell(text: str, scale: Scale) -> str:
    """An outcome for a column of figures: the number with its percent sign, a word for what is missing, or as written.

    Units other than % are left to the panel. What cannot be read is shown as it was written.
    """
    return _figure_cell(text, scale, language())


@lru_cache(maxsize=16384)
def _figure_cell(text: str, scale: Scale, _language: str) -> str:
    if not text:
        return NO_FIGURE
    try:
        figure = parse_figure(text, scale)
    except FigureError:
        return clean(text)
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


def decimals_width(text: str) -> int:
    """The cells that the decimals of a cell take, with their mark, and 0 for whole numbers and words."""
    for at, character in enumerate(text):
        if character in ",." and at and text[at - 1].isdigit():
            end = at + 1
            while end < len(text) and text[end].isdigit():
                end += 1
            return end - at
    return 0


def status_cell(status: Status, *, ascii: bool, expected: bool = False, is_short: bool = True) -> str:
    """The symbol and the word of a status: "▲ Delvis"."""
    words = status_word(status, expected=expected and not is_short, short=is_short)
    return f"{status_symbol(status, ascii=ascii)} {capitalised(words)}"


def achieved_of(achieved: int, of: int) -> str:
    """How many are achieved: "3 av 5"."""
    return _("{achieved} of {of}", achieved=achieved, of=of)
