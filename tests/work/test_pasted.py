"""What terminals send between the lines of what is pasted, and what becomes of it."""

from __future__ import annotations

import pytest

from kvaltui.work.pasted import as_one_line, as_text, cells_of, lines_of


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


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_row_of_a_spreadsheet_is_a_row_whatever_ends_it(end: str) -> None:
    assert cells_of(end.join(("12", "", "120", "ej mätt", "", ""))) == [["12"], [""], ["120"], ["ej mätt"]]
    assert cells_of(end.join(("86\t", "91\t", ""))) == [["86"], ["91"]]
    assert cells_of(end.join(("\t86", "\t91"))) == [["86"], ["91"]]
    assert cells_of(f"12\t500{end}") == [["12", "500"]]


def test_quotes_of_a_spreadsheet_are_taken_off_and_those_of_a_text_stay() -> None:
    assert cells_of('"12"') == [["12"]]
    assert cells_of('"12\r\n120"') == [["12"], ["120"]], "one cell with two lines is no number"
    assert cells_of('86\r"en\nrad"\r91') == [["86"], ["en\nrad"], ["91"]]
    assert cells_of('86\r"sagt ""ja"""\r91') == [["86"], ['sagt "ja"'], ["91"]]
    assert cells_of('24" skärm') == [['24" skärm']]
    assert cells_of('"öppet\r86') == [['"öppet'], ["86"]]


@pytest.mark.parametrize("text", ["", "\r\r", "\t\t\r\n", " \n "])
def test_nothing_has_no_cells(text: str) -> None:
    assert cells_of(text) == []


@pytest.mark.thorough
def test_a_large_paste_is_read_at_once() -> None:
    assert len(cells_of("86\r" * 100_000)) == 100_000
    assert len(cells_of('"' + "8" * 1_000_000)[0][0]) == 1_000_001
    assert len(as_one_line("86\r" * 100_000)) == 3 * 100_000 - 1
