"""Ekonomi: amounts typed where they stand, variances and sums set against what is printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.model.economy import EconomyRow, EconomyTable, RowKind
from kvaltui.model.entity import Kind, Reference
from kvaltui.store.author import Author
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.tui.screens.economy import EconomyScreen
from kvaltui.tui.widgets.economy_grid import EconomyGrid
from kvaltui.work.economy_rows import with_amount
from tests.tui.work import LINKOPING, NARROW, WIDE, Work, at_work, program

PLAN = read_starter(LINKOPING)
APRIL, FORECAST = "resultat-april-2019", "prognos-2019"


def row(table: str, name: str) -> EconomyRow:
    return next(each for each in PLAN.active(EconomyRow) if each.table == table and each.name == name)


def go_to(work: Work, reference: Reference) -> None:
    screen = work.app.screen
    assert isinstance(screen, EconomyScreen)
    screen.show_reference(reference)


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_tables_stand_as_printed_with_their_of_which_rows_indented(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy"), size) as work:
        assert "Ekonomi, belopp tkr" in work.lines[3]
        assert work.lines[4].startswith("›  Verksamhetens netto")
        assert work.lines[5].startswith("     varav kostnader")
        assert work.lines[4].replace("\xa0", " ")[:79].split()[-3:] == ["8", "000", "0,5"]


async def test_a_sum_that_differs_by_rounding_says_so(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy"), WIDE) as work:
        total = row(APRIL, "Summa")
        go_to(work, Reference(Kind.ECONOMY_ROW, total.key))
        await work.pilot.pause()
        assert work.line_with("›")[:80].rstrip().endswith("≈")
        page = " ".join(" ".join(line[80:] for line in work.lines).split())
        assert "Avvikelse −743: raderna ger −744, skillnad 1 (avrundning)" in page


async def test_an_amount_is_typed_where_it_stands(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy")) as work:
        await work.press("right", "1")
        await work.type(" 480 000")
        assert "avvikelse 1 495" in work.shown.replace("\xa0", " ")
        await work.press("enter")
        changed = work.find(EconomyRow, row("sammandrag-2019", "Verksamhetens nettokostnader").key)
        assert isinstance(changed, EconomyRow)
        assert changed.forecast == "1 480 000"
        assert "Sparat" in work.shown
        assert work.lines[4].rstrip().endswith("!")
        assert "1 rad stämmer inte" in work.lines[1]
        assert work.line_with("›").startswith("›    varav kostnader")
        await work.press("up")
        assert "Avvikelse 8 000: budget − prognos ger 1 495, skillnad 6 505" in work.shown.replace("\xa0", " ")
        await work.press("ctrl+z")
        assert "stämmer inte" not in work.lines[1]


@pytest.mark.thorough
async def test_text_in_a_number_is_refused_and_stays(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy")) as work:
        before = work.content.position
        await work.press("enter", "ctrl+u")
        await work.type("12.500")
        assert "12 500 eller 12,5" in work.shown.replace("\xa0", " ")
        await work.press("enter")
        assert "12.500" in work.line_with("›")
        assert work.content.position == before
        await work.press("escape")
        assert "12.500" not in work.line_with("›")


@pytest.mark.thorough
async def test_a_blank_variance_is_computed_the_way_of_the_row(tmp_path: Path) -> None:
    income = replace(row("sammandrag-2019", "varav intäkter"), forecast="275 000", variance="")
    assert income.row_kind is RowKind.INCOME
    async with at_work(program(tmp_path, LINKOPING, mode="economy", also=[income])) as work:
        assert "=−840" in work.line_with("varav intäkter")
        await work.press("down", "down", "space", "v")
        assert "Prognos − budget ger −840" in work.shown


@pytest.mark.thorough
async def test_a_row_is_put_in_where_the_cursor_stands_in_one_step(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy")) as work:
        await work.press("down", "ctrl+n", "enter")
        await work.type("varav hyror")
        await work.press("tab", "k", "tab", "enter")
        names = [
            each.name
            for each in sorted(work.content.active(EconomyRow), key=lambda each: each.order)
            if each.table == "sammandrag-2019"
        ]
        assert names == [
            "Verksamhetens nettokostnader",
            "varav kostnader",
            "varav hyror",
            "varav intäkter",
            "Investeringar, netto",
        ]
        assert work.line_with("›").startswith("›  varav hyror")
        await work.press("ctrl+down")
        assert work.lines[6].startswith("     varav intäkter")
        assert work.line_with("›").startswith("›  varav hyror")
        await work.press("ctrl+z", "ctrl+z")
        assert not any(line.strip("› ").startswith("varav hyror") for line in work.lines[:18])
        assert work.lines[6].startswith("›    varav intäkter")
        assert work.lines[7].startswith("   Investeringar, netto")


@pytest.mark.thorough
async def test_a_new_table_and_one_retired_and_brought_back(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy")) as work:
        await work.press("ctrl+n", "t", "enter")
        await work.type("Lokaler")
        await work.press("enter")
        assert work.line_with("›").startswith("›Lokaler (tkr)")
        await work.press("ctrl+n", "r", "enter")
        await work.type("Hyror")
        await work.press("enter")
        made = work.find(EconomyRow, "lokaler/hyror")
        assert isinstance(made, EconomyRow)
        await work.press("up", "delete")
        assert work.find(EconomyTable, "lokaler").retired
        assert "Lokaler (tkr)" not in work.shown
        await work.press("space", "z")
        await work.press("enter")
        assert not work.find(EconomyTable, "lokaler").retired


@pytest.mark.thorough
async def test_without_tables_it_says_what_to_do(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="economy")) as work:
        assert "Planen har inga ekonomitabeller än. Ctrl+N lägger till den första." in work.shown
        await work.press("5", "enter", "f2", "delete", "ctrl+up", "down")
        await work.press("ctrl+n")
        await work.type("Budget 2024")
        await work.press("enter")
        assert isinstance(work.find(EconomyTable, "budget-2024"), EconomyTable)


async def test_nothing_is_typed_where_the_plan_can_only_be_read(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy", read_only=True)) as work:
        before = work.lines[4]
        await work.press("5", "enter", "f2", "ctrl+n", "delete")
        assert work.lines[4] == before
        assert "Ändra" not in work.footer


async def test_what_follows_from_an_amount_shows_while_it_is_typed(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy"), (120, 60)) as work:
        first, total = row(FORECAST, "Individ- och familjeomsorg"), row(FORECAST, "Summa")
        go_to(work, Reference(Kind.ECONOMY_ROW, first.key))
        await work.pilot.pause()
        before = work.lines
        await work.press("1")
        assert "! avvikelsen stämmer inte med kolumnerna" in work.shown
        assert "Summa: summan stämmer inte med raderna" in work.shown
        assert work.line_with("›").rstrip().endswith("!")
        at = max(at for at, line in enumerate(before) if line.strip().split("  ")[0] == total.name)
        assert work.lines[at].rstrip().endswith("!")
        await work.press("escape")
        assert work.lines[: at + 1] == before[: at + 1]


async def test_what_is_stored_and_does_not_agree_says_so(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy"), WIDE) as work:
        go_to(work, Reference(Kind.ECONOMY_ROW, row(FORECAST, "Individ- och familjeomsorg").key))
        await work.press("1")
        await work.press("enter")
        assert "! Budget 1: avvikelsen stämmer inte med kolumnerna" in work.shown


COLLEAGUE = Author("eva", "Eva Berg")


def changed_elsewhere(work: Work, changed: EconomyRow) -> None:
    session = work.app.session
    with open_database(str(session.database.path)) as elsewhere:
        record(elsewhere, session.key, [changed], by=COLLEAGUE, seen=10**9)


@pytest.mark.parametrize("is_seen", [True, False])
async def test_a_colleagues_newer_amount_is_never_overwritten(tmp_path: Path, *, is_seen: bool) -> None:
    """Both amounts are kept, whether the colleague's reached the screen while one typed or not."""
    async with at_work(program(tmp_path, LINKOPING, mode="economy")) as work:
        line = work.app.screen.query_one(EconomyGrid).row
        assert line is not None
        assert line.row is not None
        field = work.app.screen.query_one(EconomyGrid).column
        await work.press("1")
        changed_elsewhere(work, with_amount(line.row, field, "7"))
        if is_seen:
            assert work.app.session.refresh_if_changed()
            await work.pilot.pause()
        await work.press("2", "enter")
        stands = work.find(EconomyRow, line.row.key)
        assert isinstance(stands, EconomyRow)
        assert (getattr(stands, field), stands.contested) == ("12", (field,))


async def test_an_amount_that_was_seen_is_replaced(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy")) as work:
        line = work.app.screen.query_one(EconomyGrid).row
        assert line is not None
        assert line.row is not None
        field = work.app.screen.query_one(EconomyGrid).column
        changed_elsewhere(work, with_amount(line.row, field, "7"))
        assert work.app.session.refresh_if_changed()
        await work.pilot.pause()
        await work.press("1", "2", "enter")
        stands = work.find(EconomyRow, line.row.key)
        assert isinstance(stands, EconomyRow)
        assert (getattr(stands, field), stands.contested) == ("12", ())


async def test_a_click_in_the_amount_that_is_typed_stores_nothing(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy")) as work:
        grid = work.app.screen.query_one(EconomyGrid)
        await work.press("1")
        position, column = work.content.position, grid.column
        for times in (1, 2):
            await work.pilot.click(offset=(70, grid.region.y + grid.line_of(grid.cursor)), times=times)
            await work.pilot.pause()
            assert (work.content.position, grid.is_editing, grid.column) == (position, True, column)
        await work.press("ctrl+z")
        assert (work.content.position, grid.is_editing) == (position, False)
