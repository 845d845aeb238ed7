"""Where a revision comes from, as a value, and as the text that the journal has always had."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kvaltui.store.origin import TYPED, How, Origin, beginning_of, origin_of
from tests.properties import examples


@examples(100)
@given(
    st.one_of(st.text(), st.sampled_from(list(How)).flatmap(lambda how: st.text().map(lambda what: f"{how} {what}")))
)
@example("undo")
@example("file ")
@example(" ")
def test_any_text_of_a_journal_is_an_origin_and_comes_back_as_it_was(text: str) -> None:
    assert origin_of(text).text == text


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("", TYPED),
        ("file min plan.toml", Origin(How.FILE, "min plan.toml")),
        ("undo 0196", Origin(How.UNDO, "0196")),
        ("redo 0196", Origin(How.REDO, "0196")),
        ("restore kopia.db", Origin(How.RESTORE, "kopia.db")),
        ("unknown x", Origin(How.UNKNOWN, "unknown x")),
        ("undone 0196", Origin(How.UNKNOWN, "undone 0196")),
    ],
)
def test_what_the_journal_says(text: str, origin: Origin) -> None:
    assert (origin_of(text), origin.text) == (origin, text)
    assert origin.brings_back == text.startswith(("undo ", "redo "))


@pytest.mark.parametrize("how", [How.FILE, How.UNDO, How.REDO, How.RESTORE])
def test_what_a_search_goes_by_is_what_they_begin_with(how: How) -> None:
    assert Origin(how, "x").text == f"{beginning_of(how)}x"
