"""What has come of measures: how what they belong to stands now, and whether it has become better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kvaltui.model.quality_work import Measure, Result, Risk, SelfCheck
from kvaltui.model.risk import band, level_of
from kvaltui.model.self_check_judging import SelfCheckResult, self_check_results, status_of
from kvaltui.model.status import Change, Status
from kvaltui.model.value import dataclass
from kvaltui.status_cells import BAND_STATUS, RESULT_STATUS
from kvaltui.work.session import PlanSession

_GRAVITY = (Status.NOT_ACHIEVED, Status.PARTIALLY_ACHIEVED, Status.ACHIEVED)
"""What can have come of a measure; the worst of several things is told."""


@dataclass(frozen=True, slots=True)
class Effect:
    """How a thing stands now, and how that is beside what it was before."""

    status: Status
    change: Change = Change.NOT_COMPARABLE


def effects(session: PlanSession, levels: Mapping[str, int]) -> dict[str, Effect]:
    """What has come of each measure, by its key; of one that belongs to nothing that is judged, nothing.

    `levels` are those that the risks had before (`levels_before`). Of several things the worst is told.
    """
    checks = {each.self_check.key: each for each in self_check_results(session.content, session.period)}
    found = {
        measure.key: min(
            (each for each in _of(session, measure, levels, checks) if each.status in _GRAVITY),
            key=lambda each: _GRAVITY.index(each.status),
            default=None,
        )
        for measure in session.content.active(Measure)
    }
    return {key: each for key, each in found.items() if each is not None}


def _of(
    session: PlanSession, measure: Measure, levels: Mapping[str, int], checks: Mapping[str, SelfCheckResult]
) -> Iterator[Effect]:
    for key in measure.risks:
        risk = session.content.get(Risk, key)
        if risk is not None and not risk.retired:
            yield from _of_risk(risk, levels.get(key), session.content.plan.risk_bands)
    for key in measure.self_checks:
        if key in checks:
            yield from _of_self_check(session, checks[key])
    for key in measure.indicators:
        judged = session.result.indicators.get(key)
        if judged is not None:
            yield Effect(judged.status, judged.change or Change.NOT_COMPARABLE)


def level_change(level: int, before: int | None) -> Change:
    """How a risk's level is beside an earlier one: a lower level is better."""
    if before is None:
        return Change.NOT_COMPARABLE
    return Change.SAME if level == before else Change.BETTER if level < before else Change.WORSE


def _of_risk(risk: Risk, before: int | None, bands: tuple[int, ...]) -> Iterator[Effect]:
    level = level_of(risk)
    where = band(level, bands)
    if level is not None and where is not None:
        yield Effect(BAND_STATUS[where], level_change(level, before))


def _of_self_check(session: PlanSession, check: SelfCheckResult) -> Iterator[Effect]:
    if check.status is None or check.result is None:
        return
    now = RESULT_STATUS[check.status]
    earlier = earlier_results(session, check.self_check, check.result)
    before = RESULT_STATUS[status_of(check.self_check, earlier[0])] if earlier else None
    if before not in _GRAVITY or now not in _GRAVITY:
        yield Effect(now)
    elif before == now:
        yield Effect(now, Change.SAME)
    else:
        yield Effect(now, Change.BETTER if _GRAVITY.index(now) > _GRAVITY.index(before) else Change.WORSE)


def earlier_results(session: PlanSession, check: SelfCheck, than: Result) -> list[Result]:
    """The results of a self-check from before another one, the latest first."""
    found = (each for each in session.content.active(Result) if each.self_check == check.key)
    return sorted((each for each in found if each.period < than.period), key=lambda each: each.period, reverse=True)
