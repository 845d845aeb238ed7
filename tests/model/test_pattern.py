"""Patterns that wait with being compiled find what compiled ones find."""

from __future__ import annotations

import importlib
import re
import sys

import pytest

from kvaltui.model.pattern import pattern


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    waiting = pattern(r"(\d+) ?%", re.IGNORECASE)
    assert set(vars(waiting)) == {"_source", "_flags"}
    found = waiting.fullmatch("86 %")
    assert found is not None
    assert found[1] == "86"
    assert waiting.sub("x", "86 % 3") == "x 3"
    assert (waiting.pattern, bool(waiting.flags & re.IGNORECASE)) == (r"(\d+) ?%", True)


def test_what_is_wrong_with_a_source_shows_at_its_first_use() -> None:
    waiting = pattern("(")
    with pytest.raises(re.error):
        waiting.match("")


@pytest.mark.parametrize("name", ["clean", "figure", "number", "number_words", "parts", "period", "quantity", "target"])
def test_every_pattern_of_the_grammars_can_be_compiled(name: str) -> None:
    module = importlib.import_module(f"kvaltui.model.{name}")
    waiting = [value for value in vars(module).values() if type(value).__name__ == "_Pattern"]
    assert all(isinstance(each.pattern, str) for each in waiting)
    assert waiting or name == "quantity"
    assert "kvaltui.model.pattern" in sys.modules
