"""The words and symbols of the closed sets: statuses, kinds, reasons, frequencies, as a reader meets them.

One table for each set, and one for the symbols of the statuses, so that a status looks the same wherever it stands. The
words begin with a small letter, to stand in a sentence; `capitalised` makes a heading or a cell of one.
"""

from __future__ import annotations

from enum import StrEnum

from kvaltui.i18n import say
from kvaltui.model.economy import RowKind
from kvaltui.model.entity import Kind
from kvaltui.model.figure import Answer, MissingReason
from kvaltui.model.message import Message
from kvaltui.model.period import Frequency
from kvaltui.model.quality_work import AssignmentStatus, MeasureStatus, ResultStatus
from kvaltui.model.scale import Direction
from kvaltui.model.status import Change, Doubt, Status
from kvaltui.model.structure import Aggregate, IndicatorStatus, RollUp
from kvaltui.model.target import Rule

_STATUS_SYMBOLS = {
    Status.ACHIEVED: ("✓", "+"),
    Status.PARTIALLY_ACHIEVED: ("▲", "~"),
    Status.NOT_ACHIEVED: ("✗", "x"),
    Status.NOT_ASSESSED: ("–", "-"),
    Status.NOT_APPLICABLE: ("·", "."),
}

_EXPECTED = {
    Status.ACHIEVED: Message("expected to be achieved"),
    Status.PARTIALLY_ACHIEVED: Message("expected to be partially achieved"),
    Status.NOT_ACHIEVED: Message("not expected to be achieved"),
}

_SHORT = {
    Status.PARTIALLY_ACHIEVED: Message("partially"),
    Status.NOT_ACHIEVED: Message("not"),
}

_WORDS: dict[type[StrEnum], dict[str, Message]] = {
    Status: {
        Status.ACHIEVED: Message("achieved"),
        Status.PARTIALLY_ACHIEVED: Message("partially achieved"),
        Status.NOT_ACHIEVED: Message("not achieved"),
        Status.NOT_ASSESSED: Message("not assessed"),
        Status.NOT_APPLICABLE: Message("does not concern"),
    },
    Change: {
        Change.BETTER: Message("better"),
        Change.SAME: Message("the same"),
        Change.WORSE: Message("worse"),
        Change.NOT_COMPARABLE: Message("not comparable"),
    },
    Doubt: {
        Doubt.QUOTIENT_MISMATCH: Message("the stated value and its ratio disagree"),
        Doubt.OUT_OF_RANGE: Message("a percentage outside 0–100"),
        Doubt.JUMP: Message("far from the previous figure or from the target"),
        Doubt.PARTS_DO_NOT_SUM: Message("the parts do not sum to the total"),
        Doubt.DUPLICATE_NAME: Message("the same name twice in the area"),
        Doubt.REPEATED_SERIES: Message("the same figures as another indicator"),
        Doubt.CONFLICTING_SOURCES: Message("two sources with different values"),
        Doubt.VARIANCE_MISMATCH: Message("the variance is not what the columns give"),
        Doubt.SUM_MISMATCH: Message("the sum is not what the rows give"),
        Doubt.UNREADABLE: Message("the figure cannot be read"),
    },
    MissingReason: {
        MissingReason.NOT_MEASURED: Message("not measured"),
        MissingReason.NOT_MEASURABLE: Message("not measurable"),
        MissingReason.VALUE_MISSING: Message("value missing"),
        MissingReason.NO_DATA: Message("no data available"),
        MissingReason.NONRESPONSE: Message("nonresponse"),
        MissingReason.SUPPRESSED: Message("suppressed for secrecy"),
        MissingReason.NOT_APPLICABLE: Message("not applicable"),
        MissingReason.DEFERRED: Message("followed up later"),
    },
    Answer: {
        Answer.YES: Message("yes"),
        Answer.PARTLY: Message("partly"),
        Answer.NO: Message("no"),
    },
    Rule: {
        Rule.AT_LEAST: Message("at least"),
        Rule.AT_MOST: Message("at most"),
        Rule.WITHIN: Message("within an interval"),
        Rule.INCREASE: Message("increase"),
        Rule.DECREASE: Message("decrease"),
        Rule.MAINTAIN_OR_INCREASE: Message("maintain or increase"),
        Rule.MAINTAIN_OR_DECREASE: Message("maintain or decrease"),
        Rule.ADD: Message("a number of new ones"),
        Rule.YES: Message("answered with yes"),
        Rule.QUALITATIVE: Message("judged by a person"),
        Rule.NONE: Message("no target"),
    },
    Direction: {
        Direction.HIGHER: Message("higher is better"),
        Direction.LOWER: Message("lower is better"),
        Direction.BAND: Message("within an interval is best"),
        Direction.NEUTRAL: Message("neither is better"),
    },
    Frequency: {
        Frequency.YEAR: Message("every year"),
        Frequency.HALF_YEAR: Message("every half-year"),
        Frequency.TERTIAL: Message("every tertial"),
        Frequency.QUARTER: Message("every quarter"),
        Frequency.MONTH: Message("every month"),
    },
    Kind: {
        Kind.PLAN: Message("plan"),
        Kind.QUALITY_FACTOR: Message("quality factor"),
        Kind.AREA: Message("area"),
        Kind.GOAL: Message("goal"),
        Kind.INDICATOR: Message("indicator"),
        Kind.TARGET: Message("target"),
        Kind.OUTCOME: Message("outcome"),
        Kind.COMPARISON: Message("comparison"),
        Kind.ASSESSMENT: Message("assessment"),
        Kind.COMPLETION: Message("completion"),
        Kind.RISK: Message("risk"),
        Kind.SELF_CHECK: Message("self-check"),
        Kind.RESULT: Message("result"),
        Kind.MEASURE: Message("measure"),
        Kind.ASSIGNMENT: Message("assignment"),
        Kind.ECONOMY_TABLE: Message("economy table"),
        Kind.ECONOMY_ROW: Message("economy row"),
    },
    MeasureStatus: {
        MeasureStatus.PLANNED: Message("planned"),
        MeasureStatus.ONGOING: Message("ongoing"),
        MeasureStatus.DONE: Message("done"),
        MeasureStatus.CANCELLED: Message("cancelled"),
    },
    AssignmentStatus: {
        AssignmentStatus.DONE: Message("carried out"),
        AssignmentStatus.ONGOING: Message("ongoing"),
        AssignmentStatus.NOT_STARTED: Message("not started"),
        AssignmentStatus.UNKNOWN: Message("status unknown"),
    },
    ResultStatus: {
        ResultStatus.APPROVED: Message("approved"),
        ResultStatus.PARTLY: Message("partly approved"),
        ResultStatus.NOT_APPROVED: Message("not approved"),
        ResultStatus.NOT_PERFORMED: Message("not performed"),
        ResultStatus.UNKNOWN: Message("result unknown"),
    },
    IndicatorStatus: {
        IndicatorStatus.NEW: Message("new"),
        IndicatorStatus.ACTIVE: Message("followed"),
        IndicatorStatus.DISCONTINUED: Message("discontinued"),
    },
    Aggregate: {
        Aggregate.NONE: Message("not computed"),
        Aggregate.RATIO: Message("ratio of the sums"),
        Aggregate.SUM: Message("sum of the parts"),
        Aggregate.RANGE: Message("from the least to the greatest part"),
    },
    RollUp: {
        RollUp.STANDARD: Message("all, none or some"),
        RollUp.WORST: Message("the worst decides"),
        RollUp.SHARE: Message("by the share achieved"),
    },
    RowKind: {
        RowKind.COST: Message("cost"),
        RowKind.INCOME: Message("income"),
        RowKind.NET: Message("net"),
    },
}


_FIELDS = {
    "actual": Message("actual outcome"),
    "aggregate": Message("total of the parts"),
    "aliases": Message("other names"),
    "area": Message("area"),
    "area_kind": Message("kind of area"),
    "as_of": Message("as-of date"),
    "assignment_kind": Message("kind of assignment"),
    "breakdown": Message("parts"),
    "budget": Message("budget"),
    "comment": Message("comment"),
    "committee": Message("committee"),
    "complete": Message("marked complete"),
    "consequence": Message("consequence"),
    "cumulative": Message("cumulative"),
    "decimals": Message("decimals"),
    "definition": Message("definition"),
    "denominator": Message("denominator"),
    "description": Message("description"),
    "direction": Message("direction"),
    "display_name": Message("display name"),
    "due": Message("due date"),
    "external_id": Message("external id"),
    "forecast": Message("forecast"),
    "frequency": Message("frequency"),
    "goal": Message("goal"),
    "goal_kind": Message("kind of goal"),
    "horizon": Message("horizon"),
    "indicator": Message("indicator"),
    "indicators": Message("indicators"),
    "intent": Message("intent"),
    "is_core_volume": Message("core volume"),
    "is_sum": Message("sum row"),
    "key": Message("key"),
    "level": Message("level"),
    "likelihood": Message("likelihood"),
    "motivation": Message("motivation"),
    "name": Message("name"),
    "new": Message("new"),
    "not_applicable": Message("does not concern"),
    "note": Message("note"),
    "numerator": Message("numerator"),
    "order": Message("place in the order"),
    "organisation": Message("organisation"),
    "parent": Message("parent"),
    "part": Message("part"),
    "partial_from": Message("partially from"),
    "partial_within": Message("partially within"),
    "period": Message("period"),
    "periods": Message("periods"),
    "previous": Message("previous year"),
    "purpose": Message("purpose"),
    "quality_factors": Message("quality factors"),
    "reading": Message("reading"),
    "registry_number": Message("registry number"),
    "responsible": Message("responsible"),
    "retired": Message("retired"),
    "risk_bands": Message("risk bands"),
    "risks": Message("risks"),
    "roll_up": Message("rolling up"),
    "row_kind": Message("kind of row"),
    "section": Message("section"),
    "self_check": Message("self-check"),
    "self_checks": Message("self-checks"),
    "series_breaks": Message("series breaks"),
    "service": Message("service"),
    "services": Message("services"),
    "slug": Message("key of the row"),
    "source": Message("source"),
    "status": Message("status"),
    "subject": Message("what is assessed"),
    "subject_kind": Message("kind of what is assessed"),
    "table": Message("table"),
    "threshold": Message("threshold"),
    "title": Message("title"),
    "unit": Message("unit"),
    "value": Message("value"),
    "variance": Message("variance"),
}


def word(value: StrEnum) -> str:
    """The word for a member of a closed set. Raises KeyError for a set that is never shown to a reader."""
    return say(_WORDS[type(value)][value])


def status_word(status: Status, *, expected: bool = False, short: bool = False) -> str:
    """The word for a status (FIGURES.md, Statuses).

    `expected`: of a period that is not over, "förväntas uppnås". `short`: for a narrow column that says it is about
    fulfilment, "delvis".
    """
    message = (_EXPECTED if expected else _SHORT if short else {}).get(status)
    return say(message) if message else word(status)


def status_symbol(status: Status, *, ascii: bool = False) -> str:
    """The symbol of a status, one cell wide; `ascii` for terminals that cannot show the others."""
    return _STATUS_SYMBOLS[status][ascii]


def field_word(name: str) -> str:
    """The word for a field of a stored thing, as its history and its form call it. Raises KeyError for no field."""
    return say(_FIELDS[name])


def capitalised(text: str) -> str:
    """The text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]
