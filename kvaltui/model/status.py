"""The closed sets of verdicts: statuses and changes. Their words and symbols are in the presentation."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """How far something is fulfilled (docs/rules.md, Statuses)."""

    ACHIEVED = "achieved"
    PARTIALLY_ACHIEVED = "partially_achieved"
    NOT_ACHIEVED = "not_achieved"
    NOT_ASSESSED = "not_assessed"
    NOT_APPLICABLE = "not_applicable"


COUNTED: Final = (Status.ACHIEVED, Status.PARTIALLY_ACHIEVED, Status.NOT_ACHIEVED, Status.NOT_ASSESSED)
"""The statuses that count, in the order in which they are shown."""


class Change(StrEnum):
    """How a figure moved since the previous one, valued by the indicator's direction."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOT_COMPARABLE = "not_comparable"


class Doubt(StrEnum):
    """A figure that looks wrong is stored and marked (docs/rules.md, Doubts)."""

    QUOTIENT_MISMATCH = "quotient_mismatch"
    OUT_OF_RANGE = "out_of_range"
    SHARE_AS_NUMBER = "share_as_number"
    JUMP = "jump"
    DIRECTION_MISMATCH = "direction_mismatch"
    PARTS_DO_NOT_SUM = "parts_do_not_sum"
    DUPLICATE_NAME = "duplicate_name"
    REPEATED_SERIES = "repeated_series"
    CONFLICTING_SOURCES = "conflicting_sources"
    VARIANCE_MISMATCH = "variance_mismatch"
    SUM_MISMATCH = "sum_mismatch"
    UNREADABLE = "unreadable"
