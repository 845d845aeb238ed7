"""Forms by keyboard alone: written in, checked while typing, stored with Enter, dropped with Esc."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual import events

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, MeasureStatus, Result, ResultStatus, Risk, SelfCheck
from kvaltui.model.reporting import Assessment, TargetValue
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.store import journal
from kvaltui.store.author import Author
from kvaltui.store.errors import DiskFull
from kvaltui.store.history import history
from kvaltui.system_error import explain
from kvaltui.tui.forms import editing
from kvaltui.tui.forms.form_screen import FormScreen
from tests.tui.work import Work, at_work, program

GRAVEST = "vald-ingen-insats"


def is_open(work: Work) -> bool:
    return isinstance(work.app.screen, FormScreen)


@pytest.mark.thorough
async def test_a_risk_is_made_by_keyboard_alone(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("ctrl+n")
        await work.type("Ny risk [/x] åäö 1,5")
        await work.press("tab", "5", "down", "5", "tab", "tab")
        await work.type("Enhetschef")
        await work.press("tab")
        await work.type("vux")
        await work.press("enter", "tab")
        await work.type("besk")
        await work.press("enter")
        await work.type("Första raden")
        await work.press("ctrl+n")
        await work.type("andra raden")
        await work.press("enter")
        assert not is_open(work)
        assert work.find(Risk, "ny-risk-x-aao-1-5") == Risk(
            key="ny-risk-x-aao-1-5",
            title="Ny risk [/x] åäö 1,5",
            description="Första raden\nandra raden",
            likelihood=5,
            consequence=5,
            level=25,
            responsible="Enhetschef",
            area="vuxna",
            order=5,
        )
        assert "Sparat" in work.shown
        assert work.line_with("›").startswith("› 25 ✗ Hög")


async def test_wrong_input_is_told_while_it_is_typed_and_is_not_stored(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        before = work.content.position
        await work.press("enter")
        await work.type("7")
        assert "! Skriv ett heltal från 1 till 5" in work.shown
        await work.press("enter")
        assert is_open(work)
        assert "Inget är sparat än" in work.shown
        await work.press("backspace", "3", "tab", "3", "tab", "backspace", "8")
        assert "Risknivån är sannolikhet × konsekvens: 3 × 3 = 9" in work.shown
        await work.press("enter")
        assert is_open(work)
        assert work.content.position == before


async def test_an_untouched_form_closes_without_a_question_and_a_touched_one_asks_once(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("f2", "escape")
        assert not is_open(work)
        await work.press("f2", "x", "escape")
        assert is_open(work)
        assert "inte sparat. Esc en gång till kastar det" in work.shown
        await work.press("y", "escape")
        assert is_open(work)
        await work.press("escape")
        assert not is_open(work)
        assert (
            history(work.app.session.database, work.app.session.key, Reference(Kind.RISK, GRAVEST), limit=9)[1:] == ()
        )


async def test_enter_on_an_unchanged_form_writes_nothing(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        before = work.content.position
        await work.press("f2", "enter")
        assert not is_open(work)
        assert work.content.position == before


@pytest.mark.thorough
async def test_several_are_chosen_in_a_list(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures")) as work:
        await work.press("f2", *["tab"] * 4, "space", "down", "space", "down", "space", "enter")
        await work.press("tab", "tab", "enter")
        await work.type("logg")
        await work.press("enter", "enter")
        measure = work.find(Measure, "hanvisa-valdsutovare")
        assert isinstance(measure, Measure)
        assert measure.risks == (GRAVEST, "barn-far-inte-stod-rattssakert", "inget-samordnat-stod")
        assert measure.self_checks == ("loggkontroll",)


@pytest.mark.thorough
async def test_a_status_is_chosen_by_its_beginning_and_a_day_typed_as_it_is_said(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures")) as work:
        await work.press("f2", "tab")
        await work.type("Enhetschef")
        await work.press("tab")
        await work.type("31 mars 2026")
        assert "Läses som 31 mars 2026" in work.shown
        await work.press("tab", "g", "e", "enter")
        await work.press("enter")
        measure = work.find(Measure, "hanvisa-valdsutovare")
        assert isinstance(measure, Measure)
        assert (measure.status, measure.responsible, measure.due) == (
            MeasureStatus.DONE,
            "Enhetschef",
            date(2026, 3, 31),
        )


@pytest.mark.thorough
async def test_a_colleagues_change_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        session = work.app.session
        await work.press("f2", "end")
        await work.type("!")
        risk = work.find(Risk, GRAVEST)
        assert isinstance(risk, Risk)
        theirs = replace(risk, description="Ändrad av Chefen", title="Bos rubrik")
        journal.record(
            session.database, session.key, [theirs], by=Author("chef", "Chefen"), seen=session.content.position
        )
        session.refresh_if_changed()
        await work.press("enter")
        stored = work.find(Risk, GRAVEST)
        assert isinstance(stored, Risk)
        assert stored.description == "Ändrad av Chefen"
        assert stored.contested == ("title",)


@pytest.mark.thorough
async def test_what_cannot_be_written_stays_on_the_screen_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(program(tmp_path)) as work:

        def full(*_arguments: object, **_named: object) -> None:
            raise DiskFull(explain(OSError(errno.ENOSPC, "")))

        await work.press("f2", "end")
        await work.type(" igen")
        monkeypatch.setattr(work.app.session, "record", full)
        await work.press("enter")
        assert is_open(work)
        assert "igen" in work.shown
        assert "disken är full" in work.shown


@pytest.mark.thorough
async def test_an_assessment_with_its_motivation_and_taken_back(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        area = Reference(Kind.AREA, "vuxna")
        editing.assess(work.app, area)
        await work.pilot.pause()
        await work.press("d", "enter", "enter")
        assert "En bedömning behöver en motivering" in work.shown
        await work.type("Halva året återstår")
        await work.press("enter")
        assessment = work.content.assessment(area, Period(2024))
        assert assessment == Assessment(
            subject_kind=Kind.AREA,
            subject="vuxna",
            period=Period(2024),
            status=Status.PARTIALLY_ACHIEVED,
            motivation="Halva året återstår",
        )
        assert work.app.session.result.nodes[area].status is Status.PARTIALLY_ACHIEVED
        editing.assess(work.app, area)
        await work.pilot.pause()
        assert "Halva året återstår" in work.shown
        await work.press("u", "enter", "enter")
        changed = work.content.assessment(area, Period(2024))
        assert changed is not None
        assert changed.status is Status.ACHIEVED
        editing.withdraw_assessment(work.app, area)
        assert work.content.assessment(area, Period(2024)) is None


@pytest.mark.thorough
async def test_a_target_is_read_back_while_it_is_typed(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        editing.set_target(work.app, "barnavardsutredningar-90-dagar")
        await work.pilot.pause()
        await work.type("95")
        assert "Läses som ≥ 95 %" in work.shown
        await work.type(" dagar")
        assert "!" in work.shown
        for _ in range(6):
            await work.press("backspace")
        await work.press("enter")
        target = work.find(TargetValue, "barnavardsutredningar-90-dagar/2024/")
        assert isinstance(target, TargetValue)
        assert target.value == "95"


async def test_what_cannot_be_read_any_more_is_shown_as_it_stands_and_left(tmp_path: Path) -> None:
    check = SelfCheck(key="dokumentation", name="Dokumentation", unit="%", threshold="minst 95 %")
    of_check = Result(self_check=check.key, period=Period(2024), value="92 %")
    target = TargetValue(
        indicator="barnavardsutredningar-90-dagar", period=Period(2024), value="så nära 95 som det går"
    )
    app = program(tmp_path, also=[check, of_check, target])
    async with at_work(app) as work:
        editing.set_target(work.app, target.indicator)
        await work.pilot.pause()
        await work.press("tab", "shift+tab")
        assert "så nära 95 som det går" in work.shown
        assert "Läses som" not in work.shown
        await work.press("escape")

        editing.record_result(work.app, check.key)
        await work.pilot.pause()
        await work.press("tab")
        assert "Läses som 92 %" in work.shown.replace("\N{NO-BREAK SPACE}", " ")
        await work.press("escape")

        work.app.session.record([replace(check, unit="dagar", threshold="")])
        editing.record_result(work.app, check.key)
        await work.pilot.pause()
        await work.press("tab")
        assert "Värde 92 %" in work.shown
        assert "Läses som" not in work.shown
        await work.press("escape")
        for stored in (of_check, target):
            assert work.find(type(stored), stored.key) == stored


@pytest.mark.thorough
async def test_areas_goals_and_indicators_are_made_moved_and_retired(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        editing.create(work.app, Kind.AREA, parent="vuxna")
        await work.pilot.pause()
        await work.type("Boende")
        await work.press("enter")
        editing.create(work.app, Kind.GOAL, area="boende")
        await work.pilot.pause()
        await work.type("Alla trivs")
        await work.press("enter")
        editing.create(work.app, Kind.INDICATOR, area="boende", goal="alla-trivs")
        await work.pilot.pause()
        await work.type("Andel som trivs")
        await work.press("enter")
        area, goal, indicator = (
            work.find(Area, "boende"),
            work.find(Goal, "alla-trivs"),
            work.find(Indicator, "andel-som-trivs"),
        )
        assert isinstance(area, Area)
        assert isinstance(indicator, Indicator)
        assert (area.parent, indicator.area, indicator.goal) == ("vuxna", "boende", "alla-trivs")
        editing.retire(work.app, goal)
        assert "”Alla trivs” används av ”Andel som trivs”: ändra där först" in work.shown
        assert not work.find(Goal, "alla-trivs").retired
        editing.retire(work.app, indicator)
        editing.retire(work.app, goal)
        assert work.find(Goal, "alla-trivs").retired
        editing.edit(work.app, work.find(Goal, "alla-trivs"))
        await work.pilot.pause()
        assert not is_open(work)
        assert "arkiverat: ta tillbaka det först" in work.shown
        editing.bring_back(work.app, work.find(Goal, "alla-trivs"))
        assert not work.find(Goal, "alla-trivs").retired
        editing.edit(work.app, work.find(Area, "boende"), at="parent")
        await work.pilot.pause()
        await work.press("space", "home", "up", "up", "up", "up", "up", "enter", "enter")
        moved = work.find(Area, "boende")
        assert isinstance(moved, Area)
        assert moved.parent == ""


async def test_a_circle_is_refused_beside_its_field(tmp_path: Path) -> None:
    child = Area(key="boende", name="Boende", parent="vuxna")
    async with at_work(program(tmp_path, also=[child])) as work:
        editing.edit(work.app, work.find(Area, "vuxna"), at="parent")
        await work.pilot.pause()
        await work.press("space")
        await work.type("boe")
        await work.press("enter")
        assert "! ”Stöd till vuxna” kan inte ligga under sig självt" in work.shown
        await work.press("enter")
        assert is_open(work)


@pytest.mark.thorough
async def test_escape_sequences_in_a_paste_are_made_harmless(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("ctrl+n")
        work.app.screen.focused.post_message(events.Paste("Risk\x1b]52;c;x\x07 \x9b2J\nnästa rad"))  # type: ignore[union-attr]
        await work.pilot.pause()
        assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for line in work.lines for character in line)
        await work.press("enter")
        assert not is_open(work)
        assert all("\x1b" not in risk.title for risk in work.content.active(Risk))


async def test_a_form_is_usable_by_mouse(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("f2")
        row = next(at for at, line in enumerate(work.lines) if "Sannolikhet" in line)
        await work.pilot.click(offset=(30, row))
        await work.type("2")
        row = next(at for at, line in enumerate(work.lines) if line.startswith(" Område "))
        await work.pilot.click(offset=(30, row))
        row = next(at for at, line in enumerate(work.lines) if line.startswith("›Område "))
        await work.pilot.click(offset=(30, row))
        await work.pilot.pause()
        row = next(at for at, line in enumerate(work.lines) if "Stöd till vuxna" in line)
        await work.pilot.click(offset=(30, row))
        await work.press("enter")
        risk = work.find(Risk, GRAVEST)
        assert isinstance(risk, Risk)
        assert (risk.likelihood, risk.area) == (2, "vuxna")


async def test_nothing_is_opened_where_the_plan_can_only_be_read(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, read_only=True)) as work:
        await work.press("f2", "ctrl+n", "delete", "enter")
        assert not is_open(work)
        assert "Ändra" not in work.footer
        assert "Omvärdera" not in work.footer
        editing.create(work.app, Kind.RISK)
        await work.pilot.pause()
        assert not is_open(work)
        assert "bara för läsning" in work.shown


@pytest.mark.thorough
async def test_keys_that_come_all_at_once_are_neither_lost_nor_misled(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="self_checks")) as work:
        for key, character in (("enter", "\r"), ("d", "d"), ("tab", "\t"), ("tab", "\t"), ("x", "x"), ("enter", "\r")):
            work.app.post_message(events.Key(key, character))
        for _ in range(20):
            await work.pilot.pause()
        assert not is_open(work)
        result = work.find(Result, "loggkontroll/2024")
        assert isinstance(result, Result)
        assert (result.status, result.note) == (ResultStatus.PARTLY, "x")
