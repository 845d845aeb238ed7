"""Whichever way a cell is left that is typed in, what is typed is stored or stays to be seen; and doubts are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest
from textual import events

from kvaltui.exchange.starter import read_starter
from kvaltui.model.economy import EconomyRow
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.reporting_round import with_period
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.questions import Questions, ShortQuestion
from kvaltui.tui.screens.economy import EconomyScreen
from kvaltui.tui.screens.indicators import IndicatorsScreen
from kvaltui.tui.screens.leaving import LeaveQuestion
from kvaltui.tui.screens.settings import SettingsScreen
from tests.sampled import sampled
from tests.tui.work import LINKOPING, NACKA, NARROW, Work, at_work, program

YEAR = Period(2023)
SAFE, FOOD = "sabo-trygghet", "sabo-mat-smakar"
NEXT_YEAR: list[AnyEntity] = [*with_period(read_starter(NACKA), YEAR, Period(2022))]
COLLEAGUE = Author("eva", "Eva Berg")
UNREADABLE = "12.500"


def value(work: Work, indicator: str = SAFE) -> str | None:
    outcome = work.content.outcome(indicator, YEAR)
    return outcome.value if outcome else None


def screen(work: Work) -> IndicatorsScreen:
    shown = work.app.screen
    assert isinstance(shown, IndicatorsScreen)
    return shown


def left(work: Work) -> list[str]:
    """The texts that are kept, or are still in an editor."""
    tables = [each.table for _mode, each in work.app.all_screens() if isinstance(each, IndicatorsScreen)]
    kept = [each.text for each in work.app.session.unstored.values()]
    return [*kept, *(table._editor.text for table in tables if table.is_editing)]


async def to_another_screen(work: Work) -> None:
    await work.press("f3")


async def by_the_tab(work: Work) -> None:
    await work.pilot.click(offset=(12, 0))
    await work.pilot.pause()


async def to_another_period(work: Work) -> None:
    await work.press("ctrl+left")


async def to_another_plan(work: Work) -> None:
    work.app.choose_plan("annan")
    await work.pilot.pause()


async def to_a_row_by_mouse(work: Work) -> None:
    await work.pilot.click(offset=(10, 6))
    await work.pilot.pause()


async def by_a_jump_from_elsewhere(work: Work) -> None:
    await work.app.show(Reference(Kind.INDICATOR, FOOD))
    await work.pilot.pause()


async def by_the_palette(work: Work) -> None:
    await work.press("ctrl+p")
    await work.type("Områden")
    await work.press("enter")


async def by_a_filter(work: Work) -> None:
    screen(work).table.show_only(lambda key: key == FOOD)
    await work.pilot.pause()


async def by_a_page_down(work: Work) -> None:
    await work.press("pagedown")


async def as_the_row_is_retired_by_a_colleague(work: Work) -> None:
    session = work.app.session
    retired = replace(session.indicator(SAFE), retired=True)
    with open_database(str(session.database.path)) as elsewhere:
        record(elsewhere, session.key, [retired], by=COLLEAGUE, seen=10**9)
    assert session.refresh_if_changed()
    await work.pilot.pause()


async def as_another_row_is_added_by_a_colleague(work: Work) -> None:
    session = work.app.session
    added = replace(session.indicator(FOOD), key="ny", name="Ny", order=-5)
    with open_database(str(session.database.path)) as elsewhere:
        record(elsewhere, session.key, [added], by=COLLEAGUE, seen=10**9)
    assert session.refresh_if_changed()
    await work.pilot.pause()


async def for_help(work: Work) -> None:
    await work.press("f1")


async def by_pasting_a_column(work: Work) -> None:
    work.app.post_message(events.Paste("1\r2\r"))
    await work.pilot.pause()


WAYS: list[Callable[[Work], Awaitable[None]]] = [
    to_another_screen,
    by_the_tab,
    to_another_period,
    to_another_plan,
    to_a_row_by_mouse,
    by_a_jump_from_elsewhere,
    by_the_palette,
    by_a_filter,
    by_a_page_down,
    as_the_row_is_retired_by_a_colleague,
    as_another_row_is_added_by_a_colleague,
    for_help,
    by_pasting_a_column,
]


def other_plan(work: Work) -> None:
    session = work.app.session
    plan = replace(session.content.plan, key="annan", title="Annan", periods=(YEAR,))
    record(session.database, "annan", [plan], by=COLLEAGUE, seen=0)


@pytest.mark.parametrize("text", ["86", UNREADABLE])
@pytest.mark.parametrize("way", sampled(WAYS, keep=5), ids=lambda way: way.__name__)
async def test_what_is_typed_is_stored_or_kept(
    tmp_path: Path, way: Callable[[Work], Awaitable[None]], text: str
) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        if way is to_another_plan:
            other_plan(work)
        await work.type(text)
        await way(work)
        work.app.choose_plan(NACKA)
        stored = value(work)
        assert (stored, left(work)) in (("86", []), (None, [text]))
        if text == UNREADABLE:
            assert stored is None


@pytest.mark.thorough
async def test_quitting_stores_what_can_be_read_and_asks_about_the_rest(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.type(UNREADABLE)
        await work.press("ctrl+q")
        assert isinstance(work.app.screen, LeaveQuestion)
        assert f"Ej sparat: ”{UNREADABLE}”" in work.shown
        assert "menar du" in work.shown
        await work.press("ctrl+q", "enter")
        assert screen(work).table.is_editing
        assert left(work) == [UNREADABLE]
        await work.type("86")
        assert value(work) is None
        await work.press("ctrl+q")
        assert value(work) == "86"
        assert not work.app.is_running


@pytest.mark.thorough
@pytest.mark.parametrize("leaves_by", ["enter", "escape"])
async def test_quitting_from_another_screen_and_period_comes_back_to_what_is_not_stored(
    tmp_path: Path, leaves_by: str
) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.type(UNREADABLE)
        await work.press("ctrl+left", "f4", "ctrl+q")
        await work.press(leaves_by)
        assert work.app.session.period == YEAR
        assert screen(work).table.is_editing
        await work.press("escape", "ctrl+q")
        assert not work.app.is_running


async def test_quitting_asks_about_settings_that_are_not_written(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="settings")) as work:
        shown = work.app.screen
        assert isinstance(shown, SettingsScreen)
        shown.view.go_to("user.name")
        await work.type("Eva")
        await work.press("ctrl+q")
        assert "Det som är skrivet är inte sparat" in work.shown
        await work.press("enter")
        assert work.app.current_mode == "settings"
        await work.press("ctrl+q", "down", "enter")
        assert not work.app.is_running


SAID = {
    "a figure": (("8", "6", "enter"), "Sparat"),
    "what is undone": (("8", "6", "enter", "ctrl+z"), "Ångrat"),
    "no conflict": (("space", "j"), "Inget är i konflikt"),
    "what is copied": (("space", "c", "r"), "urklipp"),
}
"""What the line says of something that has happened, and the keys that make it happen."""


@pytest.mark.parametrize("said", sampled(SAID, keep=2))
async def test_what_has_happened_is_said_until_the_next_key(tmp_path: Path, said: str) -> None:
    keys, told = SAID[said]
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.press(*keys)
        assert told in work.shown
        await work.press("up")
        assert told not in work.shown


DIALOGS = {
    "form": (("ctrl+n",), "Ny indikator"),
    "note": (("space", "n"), "Anteckning"),
    "target": (("space", "t"), "95 %"),
    "period": (("space", "a", "p"), "2025"),
}
"""Dialogs in which something is written that is stored with Enter: the keys that open each, and what is written."""


@pytest.mark.thorough
@pytest.mark.parametrize("dialog", sampled(DIALOGS, keep=2))
async def test_quitting_asks_about_what_is_written_in_a_dialog_and_comes_back_to_it(
    tmp_path: Path, dialog: str
) -> None:
    keys, written = DIALOGS[dialog]
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.press(*keys)
        await work.type(written)
        form = work.app.screen
        assert form.is_modal
        await work.press("ctrl+q")
        assert "Det som är skrivet är inte sparat" in work.shown
        await work.press("enter")
        assert work.app.screen is form
        assert written in work.shown
        await work.press("ctrl+q", "down", "enter")
        assert not work.app.is_running


@pytest.mark.thorough
async def test_quitting_asks_about_a_pasted_column_that_is_not_stored(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await by_pasting_a_column(work)
        await work.press("ctrl+q")
        assert "Det som är skrivet är inte sparat" in work.shown
        await work.press("escape")
        assert "2 inklistrade utfall" in work.shown
        await work.press("enter", "ctrl+q")
        assert not work.app.is_running
        assert value(work) == "1"


OVER_THE_SCREEN = {
    "menu": ("space",),
    "picker": ("space", "p"),
    "filter": ("space", "f"),
    "help": ("f1",),
    "shown": ("space", "v"),
    "measures": ("space", "m"),
    "palette": ("ctrl+p",),
    "form": ("ctrl+n",),
    "file": ("space", "a", "i"),
    "help over a form": ("ctrl+n", "f1"),
}


@pytest.mark.parametrize("opened", sampled(OVER_THE_SCREEN, keep=3))
async def test_quitting_works_from_whatever_lies_over_the_screen(tmp_path: Path, opened: str) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.press(*OVER_THE_SCREEN[opened])
        assert work.app.screen.is_modal
        await work.press("ctrl+q")
        assert not work.app.is_running


@pytest.mark.thorough
@pytest.mark.parametrize("opened", sampled(OVER_THE_SCREEN, keep=3))
async def test_what_is_not_stored_is_gone_to_from_whatever_lies_over_the_screen(tmp_path: Path, opened: str) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.type(UNREADABLE)
        await work.press("f4", "f5", *OVER_THE_SCREEN[opened])
        await work.press("ctrl+q", "enter")
        assert screen(work).table.is_editing
        assert left(work) == [UNREADABLE]


async def test_quitting_without_it(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.type(UNREADABLE)
        await work.press("ctrl+q", "down", "enter")
        assert not work.app.is_running
        assert value(work) is None


@pytest.mark.thorough
async def test_the_same_figure_again_is_unchanged_and_says_so(tmp_path: Path) -> None:
    also = [*NEXT_YEAR, Outcome(indicator=SAFE, period=YEAR, value="86 %")]
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=also)) as work:
        screen(work).show_reference(Reference(Kind.INDICATOR, SAFE))
        for typed in ("86", "86 %", "86%"):
            before = work.content.position
            await work.type(typed)
            await work.press("enter")
            assert "Oförändrat 86 %" in work.shown.replace("\N{NO-BREAK SPACE}", " ")
            assert "Sparat" not in work.shown
            assert (work.content.position, value(work)) == (before, "86 %")
            screen(work).show_reference(Reference(Kind.INDICATOR, SAFE))
            await work.pilot.pause()
        await work.press("enter", "enter")
        assert "Oförändrat" in work.shown
        screen(work).show_reference(Reference(Kind.INDICATOR, SAFE))
        await work.type("86 (Malmslätt)")
        await work.press("enter")
        assert value(work) == "86 (Malmslätt)"


async def test_a_doubt_is_told_while_typing_when_stored_and_of_a_part(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR), NARROW) as work:
        await work.type("3 500")
        line = work.line_with("→").replace("\N{NO-BREAK SPACE}", " ")
        assert "3 500 % → ✓ Uppnått ! " in line
        assert "utanför 0–100" in work.shown
        await work.press("enter")
        told = work.line_with("Sparat")
        assert "!" in told.partition("Sparat")[2]
        assert "utanför 0–100" in told
        assert " !✓" in work.line_with("känner sig trygga").replace("! ✓", "!✓")


async def test_a_figure_that_a_colleague_has_written_meanwhile_is_told_as_it_is_stored(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.type("77")
        session = work.app.session
        with open_database(str(session.database.path)) as elsewhere:
            theirs = Outcome(indicator=SAFE, period=YEAR, value="88 %")
            record(elsewhere, session.key, [theirs], by=COLLEAGUE, seen=session.content.position)
        await work.press("enter")
        line = work.line_with("Sparat")
        assert "!" in line
        assert "ändrat på två håll, Mellanslag j avgör" in line
        assert "Ej bedömt" not in line


async def test_a_doubt_of_a_part_stands_on_its_row(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators")) as work:
        screen(work).show_reference(Reference(Kind.INDICATOR, "total-sjukfranvaro"))
        await work.press("down")
        assert screen(work).table.row.part  # type: ignore[union-attr]
        await work.type("410")
        assert "utanför 0–100" in work.shown
        await work.press("enter")
        assert "utanför 0–100" in work.line_with("Sparat")
        judged = work.app.session.result.indicators["total-sjukfranvaro"]
        assert [bool(part.doubts) for part in judged.parts].count(True) == 1


async def test_what_cannot_be_judged_says_why(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR), (120, 40)) as work:
        screen(work).show_reference(Reference(Kind.INDICATOR, FOOD))
        await work.type("72 till 100")
        assert "kan inte bedömas" in work.shown.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.thorough
async def test_a_pasted_column_shows_what_is_replaced_unchanged_and_doubtful(tmp_path: Path) -> None:
    also = [
        *NEXT_YEAR,
        Outcome(indicator=SAFE, period=YEAR, value="86 %"),
        Outcome(indicator=FOOD, period=YEAR, value="70 %"),
    ]
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=also)) as work:
        screen(work).show_reference(Reference(Kind.INDICATOR, SAFE))
        await work.pilot.pause()
        work.app.post_message(events.Paste("86\r71 %\r3 500\r"))
        await work.pilot.pause()
        shown = work.shown.replace("\N{NO-BREAK SPACE}", " ")
        assert "1 att se efter, 1 ersätts, 1 oförändrade" in shown
        assert "! en procentsats utanför 0–100" in shown, "the cursor stands on what looks wrong"
        assert "oförändrat" in work.shown
        await work.press("up")
        assert "70 % blir 71 %" in work.shown
        await work.press("enter")
        assert "1 att se efter" in work.line_with("Sparat")
        assert (value(work), value(work, FOOD)) == ("86 %", "71 %")


@pytest.mark.thorough
async def test_letters_begin_an_entry_and_lead_to_no_command(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        for text in ("ej mätt", "nej", "ca 98", "ja", "högst 14", "minst 98", "delvis", "sekretess", "xyz", "+5", "q"):
            await work.type(text)
            assert work.app.screen is work.app.screen_stack[0]
            assert left(work) == [text]
            await work.press("escape")
        assert value(work) is None


@pytest.mark.thorough
async def test_a_text_with_no_room_is_refused_whole(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.type("8")
        work.app.post_message(events.Paste("6" * 1_000_000))
        await work.pilot.pause()
        assert "högst 2 000 tecken" in work.shown.replace("\N{NO-BREAK SPACE}", " ")
        assert left(work) == ["8"]


# Amounts


def amounts(work: Work) -> EconomyScreen:
    shown = work.app.screen
    assert isinstance(shown, EconomyScreen)
    return shown


@pytest.mark.thorough
async def test_an_amount_is_typed_seen_in_its_variance_and_refused_with_its_text(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy"), (120, 40)) as work:
        grid = amounts(work).grid
        before = {each.key: each for each in work.content.all(EconomyRow).values()}
        row = grid.row.row  # type: ignore[union-attr]
        assert row is not None
        await work.type("e")
        assert grid.is_editing
        await work.press("enter")
        assert grid.is_editing
        assert "”e”" in work.shown
        await work.type("1000000")
        assert "!" in work.lines[grid.region.y + grid.line_of(grid.cursor)]
        await work.press("enter")
        assert getattr(work.find(EconomyRow, row.key), grid.columns[0]) == "1000000"
        told = work.line_with("Sparat")
        assert "!" in told
        assert before[row.key] != work.find(EconomyRow, row.key)


async def test_several_cells_pasted_among_amounts_are_refused(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy")) as work:
        before = dict(work.content.all(EconomyRow))
        for pasted in ("12\r120\r", "12\t500"):
            work.app.post_message(events.Paste(pasted))
            await work.pilot.pause()
            assert "2 celler klistrades in, med början på ”12”" in work.shown
        assert dict(work.content.all(EconomyRow)) == before


async def test_the_same_amount_again_is_unchanged(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy")) as work:
        position = work.content.position
        await work.press("enter", "enter")
        assert "Oförändrat" in work.shown
        assert work.content.position == position


@pytest.mark.thorough
async def test_an_amount_that_is_left_is_stored_or_kept(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="economy")) as work:
        await work.type("12.5.0")
        await work.press("f3")
        assert [each.text for each in work.app.session.unstored.values()] == ["12.5.0"]
        await work.press("ctrl+q", "enter")
        assert amounts(work).grid.is_editing
        await work.type("7")
        await work.press("f3", "ctrl+q")
        assert not work.app.is_running
        assert any("7" in (row.budget, row.forecast, row.actual, row.previous, row.variance) for row in rows(work))


def rows(work: Work) -> list[EconomyRow]:
    return list(work.content.all(EconomyRow).values())


# Lines to type in


async def in_the_search(work: Work) -> None:
    await work.press("/")


async def in_the_palette(work: Work) -> None:
    await work.press("ctrl+p")


def ask(work: Work, text: str = "") -> None:
    """Ask for one line, in which a text stands."""
    questions = Questions([FormField("title")], given={"title": text})
    work.app.push_screen(ShortQuestion("En fråga", questions, lambda _: None))


async def in_a_question(work: Work) -> None:
    ask(work)
    await work.pilot.pause()


async def in_the_search_of_a_work_list(work: Work) -> None:
    await work.press("f8", "/")


LINES = [in_the_search, in_the_palette, in_a_question, in_the_search_of_a_work_list]


@pytest.mark.parametrize("place", sampled(LINES, keep=2), ids=lambda place: place.__name__)
async def test_pasted_lines_become_one_line_and_what_is_too_long_is_said(
    tmp_path: Path, place: Callable[[Work], Awaitable[None]]
) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await place(work)
        work.app.post_message(events.Paste("12\r120\r"))
        await work.pilot.pause()
        assert "12 120" in work.shown
        work.app.post_message(events.Paste("86\r" * 330_000))
        await work.pilot.pause()
        assert "högst 2 000 tecken" in work.shown.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.thorough
async def test_what_stands_there_is_opened_selected(tmp_path: Path) -> None:
    also = [*NEXT_YEAR, Outcome(indicator=SAFE, period=YEAR, value="86 %")]
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=also)) as work:
        for keys, stored in ((["f2", "9", "enter"], "9"), (["enter", "left", "8", "enter"], "89")):
            screen(work).show_reference(Reference(Kind.INDICATOR, SAFE))
            await work.press(*keys)
            assert value(work) == stored
        ask(work, "2025")
        await work.pilot.pause()
        await work.type("2026")
        assert "2026" in work.shown
        assert "2025" not in work.shown


# A half-typed cell


async def test_taking_back_while_typing_drops_the_text_and_nothing_else(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        await work.press("8", "6", "enter")
        position = work.content.position
        for key in ("ctrl+z", "ctrl+y"):
            await work.type("12")
            await work.press(key)
            assert (value(work), value(work, FOOD), left(work)) == ("86", None, [])
            assert work.content.position == position, "what was stored before stands"
        await work.press("ctrl+z")
        assert value(work) is None, "with nothing typed it takes back"
        await work.type("12")
        await work.press("ctrl+y")
        assert (value(work), left(work)) == (None, []), "and brings nothing back"


@pytest.mark.thorough
async def test_a_click_in_the_cell_that_is_typed_in_stores_nothing(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        table = screen(work).table
        await work.type("8")
        position = work.content.position
        for times in (1, 2):
            at = (10, table.region.y + table.line_of(table.cursor))
            await work.pilot.click(offset=at, times=times)
            await work.pilot.pause()
            assert (work.content.position, left(work)) == (position, ["8"])
        await work.type("6")
        await work.press("enter")
        assert (value(work), left(work)) == ("86", [])


async def by_a_click(work: Work) -> None:
    await to_a_row_by_mouse(work)


async def by_the_key(work: Work) -> None:
    await work.press("down")


@pytest.mark.parametrize("way", [by_a_click, by_the_key, by_a_page_down], ids=lambda way: way.__name__)
async def test_the_row_that_one_comes_to_is_not_open(tmp_path: Path, way: Callable[[Work], Awaitable[None]]) -> None:
    """What is typed next begins anew in its own cell, and Esc leaves both as they are."""
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        table = screen(work).table
        await work.type("86")
        await way(work)
        assert table.row is not None
        at = table.row.indicator
        assert (at != SAFE, table.is_editing, value(work)) == (True, False, "86")
        await work.press("escape")
        assert (value(work), value(work, at)) == ("86", None)
        await work.type("7")
        assert left(work) == ["7"]
        await work.press("escape")
        await work.type("71")
        await work.press("enter")
        assert (value(work), value(work, at)) == ("86", "71")


@pytest.mark.parametrize("more", [1, 2, 40])
async def test_a_column_with_more_figures_than_there_are_rows_is_refused_whole(tmp_path: Path, more: int) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)) as work:
        position = work.content.position
        await work.press("end")
        work.app.post_message(events.Paste("71 %\r" * (1 + more)))
        await work.pilot.pause()
        assert f"{1 + more} utfall klistrades in" in work.shown.replace("\N{NO-BREAK SPACE}", " "), work.shown
        assert (work.content.position, left(work)) == (position, [])


@pytest.mark.thorough
async def test_a_short_question_stays_with_the_reason_and_esc_drops_it_at_once(tmp_path: Path) -> None:
    taken: list[str] = []

    def accept(answers: Mapping[str, str]) -> None:
        if not answers["title"]:
            raise KvaltuiError(Message("Write a title for the plan"))
        taken.append(answers["title"])

    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        for keys, said, kept in ((["enter"], "Skriv en titel", []), (["x", "enter"], "", ["x"])):
            work.app.push_screen(ShortQuestion("En fråga", Questions([FormField("title")]), accept))
            await work.pilot.pause()
            assert "Enter spara" in work.shown
            await work.press(*keys)
            assert said in work.shown
            assert taken == kept
            assert isinstance(work.app.screen, ShortQuestion) is bool(said)
            if said:
                await work.press("y")
                assert said not in work.shown
                await work.press("escape")
                assert not isinstance(work.app.screen, ShortQuestion)
