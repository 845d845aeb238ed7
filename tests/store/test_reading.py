"""A file opened by a command that only reads: the same plan, one state of it, nothing written, no Peewee."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kvaltui.store import sqlite_file
from kvaltui.store.database import Database
from kvaltui.store.errors import DatabaseBusy, NoDatabase, ReadOnlyDatabase
from kvaltui.store.plans import list_plans, load_changes, load_plan
from kvaltui.store.reading import Readable, open_to_read
from tests.store.plan import PLAN, TRUST, change, outcome


def opened(path: Path, *, read_only: bool = False) -> Readable:
    found = open_to_read(str(path), read_only=read_only)
    assert found is not None
    return found


@pytest.mark.parametrize("read_only", [False, True])
def test_it_reads_what_everybody_reads(database: Database, path: Path, read_only: bool) -> None:
    seen = load_plan(database, PLAN)
    change(database, value="90 %")
    before = path.read_bytes()
    with opened(path, read_only=read_only) as reading:
        assert list_plans(reading) == list_plans(database)
        assert load_plan(reading, PLAN) == load_plan(database, PLAN)
        assert load_changes(reading, seen)[:2] == (load_plan(database, PLAN), (TRUST,))
        with pytest.raises(ReadOnlyDatabase):
            reading.fetch_sql("UPDATE outcome SET value = '1'")
    assert path.read_bytes() == before


def test_it_sees_one_state_throughout(database: Database, path: Path) -> None:
    with opened(path) as reading:
        with reading.reading():
            position = reading.position()
            assert reading.position() == position
        change(database, value="90 %")
        with reading.reading():
            assert reading.position() > position


def test_it_waits_for_a_writer_in_vain(database: Database, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_TIMEOUT", 0.05)
    with opened(path) as reading:
        database.orm.execute_sql("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseBusy):
            load_plan(reading, PLAN)
        database.orm.execute_sql("ROLLBACK")
        assert outcome(database).value == "86 %"
        assert load_plan(reading, PLAN) == load_plan(database, PLAN)


def test_servers_and_earlier_versions_are_opened_by_others(database: Database, path: Path) -> None:
    database.orm.execute_sql("PRAGMA user_version = 0")
    assert open_to_read(str(path)) is None
    assert open_to_read("postgresql://somewhere/plans") is None


def test_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase):
        open_to_read(str(tmp_path / "kvaltui.db"))
    assert list(tmp_path.iterdir()) == []


def test_peewee_is_not_needed(database: Database, path: Path) -> None:
    script = (
        "import sys\n"
        "from kvaltui.store.plans import load_plan\n"
        "from kvaltui.store.reading import open_to_read\n"
        f"assert len(list(load_plan(open_to_read(sys.argv[1]), {PLAN!r}))) == {len(list(load_plan(database, PLAN)))}\n"
        "assert not {'peewee', 'playhouse'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], timeout=120, check=True)
