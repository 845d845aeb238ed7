"""How wide a text is: as the library that lays out the window measures it, whoever asks."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kvaltui.text_width import cut, width_of


@pytest.mark.thorough
def test_every_character_is_as_wide_as_in_the_window() -> None:
    printable = filter(str.isprintable, map(chr, range(sys.maxunicode + 1)))
    assert [each for each in printable if width_of(each) != cell_len(each)] == []


@given(st.text(), st.integers(0, 40))
def test_a_cut_text_fits(text: str, width: int) -> None:
    assert width_of(cut(text, width)) <= width or width_of(text) <= width
