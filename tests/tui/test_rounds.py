"""The reporting round by keyboard alone: a new period with its targets, areas complete and opened again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.reporting import Completion, Outcome, TargetValue
from kvaltui.model.structure import Area
from kvaltui.store.history import history
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.entry.table import EntryTable
from kvaltui.tui.forms.questions import QuestionScreen
from kvaltui.tui.screens.areas import AreasScreen
from kvaltui.tui.screens.indicators import IndicatorsScreen
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.widgets.plan_tree import PlanTree
from tests.tui.work import NACKA, Work, at_work, program

YEAR = Period(2022)
ELDERLY = Reference(Kind.AREA, "aldreomsorg")
SAFE = Reference(Kind.INDICATOR, "sabo-trygghet")
COMPLETE = Completion(area="aldreomsorg", period=YEAR)


def nacka(folder: Path, mode: str, *, also: Iterable[AnyEntity] = ()) -> KvaltuiApp:
    return program(folder, NACKA, mode=mode, also=also)


async def stand_on(work: Work, reference: Reference) -> None:
    work.app.screen.show_reference(reference)  # type: ignore[attr-defined]
    await work.pilot.pause()


def periods(work: Work) -> list[str]:
    return [str(each) for each in work.content.plan.periods]


def completion(work: Work) -> Completion | None:
    return work.content.get(Completion, "aldreomsorg/2022")


@pytest.mark.thorough
async def test_the_next_period_is_proposed_with_its_targets(tmp_path: Path) -> None:
    async with at_work(nacka(tmp_path, "areas")) as work:
        await work.press("space", "a", "p")
        assert "2023" in work.line_with("›Ny period")
        assert "34 målvärden kopieras" in work.shown
        await work.press("enter")
        assert periods(work) == ["2022", "2023"]
        assert work.app.session.period == Period(2023)
        assert work.content.target("sabo-trygghet", Period(2023)) == TargetValue(
            indicator="sabo-trygghet", period=Period(2023), value="100 %"
        )
        assert "5 väntar" in work.line_with("Äldreomsorg")
        assert "Sparat" in work.shown
        await work.press("ctrl+z")
        assert periods(work) == ["2022"]
        assert work.app.session.period == YEAR


@pytest.mark.thorough
async def test_a_period_is_added_from_where_one_is_chosen(tmp_path: Path) -> None:
    async with at_work(nacka(tmp_path, "areas")) as work:
        await work.press("ctrl+right")
        assert "Planen har ingen senare period. Mellanslag p väljer en, eller lägger till en." in work.shown
        await work.press("ctrl+left")
        assert "Planen har ingen tidigare period" in work.shown
        await work.press("space", "p")
        await work.type("ny")
        await work.press("enter", "enter")
        assert periods(work) == ["2022", "2023"]


@pytest.mark.thorough
async def test_a_period_without_targets(tmp_path: Path) -> None:
    async with at_work(nacka(tmp_path, "overview")) as work:
        await work.press("space", "a", "p", "ctrl+u")
        await work.type("2023-t1")
        await work.press("tab", "space", "home", "up", "up", "enter")
        assert "0 målvärden kopieras" in work.shown
        await work.press("enter")
        assert periods(work) == ["2022", "2023-T1"]
        assert work.content.target("sabo-trygghet", Period.parse("2023-T1")) is None


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("typed", "told"), [("2022", "redan perioden 2022"), ("nästa år", "är ingen period"), ("", "Måste fyllas i")]
)
async def test_a_period_that_will_not_do_is_told_and_kept(tmp_path: Path, typed: str, told: str) -> None:
    async with at_work(nacka(tmp_path, "areas")) as work:
        before = work.content.position
        await work.press("space", "a", "p", "ctrl+u")
        await work.type(typed)
        await work.press("enter")
        screen = work.app.screen
        assert isinstance(screen, QuestionScreen)
        assert told in work.shown
        assert typed in work.line_with("›Ny period")
        assert work.content.position == before


@pytest.mark.thorough
async def test_an_area_is_marked_complete_in_the_tree_and_its_figures_are_locked(tmp_path: Path) -> None:
    async with at_work(nacka(tmp_path, "areas")) as work:
        await stand_on(work, ELDERLY)
        await work.press("space", "k")
        assert completion(work) == COMPLETE
        assert "klar" in work.line_with("›").split()
        assert "Klart för 2022 och låst: Äldreomsorg" in work.shown
        assert "klarmarkerades" in work.shown
        await work.press("f5")
        await stand_on(work, SAFE)
        await work.press("4")
        table = work.app.screen.query_one(EntryTable)
        assert not table.is_editing
        assert "Låst, Mellanslag k öppnar igen" in work.shown
        await work.press("f2")
        assert not table.is_editing
        assert work.content.outcome("sabo-trygghet", YEAR).value == "86 %"  # type: ignore[union-attr]


@pytest.mark.thorough
async def test_an_area_is_marked_complete_and_opened_again_from_the_entry_table(tmp_path: Path) -> None:
    async with at_work(nacka(tmp_path, "indicators")) as work:
        await stand_on(work, SAFE)
        await work.press("space", "k")
        assert completion(work) == COMPLETE
        assert "klar" in work.line_with("Äldreomsorg").split()
        await work.press("space", "k")
        assert isinstance(work.app.screen, QuestionScreen)
        await work.press("enter")
        assert isinstance(work.app.screen, QuestionScreen)
        assert "Måste fyllas i" in work.shown
        await work.type("Ett utfall var fel [/x]")
        await work.press("enter")
        assert completion(work) == Completion(
            area="aldreomsorg", period=YEAR, complete=False, motivation="Ett utfall var fel [/x]"
        )
        assert history(work.app.session.database, NACKA, ELDERLY, limit=1)[0].reason == "Ett utfall var fel [/x]"
        await work.press("8", "7", "enter")
        assert work.content.outcome("sabo-trygghet", YEAR).value == "87"  # type: ignore[union-attr]


@pytest.mark.thorough
async def test_a_motivation_that_is_typed_is_not_lost_by_one_key(tmp_path: Path) -> None:
    async with at_work(nacka(tmp_path, "areas", also=[COMPLETE])) as work:
        await stand_on(work, ELDERLY)
        await work.press("space", "k")
        await work.type("För att")
        await work.press("escape")
        assert "För att" in work.shown
        assert "Esc en gång till" in work.shown
        await work.press("escape")
        assert isinstance(work.app.screen, AreasScreen)
        assert completion(work) == COMPLETE


async def test_marking_an_area_with_figures_missing_tells_how_many(tmp_path: Path) -> None:
    blank = Outcome(indicator="sabo-trygghet", period=YEAR, value="")
    async with at_work(nacka(tmp_path, "areas", also=[blank])) as work:
        await stand_on(work, ELDERLY)
        await work.press("space", "k")
        assert "Klart för 2022 och låst, med 1 utfall som saknas: Äldreomsorg" in work.shown


async def test_what_lies_in_a_complete_area_is_opened_where_it_was_marked(tmp_path: Path) -> None:
    inner = Area(key="hemtjanst", name="Hemtjänst", parent="aldreomsorg", order=9)
    async with at_work(nacka(tmp_path, "areas", also=[inner, COMPLETE])) as work:
        await stand_on(work, Reference(Kind.AREA, "hemtjanst"))
        assert "klar" in work.line_with("›").split()
        await work.press("space", "k")
        assert "ligger i Äldreomsorg, som är klarmarkerat" in work.shown
        assert completion(work) == COMPLETE


@pytest.mark.thorough
async def test_a_form_in_a_complete_area_keeps_what_is_written(tmp_path: Path) -> None:
    async with at_work(nacka(tmp_path, "areas", also=[COMPLETE])) as work:
        await stand_on(work, SAFE)
        await work.press("space", "t", "ctrl+u")
        await work.type("50 %")
        await work.press("enter")
        assert "klarmarkerat för 2022" in work.shown
        assert "50 %" in work.shown
        assert work.content.target("sabo-trygghet", YEAR).value == "100 %"  # type: ignore[union-attr]


@pytest.mark.thorough
async def test_everything_of_the_round_is_in_the_palette(tmp_path: Path) -> None:
    async with at_work(nacka(tmp_path, "areas")) as work:
        await work.press("ctrl+p")
        await work.type("ny period")
        await work.press("enter")
        assert isinstance(work.app.screen, QuestionScreen)
        await work.press("escape")
        await stand_on(work, ELDERLY)
        await work.press("ctrl+p")
        await work.type("klarmarkera")
        await work.press("enter")
        assert completion(work) == COMPLETE


async def test_what_is_marked_complete_shows_in_another_screen_at_once(tmp_path: Path) -> None:
    async with at_work(nacka(tmp_path, "areas")) as work:
        await stand_on(work, ELDERLY)
        tree = work.app.screen.query_one(PlanTree)
        work.app.session.record([COMPLETE])
        await work.pilot.pause()
        assert tree.node == ELDERLY
        assert "klar" in work.line_with("›").split()


DOUBTFUL = Outcome(indicator="sabo-trygghet", period=YEAR, value="3 500")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("keys", "is_complete", "screen"),
    [
        (["enter"], False, AreasScreen),
        (["escape"], False, AreasScreen),
        (["down", "enter"], True, AreasScreen),
        (["down", "down", "enter"], False, IndicatorsScreen),
    ],
)
async def test_before_an_area_is_complete_what_looks_wrong_in_it_is_listed_and_asked_about(
    tmp_path: Path, keys: list[str], is_complete: bool, screen: type[PlanScreen]
) -> None:
    async with at_work(nacka(tmp_path, "areas", also=[DOUBTFUL])) as work:
        await stand_on(work, ELDERLY)
        await work.press("space", "k")
        assert "Äldreomsorg: 1 utfall ser fel ut" in work.shown
        assert "! Särskilt boende - andel kunder som känner sig trygga: 3 500 %" in work.shown
        assert "en procentsats utanför 0–100" in work.shown
        assert "långt från föregående utfall eller från målvärdet" in work.shown
        await work.press(*keys)
        assert (completion(work) == COMPLETE) is is_complete
        assert isinstance(work.app.screen, screen)


async def test_an_area_is_complete_at_once_where_only_figures_of_others_look_wrong(tmp_path: Path) -> None:
    async with at_work(nacka(tmp_path, "areas", also=[DOUBTFUL])) as work:
        await stand_on(work, Reference(Kind.AREA, "familj-och-arbete"))
        await work.press("space", "k")
        assert work.content.get(Completion, "familj-och-arbete/2022") is not None


@pytest.mark.thorough
async def test_an_area_that_is_open_again_no_longer_says_that_it_is_locked(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators", also=[COMPLETE])) as work:
        await stand_on(work, SAFE)
        await work.press("4")
        assert "Låst" in work.shown
        work.app.screen.action_complete()  # type: ignore[attr-defined]
        await work.pilot.pause()
        await work.type("Ett utfall var fel")
        await work.press("enter")
        assert "öppet igen" in work.shown
        assert "lås" not in work.shown.lower()
        assert "14 procentenheter under målet" in work.shown
