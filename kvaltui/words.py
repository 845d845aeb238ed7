"""The words and symbols of the closed sets: statuses, kinds, reasons, frequencies, as a reader meets them.

One table for each set, and one for the symbols of the statuses, so that a status looks the same wherever it stands. The
words begin with a small letter, to stand in a sentence; `capitalised` makes a heading or a cell of one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kvaltui.i18n import _, say
from kvaltui.model.message import Message

if TYPE_CHECKING:
    from kvaltui.model.status import Status
    from kvaltui.model.summary import RiskSummary

_STATUS_SYMBOLS = {
    "achieved": ("✓", "+"),
    "partially_achieved": ("▲", "~"),
    "not_achieved": ("✗", "x"),
    "not_assessed": ("–", "-"),
    "not_applicable": ("·", "."),
}

_STATUS_FILLS = {
    "achieved": ("█", "#"),
    "partially_achieved": ("▒", "="),
    "not_achieved": ("░", "-"),
    "not_assessed": ("·", "."),
}

_EXPECTED = {
    "achieved": Message("expected to be achieved"),
    "partially_achieved": Message("expected to be partially achieved"),
    "not_achieved": Message("not expected to be achieved"),
}

_SHORT = {
    "partially_achieved": Message("partially"),
    "not_achieved": Message("not"),
}

# By the names of the sets and the values of their members: whoever needs the word of a status need not load the rest.
_WORDS = {
    "Status": {
        "achieved": Message("achieved"),
        "partially_achieved": Message("partially achieved"),
        "not_achieved": Message("not achieved"),
        "not_assessed": Message("not assessed"),
        "not_applicable": Message("does not concern"),
    },
    "Change": {
        "better": Message("better"),
        "same": Message("the same"),
        "worse": Message("worse"),
        "not_comparable": Message("not comparable"),
    },
    "Doubt": {
        "quotient_mismatch": Message("the stated value and its ratio disagree"),
        "out_of_range": Message("a percentage outside 0–100"),
        "share_as_number": Message("a share written as a number"),
        "jump": Message("far from the previous figure or from the target"),
        "direction_mismatch": Message("the target contradicts the direction"),
        "parts_do_not_sum": Message("the parts do not sum to the total"),
        "duplicate_name": Message("the same name twice in the area"),
        "repeated_series": Message("the same figures as another indicator"),
        "conflicting_sources": Message("two sources with different values"),
        "variance_mismatch": Message("the variance is not what the columns give"),
        "sum_mismatch": Message("the sum is not what the rows give"),
        "unreadable": Message("the figure or the target cannot be read"),
    },
    "MissingReason": {
        "not_measured": Message("not measured"),
        "not_measurable": Message("not measurable"),
        "value_missing": Message("value missing"),
        "no_data": Message("no data available"),
        "nonresponse": Message("nonresponse"),
        "suppressed": Message("suppressed for secrecy"),
        "not_applicable": Message("not applicable"),
        "deferred": Message("followed up later"),
    },
    "Answer": {
        "yes": Message("yes"),
        "partly": Message("partly"),
        "no": Message("no"),
    },
    "Rule": {
        "at_least": Message("at least"),
        "at_most": Message("at most"),
        "within": Message("within an interval"),
        "increase": Message("increase"),
        "decrease": Message("decrease"),
        "maintain_or_increase": Message("maintain or increase"),
        "maintain_or_decrease": Message("maintain or decrease"),
        "add": Message("a number of new ones"),
        "yes": Message("answered with yes"),
        "qualitative": Message("judged by a person"),
        "none": Message("no target"),
    },
    "Direction": {
        "higher": Message("higher is better"),
        "lower": Message("lower is better"),
        "band": Message("within an interval is best"),
        "neutral": Message("neither is better"),
    },
    "Frequency": {
        "year": Message("every year"),
        "half-year": Message("every half-year"),
        "tertial": Message("every tertial"),
        "quarter": Message("every quarter"),
        "month": Message("every month"),
    },
    "Kind": {
        "plan": Message("plan"),
        "quality_factor": Message("quality factor"),
        "area": Message("area"),
        "goal": Message("goal"),
        "indicator": Message("indicator"),
        "target": Message("target"),
        "outcome": Message("outcome"),
        "comparison": Message("comparison"),
        "assessment": Message("assessment"),
        "completion": Message("completion"),
        "risk": Message("risk"),
        "self_check": Message("self-check"),
        "result": Message("result"),
        "measure": Message("measure"),
        "assignment": Message("assignment"),
        "economy_table": Message("economy table"),
        "economy_row": Message("economy row"),
    },
    "MeasureStatus": {
        "planned": Message("planned"),
        "ongoing": Message("ongoing"),
        "done": Message("done"),
        "cancelled": Message("cancelled"),
    },
    "AssignmentStatus": {
        "done": Message("carried out"),
        "ongoing": Message("ongoing"),
        "not_started": Message("not started"),
        "": Message("status unknown"),
    },
    "ResultStatus": {
        "approved": Message("approved"),
        "partly": Message("partly approved"),
        "not_approved": Message("not approved"),
        "not_performed": Message("not performed"),
        "unknown": Message("result unknown"),
    },
    "IndicatorStatus": {
        "new": Message("new"),
        "active": Message("followed"),
        "discontinued": Message("discontinued"),
    },
    "Aggregate": {
        "none": Message("not computed"),
        "ratio": Message("ratio of the sums"),
        "sum": Message("sum of the parts"),
        "range": Message("from the least to the greatest part"),
    },
    "RollUp": {
        "standard": Message("all, none or some"),
        "worst": Message("the worst decides"),
        "share": Message("by the share achieved"),
    },
    "Band": {
        "low": Message("low"),
        "medium": Message("medium"),
        "high": Message("high"),
    },
    "RowKind": {
        "cost": Message("cost"),
        "income": Message("income"),
        "net": Message("net"),
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
    return say(_WORDS[type(value).__name__][value])


def status_word(status: Status, *, expected: bool = False, short: bool = False) -> str:
    """The word for a status (docs/rules.md, Statuses).

    `expected`: of a period that is not over, "förväntas uppnås". `short`: for a narrow column that says it is about
    fulfilment, "delvis".
    """
    message = (_EXPECTED if expected else _SHORT if short else {}).get(status)
    return say(message) if message else word(status)


def status_symbol(status: Status, *, ascii: bool = False) -> str:
    """The symbol of a status, one cell wide; `ascii` for terminals that cannot show the others."""
    return _STATUS_SYMBOLS[status][ascii]


def status_fill(status: Status, *, ascii: bool = False) -> str:
    """What a status that counts fills of a bar, one cell wide; told apart without colour."""
    return _STATUS_FILLS[status][ascii]


def open_measures(risk: RiskSummary) -> str:
    """How many measures of a risk are planned or ongoing, and how many of those are late."""
    count, late = len(risk.open_measures), len(risk.overdue_measures)
    if not count:
        return _("no open measures")
    told = _("{count} open measure" if count == 1 else "{count} open measures", count=count)
    return _("{measures}, {late} late", measures=told, late=late) if late else told


def field_word(name: str) -> str:
    """The word for a field of a stored thing, as its history and its form call it. Raises KeyError for no field."""
    return say(_FIELDS[name])


def capitalised(text: str) -> str:
    """The text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]
