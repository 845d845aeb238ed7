"""What stands in the cells of the work lists: bands of risks, results, measures and days, each with symbol and word."""

from __future__ import annotations

from datetime import date

from rich.style import Style

from kvaltui.i18n import _, day
from kvaltui.model.quality_work import AssignmentStatus, MeasureStatus, ResultStatus
from kvaltui.model.risk import Band
from kvaltui.model.status import Status
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.theme import Paint
from kvaltui.words import capitalised, status_symbol, word

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


def band_cell(band: Band | None, *, is_ascii: bool) -> str:
    """A risk's band: "✗ Hög"."""
    if band is None:
        return ""
    return f"{status_symbol(BAND_STATUS[band], ascii=is_ascii)} {capitalised(word(band))}"


def band_style(band: Band | None, paint: Paint) -> Style:
    """The style of a band, beside its symbol and word."""
    return paint.status(BAND_STATUS[band]) if band is not None else paint.muted


def result_cell(status: ResultStatus, *, is_ascii: bool) -> str:
    """A self-check's result: "✓ Godkänt"."""
    return f"{status_symbol(RESULT_STATUS[status], ascii=is_ascii)} {capitalised(word(status))}"


def result_style(status: ResultStatus, paint: Paint) -> Style:
    """The style of a result, beside its symbol and word."""
    return paint.status(RESULT_STATUS[status])


def work_status(status: MeasureStatus | AssignmentStatus, paint: Paint) -> Piece:
    """How far a measure or an assignment has come, as a word."""
    if status in (MeasureStatus.DONE, AssignmentStatus.DONE):
        style = paint.achieved
    elif status in (MeasureStatus.ONGOING, AssignmentStatus.ONGOING):
        style = paint.text
    else:
        style = paint.muted
    return capitalised(word(status)), style


def due_cell(due: date | None, paint: Paint, *, is_late: bool) -> Piece:
    """A measure's day, and whether it has passed."""
    if due is None:
        return "–", paint.muted
    return (_("{day} late", day=day(due)), paint.error) if is_late else (day(due), paint.text)
