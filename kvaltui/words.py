"""The words and symbols of the closed sets: statuses, kinds, reasons, frequencies, as a reader meets them.

A member and a field are called by their names (`not_achieved`: "not achieved"), which the catalogue translates; the
tables have those that are called otherwise. One table has the symbols of the statuses, so that a status looks the same
wherever it stands. The words begin with a small letter, to stand in a sentence; `capitalised` makes a heading or a cell
of one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kvaltui.i18n import _, say, translated
from kvaltui.model.message import Message

if TYPE_CHECKING:
    from kvaltui.model.status import Change, Status
    from kvaltui.model.summary import RiskSummary

_STATUS_SYMBOLS = {
    "achieved": ("✓", "+"),
    "partially_achieved": ("▲", "~"),
    "not_achieved": ("✗", "x"),
    "not_assessed": ("–", "-"),
    "not_applicable": ("·", "."),
}

_EXPECTED = {
    "achieved": Message("expected to be achieved"),
    "partially_achieved": Message("expected to be partially achieved"),
    "not_achieved": Message("not expected to be achieved"),
}

_SHORT = {"partially_achieved": Message("partially")}

_CHANGE_SYMBOLS = {"better": ("↑", "^"), "worse": ("↓", "v"), "same": ("=", "=")}

# By the names of the sets and the values of their members: whoever needs the word of a status need not load the rest.
_OTHER_WORDS = {
    "Status": {"not_applicable": Message("does not concern")},
    "Change": {"same": Message("the same")},
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
        "no_data": Message("no data available"),
        "suppressed": Message("suppressed for secrecy"),
        "deferred": Message("followed up later"),
    },
    "Rule": {
        "within": Message("within an interval"),
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
    "Kind": {"self_check": Message("self-check")},
    "AssignmentStatus": {
        "done": Message("carried out"),
        "": Message("status unknown"),
    },
    "ResultStatus": {
        "partly": Message("partly approved"),
        "unknown": Message("result unknown"),
    },
    "IndicatorStatus": {"active": Message("followed")},
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
}


_OTHER_FIELDS = {
    "actual": Message("actual outcome"),
    "aggregate": Message("total of the parts"),
    "aliases": Message("other names"),
    "area_kind": Message("kind of area"),
    "as_of": Message("as-of date"),
    "assignment_kind": Message("kind of assignment"),
    "breakdown": Message("parts"),
    "complete": Message("marked complete"),
    "due": Message("due date"),
    "goal_kind": Message("kind of goal"),
    "is_core_volume": Message("core volume"),
    "is_sum": Message("sum row"),
    "not_applicable": Message("does not concern"),
    "order": Message("place in the order"),
    "partial_from": Message("partially from"),
    "partial_within": Message("partially within"),
    "previous": Message("previous year"),
    "roll_up": Message("rolling up"),
    "row_kind": Message("kind of row"),
    "self_check": Message("self-check"),
    "self_checks": Message("self-checks"),
    "slug": Message("key of the row"),
    "subject": Message("what is assessed"),
    "subject_kind": Message("kind of what is assessed"),
}


def word(value: StrEnum) -> str:
    """The word for a member of a closed set."""
    return _called(_OTHER_WORDS.get(type(value).__name__, {}).get(value), value)


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


def change_symbol(change: Change | None, *, ascii: bool = False) -> str:
    """The arrow of a change, one cell wide: up is better and down is worse, never more and less; "" without one."""
    return _CHANGE_SYMBOLS[change][ascii] if change in _CHANGE_SYMBOLS else ""


def open_measures(risk: RiskSummary) -> str:
    """How many measures of a risk are planned or ongoing, and how many of those are late."""
    count, late = len(risk.open_measures), len(risk.overdue_measures)
    if not count:
        return _("no open measures")
    told = _("{count} open measure" if count == 1 else "{count} open measures", count=count)
    return _("{measures}, {late} late", measures=told, late=late) if late else told


def late_measures(count: int) -> str:
    """How many measures are late."""
    return _("{count} measure late" if count == 1 else "{count} measures late", count=count)


def field_word(name: str) -> str:
    """The word for a field of a stored thing, as its history and its form call it."""
    return _called(_OTHER_FIELDS.get(name), name)


def _called(otherwise: Message | None, name: str) -> str:
    return say(otherwise) if otherwise is not None else translated(name.replace("_", " "))


def capitalised(text: str) -> str:
    """The text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]
