"""A plan as it is looked at for one period on one day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kvaltui.model import reason
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Outcome, TargetValue
from kvaltui.model.status import Status
from kvaltui.model.structure import Goal, Indicator, IndicatorStatus, Plan
from kvaltui.model.value import dataclass


def is_expected(period: Period, today: date) -> bool:
    """Whether verdicts of the period are expectations ("förväntas uppnås"): it, or the year around it, is not over."""
    return period.is_interim or not period.is_over(today)


@dataclass(frozen=True, slots=True)
class View:
    """A plan as it is looked at for one period on one day, made ready for judging many indicators.

    `suffix`, `second` and `ending` end the keys of its outcomes and targets, its second readings, and its assessments.
    `earlier` are the periods before it of its own frequency, the nearest first, and `earlier_of_any` all before it,
    each with the suffix of its outcomes. `place` is the period's among the plan's, None where it is none of them, and
    `earlier_places` are those of the earlier ones.
    """

    content: PlanContent
    plan: Plan
    period: Period
    is_unfinished: bool
    suffix: str
    second: str
    ending: str
    earlier: tuple[tuple[Period, str], ...]
    earlier_of_any: tuple[tuple[Period, str], ...]
    place: int | None
    earlier_places: tuple[tuple[int, str], ...]
    outcomes: Mapping[str, Outcome]
    targets: Mapping[str, TargetValue]
    assessments: Mapping[str, Assessment]
    goals: Mapping[str, Goal]

    @staticmethod
    def of(content: PlanContent, period: Period, today: date) -> View:
        """Look at a plan. `period` need not be one of its periods."""
        plan = content.plan
        places = {each: place for place, each in enumerate(plan.periods)}
        past = sorted((each for each in set(plan.periods) if each < period), reverse=True)
        of_same_frequency = [each for each in past if each.frequency is period.frequency]
        return View(
            content=content,
            plan=plan,
            period=period,
            is_unfinished=is_expected(period, today),
            suffix=f"/{period}/",
            second=f"/{period}#2/",
            ending=f"/{period}",
            earlier=tuple((each, f"/{each}/") for each in of_same_frequency),
            earlier_of_any=tuple((each, f"/{each}/") for each in past),
            place=places.get(period),
            earlier_places=tuple((places[each], f"/{each}/") for each in of_same_frequency),
            outcomes=content.all(Outcome),
            targets=content.all(TargetValue),
            assessments=content.all(Assessment),
            goals=content.all(Goal),
        )

    def assessment(self, kind: Kind, key: str) -> Assessment | None:
        """A person's assessment for the period, None where there is none or it has been taken back."""
        found = self.assessments.get(f"{kind}/{key}{self.ending}")
        return found if found is not None and not found.retired else None

    def assessment_changed_at(self, kind: Kind, key: str) -> str:
        """When somebody last assessed it for the period or took that back, "" for never."""
        found = self.assessments.get(f"{kind}/{key}{self.ending}")
        return found.changed_at if found is not None else ""


def does_concern(goal: str, goals: Mapping[str, Goal]) -> bool:
    """Whether neither the goal of this key nor one above it is marked as not concerning the committee."""
    seen: set[str] = set()
    while goal and goal not in seen:
        seen.add(goal)
        found = goals.get(goal)
        if found is None or found.retired:
            return True
        if found.not_applicable:
            return False
        goal = found.parent
    return True


def why_outside(indicator: Indicator, goals: Mapping[str, Goal]) -> Message | None:
    """Why an indicator stands outside all counts, whatever the period; None where it does not."""
    if indicator.status is IndicatorStatus.DISCONTINUED:
        return reason.DISCONTINUED
    if indicator.goal and not does_concern(indicator.goal, goals):
        return reason.NOT_CONCERNED
    return None


def decided(assessment: Assessment | None) -> Status | None:
    """The status that a person has set, None where nobody has or where two have set different ones."""
    if assessment is None or "status" in assessment.contested:
        return None
    return assessment.status
