"""What terminals send between the lines of what is pasted, and what becomes of it."""

from __future__ import annotations

import pytest

from kvaltui.tui.pasted import as_one_line, as_text, lines_of


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\x0b", "\u2028"])
def test_lines_are_lines_whatever_ends_them(end: str) -> None:
    assert lines_of(end.join(("12", "", "120", "ej mätt", "", ""))) == ["12", "", "120", "ej mätt"]


def test_cells_of_a_row_stay_apart() -> None:
    assert lines_of("12\t500\r") == ["12\t500"]
    assert as_one_line("12\t500") == "12 500"


def test_a_field_of_one_line_joins_no_figures() -> None:
    assert as_one_line("12\r120\r\r7\r") == "12 120 7"


def test_a_field_of_several_lines_keeps_them() -> None:
    assert as_text("Första\rAndra\r\rTredje\r") == "Första\nAndra\n\nTredje"


@pytest.mark.parametrize("text", ["", "\r", "\r\n\t\r\n"])
def test_nothing_is_nothing(text: str) -> None:
    assert lines_of(text) == []


def test_what_is_no_text_shows_as_such() -> None:
    assert lines_of("8\x1b[31m6\r\x00") == ["8�[31m6", "�"]
