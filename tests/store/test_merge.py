"""Merging is a pure function of a set of revisions: neither order nor repetition can change what comes out."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.store.merge import Merged, Writing, ancestors_of, heads, live_writers, merge, sides_of
from tests.properties import examples

FIELDS = ("value", "note", "source")


def writing(id_: str, parents: str = "", **changed: str) -> Writing:
    """A revision whose id is also its time; its parents are the letters of a text."""
    state = {**dict.fromkeys(FIELDS, ""), **changed}
    return Writing(id_, tuple(parents), frozenset(changed), state)


def test_one_revision_is_the_thing() -> None:
    assert merge([writing("a", value="1")]) == Merged({"value": "1", "note": "", "source": ""}, (), ("a",))


def test_a_line_of_revisions_ends_in_the_last() -> None:
    merged = merge([writing("a", value="1"), writing("b", "a", value="2"), writing("c", "b", value="3", note="x")])
    assert merged == Merged({"value": "3", "note": "x", "source": ""}, (), ("c",))


def test_fields_changed_on_one_side_merge() -> None:
    merged = merge([writing("a", value="1"), writing("b", "a", value="2"), writing("c", "a", note="x")])
    assert merged == Merged({"value": "2", "note": "x", "source": ""}, (), ("b", "c"))


def test_a_field_changed_on_both_sides_is_contested_and_shows_the_latest() -> None:
    merged = merge([writing("a", value="1"), writing("b", "a", value="2"), writing("c", "a", value="3")])
    assert merged == Merged({"value": "3", "note": "", "source": ""}, ("value",), ("b", "c"))


def test_a_decision_ends_a_conflict() -> None:
    sides = [writing("a", value="1"), writing("b", "a", value="2"), writing("c", "a", value="3")]
    assert merge([*sides, writing("d", "bc", value="2")]).contested == ()
    assert merge([*sides, writing("d", "bc", note="x")]).contested == ("value",)


def test_a_decision_that_had_not_seen_a_third_side_leaves_that_one() -> None:
    sides = [writing("a", value="1"), writing("b", "a", value="2"), writing("c", "a", value="3")]
    merged = merge([*sides, writing("d", "bc", value="2"), writing("e", "a", value="4")])
    assert merged.contested == ("value",)
    assert [each.id for each in live_writers([*sides, writing("d", "bc", value="2")], "value")] == ["d"]


def test_two_beginnings_that_agree_are_one() -> None:
    """Two laptops that have read the same plan file."""
    beginnings = [writing("a", value="1"), writing("b", value="1")]
    assert merge(beginnings).contested == ()
    changed_on_one = merge([*beginnings, writing("c", "a", value="2")])
    assert (changed_on_one.state["value"], changed_on_one.contested) == ("2", ())
    other_field = merge([*beginnings, writing("c", "a", value="2"), writing("d", "b", note="x")])
    assert (other_field.state["value"], other_field.state["note"], other_field.contested) == ("2", "x", ())
    on_both = merge([*beginnings, writing("c", "a", value="2"), writing("d", "b", value="3")])
    assert on_both.contested == ("value",)


def test_two_beginnings_that_differ_are_contested() -> None:
    merged = merge([writing("a", value="1"), writing("b", value="2")])
    assert (merged.state["value"], merged.contested) == ("2", ("value",))
    assert merge([writing("a", value="1"), writing("b", value="2"), writing("c", "a", value="3")]).contested == (
        "value",
    )


def test_nothing_and_what_has_no_beginning_are_refused() -> None:
    with pytest.raises(ValueError, match="no revision"):
        merge([])
    with pytest.raises(ValueError, match="no revision"):
        merge([writing("a", "b"), writing("b", "a")])
    with pytest.raises(ValueError, match="cycle"):
        merge([writing("a", "b"), writing("b", "a"), writing("c", value="1")])


def test_what_several_wrote_after_the_sides_is_told_alike_in_every_order() -> None:
    sides = [writing("a", value="1"), writing("b", "a", value="2"), writing("c", "a", value="3")]
    remarks = [writing("d", "bc", note="x"), writing("e", "bc", note="y")]
    found = [sides_of(order, FIELDS) for order in permutations([*sides, *remarks])]
    assert [(each.writing.id, each.values["note"]) for each in found[0]] == [("b", "y"), ("c", "y")]
    assert all(each == found[0] for each in found)


@st.composite
def histories(draw: st.DrawFn) -> list[Writing]:
    """What several people may have written: each builds on heads of some earlier set that they had seen."""
    written: list[Writing] = []
    for number in range(draw(st.integers(1, 12))):
        seen = draw(st.integers(0, len(written))) if draw(st.booleans()) else len(written)
        parents = heads({each.id: each.parents for each in written[:seen]})
        before = merge(written[:seen]).state if seen else dict.fromkeys(FIELDS, "")
        changed = draw(st.dictionaries(st.sampled_from(FIELDS), st.sampled_from("123"), min_size=1))
        id_ = f"{number:02}"
        written.append(Writing(id_, parents, frozenset(changed), {**before, **changed}))
    return written


@pytest.mark.thorough
@examples(150)
@given(histories(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(written: list[Writing], chance: random.Random) -> None:
    shuffled = list(written)
    chance.shuffle(shuffled)
    assert merge(shuffled) == merge(written)


@pytest.mark.thorough
@examples(150)
@given(histories())
def test_what_everybody_has_seen_is_never_contested(written: list[Writing]) -> None:
    """Who builds on all heads and sets every field ends all conflicts, and theirs is what is shown."""
    last = Writing("99", merge(written).heads, frozenset(FIELDS), dict.fromkeys(FIELDS, "9"))
    assert merge([*written, last]) == Merged(dict.fromkeys(sorted(FIELDS), "9"), (), ("99",))


@pytest.mark.thorough
@examples(150)
@given(histories())
def test_nothing_is_lost_without_a_trace(written: list[Writing]) -> None:
    """A value that was set is shown, or contested, or somebody who had seen it (or its like) has set the field anew."""
    merged = merge(written)
    for each in written:
        for field in each.changed:
            live = live_writers(written, field)
            is_shown = merged.state[field] == each.state[field]
            is_contested = field in merged.contested and any(one.state[field] == each.state[field] for one in live)
            parents = {one.id: one.parents for one in written}
            twins = {one.id for one in written if one.state[field] == each.state[field]}
            is_replaced = any(twins & ancestors_of(one.id, parents) for one in live)
            assert is_shown or is_contested or is_replaced
