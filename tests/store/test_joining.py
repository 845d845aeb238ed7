"""Joining copies: every order and repetition of exchanges ends in the same plan, and nothing is silently lost."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Area, Plan
from kvaltui.store.bundle import add_revisions, digest, revisions
from kvaltui.store.check import check
from kvaltui.store.conflicts import conflicts, resolve
from kvaltui.store.database import Database
from kvaltui.store.dropping import only_tried
from kvaltui.store.errors import BundleError
from kvaltui.store.history import history
from kvaltui.store.journal import record
from kvaltui.store.plans import list_plans, load_plan
from kvaltui.store.state import canonical
from kvaltui.store.uuid7 import uuid7
from tests.properties import examples
from tests.sampled import sampled
from tests.store.plan import COORDINATOR, MANAGER, PLAN, THINGS, TRUST, YEAR, change, fill, new_copy, outcome


@pytest.fixture
def other(database: Database, tmp_path: Path) -> Database:
    """A second copy with everything from the first."""
    copy = new_copy(tmp_path / "other" / "kvaltui.db")
    add_revisions(copy, revisions(database, PLAN), received_from="first.kvb")
    return copy


def exchange(one: Database, another: Database) -> None:
    for giving, taking in ((one, another), (another, one)):
        add_revisions(taking, revisions(giving, PLAN), received_from="exchange")


def fields(content: PlanContent) -> list[tuple[Any, ...]]:
    """Everything about every thing, marks included."""
    return [(each, each.contested, each.changed_at, each.changed_by) for each in content]


def test_a_copy_starts_from_a_bundle(database: Database, other: Database) -> None:
    assert fields(load_plan(other, PLAN)) == fields(load_plan(database, PLAN))
    assert digest(revisions(other, PLAN)) == digest(revisions(database, PLAN))
    assert check(other) == ()
    latest = history(other, PLAN, limit=1)[0]
    assert latest.received_from == "first.kvb"
    assert latest.received_at >= latest.at


def test_what_is_known_is_not_added_again(database: Database, other: Database) -> None:
    joined = add_revisions(other, revisions(database, PLAN), received_from="again.kvb")
    assert (joined.plans, joined.new, joined.known, joined.changed) == ((PLAN,), 0, len(THINGS), ())


def test_different_fields_merge_and_the_same_field_is_contested(database: Database, other: Database) -> None:
    change(database, value="90 %", note="Samordnaren", by=COORDINATOR)
    change(other, value="91 %", source="Bos källa", by=MANAGER)
    joined = add_revisions(database, revisions(other, PLAN), received_from="manager.kvb")
    assert (joined.new, joined.changed) == (1, ((PLAN, TRUST),))
    ((plan, conflict),) = joined.conflicts
    assert (plan, conflict.field, [side.author for side in conflict.sides]) == (PLAN, "value", [COORDINATOR, MANAGER])
    stored = outcome(database)
    assert (stored.value, stored.note, stored.source, stored.contested) == (
        "91 %",
        "Samordnaren",
        "Bos källa",
        ("value",),
    )
    resolve(database, PLAN, TRUST, {"value": "90 %"}, by=COORDINATOR, seen=database.position())
    exchange(database, other)
    assert conflicts(other, PLAN) == ()
    assert outcome(other).value == "90 %"
    assert fields(load_plan(other, PLAN)) == fields(load_plan(database, PLAN))


def test_the_same_new_figure_on_two_laptops_is_one_figure(database: Database, other: Database) -> None:
    figure = Outcome(indicator="dagar", period=YEAR, part="BOU", value="101")
    for copy, by in ((database, COORDINATOR), (other, MANAGER)):
        record(copy, PLAN, [figure], by=by, seen=copy.position())
    exchange(database, other)
    assert outcome(database, figure.key).contested == ()
    record(other, PLAN, [replace(figure, value="102")], by=MANAGER, seen=other.position())
    exchange(database, other)
    assert (outcome(database, figure.key).value, outcome(database, figure.key).contested) == ("102", ())


def test_two_copies_made_from_the_same_file_join(database: Database, tmp_path: Path) -> None:
    separate = new_copy(tmp_path / "separate.db", with_plan=True)
    change(separate, value="1 %")
    exchange(database, separate)
    assert outcome(database).value == "1 %"
    assert conflicts(database, PLAN) == ()
    assert fields(load_plan(separate, PLAN)) == fields(load_plan(database, PLAN))


def test_trying_changes_nothing(database: Database, other: Database) -> None:
    change(other, value="91 %")
    before = database.fetch_sql("SELECT * FROM revision"), fields(load_plan(database, PLAN))
    with only_tried(database):
        joined = add_revisions(database, revisions(other, PLAN), received_from="x")
    assert (joined.new, joined.known) == (1, len(THINGS))
    assert (database.fetch_sql("SELECT * FROM revision"), fields(load_plan(database, PLAN))) == before


def test_several_plans_stay_apart(database: Database, tmp_path: Path) -> None:
    copy = new_copy(tmp_path / "copy.db")
    record(copy, "annan", [Plan(key="annan", title="Annan")], by=MANAGER, seen=0)
    add_revisions(copy, revisions(database, PLAN), received_from="x")
    assert [plan.key for plan in list_plans(copy)] == ["annan", PLAN]
    assert check(copy) == ()


def test_another_plan_with_the_same_key_is_refused(database: Database, tmp_path: Path) -> None:
    copy = new_copy(tmp_path / "copy.db")
    record(copy, PLAN, [Plan(key=PLAN, title="Något helt annat", organisation="Annan kommun")], by=MANAGER, seen=0)
    with pytest.raises(BundleError, match="another plan"):
        add_revisions(copy, revisions(database, PLAN), received_from="x")
    assert copy.position() == 1
    renamed = replace(load_plan(database, PLAN).plan, title="Ny titel", organisation="Nytt namn")
    record(database, PLAN, [renamed], by=COORDINATOR, seen=database.position())
    again = new_copy(tmp_path / "again.db", with_plan=True)
    assert add_revisions(again, revisions(database, PLAN), received_from="x").new > 0


def spoiled(lines: tuple[str, ...], spoil: Callable[[dict[str, Any]], object], kind: str = "outcome") -> list[str]:
    """The lines with one of a kind altered."""
    place = next(place for place, line in enumerate(lines) if json.loads(line)["kind"] == kind)
    entry = json.loads(lines[place])
    spoil(entry)
    return [*lines[:place], canonical(entry), *lines[place + 1 :]]


BAD: dict[str, Callable[[dict[str, Any]], object]] = {
    "another value for a known revision": lambda entry: entry["state"].update(value="1 %"),
    "a field too many": lambda entry: entry.update(extra=""),
    "a field too few": lambda entry: entry.pop("reason"),
    "a state that is a list": lambda entry: entry.update(state=[]),
    "an unknown kind": lambda entry: entry.update(kind="spell"),
    "an unknown content field": lambda entry: entry["state"].update(colour="red"),
    "a number for a text": lambda entry: entry["state"].update(value=86),
    "a text for a truth value": lambda entry: entry["state"].update(retired="no"),
    "a truth value for a number": lambda entry: entry["state"].update(reading=True),
    "a huge number": lambda entry: entry["state"].update(reading=2**70),
    "a fraction": lambda entry: entry["state"].update(reading=1.5),
    "a bad period": lambda entry: entry["state"].update(period="2022-T9"),
    "a bad date": lambda entry: entry["state"].update(as_of="2022-13-01"),
    "another key than its content": lambda entry: entry.update(key="annat/2022/"),
    "a bad plan key": lambda entry: entry.update(plan="../../etc"),
    "an id that is none": lambda entry: entry.update(id="1"),
    "a parent that is none": lambda entry: entry.update(parents=["1"]),
    "parents that are a text": lambda entry: entry.update(parents="x"),
    "a time that is none": lambda entry: entry.update(at="igår"),
    "a time that cannot be": lambda entry: entry.update(at="2022-13-41T25:00:00.000Z"),
    "an unknown changed field": lambda entry: entry.update(changed=["colour"]),
    "half a character": lambda entry: entry.update(reason="\ud800"),
    "a NUL": lambda entry: entry.update(reason="a\0b"),
    "a missing parent": lambda entry: entry.update(id=uuid7(), parents=[uuid7()], at="2099-01-01T00:00:00.000Z"),
    "no content": lambda entry: entry.update(state={}),
}


@pytest.mark.parametrize("what", sampled(BAD, 8))
def test_a_revision_that_is_not_one_is_refused_and_nothing_is_changed(
    database: Database, tmp_path: Path, what: str
) -> None:
    lines = spoiled(revisions(database, PLAN), BAD[what])
    before = database.fetch_sql("SELECT * FROM revision")
    with pytest.raises(BundleError):
        add_revisions(database, lines, received_from="x")
    assert database.fetch_sql("SELECT * FROM revision") == before
    empty = new_copy(tmp_path / "empty.db")
    if what != "another value for a known revision":
        with pytest.raises(BundleError):
            add_revisions(empty, lines, received_from="x")
        assert list_plans(empty) == ()


@pytest.mark.parametrize(
    "line",
    ["", "null", "[]", "{}", "Hej", '{"id": "1"', "[" * 100_000, "1e999", '{"a":NaN}', "x" * 2_000_000, "9" * 5000],
)
def test_a_line_that_is_no_revision_is_refused(database: Database, line: str) -> None:
    with pytest.raises(BundleError):
        add_revisions(database, [line], received_from="x")


def test_lines_are_taken_only_in_their_canonical_form(database: Database, tmp_path: Path) -> None:
    empty = new_copy(tmp_path / "empty.db")
    first, *others = revisions(database, PLAN)
    for form in (json.dumps(json.loads(first)), first + " ", first.replace('"reason":""', '"reason":"","reason":""')):
        with pytest.raises(BundleError):
            add_revisions(empty, [form, *others], received_from="x")


def test_a_bundle_that_lacks_something_is_refused(database: Database, tmp_path: Path) -> None:
    change(database, value="1 %")
    change(database, value="2 %")
    lines = revisions(database, PLAN)
    empty = new_copy(tmp_path / "empty.db")
    for kind in ("plan", "indicator"):
        with pytest.raises(BundleError):
            add_revisions(empty, [line for line in lines if json.loads(line)["kind"] != kind], received_from="x")
    with pytest.raises(BundleError, match="lacks revision"):
        add_revisions(empty, [*lines[:-2], lines[-1]], received_from="x")
    with pytest.raises(BundleError, match="no revisions"):
        add_revisions(empty, [], received_from="x")
    assert list_plans(empty) == ()
    twice = canonical({**json.loads(lines[-1]), "reason": "annat"})
    with pytest.raises(BundleError, match="two revisions"):
        add_revisions(empty, [*lines, twice], received_from="x")
    assert add_revisions(empty, [*lines, *lines], received_from="x").new == len(lines)


def test_revisions_cannot_follow_each_other_in_a_circle(database: Database) -> None:
    template = json.loads(revisions(database, PLAN)[-1])
    one, two = uuid7(), uuid7()
    circle = [
        canonical({**template, "id": id_, "parents": [parent], "at": "2099-01-01T00:00:00.000Z"})
        for id_, parent in ((one, two), (two, one))
    ]
    with pytest.raises(BundleError):
        add_revisions(database, circle, received_from="x")
    foreign_parent = next(
        json.loads(line) for line in revisions(database, PLAN) if json.loads(line)["kind"] != template["kind"]
    )
    crossed = {**template, "id": one, "parents": [foreign_parent["id"]], "at": "2099-01-01T00:00:00.000Z"}
    with pytest.raises(BundleError):
        add_revisions(database, [canonical(crossed)], received_from="x")


def test_what_a_bundle_says_of_itself_is_cleaned(database: Database, other: Database) -> None:
    change(other, value="1 %")
    add_revisions(database, revisions(other, PLAN), received_from="x\x1b]0;hej\x07.kvb")
    assert "\x1b" not in history(database, PLAN, limit=1)[0].received_from


def test_conflicts_stand_in_the_same_order_in_every_copy(database: Database, other: Database) -> None:
    for copy, keys in ((database, ("ny-1", "ny-2")), (other, ("ny-2", "ny-1"))):
        for key in keys:
            area = Area(key=key, name=f"Ny {copy.device}")
            record(copy, PLAN, [area], by=COORDINATOR, seen=copy.position())
    exchange(database, other)
    for copy in (database, other):
        assert [each.reference.key for each in conflicts(copy, PLAN)] == ["ny-1", "ny-2"]


actions = st.lists(
    st.tuples(
        st.sampled_from(("value", "note", "new", "exchange", "exchange", "stale", "resolve", "repeat")),
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(1, 3),
    ),
    min_size=4,
    max_size=25,
)


@pytest.mark.thorough
@examples(8)
@given(count=st.integers(3, 5), steps=actions, chance=st.randoms(use_true_random=False))
def test_every_order_of_exchanges_ends_in_the_same_plan(
    count: int, steps: list[tuple[str, int, int, int]], chance: random.Random
) -> None:
    with TemporaryDirectory() as folder:
        copies = [new_copy(Path(folder) / f"{number}.db") for number in range(count)]
        fill(copies[0])
        for copy in copies[1:-1]:
            add_revisions(copy, revisions(copies[0], PLAN), received_from="start")
        fill(copies[-1])  # one that was made from the same file by itself
        seen = [copy.position() for copy in copies]
        old: tuple[str, ...] = revisions(copies[0], PLAN)
        for what, one, another, number in steps:
            copy, by = copies[one % count], (COORDINATOR, MANAGER)[one % 2]
            if what in ("value", "note"):
                change(copy, by=by, **cast("dict[str, Any]", {what: f"{number} %"}))
            elif what == "stale":
                change(copy, by=by, seen=seen[one % count], value=f"{number} %")
            elif what == "new":
                area = Area(key=f"ny-{number}", name=f"Ny {another}")
                record(copy, PLAN, [area], by=by, seen=copy.position())
            elif what == "resolve":
                for conflict in conflicts(copy, PLAN)[:1]:
                    decision = {conflict.field: conflict.sides[0].value}
                    resolve(copy, PLAN, conflict.reference, decision, by=by, seen=copy.position())
            elif what == "repeat":
                add_revisions(copy, old, received_from="an old one")
            else:
                old = revisions(copy, PLAN)
                add_revisions(copies[another % count], old, received_from="exchange")
        pairs = [(one, another) for one in range(count) for another in range(count) if one != another] * 2
        chance.shuffle(pairs)
        ring = [(number, (number + 1) % count) for number in range(count)] * 2
        for giving, taking in (*pairs, *ring):
            add_revisions(copies[taking], revisions(copies[giving], PLAN), received_from="exchange")
        first = copies[0]
        for copy in copies:
            assert digest(revisions(copy, PLAN)) == digest(revisions(first, PLAN))
            assert fields(load_plan(copy, PLAN)) == fields(load_plan(first, PLAN))
            assert [(conflict.reference, conflict.field, conflict.sides) for conflict in conflicts(copy, PLAN)] == [
                (conflict.reference, conflict.field, conflict.sides) for conflict in conflicts(first, PLAN)
            ]
            assert check(copy) == ()
            copy.close()


@pytest.mark.thorough
def test_the_order_of_arrival_changes_nothing(database: Database, tmp_path: Path) -> None:
    on_screen = database.position()
    change(database, value="1 %", by=MANAGER)
    change(database, value="2 %", seen=on_screen)
    lines = list(revisions(database, PLAN))
    for number in range(3):
        random.Random(number).shuffle(lines)
        copy = new_copy(tmp_path / f"{number}.db")
        add_revisions(copy, lines, received_from="x")
        assert fields(load_plan(copy, PLAN)) == fields(load_plan(database, PLAN))
        assert [each.after for each in history(copy, PLAN)] == [each.after for each in history(database, PLAN)]


def test_a_retired_thing_and_a_change_of_it_meet(database: Database, other: Database) -> None:
    assignment = Reference(Kind.ASSIGNMENT, "plan")
    for copy, changed in ((database, {"retired": True}), (other, {"comment": "Snart klart"})):
        thing = load_plan(copy, PLAN).find(assignment)
        assert thing is not None
        record(copy, PLAN, [replace(thing, **changed)], by=COORDINATOR, seen=copy.position())
    exchange(database, other)
    merged = load_plan(other, PLAN).find(assignment)
    assert merged is not None
    assert (merged.retired, merged.contested) == (True, ())
