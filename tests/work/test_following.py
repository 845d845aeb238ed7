"""What others write, and the day, are followed: nothing is missed, whenever it comes, and nothing stays unjudged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.message import Message
from kvaltui.model.reporting import Outcome
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Plan
from kvaltui.store import journal, plans
from kvaltui.store.backup import backup
from kvaltui.store.database import Database
from kvaltui.store.errors import DatabaseBusy, Restored, UnknownPlan
from kvaltui.store.plans import load_plan
from kvaltui.store.restore import restore
from kvaltui.work.session import Changes, PlanSession
from tests.sampled import sampled
from tests.store.large_plan import LARGE_PLAN, fill_with_large_plan
from tests.store.plan import as_device
from tests.work.test_session import COORDINATOR, MANAGER, PLAN, TODAY, Y2022, Y2023, enter, opened

SECOND = (Plan(key="annan", title="Annan", periods=(Y2022, Y2023)), *PLAN[1:])
ACTS: dict[str, Callable[[PlanSession], object]] = {
    "look": lambda session: session.refresh_if_changed(),
    "enter": lambda session: enter(session, "mat", "90 %"),
    "undo": lambda session: session.undo(),
    "redo": lambda session: (session.undo(), session.redo()),
    "take back": lambda session: session.take_back(session.history(limit=1)[0].id),
    "new area": lambda session: session.record([Area(key="ny", name="Ny")]),
    "other period": lambda session: session.choose_period(Y2022),
    "other plan": lambda session: session.choose_plan("annan"),
}


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """The session's own and a colleague's connection to the same file."""
    with opened(tmp_path) as own, as_device(opened(tmp_path), "colleague-1") as theirs:
        journal.record(own, "plan", PLAN, by=COORDINATOR, seen=0)
        journal.record(own, "annan", SECOND, by=COORDINATOR, seen=0)
        yield own, theirs


class Colleague:
    """Writes just before the question of the database whose turn it is; a transaction is one question."""

    def __init__(self, database: Database, before: int) -> None:
        self.database = database
        self.waits = before
        self.has_written = False

    def hears_a_question(self) -> None:
        self.waits -= 1
        if self.waits == 0:
            self.has_written = True
            for plan in ("plan", "annan"):
                figures = [Outcome(indicator=key, period=Y2023, value="81") for key in ("trygghet", "delar")]
                position = self.database.position()
                journal.record(self.database, plan, figures, by=MANAGER, seen=position)


def listen(monkeypatch: pytest.MonkeyPatch, database: Database, colleague: Colleague) -> None:
    """Let the colleague hear of every question that is asked of a database, before it is answered."""
    for name in ("_snapshot", "_lock", "data_version", "position"):
        asked = getattr(database, name)

        def ask(asked: Callable[[], object] = asked) -> object:
            if not database.orm.in_transaction():
                colleague.hears_a_question()
            return asked()

        monkeypatch.setattr(database, name, ask)


def is_up_to_date(session: PlanSession) -> bool:
    stored = load_plan(session.database, session.key)
    judged = judge_plan(PlanContent.of(list(stored)), session.period, session.today)
    return session.content.entities == stored.entities and session.result == judged


@pytest.mark.parametrize(("act", "before"), sampled(product(["open", *ACTS], range(1, 9)), 17))
def test_what_comes_in_between_is_judged(
    databases: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch, act: str, before: int
) -> None:
    """Whatever the session does, and whichever of its questions a colleague's figures come before."""
    own, theirs = databases
    session = PlanSession(own, "plan", by=COORDINATOR, today=lambda: TODAY)
    enter(session, "mat", "60 %")
    colleague = Colleague(theirs, before)
    listen(monkeypatch, own, colleague)
    if act == "open":
        session = PlanSession(own, "plan", by=COORDINATOR, today=lambda: TODAY)
    else:
        ACTS[act](session)
    while session.refresh_if_changed() or not colleague.has_written:
        pass
    monkeypatch.undo()
    assert is_up_to_date(session)
    assert session.content.outcome("trygghet", Y2023) is not None


@pytest.mark.parametrize("before", range(1, 7))
def test_what_comes_in_between_is_told(
    databases: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    """What is taken in is told of in the same breath: no row keeps its former verdict on the screen."""
    own, theirs = databases
    session = PlanSession(own, "plan", by=COORDINATOR, today=lambda: TODAY)
    listen(monkeypatch, own, Colleague(theirs, before))
    shown = session.result

    def redraw(changes: Changes) -> None:
        nonlocal shown
        moved = {key for key, judged in session.result.indicators.items() if judged != shown.indicators[key]}
        assert moved <= {each.key for each in changes.references if each.kind is Kind.INDICATOR}
        shown = session.result

    session.on_change = redraw
    enter(session, "mat", "90 %")
    while session.refresh_if_changed():
        pass
    assert shown == judge_plan(load_plan(theirs, "plan"), session.period, TODAY)


def test_what_is_stored_is_not_called_unstored(
    databases: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody holds the database when a colleague's and our own are to be read: both are taken in when that can be."""
    own, theirs = databases
    session = PlanSession(own, "plan", by=COORDINATOR, today=lambda: TODAY)
    figure = Outcome(indicator="trygghet", period=Y2023, value="81")
    journal.record(theirs, "plan", [figure], by=MANAGER, seen=theirs.position())
    with monkeypatch.context() as patched:

        def refuse(*_: object) -> None:
            raise DatabaseBusy(Message("Busy"))

        patched.setattr(plans, "load_changes", refuse)
        enter(session, "mat", "90 %")
        with pytest.raises(DatabaseBusy):
            session.refresh_if_changed()
    assert session.refresh_if_changed()
    assert session.result.indicators["mat"].status is Status.ACHIEVED
    assert is_up_to_date(session)


@pytest.mark.parametrize("act", ACTS)
def test_what_is_written_here_is_not_read_again(
    databases: tuple[Database, Database], monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    """Where nobody else has written meanwhile, what was written is known, and a look at the database finds no news."""
    own, _theirs = databases
    session = PlanSession(own, "plan", by=COORDINATOR, today=lambda: TODAY)
    enter(session, "mat", "60 %")
    with monkeypatch.context() as patched:
        patched.setattr(plans, "load_changes", lambda *_: pytest.fail("it is read again"))
        ACTS[act](session)
    assert not session.refresh_if_changed()
    assert is_up_to_date(session)


@pytest.mark.thorough
def test_the_rest_of_a_large_plan_is_read_when_it_can_be(database_of_large_plan: Database) -> None:
    """Whoever holds the database while the rest is read does not leave half a plan on the screen."""
    session = PlanSession(database_of_large_plan, LARGE_PLAN, by=COORDINATOR, begins=True)
    assert not session.is_whole
    with pytest.MonkeyPatch.context() as patched:

        def refuse(*_: object) -> None:
            raise DatabaseBusy(Message("Busy"))

        patched.setattr(plans, "load_plan", refuse)
        with pytest.raises(DatabaseBusy):
            session.read_rest()
    assert session.refresh_if_changed()
    assert is_up_to_date(session)


@pytest.fixture
def database_of_large_plan(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path) as database:
        fill_with_large_plan(database)
        yield database


class Clock:
    """The day as it is told to a session."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> date:
        return self.day


@pytest.mark.parametrize(
    ("before", "after", "is_expected"),
    [
        (date(2023, 12, 31), date(2024, 1, 1), False),
        (date(2024, 1, 1), date(2023, 12, 31), True),
        (date(2023, 12, 24), date(2024, 1, 7), False),
        (date(2024, 2, 28), date(2024, 2, 29), False),
    ],
    ids=["New Year", "a clock set back", "a long sleep", "any day"],
)
def test_another_day_is_judged_anew(
    databases: tuple[Database, Database], before: date, after: date, *, is_expected: bool
) -> None:
    clock = Clock(before)
    session = PlanSession(databases[0], "plan", by=COORDINATOR, today=clock)
    told: list[Changes] = []
    session.on_change = told.append
    assert not session.refresh_if_changed()
    clock.day = after
    assert session.refresh_if_changed()
    assert session.is_expected is session.result.is_unfinished is is_expected
    assert [each.is_whole for each in told] == [True], "what is overdue today was not yesterday, on every screen"
    assert not session.refresh_if_changed()
    assert is_up_to_date(session)


def test_another_day_that_comes_with_news(databases: tuple[Database, Database]) -> None:
    own, theirs = databases
    clock = Clock(date(2023, 12, 31))
    session = PlanSession(own, "plan", by=COORDINATOR, today=clock)
    clock.day = date(2024, 1, 1)
    enter(PlanSession(theirs, "plan", by=MANAGER, today=clock), "trygghet", "95 %")
    enter(session, "mat", "90 %")
    session.refresh_if_changed()
    assert not session.result.is_unfinished
    assert is_up_to_date(session)


@pytest.mark.thorough
@pytest.mark.parametrize("writes_since", [0, 1, 30], ids=["fewer changes", "as many", "more"])
def test_a_restored_backup_is_taken_in_whole_and_told(tmp_path: Path, writes_since: int) -> None:
    """However many changes there are in it: the journal is another, and nothing decided on the old one is written."""
    with opened(tmp_path) as own, opened(tmp_path) as theirs:
        journal.record(own, "plan", PLAN, by=COORDINATOR, seen=0)
        source = backup(own, tmp_path / "kopia.db")
        session = PlanSession(own, "plan", by=COORDINATOR, today=lambda: TODAY)
        told: list[str] = []
        session.on_restored = told.append
        enter(session, "mat", "60 %")
        enter(session, "mat", "61 %")
        begun = session.open_entry("trygghet")
        assert own.path is not None
        restore(own.path, source, by=MANAGER)
        for number in range(writes_since):
            figure = Outcome(indicator="delar", period=Y2023, value=str(number))
            journal.record(theirs, "plan", [figure], by=MANAGER, seen=theirs.position())
        with pytest.raises(Restored):
            session.enter_outcome(begun, "90 %")
        assert told == ["kopia.db"]
        assert is_up_to_date(session)
        before = session.content.outcome("mat", Y2023)
        assert before is not None
        assert before.value == "66 %"
        session.enter_outcome(begun, "90 %")
        assert is_up_to_date(session)
        assert not session.refresh_if_changed()
        outcome = session.content.outcome("trygghet", Y2023)
        assert outcome is not None
        assert (outcome.value, outcome.contested) == ("90 %", ())
        assert told == ["kopia.db"]


def test_a_database_restored_without_the_plan_is_told_once(tmp_path: Path) -> None:
    with opened(tmp_path) as own:
        journal.record(own, "annan", SECOND, by=COORDINATOR, seen=0)
        source = backup(own, tmp_path / "kopia.db")
        journal.record(own, "plan", PLAN, by=COORDINATOR, seen=0)
        session = PlanSession(own, "plan", by=COORDINATOR, today=lambda: TODAY)
        assert own.path is not None
        restore(own.path, source, by=MANAGER)
        with pytest.raises(UnknownPlan):
            session.refresh_if_changed()
        assert not session.refresh_if_changed()
        session.choose_plan("annan")
        assert is_up_to_date(session)
