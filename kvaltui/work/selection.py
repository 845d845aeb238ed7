"""Which indicators the entry table shows, and in which order: search, filters and sorting."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from kvaltui.i18n import N_, _, translated
from kvaltui.model.alphabet import swedish_order
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.quality_work import Measure
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Indicator, QualityFactor
from kvaltui.model.value import dataclass, replace

if TYPE_CHECKING:
    from kvaltui.work.session import PlanSession


class _Choice(StrEnum):
    """Something to choose, by its name in English."""

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return translated(self)


class Condition(_Choice):
    """What can be asked of an indicator for the period. Several asked for together: one of them is enough."""

    MISSING = N_("waiting for a figure")
    NOT_ACHIEVED = N_("not achieved")
    PARTIALLY_ACHIEVED = N_("partially achieved")
    DOUBTFUL = N_("figure that looks wrong")
    CONTESTED = N_("in conflict")
    STALE = N_("stale assessment")


class Order(_Choice):
    """How the indicators of an area are sorted."""

    PLAN = N_("as in the plan")
    NAME = N_("by name")
    STATUS = N_("the worst first")
    WAITING = N_("what waits first")


_WORST_FIRST = (
    Status.NOT_ACHIEVED,
    Status.PARTIALLY_ACHIEVED,
    Status.NOT_ASSESSED,
    Status.ACHIEVED,
    Status.NOT_APPLICABLE,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What the indicators that show have in common. What is empty asks for nothing; all that is asked for holds.

    `reported_by`: who is responsible for the indicator itself, "" for those that have nobody, None for any.
    `responsible`: who is responsible for one of its measures.
    """

    text: str = ""
    conditions: frozenset[Condition] = frozenset()
    area: str = ""
    quality_factor: str = ""
    reported_by: str | None = None
    responsible: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown, in the plan's own order."""
        return self == Selection()

    def with_condition_turned(self, condition: Condition) -> Selection:
        """The selection with a condition added, or taken away when it was there."""
        return replace(self, conditions=self.conditions ^ {condition})

    def described(self, session: PlanSession) -> str:
        """What is asked for, in the reader's language."""
        parts = [_(" or ").join(each.label for each in Condition if each in self.conditions)]
        area = session.content.get(Area, self.area)
        factor = session.content.get(QualityFactor, self.quality_factor)
        parts += [clean(each.name) for each in (area, factor) if each is not None]
        if self.reported_by is not None:
            parts.append(clean(self.reported_by) or _("Nobody responsible"))
        parts += [clean(self.responsible), _("“{text}”", text=clean(self.text)) if self.text.strip() else ""]
        return " · ".join(part for part in parts if part)

    def matcher(self, session: PlanSession) -> Callable[[str], bool] | None:
        """Says of an indicator's key whether it is to show; None when all are."""
        if self.is_empty:
            return None
        in_area = _below(session, self.area)
        linked = _indicators_of_responsible(session, self.responsible)

        def matches(key: str) -> bool:
            indicator = session.indicator(key)
            return (
                (in_area is None or key in in_area)
                and (not self.quality_factor or self.quality_factor in indicator.quality_factors)
                and self.reported_by in (None, indicator.responsible.strip())
                and (linked is None or key in linked)
                and (not self.conditions or any(_holds(session, key, each) for each in self.conditions))
                and (not self.text.strip() or _is_named(indicator, self.text))
            )

        return matches


def sort_key(session: PlanSession, order: Order) -> Callable[[str], Any] | None:
    """What the indicators of a group are sorted by; None for the plan's own order."""
    if order is Order.NAME:
        return lambda key: swedish_order(session.indicator(key).shown_name)
    if order is Order.STATUS:
        return lambda key: _WORST_FIRST.index(session.result.indicators[key].status)
    if order is Order.WAITING:
        return lambda key: session.result.indicators[key].is_reported
    return None


def reporters(session: PlanSession) -> list[str]:
    """Everybody who is responsible for an indicator, by name; "" last where some have nobody."""
    named = {each.responsible.strip() for each in session.content.active(Indicator)}
    return [*sorted(named - {""}, key=swedish_order), *([""] if "" in named else [])] if named != {""} else []


def responsible_people(session: PlanSession) -> list[str]:
    """Everybody who is responsible for a measure of an indicator, by name."""
    measures = session.content.active(Measure)
    return sorted({each.responsible for each in measures if each.responsible and each.indicators}, key=swedish_order)


def quality_factors(session: PlanSession) -> list[QualityFactor]:
    """The quality factors that indicators have, in the plan's order."""
    used = {factor for each in session.content.active(Indicator) for factor in each.quality_factors}
    return [each for each in session.content.active(QualityFactor) if each.key in used]


def _below(session: PlanSession, area: str) -> frozenset[str] | None:
    if not area:
        return None
    return frozenset(session.content.tree.indicators_below(Reference(Kind.AREA, area)))


def _indicators_of_responsible(session: PlanSession, responsible: str) -> frozenset[str] | None:
    if not responsible:
        return None
    measures = session.content.active(Measure)
    return frozenset(key for each in measures if each.responsible == responsible for key in each.indicators)


def _is_named(indicator: Indicator, text: str) -> bool:
    from kvaltui.work.name_search import has_words  # `status` knows selections, and searches for nothing

    names = (indicator.name, indicator.display_name, indicator.service, indicator.responsible, indicator.key)
    return any(has_words(text, name) for name in names)


def _holds(session: PlanSession, key: str, condition: Condition) -> bool:
    judged = session.result.indicators.get(key)
    if judged is None:
        return False
    match condition:
        case Condition.MISSING:
            return _waits(session, judged)
        case Condition.NOT_ACHIEVED:
            return judged.status is Status.NOT_ACHIEVED
        case Condition.PARTIALLY_ACHIEVED:
            return judged.status is Status.PARTIALLY_ACHIEVED
        case Condition.DOUBTFUL:
            return bool(judged.doubts)
        case Condition.CONTESTED:
            return judged.is_contested
        case Condition.STALE:
            return judged.is_stale


def _waits(session: PlanSession, judged: IndicatorResult) -> bool:
    parts = session.indicator(judged.key).breakdown
    return any(session.waits(judged.key, part) for part in ("", *parts))
