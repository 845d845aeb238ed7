"""Every list at every width, in all starter plans: figures stand on one line, and what is wrong says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kvaltui.decimal_line import at_line
from kvaltui.exchange.starter import read_starter
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.economy_check import check_economy
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Assignment, Measure, MeasureStatus, Result, ResultStatus, Risk, SelfCheck
from kvaltui.model.summary import is_overdue
from kvaltui.tui.widgets.economy_grid import EconomyGrid
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.self_check_table import BEFORE, NOW, SelfCheckTable
from kvaltui.tui.widgets.work_table import WorkTable
from kvaltui.work.economy_rows import variance_of
from tests.sampled import sampled
from tests.tui.work import EKERO, HUDDINGE, LINKOPING, NACKA, SOCIALNAMND, TODAY, Work, at_work, program

PLANS = (HUDDINGE, LINKOPING, NACKA, EKERO, SOCIALNAMND)
MODES = ("areas", "risks", "self_checks", "measures", "economy", "history")
WIDTHS = (40, 60, 80, 100, 160)
PERIODS = {HUDDINGE: "2024", LINKOPING: "2019-T1", NACKA: "2022", EKERO: "2018", SOCIALNAMND: "2020"}
LONG = "Barn, unga och vuxna riskerar att fortsatt fara illa efter upptäckt av våld i nära relationer"


def some_of_each(plan: str) -> list[AnyEntity]:
    """Things of every sort, some of them late, below zero, contradicted or wrong; names that begin and end alike."""
    period, before = Period.parse(PERIODS[plan]), Period(2014)
    past, coming = date(2011, 1, 2), date(2041, 12, 31)
    known = read_starter(plan).plan
    return [
        replace(known, periods=(before, *known.periods)),
        Risk(key="x-hog", title=f"{LONG}, ett", likelihood=5, consequence=5, level=25),
        Risk(key="x-mellan", title=f"{LONG}, två", likelihood=2, consequence=2, level=4),
        Risk(key="x-lag", title="Kort", level=1),
        Risk(key="x-utan", title="Ingen har bedömt"),
        SelfCheck(key="x-procent", name=f"{LONG}, ett", section="Avsnitt ett", threshold="minst 98 %", unit="%"),
        SelfCheck(key="x-dagar", name=f"{LONG}, två", section="Avsnitt ett", threshold="inom 10 dagar", unit="dagar"),
        SelfCheck(key="x-motsagd", name="Motsagd", section="Avsnitt två", threshold="minst 90 %", unit="%"),
        SelfCheck(key="x-vantar", name="Väntar", section="Avsnitt två"),
        Measure(key="x-sen", title=f"{LONG}, ett", due=past, responsible="Enhetschef", risks=("x-hog", "x-mellan")),
        Measure(key="x-klar", title=f"{LONG}, två", due=past, status=MeasureStatus.DONE, risks=("x-mellan",)),
        Measure(key="x-sedan", title="Senare", due=coming, status=MeasureStatus.ONGOING, self_checks=("x-motsagd",)),
        Assignment(key="x-uppdrag", name=f"{LONG}, ett uppdrag", assignment_kind="kommungemensamt"),
        Result(self_check="x-procent", period=before, value="99 %"),
        Result(self_check="x-procent", period=period, value="96,5 %"),
        Result(self_check="x-dagar", period=before, value="12"),
        Result(self_check="x-dagar", period=period, value="8,25"),
        Result(self_check="x-motsagd", period=period, value="12 %", status=ResultStatus.APPROVED),
        EconomyTable(key="x-tabell", title="Nettokostnad per verksamhet", order=90),
        *economy(),
    ]


def economy() -> Iterator[EconomyRow]:
    rows = (
        ("a", f"{LONG}, ett", "84 200", "83 950,5", "249,5", False),
        ("b", f"{LONG}, två", "46 100", "48 210", "-2 110", False),
        ("c", "Summa som inte stämmer", "130 300", "132 170,5", "-1 865", True),
        ("d", "Avvikelse utan siffra", "12 400", "12 395", "", False),
        ("e", "Avvikelse som inte stämmer", "1 000", "900", "-5", False),
    )
    for order, (slug, name, budget, forecast, variance, is_sum) in enumerate(rows):
        yield EconomyRow(
            table="x-tabell",
            slug=slug,
            name=name,
            budget=budget,
            forecast=forecast,
            variance=variance,
            is_sum=is_sum,
            order=order,
        )


def rows_of(work: Work) -> dict[object, str]:
    """Every row of the list as it is drawn, by the thing that it is about."""
    view = next(iter(work.app.screen.query(LineView)))
    width = view.size.width
    return {
        _thing(view, at): "".join(segment.text for segment in view.draw_row(at, width, is_here=False))
        for at in range(view.row_count())
    }


def _thing(view: LineView[object], at: int) -> object:
    thing = view.thing_at(at)
    return thing[0] if isinstance(view, EconomyGrid) and isinstance(thing, tuple) else thing or at


@pytest.mark.thorough
@pytest.mark.parametrize(("plan", "mode"), sampled([(plan, mode) for plan in PLANS for mode in MODES], 6))
async def test_every_list_at_every_width(tmp_path: Path, plan: str, mode: str) -> None:
    async with at_work(program(tmp_path, plan, mode=mode, also=some_of_each(plan)), (80, 40)) as work:
        for width in WIDTHS:
            await work.pilot.resize_terminal(width, 40)
            await work.pilot.pause()
            view = next(iter(work.app.screen.query(LineView)))
            assert view.row_count() > 0
            for row in rows_of(work).values():
                # Its first cell is the cursor's, and the last one stays empty.
                assert (len(row), row[0], row[-1]) == (view.size.width, " ", " ")
            names = [name for name in view.names() if name]
            shown = [view.short(name, 20) for name in set(names)]
            assert len(set(shown)) == len(shown)
            parts_stay_apart(view)
            figures_stand_on_one_line(view)
            what_is_wrong_says_so(work, mode, plan)


def parts_stay_apart(view: LineView[object]) -> None:
    """A blank cell stands before each column, in the headings and in every row."""
    if not isinstance(view, WorkTable):
        return
    width = view.size.width
    for at in range(view.row_count()):
        if view.can_stand(at):
            text = "".join(segment.text for segment in view.draw_row(at, width, is_here=False))
            for number, column, begin, _wide in view.placed_columns(width):
                if not column.is_right and number:
                    assert text[begin - 1] == " ", text


def figures_stand_on_one_line(view: LineView[object]) -> None:
    """The whole parts of the figures of a column end in one cell."""
    width = view.size.width
    spans: list[tuple[int, int]] = []
    if isinstance(view, EconomyGrid):
        spans = [(begin, begin + place.width) for begin, place in view.grid.begins]
    elif isinstance(view, SelfCheckTable):
        spans = [(begin, begin + wide) for at, _c, begin, wide in view.placed_columns(width) if at in (BEFORE, NOW)]
    for begin, end in spans:
        ends = set()
        for at in range(view.row_count()):
            text = "".join(segment.text for segment in view.draw_row(at, width, is_here=False))[begin:end]
            whole, _rest = at_line(text.strip())
            if whole[-1:].isdigit() and view.can_stand(at):
                ends.add(len(text) - len(text.lstrip()) + len(whole))
        assert len(ends) <= 1, ends


def what_is_wrong_says_so(work: Work, mode: str, plan: str) -> None:
    """What is late, below zero, doubted or contradicted has a symbol, and a word where it is no figure."""
    content, rows = work.content, rows_of(work)
    match mode:
        case "measures":
            late = [each for each in content.active(Measure) if is_overdue(each, TODAY[plan])]
            assert late
            for each in late:
                row = rows[Reference(Kind.MEASURE, each.key)]
                assert "✗" in row
                assert "Försenad" in row or " sen " in row
        case "risks":
            assert "1 sen" in rows[Reference(Kind.RISK, "x-hog")]
            assert "25 ✗" in rows[Reference(Kind.RISK, "x-hog")]
        case "self_checks":
            assert "!" in rows[Reference(Kind.SELF_CHECK, "x-motsagd")]
            assert "✗" in rows[Reference(Kind.SELF_CHECK, "x-procent")]
            assert "____" in rows[Reference(Kind.SELF_CHECK, "x-vantar")]
        case "economy":
            for checked in (result for results in check_economy(content).values() for result in results):
                row = rows[Reference(Kind.ECONOMY_ROW, checked.row.key)]
                assert not checked.doubts or "!" in row
                variance = variance_of(checked)
                if variance is not None and variance < 0 and _shows_variance(work):
                    assert "▼" in row


def _shows_variance(work: Work) -> bool:
    grid = work.app.screen.query_one(EconomyGrid)
    return any(place.column == "variance" for place in grid.grid.shown)


async def test_in_ascii_what_is_wrong_has_its_symbols_too(tmp_path: Path) -> None:
    expected = {
        "risks": ("x-hog", Kind.RISK, "25 x Hög"),
        "measures": ("x-sen", Kind.MEASURE, "x Försenad"),
        "self_checks": ("x-motsagd", Kind.SELF_CHECK, "! + Godkänt"),
        "economy": ("x-tabell/b", Kind.ECONOMY_ROW, " v "),
    }
    for mode, (key, kind, told) in expected.items():
        folder = tmp_path / mode
        folder.mkdir()
        app = program(folder, HUDDINGE, mode=mode, also=some_of_each(HUDDINGE), is_ascii=True)
        async with at_work(app) as work:
            assert told in rows_of(work)[Reference(kind, key)]


# Empty lists

NOTHING_IN = {
    "areas": "Planen är tom.",
    "risks": "Planen har inga risker",
    "self_checks": "Planen har inga egenkontroller",
    "measures": "Planen har inga åtgärder och uppdrag",
    "economy": "Planen har inga ekonomitabeller",
}


@pytest.mark.thorough
@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("mode", NOTHING_IN)
async def test_an_empty_list_says_what_to_do_and_which_key_does_it(tmp_path: Path, mode: str, read_only: bool) -> None:
    gone = [replace(each, retired=True) for each in reversed(list(read_starter(NACKA))) if each.kind is not Kind.PLAN]
    async with at_work(program(tmp_path, NACKA, mode=mode, also=gone, read_only=read_only)) as work:
        assert NOTHING_IN[mode] in work.shown
        assert ("Ctrl+N lägger till" in work.shown) is not read_only
        await work.press("down", "enter", "end", "home")


@pytest.mark.parametrize("mode", ["areas", "risks", "self_checks", "measures"])
async def test_a_list_that_is_narrowed_to_nothing_says_how_to_see_all_again(tmp_path: Path, mode: str) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode=mode)) as work:
        await work.press("space", "f", "end", "enter")
        assert "Esc visar allt igen" in work.shown
        await work.press("escape")
        assert "Esc visar allt igen" not in work.shown
