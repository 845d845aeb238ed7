"""The edges of what a field may hold: the most that is allowed, and one more, of every field of every kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import MARKS
from kvaltui.model.limits import RULES, RuleError, check_limits
from kvaltui.model.period import Period
from kvaltui.model.value import fields
from tests.sampled import sampled
from tests.store.plan import THINGS

PROSE, FIGURE, LINE = 20_000, 2_000, 1_000
OF_PROSE = {
    "note", "definition", "numerator", "denominator", "description", "purpose", "intent", "comment", "motivation"
}  # fmt: skip
OF_FIGURES = {"value", "forecast", "threshold", "budget", "actual", "previous", "variance"}
MOST = {"periods": 200, "series_breaks": 200, "breakdown": 200}


def edges() -> Iterator[tuple[AnyEntity, str, Any, Any]]:
    """A thing of each kind, a field, the most that it may hold and a little more than that."""
    for thing in {each.kind: each for each in THINGS}.values():
        for field in fields(type(thing)):
            if field.name in MARKS or field.name in RULES.get(thing.kind, {}):
                continue
            most = PROSE if field.name in OF_PROSE else FIGURE if field.name in OF_FIGURES else LINE
            length = MOST.get(field.name, 1_000)
            match re.sub(r"\b(Prose|AsWritten|\w+Key)\b", "str", str(field.type)):
                case "str" | "str | None":
                    yield thing, field.name, "x" * most, "x" * (most + 1)
                case "int" | "int | None":
                    yield thing, field.name, 10**9, 10**9 + 1
                    yield thing, field.name, -(10**9), -(10**9) - 1
                case "Period":
                    yield thing, field.name, Period(1900), Period(1899)
                    yield thing, field.name, Period(2199), Period(2200)
                case "tuple[str, ...]":
                    yield thing, field.name, ("x",) * length, ("x",) * (length + 1)
                    yield thing, field.name, ("x" * LINE,), ("x" * (LINE + 1),)
                case "tuple[int, ...]":
                    yield thing, field.name, (1,) * length, (1,) * (length + 1)
                case "tuple[Period, ...]":
                    yield thing, field.name, (Period(2022),) * length, (Period(2022),) * (length + 1)
                    yield thing, field.name, (Period(1900), Period(2199)), (Period(1899),)


EDGES = list(edges())


def test_many_fields_have_edges() -> None:
    assert len(EDGES) > 100


@pytest.mark.parametrize(
    ("thing", "name", "most", "more"),
    sampled(EDGES, 45),
    ids=[f"{each[0].kind}-{each[1]}-{at}" for at, each in enumerate(EDGES)],
)
def test_the_most_is_allowed_and_one_more_is_refused(thing: AnyEntity, name: str, most: Any, more: Any) -> None:
    check_limits(replace(thing, **{name: most}))
    with pytest.raises(RuleError) as refused:
        check_limits(replace(thing, **{name: more}))
    assert refused.value.field == name
