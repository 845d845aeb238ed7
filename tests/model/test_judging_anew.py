"""Whatever is remembered, prepared or judged again gives what judging everything anew gives, whichever field changes.

The other judge here remembers nothing: each indicator is judged by itself in a plan made anew, and what stands above it
is counted by walking the tree. The fields are found in the dataclasses, so that a new one is tried too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model import preparation
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import Counts, NodeResult, PlanResult, judge_again, judge_changes, judge_plan
from kvaltui.model.indicator_judging import judge_indicator
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.likeness import Likenesses
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.roll_up import roll_up
from kvaltui.model.row import Row
from kvaltui.model.scale import Direction
from kvaltui.model.status import Status
from kvaltui.model.structure import Aggregate, Area, Goal, Indicator, IndicatorStatus, Plan, QualityFactor, RollUp
from kvaltui.model.tree import ROOT, STRUCTURE
from kvaltui.model.value import fields, replace
from kvaltui.model.view import View, decided, does_concern
from tests.model.plans import periods
from tests.sampled import sampled

PERIODS = periods("2021", "2022", "2023-T1", "2023")
DURING, AFTER = date(2023, 6, 1), date(2024, 6, 1)
LOOKS = ((PERIODS[3], DURING), (PERIODS[3], AFTER), (PERIODS[2], AFTER))
LATE, LATER = "2024-01-02T00:00:00.000Z", "2024-01-03T00:00:00.000Z"
TWINS = ("t1", "t2", "t3", "t4")


def _plan() -> PlanContent:
    """Indicators that are alike but for their keys, so that whatever is remembered of one is there for the next."""
    entities: list[AnyEntity] = [
        Plan(key="p", title="P", periods=PERIODS, partial_from="90 %"),
        QualityFactor(key="k", name="K"),
        Area(key="a", name="A"),
        Area(key="b", name="B", parent="a"),
        Goal(key="g", name="G", area="a"),
        Goal(key="h", name="H", area="b", parent="g"),
        Indicator(key="delar", name="Delar", area="b", unit="antal", breakdown=("X", "Y"), aggregate=Aggregate.SUM),
        Comparison(indicator="t1", period=PERIODS[3], name="Riket", value="70 %"),
        Completion(area="b", period=PERIODS[1]),
    ]
    for key in TWINS:
        entities.append(Indicator(key=key, name=f"Namn {key}", area="b", goal="h" if key in ("t3", "t4") else ""))
        for period, text in zip(PERIODS, ("74 %", "76 %", "75 %", "78 %"), strict=True):
            if (key, period) != ("t4", PERIODS[0]):
                entities.append(Outcome(indicator=key, period=period, value=text, changed_at=LATE))
            # Of a tertial without an earlier one, what it is to rise from is the nearest period of any kind.
            target = "80 %" if not period.is_interim else "öka"
            entities.append(TargetValue(indicator=key, period=period, value=target, changed_at=LATE))
    for part in ("X", "Y"):
        entities.append(Outcome(indicator="delar", period=PERIODS[1], part=part, value="10", changed_at=LATE))
        entities.append(Outcome(indicator="delar", period=PERIODS[3], part=part, value="12", changed_at=LATE))
    entities.append(TargetValue(indicator="delar", period=PERIODS[3], value="25", changed_at=LATE))
    for kind, key in ((Kind.INDICATOR, "t3"), (Kind.GOAL, "h"), (Kind.AREA, "b")):
        entities.append(_assessed(kind, key))
    return PlanContent.of(entities)


def _assessed(kind: Kind, key: str) -> Assessment:
    return Assessment(
        subject_kind=kind,
        subject=key,
        period=PERIODS[3],
        status=Status.PARTIALLY_ACHIEVED,
        motivation="Omdöme",
        changed_at=LATE,
    )


NEW: tuple[AnyEntity, ...] = (
    Outcome(indicator="t1", period=PERIODS[3], reading=2, value="50 %", changed_at=LATER),
    Outcome(indicator="t4", period=PERIODS[0], value="74 %", changed_at=LATER),
    Outcome(indicator="delar", period=PERIODS[3], value="X 1; Y 2", changed_at=LATER),
    Outcome(indicator="delar", period=PERIODS[0], part="X", value="9", changed_at=LATER),
    TargetValue(indicator="delar", period=PERIODS[3], part="X", value="15", changed_at=LATER),
    Indicator(key="t5", name="Namn t1", area="b", goal="h"),
    Indicator(key="u", name="Utanför"),
    Area(key="c", name="C"),
    Goal(key="i", name="I", parent="h"),
    *(_assessed(Kind.INDICATOR, key) for key in ("t1", "t4", "delar")),
    *(_assessed(kind, key) for kind, key in ((Kind.GOAL, "g"), (Kind.AREA, "a"))),
)
"""What may come into the plan."""

FIGURES = ("", "79 %", "85 %", "74 %", "76 %", "cirka 78 %", "39/50", "500 %", "ej mätt", "skräp?", "X 13; Y 13")
VALUES: Mapping[str, tuple[Any, ...]] = {
    "value": (*FIGURES, "öka", "öka med 2 procentenheter", "bibehålla", "60–70 %", "högst 75 %", "12"),
    "forecast": ("90 %", "skräp?"),
    "horizon": ("2026", "2023", "vid mandatperiodens slut"),
    "changed_at": ("", LATER),
    "contested": (("value",), ("forecast",), ("note",), ("status",), ("horizon",), ("name",)),
    "periods": (PERIODS[1:], PERIODS[:2], (*PERIODS, Period(2024)), PERIODS[::-1]),
    "partial_from": (None, "", "99 %", "skräp"),
    "partial_within": (None, "", "3", "skräp"),
    "roll_up": tuple(RollUp),
    "area": ("", "a", "b"),
    "parent": ("", "a", "b", "g"),
    "goal": ("", "g", "h"),
    "name": ("Namn t1", "namn  T2", "Annat"),
    "unit": ("%", "antal", "dagar", "", "kr"),
    "direction": tuple(Direction),
    "breakdown": ((), ("X",), ("X", "Z")),
    "aggregate": tuple(Aggregate),
    "status": (*Status, *IndicatorStatus),
    "series_breaks": ((PERIODS[1],), (PERIODS[3],), PERIODS[:2]),
    "quality_factors": (("k",),),
    "as_of": (date(2023, 5, 1),),
    "decimals": (0, 1),
}
"""What a field is changed to, by its name; a field that is not named here is changed by what it holds."""


def variants(entity: AnyEntity) -> Iterator[AnyEntity]:
    """A thing with each of its fields changed in turn; what tells which thing it is stays."""
    some: Any = entity
    for field in fields(type(entity)):
        known = getattr(entity, field.name)
        for value in VALUES.get(field.name, _others(known)):
            is_of_its_kind = not isinstance(known, Enum) or type(value) is type(known)
            is_of_its_kind &= value is not None or "None" in str(field.type)
            changed = replace(some, **{field.name: value}) if value != known and is_of_its_kind else entity
            if changed is not entity and changed.key == entity.key and not _is_circle(changed):
                yield changed


def _others(value: Any) -> tuple[Any, ...]:
    match value:
        case bool():
            return (not value,)
        case int():
            return (value + 1,)
        case str():
            return (f"{value}1",)
        case Enum():
            return tuple(type(value))
        case tuple():
            return (*value, "x"), ()
        case _:
            return ("1",)


def _is_circle(entity: AnyEntity) -> bool:
    above = getattr(entity, "parent", "")
    return bool(above) and (
        above == entity.key
        or (entity.key, above) in (("a", "b"), ("g", "h"))
        or (isinstance(entity, Area) is (above in ("g", "h")))
    )


BASE = _plan()
TRIED = [each for each in (*BASE, *NEW) if getattr(each, "indicator", getattr(each, "key", "")) not in ("t2", "t3")]
"""Of the twins the first and the last: what is remembered of the others is there before the one, after the other."""


def anew(content: PlanContent, period: Period, today: date) -> tuple[dict[str, IndicatorResult], dict[Reference, Any]]:
    """What a plan is, judged without anything remembered."""
    content = PlanContent.of(list(content))
    view, tree = View.of(content, period, today), content.tree
    keys = [node.key for node in tree.parents if node.kind is Kind.INDICATOR]
    followed = [content.all(Indicator)[key] for key in keys]
    rows = [(each, _row(content, each.key)) for each in followed]
    doubts = Likenesses.of(rows, content.all(Outcome), content.plan.periods).doubts
    indicators = {each.key: judge_indicator(view, each, doubts.get(each.key, ())) for each in followed}
    nodes: dict[Reference, NodeResult] = {}

    def judge_node(node: Reference) -> NodeResult:
        children = [
            indicators[child.key] if child.kind is Kind.INDICATOR else judge_node(child)
            for child in tree.children.get(node, ())
        ]
        below = [indicators[key] for key in keys if node in tree.affected_by(Reference(Kind.INDICATOR, key))]
        counting = [child.status for child in children if child.status is not Status.NOT_APPLICABLE]
        is_concerned = node.kind is not Kind.GOAL or does_concern(node.key, content.all(Goal))
        computed = roll_up(counting, content.plan.roll_up) if is_concerned else Status.NOT_APPLICABLE
        manual = content.assessment(node, period)
        known = content.get(Assessment, f"{node.kind}/{node.key}/{period}")
        latest = max(["", *(child.changed_at for child in children)])
        statuses = [each.status for each in below]
        reported = sum(each.is_reported and each.status is not Status.NOT_APPLICABLE for each in below)
        result = nodes[node] = NodeResult(
            reference=node,
            status=(decided(manual) if is_concerned else None) or computed,
            computed=computed,
            manual=manual,
            is_stale=manual is not None and latest > manual.changed_at,
            counts=Counts(**{status.value: statuses.count(status) for status in Status}, reported=reported),
            children=len(counting),
            assessed=sum(status is not Status.NOT_ASSESSED for status in counting),
            changed_at=max(latest, known.changed_at if known is not None else ""),
        )
        return result

    for node in (ROOT, *(node for node in tree.parents if node.kind is not Kind.INDICATOR)):
        judge_node(node)
    return indicators, nodes


def _row(content: PlanContent, key: str) -> Row:
    found = [content.all(Outcome).get(f"{key}/{period}/") for period in content.plan.periods]
    texts = tuple("" if each is None or each.retired else each.value for each in found)
    return Row(texts, tuple("" for _ in texts), frozenset(), frozenset())


def are_the_same(content: PlanContent, today: date, *results: PlanResult) -> bool:
    expected = anew(content, results[0].period, today)
    return all((result.indicators, result.nodes) == expected for result in results)


@cache
def before(look: int) -> PlanResult:
    period, today = LOOKS[look]
    return judge_plan(BASE, period, today)


@pytest.mark.parametrize(
    ("thing", "look"),
    sampled(product(TRIED, range(len(LOOKS))), 19),
    ids=lambda each: str(each) if isinstance(each, int) else f"{each.kind}-{each.key}",
)
def test_any_field_of_any_thing(thing: AnyEntity, look: int) -> None:
    period, today = LOOKS[look]
    for changed in (thing, *variants(thing)):
        content = BASE.with_entities([changed])
        again = judge_changes(before(look), content, [Reference(changed.kind, changed.key)], today)
        assert are_the_same(content, today, again, judge_plan(content, period, today)), changed


FOUNDATIONS = [each for each in TRIED if each.kind in STRUCTURE or each.kind is Kind.PLAN]


@pytest.mark.parametrize("thing", sampled(FOUNDATIONS, 3), ids=lambda each: f"{each.kind}-{each.key}")
def test_what_all_stands_on_is_seen_by_whoever_names_no_change(thing: AnyEntity) -> None:
    _, today = LOOKS[0]
    for changed in variants(thing):
        content = BASE.with_entities([changed])
        assert are_the_same(content, today, judge_again(before(0), content, (), today)), changed


changes = st.sampled_from([*BASE, *NEW]).flatmap(lambda each: st.sampled_from([each, *variants(each)]))


@pytest.mark.thorough
@given(st.lists(st.lists(changes, min_size=1, max_size=3), min_size=1, max_size=6), st.sampled_from(LOOKS), st.data())
def test_change_upon_change(steps: list[list[AnyEntity]], look: tuple[Period, date], data: st.DataObject) -> None:
    """One after the other and several at once, with days that come and go and other periods looked at in between."""
    (period, today), content = look, BASE
    result = judge_plan(content, period, today)
    for step in steps:
        content = content.with_entities(step)
        today = data.draw(st.sampled_from((DURING, AFTER)))
        result = judge_changes(result, content, [Reference(each.kind, each.key) for each in step], today)
        other, _ = data.draw(st.sampled_from(LOOKS))
        assert are_the_same(content, today, judge_plan(content, other, today))
    assert are_the_same(content, today, result)


def test_what_is_prepared_is_prepared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For its other periods, and after a figure, the latest plan is not prepared anew."""
    judged = [judge_plan(PlanContent.of(list(BASE)), *look) for look in LOOKS]
    judge_plan(BASE, *LOOKS[0])
    monkeypatch.delattr(preparation, "_prepare")
    assert [judge_plan(BASE, *look) for look in LOOKS] == judged
