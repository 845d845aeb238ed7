"""The entry table and what it takes in and gives out: parts, ratios, sorting, filters, paste, reading, copy, export."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from textual import events

from kvaltui.exchange.starter import read_starter
from kvaltui.exchange.table_rows import NumberCell
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.reporting_round import with_period
from kvaltui.model.status import Status
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.tui.entry.drawing import EntryDrawing
from kvaltui.tui.entry.table import EntryTable
from kvaltui.tui.screens.filtering import FilterView
from kvaltui.tui.screens.indicators import IndicatorsScreen
from kvaltui.tui.screens.paste import PasteDialog
from kvaltui.work.pasted import cells_of
from kvaltui.work.pasting import PasteError, read_column
from kvaltui.work.selection import Condition, Selection
from kvaltui.work.taking_out import ExportRefused, rows_of, writer
from tests.tui.work import HUDDINGE, LINKOPING, NACKA, SOCIALNAMND, WIDE, Work, at_work, program

YEAR, TERTIAL = Period(2023), Period.parse("2019-T1")
INDICATOR = Reference(Kind.INDICATOR, "sabo-mat-smakar")
NEXT_YEAR: list[AnyEntity] = [*with_period(read_starter(NACKA), YEAR, Period(2022))]


def screen(work: Work) -> IndicatorsScreen:
    shown = work.app.screen
    assert isinstance(shown, IndicatorsScreen)
    return shown


async def stand_on(work: Work, indicator: str) -> None:
    screen(work).show_reference(Reference(Kind.INDICATOR, indicator))
    await work.pilot.pause()


def value(work: Work, indicator: str, period: Period, part: str = "") -> str | None:
    outcome = work.content.outcome(indicator, period, part)
    return outcome.value if outcome else None


@pytest.mark.thorough
async def test_parts_are_entered_in_their_own_rows(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators")) as work:
        await stand_on(work, "utredningstid")
        await work.press("down", *"110", "tab", *"49", "tab", *"118", "enter")
        assert [value(work, "utredningstid", TERTIAL, part) for part in ("BOU", "VUX", "LSS")] == ["110", "49", "118"]
        assert work.app.session.result.indicators["utredningstid"].status is Status.ACHIEVED


@pytest.mark.thorough
async def test_all_parts_are_entered_at_once_on_the_whole(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators")) as work:
        await stand_on(work, "utredningstid")
        await work.press("enter")
        await work.type("BOU 121; VUX 49; LSS 130")
        await work.press("enter")
        assert [value(work, "utredningstid", TERTIAL, part) for part in ("BOU", "VUX", "LSS")] == ["121", "49", "130"]
        verdict = work.app.session.result.indicators["utredningstid"].verdict
        assert [(part, each.status) for part, each in verdict.parts] == [
            ("BOU", Status.PARTIALLY_ACHIEVED),
            ("VUX", Status.ACHIEVED),
            ("LSS", Status.PARTIALLY_ACHIEVED),
        ]


@pytest.mark.thorough
async def test_genders_stand_below_their_indicator_and_are_entered_there(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators")) as work:
        await stand_on(work, "total-sjukfranvaro")
        await work.press("down", *"4", "comma", "1")
        assert "4,1 % → ✓" in work.shown
        await work.press("enter")
        assert value(work, "total-sjukfranvaro", TERTIAL, "Män") == "4,1"
        assert value(work, "total-sjukfranvaro", TERTIAL) == "6,6"


@pytest.mark.thorough
async def test_a_ratio_is_shown_as_the_share_that_it_is(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.type("271/705")
        assert "38,4 % → ✗" in work.shown.replace("\N{NO-BREAK SPACE}", " ")
        await work.press("enter")
        assert value(work, "sabo-trygghet", YEAR) == "271/705"
        assert "38,4" in work.line_with("känner sig trygga")


@pytest.mark.thorough
async def test_sorting_holds_still_while_figures_are_entered(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        table = screen(work).table
        await stand_on(work, "sabo-mat-smakar")
        await work.press(*"95", "enter")
        await work.press("space", "s", "end", "enter")
        assert table.indicators_shown[:5][-1] == "sabo-mat-smakar", "what waits comes first"
        await stand_on(work, "sabo-trygghet")
        await work.press(*"95", "enter")
        assert table.indicators_shown[0] == "sabo-trygghet"
        await work.press("space", "s", "end", "enter")
        assert "sabo-trygghet" in table.indicators_shown[3:5]


FILTERED = [
    (Condition.MISSING, {"sabo-trygghet", "sabo-mat-smakar", "sabo-maltid-trevlig"}),
    (Condition.STALE, set()),
    (Condition.CONTESTED, set()),
]


@pytest.mark.parametrize(("condition", "within"), FILTERED)
async def test_conditions(tmp_path: Path, condition: Condition, within: set[str]) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        matches = Selection(conditions=frozenset({condition})).matcher(work.app.session)
        assert matches is not None
        found = {key for key in work.app.session.result.indicators if matches(key)}
        assert within <= found
        assert bool(found) is bool(within)


@pytest.mark.thorough
async def test_a_stale_assessment_and_somebody_responsible_are_found(tmp_path: Path) -> None:
    assessed = Assessment(
        subject_kind=Kind.INDICATOR, subject="sabo-trygghet", period=YEAR, status=Status.ACHIEVED, motivation="Känt."
    )
    also = [
        *NEXT_YEAR,
        assessed,
        Outcome(indicator="sabo-trygghet", period=YEAR, value="40 %"),
        Measure(key="m", title="Gör", responsible="Eva Berg", indicators=("sabo-mat-smakar",)),
    ]
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=also)) as work:
        session = work.app.session
        stale = Selection(conditions=frozenset({Condition.STALE})).matcher(session)
        eva = Selection(responsible="Eva Berg").matcher(session)
        both = Selection(conditions=frozenset({Condition.STALE}), responsible="Eva Berg").matcher(session)
        assert stale is not None and eva is not None and both is not None  # noqa: PT018
        keys = list(session.result.indicators)
        assert [key for key in keys if stale(key)] == ["sabo-trygghet"]
        assert [key for key in keys if eva(key)] == ["sabo-mat-smakar"]
        assert not any(both(key) for key in keys)
        await stand_on(work, "sabo-trygghet")
        await work.press("space", "v")
        assert "Bedömt av Samordnaren: ✓ Uppnått" in work.shown
        assert "Beräknat: ✗" in work.shown


def test_a_pasted_table_is_refused() -> None:
    assert read_column(cells_of("1\r\n\r\n3\r\n")) == ["1", "", "3"]
    for pasted in ("1\t2\n3\t4", "12\t500", "1\n\n12\t500\r\n", '"12"\t"500"'):
        with pytest.raises(PasteError, match=r"two figures, or “[0-9]+ [0-9]+”"):
            read_column(cells_of(pasted))


async def test_a_pasted_column_that_is_refused_stays_to_be_stored_later(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await stand_on(work, "sabo-mat-smakar")
        work.app.post_message(events.Paste("71 %\r38 %\r"))
        await work.pilot.pause()
        assert isinstance(work.app.screen, PasteDialog)
        area = next(each.key for each in work.content.tree.ancestors(INDICATOR) if each.kind is Kind.AREA)
        completion = Completion(area=area, period=YEAR)

        def say_elsewhere(said: Completion) -> None:
            with open_database(tmp_path / "kvaltui.db") as elsewhere:
                record(elsewhere, NACKA, [said], by=Author("eva", "Eva Berg"), seen=10**9)

        say_elsewhere(completion)
        await work.press("enter")
        assert "är klarmarkerat för 2023" in work.shown
        assert isinstance(work.app.screen, PasteDialog)
        assert "71 %" in work.shown
        assert value(work, "sabo-mat-smakar", YEAR) is None
        say_elsewhere(replace(completion, complete=False, motivation="Fler utfall kommer"))
        await work.press("enter")
        assert "2 utfall" in work.shown
        assert value(work, "sabo-mat-smakar", YEAR) == "71 %"


async def test_nothing_is_pasted_where_the_plan_can_only_be_read(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", read_only=True)) as work:
        before = work.app.screen
        work.app.post_message(events.Paste("71 %\r38 %\r"))
        await work.pilot.pause()
        assert work.app.screen is before
        assert "Planen är öppnad bara för läsning" in work.shown


@pytest.mark.thorough
async def test_the_reading_view_says_everything(tmp_path: Path) -> None:
    also = [*NEXT_YEAR, Comparison(indicator="sabo-mat-smakar", period=YEAR, name="Riket", value="76 %")]
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=also), (80, 60)) as work:
        await stand_on(work, "sabo-mat-smakar")
        await work.press("7", "1", "enter", "up", "space", "v")
        for expected in (
            "▲ Delvis uppnått 71 % ↑ 5 bättre än 2022",
            "71 % mot minst 80 %",
            "Regel Minst; delvis uppnått från 80 % av målvärdet",
            "Inlagt",
            "Riket 2023 76 %",
            "≥ 80 ▲ Delvis",
            "●",
            "◇",
            "┊",
            "Riktning högre är bättre",
        ):
            assert expected in " ".join(work.shown.replace("\N{NO-BREAK SPACE}", " ").split()), expected


async def test_the_chart_stands_beside_the_list_where_there_is_room(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators"), WIDE) as work:
        assert any("●" in line for line in work.lines)
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        assert not any("●" in line for line in work.lines)


async def test_a_target_in_words_has_no_line_in_the_chart(tmp_path: Path) -> None:
    for target, has_line in (("95 %", True), ("så nära 95 som det går", False)):
        also = [TargetValue(indicator="sabo-mat-smakar", period=Period(2022), value=target)]
        folder = tmp_path / str(has_line)
        folder.mkdir()
        async with at_work(program(folder, NACKA, mode="indicators", also=also), WIDE) as work:
            await stand_on(work, "sabo-mat-smakar")
            chart = "".join(line[80:] for line in work.lines)
            assert "●" in chart
            assert ("┊" in chart) == has_line


async def test_rows_are_written_in_the_order_in_which_they_show(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        keys = ["sabo-mat-smakar", "sabo-trygghet"]
        rows = rows_of(work.app.session, keys)
        assert [row[0] for row in rows] == keys
        assert NumberCell(Decimal(66), is_percentage=True) in rows[0]


async def test_a_file_is_replaced_only_when_asked_twice(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        path, other = tmp_path / "ut.csv", tmp_path / "annan.csv"
        path.write_text("kvar")
        other.write_text("kvar")
        told: list[Path] = []
        write = writer(work.app.session, ["sabo-trygghet"], told.append)
        for name in (str(path), str(other), str(path)):
            with pytest.raises(ExportRefused):
                write(name)
        assert path.read_text() == other.read_text() == "kvar"
        write(str(path))
        assert told == [path]
        assert other.read_text() == "kvar"
        for wrong in ("", "ut.doc", "ut"):
            with pytest.raises(ExportRefused):
                write(wrong)


async def test_the_list_of_filters_says_how_much_more_of_it_there_is(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="indicators"), (80, 18)) as work:
        await work.press("space", "f")
        told = re.search(r"(\d+) rader till nedanför", work.shown)
        assert told
        view = work.app.screen.query_one(FilterView)
        assert int(told[1]) == view.row_count() - view.page_height
        await work.press("end")
        assert "till nedanför" not in work.shown


async def test_keys_work_again_after_the_window_was_too_small(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        for size in ((20, 5), (1, 1), (80, 24)):
            await work.pilot.resize_terminal(*size)
        before = screen(work).table.cursor
        await work.press("end")
        assert screen(work).table.cursor > before


@pytest.mark.thorough
async def test_rows_are_never_drawn_for_another_width(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        before = work.lines
        table = work.app.screen.query_one(EntryTable)
        table._kept_drawing = EntryDrawing(work.app.session, table.paint, table._needs(), table.short, 40)
        table.redraw()
        await work.pilot.pause()
        assert work.lines == before


async def test_a_row_says_where_to_write_what_it_was_and_whether_it_is_better(tmp_path: Path) -> None:
    also = [*NEXT_YEAR, Outcome(indicator="sabo-mat-smakar", period=YEAR, value="71 %")]
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=also)) as work:
        assert re.search(r"smakar bra +≥ 80 +66 +71 +% +↑ ▲ Delvis$", work.line_with("maten smakar bra"))
        assert re.search(r"≥ 100 +76 +_______ % +väntar$", work.line_with("dödsögonblicket"))
        assert re.search(r"^ Äldreomsorg +4 väntar 0 av 5$", work.line_with("Äldreomsorg"))


async def test_what_is_typed_shows_on_its_row_what_it_would_give(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        for typed, shown in (
            ("5", r" 86 +5 +% +! ✗ Ej uppnått$"),
            ("0", r" 86 +50 +% +↓ ✗ Ej uppnått$"),
            ("0", r" 86 +500 +% +! ✓ Uppnått$"),
            ("x", r" 86 +500x +%$"),
        ):
            await work.press(typed)
            assert re.search(shown, work.line_with("›")), typed
        await work.press("escape")
        assert re.search(r" 86 +_______ % +väntar$", work.line_with("›"))


@pytest.mark.thorough
async def test_a_long_text_takes_the_columns_after_its_own(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.type("bedömd av två oberoende")
        line = work.line_with("›")
        assert line.endswith("bedömd av två oberoende")
        assert " 86 " in line


@pytest.mark.thorough
async def test_at_40_columns_name_outcome_and_symbol_remain(tmp_path: Path) -> None:
    also = [*NEXT_YEAR, Outcome(indicator="sabo-mat-smakar", period=YEAR, value="71 %")]
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=also), (40, 16)) as work:
        assert re.search(r"smakar bra +71 +% +↑ ▲$", work.line_with("smakar bra"))
        assert "Läge" not in work.shown
        assert work.line_with("Äldreomsorg").endswith("4 väntar  0 av 5")


@pytest.mark.thorough
async def test_a_group_has_air_above_it_while_the_whole_list_fits(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, SOCIALNAMND, mode="indicators"), (80, 40)) as work:
        at = next(at for at, line in enumerate(work.lines) if "Hög attraktivitet" in line)
        assert work.lines[at - 1] == ""
        table = screen(work).table
        line = table.line_of(table._rows.place_of(Reference(Kind.AREA, "hog-attraktivitet")) or 0)
        await work.pilot.click(EntryTable, offset=(12, line - 1))
        assert "Brukarbedömning" in work.line_with("›"), "nothing stands between the groups"
        await work.pilot.click(EntryTable, offset=(12, line + 1))
        assert "HME" in work.line_with("›")
        await work.pilot.resize_terminal(80, 22)
        at = next(at for at, line in enumerate(work.lines) if "Hög attraktivitet" in line)
        assert work.lines[at - 1] != ""


@pytest.mark.thorough
async def test_columns_make_room_for_decimals_that_come(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.type("86,25")
        await work.press("enter")
        await work.type("86")
        await work.press("enter")
        first, second = work.line_with("sig trygga"), work.line_with("smakar bra")
        assert first.index("86,25") == second.rindex("86  ")


@pytest.mark.thorough
async def test_symbols_say_in_ascii_what_they_say_elsewhere(tmp_path: Path) -> None:
    also = [*NEXT_YEAR, Outcome(indicator="sabo-mat-smakar", period=YEAR, value="71 %")]
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=also, is_ascii=True)) as work:
        assert re.search(r"66 +71 +% +\^ ~ Delvis$", work.line_with("maten smakar bra"))
        await work.press("5", "0", "enter")
        assert re.search(r"86 +50 +% +v x Ej uppnått$", work.line_with("sig trygga"))
