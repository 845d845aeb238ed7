"""A list as text for Word and Excel: cells stay cells, numbers are numbers, and nothing is taken for a formula."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.exchange.inert import inert
from kvaltui.exchange.table_rows import NumberCell
from kvaltui.work.text_table import TextTable

NO_BREAK = "\N{NO-BREAK SPACE}"


def pasted(text: str) -> list[list[str]]:
    """The cells that a spreadsheet makes of a text in the clipboard."""
    return list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    ("seen", "copied"),
    [
        ("86", "86"),
        (f"716{NO_BREAK}000", "716000"),
        (f"1{NO_BREAK}234,5", "1234,5"),
        (f"86{NO_BREAK}%", "86 %"),
        ("\N{MINUS SIGN}3,5", "-3,5"),
        ("-12", "-12"),
        ("+4", "4"),
        (f"\N{MINUS SIGN}1{NO_BREAK}500 %", "-1500 %"),
        ("–", "–"),
        ("72–100", "72–100"),
        ("≥ 90", "≥ 90"),
        ("=1+1", "'=1+1"),
        ("+46 8 123", "'+46 8 123"),
        ("-ja", "'-ja"),
        ("@någon", "'@någon"),
        (" =1", "'=1"),
        ("1.5", "1.5"),
        ("2024-06-30", "2024-06-30"),
        ("en\tflik\noch en rad\r\ntill", "en flik och en rad till"),
        ("3 av 5", "3 av 5"),
    ],
)
def test_a_cell(seen: str, copied: str) -> None:
    assert TextTable.of(["Namn", "Värde"], [("a", seen)]).as_text() == f"Namn\tVärde\na\t{copied}\n"


def test_rows_that_are_shorter_are_filled_up_and_empty_columns_left_out() -> None:
    table = TextTable.of(["Namn", "", "", "Läge"], [("Äldreomsorg",), ("a", "", "5", "✓")])
    assert table.as_text() == "Namn\t\tLäge\nÄldreomsorg\t\t\na\t5\t✓\n"


def test_a_list_without_headings_is_its_rows() -> None:
    assert TextTable.of((), [("a",), ("b",)]).as_text() == "a\nb\n"


def test_a_file_has_numbers_to_calculate_with() -> None:
    table = TextTable.of(["a", "b", "c"], [(f"1{NO_BREAK}234,5", f"86{NO_BREAK}%", "ej mätt")])
    assert table.as_cells() == [(NumberCell(Decimal("1234.5")), NumberCell(Decimal(86), True), "ej mätt")]


@given(st.lists(st.lists(st.text(), min_size=3, max_size=3), min_size=1, max_size=4))
def test_whatever_stands_in_a_list_each_row_is_a_line_and_no_cell_a_formula(rows: list[list[str]]) -> None:
    rows = [["x", *row] for row in rows]
    text = TextTable.of(["", "a", "b", "c"], rows).as_text()
    cells = pasted(text)
    assert len(cells) == 1 + len(rows)
    assert all(len(row) == 4 for row in cells)
    for row in cells[1:]:
        for cell in row:
            assert inert(cell) in (cell, f"'{cell}")
            assert cell[:1] not in ("=", "+", "@")
            assert not cell.startswith("-") or cell.lstrip("-").replace(" %", "").replace(",", "").isdecimal()
