"""No time from outside stops or shifts anything: a clock somewhere is told, and orders nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.reporting import Assessment
from kvaltui.model.staleness import changed_since
from kvaltui.store import journal
from kvaltui.store.bundle import add_revisions, digest, revisions
from kvaltui.store.check import check
from kvaltui.store.conflicts import conflicts
from kvaltui.store.database import Database
from kvaltui.store.history import history
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.store.undo import undo
from tests.sampled import sampled
from tests.store.first_version import make_first_version
from tests.store.plan import COORDINATOR, MANAGER, PLAN, TRUST, YEAR, change, new_copy, outcome

CLOCKS = [f"{year}-12-31T23:59:59.999Z" for year in ("9999", "2062", "1970", "0001")]


def change_at(database: Database, at: str, monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    """A change by somebody whose computer has its own idea of the time."""
    with monkeypatch.context() as patched:
        patched.setattr(journal, "now", lambda: at)
        change(database, by=MANAGER, **fields)


@pytest.fixture
def other(database: Database, tmp_path: Path) -> Database:
    copy = new_copy(tmp_path / "other" / "kvaltui.db")
    add_revisions(copy, revisions(database, PLAN), received_from="first.kvb")
    return copy


@pytest.mark.thorough
@pytest.mark.parametrize("clock", CLOCKS)
def test_a_colleagues_clock_shifts_nothing(
    database: Database, other: Database, clock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_at(other, clock, monkeypatch, value="90 %")
    add_revisions(database, revisions(other, PLAN), received_from="other.kvb")
    assert outcome(database).value == "90 %"
    assert history(database, PLAN, limit=1)[0].at == clock
    assert outcome(database).changed_at <= journal.now()
    change(database, value="91 %")
    latest = history(database, PLAN, limit=1)[0]
    assert (latest.after["value"], latest.at > "2026", latest.at < "2062") == ("91 %", True, True)
    assert outcome(database).value == "91 %"
    undo(database, PLAN, by=COORDINATOR)
    assert outcome(database).value == "90 %"
    add_revisions(other, revisions(database, PLAN), received_from="back.kvb")
    assert digest(revisions(other, PLAN)) == digest(revisions(database, PLAN))
    assert check(database) == check(other) == ()


@pytest.mark.parametrize("clock", CLOCKS)
def test_what_was_assessed_with_a_figure_from_the_future_in_sight_is_not_stale(
    database: Database, other: Database, clock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_at(other, clock, monkeypatch, value="90 %")
    add_revisions(database, revisions(other, PLAN), received_from="other.kvb")
    assessed = load_plan(database, PLAN).all(Assessment)["goal/trygga/2022"]
    renewed = replace(assessed, motivation="Med den nya siffran")
    record(database, PLAN, [renewed], by=COORDINATOR, seen=database.position())
    content = load_plan(database, PLAN)
    stored = content.all(Assessment)["goal/trygga/2022"]
    assert not changed_since(content, Reference(Kind.GOAL, "trygga"), YEAR, stored.changed_at)


@pytest.mark.thorough
@pytest.mark.parametrize("clock", sampled(CLOCKS, 2))
def test_two_sides_are_the_same_on_every_copy_whatever_their_clocks_say(
    database: Database, other: Database, clock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_at(other, clock, monkeypatch, value="90 %")
    change(database, value="91 %")
    add_revisions(database, revisions(other, PLAN), received_from="other.kvb")
    add_revisions(other, revisions(database, PLAN), received_from="here.kvb")
    assert outcome(database).value == outcome(other).value
    assert conflicts(database, PLAN) == conflicts(other, PLAN)
    assert {side.value for side in conflicts(database, PLAN)[0].sides} == {"90 %", "91 %"}
    assert check(database) == check(other) == ()


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_copy_that_was_poisoned_by_the_first_version_works_again(path: Path, filled: Path, clock: str) -> None:
    path.parent.mkdir()
    make_first_version(filled, path, last_at=clock)
    with open_database(path) as database:
        assert check(database) == ()
        assert all(each.changed_at <= journal.now() for each in load_plan(database, PLAN))
        change(database, value="92 %")
        latest = history(database, PLAN, limit=1)[0]
        assert (latest.after["value"], "2026" < latest.at < "2062") == ("92 %", True)
        assert check(database) == ()


@pytest.mark.thorough
def test_a_joined_copy_of_the_first_version_is_whole_after_the_upgrade(
    database: Database, other: Database, tmp_path: Path
) -> None:
    """Also where the first version showed the later of two values by their times."""
    change(other, value="90 %", note="där")
    change(database, value="91 %")
    add_revisions(database, revisions(other, PLAN), received_from="other.kvb")
    old = tmp_path / "old" / "kvaltui.db"
    old.parent.mkdir()
    assert database.path is not None
    make_first_version(database.path, old)
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE outcome SET value = '90 %', changed_by = 'någon' WHERE contested <> '[]'")
    with open_database(old) as upgraded:
        assert check(upgraded) == ()
        assert outcome(upgraded).value == outcome(database).value
        assert upgraded.id != database.id
        assert history(upgraded, PLAN, TRUST)
