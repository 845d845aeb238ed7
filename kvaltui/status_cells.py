"""Statuses as they stand in a cell: symbol and word, and the part of a bar; bands and results look as statuses do."""

from __future__ import annotations

from kvaltui.i18n import _
from kvaltui.model.quality_work import ResultStatus
from kvaltui.model.risk import Band
from kvaltui.model.status import Status
from kvaltui.words import capitalised, status_symbol, status_word, word

_FILLS = {
    Status.ACHIEVED: ("█", "#"),
    Status.PARTIALLY_ACHIEVED: ("▒", "="),
    Status.NOT_ACHIEVED: ("░", "-"),
    Status.NOT_ASSESSED: ("·", "."),
}
BAND_STATUS = {Band.HIGH: Status.NOT_ACHIEVED, Band.MEDIUM: Status.PARTIALLY_ACHIEVED, Band.LOW: Status.ACHIEVED}
"""The status whose symbol and colour a band has."""
RESULT_STATUS = {
    ResultStatus.APPROVED: Status.ACHIEVED,
    ResultStatus.PARTLY: Status.PARTIALLY_ACHIEVED,
    ResultStatus.NOT_APPROVED: Status.NOT_ACHIEVED,
    ResultStatus.NOT_PERFORMED: Status.NOT_ASSESSED,
    ResultStatus.UNKNOWN: Status.NOT_ASSESSED,
}
"""The status whose symbol and colour a self-check's result has."""


def status_cell(status: Status, *, ascii: bool, expected: bool = False, is_short: bool = True) -> str:
    """The symbol and the word of a status: "▲ Delvis"."""
    words = status_word(status, expected=expected and not is_short, short=is_short)
    return f"{status_symbol(status, ascii=ascii)} {capitalised(words)}"


def status_fill(status: Status, *, ascii: bool) -> str:
    """What fills the cells of a bar that are of a status that counts."""
    return _FILLS[status][ascii]


def achieved_of(achieved: int, of: int) -> str:
    """How many are achieved: "3 av 5"."""
    return _("{achieved} of {of}", achieved=achieved, of=of)


def band_cell(band: Band | None, *, is_ascii: bool) -> str:
    """A risk's band: "✗ Hög"; "" where it has none."""
    return f"{status_symbol(BAND_STATUS[band], ascii=is_ascii)} {capitalised(word(band))}" if band is not None else ""


def result_cell(status: ResultStatus, *, is_ascii: bool) -> str:
    """A self-check's result: "✓ Godkänt"."""
    return f"{status_symbol(RESULT_STATUS[status], ascii=is_ascii)} {capitalised(word(status))}"
