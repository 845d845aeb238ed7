"""Help for where one stands, the symbols, and the page for beginners."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.events import MouseScrollDown
from textual.screen import Screen

from kvaltui.tui.dialog import Dialog
from kvaltui.tui.modes import MODES
from kvaltui.tui.palette import PaletteScreen
from kvaltui.tui.program import ProgramScreen
from kvaltui.tui.screens.help import GuideScreen, HelpScreen, class_names
from kvaltui.tui.screens.levels_screen import LevelsScreen
from kvaltui.tui.screens.list_screen import ListScreen
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.screens.reading_screen import ReadingScreen
from kvaltui.tui.screens.things_screen import ThingsScreen
from kvaltui.tui.screens.work_screen import WorkScreen
from kvaltui.tui.telling.guide import GUIDE_SECTIONS, PURPOSES
from kvaltui.tui.terminal.calm_screen import CalmModal, CalmScreen
from kvaltui.tui.terminal.textual_private import HookedScreen
from kvaltui.tui.widgets.chrome import KeyBar, TitleLine
from kvaltui.tui.widgets.reading import Reading
from kvaltui.work.remembered import TOUR, first_time
from kvaltui.work.user_guide import guide_sections, plain
from tests.sampled import sampled
from tests.tui.walking import nodes
from tests.tui.work import LINKOPING, NARROW, WIDE, Work, at_work, program

BASES = {
    PlanScreen,
    ListScreen,
    ThingsScreen,
    WorkScreen,
    LevelsScreen,
    Dialog,
    ProgramScreen,
    CalmScreen,
    CalmModal,
    HookedScreen,
}


async def whole_text(work: Work) -> str:
    """All of the text that is open to read, page by page."""
    pages = [work.shown]
    reading = work.app.screen.query_one(Reading)
    while reading.top < reading.last_top:
        await work.press("pagedown")
        pages.append(work.shown)
    return " ".join(pages)


@pytest.mark.parametrize(
    "screen", [each for each in nodes() if issubclass(each, Screen) and each not in BASES], ids=str
)
def test_every_screen_and_dialog_says_what_it_is_for(screen: type[Screen[object]]) -> None:
    assert any(each.__name__ in PURPOSES for each in screen.__mro__), f"guide.PURPOSES lacks {screen.__name__}"


@pytest.mark.thorough
async def test_help_tells_of_the_entry_table_its_keys_figures_and_symbols(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators")) as work:
        await work.press("f1")
        assert isinstance(work.app.screen, HelpScreen)
        assert "ställ markören på en rad och skriv" in work.shown
        text = await whole_text(work)
        for expected in (
            "F2 Ändra",
            "Enter sparar och går till nästa rad som väntar",
            "271 av 705 38 % (271/705)",
            "72–100 % 72 till 100 ett intervall",
            "Ctrl+Z, Mellanslag u Ångra",
            "✓ Uppnått",
            "▲ Delvis uppnått",
            "✗ Ej uppnått",
            "! Konflikt",
        ):
            assert expected in text, expected
        await work.press("escape")
        assert not isinstance(work.app.screen, HelpScreen)


@pytest.mark.thorough
@pytest.mark.parametrize("mode", sampled([mode.name for mode in MODES], keep=3))
async def test_f1_leads_to_help_then_to_the_guide_and_back(tmp_path: Path, mode: str) -> None:
    async with at_work(program(tmp_path, mode=mode)) as work:
        screen = work.app.screen
        await work.press("f1")
        purpose = next(PURPOSES[name] for name in class_names(screen) if name in PURPOSES)
        assert "Hjälp" in work.lines[1]
        assert str(purpose).split()[0] not in work.shown.split()[:6]  # Swedish is spoken
        await work.press("f1")
        assert isinstance(work.app.screen, GuideScreen)
        assert GUIDE_SECTIONS[type(screen).__name__] in work.lines[3]
        await work.press("f1")
        assert work.app.screen is screen


@pytest.mark.parametrize("name", GUIDE_SECTIONS)
def test_what_help_points_at_is_a_heading_of_the_guide(name: str) -> None:
    assert name in PURPOSES
    assert GUIDE_SECTIONS[name] in {each.title for each in guide_sections()}


async def test_the_guide_goes_back_to_help_and_is_found_by_its_name(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="history")) as work:
        await work.press("f1")
        assert "F1 Guiden" in work.shown
        await work.press("f1", "escape")
        assert isinstance(work.app.screen, HelpScreen)
        await work.press("escape", "ctrl+p")
        await work.type("användarguiden")
        await work.press("enter")
        assert isinstance(work.app.screen, GuideScreen)
        assert "Historik och ångra" in work.lines[3]


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(40, 10), NARROW, WIDE])
async def test_the_whole_guide_can_be_read_in_every_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path, mode="overview"), size) as work:
        work.app.push_screen(GuideScreen())
        await work.pilot.pause()
        shown = re.sub(r"[│\s]+", "", await whole_text(work))
        for section in guide_sections():
            assert re.sub(r"\s+", "", section.title) in shown
        last = plain(guide_sections()[-1].lines[-1]).rsplit(maxsplit=2)
        assert "".join(last[1:]) in shown


@pytest.mark.thorough
async def test_help_works_in_a_dialog_and_tells_of_the_dialog(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("ctrl+n", "f1")
        assert "Ett formulär som kontrolleras medan du skriver" in work.shown
        assert "sparar allt i formuläret" in await whole_text(work)
        await work.press("escape", "escape")
        assert isinstance(work.app.screen, PlanScreen)


async def test_help_names_the_users_own_keys(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators", keys={"undo": "Ctrl+T"})) as work:
        await work.press("f1")
        text = await whole_text(work)
        assert "Ctrl+T, Mellanslag u Ångra" in text
        assert "Ctrl+Z" not in text


async def test_help_scrolls_by_line_page_and_wheel(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators")) as work:
        await work.press("f1")
        reading = work.app.screen.query_one(Reading)
        await work.press("down", "down", "up")
        assert reading.top == 1
        await work.press("end")
        assert reading.top == reading.last_top > 1
        await work.press("down")
        assert reading.top == reading.last_top > 1
        await work.press("home")
        assert reading.top == 0
        await work.pilot._post_mouse_events([MouseScrollDown], widget=reading)
        assert reading.top == 3


@pytest.mark.thorough
async def test_ascii_symbols_are_explained_where_they_are_used(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="overview", is_ascii=True)) as work:
        work.app.action_legend()
        await work.pilot.pause()
        text = await whole_text(work)
        assert "+ Uppnått" in text
        assert "✓" not in text


@pytest.mark.thorough
@pytest.mark.parametrize("size", [NARROW, WIDE, (40, 10)])
async def test_the_page_for_beginners_tells_six_things(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(
        program(tmp_path, LINKOPING, mode="indicators", keys={"help": "F6", "risks": "Ctrl+K"}), size
    ) as work:
        work.app.action_tour()
        await work.pilot.pause()
        text = await whole_text(work)
        for word in ("Skriv", "Se", "Ångra", "Meny", "Period", "Hjälp", "Mellanslag g", "Ctrl+Z", "Ctrl+P", "F6"):
            assert word in text, word


async def test_typing_goes_on_to_the_table_below_the_page_for_beginners(tmp_path: Path) -> None:
    app = program(tmp_path, LINKOPING, mode="indicators")
    app._shows_tour = True
    async with at_work(app) as work:
        assert "Sex saker" in work.shown
        await work.press("7")
        assert "Sex saker" not in work.shown
        await work.press("5")
        assert "75" in work.shown


@pytest.mark.thorough
async def test_the_page_for_beginners_is_found_again_in_the_palette(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("ctrl+p")
        assert isinstance(work.app.screen, PaletteScreen)
        await work.type("sex saker")
        await work.press("enter")
        assert isinstance(work.app.screen, ReadingScreen)
        assert "Välkommen" in work.shown
        await work.press("escape")
        assert isinstance(work.app.screen, PlanScreen)


def test_what_is_shown_once_is_remembered_outside_of_the_plan(own_home: Path) -> None:
    assert first_time(TOUR)
    assert not first_time(TOUR)
    assert (own_home / ".local/state/kvaltui/seen-tour").exists()


def test_where_nothing_can_be_remembered_nothing_is_shown_again_and_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert not first_time(TOUR)


@pytest.mark.thorough
async def test_a_click_on_the_counts_explains_the_symbols(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators")) as work:
        await work.pilot.click(TitleLine, offset=(60, 0))
        assert isinstance(work.app.screen, ReadingScreen)
        assert "Delvis uppnått" in work.shown


async def test_a_click_on_how_many_keys_had_no_room_tells_all_of_them(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="indicators"), (40, 24)) as work:
        at = re.search(r"\+\d+", work.footer)
        assert at
        await work.pilot.click(KeyBar, offset=(at.start(), 0))
        assert isinstance(work.app.screen, HelpScreen)
