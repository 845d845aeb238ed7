"""Historik by keyboard alone: narrowed to a person, a kind, a day or a thing; taking back; conflicts decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from textual import events

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Risk
from kvaltui.model.reporting import Assessment, Outcome
from kvaltui.model.scale import Direction
from kvaltui.model.status import Status
from kvaltui.model.structure import Area
from kvaltui.model.value import replace
from kvaltui.store import journal
from kvaltui.store.author import Author
from kvaltui.store.bundle import add_revisions, revisions
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.store.state import canonical
from kvaltui.tui.app import KvaltuiApp
from kvaltui.tui.screens.conflicts import ConflictDialog
from kvaltui.tui.screens.history import HistoryScreen
from kvaltui.tui.screens.picker import Picker
from kvaltui.tui.screens.take_back import LaterChangesDialog
from kvaltui.tui.widgets.history_list import HistoryList
from kvaltui.tui.widgets.overview_list import OverviewList
from kvaltui.words import word
from kvaltui.work.summary_lines import Sort
from tests.tui.work import COORDINATOR, DEVICE, HUDDINGE, NACKA, NARROW, WIDE, Work, at_work, program, steady_journal

MANAGER = Author("chef", "Enhetschefen")
YEAR = Period(2022)
SAFE = "outcome/sabo-trygghet/2022/"


def outcome(value: str, indicator: str = "sabo-trygghet", note: str = "") -> Outcome:
    return Outcome(indicator=indicator, period=YEAR, value=value, note=note)


def program_after(folder: Path, *steps: tuple[Author, Sequence[AnyEntity]], mode: str = "history") -> KvaltuiApp:
    """The program after steps of several people, each of whom has seen the steps before."""
    app = program(folder, NACKA, mode=mode)
    with steady_journal(), open_database(folder / "kvaltui.db") as database:
        for by, entities in steps:
            journal.record(database, NACKA, entities, by=by, seen=load_plan(database, NACKA).position)
    app.session.refresh_if_changed()
    return app


def in_conflict(folder: Path, *values: str, mode: str = "history", also: str = "") -> KvaltuiApp:
    """The program after two people have entered the same outcome without seeing each other's."""
    app = program(folder, NACKA, mode=mode)
    seen = app.session.content.position
    with steady_journal(), open_database(folder / "kvaltui.db") as database:
        for by, value in zip((COORDINATOR, MANAGER, Author("controller", "Controllern")), values, strict=False):
            changed = [outcome(value)] + ([outcome(also + value, "sabo-mat-smakar")] if also else [])
            journal.record(database, NACKA, changed, by=by, seen=seen)
    app.session.refresh_if_changed()
    return app


def value(work: Work, indicator: str = "sabo-trygghet") -> str:
    return work.find(Outcome, f"{indicator}/2022/").value  # type: ignore[union-attr]


def rows(work: Work) -> list[str]:
    """What has happened and shows, without the days."""
    return [row for row in work.listed if row[1:3] == "  "]


async def test_changes_tell_who_when_what_from_what_to_what_and_why(tmp_path: Path) -> None:
    assessed = Assessment(
        subject_kind=Kind.AREA, subject="aldreomsorg", period=YEAR, status=Status.ACHIEVED, motivation="Så är det"
    )
    app = program_after(tmp_path, (MANAGER, [outcome("90 %")]), (COORDINATOR, [assessed]))
    async with at_work(app) as work:
        assert work.listed[0] == " Måndag 2 september 2024"
        assert rows(work)[0].split() == "› 08:01 Samordnaren Bedömning: Äldreomsorg ny: uppnått".split()
        assert rows(work)[1].endswith("86 % → 90 %")
        assert "Bedömning 2022: Äldreomsorg" in work.shown
        assert "Läge: uppnått" in work.shown
        await work.press("down")
        assert "Utfall 2022: Särskilt boende - andel kunder som känner sig trygga" in work.shown
        assert "Värde: 86 % → 90 %" in work.shown
        assert f"på {DEVICE}" in work.shown


@pytest.mark.thorough
async def test_the_history_is_narrowed_to_a_person_a_kind_and_a_day(tmp_path: Path) -> None:
    app = program_after(tmp_path, (MANAGER, [outcome("90 %")]), (MANAGER, [Area(key="ny", name="Ny enhet")]))
    async with at_work(app) as work:
        await work.press("space", "f", "space")
        await work.type("enh")
        await work.press("enter", "enter")
        assert len(rows(work)) == 2
        assert "Filter: Enhetschefen" in work.lines[1]
        await work.press("space", "f", "tab", "space")
        await work.type("område")
        await work.press("enter", "enter")
        assert len(rows(work)) == 1
        assert "Ny enhet" in rows(work)[0]
        await work.press("space", "f", "tab", "tab")
        await work.type("2024-09-03")
        await work.press("enter")
        assert "Inget som har hänt stämmer med filtret" in work.shown
        await work.press("escape")
        assert len(rows(work)) == 3


@pytest.mark.thorough
async def test_a_day_that_is_none_is_told_beside_its_field(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="history")) as work:
        await work.press("space", "f", "tab", "tab")
        await work.type("i går")
        await work.press("enter")
        assert "! ”i går” är ingen dag: skriv 2027-06-30, 30/6 2027 eller 30 juni 2027" in work.shown
        assert work.app.screen.query_one("FormView") is not None


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("mode", "reference"),
    [
        ("areas", Reference(Kind.AREA, "aldreomsorg")),
        ("indicators", Reference(Kind.INDICATOR, "sabo-trygghet")),
    ],
)
async def test_h_shows_the_history_of_a_row_and_esc_goes_back_to_it(
    tmp_path: Path, mode: str, reference: Reference
) -> None:
    assessed = Assessment(
        subject_kind=reference.kind, subject=reference.key, period=YEAR, status=Status.ACHIEVED, motivation="Så är det"
    )
    async with at_work(program_after(tmp_path, (MANAGER, [assessed]), mode=mode)) as work:
        work.app.screen.show_reference(reference)  # type: ignore[attr-defined]
        await work.press("space", "h")
        assert work.app.current_mode == "history"
        assert len(rows(work)) == 2 + 2 * (reference.kind is Kind.INDICATOR)
        assert "Enhetschefen" in rows(work)[0]
        await work.press("escape")
        assert work.app.current_mode == mode
        assert work.app.screen.reference == reference  # type: ignore[attr-defined]
        await work.press("f9")
        assert len(rows(work)) == 2


async def test_enter_goes_to_what_was_changed(tmp_path: Path) -> None:
    async with at_work(program_after(tmp_path, (MANAGER, [outcome("90 %")]))) as work:
        await work.press("enter")
        assert work.app.current_mode == "indicators"
        assert work.app.screen.reference == Reference(Kind.INDICATOR, "sabo-trygghet")  # type: ignore[attr-defined]


# Taking back


@pytest.mark.thorough
async def test_a_change_is_taken_back_and_put_back_again(tmp_path: Path) -> None:
    async with at_work(program_after(tmp_path, (MANAGER, [outcome("90 %")]))) as work:
        await work.press("space", "r")
        assert value(work) == "86 %"
        assert "Ctrl+Y lägger tillbaka" in work.shown or "Ctrl+Y" in work.shown
        assert "(tillbakatagen)" in "".join(rows(work)[:2])
        await work.press("ctrl+y")
        assert value(work) == "90 %"


@pytest.mark.thorough
async def test_what_later_depends_on_a_change_is_shown_before_it_is_taken_back(tmp_path: Path) -> None:
    app = program_after(
        tmp_path, (MANAGER, [outcome("90 %")]), (COORDINATOR, [outcome("91 %")]), (MANAGER, [outcome("92 %")])
    )
    async with at_work(app) as work:
        await work.press("down", "down", "space", "r")
        assert isinstance(work.app.screen, LaterChangesDialog)
        assert "2 senare ändringar bygger på den här" in work.shown
        assert "90 % → 91 %" in work.shown
        assert "91 % → 92 %" in work.shown
        await work.press("escape")
        assert value(work) == "92 %"
        await work.press("space", "r", "enter")
        assert value(work) == "86 %"
        await work.press("ctrl+y")
        assert value(work) == "92 %"


@pytest.mark.thorough
async def test_all_changes_of_a_step_are_taken_back_together_or_one_of_them(tmp_path: Path) -> None:
    both = [outcome("90 %"), outcome("91 %", "sabo-mat-smakar")]
    async with at_work(program_after(tmp_path, (MANAGER, both))) as work:
        assert "2 utfall" in rows(work)[0]
        await work.press("space", "r")
        assert (value(work), value(work, "sabo-mat-smakar")) == ("86 %", "66 %")
        await work.press("ctrl+y")
        await work.press("down", "down", "enter", "down", "space", "r")
        assert isinstance(work.app.screen, Picker)
        await work.press("escape")
        assert (value(work), value(work, "sabo-mat-smakar")) == ("90 %", "91 %")
        await work.press("space", "r", "enter")
        assert (value(work), value(work, "sabo-mat-smakar")) in (("86 %", "91 %"), ("90 %", "66 %"))
        await work.press("ctrl+y")
        assert (value(work), value(work, "sabo-mat-smakar")) == ("90 %", "91 %")


@pytest.mark.thorough
async def test_what_was_taken_back_already_is_not_taken_back_again(tmp_path: Path) -> None:
    async with at_work(program_after(tmp_path, (MANAGER, [outcome("90 %")]))) as work:
        await work.press("space", "r", "down", "space", "r")
        assert "redan" in work.shown
        assert value(work) == "86 %"


# Conflicts


@pytest.mark.thorough
async def test_both_values_stand_side_by_side_with_who_and_when(tmp_path: Path) -> None:
    app = in_conflict(tmp_path, "90 %", "40 %")
    async with at_work(app) as work:
        assert "1 konflikt att avgöra" in work.lines[1]
        await work.press("space", "j")
        assert isinstance(work.app.screen, ConflictDialog)
        inside = [line.split("│")[1].split() for line in work.lines if line.count("│") == 2]
        assert ["›", "90", "%", "40", "%"] in inside
        assert ["Samordnaren", "Enhetschefen"] in inside
        assert "2024-09-02 08:00" in work.shown
        assert [DEVICE] * 2 in inside
        assert "▲ Delvis: 90 % mot minst 100 %" in work.shown


@pytest.mark.thorough
async def test_either_value_is_chosen(tmp_path: Path) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "40 %")) as work:
        await work.press("space", "j", "right")
        assert "✗ Ej uppnått: 40 % mot minst 100 %" in work.shown
        await work.press("left", "enter")
        assert isinstance(work.app.screen, HistoryScreen)
        assert value(work) == "90 %"
        assert work.app.session.conflicts() == ()
        assert "konflikt" not in work.lines[1]
        assert "Avgjort" in work.shown
        await work.press("ctrl+z")
        assert len(work.app.session.conflicts()) == 1


@pytest.mark.thorough
async def test_a_third_value_is_written_as_one_types(tmp_path: Path) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "40 %")) as work:
        await work.press("space", "j")
        await work.type("77 x")
        await work.press("enter")
        assert isinstance(work.app.screen, ConflictDialog)
        assert "77 x" in work.shown
        await work.press("backspace", "backspace", "enter")
        assert value(work) == "77"
        assert work.app.session.conflicts() == ()


async def test_a_third_value_that_is_too_long_is_told_and_nothing_of_it_is_put_in(tmp_path: Path) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "40 %")) as work:
        await work.press("space", "j")
        await work.type("77")
        work.app.post_message(events.Paste("7" * 2001))
        await work.pilot.pause()
        assert "För långt: högst 2 000 tecken får plats. Inget lades till." in work.shown
        await work.press("enter")
        assert value(work) == "77"


@pytest.mark.thorough
async def test_nothing_written_is_no_third_value(tmp_path: Path) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "40 %")) as work:
        await work.press("space", "j", "down", "enter")
        assert "Skriv ett värde eller välj ett av dem" in work.shown
        await work.press("escape")
        assert len(work.app.session.conflicts()) == 1


@pytest.mark.thorough
@pytest.mark.parametrize("chosen", [Direction.LOWER, Direction.NEUTRAL])
async def test_a_value_of_a_closed_set_is_chosen_by_its_words(tmp_path: Path, chosen: Direction) -> None:
    app = program(tmp_path, NACKA, mode="history")
    before, seen = app.session.indicator("sabo-trygghet"), app.session.content.position
    with open_database(tmp_path / "kvaltui.db") as database:
        for by, direction in ((COORDINATOR, Direction.LOWER), (MANAGER, Direction.NEUTRAL)):
            journal.record(database, NACKA, [replace(before, direction=direction)], by=by, seen=seen)
    app.session.refresh_if_changed()
    async with at_work(app) as work:
        await work.press("space", "j")
        await work.type(word(chosen))
        await work.press("enter")
        assert work.app.session.conflicts() == ()
        assert work.app.session.indicator("sabo-trygghet").direction is chosen


@pytest.mark.thorough
@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_a_history_of_one_thing_says_whose_it_is(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators"), size) as work:
        await work.press("down", "space", "h")
        assert "Filter: Särskilt bo" in work.lines[1]
        assert "period 2022" in work.lines[1]
        await work.press("escape")
        assert work.app.current_mode == "indicators"


@pytest.mark.thorough
async def test_what_looks_wrong_is_told_before_a_conflict_is_decided(tmp_path: Path) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "4 %")) as work:
        await work.press("space", "j", "right")
        assert "! en andel skriven som tal" in work.shown or "! långt från" in work.shown


@pytest.mark.thorough
async def test_conflicts_are_decided_one_after_the_other(tmp_path: Path) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "40 %", also="1")) as work:
        await work.press("space", "j")
        assert "konflikt 1 av 2" in work.shown
        await work.press("pagedown")
        assert "konflikt 2 av 2" in work.shown
        await work.press("enter")
        assert len(work.app.session.conflicts()) == 1
        await work.press("enter")
        assert isinstance(work.app.screen, HistoryScreen)
        assert work.app.session.conflicts() == ()


@pytest.mark.thorough
async def test_value_and_note_of_one_entry_are_one_decision(tmp_path: Path) -> None:
    noted = (replace(outcome("90 %"), note="enkät"), replace(outcome("40 %"), note="intervju"))
    app = program_after(tmp_path)
    seen = app.session.content.position
    with open_database(tmp_path / "kvaltui.db") as database:
        for author, each in zip((COORDINATOR, MANAGER), noted, strict=True):
            journal.record(database, NACKA, [each], by=author, seen=seen)
    app.session.refresh_if_changed()
    async with at_work(app) as work:
        await work.press("space", "j")
        assert "90 % – enkät" in work.shown
        assert "konflikt 1 av" not in work.shown
        await work.press("enter")
        assert isinstance(work.app.screen, HistoryScreen)
        found = work.find(Outcome, "sabo-trygghet/2022/")
        assert (found.value, found.note) == ("90 %", "enkät")  # type: ignore[union-attr]
        assert work.app.session.conflicts() == ()


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(80, 24), WIDE, (40, 16)])
async def test_three_sides_fit_in_every_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "40 %", "50 %"), size) as work:
        await work.press("space", "j")
        for each in ("90 %", "40 %"):
            assert each in work.shown
        await work.press("tab", "tab", "enter")
        assert value(work) == "50 %"


@pytest.mark.thorough
async def test_a_conflict_that_somebody_else_decides_goes_away(tmp_path: Path) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "40 %")) as work:
        await work.press("space", "j")
        (conflict,) = work.app.session.conflicts()
        work.app.session.resolve(conflict, {"value": "40 %"}, seen=work.content.position)
        await work.pilot.pause()
        assert isinstance(work.app.screen, HistoryScreen)


@pytest.mark.thorough
async def test_the_entry_table_marks_a_conflict_and_opens_the_choice(tmp_path: Path) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "40 %", mode="indicators")) as work:
        work.app.screen.show_reference(Reference(Kind.INDICATOR, "sabo-trygghet"))  # type: ignore[attr-defined]
        await work.pilot.pause()
        assert "‡ Konflikt" in work.line_with("› ")
        await work.press("space", "j", "right", "enter")
        assert value(work) == "40 %"
        assert "✗ Ej" in work.line_with("› ")
        await work.press("space", "j")
        assert "Inget är i konflikt" in work.shown


async def test_entering_a_figure_decides_also_when_it_is_the_one_that_shows(tmp_path: Path) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "40 %", mode="indicators")) as work:
        work.app.screen.show_reference(Reference(Kind.INDICATOR, "sabo-trygghet"))  # type: ignore[attr-defined]
        await work.press("f2", "enter")
        assert value(work) == "40 %"
        assert work.app.session.conflicts() == ()


async def test_the_list_keeps_its_place_while_others_write(tmp_path: Path) -> None:
    async with at_work(program_after(tmp_path, (MANAGER, [outcome("90 %")]))) as work:
        await work.press(*["down"] * 5)
        view = work.app.screen.query_one(HistoryList)
        assert view.row is not None
        here = view.thing_of(view.row)
        work.app.session.record([outcome("91 %")])
        await work.pilot.pause()
        assert view.thing_of(view.row) == here


def test_days_are_the_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    from kvaltui.store.criteria import Criteria

    monkeypatch.setenv("TZ", "Europe/Stockholm")
    time.tzset()
    try:
        app = program_after(tmp_path, (MANAGER, [outcome("90 %")]))
        with app.session.database:
            found = app.session.history(limit=9, only=Criteria(person="Enhetschefen", day=date(2024, 9, 2)))
            assert len(found) == 1
            assert app.session.history(limit=9, only=Criteria(person="Enhetschefen", day=date(2024, 9, 3))) == ()
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.thorough
async def test_a_conflict_of_a_risk_is_decided_where_it_stands(tmp_path: Path) -> None:
    app = program(tmp_path, HUDDINGE, mode="risks")
    seen, gravest = app.session.content.position, app.session.content.all(Risk)["vald-ingen-insats"]
    with steady_journal(), open_database(tmp_path / "kvaltui.db") as database:
        for by, title in ((COORDINATOR, "Våld [/x]"), (MANAGER, "Hot och våld")):
            journal.record(database, HUDDINGE, [replace(gravest, title=title)], by=by, seen=seen)
    app.session.refresh_if_changed()
    async with at_work(app) as work:
        work.app.screen.show_reference(Reference(Kind.RISK, gravest.key))  # type: ignore[attr-defined]
        await work.press("space", "j")
        assert "Rubrik – Risk: " in work.shown
        await work.type("Våldet")
        await work.press("enter")
        assert work.find(Risk, gravest.key) == replace(gravest, title="Våldet")
        assert work.app.session.conflicts() == ()


@pytest.mark.thorough
async def test_the_overview_leads_to_the_conflicts(tmp_path: Path) -> None:
    async with at_work(in_conflict(tmp_path, "90 %", "40 %", mode="overview")) as work:
        view = work.app.screen.query_one("#areas", OverviewList)
        conflict = next(at for at in range(view.row_count()) if view._rows[at].block == Sort.CONFLICTS.value)
        view.move_to(conflict)
        await work.press("enter")
        assert isinstance(work.app.screen, ConflictDialog)
        await work.press("escape")
        assert view.cursor == conflict


@pytest.mark.thorough
async def test_who_cannot_be_proved_and_a_clock_that_is_ahead_are_told(tmp_path: Path) -> None:
    app = program(tmp_path, NACKA, mode="history")
    with open_database(tmp_path / "kvaltui.db") as database:
        lines = list(revisions(database, NACKA))
        last = next(json.loads(line) for line in lines if f'"key":"{SAFE.partition("/")[2]}"' in line)
        values = {
            **last,
            "id": last["id"][:-4] + "abcd",
            "parents": [last["id"]],
            "changed": ["value"],
            "state": {**last["state"], "value": "77 %"},
            "at": "2062-05-01T12:00:00.000Z",
            "name": "Anna",
            "device": "laptop-1a2b3c4d",
        }
        add_revisions(database, [*lines, canonical(values)], received_from="hemifrån.kvb")
    app.session.refresh_if_changed()
    async with at_work(app, size=WIDE) as work:
        assert "1 maj 2062" in work.listed[0]
        assert rows(work)[0].endswith("(kan inte styrkas, klockan går före)")
        await work.press("enter", "down")
        assert rows(work)[1].endswith("(kan inte styrkas, klockan går före)")
        said = " ".join(" ".join(line[80:] for line in work.lines).split())
        assert "Säger sig vara Anna på laptop-1a2b3c4d, kan inte styrkas: det är inte signerat" in said
        assert "(klockan går före)" in said
