"""What every stored thing has in common: a kind, a key inside its plan, and the marks the journal puts on it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeAlias

from kvaltui.model.value import dataclass, field


class Kind(StrEnum):
    """The kinds of things in a plan, in an order in which each may refer to the ones before it."""

    PLAN = "plan"
    QUALITY_FACTOR = "quality_factor"
    AREA = "area"
    GOAL = "goal"
    INDICATOR = "indicator"
    TARGET = "target"
    OUTCOME = "outcome"
    COMPARISON = "comparison"
    ASSESSMENT = "assessment"
    COMPLETION = "completion"
    RISK = "risk"
    SELF_CHECK = "self_check"
    RESULT = "result"
    MEASURE = "measure"
    ASSIGNMENT = "assignment"
    ECONOMY_TABLE = "economy_table"
    ECONOMY_ROW = "economy_row"


# How a field of a thing is annotated says what it holds, and all else follows from that (`fields`).

Prose: TypeAlias = str
"""A text of lines and paragraphs."""
AsWritten: TypeAlias = str
"""A figure, a target or an amount as it was written, "" where nothing was."""
QualityFactorKey: TypeAlias = str
AreaKey: TypeAlias = str
GoalKey: TypeAlias = str
IndicatorKey: TypeAlias = str
RiskKey: TypeAlias = str
SelfCheckKey: TypeAlias = str
EconomyTableKey: TypeAlias = str


class Reference(NamedTuple):
    """The name of a thing inside its plan, such as `indicator/sabo-trygghet` or `outcome/sabo-trygghet/2022/`."""

    kind: Kind
    key: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"

    @staticmethod
    def parse(text: str) -> Reference:
        """Read what `str()` wrote. Raises ValueError for an unknown kind."""
        kind, _, key = text.partition("/")
        return Reference(Kind(kind), key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing in a plan as it stands now.

    `retired` things are kept but count nowhere. The fields below it are marks from the journal, not content: which
    fields have been changed on two sides and wait for a decision, and when (UTC, ISO 8601) and by whom it was last
    changed.
    """

    retired: bool = False
    contested: tuple[str, ...] = field(default=(), compare=False)
    changed_at: str = field(default="", compare=False)
    changed_by: str = field(default="", compare=False)


MARKS = frozenset({"contested", "changed_at", "changed_by"})
"""Fields of every entity that the journal sets; they are not part of its content."""
