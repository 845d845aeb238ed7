"""How far a measure or an assignment has come, said with one word."""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.model.quality_work import Assignment, AssignmentStatus, Measure, MeasureStatus
from kvaltui.model.value import replace


def statuses_of(work: Measure | Assignment) -> Sequence[MeasureStatus | AssignmentStatus]:
    """What it may be said to have come to."""
    return list(MeasureStatus if isinstance(work, Measure) else AssignmentStatus)


def with_status(work: Measure | Assignment, value: str) -> Measure | Assignment:
    """It, as it is when it has come so far."""
    if isinstance(work, Measure):
        return replace(work, status=MeasureStatus(value))
    return replace(work, status=AssignmentStatus(value))
