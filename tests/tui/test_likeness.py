"""Finding by some letters: words, beginnings, parts, å ä ö."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.work.name_search import best, distance

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
        ("egk", ["Egenkontroller"]),
        ("xyz", []),
        ("", NAMES),
    ],
)
def test_what_is_sought_is_found_in_its_order(sought: str, found: list[str]) -> None:
    assert best(sought, NAMES, str) == found


def test_whoever_has_no_rings_and_dots_finds_them_after_the_others() -> None:
    assert best("a", NAMES, str)[0] == "Avsluta"
    assert "Ångra" in best("a", NAMES, str)
    assert best("atgard", NAMES, str) == ["Åtgärder", "Ny åtgärd"]
    # But å is not a.
    assert "Avsluta" not in best("å", NAMES, str)


@given(st.text(max_size=30), st.text(max_size=60))
def test_any_text_can_be_sought(sought: str, name: str) -> None:
    far = distance(sought, name)
    assert far is None or far >= 0


@given(st.text(alphabet="abcåäö ", min_size=1, max_size=30), st.data())
def test_a_part_of_a_name_is_found_in_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name)))
    end = data.draw(st.integers(start, len(name)))
    assert distance(name[start:end], name) is not None
