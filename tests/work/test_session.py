"""What the program has open: entering, undoing, following others, and telling what has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.i18n import say
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.figure import FigureError
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.message import KvaltuiError
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Indicator, IndicatorStatus, Plan
from kvaltui.model.tree import ROOT
from kvaltui.store import journal
from kvaltui.store.author import Author
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.database import Database
from kvaltui.store.errors import DatabaseError, NothingToUndo
from kvaltui.store.opening import open_database
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.pasting import PasteError, lay_out
from kvaltui.work.session import Changes, PlanSession

COORDINATOR, MANAGER = Author("samordnare", "Samordnaren"), Author("chef", "Chefen")
TODAY = date(2024, 3, 1)
Y2022, Y2023 = Period(2022), Period(2023)
FOOD, SAFETY, PARTS = (Reference(Kind.INDICATOR, key) for key in ("mat", "trygghet", "delar"))
CARE = Reference(Kind.AREA, "vard")
PLAN: tuple[AnyEntity, ...] = (
    Plan(key="plan", title="Plan", periods=(Y2022, Y2023)),
    Area(key="vard", name="Vård"),
    Indicator(key="mat", name="Maten smakar", area="vard", order=1),
    Indicator(key="trygghet", name="Känner sig trygg", area="vard", order=2),
    Indicator(key="delar", name="I delar", area="vard", unit="antal", breakdown=("BOU", "VUX"), order=3),
    *(TargetValue(indicator=key, period=Y2023, value="80 %") for key in ("mat", "trygghet")),
    TargetValue(indicator="delar", period=Y2023, value="100"),
    Outcome(indicator="mat", period=Y2022, value="70 %"),
    Outcome(indicator="mat", period=Y2023, value="66 %", note="enkät"),
)


AREAS_ABOVE = ("vard", "under-1", "under-2", "under-3")


def opened(folder: Path) -> Database:
    return open_database(folder / "kvaltui.db", create=True, backups=BackupRule(folder / "backups", kept_daily=0))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        journal.record(database, "plan", PLAN, by=COORDINATOR, seen=0)
        yield database


@pytest.fixture
def session(database: Database) -> PlanSession:
    return PlanSession(database, "plan", by=COORDINATOR, today=lambda: TODAY)


@pytest.fixture
def heard(session: PlanSession) -> list[Changes]:
    heard: list[Changes] = []
    session.on_change = heard.append
    return heard


def statements_of(database: Database, act: Callable[[], object]) -> list[str]:
    """The statements of SQL that are run while something is done, the beginning and the end of transactions as well."""
    run: list[str] = []
    connection = database.orm.connection()
    connection.set_trace_callback(run.append)
    try:
        act()
    finally:
        connection.set_trace_callback(None)
    return run


@pytest.mark.parametrize("text", ["90", ""])
@pytest.mark.parametrize(("indicator", "part"), [("mat", ""), ("trygghet", ""), ("delar", "BOU")])
def test_a_figure_costs_few_statements(session: PlanSession, indicator: str, part: str, text: str) -> None:
    """Whatever stood there before, and however deep the area lies."""
    enter(session, "delar", "90", "VUX")  # the first change of a session looks who writes here
    below = [Area(key=f"under-{number}", name="Under", parent=over) for number, over in enumerate(AREAS_ABOVE, 1)]
    moved = replace(session.indicator(indicator), area=below[-1].key)
    session.record([*below, moved])

    run = statements_of(session.database, lambda: enter(session, indicator, text, part))

    assert len(run) <= 14, run
    assert not any("sequence >" in statement for statement in run), "what was written is not looked for"


def enter(session: PlanSession, indicator: str, text: str, part: str = "") -> None:
    session.enter_outcome(session.open_entry(indicator, part), text)


def test_the_current_period_is_looked_at(session: PlanSession) -> None:
    assert session.period == Y2023
    assert session.earlier_periods() == (Y2022,)
    assert not session.is_expected
    assert session.whole.counts.partially_achieved == 1


def test_a_figure_that_is_entered_moves_everything_above_it(session: PlanSession, heard: list[Changes]) -> None:
    enter(session, "mat", "90 %")
    assert session.result.indicators["mat"].status is Status.ACHIEVED
    assert session.whole.counts.achieved == 1
    (changes,) = heard
    assert changes.references >= {FOOD, CARE, ROOT, Reference(Kind.OUTCOME, "mat/2023/")}
    assert SAFETY not in changes.references, "what has not moved is not redrawn"
    assert not changes.is_whole


def test_what_is_not_typed_is_kept(session: PlanSession) -> None:
    enter(session, "mat", "90 %")
    outcome = session.content.outcome("mat", Y2023)
    assert outcome is not None
    assert (outcome.value, outcome.note, outcome.changed_by) == ("90 %", "enkät", "Samordnaren")


def test_judging_again_gives_what_judging_the_whole_gives(session: PlanSession) -> None:
    for indicator, text, part in (("mat", "79 %", ""), ("delar", "120", "BOU"), ("trygghet", "ej mätt", "")):
        enter(session, indicator, text, part)
        assert session.result == judge_plan(session.content, Y2023, TODAY)


def test_what_a_text_would_mean_changes_nothing(session: PlanSession, heard: list[Changes]) -> None:
    entry = session.open_entry("mat")
    assert session.preview(entry, "85 %").status is Status.ACHIEVED
    assert session.preview(entry, "10 %").status is Status.NOT_ACHIEVED
    with pytest.raises(FigureError):
        session.preview(entry, "12.500")
    assert session.result.indicators["mat"].status is Status.PARTIALLY_ACHIEVED
    assert heard == []


def test_what_cannot_be_read_is_not_stored(session: PlanSession, heard: list[Changes]) -> None:
    with pytest.raises(KvaltuiError):
        enter(session, "mat", "12.500")
    outcome = session.content.outcome("mat", Y2023)
    assert outcome is not None
    assert outcome.value == "66 %"
    assert heard == []


@pytest.mark.parametrize(
    ("entered", "waiting"),
    [
        ((), {("trygghet", ""), ("delar", "BOU"), ("delar", "VUX")}),
        ((("trygghet", "-", ""),), {("delar", "BOU"), ("delar", "VUX")}),
        ((("delar", "120", "BOU"),), {("trygghet", ""), ("delar", "VUX")}),
        ((("delar", "120", ""),), {("trygghet", "")}),
        ((("delar", "BOU 120; VUX 90", ""),), {("trygghet", "")}),
    ],
)
def test_what_waits(
    session: PlanSession, entered: tuple[tuple[str, str, str], ...], waiting: set[tuple[str, str]]
) -> None:
    for indicator, text, part in entered:
        enter(session, indicator, text, part)
    rows = [("mat", ""), ("trygghet", ""), ("delar", ""), ("delar", "BOU"), ("delar", "VUX")]
    assert {row for row in rows if session.waits(*row)} == waiting


def test_undo_and_redo(session: PlanSession, heard: list[Changes]) -> None:
    enter(session, "mat", "90 %")
    session.undo()
    assert session.whole.counts.partially_achieved == 1
    session.redo()
    assert session.whole.counts.achieved == 1
    assert [FOOD in changes.references for changes in heard] == [True, True, True]
    session.undo()
    with pytest.raises(NothingToUndo):
        session.undo()


def test_nothing_more_to_redo(session: PlanSession) -> None:
    with pytest.raises(NothingToUndo):
        session.redo()


def test_an_older_change_is_taken_back(session: PlanSession) -> None:
    enter(session, "mat", "90 %")
    enter(session, "trygghet", "75 %")
    first = next(each for each in session.history(limit=10) if each.reference.key == "mat/2023/")
    session.take_back(first.id)
    assert session.result.indicators["mat"].outcome == "66 %"
    assert session.result.indicators["trygghet"].outcome == "75 %"


def test_others_are_followed(session: PlanSession, heard: list[Changes], tmp_path: Path) -> None:
    assert not session.refresh_if_changed()
    with opened(tmp_path) as other:
        theirs = PlanSession(other, "plan", by=MANAGER, today=lambda: TODAY)
        enter(theirs, "trygghet", "95 %")
    assert session.refresh_if_changed()
    assert session.result.indicators["trygghet"].status is Status.ACHIEVED
    (changes,) = heard
    assert changes.references >= {SAFETY, CARE, ROOT}
    assert not session.refresh_if_changed()


def test_others_are_taken_in_with_ones_own_change(session: PlanSession, heard: list[Changes], tmp_path: Path) -> None:
    with opened(tmp_path) as other:
        enter(PlanSession(other, "plan", by=MANAGER, today=lambda: TODAY), "trygghet", "95 %")
    enter(session, "mat", "90 %")
    assert session.whole.counts.achieved == 2
    assert heard[0].references >= {SAFETY, FOOD}


def test_a_stale_screen_overwrites_nothing(session: PlanSession, tmp_path: Path) -> None:
    """What was on screen when the editor was opened counts, not what has come since."""
    entry = session.open_entry("mat")
    with opened(tmp_path) as other:
        enter(PlanSession(other, "plan", by=MANAGER, today=lambda: TODAY), "mat", "95 %")
    session.refresh_if_changed()
    session.enter_outcome(entry, "50 %")
    outcome = session.content.outcome("mat", Y2023)
    assert outcome is not None
    assert outcome.contested == ("value",)
    assert session.result.indicators["mat"].is_contested
    (conflict,) = session.conflicts()
    assert {option.values["value"] for option in conflict.options} == {"50 %", "95 %"}


def test_another_period_and_another_plan(session: PlanSession, heard: list[Changes]) -> None:
    session.choose_period(Y2022)
    assert session.result.period == Y2022
    assert heard[-1].is_whole
    starter = read_starter("nacka-2022")
    journal.record(session.database, "nacka-2022", tuple(starter), by=COORDINATOR, seen=0)
    assert [plan.key for plan in session.plans()] == ["nacka-2022", "plan"]
    session.choose_plan("nacka-2022")
    assert session.key == "nacka-2022"
    assert session.period == Y2022
    assert session.whole.counts.achieved == 19
    assert heard[-1].is_whole


def test_a_new_thing_in_the_plan_builds_everything_anew(session: PlanSession, heard: list[Changes]) -> None:
    session.record([Indicator(key="ny", name="Ny", area="vard", order=9)])
    assert heard[-1].is_whole
    assert "ny" in session.result.indicators


def test_a_period_that_the_plan_does_not_have(database: Database) -> None:
    session = PlanSession(database, "plan", by=COORDINATOR, period=Period(1999), today=lambda: TODAY)
    assert session.period == Y2023


def test_nothing_is_written_where_only_reading_is_allowed(session: PlanSession, tmp_path: Path) -> None:
    with open_database(tmp_path / "kvaltui.db", read_only=True) as database:
        reading = PlanSession(database, "plan", by=COORDINATOR, today=lambda: TODAY)
        assert reading.is_read_only
        with pytest.raises((DatabaseError, KvaltuiError)):
            enter(reading, "mat", "90 %")
        with pytest.raises(KvaltuiError) as refused:
            reading.check_can_enter("mat")
        assert say(refused.value.message) == say(reading.read_only_error.message)
        assert reading.result.indicators["mat"].outcome == "66 %"


def test_an_indicator_that_the_plan_does_not_concern_waits_for_nothing(session: PlanSession) -> None:
    assert session.waits("trygghet")
    indicator = session.indicator("trygghet")
    session.record([replace(indicator, status=IndicatorStatus.DISCONTINUED)])
    assert not session.waits("trygghet")
    assert session.whole.counts.of == 2


def test_more_pasted_figures_than_rows_are_refused_whole(session: PlanSession) -> None:
    """None is dropped at the end: the person may have begun on the wrong row."""
    rows = [EntryRow(FOOD), EntryRow(SAFETY)]
    before = session.database.position()
    with pytest.raises(PasteError) as refused:
        lay_out(session, rows, ["61 %", "62 %", "63 %"])
    assert str(refused.value) == "3 figures were pasted, but 2 rows are left from here"
    assert session.database.position() == before
    assert [each.text for each in lay_out(session, rows, ["61 %", "62 %"])] == ["61 %", "62 %"]
