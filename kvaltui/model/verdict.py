"""judge(outcome, target, previous, policy) -> Verdict: one outcome against one target (docs/rules.md, Judging).

Every comparison is exact. An end of an interval is a number with a side: `>98` begins just above 98, which is (98, 1),
and such pairs compare as what they stand for. A share is compared by multiplying, never by a rounded quotient.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from kvaltui.model import reason
from kvaltui.model.absence import MissingReason
from kvaltui.model.figure import Answer, Figure
from kvaltui.model.message import Message, Value
from kvaltui.model.period import Period
from kvaltui.model.policy import Policy
from kvaltui.model.quantity import Operator
from kvaltui.model.reason import EXACT
from kvaltui.model.scale import Scale
from kvaltui.model.status import Status
from kvaltui.model.target_rule import BASED_RULES, NO_TARGET, Rule, Target

End: TypeAlias = tuple[Decimal, int]


class Verdict(NamedTuple):
    """A status, the rule that gave it, and why, in words and figures. `parts` holds the verdict of each named part."""

    status: Status
    rule: Rule
    reason: Message
    parts: tuple[tuple[str, Verdict], ...] = ()


class Case(NamedTuple):
    """A numeric outcome and all that it is judged by."""

    outcome: Figure
    target: Target
    previous: Figure | None
    previous_period: Period | None
    policy: Policy
    scale: Scale
    part: str


_ANSWERED = {
    Answer.YES: Status.ACHIEVED,
    Answer.PARTLY: Status.PARTIALLY_ACHIEVED,
    Answer.NO: Status.NOT_ACHIEVED,
}
_HUNDRED = Decimal(100)
_ZERO = Decimal(0)
_NO_POLICY = Policy()
_ENDLESS = Decimal("Infinity")


def judge(
    outcome: Figure | None,
    target: Target | None,
    *,
    previous: Figure | None = None,
    previous_period: Period | None = None,
    policy: Policy,
    scale: Scale,
    part: str = "",
) -> Verdict:
    """Judge an outcome against a target by the table of docs/rules.md, Judging. Never raises.

    `previous` is the earlier figure that increasing, maintaining and adding targets without a base of their own are
    measured from; the reason names `previous_period`. An outcome of several parts is judged part by part (`combine`).
    With `part` the reason is that of a named part.
    """
    target = target or NO_TARGET
    if outcome is None:
        return Verdict(Status.NOT_ASSESSED, rule_of(target), reason.of_part(reason.NOTHING_ENTERED, part))
    if outcome.parts:
        targets = dict(target.parts)
        earlier = dict(previous.parts) if previous else {}
        return combine(
            (
                name,
                judge(
                    figure,
                    targets.get(name, NO_TARGET) if targets else target,
                    previous=earlier.get(name),
                    previous_period=previous_period,
                    policy=policy,
                    scale=scale,
                    part=name,
                ),
            )
            for name, figure in outcome.parts
        )
    if outcome.missing is not None:
        status = Status.NOT_APPLICABLE if outcome.missing is MissingReason.NOT_APPLICABLE else Status.NOT_ASSESSED
        return Verdict(status, rule_of(target), reason.of_part(reason.missing(outcome.missing), part))
    if outcome.answer is not None:
        return _judge_answer(outcome.answer, target, scale, part)
    if not outcome.is_number or target.rule is Rule.QUALITATIVE:
        return Verdict(Status.NOT_ASSESSED, target.rule, reason.of_part(reason.BY_PERSON_ONLY, part))
    if target.rule is Rule.YES:
        return Verdict(Status.NOT_ASSESSED, target.rule, reason.of_part(reason.ANSWER_EXPECTED, part))
    return _judge_number(Case(outcome, target, previous, previous_period, policy, scale, part))


def combine(parts: Iterable[tuple[str, Verdict]]) -> Verdict:
    """The verdict of an indicator from those of its parts, of which the ones that could be assessed count.

    All achieved gives achieved; none achieved and none partial gives not achieved; else partial.
    """
    parts = tuple(parts)
    concerned = [verdict for _, verdict in parts if verdict.status is not Status.NOT_APPLICABLE]
    assessed = [verdict for verdict in concerned if verdict.status is not Status.NOT_ASSESSED]
    rule = next((verdict.rule for _, verdict in parts if verdict.rule is not Rule.NONE), Rule.NONE)
    if not assessed:
        if parts and not concerned:
            return Verdict(Status.NOT_APPLICABLE, rule, parts[0][1].reason, parts)
        why = reason.NO_TARGET_SET if rule is Rule.NONE else reason.NO_PARTS_ASSESSED
        return Verdict(Status.NOT_ASSESSED, rule, why, parts)
    statuses = [verdict.status for verdict in assessed]
    status = statuses[0] if len(set(statuses)) == 1 else Status.PARTIALLY_ACHIEVED
    if len(concerned) == 1:
        return Verdict(status, rule, assessed[0].reason, parts)
    achieved = statuses.count(Status.ACHIEVED)
    short = (verdict.reason for verdict in assessed if verdict.status is not Status.ACHIEVED)
    return Verdict(status, rule, reason.of_parts(achieved, len(assessed), len(concerned), short), parts)


def rule_of(target: Target) -> Rule:
    """The rule of a target, or of the first of its parts that has one."""
    if target.rule is not Rule.NONE or not target.parts:
        return target.rule
    return next((each.rule for _, each in target.parts if each.rule is not Rule.NONE), Rule.NONE)


def _judge_answer(answer: Answer, target: Target, scale: Scale, part: str) -> Verdict:
    if target.rule is Rule.YES or (target.rule is Rule.NONE and scale.is_yes_no):
        return Verdict(_ANSWERED[answer], Rule.YES, reason.of_part(reason.answered(answer), part))
    if target.rule is Rule.NONE:
        why = reason.NO_TARGET_SET
    elif target.rule is Rule.QUALITATIVE:
        why = reason.BY_PERSON_ONLY
    else:
        why = reason.NUMBER_EXPECTED
    return Verdict(Status.NOT_ASSESSED, target.rule, reason.of_part(why, part))


def _judge_number(case: Case) -> Verdict:
    target = case.target
    if target.rule in BASED_RULES:
        return _judge_against_base(case)
    if target.rule is Rule.AT_LEAST and target.low is not None:
        return _verdict(case, _statuses(case, [(target.low, int(target.is_strict))]))
    if target.rule is Rule.AT_MOST and target.high is not None:
        return _verdict(case, _statuses(case, [(target.high, -int(target.is_strict))]))
    if target.rule is Rule.WITHIN and target.low is not None and target.high is not None:
        return _verdict(case, _statuses_in_band(case, target.low, target.high))
    if target.reference is not None:
        why = reason.only_compared(case.outcome, target.reference, case.scale)
    else:
        why = reason.NO_TARGET_SET
    return Verdict(Status.NOT_ASSESSED, Rule.NONE, reason.of_part(why, case.part))


def _judge_against_base(case: Case) -> Verdict:
    target, base = case.target, _base(case)
    if base is None or not base.is_number:
        why = reason.of_part(reason.NO_EARLIER_FIGURE, case.part)
        return Verdict(Status.NOT_ASSESSED, target.rule, why)
    limits = list(_ends(base, case))
    if target.rule is Rule.ADD:
        amount = target.amount or _ZERO
        limits = [(EXACT.add(number, amount), side) for number, side in limits]
    return _verdict(case, _statuses(case, limits))


def _base(case: Case) -> Figure | None:
    if case.target.base is not None:
        return Figure(case.target.base, case.target.base)
    return case.previous


def _ends(figure: Figure, case: Case) -> tuple[End, End]:
    """Both ends of a figure. A percentage ends at 0 and 100 unless the values of the case already pass them."""
    low, high = figure.low, figure.high
    if figure.operator is Operator.EXACT and low is not None:
        return (low, 0), (low, 0)
    lowest, highest = _bounds(case) if case.scale.is_percentage else (-_ENDLESS, _ENDLESS)
    low_end = (lowest, 0) if low is None else (low, 1 if figure.operator is Operator.GREATER else 0)
    high_end = (highest, 0) if high is None else (high, -1 if figure.operator is Operator.LESS else 0)
    return low_end, high_end


def _bounds(case: Case) -> tuple[Decimal, Decimal]:
    target, figures = case.target, [case.outcome, case.previous]
    values = [target.low, target.high, target.base]
    values += [number for figure in figures if figure for number in (figure.low, figure.high)]
    numbers = [number for number in values if number is not None]
    beyond_whole = any(figure and figure.operator is Operator.GREATER and figure.low == _HUNDRED for figure in figures)
    below_nothing = any(figure and figure.operator is Operator.LESS and figure.high == _ZERO for figure in figures)
    lowest = -_ENDLESS if below_nothing or min(numbers) < 0 else _ZERO
    highest = _ENDLESS if beyond_whole or max(numbers) > _HUNDRED else _HUNDRED
    return lowest, highest


def _statuses(case: Case, limits: list[End]) -> set[Status]:
    """What every end of the outcome gives against every end of the limit."""
    low, high = _ends(case.outcome, case)
    ends = [low] if low == high else [low, high]
    return {_status(case.target.rule, end, limit, case.policy) for end in ends for limit in limits}


def _status(rule: Rule, end: End, limit: End, policy: Policy) -> Status:
    match rule:
        case Rule.AT_LEAST | Rule.MAINTAIN_OR_INCREASE:
            return _at_least(end, limit, policy)
        case Rule.AT_MOST | Rule.MAINTAIN_OR_DECREASE:
            return _at_most(end, limit, policy)
        case Rule.ADD:
            return Status.ACHIEVED if end >= limit else Status.NOT_ACHIEVED
        case Rule.INCREASE:
            return _above(end, limit)
        case Rule.DECREASE:
            return _above(limit, end)
    raise AssertionError(rule)  # what has no limit is judged otherwise


def _above(end: End, limit: End) -> Status:
    if end == limit:
        return Status.PARTIALLY_ACHIEVED
    return Status.ACHIEVED if end > limit else Status.NOT_ACHIEVED


def _at_least(end: End, limit: End, policy: Policy) -> Status:
    if end >= limit:
        return Status.ACHIEVED
    number, side = limit
    share, distance = policy.partial_from, policy.partial_within
    if share is not None and number > 0 and end >= (EXACT.multiply(share, number), min(side, 0)):
        return Status.PARTIALLY_ACHIEVED
    if distance is not None and end >= (EXACT.subtract(number, distance), min(side, 0)):
        return Status.PARTIALLY_ACHIEVED
    return Status.NOT_ACHIEVED


def _at_most(end: End, limit: End, policy: Policy) -> Status:
    if end <= limit:
        return Status.ACHIEVED
    number, side = end
    share, distance = policy.partial_from, policy.partial_within
    limit = limit[0], max(limit[1], 0)
    if share is not None and limit[0] > 0 and (EXACT.multiply(share, number), side) <= limit:
        return Status.PARTIALLY_ACHIEVED
    if distance is not None and (EXACT.subtract(number, distance), side) <= limit:
        return Status.PARTIALLY_ACHIEVED
    return Status.NOT_ACHIEVED


def _statuses_in_band(case: Case, low: Decimal, high: Decimal) -> set[Status]:
    """What the ends give against a band. Ends on either side of it have the band between them, so they never agree."""
    low_end, high_end = _ends(case.outcome, case)
    floor, ceiling = (low, 0), (high, 0)
    statuses = {
        _at_least(end, floor, case.policy) if end < floor else _at_most(end, ceiling, case.policy)
        for end in (low_end, high_end)
    }
    return statuses | {Status.ACHIEVED} if low_end <= ceiling and high_end >= floor else statuses


def _verdict(case: Case, statuses: set[Status]) -> Verdict:
    """The one status that all ends give, or none because the interval spans a limit."""
    if len(statuses) == 1:
        (status,) = statuses
        return Verdict(status, case.target.rule, _reason(case, status))
    limit = _base_words(case)
    if limit is None:
        target = case.target
        numbers = target.low if target.high is None else target.high if target.low is None else None
        words = reason.wanted_words(target, case.scale)
        limit = words if numbers is None else reason.limit_words(numbers, case.scale)
    if Status.ACHIEVED in statuses:
        why = reason.spans(case.outcome, limit, case.scale)
    else:
        why = reason.spans_partial(case.outcome, limit, case.scale)
    return Verdict(Status.NOT_ASSESSED, case.target.rule, reason.of_part(why, case.part))


def _base_words(case: Case) -> Value | None:
    base = _base(case) if case.target.rule in BASED_RULES else None
    if base is None:
        return None
    return reason.base_words(base, case.previous_period if case.target.base is None else None, case.scale)


def _reason(case: Case, status: Status) -> Message:
    outcome, target, policy, scale, part = case.outcome, case.target, case.policy, case.scale, case.part
    if target.rule in BASED_RULES:
        return reason.of_part(_reason_against_base(case, status), part)
    wanted = reason.wanted_words(target, scale)
    number = outcome.exact
    if number is None:
        return reason.of_part(reason.interval(outcome, wanted, status, scale), part)
    low, high = target.low, target.high
    if low is None or (high is not None and number > high):
        limit = high
    elif high is None or number < low:
        limit = low
    else:
        return reason.inside(outcome, wanted, scale, part)
    assert limit is not None
    return reason.against(outcome, wanted, limit, status, policy, scale, part)


def _reason_against_base(case: Case, status: Status) -> Message:
    outcome, target, scale = case.outcome, case.target, case.scale
    base, words = _base(case), _base_words(case)
    assert base is not None
    assert words is not None
    number, earlier = outcome.exact, base.exact
    if number is None or earlier is None:
        return reason.interval(outcome, words, status, scale)
    if target.rule is Rule.ADD:
        amount = target.amount or _ZERO
        limit = EXACT.add(earlier, amount)
        wanted = reason.wanted_words(Target(Rule.AT_LEAST, low=limit), scale)
        why = reason.against(outcome, wanted, limit, status, _NO_POLICY, scale, "")
        return reason.added(why, amount, words)
    why = reason.moved(target.rule, outcome, earlier, words, scale)
    if status is not Status.ACHIEVED and target.rule in (Rule.MAINTAIN_OR_INCREASE, Rule.MAINTAIN_OR_DECREASE):
        return reason.with_policy(why, number, earlier, case.policy, scale)
    return why
