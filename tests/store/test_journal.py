"""The one way in: what is recorded, what is refused, and what nobody can do to the journal."""

from __future__ import annotations

import os
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.period import Period
from kvaltui.model.reporting import Completion, Outcome, TargetValue
from kvaltui.model.scale import Direction
from kvaltui.model.structure import Area, Indicator, Plan
from kvaltui.store import journal
from kvaltui.store.author import Author, current_author
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.dropping import only_tried
from kvaltui.store.errors import RefusedChange, UnknownPlan
from kvaltui.store.facts import StoredFacts
from kvaltui.store.history import history
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.patience import here
from kvaltui.store.plans import list_plans, load_changes, load_plan
from kvaltui.store.rows_before import RowsBefore
from tests.sampled import sampled
from tests.store.plan import COORDINATOR, MANAGER, PLAN, THINGS, TRUST, YEAR, change, outcome


def test_a_change_is_a_revision_and_a_row(database: Database) -> None:
    before = load_plan(database, PLAN)
    action = change(database, value="91 %", note="Ny enkät")
    assert action.position == before.position + 1
    assert action.changed == (TRUST,)
    after = outcome(database)
    assert (after.value, after.note, after.changed_at, after.changed_by) == (
        "91 %",
        "Ny enkät",
        action.at,
        "Samordnaren",
    )
    (revision,) = history(database, PLAN, TRUST, limit=1)
    assert revision.id == action.revisions[0]
    assert revision.changed == ("value", "note")
    assert (revision.before["value"], revision.after["value"]) == ("86 %", "91 %")
    assert check(database) == ()


def test_what_is_stored_is_counted_so_that_nobody_stores_it_once_more(database: Database) -> None:
    commits = here.commits
    change(database, value="91 %")
    assert here.commits == commits + 1
    with only_tried(database):
        change(database, value="92 %")
    with database.writing():
        pass
    assert here.commits == commits + 1
    assert outcome(database).value == "91 %"


def test_what_does_not_differ_is_skipped(database: Database) -> None:
    content = load_plan(database, PLAN)
    action = record(database, PLAN, list(content), by=COORDINATOR, seen=content.position)
    assert (action.revisions, action.changed, action.position) == ((), (), content.position)
    assert database.position() == content.position


def test_all_or_nothing(database: Database) -> None:
    content = load_plan(database, PLAN)
    good = replace(outcome(database), value="91 %")
    bad = Indicator(key="ny", name="Ny", area="ingenstans")
    with pytest.raises(RuleError):
        record(database, PLAN, [good, bad], by=COORDINATOR, seen=content.position)
    assert outcome(database).value == "86 %"
    assert database.position() == content.position


def test_things_that_belong_together_are_checked_together(database: Database) -> None:
    content = load_plan(database, PLAN)
    new: list[AnyEntity] = [
        Outcome(indicator="ny", period=YEAR, value="5"),
        Indicator(key="ny", name="Ny", area="nytt", unit="antal"),
        Area(key="nytt", name="Nytt", parent="omsorg"),
    ]
    assert len(record(database, PLAN, new, by=COORDINATOR, seen=content.position).revisions) == 3
    assert check(database) == ()


def test_a_completed_period_is_locked_until_it_is_reopened(database: Database) -> None:
    last_year = Period.parse("2021")
    content = load_plan(database, PLAN)
    late = Indicator(key="sen", name="Sen", area="stangd")
    record(database, PLAN, [late], by=COORDINATOR, seen=content.position)
    figure = Outcome(indicator="sen", period=last_year, value="50 %")
    with pytest.raises(RuleError):
        record(database, PLAN, [figure], by=COORDINATOR, seen=database.position())
    reopened = Completion(area="stangd", period=last_year, complete=False, motivation="Rättelse")
    record(database, PLAN, [reopened, figure], by=COORDINATOR, seen=database.position())
    assert outcome(database, figure.key).value == "50 %"
    completed = replace(reopened, complete=True)
    record(database, PLAN, [completed, replace(figure, value="51 %")], by=COORDINATOR, seen=database.position())
    assert outcome(database, figure.key).value == "51 %"


def test_texts_are_cleaned_at_the_door(database: Database) -> None:
    change(database, note="före\x1b[31mefter\x00", source="a\u0301")
    stored = outcome(database)
    assert "\x1b" not in stored.note
    assert "\x00" not in stored.note
    assert stored.source == "á"


def test_a_plan_that_is_not_there(database: Database) -> None:
    with pytest.raises(UnknownPlan):
        load_plan(database, "annan")
    with pytest.raises(UnknownPlan):
        record(database, "annan", [Area(key="a", name="A")], by=COORDINATOR, seen=0)
    with pytest.raises(UnknownPlan):
        record(database, "annan", [Plan(key="tredje", title="Tredje")], by=COORDINATOR, seen=0)
    record(database, "annan", [Plan(key="annan", title="Annan")], by=COORDINATOR, seen=0)
    assert [plan.key for plan in list_plans(database)] == ["annan", PLAN]


def test_plans_do_not_see_each_other(database: Database) -> None:
    position = database.position()
    ours = load_plan(database, PLAN)
    others = [replace(thing, key="annan") if isinstance(thing, Plan) else thing for thing in THINGS]
    record(database, "annan", others, by=COORDINATOR, seen=position)
    theirs = load_plan(database, "annan")
    change(database, value="1 %")
    assert load_plan(database, "annan").get(Outcome, TRUST.key).value == "86 %"  # type: ignore[union-attr]
    assert load_changes(database, theirs)[1] == ()
    assert load_changes(database, ours)[1] == (TRUST,)
    assert check(database) == ()


def test_only_what_has_changed_is_read_again(database: Database) -> None:
    content = load_plan(database, PLAN)
    same, nothing, _ = load_changes(database, content)
    assert same is content
    assert nothing == ()
    change(database, value="91 %", by=MANAGER)
    newer, changed, _ = load_changes(database, content)
    assert changed == (TRUST,)
    assert newer.position == content.position + 1
    assert newer.entities[Kind.OUTCOME][TRUST.key] == outcome(database)
    assert newer.entities[Kind.AREA] is content.entities[Kind.AREA]


def test_the_parsed_meaning_stands_beside_the_text(database: Database) -> None:
    columns = "low, high, operator, numerator, denominator, is_estimated, missing"

    def meaning() -> tuple[object, ...]:
        return database.fetch_sql(f"SELECT {columns} FROM outcome WHERE key = '{TRUST.key}'")[0]

    assert meaning() == ("86", "86", "=", None, None, 0, None)
    change(database, value="bedömd 72,50 %")
    assert meaning() == ("72.50", "72.50", "=", None, None, 1, None)
    change(database, value="ej mätt")
    assert meaning() == (None, None, None, None, None, 0, "not_measured")
    change(database, value="38 % (271 av 705)")
    assert meaning()[3:5] == ("271", "705")
    change(database, value="")
    assert meaning() == (None,) * 7
    targets = database.fetch_sql("SELECT rule, low, high FROM target ORDER BY key")
    assert targets == [("at_most", None, "120"), ("at_least", "100", None)]


def test_a_new_direction_gives_old_texts_a_new_meaning(database: Database) -> None:
    content = load_plan(database, PLAN)
    indicator = content.get(Indicator, "dagar")
    assert indicator is not None
    target = TargetValue(indicator="dagar", period=YEAR, value="120")
    record(database, PLAN, [target], by=COORDINATOR, seen=content.position)
    rules = "SELECT rule FROM target WHERE key = 'dagar/2022/'"
    assert database.fetch_sql(rules) == [("at_least",)]
    record(database, PLAN, [replace(indicator, direction=Direction.LOWER)], by=COORDINATOR, seen=database.position())
    assert database.fetch_sql(rules) == [("at_most",)]
    assert check(database) == ()


def test_what_a_new_unit_makes_unreadable_is_kept_as_written(database: Database) -> None:
    indicator = load_plan(database, PLAN).all(Indicator)["trygghet"]
    record(database, PLAN, [replace(indicator, unit="dagar")], by=COORDINATOR, seen=database.position())
    assert outcome(database).value == "86 %"
    assert database.fetch_sql(f"SELECT low, operator FROM outcome WHERE key = '{TRUST.key}'") == [(None, None)]
    assert check(database) == ()


def test_a_stale_screen_never_overwrites(database: Database) -> None:
    on_screen = load_plan(database, PLAN).position
    change(database, value="90 %", by=MANAGER)
    change(database, value="91 %", by=COORDINATOR, seen=on_screen)
    assert outcome(database).contested == ("value",)
    assert outcome(database).value == "91 %"
    assert check(database) == ()


def test_different_fields_merge_by_themselves(database: Database) -> None:
    on_screen = load_plan(database, PLAN)
    old = outcome(database)
    change(database, value="90 %", by=MANAGER)
    record(database, PLAN, [replace(old, note="Se bilaga")], by=COORDINATOR, seen=on_screen.position)
    merged = outcome(database)
    assert (merged.value, merged.note, merged.contested) == ("90 %", "Se bilaga", ())
    assert check(database) == ()


def test_the_same_change_on_both_sides_is_no_conflict(database: Database) -> None:
    on_screen = load_plan(database, PLAN).position
    change(database, value="90 %", by=MANAGER)
    change(database, value="90 %", by=COORDINATOR, seen=on_screen)
    assert outcome(database).contested == ()


def test_a_note_does_not_decide_a_contested_value_but_a_value_does(database: Database) -> None:
    on_screen = load_plan(database, PLAN).position
    change(database, value="90 %", by=MANAGER)
    change(database, value="91 %", seen=on_screen)
    change(database, note="Vi utreder")
    assert outcome(database).contested == ("value",)
    assert outcome(database).note == "Vi utreder"
    change(database, value="92 %")
    assert (outcome(database).contested, outcome(database).value) == ((), "92 %")


def test_the_shown_value_can_be_the_decision(database: Database) -> None:
    on_screen = load_plan(database, PLAN).position
    change(database, value="90 %", by=MANAGER)
    change(database, value="91 %", seen=on_screen)
    change(database, value="91 %")
    assert outcome(database).contested == ("value",)
    change(database, value="91 %", contested=())
    assert (outcome(database).contested, outcome(database).value) == ((), "91 %")
    assert check(database) == ()


def test_a_clock_that_was_wrong_stamps_nothing_afterwards(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    class Future(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # noqa: ARG003
            return datetime(2099, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(journal, "datetime", Future)
    first = change(database, value="90 %")
    monkeypatch.undo()
    second = change(database, value="91 %")
    assert first.at == "2099-01-01T00:00:00.000Z"
    assert second.at < "2099"
    assert outcome(database).value == "91 %"
    assert [each.after["value"] for each in history(database, PLAN, limit=2)] == ["91 %", "90 %"]
    assert check(database) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET reason = 'annat' WHERE sequence = 1",
        "DELETE FROM revision WHERE sequence = 1",
        "DELETE FROM revision",
        "REPLACE INTO revision SELECT * FROM revision WHERE sequence = 1",
        "INSERT OR REPLACE INTO revision SELECT * FROM revision WHERE sequence = 1",
        "UPDATE OR REPLACE revision SET sequence = 2 WHERE sequence = 1",
        "INSERT INTO revision SELECT * FROM revision WHERE sequence = 1 "
        "ON CONFLICT (sequence) DO UPDATE SET reason = 'annat'",
        "INSERT INTO revision SELECT * FROM revision WHERE sequence = 1 "
        "ON CONFLICT (id) DO UPDATE SET reason = 'annat'",
    ],
)
@pytest.mark.parametrize("recursive_triggers", [0, 1])
def test_nobody_changes_the_journal(database: Database, path: Path, statement: str, recursive_triggers: int) -> None:
    """Neither through the program's own connection nor through any other one, whatever its settings."""
    before = database.fetch_sql("SELECT * FROM revision")
    with pytest.raises(RefusedChange):
        database.fetch_sql(statement)
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA recursive_triggers = {recursive_triggers}")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)
    other.close()
    assert database.fetch_sql("SELECT * FROM revision") == before


def test_threads_read_and_write_with_connections_of_their_own(database: Database) -> None:
    problems: list[BaseException] = []

    def work(number: int) -> None:
        try:
            thing = Area(key=f"trad-{number}", name=f"Tråd {number}")
            record(database, PLAN, [thing], by=COORDINATOR, seen=database.position())
        except BaseException as error:  # noqa: BLE001 - told by the test itself
            problems.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert problems == []
    assert sum(area.key.startswith("trad-") for area in load_plan(database, PLAN).all(Area).values()) == 6
    assert check(database) == ()


def test_another_connection_sees_that_something_has_changed(database: Database, path: Path) -> None:
    with open_database(path) as other:
        version = other.data_version()
        assert other.data_version() == version
        change(database, value="91 %")
        assert other.data_version() != version


def test_the_author_is_the_account_not_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    monkeypatch.setenv("USER", "någon-annan")
    monkeypatch.setenv("LOGNAME", "någon-annan")
    account = pwd.getpwuid(os.getuid()).pw_name
    assert current_author().account == account
    assert current_author("  Samordnaren ") == Author(account, "Samordnaren")
    assert current_author().name


def test_a_retired_thing_that_others_need_is_kept(database: Database) -> None:
    content = load_plan(database, PLAN)
    area = content.get(Area, "omsorg")
    assert area is not None
    with pytest.raises(RuleError):
        record(database, PLAN, [replace(area, retired=True)], by=COORDINATOR, seen=content.position)
    assert load_changes(database, content)[1] == ()


def test_who_names_whom_is_found_whatever_the_size_of_the_change(database: Database) -> None:
    """The store looks up what names a thing in one way for a few changes and in another for many."""
    content = load_plan(database, PLAN)
    many = [Area(key=f"manga-{number}", name="En av många") for number in range(250)]
    for changes in ([], many):
        facts = StoredFacts(RowsBefore(database, PLAN), changes)
        with database.reading():
            for thing in THINGS:
                reference = Reference(thing.kind, thing.key)
                expected = {(each.kind, each.key) for each in content.referring_to(reference)}
                assert {(each.kind, each.key) for each in facts.referring_to(reference)} == expected
    own = replace(content.all(Indicator)["trygghet"], area="omsorg", goal="", quality_factors=())
    with database.reading():
        facts = StoredFacts(RowsBefore(database, PLAN), [own])
        assert list(facts.referring_to(Reference(Kind.QUALITY_FACTOR, "trygghet"))) == []
        assert own in facts.referring_to(Reference(Kind.AREA, "omsorg"))
        assert own not in facts.referring_to(Reference(Kind.AREA, "hemtjanst"))


@pytest.mark.parametrize("figure_first", [True, False])
def test_a_unit_and_a_figure_changed_at_once_go_together(database: Database, figure_first: bool) -> None:
    """The figure means what it means with the unit that it comes with, not with the one before."""
    content = load_plan(database, PLAN)
    unit = replace(content.all(Indicator)["trygghet"], unit="dagar")
    figure = replace(outcome(database), value="12")
    changed: list[AnyEntity] = [figure, unit] if figure_first else [unit, figure]
    record(database, PLAN, changed, by=COORDINATOR, seen=content.position)
    assert outcome(database).value == "12"
    assert database.fetch_sql(f"SELECT value, low, operator FROM outcome WHERE key = '{TRUST.key}'") == [
        ("12", "12", "=")
    ]
    # A percentage is none in days: what means something by the old unit alone means nothing.
    record(
        database,
        PLAN,
        [replace(unit, unit="%"), replace(figure, value="13 %")],
        by=COORDINATOR,
        seen=database.position(),
    )
    assert database.fetch_sql(f"SELECT value, low FROM outcome WHERE key = '{TRUST.key}'") == [("13 %", "13")]
    assert check(database) == ()


def test_a_direction_and_a_target_changed_at_once_go_together(database: Database) -> None:
    content = load_plan(database, PLAN)
    direction = replace(content.all(Indicator)["dagar"], direction=Direction.LOWER)
    target = TargetValue(indicator="dagar", period=YEAR, value="120")
    record(database, PLAN, [target, direction], by=COORDINATOR, seen=content.position)
    assert database.fetch_sql("SELECT value, rule FROM target WHERE key = 'dagar/2022/'") == [("120", "at_most")]
    record(
        database,
        PLAN,
        [replace(target, value="130"), replace(direction, direction=Direction.HIGHER)],
        by=COORDINATOR,
        seen=database.position(),
    )
    assert database.fetch_sql("SELECT value, rule FROM target WHERE key = 'dagar/2022/'") == [("130", "at_least")]
    assert check(database) == ()


@pytest.mark.parametrize(
    "thing", sampled((each for each in THINGS if each.kind is not Kind.PLAN), 5), ids=lambda each: each.key
)
def test_who_has_seen_nothing_overwrites_nothing_of_any_kind(database: Database, thing: AnyEntity) -> None:
    """A colleague's newer content is never set aside without a trace, whatever the thing is."""
    on_screen = load_plan(database, PLAN)
    name = OTHERWISE[thing.kind]
    theirs, mine = (replace(thing, **_otherwise(name, number)) for number in (1, 2))
    record(database, PLAN, [theirs], by=MANAGER, seen=on_screen.position)
    record(database, PLAN, [mine], by=COORDINATOR, seen=on_screen.position)
    stands = load_plan(database, PLAN).find(Reference(thing.kind, thing.key))
    assert stands is not None
    assert stands.contested == (name,)
    assert check(database) == ()


OTHERWISE = {
    Kind.QUALITY_FACTOR: "name",
    Kind.AREA: "name",
    Kind.GOAL: "name",
    Kind.INDICATOR: "name",
    Kind.TARGET: "value",
    Kind.OUTCOME: "value",
    Kind.COMPARISON: "value",
    Kind.ASSESSMENT: "motivation",
    Kind.COMPLETION: "motivation",
    Kind.RISK: "title",
    Kind.SELF_CHECK: "name",
    Kind.RESULT: "note",
    Kind.MEASURE: "title",
    Kind.ASSIGNMENT: "name",
    Kind.ECONOMY_TABLE: "title",
    Kind.ECONOMY_ROW: "forecast",
}
"""By kind a field of which two people may each write something else."""


def _otherwise(name: str, number: int) -> dict[str, Any]:
    is_figure = name in ("value", "forecast")
    return {name: f"{90 + number}" if is_figure else f"Annat {number}"}
