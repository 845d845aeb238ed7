"""Pieces of text laid side by side to a width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kvaltui.tui.terminal.drawing import cut, cut_middle, flowing, left, line, right, width_of, wrap

TEXTS = st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=40)


@given(TEXTS, st.integers(0, 30))
def test_texts_fill_their_width_exactly(text: str, width: int) -> None:
    assert width_of(left(text, width)) == width
    assert width_of(right(text, width)) == width
    assert width_of(cut(text, width)) <= width
    assert width_of(cut_middle(text, width)) <= width


@given(st.lists(TEXTS), st.integers(0, 60))
def test_a_line_fills_its_width_exactly(texts: list[str], width: int) -> None:
    drawn = line([(text, None) for text in texts], width)
    assert drawn.cell_length == sum(cell_len(segment.text) for segment in drawn) == width


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (("86 %", "  ✓ Uppnått"), "86 %  ✓ Uppnått"),
        (("86 %", "  ✓ Uppnått   "), "86 %  ✓ Uppnått"),
        (("86 %", "  ✓ Uppnått igen"), "86 %  ✓ Uppnåt…"),
    ],
)
def test_nothing_is_cut_off_a_line_without_an_ellipsis(texts: tuple[str, ...], shown: str) -> None:
    assert line([(text, None) for text in texts], 15).text == shown


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Äldreomsorg", 11, "Äldreomsorg"),
        ("Äldreomsorg", 6, "Äldre…"),
        ("Omsorg och assistans", 8, "Omsorg…"),
        ("Äldreomsorg", 1, "…"),
        ("Äldreomsorg", 0, ""),
    ],
)
def test_a_text_is_cut_with_an_ellipsis(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_names_that_begin_alike_are_told_apart_by_their_ends() -> None:
    first = cut_middle("Särskilt boende – andel kunder som känner sig trygga", 34)
    second = cut_middle("Särskilt boende – andel kunder som får bestämma", 34)
    assert first.startswith("Särskilt")
    assert first.endswith("sig trygga")
    assert second.endswith("får bestämma")


@given(TEXTS, st.integers(1, 30), st.integers(1, 5))
def test_wrapped_lines_keep_to_width_and_number(text: str, width: int, limit: int) -> None:
    lines = wrap(text, width, limit)
    assert len(lines) <= limit
    assert all(width_of(each) <= max(width, 2) for each in lines)


def test_text_is_broken_between_words_and_cut_at_the_last_line() -> None:
    assert wrap("14 procentenheter under målet", 18, 3) == ["14 procentenheter", "under målet"]
    assert wrap("14 procentenheter under målet", 18, 1) == ["14 procentenheter…"]


def test_as_many_parts_as_fit() -> None:
    assert flowing(["F1 Hjälp", "F2 Ändra", "g Gå till"], 22) == "F1 Hjälp   F2 Ändra"
