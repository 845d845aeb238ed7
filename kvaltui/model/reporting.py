"""What is reported period by period: targets, outcomes, comparisons, a person's assessments, completed areas."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from kvaltui.model.entity import AreaKey, AsWritten, Entity, IndicatorKey, Kind, Prose, Reference
from kvaltui.model.period import Period
from kvaltui.model.status import Status
from kvaltui.model.value import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetValue(Entity):
    """A målvärde as written; `part` is "" for the indicator as a whole; an empty `value` means no target."""

    kind: ClassVar[Kind] = Kind.TARGET
    indicator: IndicatorKey
    period: Period
    part: str = ""
    value: AsWritten = ""
    horizon: str = ""

    @property
    def key(self) -> str:
        """Which figure this is, of all in the plan."""
        return f"{self.indicator}/{self.period}/{self.part}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Entity):
    """An utfall as written; an empty `value` means that nothing has been entered.

    `reading` numbers several readings of one figure from different sources; the first is the one that is judged.
    """

    kind: ClassVar[Kind] = Kind.OUTCOME
    indicator: IndicatorKey
    period: Period
    part: str = ""
    reading: int = 1
    value: AsWritten = ""
    forecast: AsWritten = ""
    as_of: date | None = None
    note: Prose = ""
    source: str = ""

    @property
    def key(self) -> str:
        """Which figure this is, of all in the plan."""
        reading = f"#{self.reading}" if self.reading > 1 else ""
        return f"{self.indicator}/{self.period}{reading}/{self.part}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Entity):
    """Somebody else's value for the same indicator and period, such as Riket."""

    kind: ClassVar[Kind] = Kind.COMPARISON
    indicator: IndicatorKey
    period: Period
    name: str
    value: AsWritten = ""

    @property
    def key(self) -> str:
        """Which figure this is, of all in the plan."""
        return f"{self.indicator}/{self.period}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Entity):
    """A person's verdict on an indicator, goal or area for a period. Author and time are the marks of the journal.

    Taking an assessment back retires it; the computed verdict then stands alone again.
    """

    kind: ClassVar[Kind] = Kind.ASSESSMENT
    subject_kind: Kind
    subject: str
    period: Period
    status: Status
    motivation: Prose

    @property
    def key(self) -> str:
        """Which figure this is, of all in the plan."""
        return f"{self.subject_kind}/{self.subject}/{self.period}"

    @property
    def subject_reference(self) -> Reference:
        """What is assessed."""
        return Reference(self.subject_kind, self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion(Entity):
    """An area marked complete (klarmarkerad) for a period, which locks its figures, or reopened with a motivation."""

    kind: ClassVar[Kind] = Kind.COMPLETION
    area: AreaKey
    period: Period
    complete: bool = True
    motivation: Prose = ""

    @property
    def key(self) -> str:
        """Which figure this is, of all in the plan."""
        return f"{self.area}/{self.period}"
