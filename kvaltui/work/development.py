"""How an indicator, a goal or an area has developed through the periods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.figure import Figure
from kvaltui.model.fulfilment import NodeResult, judge_plan
from kvaltui.model.indicator_judging import judge_indicator
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.period import Period
from kvaltui.model.status import Change, Status
from kvaltui.model.structure import Indicator
from kvaltui.model.view import View

if TYPE_CHECKING:
    from kvaltui.work.session import PlanSession


class Stage(NamedTuple):
    """An indicator, or one of its parts, in a period: texts as written, the figure that they come to, its status."""

    period: Period
    target: str
    outcome: str
    figure: Figure | None
    status: Status
    change: Change | None


def stages_of(session: PlanSession, key: str, part: str = "") -> list[Stage]:
    """An indicator through the periods up to the one that is looked at: those in which there is something to say."""
    content = session.content
    periods = [period for period in sorted(content.plan.periods) if period <= session.period]
    stages = []
    for period, judged in judged_in(periods, content, session.indicator(key), session.today):
        stage = _stage(period, judged, part)
        if stage.target or stage.outcome or period == session.period or judged.manual is not None:
            stages.append(stage)
    return stages


def judged_in(
    periods: Iterable[Period], content: PlanContent, indicator: Indicator, today: date
) -> Iterator[tuple[Period, IndicatorResult]]:
    """An indicator judged for each of some periods."""
    for period in periods:
        yield period, judge_indicator(View.of(content, period, today), indicator)


def _stage(period: Period, judged: IndicatorResult, part: str) -> Stage:
    if not part:
        return Stage(period, judged.target or "", judged.outcome or "", judged.figure, judged.status, judged.change)
    found = judged.part(part)
    if found is None:
        return Stage(period, "", "", None, Status.NOT_ASSESSED, None)
    return Stage(period, found.target or "", found.outcome or "", None, found.verdict.status, found.change)


def branch_stages(session: PlanSession, node: Reference) -> list[tuple[Period, NodeResult]]:
    """A goal, an area or the plan through the periods up to the one that is looked at, where anything is reported."""
    stages = []
    for period in sorted(session.content.plan.periods):
        if period <= session.period:
            result = session.result if period == session.period else judge_plan(session.content, period, session.today)
            found = result.nodes.get(node)
            if found is not None and (found.counts.reported or found.manual is not None or period == session.period):
                stages.append((period, found))
    return stages
