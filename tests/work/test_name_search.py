"""Finding by words: in any order, whole, their beginnings and parts of them; å ä ö; what else something is found by."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.work.name_search import Findable, Likeness, best, has_words, words_of

NAMES = ["Åtgärder", "Ångra", "Avsluta", "Gå till", "Återöppna", "Ny åtgärd", "Översikt", "Egenkontroller"]


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("åtg", ["Åtgärder", "Ny åtgärd"]),
        ("ÅTG", ["Åtgärder", "Ny åtgärd"]),
        ("a\N{COMBINING RING ABOVE}tg", ["Åtgärder", "Ny åtgärd"]),
        ("till", ["Gå till"]),
        ("till gå", ["Gå till"]),
        ("kontroll", ["Egenkontroller"]),
        ("öv", ["Översikt"]),
        ("åtgärd", ["Ny åtgärd", "Åtgärder"]),
        ("xyz", []),
        ("", NAMES),
    ],
)
def test_what_is_sought_is_found_in_its_order(sought: str, found: list[str]) -> None:
    assert best(sought, NAMES) == found


def test_whoever_has_no_rings_and_dots_finds_them_after_the_others() -> None:
    assert best("a", NAMES)[0] == "Avsluta"
    assert "Ångra" in best("a", NAMES)
    assert best("atgard", NAMES) == ["Ny åtgärd", "Åtgärder"]
    assert best("omrade", ["Område", "Omrade"]) == ["Omrade", "Område"]
    # But å is not a.
    assert "Avsluta" not in best("å", NAMES)


@pytest.mark.parametrize(
    ("sought", "likeness"),
    [
        ("plats lediga", Likeness.SAME),
        ("lediga vard", Likeness.WORDS_OTHERWISE),
        ("plats", Likeness.WORDS),
        ("led", Likeness.BEGINS),
        ("led va", Likeness.BEGINS_OTHERWISE),
        ("ediga", Likeness.INSIDE),
    ],
)
def test_whole_words_come_before_beginnings_and_these_before_parts(sought: str, likeness: Likeness) -> None:
    likely = Findable.of("Lediga plats", "vård vard").likely(words_of(sought))
    assert likely is not None
    assert likely.likeness is likeness


@given(st.text(max_size=30), st.text(max_size=60))
def test_any_text_can_be_sought(sought: str, name: str) -> None:
    assert best(sought, [name]) in ([], [name])


WORDS = st.lists(st.text(alphabet="abcåäö1", min_size=1, max_size=6), min_size=1, max_size=4)


@given(WORDS)
def test_a_name_is_found_by_its_own_words_in_any_order_and_by_their_beginnings(words: list[str]) -> None:
    name = " ".join(words)
    for order in permutations(words):
        assert best(" ".join(order), [name, "något helt annat"])[0] == name
        assert best(" ".join(each[:1] for each in order), [name]) == [name]


@given(st.lists(st.text(alphabet="ab-%,.[/]", min_size=1, max_size=6), min_size=1, max_size=3))
def test_signs_between_the_words_are_nothing_that_one_has_to_write(words: list[str]) -> None:
    name = " ".join(words)
    assert best(name, [name]) == [name]
    assert best(" ".join(words_of(name)), [name]) == [name]


@given(st.text(alphabet="abcåäö ", min_size=1, max_size=30), st.data())
def test_a_part_of_a_name_is_found_in_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name)))
    end = data.draw(st.integers(start, len(name)))
    assert best(name[start:end], [name]) == [name]
    assert has_words(name[start:end], name)
