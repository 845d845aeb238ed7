"""What two honest copies can make together joins and is shown; what only one can have made is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.i18n import say
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.quality_work import Measure
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.tree import MOST_LEVELS, ROOT
from kvaltui.model.value import replace
from kvaltui.store.bundle import add_revisions, revisions
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.errors import BundleError
from kvaltui.store.journal import record
from kvaltui.store.plans import load_plan
from tests.store.plan import COORDINATOR, MANAGER, PLAN, entry_of, new_copy


@pytest.fixture
def copy(tmp_path: Path, filled: Path, database: Database) -> Database:
    """Another copy, with the same plan."""
    made = new_copy(tmp_path / "copy" / "kvaltui.db")
    add_revisions(made, revisions(database, PLAN), received_from="start.kvb")
    return made


def put(database: Database, *entities: AnyEntity) -> None:
    record(database, PLAN, entities, by=COORDINATOR, seen=load_plan(database, PLAN).position)


def meet(one: Database, other: Database) -> None:
    for to, of in ((one, other), (other, one)):
        add_revisions(to, revisions(of, PLAN), received_from="bundle.kvb")


@pytest.mark.thorough
@pytest.mark.parametrize("type_", [Area, Goal])
def test_a_circle_that_two_copies_make_is_joined_shown_and_told(
    type_: Callable[..., Area | Goal], database: Database, copy: Database
) -> None:
    first, second = (type_(key=key, name=key) for key in ("xa", "xb"))
    put(database, first, second)
    meet(database, copy)
    put(database, replace(first, parent="xb"))
    put(copy, replace(second, parent="xa"))
    meet(database, copy)
    for each in (database, copy):
        content = load_plan(each, PLAN)
        top, below = Reference(first.kind, "xa"), Reference(first.kind, "xb")
        assert content.tree.parents[top] == ROOT
        assert content.tree.parents[below] == top
        told = [fault for fault in check(each) if not fault.is_damage]
        assert {say(fault.what).split(" ")[0] for fault in told} == {f"{first.kind}/xa"}
        assert all(say(fault.advice) == "Flytta ”xb”, eller lägg den under något annat" for fault in told)
        assert [fault for fault in check(each) if fault.is_damage] == []
    put(database, replace(second, parent=""))
    meet(database, copy)
    assert check(database) == check(copy) == ()


def test_a_circle_that_one_device_made_is_refused(database: Database) -> None:
    before = load_plan(database, PLAN)
    lines = _of_one_device(Area(key="xa", name="A", parent="xb"), Area(key="xb", name="B", parent="xa"))
    with pytest.raises(BundleError) as refused:
        add_revisions(database, lines, received_from="b.kvb")
    assert "area/xa, parent: ”A” kan inte ligga under sig självt" in say(refused.value.message)
    assert load_plan(database, PLAN) == before


def test_what_is_named_and_nowhere_there_is_refused_by_its_name(database: Database) -> None:
    lines = _of_one_device(Measure(key="x", title="X", risks=("finns-inte",)))
    with pytest.raises(BundleError) as refused:
        add_revisions(database, lines, received_from="b.kvb")
    assert "measure/x, risks: ”finns-inte” finns ingenstans i planen" in say(refused.value.message)


@pytest.mark.thorough
def test_what_the_other_side_retired_and_this_one_names_stands_again(database: Database, copy: Database) -> None:
    put(database, Goal(key="nytt", name="Nytt mål"))
    meet(database, copy)
    put(database, Goal(key="nytt", name="Nytt mål", retired=True))
    put(copy, Indicator(key="under", name="Under det nya", goal="nytt"))
    meet(database, copy)
    for each in (database, copy):
        content = load_plan(each, PLAN)
        assert content.tree.parents[Reference(Kind.INDICATOR, "under")] == Reference(Kind.GOAL, "nytt")
        assert check(each) == ()


def test_the_last_period_is_taken_away_by_nobody(database: Database) -> None:
    plan = load_plan(database, PLAN).plan
    with pytest.raises(RuleError, match="cannot be without it"):
        put(database, replace(plan, periods=()))
    with pytest.raises(BundleError) as refused:
        add_revisions(
            database, _of_one_device(replace(plan, periods=()), parents=_heads(database)), received_from="b.kvb"
        )
    assert f"plan/{PLAN}, periods: En plan som har haft en period behåller minst en" in say(refused.value.message)
    begun_without = Plan(key="ny", title="Ny")
    record(database, "ny", [begun_without], by=MANAGER, seen=0)
    assert load_plan(database, "ny").plan.periods == ()


@pytest.mark.thorough
def test_areas_deeper_than_any_plan_has_are_shown(database: Database) -> None:
    depth = 3 * MOST_LEVELS
    areas = [Area(key=f"d{n}", name=f"D{n}", parent=f"d{n - 1}" if n else "") for n in range(depth)]
    with pytest.raises(RuleError, match="too deep"):
        put(database, *areas)
    add_revisions(database, _of_one_device(*areas), received_from="b.kvb")
    tree = load_plan(database, PLAN).tree
    nodes = [Reference(Kind.AREA, area.key) for area in areas]
    assert set(nodes) <= set(tree.below(ROOT))
    assert max(sum(1 for _ in tree.ancestors(node)) for node in nodes) <= MOST_LEVELS
    assert any("för djupt" in say(fault.what) for fault in check(database))


def _heads(database: Database) -> tuple[str, ...]:
    from kvaltui.store.history import current

    return tuple(each.id for each in current(database, PLAN, Reference(Kind.PLAN, PLAN)))


def _of_one_device(*entities: AnyEntity, parents: tuple[str, ...] = ()) -> list[str]:
    """Lines of a bundle that somebody has put together by hand."""
    return [entry_of(each, number, parents).text() for number, each in enumerate(entities, 1)]
