"""The work around the figures: risks, self-checks and their results, measures, assignments."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from kvaltui.model.entity import AreaKey, AsWritten, Entity, GoalKey, IndicatorKey, Kind, Prose, RiskKey, SelfCheckKey
from kvaltui.model.period import Frequency, Period
from kvaltui.model.value import dataclass


class MeasureStatus(StrEnum):
    """How far a measure has come (`status` of a measure in a plan file)."""

    PLANNED = "planned"
    ONGOING = "ongoing"
    DONE = "done"
    CANCELLED = "cancelled"


class AssignmentStatus(StrEnum):
    """`unknown` where a document's colour is lost: never invented."""

    DONE = "done"
    ONGOING = "ongoing"
    NOT_STARTED = "not_started"
    UNKNOWN = ""


class ResultStatus(StrEnum):
    """What a self-check gave; `unknown` where it was done but the result is not legible."""

    APPROVED = "approved"
    PARTLY = "partly"
    NOT_APPROVED = "not_approved"
    NOT_PERFORMED = "not_performed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Entity):
    """A risk. `level` is likelihood x consequence where both stand; earlier levels are in the journal."""

    kind: ClassVar[Kind] = Kind.RISK
    key: str
    title: str
    description: Prose = ""
    area: AreaKey = ""
    goal: GoalKey = ""
    likelihood: int | None = None
    consequence: int | None = None
    level: int | None = None
    responsible: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCheck(Entity):
    """An egenkontroll. `threshold` is a target text judged by the common rules.

    `services` are what it is linked to other than risks.
    """

    kind: ClassVar[Kind] = Kind.SELF_CHECK
    key: str
    name: str
    section: str = ""
    purpose: Prose = ""
    new: bool = False
    frequency: Frequency = Frequency.YEAR
    threshold: AsWritten = ""
    unit: str = ""
    risks: tuple[RiskKey, ...] = ()
    services: tuple[str, ...] = ()
    area: AreaKey = ""
    responsible: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Entity):
    """The result of a self-check for a period, with a figure as written where there is one."""

    kind: ClassVar[Kind] = Kind.RESULT
    self_check: SelfCheckKey
    period: Period
    status: ResultStatus = ResultStatus.UNKNOWN
    value: AsWritten = ""
    note: Prose = ""

    @property
    def key(self) -> str:
        """The result inside its self-check."""
        return f"{self.self_check}/{self.period}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Entity):
    """An åtgärd; belongs to any number of risks, self-checks and indicators, and to at least one."""

    kind: ClassVar[Kind] = Kind.MEASURE
    key: str
    title: str
    description: Prose = ""
    status: MeasureStatus = MeasureStatus.PLANNED
    responsible: str = ""
    due: date | None = None
    risks: tuple[RiskKey, ...] = ()
    self_checks: tuple[SelfCheckKey, ...] = ()
    indicators: tuple[IndicatorKey, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Entity):
    """An uppdrag given to the committee; `assignment_kind` such as "kommungemensamt"."""

    kind: ClassVar[Kind] = Kind.ASSIGNMENT
    key: str
    name: str
    assignment_kind: str = ""
    status: AssignmentStatus = AssignmentStatus.UNKNOWN
    comment: Prose = ""
    order: int = 0
