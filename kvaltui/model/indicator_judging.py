"""Judging one indicator of a plan: what was written is read, judged, compared and doubted (docs/rules.md, Judging).

Beyond one outcome against one target it knows the plan around them: parts, the earlier figure, forecasts of a year that
is not over, targets with a horizon, what does not concern the committee, and values that two people have entered.
"""

from __future__ import annotations

from typing import NamedTuple

from kvaltui.model import reason
from kvaltui.model.absence import MissingReason
from kvaltui.model.aggregate import aggregate_total
from kvaltui.model.change import change
from kvaltui.model.earlier import earlier_base, is_broken_since, is_comparable, joined, nearest, nearest_of_parts
from kvaltui.model.entity import Kind
from kvaltui.model.figure import Figure, FigureError, parse_figure, write_figure
from kvaltui.model.horizon import later_horizon
from kvaltui.model.indicator_result import IndicatorResult, PartResult, Previous
from kvaltui.model.message import Message
from kvaltui.model.plausibility import (
    contradicts_direction,
    do_parts_disagree,
    do_sources_disagree,
    doubts_beside,
    figure_doubts,
    in_order,
)
from kvaltui.model.policy import Policy, PolicyError, parse_policy
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.scale import Scale
from kvaltui.model.status import Change, Doubt, Status
from kvaltui.model.structure import Aggregate, Indicator, Plan
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import (
    BASED_RULES,
    NO_TARGET,
    UPWARD_RULES,
    Rule,
    Target,
    TargetError,
    TargetInWordsError,
)
from kvaltui.model.target_writing import write_target
from kvaltui.model.verdict import Verdict, combine, judge
from kvaltui.model.view import View, decided, why_outside

_STAYING_REACHED = UPWARD_RULES | {Rule.YES}
_COUNT = "antal"
_JUDGED_FIELDS = frozenset({"value", "forecast", "horizon", "retired"})
_NO_POLICY = Policy()


class _Entry(NamedTuple):
    """What is written for one part ("" = the whole), as read; `complaint` says why it cannot be judged."""

    part: str
    text: str
    figure: Figure | None
    forecast: Figure | None
    target_text: str
    target: Target
    horizon: str
    complaint: Message | None


def judge_indicator(view: View, indicator: Indicator, likeness: tuple[Doubt, ...] = ()) -> IndicatorResult:
    """Judge one indicator, a core volume too. `likeness` are the doubts that come from beside it. Never raises."""
    return _Judging(view, indicator).result(likeness)


def policy_of(indicator: Indicator, plan: Plan) -> Policy | None:
    """The plan's policy with what the indicator overrides, None where what is written cannot be read."""
    share = plan.partial_from if indicator.partial_from is None else indicator.partial_from
    distance = plan.partial_within if indicator.partial_within is None else indicator.partial_within
    try:
        return parse_policy(share, distance)
    except PolicyError:
        return None


class _Judging:
    """The judging of one indicator; what is noticed on the way gathers in `doubts` and `changed_at`."""

    __slots__ = ("changed_at", "doubts", "indicator", "is_by_forecast", "is_contested", "policy", "scale", "view")

    def __init__(self, view: View, indicator: Indicator) -> None:
        self.view = view
        self.indicator = indicator
        self.scale = indicator.scale
        self.doubts: set[Doubt] = set()
        self.changed_at = ""
        self.is_contested = bool(indicator.contested)
        self.is_by_forecast = False
        policy = policy_of(indicator, view.plan)
        if policy is None:
            self.doubts.add(Doubt.UNREADABLE)
        self.policy = policy or _NO_POLICY

    def result(self, likeness: tuple[Doubt, ...]) -> IndicatorResult:
        indicator, view = self.indicator, self.view
        key = indicator.key + view.suffix
        whole = self._read("", view.outcomes.get(key), view.targets.get(key), self.scale)
        entries = tuple(self._read_part(part, whole) for part in indicator.breakdown)
        has_parts = any(entry.figure is not None for entry in entries)
        total = self._entered_total(whole, has_parts)
        computed = self._computed_total(entries) if total is None and has_parts else None
        parts = tuple(self._judge_part(entry) for entry in entries)
        previous = nearest(view, indicator, "", view.earlier) or nearest_of_parts(parts)
        verdict = self._verdict(whole, total, computed, parts, has_parts)
        by_name = tuple((entry.part, entry.figure) for entry in entries if entry.figure is not None)
        if total is not None:
            self._doubt(total, previous, whole.target)
            if has_parts and do_parts_disagree(total, dict(by_name), self.scale, indicator.aggregate):
                self.doubts.add(Doubt.PARTS_DO_NOT_SUM)
        figure = total or computed or (Figure(parts=by_name) if has_parts else whole.figure)
        last_change = self.changed_at
        manual = view.assessment(Kind.INDICATOR, indicator.key)
        is_outside = why_outside(self.indicator, self.view.goals) is not None
        if manual is not None:
            self.is_contested = self.is_contested or bool(manual.contested)
        assessed = decided(manual) if not is_outside else None
        return IndicatorResult(
            key=indicator.key,
            status=assessed or verdict.status,
            verdict=verdict,
            manual=manual,
            is_stale=manual is not None and last_change > manual.changed_at,
            target=whole.target_text or joined((entry.part, entry.target_text) for entry in entries),
            outcome=whole.text or joined((entry.part, entry.text) for entry in entries),
            figure=figure,
            change=self._change(total, previous, whole.target),
            previous=previous,
            missing=whole.figure.missing if whole.figure is not None and total is not None else None,
            is_estimated=figure is not None and figure.is_estimated,
            is_reported=bool(whole.text) or has_parts,
            doubts=in_order(self.doubts) + likeness,
            is_contested=self.is_contested,
            parts=parts,
            is_computed=computed is not None,
            is_by_forecast=self.is_by_forecast,
            changed_at=max(last_change, view.assessment_changed_at(Kind.INDICATOR, indicator.key)),
        )

    # Reading what is written

    def _figure(self, text: str, scale: Scale) -> Figure | None:
        try:
            return parse_figure(text, scale)
        except FigureError:
            self.doubts.add(Doubt.UNREADABLE)
            return None

    def _target(self, text: str, scale: Scale) -> Target | None:
        try:
            target = parse_target(text, scale)
        except TargetInWordsError:
            self.doubts.add(Doubt.UNREADABLE)
            return Target(Rule.QUALITATIVE, text=text)
        except TargetError:
            self.doubts.add(Doubt.UNREADABLE)
            return None
        if contradicts_direction(target, scale):
            self.doubts.add(Doubt.DIRECTION_MISMATCH)
        return target

    def _notice(self, entity: Outcome | TargetValue) -> bool:
        """Note when an entity last changed; returns whether what is judged of it is contested."""
        self.changed_at = max(self.changed_at, entity.changed_at)
        if not entity.contested:
            return False
        self.is_contested = True
        return not _JUDGED_FIELDS.isdisjoint(entity.contested)

    def _read(self, part: str, outcome: Outcome | None, target: TargetValue | None, scale: Scale) -> _Entry:
        text = target_text = horizon = ""
        figure = forecast = complaint = None
        goal: Target | None = NO_TARGET
        if outcome is not None:
            if self._notice(outcome):
                complaint = reason.CONTESTED
            if not outcome.retired:
                text = outcome.value
                if text:
                    figure = self._figure(text, scale)
                    self._compare_readings(part, figure, scale)
                    if figure is None:
                        complaint = complaint or reason.UNREADABLE_OUTCOME
                if outcome.forecast:
                    forecast = self._figure(outcome.forecast, scale)
        if target is not None:
            if self._notice(target):
                complaint = reason.CONTESTED
            if not target.retired and target.value:
                target_text, horizon = target.value, target.horizon
                goal = self._target(target_text, scale)
                if goal is not None and not horizon:
                    horizon = goal.horizon
                if goal is None:
                    complaint = complaint or reason.UNREADABLE_TARGET
        return _Entry(part, text, figure, forecast, target_text, goal or NO_TARGET, horizon, complaint)

    def _read_part(self, part: str, whole: _Entry) -> _Entry:
        key = self.indicator.key + self.view.suffix + part
        scale = Scale(self.scale.unit, self.scale.direction)
        entry = self._read(part, self.view.outcomes.get(key), self.view.targets.get(key), scale)
        if not entry.text and whole.figure is not None:
            figure = dict(whole.figure.parts).get(part)
            if figure is not None:
                entry = entry._replace(text=write_figure(figure, scale), figure=figure, complaint=whole.complaint)
        if entry.forecast is None and whole.forecast is not None:
            entry = entry._replace(forecast=dict(whole.forecast.parts).get(part))
        if entry.target_text or not whole.target_text:
            return entry
        complaint = entry.complaint or whole.complaint
        if whole.target.parts:
            target = dict(whole.target.parts).get(part, NO_TARGET)
            text = "" if target is NO_TARGET else write_target(target, scale)
            return entry._replace(
                target=target, target_text=text, horizon=whole.horizon or target.horizon, complaint=complaint
            )
        if self.indicator.aggregate is Aggregate.SUM:
            # A target for a sum is not a target for each of its terms.
            return entry
        return entry._replace(
            target=whole.target, target_text=whole.target_text, horizon=whole.horizon, complaint=complaint
        )

    def _compare_readings(self, part: str, figure: Figure | None, scale: Scale) -> None:
        """Look at further readings of the same figure, numbered from 2, from other sources."""
        number = 2
        while True:
            key = f"{self.indicator.key}/{self.view.period}#{number}/{part}"
            other = self.view.outcomes.get(key)
            if other is None:
                return
            self._notice(other)
            if not other.retired and other.value and figure is not None:
                read = self._figure(other.value, scale)
                if read is not None and do_sources_disagree(figure, read):
                    self.doubts.add(Doubt.CONFLICTING_SOURCES)
            number += 1

    # Totals of parts

    def _entered_total(self, whole: _Entry, has_parts: bool) -> Figure | None:
        figure = whole.figure
        if figure is None or figure.parts or (figure.missing is not None and has_parts):
            return None
        return figure

    def _computed_total(self, entries: tuple[_Entry, ...]) -> Figure | None:
        if self.indicator.aggregate is Aggregate.NONE:
            return None
        figures = []
        for entry in entries:
            figure = entry.figure
            if figure is not None and figure.missing is MissingReason.NOT_APPLICABLE:
                continue
            if figure is None or not figure.is_number:
                return None
            figures.append(figure)
        return aggregate_total(figures, self.indicator.aggregate, self.scale)

    # Judging

    def _verdict(
        self,
        whole: _Entry,
        total: Figure | None,
        computed: Figure | None,
        parts: tuple[PartResult, ...],
        has_parts: bool,
    ) -> Verdict:
        by_part = tuple((part.part, part.verdict) for part in parts)
        outside = why_outside(self.indicator, self.view.goals)
        if outside is not None:
            return Verdict(Status.NOT_APPLICABLE, Rule.NONE, outside, by_part)
        if has_parts and total is None and not (whole.complaint and whole.text):
            is_sum = computed is not None and self.indicator.aggregate is Aggregate.SUM
            if is_sum and whole.target is not NO_TARGET and not whole.target.parts:
                return self._judge(whole._replace(figure=computed))._replace(parts=by_part)
            verdict = combine(by_part)
            if whole.complaint is None or verdict.status is not Status.NOT_ASSESSED:
                return verdict
        return self._judge(whole)._replace(parts=by_part)

    def _judge_part(self, entry: _Entry) -> PartResult:
        previous = nearest(self.view, self.indicator, entry.part, self.view.earlier)
        doubts = self._doubt(entry.figure, previous, entry.target) if entry.figure is not None else ()
        return PartResult(
            part=entry.part,
            target=entry.target_text or None,
            outcome=entry.text or None,
            verdict=self._judge(entry),
            change=self._change(entry.figure, previous, entry.target),
            previous=previous,
            doubts=doubts,
        )

    def _judge(self, entry: _Entry) -> Verdict:
        """Judge one entry, by its forecast where the year is not over or the target holds later."""
        target = entry.target
        if entry.complaint is not None:
            return Verdict(Status.NOT_ASSESSED, target.rule, reason.of_part(entry.complaint, entry.part))
        is_cumulative = self.indicator.cumulative and self.view.is_unfinished
        has_figure = entry.figure is not None and entry.figure.missing is None
        if entry.forecast is not None and self.view.is_unfinished and (is_cumulative or not has_figure):
            return self._judge_forecast(entry, entry.forecast)
        verdict = self._judge_figure(entry, entry.figure, self.policy)
        if not has_figure or verdict.status in (Status.NOT_ASSESSED, Status.NOT_APPLICABLE):
            return verdict
        if is_cumulative and not self._is_settled(verdict, entry):
            return self._undecided(entry, reason.YEAR_NOT_OVER)
        if entry.horizon and verdict.status is not Status.ACHIEVED:
            horizon = later_horizon(entry.horizon, self.view.period)
            if horizon is not None:
                if entry.forecast is not None:
                    return self._judge_forecast(entry, entry.forecast)
                return self._undecided(entry, reason.holds_later(horizon))
        return verdict

    def _judge_figure(self, entry: _Entry, figure: Figure | None, policy: Policy) -> Verdict:
        base: Previous | None = None
        if entry.target.rule in BASED_RULES and entry.target.base is None:
            base = earlier_base(self.view, self.indicator, entry.part, entry.target)
            if base is not None and figure is not None and is_broken_since(base.period, self.view, self.indicator):
                why = reason.of_part(reason.SERIES_IS_BROKEN, entry.part)
                return Verdict(Status.NOT_ASSESSED, entry.target.rule, why)
        return judge(
            figure,
            entry.target,
            previous=base.figure if base else None,
            previous_period=base.period if base else None,
            policy=policy,
            scale=self.scale,
            part=entry.part,
        )

    def _judge_forecast(self, entry: _Entry, forecast: Figure) -> Verdict:
        self.is_by_forecast = True
        verdict = self._judge_figure(entry, forecast, self.policy)
        return verdict._replace(reason=reason.by_forecast(verdict.reason))

    def _undecided(self, entry: _Entry, why: Message) -> Verdict:
        plain = self._judge_figure(entry, entry.figure, _NO_POLICY)
        return Verdict(Status.NOT_ASSESSED, entry.target.rule, reason.and_also(plain.reason, why))

    def _is_settled(self, verdict: Verdict, entry: _Entry) -> bool:
        """Whether a cumulative figure of an unfinished year already decides: what only grows never falls back.

        A lower limit that is reached stays reached. An upper limit that is kept may still be passed; passed by more
        than a partial shortfall it stays so for a count, while money and percentages can come back.
        """
        if entry.target.rule in _STAYING_REACHED:
            return verdict.status is Status.ACHIEVED
        if verdict.status is not Status.NOT_ACHIEVED or self.scale.unit != _COUNT or entry.figure is None:
            return False
        low, number = entry.target.low, entry.figure.low
        return low is None or (number is not None and number > low)

    # What stands beside the verdict

    def _change(self, figure: Figure | None, previous: Previous | None, target: Target) -> Change | None:
        if figure is None or previous is None or not figure.is_number or not previous.figure.is_number:
            return None
        comparable = is_comparable(previous, self.view, self.indicator)
        return change(figure, previous.figure, self.scale, comparable=comparable, target=target)

    def _doubt(self, figure: Figure, previous: Previous | None, target: Target) -> tuple[Doubt, ...]:
        """Gather what looks wrong about a figure, and return it."""
        found = figure_doubts(figure, self.scale)
        earlier = (
            previous.figure if previous is not None and is_comparable(previous, self.view, self.indicator) else None
        )
        # A year's target is far from what has gathered before the year is over.
        is_gathering = self.indicator.cumulative and self.view.is_unfinished
        found = (*found, *doubts_beside(figure, earlier, None if is_gathering else target, self.scale))
        self.doubts.update(found)
        return found
