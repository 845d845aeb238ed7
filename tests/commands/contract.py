"""The `status --json` of docs/commands.md, as a checker: every key, nothing else, and the type of every value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kvaltui.model.absence import MissingReason
from kvaltui.model.quality_work import ResultStatus
from kvaltui.model.risk import Band
from kvaltui.model.status import Change, Doubt, Status
from kvaltui.model.target_rule import Rule

Check = Callable[[Any], bool]


def text(value: Any) -> bool:
    return type(value) is str


def truth(value: Any) -> bool:
    return type(value) is bool


def count(value: Any) -> bool:
    return type(value) is int and value >= 0


def one_of(type_: Any) -> Check:
    return lambda value: type(value) is str and value in set(type_)


def or_null(check: Check) -> Check:
    return lambda value: value is None or check(value)


def list_of(check: Check) -> Check:
    return lambda value: type(value) is list and all(check(each) for each in value)


def shape(fields: Mapping[str, Check]) -> Check:
    def check(value: Any) -> bool:
        assert type(value) is dict
        assert list(value) == list(fields), f"{list(value)} instead of {list(fields)}"
        wrong = {name: value[name] for name, fits in fields.items() if not fits(value[name])}
        assert wrong == {}
        return True

    return check


COUNTS: Mapping[str, Check] = dict.fromkeys(
    ("achieved", "partially_achieved", "not_achieved", "not_assessed", "not_applicable", "of", "reported"), count
)
STATUS = one_of(Status)
MANUAL = shape({"status": STATUS, "motivation": text, "author": text, "at": text})
INDICATOR = shape(
    {
        "key": text,
        "name": text,
        "area": or_null(text),
        "goal": or_null(text),
        "unit": text,
        "target": or_null(text),
        "outcome": or_null(text),
        "status": STATUS,
        "computed": STATUS,
        "rule": one_of(Rule),
        "reason": text,
        "change": or_null(one_of(Change)),
        "previous": or_null(shape({"period": text, "value": text})),
        "missing": or_null(one_of(MissingReason)),
        "estimated": truth,
        "warnings": list_of(one_of(Doubt)),
        "conflict": truth,
        "parts": list_of(shape({"part": text, "target": or_null(text), "outcome": or_null(text), "status": STATUS})),
        "manual": or_null(MANUAL),
        "stale": truth,
        "responsible": text,
    }
)
CHANGES = shape(dict.fromkeys(("better", "worse", "same", "not_comparable"), count))
AREA = shape(
    {
        "key": text,
        "name": text,
        "status": STATUS,
        "computed": STATUS,
        "stale": truth,
        **COUNTS,
        "changes": CHANGES,
        "complete": truth,
    }
)
GOAL = shape(
    {
        "key": text,
        "area": or_null(text),
        "name": text,
        "status": STATUS,
        "computed": STATUS,
        "manual": or_null(MANUAL),
        "stale": truth,
    }
)
RISK = shape(
    {
        "key": text,
        "title": text,
        "level": or_null(count),
        "band": or_null(one_of(Band)),
        "open_measures": count,
        "overdue_measures": count,
        "responsible": text,
    }
)
SELF_CHECK = shape(
    {
        "key": text,
        "name": text,
        "section": text,
        "status": or_null(one_of(ResultStatus)),
        "period": or_null(text),
        "due": truth,
        "responsible": text,
    }
)
DOUBT = shape({"key": text, "unit": text, "part": text, "warning": one_of(Doubt), "text": text})
WAITING = shape({"responsible": text, "unit": text, "count": count})
ECONOMY = shape(
    {"table": text, "row": text, "name": text, "unit": text, "amount": or_null(text), "variance": or_null(text)}
)
is_status = shape(
    {
        "plan": text,
        "title": text,
        "period": text,
        "total": shape({"status": STATUS, **COUNTS}),
        "areas": list_of(AREA),
        "goals": list_of(GOAL),
        "indicators": list_of(INDICATOR),
        "risks": list_of(RISK),
        "self_checks": list_of(SELF_CHECK),
        "missing": list_of(text),
        "conflicts": count,
        "doubts": list_of(DOUBT),
        "changes": CHANGES,
        "waiting": list_of(WAITING),
        "overdue_measures": list_of(text),
        "economy": list_of(ECONOMY),
    }
)
"""Whether a value is what `status --json` promises; raises AssertionError that says what is not."""
