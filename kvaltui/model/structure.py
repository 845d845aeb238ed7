"""The frame of a plan: the plan itself, its areas, goals, quality factors and indicators."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from kvaltui.model.entity import AreaKey, Entity, GoalKey, Kind, Prose, QualityFactorKey
from kvaltui.model.period import Frequency, Period
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.value import dataclass


class RollUp(StrEnum):
    """How the verdicts of children become their parent's (docs/rules.md, Up the tree)."""

    STANDARD = "standard"
    WORST = "worst"
    SHARE = "share"


class IndicatorStatus(StrEnum):
    """Whether an indicator is followed; a discontinued one is kept but counts nowhere."""

    NEW = "new"
    ACTIVE = "active"
    DISCONTINUED = "discontinued"


class Aggregate(StrEnum):
    """How a total is computed from parts, where the indicator says so."""

    NONE = "none"
    RATIO = "ratio"
    SUM = "sum"
    RANGE = "range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Entity):
    """A plan and its policy of assessment. `partial_from` is a share such as "80 %" ("" = no yellow band)."""

    kind: ClassVar[Kind] = Kind.PLAN
    key: str
    title: str
    organisation: str = ""
    committee: str = ""
    registry_number: str = ""
    periods: tuple[Period, ...] = ()
    partial_from: str = "80 %"
    partial_within: str = ""
    roll_up: RollUp = RollUp.STANDARD
    risk_bands: tuple[int, ...] = (4, 9)

    @property
    def current_period(self) -> Period | None:
        """The last one in the list (docs/rules.md, Periods)."""
        return self.periods[-1] if self.periods else None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFactor(Entity):
    """A kvalitetsfaktor that indicators can be sorted under."""

    kind: ClassVar[Kind] = Kind.QUALITY_FACTOR
    key: str
    name: str
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Entity):
    """A node of the tree of areas; `parent` is an area's key or ""; `area_kind` such as "affärsområde"."""

    kind: ClassVar[Kind] = Kind.AREA
    key: str
    name: str
    area_kind: str = ""
    parent: AreaKey = ""
    note: Prose = ""
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal(Entity):
    """A goal in an area ("" = the plan as a whole); `parent` is a goal's key or ""; `intent` is its viljeyttring."""

    kind: ClassVar[Kind] = Kind.GOAL
    key: str
    name: str
    area: AreaKey = ""
    parent: GoalKey = ""
    goal_kind: str = ""
    intent: Prose = ""
    aliases: tuple[str, ...] = ()
    not_applicable: bool = False
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Entity):
    """A quality indicator, or with `is_core_volume` a volume (basuppdrag) that stands outside all counts.

    `partial_from` and `partial_within` override the plan's policy unless None.
    """

    kind: ClassVar[Kind] = Kind.INDICATOR
    key: str
    name: str
    area: AreaKey = ""
    goal: GoalKey = ""
    display_name: str = ""
    service: str = ""
    unit: str = "%"
    decimals: int | None = None
    direction: Direction = Direction.HIGHER
    frequency: Frequency = Frequency.YEAR
    cumulative: bool = False
    breakdown: tuple[str, ...] = ()
    aggregate: Aggregate = Aggregate.NONE
    quality_factors: tuple[QualityFactorKey, ...] = ()
    definition: Prose = ""
    numerator: Prose = ""
    denominator: Prose = ""
    source: str = ""
    external_id: str = ""
    status: IndicatorStatus = IndicatorStatus.ACTIVE
    partial_from: str | None = None
    partial_within: str | None = None
    series_breaks: tuple[Period, ...] = ()
    is_core_volume: bool = False
    responsible: str = ""
    order: int = 0

    @property
    def shown_name(self) -> str:
        """What a reader calls it: its display name where it has one."""
        return self.display_name or self.name

    @property
    def scale(self) -> Scale:
        """What the grammars and the judge need to know of it."""
        return Scale(self.unit, self.direction, self.breakdown)
