"""The first start: five ways to begin, a row to try on that leaves no trace, and the first five minutes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui import config_file, i18n
from kvaltui.config import Config
from kvaltui.exchange.starter import demo_document, starter_plans
from kvaltui.model.figure import FigureError
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.period import Period
from kvaltui.model.status import Status
from kvaltui.store.author import Author
from kvaltui.store.database import Database
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.first_start import FirstStart
from kvaltui.tui.screens.help import GuideScreen, HelpScreen
from kvaltui.tui.screens.menu import MenuScreen
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.screens.tour import StepList, TourScreen
from kvaltui.tui.telling.guide import _FIGURES
from kvaltui.tui.widgets.trial_row import TrialRow
from kvaltui.tui.widgets.ways import WayList
from kvaltui.work.plan_maker import Beginning, BeginningError, Begun
from kvaltui.work.trial import Trial
from tests.sampled import sampled
from tests.tui.work import LINKOPING, NARROW, WIDE, Work, at_work, program

OLGA = Author("olga", "Olga")
TODAY = date(2026, 11, 27)


def never() -> Database:
    raise AssertionError("nothing is made before something is chosen")


@asynccontextmanager
async def started(
    folder: Path, size: tuple[int, int] = NARROW, opened: Callable[[], Database] = never
) -> AsyncIterator[Work]:
    """The first start in a window of a size."""
    settings = Config(folder=folder, path=folder / "config.toml")
    app = FirstStart(Beginning(opened, OLGA), "kvaltui.db", settings)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Work(app, pilot)  # type: ignore[arg-type]  # it has keys and a screen, as the program has


def chosen(work: Work) -> object:
    """What the first start has returned."""
    return work.app.return_value


# The ways


@pytest.mark.parametrize("size", [NARROW, WIDE, (40, 10)])
async def test_every_way_stands_in_a_sentence_and_the_templates_beside_or_beneath(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with started(tmp_path, size) as work:
        for way in ("Fyll i en plan som finns", "Börja från en mall", "Bygg en egen", "Titta först"):
            assert way in work.shown
        assert "_________" in work.line_with("Trygghe")
        if size != (40, 10):
            assert "med påhittade siffror som slängs efteråt" in work.shown
            assert "Kvalitetsplan 2024" in work.shown
        if size == WIDE:
            for plan in starter_plans():
                assert f"{plan.areas} områden, {plan.indicators} indikatorer" in work.shown
        assert work.footer.startswith(" Mellanslag Meny")


async def test_the_panel_tells_of_the_way_that_the_cursor_stands_on(tmp_path: Path) -> None:
    async with started(tmp_path) as work:
        await work.press("home")
        assert "mappen där kollegornas kopior ligger" in work.shown
        await work.type("titta")
        assert "Allt slängs när du avslutar" in work.shown


async def test_a_template_is_begun_with_two_keys(tmp_path: Path) -> None:
    with open_database(tmp_path / "1.db", create=True) as database:
        async with started(tmp_path, opened=lambda: database) as work:
            await work.press("enter", "enter")
            assert chosen(work) == Begun("nacka-2022")


@pytest.mark.parametrize("way", ["bygg", "klistra"])
async def test_a_plan_of_ones_own_goes_on_to_its_rows(tmp_path: Path, way: str) -> None:
    with open_database(tmp_path / "1.db", create=True) as database:
        async with started(tmp_path, opened=lambda: database) as work:
            await work.type(way)
            await work.press("enter")
            await work.type("Min plan")
            await work.press("enter")
            assert chosen(work) == Begun("min-plan", builds=True)
        assert load_plan(database, "min-plan").plan.periods == (Period(date.today().year),)  # noqa: DTZ011


async def test_to_look_around_makes_nothing(tmp_path: Path) -> None:
    async with started(tmp_path) as work:
        await work.press("end", "enter")
        assert chosen(work) == Begun("")


async def test_a_file_that_cannot_be_read_is_told_and_the_path_stays(tmp_path: Path) -> None:
    with open_database(tmp_path / "1.db", create=True) as database:
        async with started(tmp_path, opened=lambda: database) as work:
            await work.press("home", "enter")
            await work.type("finns-inte.toml")
            await work.press("enter")
            assert "finns-inte.toml" in work.shown
            assert work.app.is_running


def test_a_folder_with_a_database_says_how_that_is_opened(tmp_path: Path) -> None:
    (tmp_path / "kvaltui.db").touch()
    with pytest.raises(BeginningError) as refused:
        Beginning(never, OLGA).from_file(str(tmp_path))
    assert f"kvaltui --db {tmp_path / 'kvaltui.db'}" in i18n.say(refused.value.message)


def test_a_folder_without_any_plan_is_named(tmp_path: Path) -> None:
    with pytest.raises(BeginningError) as refused:
        Beginning(never, OLGA).from_file(str(tmp_path))
    assert str(tmp_path) in i18n.say(refused.value.message)


def test_the_plan_to_look_around_in_has_something_of_everything() -> None:
    content = demo_document(TODAY).content
    result = judge_plan(content, Period(2026), TODAY)
    statuses = {each.status for each in result.indicators.values()}
    assert {Status.ACHIEVED, Status.PARTIALLY_ACHIEVED, Status.NOT_ASSESSED} <= statuses
    assert any(each.doubts for each in result.indicators.values())
    assert any(not each.is_reported for each in result.indicators.values())
    assert "påhittad" in content.plan.title


# The row to try on


@given(
    st.one_of(st.sampled_from([text for line, _told in _FIGURES for text in line.split("   ")]), st.text(max_size=12))
)
def test_whatever_a_figure_can_be_is_read_and_judged_as_in_a_plan(text: str) -> None:
    trial = Trial(TODAY)
    try:
        judged = trial.judged(text)
    except FigureError:
        with pytest.raises(FigureError):
            trial.enter(text)
        assert trial.text == ""
    else:
        trial.enter(text)
        assert trial.text == text
        assert judged.status in Status
        assert trial.take_back() is bool(text)
        assert trial.text == ""


async def test_a_figure_is_tried_judged_and_taken_back(tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    async with started(tmp_path) as work:
        await work.press("tab", "8", "6")
        assert "86 % → ▲ Delvis" in work.shown
        assert "4 procentenheter under målet" in work.shown
        await work.press("enter")
        assert "▲ Delvis" in work.line_with("Trygghet i boendet")
        await work.type("3 500")
        assert "! " in work.shown
        assert "utanför 0–100" in work.shown
        await work.press("enter", "ctrl+z")
        assert "86" in work.line_with("Trygghet i boendet")
        await work.press("ctrl+z")
        assert "väntar" in work.line_with("Trygghet i boendet")
        await work.press("ctrl+z")
        assert "inget att ångra" in work.shown
        await work.type("nonsens")
        await work.press("enter")
        assert "nonsens" in work.line_with("Trygghet i boendet")
        await work.press("escape", "tab", "escape")
        assert chosen(work) is None
    assert sorted(tmp_path.rglob("*")) == before


async def test_what_is_pasted_is_tried_too_and_tab_lets_it_stand(tmp_path: Path) -> None:
    async with started(tmp_path) as work:
        await work.press("tab")
        await work.type("ca 95")
        await work.press("tab")
        assert isinstance(work.app.focused, WayList)
        assert "✓ Uppnått" in work.line_with("Trygghet i boendet")


# The menu


async def test_language_and_colours_are_chosen_from_the_menu_and_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with started(tmp_path) as work:
        await work.press("space", "2")
        await work.type("ljust")
        await work.press("enter")
        assert work.app.theme == "light"
        await work.press("space", "1")
        await work.type("engelska")
        await work.press("enter")
        try:
            assert "How do you want to begin?" in work.shown
        finally:
            i18n.install("sv")
        settings = config_file.load(tmp_path / "config.toml")
        assert (settings.language, settings.theme) == ("en", "light")
        assert (work.app.settings.language, work.app.settings.theme) == ("en", "light")


async def test_help_the_guide_and_the_first_five_minutes_are_reached(tmp_path: Path) -> None:
    async with started(tmp_path) as work:
        await work.press("f1")
        assert isinstance(work.app.screen, HelpScreen)
        await work.press("f1")
        assert isinstance(work.app.screen, GuideScreen)
        await work.press("f1", "space", "3")
        assert isinstance(work.app.screen, TourScreen)


# The first five minutes


STEPS = (("8", "6"), ("enter",), ("ctrl+z",), ("space", "escape"), ("enter",))
"""What is done at each step."""


@asynccontextmanager
async def on_tour(folder: Path, size: tuple[int, int] = NARROW) -> AsyncIterator[Work]:
    async with at_work(program(folder, LINKOPING, mode="overview"), size) as work:
        work.app.action_first_minutes()
        await work.pilot.pause()
        yield work


@pytest.mark.parametrize("size", [NARROW, WIDE, (40, 10)])
async def test_the_tour_is_done_step_by_step_and_leaves_no_trace(tmp_path: Path, size: tuple[int, int]) -> None:
    async with on_tour(tmp_path, size) as work:
        before = work.content.position
        for at, keys in enumerate(STEPS):
            assert work.app.screen.query_one(StepList).at == at
            assert isinstance(work.app.screen, TourScreen)
            await work.press(*keys)
        assert isinstance(work.app.screen, PlanScreen)
        assert work.content.position == before
        assert not work.app.session.unstored


@pytest.mark.parametrize("done", sampled(range(len(STEPS)), keep=2))
async def test_esc_ends_the_tour_at_any_step(tmp_path: Path, done: int) -> None:
    async with on_tour(tmp_path) as work:
        for keys in STEPS[:done]:
            await work.press(*keys)
        if done == 1:
            await work.press("escape")  # what is half typed is dropped first
        await work.press("escape")
        assert isinstance(work.app.screen, PlanScreen)


async def test_the_tour_goes_by_the_users_own_keys_and_opens_a_menu_of_its_own(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, keys={"undo": "Ctrl+T"})) as work:
        work.app.action_first_minutes()
        await work.pilot.pause()
        assert "Ctrl+T tar tillbaka den" in work.shown
        await work.press("9", "1", "enter", "ctrl+t")
        assert "väntar" in work.line_with("Trygghet i boendet")
        await work.press("space")
        assert isinstance(work.app.screen, MenuScreen)
        assert "u Ångra" in work.shown


async def test_help_and_the_palette_lead_to_the_tour(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="overview")) as work:
        assert isinstance(work.app, KvaltuiApp)
        await work.press("f1", "tab")
        assert isinstance(work.app.screen, TourScreen)
        await work.press("escape", "escape", "ctrl+p")
        await work.type("nyborjare minuterna")
        await work.press("enter")
        assert isinstance(work.app.screen, TourScreen)
        assert isinstance(work.app.focused, TrialRow)
