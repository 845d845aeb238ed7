"""What stands in the cells of the work lists: measures and days in words, and the styles of bands and results."""

from __future__ import annotations

from rich.style import Style

from kvaltui.model.quality_work import AssignmentStatus, MeasureStatus, ResultStatus
from kvaltui.model.risk import Band
from kvaltui.status_cells import BAND_STATUS, RESULT_STATUS
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.theme import Paint
from kvaltui.words import capitalised, word


def band_style(band: Band | None, paint: Paint) -> Style:
    """The style of a band, beside its symbol and word."""
    return paint.status(BAND_STATUS[band]) if band is not None else paint.muted


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
