"""Områden by keyboard alone: assess, add, edit, lay elsewhere, order, retire and bring back, and what stands beside."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Outcome
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator, QualityFactor
from kvaltui.model.tree import ROOT
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.forms.form_screen import FormScreen
from kvaltui.tui.screens.areas import AreasScreen
from kvaltui.tui.screens.picker import Picker
from tests.tui.work import LINKOPING, NACKA, Work, at_work, program

YEAR = Period(2022)
ELDERLY, FRONT = Reference(Kind.AREA, "aldreomsorg"), Reference(Kind.GOAL, "framkant")
SAFE = Reference(Kind.INDICATOR, "sabo-trygghet")


def areas(folder: Path, plan: str = NACKA, *, also: Iterable[AnyEntity] = (), read_only: bool = False) -> KvaltuiApp:
    return program(folder, plan, mode="areas", also=also, read_only=read_only)


async def stand_on(work: Work, reference: Reference) -> None:
    work.app.screen.query_one("PlanTree").go_to(reference)  # type: ignore[attr-defined]
    await work.pilot.pause()


@pytest.mark.thorough
async def test_every_level_has_its_status_and_its_figures(tmp_path: Path) -> None:
    async with at_work(areas(tmp_path)) as work:
        assert work.line_with("›").split()[-5:] == ["▲", "Delvis", "19", "av", "34"]
        assert "▲ Delvis" in work.line_with(" Äldreomsorg")
        assert work.line_with(" Äldreomsorg").endswith("1 av 5")
        await stand_on(work, SAFE)
        assert work.line_with("›").split()[-4:] == ["▲", "Delvis", "86", "%"]
        assert "14 procentenheter under målet" in work.shown


@pytest.mark.thorough
async def test_an_assessment_stands_beside_what_is_computed_and_is_marked_when_its_ground_moves(
    tmp_path: Path,
) -> None:
    async with at_work(areas(tmp_path)) as work:
        await stand_on(work, ELDERLY)
        await work.press("space", "b")
        await work.type("u")
        await work.press("tab")
        await work.type("Maten är redan bättre")
        await work.press("enter")
        assert work.find(Assessment, "area/aldreomsorg/2022") == Assessment(
            subject_kind=Kind.AREA,
            subject="aldreomsorg",
            period=YEAR,
            status=Status.ACHIEVED,
            motivation="Maten är redan bättre",
        )
        assert work.line_with("›").split()[1:5] == ["✓", "Uppnått", "▲", "Delvis"]
        assert "Bedömt av Samordnaren: ✓ Uppnått. Maten är redan bättre" in work.shown
        work.app.session.record([Outcome(indicator="sabo-trygghet", period=YEAR, value="20 %")])
        await work.pilot.pause()
        assert "! ▲ Delvis" in work.line_with("›")
        assert "Underlaget har ändrats sedan bedömningen" in work.shown
        await work.press("space", "w")
        assert "Beräknat" not in work.lines[2]
        assert work.line_with("›").split()[1:3] == ["▲", "Delvis"]


@pytest.mark.thorough
async def test_an_assessment_without_a_motivation_is_not_stored(tmp_path: Path) -> None:
    async with at_work(areas(tmp_path)) as work:
        before = work.content.position
        await stand_on(work, SAFE)
        await work.press("space", "b", "u", "enter", "enter")
        assert isinstance(work.app.screen, FormScreen)
        assert work.content.position == before
        await work.press("escape", "escape")
        await stand_on(work, ROOT)
        await work.press("space", "b")
        assert "Helheten följer av dem" in work.shown


async def test_area_goal_and_indicator_are_made_under_each_other(tmp_path: Path) -> None:
    async with at_work(areas(tmp_path)) as work:
        await work.press("ctrl+n", "o", "enter")
        await work.type("Ny enhet [/x]")
        await work.press("enter")
        assert work.find(Area, "ny-enhet-x").parent == ""  # type: ignore[union-attr]
        assert "Ny enhet [/x]" in work.line_with("›")
        await work.press("ctrl+n", "o", "enter")
        await work.type("Inom den")
        await work.press("enter")
        assert work.find(Area, "inom-den").parent == "ny-enhet-x"  # type: ignore[union-attr]
        await work.press("ctrl+n", "m", "enter")
        await work.type("Ett mål")
        await work.press("enter", "ctrl+n", "i", "enter")
        await work.type("En indikator")
        await work.press("enter")
        goal, indicator = work.find(Goal, "ett-mal"), work.find(Indicator, "en-indikator")
        assert isinstance(goal, Goal)
        assert (goal.area, goal.parent) == ("inom-den", "")
        assert isinstance(indicator, Indicator)
        assert (indicator.area, indicator.goal) == ("inom-den", "ett-mal")
        assert list(work.content.tree.ancestors(Reference(Kind.INDICATOR, "en-indikator")))[:3] == [
            Reference(Kind.GOAL, "ett-mal"),
            Reference(Kind.AREA, "inom-den"),
            Reference(Kind.AREA, "ny-enhet-x"),
        ]
        await stand_on(work, ROOT)
        await work.press("ctrl+n", "k", "enter")
        await work.type("Delaktighet")
        await work.press("enter")
        assert work.find(QualityFactor, "delaktighet") is not None


@pytest.mark.thorough
async def test_a_second_area_with_the_same_key_is_refused_beside_its_field(tmp_path: Path) -> None:
    async with at_work(areas(tmp_path)) as work:
        before = work.content.position
        await work.press("ctrl+n", "o", "enter")
        await work.type("Omtag")
        await work.press(*["tab"] * 4, "enter", "ctrl+u")
        await work.type("aldreomsorg")
        await work.press("enter")
        assert isinstance(work.app.screen, FormScreen)
        assert "Nyckeln ”aldreomsorg” är redan upptagen" in work.shown
        assert work.content.position == before


@pytest.mark.thorough
async def test_things_are_edited_with_f2(tmp_path: Path) -> None:
    async with at_work(areas(tmp_path)) as work:
        await stand_on(work, ELDERLY)
        await work.press("f2", "end")
        await work.type(" och hälsa")
        await work.press("enter")
        assert work.find(Area, "aldreomsorg").name == "Äldreomsorg och hälsa"  # type: ignore[union-attr]
        assert "Äldreomsorg och hälsa" in work.line_with("›")


@pytest.mark.thorough
async def test_a_goal_is_laid_under_an_area_and_what_lies_under_it_follows(tmp_path: Path) -> None:
    under = Goal(key="delmal", name="Delmål", parent="framkant")
    figure = Indicator(key="matt", name="Mått", goal="delmal")
    async with at_work(areas(tmp_path, also=[under, figure])) as work:
        await stand_on(work, FRONT)
        await work.press("space", "l")
        assert isinstance(work.app.screen, Picker)
        offered = [line.split("│")[1] for line in work.lines if line.count("│") == 2]
        assert any("Äldreomsorg" in each for each in offered)
        assert not any("Delmål" in each for each in offered)
        await work.type("kult")
        await work.press("enter")
        goals = {each.key: each for each in work.content.active(Goal)}
        assert goals["framkant"].area == goals["delmal"].area == "kultur-och-fritid"
        assert work.find(Indicator, "matt").area == "kultur-och-fritid"  # type: ignore[union-attr]
        assert next(work.content.tree.ancestors(FRONT)) == Reference(Kind.AREA, "kultur-och-fritid")
        assert "Ligger nu under Kultur- och fritid" in work.shown
        assert work.app.screen.reference == FRONT  # type: ignore[attr-defined]
        await work.press("ctrl+z")
        assert work.find(Goal, "delmal") == under


@pytest.mark.thorough
async def test_an_area_never_lies_under_itself(tmp_path: Path) -> None:
    inner = Area(key="inre", name="Inre", parent="aldreomsorg", order=9)
    async with at_work(areas(tmp_path, also=[inner])) as work:
        await stand_on(work, ELDERLY)
        await work.press("space", "l")
        assert not any("Inre" in line.split("│")[1] for line in work.lines if line.count("│") == 2)
        await work.press("escape", "f2", "tab", "tab", "space")
        await work.type("inre")
        await work.press("enter")
        assert "kan inte ligga under sig" in work.shown
        await work.press("enter")
        assert isinstance(work.app.screen, FormScreen)
        assert work.find(Area, "aldreomsorg").parent == ""  # type: ignore[union-attr]


@pytest.mark.parametrize(("key", "place"), [("ctrl+down", 1), ("ctrl+up", 0)])
async def test_things_change_places_with_those_beside_them(tmp_path: Path, key: str, place: int) -> None:
    async with at_work(areas(tmp_path)) as work:
        await stand_on(work, ELDERLY)
        await work.press(key)
        tops = [node for node in work.content.tree.children[ROOT] if node.kind is Kind.AREA]
        assert tops.index(ELDERLY) == place
        assert work.app.screen.reference == ELDERLY  # type: ignore[attr-defined]


@pytest.mark.thorough
async def test_what_is_used_is_not_retired_and_what_is_retired_is_brought_back(tmp_path: Path) -> None:
    alone = Area(key="tomt", name="Tomt område", order=9)
    async with at_work(areas(tmp_path, also=[alone])) as work:
        await stand_on(work, ELDERLY)
        await work.press("delete")
        assert "används av" in work.shown
        assert not work.find(Area, "aldreomsorg").retired
        await stand_on(work, Reference(Kind.AREA, "tomt"))
        await work.press("delete")
        assert work.find(Area, "tomt").retired
        assert not any("Tomt område" in line for line in work.lines[2:17])
        await work.press("space", "f", "end", "enter")
        assert "Tomt område (område)" in work.line_with("›")
        await work.press("enter")
        assert not work.find(Area, "tomt").retired
        assert "Tomt område" in work.line_with("›")
        assert len([line for line in work.lines[3:17] if line.strip()]) > 5
        await work.press("space", "f", "end", "enter")
        assert "Inget är arkiverat" in work.shown


@pytest.mark.thorough
async def test_the_tree_is_narrowed_to_what_waits(tmp_path: Path) -> None:
    waiting = Indicator(key="vantar", name="Den som väntar", area="omsorg-och-assistans", order=99)
    async with at_work(areas(tmp_path, also=[waiting])) as work:
        assert "1 väntar" in work.line_with("Omsorg och assistans")
        await work.press("space", "f", "down", "enter")
        shown = [line.strip() for line in work.lines[3:17] if line.strip()]
        assert len(shown) == 3
        assert "Den som väntar" in shown[2]
        await work.press("escape")
        assert sum(1 for line in work.lines[3:17] if line.strip()) > 3


@pytest.mark.thorough
async def test_what_is_made_in_a_narrowed_tree_is_shown_and_said_to_be_stored(tmp_path: Path) -> None:
    async with at_work(areas(tmp_path)) as work:
        await work.press("space", "f", "down", "down", "enter")
        assert "Filte" in work.lines[1]
        await work.press("ctrl+n", "o", "enter")
        await work.type("Ny enhet")
        await work.press("enter")
        assert "Ny enhet" in work.line_with("›")
        assert "Filte" not in work.lines[1]
        assert "Sparat" in work.shown


async def test_enter_goes_to_the_figure_and_folds_what_has_something_under_it(tmp_path: Path) -> None:
    async with at_work(areas(tmp_path)) as work:
        await stand_on(work, ELDERLY)
        await work.press("enter")
        assert not any("Särskilt boende" in line for line in work.lines[2:17])
        await work.press("right", "down", "enter")
        assert work.app.current_mode == "indicators"
        assert "Särskilt boende" in work.line_with("›")


@pytest.mark.thorough
async def test_a_big_plan_keeps_its_place_when_others_change_it(tmp_path: Path) -> None:
    async with at_work(areas(tmp_path, LINKOPING)) as work:
        await work.press("end", "up", "up")
        screen = work.app.screen
        assert isinstance(screen, AreasScreen)
        here, lines = screen.reference, work.lines
        work.app.session.record([Area(key="ny", name="Ny", order=999)])
        await work.pilot.pause()
        assert screen.reference == here
        assert work.lines.index(work.line_with("›")) == lines.index(next(each for each in lines if "›" in each))


@pytest.mark.thorough
async def test_targets_are_set_from_the_tree(tmp_path: Path) -> None:
    async with at_work(areas(tmp_path)) as work:
        await stand_on(work, SAFE)
        await work.press("space", "t", "ctrl+u")
        await work.type("80 %")
        await work.press("enter")
        target = work.content.target("sabo-trygghet", YEAR)
        assert target is not None
        assert target.value == "80 %"
        assert "✓ Uppnått" in work.line_with("›")


@pytest.mark.thorough
async def test_the_plan_itself_is_edited_on_its_row(tmp_path: Path) -> None:
    async with at_work(areas(tmp_path)) as work:
        await work.press("f2", "ctrl+u")
        await work.type("Vår plan")
        await work.press("enter")
        assert work.content.plan.title == "Vår plan"
        assert "Vår plan" in work.lines[1]


@pytest.mark.thorough
async def test_indicators_are_made_edited_aimed_and_retired_in_the_entry_table(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators")) as work:
        work.app.screen.show_reference(SAFE)  # type: ignore[attr-defined]
        await work.press("ctrl+n")
        await work.type("Väntetid")
        await work.press("enter")
        made = work.find(Indicator, "vantetid")
        assert isinstance(made, Indicator)
        assert made.area == "aldreomsorg"
        assert "Väntetid" in work.line_with("›")
        await work.press("space", "t")
        await work.type("högst 5")
        await work.press("enter")
        target = work.content.target("vantetid", YEAR)
        assert target is not None
        assert target.value == "högst 5"
        await work.press("space", "e", "end")
        await work.type(" i dagar")
        await work.press("enter")
        assert work.find(Indicator, "vantetid").name == "Väntetid i dagar"  # type: ignore[union-attr]
        await work.press("delete")
        assert work.find(Indicator, "vantetid").retired
        assert "Väntetid" not in "".join(work.lines[2:15])


MOTIVATION = " ".join(f"skäl {number} av alla som ska stå i protokollet" for number in range(1, 13))


def an_assessment(subject: Reference) -> Assessment:
    return Assessment(
        subject_kind=subject.kind,
        subject=subject.key,
        period=YEAR,
        status=Status.ACHIEVED,
        motivation=MOTIVATION,
    )


@pytest.mark.parametrize("subject", [ELDERLY, FRONT, SAFE])
async def test_a_long_motivation_is_read_whole(tmp_path: Path, subject: Reference) -> None:
    async with at_work(areas(tmp_path, also=[an_assessment(subject)])) as work:
        await stand_on(work, subject)
        work.app.screen.action_explain()  # type: ignore[attr-defined]
        await work.pilot.pause()
        assert MOTIVATION in work.shown


@pytest.mark.parametrize("subject", [ELDERLY, SAFE])
async def test_an_assessment_that_is_out_of_date_says_what_has_changed(tmp_path: Path, subject: Reference) -> None:
    changed = Outcome(indicator="sabo-trygghet", period=YEAR, value="71 %")
    async with at_work(areas(tmp_path, also=[an_assessment(subject), changed])) as work:
        await stand_on(work, subject)
        work.app.screen.action_explain()  # type: ignore[attr-defined]
        await work.pilot.pause()
        assert "Underlaget har ändrats sedan bedömningen: Särskilt boende" in work.shown
        assert ": utfall 71 %" in work.shown


async def test_undo_says_what_it_took_back_and_goes_there(tmp_path: Path) -> None:
    changed = Outcome(indicator="sabo-trygghet", period=YEAR, value="71 %")
    async with at_work(areas(tmp_path)) as work:
        work.app.session.record([changed])
        await work.press("ctrl+z")
        assert "Ångrat: utfall Särskil" in work.shown
        assert ", 71 % → 86 %. Ctrl+Y gör om det." in work.shown
        assert work.app.current_mode == "indicators"
        assert " 86 " in work.line_with("›")
        await work.press("ctrl+y")
        assert "Gjort på nytt: utfall Särskilt bo" in work.shown
        assert " 71 " in work.line_with("›")
