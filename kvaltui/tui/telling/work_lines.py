"""The styles of the quality work, beside its symbols and words."""

from __future__ import annotations

from rich.style import Style

from kvaltui.model.quality_work import ResultStatus
from kvaltui.model.risk import Band
from kvaltui.status_cells import BAND_STATUS, RESULT_STATUS
from kvaltui.tui.terminal.theme import Paint


def band_style(band: Band | None, paint: Paint) -> Style:
    """The style of a band, beside its symbol and word."""
    return paint.status(BAND_STATUS[band]) if band is not None else paint.muted


def result_style(status: ResultStatus, paint: Paint) -> Style:
    """The style of a result, beside its symbol and word."""
    return paint.status(RESULT_STATUS[status])
