"""The Swedish order of names: a table of what stands before what, and what holds of any texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.alphabet import swedish_order

IN_ORDER = (
    ("Ett", "Två", "Zenit", "Åtgärd", "Ärende", "Ärendetid", "Övrigt"),
    ("a", "b", "v", "w", "x", "y", "z", "å", "ä", "ö"),
    ("Avdelning 2", "Avdelning 10", "Avdelning 10 B", "Avdelning 11"),
    ("Boende", "Boende Björken", "Boendestöd"),
    ("Erik Ek", "Erik Öberg", "Eriksson"),
    ("Idé", "Idébok", "Idol"),
    ("Lind", "Lindå", "Lindö", "Ljung"),
    ("Muller", "Myllare", "Müller", "Mz"),
    ("Ekonomi", "ekonomi", "E-tjänst", "Etjänster"),
    ("Vård", "Wård", "Xylofon"),
    ("Zorn", "Åberg", "Ågren", "Ärlig", "Æsir", "Öberg", "Øst"),
    ("1 kap.", "2 kap.", "10 kap.", "kap. 1"),
    ("2024-02", "2024-10"),
    ("007", "8", "10"),
    ("Örebro", "Ωmega", "漢字"),
    ("(Äldre) Aldrig", "[-] Öppen"),
    ("", " ", "a"),
)
TEXTS = st.text(st.sampled_from("aAzZåÅäÄöÖéEwWvü10 2-.(æø\u030aΩ漢\u0308²Ⅳ٣")) | st.text()


@pytest.mark.parametrize("names", IN_ORDER, ids="|".join)
def test_names_stand_as_in_a_swedish_register(names: tuple[str, ...]) -> None:
    shuffled = [*names[1::2], *names[::2]]
    assert sorted(shuffled, key=swedish_order) == list(names)


@given(st.lists(TEXTS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_is_the_same_wherever_one_begins(names: list[str], random: object) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(names, key=swedish_order) == sorted(shuffled, key=swedish_order)


@given(TEXTS, TEXTS)
def test_only_the_same_text_has_the_same_place(one: str, other: str) -> None:
    assert (swedish_order(one) == swedish_order(other)) is (one == other)


@given(TEXTS, TEXTS)
def test_case_and_the_way_a_letter_is_composed_decide_nothing_between_other_names(one: str, other: str) -> None:
    names, letters = (one, other), "aäz"
    changed = [name.casefold() for name in names]
    if swedish_order(changed[0])[0] != swedish_order(changed[1])[0]:
        is_first = swedish_order(one) < swedish_order(other)
        assert (swedish_order(changed[0]) < swedish_order(changed[1])) is is_first
    assert swedish_order("A\u0308" + letters)[0] == swedish_order("ä" + letters)[0]


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_numbers_stand_by_what_they_count(one: int, other: int) -> None:
    assert (swedish_order(f"Avdelning {one}") < swedish_order(f"Avdelning {other}")) is (one < other)


def test_a_number_of_any_length_has_a_place() -> None:
    assert swedish_order("9" * 10_000) < swedish_order("1" + "0" * 10_000)
