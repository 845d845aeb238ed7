"""The one-line reason of a verdict, in words and figures (docs/rules.md, Judging).

Reasons are messages, cheap to build and put into words only when somebody reads them. Figures stand with their unit,
and the targets beside them without it unless it is %: "167 dagar mot högst 120".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType

from kvaltui.model.absence import MissingReason
from kvaltui.model.figure import Answer, Figure
from kvaltui.model.message import Message, Value
from kvaltui.model.period import Period
from kvaltui.model.policy import Policy
from kvaltui.model.quantity import Operator
from kvaltui.model.scale import Scale
from kvaltui.model.status import Status
from kvaltui.model.target_rule import Rule, Target

EXACT = Context(prec=200, rounding=ROUND_HALF_UP, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
"""Arithmetic on figures: wide enough for every sum, difference and product of written figures to be exact."""

NOTHING_ENTERED = Message("no outcome has been entered for the period")
NO_TARGET_SET = Message("no target to judge by")
BY_PERSON_ONLY = Message("judged by a person only")
NUMBER_EXPECTED = Message("the target asks for a number: cannot be assessed")
ANSWER_EXPECTED = Message("the target asks for yes, partly or no: cannot be assessed")
NO_EARLIER_FIGURE = Message("there is no earlier figure to compare with")
SERIES_IS_BROKEN = Message("the series is broken since the earlier figure: cannot be assessed")
CONTESTED = Message("two values stand against each other: cannot be assessed until one is chosen")
UNREADABLE_OUTCOME = Message("the outcome cannot be read: cannot be assessed")
UNREADABLE_TARGET = Message("the target cannot be read: cannot be assessed")
DISCONTINUED = Message("the indicator is discontinued")
NOT_CONCERNED = Message("the goal does not concern the committee")
YEAR_NOT_OVER = Message("the year is not over and there is no forecast")
NO_PARTS_ASSESSED = Message("no part can be assessed")

MISSING: Mapping[MissingReason, Message] = MappingProxyType(
    {
        MissingReason.NOT_MEASURED: Message("not measured"),
        MissingReason.NOT_MEASURABLE: Message("not measurable"),
        MissingReason.VALUE_MISSING: Message("value missing"),
        MissingReason.NO_DATA: Message("no data available"),
        MissingReason.NONRESPONSE: Message("nonresponse"),
        MissingReason.SUPPRESSED: Message("suppressed for secrecy"),
        MissingReason.NOT_APPLICABLE: Message("not applicable"),
        MissingReason.DEFERRED: Message("followed up later"),
    }
)
ANSWERS: Mapping[Answer, Message] = MappingProxyType(
    {Answer.YES: Message("yes"), Answer.PARTLY: Message("partly"), Answer.NO: Message("no")}
)
_WANTED: Mapping[Rule, Message] = MappingProxyType(
    {
        Rule.INCREASE: Message("the target is to increase"),
        Rule.DECREASE: Message("the target is to decrease"),
        Rule.MAINTAIN_OR_INCREASE: Message("the target is to maintain or increase"),
        Rule.MAINTAIN_OR_DECREASE: Message("the target is to maintain or decrease"),
    }
)
BARE_UNITS = frozenset({"", "antal", "index", "ja/nej", "text"})
"""Units that say nothing beside a number."""
_SINGULAR: Mapping[str, str] = MappingProxyType(
    {"dagar": "dag", "timmar": "timme", "veckor": "vecka", "månader": "månad", "kronor": "krona"}
)
_WHOLE = Decimal(100)
_LONGEST_WRITTEN = -6
_MOST_PARTS_NAMED = 3
_A_PAIR = 2


def amount(number: Value, scale: Scale) -> Value:
    """A number with the unit of its indicator; units that say nothing beside a number are left out."""
    if scale.unit == "%":
        return Message("{number} %", number=number)
    if scale.unit in BARE_UNITS:
        return number
    return Message(
        "{number} {unit}", number=number, unit=_SINGULAR.get(scale.unit, scale.unit) if number == 1 else scale.unit
    )


def figure_words(figure: Figure, scale: Scale) -> Value:
    """A numeric figure as it is shown in a reason."""
    words = amount(_numbers(figure), scale)
    if figure.numerator is not None and figure.denominator is not None and not figure.is_value_stated:
        words = Message(
            "{amount} ({numerator} of {denominator})",
            amount=words,
            numerator=figure.numerator,
            denominator=figure.denominator,
        )
    return Message("estimated {figure}", figure=words) if figure.is_estimated else words


def _numbers(figure: Figure) -> Value:
    low, high = figure.low, figure.high
    if low is not None and high is not None and figure.operator is Operator.INTERVAL:
        return Message("{low}–{high}", low=low, high=high)
    number = low if low is not None else high
    if number is None:
        return ""
    if figure.operator is Operator.EXACT:
        return readable(number)
    return Message("{operator}{number}", operator=figure.operator.value, number=number)


def readable(number: Decimal) -> Decimal:
    """A written number as it is; a quotient with one decimal, or as many as show that it is not 0."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= _LONGEST_WRITTEN:
        return number
    return rounded(number, Decimal(0), decimals=1)


def rounded(number: Decimal, limit: Decimal, decimals: int = 0) -> Decimal:
    """A number with the fewest decimals that still tell on which side of the limit it lies."""
    for places in range(decimals, 20):
        shown = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT)
        if (shown > limit, shown < limit) == (number > limit, number < limit):
            return shown
    return number


def _distance(first: Decimal, second: Decimal, scale: Scale) -> Value:
    number = readable(abs(EXACT.subtract(first, second)))
    if scale.unit != "%":
        return amount(number, scale)
    if number == 1:
        return Message("{number} percentage point", number=number)
    return Message("{number} percentage points", number=number)


def limit_words(number: Decimal, scale: Scale) -> Value:
    """A limit as it stands beside an outcome: with its unit only where that is %."""
    number = readable(number)
    return Message("{number} %", number=number) if scale.unit == "%" else number


def and_also(reason: Message, addition: Message) -> Message:
    """One reason and what is to be added to it."""
    return Message("{reason}; {addition}", reason=reason, addition=addition)


def of_part(reason: Message, part: str) -> Message:
    """The reason of a named part ("" = the whole)."""
    return Message("{reason} ({part})", reason=reason, part=part) if part else reason


def wanted_words(target: Target, scale: Scale) -> Value:
    """A target in numbers as a reason names it: "minst 100 %", "högst 120", "45–55 %"."""
    low, high = target.low, target.high
    if target.rule is Rule.WITHIN and low is not None and high is not None:
        return limit_words(low, scale) if low == high else amount(Message("{low}–{high}", low=low, high=high), scale)
    if low is not None:
        if target.is_strict:
            return Message("more than {number}", number=limit_words(low, scale))
        return Message("at least {number}", number=limit_words(low, scale))
    if high is not None:
        if target.is_strict:
            return Message("less than {number}", number=limit_words(high, scale))
        return Message("at most {number}", number=limit_words(high, scale))
    return ""


def against(
    outcome: Figure, wanted: Value, limit: Decimal, status: Status, policy: Policy, scale: Scale, part: str
) -> Message:
    """Why an exact outcome reaches or misses the limit of what is wanted."""
    number = outcome.low
    assert number is not None
    values: dict[str, Value] = {"outcome": figure_words(outcome, scale), "target": wanted}
    if number == limit:
        if status is Status.ACHIEVED:
            return of_part(Message("{outcome} against {target}: just on the target", **values), part)
        reason = Message("{outcome} against {target}: just on the limit, which is not enough", **values)
        return of_part(reason, part) if part else with_policy(reason, number, limit, policy, scale)
    values["distance"] = _distance(number, limit, scale)
    if part:
        if number > limit:
            return of_part(Message("{outcome} against {target}: {distance} over", **values), part)
        return of_part(Message("{outcome} against {target}: {distance} under", **values), part)
    if number > limit:
        reason = Message("{outcome} against {target}: {distance} above the target", **values)
    else:
        reason = Message("{outcome} against {target}: {distance} below the target", **values)
    return reason if status is Status.ACHIEVED else with_policy(reason, number, limit, policy, scale)


def inside(outcome: Figure, wanted: Value, scale: Scale, part: str) -> Message:
    """That an exact outcome lies within a band."""
    words = figure_words(outcome, scale)
    return of_part(Message("{outcome} against {target}: within the target", outcome=words, target=wanted), part)


def with_policy(reason: Message, number: Decimal, limit: Decimal, policy: Policy, scale: Scale) -> Message:
    """The reason of a shortfall and what the policy of assessment makes of it."""
    if policy.partial_from is not None and limit > 0 and number >= 0:
        percent = EXACT.add(EXACT.multiply(policy.partial_from, _WHOLE).normalize(EXACT), Decimal(0))
        if number <= limit:
            share = rounded(EXACT.divide(EXACT.multiply(number, _WHOLE), limit), percent)
            addition = Message("{share} % of the target, partial from {limit} %", share=share, limit=percent)
        else:
            share = rounded(EXACT.divide(EXACT.multiply(limit, _WHOLE), number), percent)
            addition = Message(
                "the target is {share} % of the outcome, partial from {limit} %", share=share, limit=percent
            )
        reason = and_also(reason, addition)
    if policy.partial_within is not None:
        distance = _distance(policy.partial_within, Decimal(0), scale)
        reason = and_also(reason, Message("partial within {distance}", distance=distance))
    return reason


def base_words(base: Figure, period: Period | None, scale: Scale) -> Value:
    """The earlier figure that an outcome is compared with, with its period where it comes from one."""
    words = figure_words(base, scale)
    return words if period is None else Message("{figure} ({period})", figure=words, period=period)


def moved(rule: Rule, outcome: Figure, earlier: Decimal, base: Value, scale: Scale) -> Message:
    """How an exact outcome has moved from an exact earlier number, in words `base`, and which way it should."""
    number = outcome.low
    assert number is not None
    values: dict[str, Value] = {"outcome": figure_words(outcome, scale), "base": base}
    if number == earlier:
        reason = Message("{outcome} against {base}: unchanged", **values)
    else:
        values["distance"] = _distance(number, earlier, scale)
        if number > earlier:
            reason = Message("{outcome} against {base}: {distance} higher", **values)
        else:
            reason = Message("{outcome} against {base}: {distance} lower", **values)
    return and_also(reason, _WANTED[rule])


def added(reason: Message, number: Decimal, base: Value) -> Message:
    """A target of so many more than an earlier figure, which is `base` in words."""
    return and_also(reason, Message("the target is {number} more than {base}", number=number, base=base))


def spans(outcome: Figure, limit: Value, scale: Scale) -> Message:
    """Why an interval cannot be judged against the target."""
    words = figure_words(outcome, scale)
    return Message("{outcome} spans the target {target}: cannot be assessed", outcome=words, target=limit)


def spans_partial(outcome: Figure, limit: Value, scale: Scale) -> Message:
    """Why an interval that misses the target cannot be told from one that partly reaches it."""
    words = figure_words(outcome, scale)
    return Message(
        "{outcome} against {target} spans the limit for partly achieved: cannot be assessed",
        outcome=words,
        target=limit,
    )


def interval(outcome: Figure, limit: Value, status: Status, scale: Scale) -> Message:
    """Why an interval as a whole reaches or misses the target."""
    values: dict[str, Value] = {"outcome": figure_words(outcome, scale), "target": limit}
    if status is Status.ACHIEVED:
        return Message("{outcome} against {target}: the whole interval reaches the target", **values)
    if status is Status.PARTIALLY_ACHIEVED:
        return Message("{outcome} against {target}: the whole interval is partly achieved", **values)
    return Message("{outcome} against {target}: the whole interval misses the target", **values)


def answered(answer: Answer) -> Message:
    """Why yes, partly or no gives the verdict it gives."""
    return Message("the answer is {answer}", answer=ANSWERS[answer])


def missing(reason: MissingReason) -> Message:
    """Why a missing figure gives no verdict."""
    if reason is MissingReason.NOT_APPLICABLE:
        return Message("not applicable for the period")
    return Message("{missing}: cannot be assessed", missing=MISSING[reason])


def only_compared(outcome: Figure, reference: Decimal, scale: Scale) -> Message:
    """Why a neutral indicator with a number beside it gives no verdict."""
    return Message(
        "{outcome} beside {reference}: only compared, not judged",
        outcome=figure_words(outcome, scale),
        reference=limit_words(reference, scale),
    )


def by_forecast(reason: Message) -> Message:
    """The reason of a verdict on the forecast of a period that is not over."""
    return Message("forecast {reason}", reason=reason)


def holds_later(horizon: Value) -> Message:
    """Why falling short of a target with a horizon is no failure yet."""
    return Message("the target holds {horizon}", horizon=horizon)


def of_parts(achieved: int, assessed: int, count: int, short: Iterable[Message]) -> Message:
    """Why the parts of an indicator together give its verdict; `short` are the reasons of those that fall short."""
    if achieved == assessed == count == _A_PAIR:
        return Message("both parts reach the target")
    if achieved == assessed == count:
        return Message("all {count} parts reach the target", count=count)
    reason = Message("{achieved} of {count} parts reach the target", achieved=achieved, count=count)
    named = list(short)
    for addition in named[:_MOST_PARTS_NAMED]:
        reason = and_also(reason, addition)
    if len(named) > _MOST_PARTS_NAMED:
        reason = and_also(reason, Message("{count} more fall short", count=len(named) - _MOST_PARTS_NAMED))
    if assessed < count:
        reason = and_also(reason, Message("{assessed} of {count} parts assessed", assessed=assessed, count=count))
    return reason
