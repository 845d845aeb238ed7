"""Fields that are sets: additions on two sides are both there, and a removal holds only against what it saw."""

from __future__ import annotations

import random
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.entities import ENTITY_TYPES
from kvaltui.model.entity import Kind
from kvaltui.model.joining import ORDERED, TOGETHER, Joining
from kvaltui.model.value import fields
from kvaltui.store.merge import Writing, ancestors_of, heads, merge
from kvaltui.store.state import Codec
from tests.properties import examples

PERIODS = Joining.of(Kind.PLAN)
PARTS = Joining.of(Kind.INDICATOR)


def writing(id_: str, parents: str, elements: str, joining: Joining = PARTS, **others: Any) -> Writing:
    """A revision that sets the parts to the letters of a text; its parents are letters too."""
    return Writing(id_, tuple(parents), frozenset({"breakdown"}), {"breakdown": list(elements), **others}, joining)


def parts(*writings: Writing) -> str:
    merged = merge(writings)
    assert merged.contested == ()
    return "".join(merged.state["breakdown"])


def test_what_is_added_on_two_sides_is_there_in_the_order_that_people_see() -> None:
    assert parts(writing("a", "", "mn"), writing("b", "a", "mnx"), writing("c", "a", "mny")) == "mnxy"
    assert parts(writing("a", "", "mn"), writing("b", "a", "xmn"), writing("c", "a", "mny")) == "xmny"
    assert parts(writing("a", "", "mn"), writing("b", "a", "nm"), writing("c", "a", "mny")) in ("mny", "nmy")


def test_periods_stand_in_their_own_order() -> None:
    sides = [("a", (), ["2022"]), ("b", ("a",), ["2022", "2024"]), ("c", ("a",), ["2022", "2022-T1", "2023"])]
    writings = [Writing(id_, above, frozenset({"periods"}), {"periods": found}, PERIODS) for id_, above, found in sides]
    for order in ((0, 1, 2), (2, 1, 0)):
        merged = merge([writings[each] for each in order])
        assert merged.state["periods"] == ["2022", "2022-T1", "2023", "2024"]
        assert merged.contested == ()


def test_a_removal_holds_against_what_it_saw() -> None:
    base = writing("a", "", "mn")
    assert parts(base, writing("b", "a", "m"), writing("c", "a", "mnx")) == "mx"
    assert parts(base, writing("b", "a", "m"), writing("c", "a", "n")) == ""


def test_what_is_added_again_by_somebody_who_did_not_know_stays() -> None:
    history = [writing("a", "", "m"), writing("b", "a", "mx"), writing("c", "b", "m")]
    assert parts(*history) == "m"
    assert parts(*history, writing("d", "a", "mx")) == "mx"
    assert parts(*history, writing("d", "a", "mx"), writing("e", "cd", "m")) == "m"


def test_copies_that_began_from_the_same_file_have_seen_each_others_beginning() -> None:
    twins = [writing("a", "", "mn"), writing("b", "", "mn")]
    assert parts(*twins) == "mn"
    assert parts(*twins, writing("c", "a", "m")) == "m"
    assert parts(*twins, writing("c", "a", "m"), writing("d", "b", "mnx")) == "mx"
    unlike = [writing("a", "", "mn"), writing("b", "", "mnx")]
    assert parts(*unlike, writing("c", "a", "m")) == "mx"


def test_a_revision_that_sets_something_else_takes_nothing_away() -> None:
    other = Writing("d", ("a",), frozenset({"name"}), {"breakdown": ["m", "n"], "name": "Nytt"}, PARTS)
    merged = merge([writing("a", "", "mn", name=""), writing("b", "a", "mx", name=""), other])
    assert (merged.state["breakdown"], merged.state["name"], merged.contested) == (["m", "x"], "Nytt", ())


def test_a_plan_from_which_each_side_takes_the_period_that_the_other_left_keeps_one() -> None:
    def plan(id_: str, parents: str, *periods: str) -> Writing:
        return Writing(id_, tuple(parents), frozenset({"periods"}), {"periods": list(periods)}, PERIODS)

    begun = Writing("a", (), frozenset(), {"periods": []}, PERIODS)
    both = plan("b", "a", "2021", "2022")
    sides = [plan("c", "b", "2021"), plan("d", "b", "2022")]
    for each in permutations([begun, both, *sides]):
        assert merge(each).state["periods"] == ["2022"]
    aside = Writing("e", ("a",), frozenset({"title"}), {"periods": [], "title": "Ny"}, PERIODS)
    assert merge([begun, both, *sides, aside]).state["periods"] == ["2022"]
    after = plan("f", "cde", "2022", "2023")
    assert merge([begun, both, *sides, aside, after]).state["periods"] == ["2022", "2023"]


def test_a_measure_that_loses_one_link_on_each_side_keeps_what_the_latest_left() -> None:
    joining = Joining.of(Kind.MEASURE)
    states = [("a", "", ["r"], ["i"]), ("b", "a", [], ["i"]), ("c", "a", ["r"], [])]
    writings = [
        Writing(id_, tuple(above), frozenset({"risks", "indicators"}), {"risks": risks, "indicators": found}, joining)
        for id_, above, risks, found in states
    ]
    assert merge(writings).state == {"risks": ["r"], "indicators": []}


@st.composite
def histories(draw: st.DrawFn) -> list[Writing]:
    """What several people may have added and taken away, each building on heads of some earlier set that they saw."""
    written: list[Writing] = []
    for number in range(draw(st.integers(1, 12))):
        seen = draw(st.integers(0, len(written))) if draw(st.booleans()) else len(written)
        parents = heads({each.id: each.parents for each in written[:seen]})
        before = merge(written[:seen]).state["breakdown"] if seen else []
        changed = draw(st.lists(st.sampled_from("abcd"), max_size=2, unique=True))
        after = [each for each in before if each not in changed] + [each for each in changed if each not in before]
        written.append(writing(f"{number:02}", "", "", PARTS))
        written[-1] = Writing(f"{number:02}", parents, frozenset({"breakdown"}), {"breakdown": after}, PARTS)
    return written


@pytest.mark.thorough
@examples(200)
@given(histories(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(written: list[Writing], chance: random.Random) -> None:
    shuffled = list(written)
    chance.shuffle(shuffled)
    assert merge(shuffled) == merge(written)
    assert len(set(merge(written).state["breakdown"])) == len(merge(written).state["breakdown"])


@pytest.mark.thorough
@examples(200)
@given(histories())
def test_an_element_is_there_where_nobody_who_knew_of_it_took_it_away(written: list[Writing]) -> None:
    by_id = {each.id: each for each in written}
    parents = {each.id: each.parents for each in written}
    before = {id_: [by_id[each] for each in ancestors_of(id_, parents)] for id_ in by_id}
    had = {id_: set(merge(known).state["breakdown"]) if known else set() for id_, known in before.items()}
    there = set(merge(written).state["breakdown"])
    for element in "abcd":
        added = [each for each in written if element in each.state["breakdown"] and element not in had[each.id]]
        removed = [each for each in written if element not in each.state["breakdown"] and element in had[each.id]]
        roots = {each.id for each in added if each.is_root}
        stays = [
            each
            for each in added
            if not any(
                each.id in ancestors_of(one.id, parents) or (each.is_root and roots & ancestors_of(one.id, parents))
                for one in removed
            )
        ]
        assert (element in there) is bool(stays)


@examples(100)
@given(histories())
def test_who_has_seen_all_says_what_is_there(written: list[Writing]) -> None:
    last = Writing("99", merge(written).heads, frozenset({"breakdown"}), {"breakdown": ["c", "a"]}, PARTS)
    assert merge([*written, last]).state["breakdown"] == ["c", "a"]


SETS = {
    (Kind.PLAN, "periods"),
    (Kind.GOAL, "aliases"),
    (Kind.INDICATOR, "breakdown"),
    (Kind.INDICATOR, "quality_factors"),
    (Kind.INDICATOR, "series_breaks"),
    (Kind.SELF_CHECK, "risks"),
    (Kind.SELF_CHECK, "services"),
    (Kind.MEASURE, "risks"),
    (Kind.MEASURE, "self_checks"),
    (Kind.MEASURE, "indicators"),
}


def test_every_list_of_a_thing_is_a_set_or_said_to_be_one_value() -> None:
    assert {(kind, name) for kind in Kind for name in Joining.of(kind).sets} == SETS
    lists = {
        (kind, field.name)
        for kind, type_ in ENTITY_TYPES.items()
        for field in fields(type_)
        if field.compare and str(field.type).startswith(("tuple", "list", "frozenset"))
    }
    assert lists == SETS | ORDERED


@pytest.mark.parametrize("kind", TOGETHER)
def test_what_is_decided_together_are_fields_of_the_kind_each_once(kind: Kind) -> None:
    names = [name for group in TOGETHER[kind] for name in group]
    assert set(names) <= set(Codec.of(kind).names) - Joining.of(kind).sets.keys() - {"retired"}
    assert len(names) == len(set(names))
