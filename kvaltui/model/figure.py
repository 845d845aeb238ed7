"""Text <-> Figure: the grammar of outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Operator(StrEnum):
    """How the ends of a numeric figure are to be understood."""

    EXACT = "="
    INTERVAL = "–"
    GREATER = ">"
    AT_LEAST = "≥"
    LESS = "<"
    AT_MOST = "≤"


class Answer(StrEnum):
    """An outcome that is not a number but yes, partly or no."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class MissingReason(StrEnum):
    """Why there is no figure (`missing` in `status --json`)."""

    NOT_MEASURED = "not_measured"
    NOT_MEASURABLE = "not_measurable"
    VALUE_MISSING = "value_missing"
    NO_DATA = "no_data"
    NONRESPONSE = "nonresponse"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a written outcome means.

    A number has `low == high` and EXACT; `72–100` both ends and INTERVAL; `>98` only `low`; `<5` only `high`. A ratio has
    `numerator` and `denominator`, and `low == high` is the stated value or, when only the ratio was written, the value of
    the ratio (times 100 for a % indicator, exact to the precision of the context). Exactly one of number, `answer`,
    `missing`, `text` and `parts` is set.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    operator: Operator = Operator.EXACT
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_value_stated: bool = True
    is_estimated: bool = False
    answer: Answer | None = None
    missing: MissingReason | None = None
    text: str = ""
    parts: tuple[tuple[str, Figure], ...] = ()
    note: str = ""
    reference_year: int | None = None

    @property
    def is_number(self) -> bool:
        """Whether there is a numeric meaning to compare: an exact number or an interval, open or closed."""
        return self.low is not None or self.high is not None

    @property
    def exact(self) -> Decimal | None:
        """The number, where there is one and only one."""
        return self.low if self.operator is Operator.EXACT else None
