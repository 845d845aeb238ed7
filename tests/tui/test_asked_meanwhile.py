"""A colleague changes the very thing that a person is being asked about: neither's change is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, MeasureStatus, Risk
from kvaltui.model.reporting import Completion, Outcome
from kvaltui.model.structure import Area, Indicator
from kvaltui.model.value import replace
from kvaltui.store import journal
from kvaltui.store.author import Author
from kvaltui.store.opening import open_database
from kvaltui.tui import rounds
from kvaltui.tui.forms import editing
from kvaltui.tui.forms.form_screen import FormScreen
from kvaltui.tui.forms.questions import QuestionScreen
from kvaltui.tui.screens.areas import AreasScreen
from kvaltui.tui.screens.measures_dialog import MeasuresDialog, choose_status
from kvaltui.tui.screens.take_back import LaterChangesDialog, take_back
from tests.tui.work import Work, at_work, program

MANAGER = Author("chef", "Chefen")
YEAR = Period(2024)
RISK, MEASURE = "vald-ingen-insats", "hanvisa-valdsutovare"
INDICATOR = "barnavardsutredningar-90-dagar"


def colleague(work: Work, *changed: AnyEntity) -> None:
    """A colleague, in a window of their own, changes things, and this window hears of it."""
    session = work.app.session
    path = session.database.path
    assert path is not None
    with open_database(path) as theirs:
        journal.record(theirs, session.key, changed, by=MANAGER, seen=theirs.position())
    assert session.refresh_if_changed()


def measure(work: Work) -> Measure:
    found = work.content.get(Measure, MEASURE)
    assert found is not None
    return found


async def test_how_far_a_measure_has_come(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures")) as work:
        choose_status(work.app, measure(work))
        colleague(work, replace(measure(work), title="Chefens titel"))
        work.app.screen.dismiss(MeasureStatus.DONE.value)
        await work.pilot.pause()
        stored = measure(work)
        assert (stored.status, stored.title, stored.contested) == (MeasureStatus.DONE, "Chefens titel", ())


async def test_how_far_a_measure_has_come_said_by_two(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures")) as work:
        choose_status(work.app, measure(work))
        colleague(work, replace(measure(work), status=MeasureStatus.ONGOING))
        work.app.screen.dismiss(MeasureStatus.DONE.value)
        await work.pilot.pause()
        assert measure(work).contested == ("status",)


@pytest.mark.thorough
async def test_what_a_measure_belongs_to(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        about = Reference(Kind.RISK, "inget-samordnat-stod")
        dialog = MeasuresDialog(work.app.session, about)
        await work.app.push_screen(dialog)
        dialog.action_link()
        await work.pilot.pause()
        colleague(work, replace(measure(work), title="Chefens titel"))
        work.app.screen.dismiss(measure(work))
        await work.pilot.pause()
        assert measure(work).title == "Chefens titel"
        assert about.key in measure(work).risks


@pytest.mark.thorough
async def test_where_a_thing_lies(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="areas")) as work:
        screen = work.app.screen
        assert isinstance(screen, AreasScreen)
        indicator = work.content.all(Indicator)[INDICATOR]
        first, second = [key for key in work.content.all(Area) if key != indicator.area][:2]
        screen.show_reference(Reference(Kind.INDICATOR, INDICATOR))
        await work.pilot.pause()
        screen.action_place()
        await work.pilot.pause()
        colleague(work, replace(indicator, area=first, goal="", name="Chefens namn"))
        work.app.screen.dismiss(Reference(Kind.AREA, second))
        await work.pilot.pause()
        stored = work.content.all(Indicator)[INDICATOR]
        assert stored.name == "Chefens namn"
        assert stored.contested == ("area",)


@pytest.mark.thorough
async def test_opening_an_area_again(tmp_path: Path) -> None:
    locked = Completion(area="vuxna", period=YEAR, complete=True)
    async with at_work(program(tmp_path, mode="areas", also=[locked])) as work:
        rounds.turn_completion(work.app, Reference(Kind.AREA, "vuxna"))
        await work.pilot.pause()
        colleague(work, replace(locked, complete=False, motivation="Chefens skäl"))
        assert isinstance(work.app.screen, QuestionScreen)
        await work.type("Mitt")
        await work.press("enter")
        stored = work.content.get(Completion, locked.key)
        assert stored is not None
        assert not stored.complete
        assert stored.contested == ("motivation",)


OPENED: dict[str, tuple[Callable[[Work], object], type[Any], str, str]] = {
    "risk": (lambda work: editing.edit(work.app, work.find(Risk, RISK)), Risk, RISK, "title"),
    "measure": (lambda work: editing.edit(work.app, measure(work)), Measure, MEASURE, "title"),
    "area": (lambda work: editing.edit(work.app, work.find(Area, "vuxna")), Area, "vuxna", "name"),
    "indicator": (lambda work: editing.edit(work.app, work.find(Indicator, INDICATOR)), Indicator, INDICATOR, "name"),
    "outcome": (
        lambda work: editing.edit_outcome(work.app, INDICATOR, at="note"),
        Outcome,
        f"{INDICATOR}/{YEAR}/",
        "note",
    ),
}


@pytest.mark.thorough
@pytest.mark.parametrize("what", OPENED)
async def test_a_form_builds_on_what_was_there_when_it_was_opened(tmp_path: Path, what: str) -> None:
    begin, kind, key, field = OPENED[what]
    known = [Outcome(indicator=INDICATOR, period=YEAR, value="90 %", note="från början")]
    async with at_work(program(tmp_path, also=known)) as work:
        begin(work)
        await work.pilot.pause()
        assert isinstance(work.app.screen, FormScreen)
        await work.press("end")
        await work.type(" mitt")
        theirs: Any = work.find(kind, key)
        colleague(work, replace(theirs, **{field: "chefens"}))
        await work.press("enter")
        assert work.find(kind, key).contested == (field,)


@pytest.mark.thorough
async def test_what_is_taken_back_along_with_a_change_has_been_shown(tmp_path: Path) -> None:
    first = Outcome(indicator=INDICATOR, period=YEAR, value="90 %")
    async with at_work(program(tmp_path, also=[first, replace(first, value="91 %")])) as work:
        session = work.app.session
        second, made = session.history(limit=2)
        assert made.after["value"] == "90 %"
        take_back(work.app, made)
        await work.pilot.pause()
        assert isinstance(work.app.screen, LaterChangesDialog)
        colleague(work, replace(first, value="92 %"))
        await work.press("enter")
        assert isinstance(work.app.screen, LaterChangesDialog), "it is asked again, with the colleague's"
        assert getattr(work.find(Outcome, first.key), "value", "") == "92 %"
        await work.press("enter")
        assert work.content.outcome(INDICATOR, YEAR) is None
        assert second.id in {each.id for each in session.history(limit=9)}
