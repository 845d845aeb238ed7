"""Where the terminal's encoding has not all characters, what is drawn is what it has, and fills its place exactly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kvaltui.lookalike import fitting, fitting_cell_by_cell
from kvaltui.tui.screens import settings
from kvaltui.tui.terminal.drawing import as_laid_out, cut, cut_middle, left, line, right, show_in, width_of, wrap
from kvaltui.tui.widgets.lines import Lines
from tests.tui.test_every_text import Walk

ENCODINGS = ("ascii", "iso8859-1", "cp1252", "iso8859-15")
SIGNS = "åäöÅÄÖ –—−…·≥≤±→›✓▲✗╭─│€½™"
TEXTS = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(categories=("L", "N", "P", "S", "Zs"))))


@contextmanager
def ascii_alone() -> Iterator[None]:
    """A terminal that shows ASCII alone: all other encodings have more."""
    show_in("ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "shown_encoding", lambda *_: "ascii")
        patch.setattr(settings, "wants_ascii", lambda *_: True)
        yield
    show_in("utf-8")


@pytest.mark.parametrize("name", ENCODINGS)
@given(TEXTS, st.integers(0, 30))
def test_texts_fill_their_width_with_what_the_encoding_has(name: str, text: str, width: int) -> None:
    show_in(name)
    try:
        for drawn in (left(text, width), right(text, width), line([(text, None), (text, None)], width).text):
            drawn.encode(name)
            assert cell_len(drawn) == width
        for drawn in (cut(text, width), cut_middle(text, width), *wrap(text, max(3, width), 3)):
            drawn.encode(name)
            assert width_of(drawn) == cell_len(drawn)
        as_laid_out(text).encode(name)
        assert len(as_laid_out(text)) == len(text)
    finally:
        show_in("utf-8")


@given(TEXTS)
def test_utf_8_has_everything(text: str) -> None:
    assert fitting(text, "utf-8") == fitting_cell_by_cell(text, "utf-8") == text


@pytest.mark.parametrize(
    ("text", "in_ascii", "in_latin_1"),
    [
        ("≥ 95 %", ">= 95 %", ">= 95 %"),
        ("± 2", "+-2", "± 2"),
        ("Äldre → åtgärd …", "Aldre -> atgard ...", "Äldre -> åtgärd ..."),
        ("72–100 %", "72-100 %", "72-100 %"),
        ("a · b", "a - b", "a · b"),
    ],
)
def test_what_is_written_instead_means_the_same(text: str, in_ascii: str, in_latin_1: str) -> None:
    assert fitting(text, "ascii").replace("+- ", "+-") == in_ascii
    assert fitting(text, "latin-1") == in_latin_1


class EncodingWalk(Walk):
    """Goes everywhere and remembers what the encoding lacks, or what does not fill its line."""

    def look(self, where: str) -> None:
        self.seen.add(type(self.work.app.screen).__name__)
        for widget in self.work.app.screen.query(Lines):
            for y in range(widget.size.height):
                strip = widget.render_line(y)
                if not strip.text.isascii() or cell_len(strip.text) != widget.size.width:
                    self.found.setdefault(strip.text, where)
