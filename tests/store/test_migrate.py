"""Upgrading: a backup first, then all or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kvaltui.i18n import say
from kvaltui.store import migrations
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.errors import DamagedDatabase, DatabaseError
from kvaltui.store.migrate import expected_schema, migrate
from kvaltui.store.sqlite_file import APPLICATION_ID, inspect
from tests.store.first_version import make_first_version
from tests.store.plan import new_copy

FIRST = migrations.steps()
NEXT = migrations.SCHEMA_VERSION + 1
SECOND = {
    **FIRST,
    NEXT: ("ALTER TABLE area ADD COLUMN colour TEXT NOT NULL DEFAULT ''", "CREATE INDEX by_colour ON area (colour)"),
}
BROKEN = {**FIRST, NEXT: ("ALTER TABLE area ADD COLUMN colour TEXT", "CREATE TABLE area (again)")}
TEARING = {
    **FIRST,
    NEXT: ("CREATE TABLE extra (what TEXT) STRICT", "UPDATE indicator SET area = 'nowhere' WHERE key = 'dagar'"),
}
LOSING = {**FIRST, NEXT: ("DROP TRIGGER IF EXISTS not_there", "ALTER TABLE area ADD COLUMN colour TEXT")}


@pytest.fixture
def old(path: Path) -> Path:
    """A database of the first version, with a plan in it."""
    new_copy(path, with_plan=True).close()
    return path


@pytest.fixture
def rule(path: Path) -> BackupRule:
    return BackupRule(path.parent / "backups")


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_the_steps_are_numbered_without_gaps_and_each_has_a_file() -> None:
    files = sorted(Path(migrations.__file__).parent.glob("*.sql"))
    assert [file.name for file in files] == [f"{number:04}.sql" for number in range(1, migrations.SCHEMA_VERSION + 1)]
    assert list(FIRST) == list(range(1, migrations.SCHEMA_VERSION + 1))


def test_an_upgrade_keeps_everything_and_leaves_a_backup(old: Path, rule: BackupRule) -> None:
    journal = rows(old, "SELECT * FROM revision")
    migrate(old, rule, SECOND)
    assert rows(old, "PRAGMA user_version") == [(NEXT,)]
    assert rows(old, "PRAGMA application_id") == [(APPLICATION_ID,)]
    assert rows(old, "SELECT * FROM revision") == journal
    assert rows(old, "SELECT DISTINCT colour FROM area") == [("",)]
    (backup,) = rule.folder.iterdir()
    assert f"before-version-{NEXT}" in backup.name
    assert inspect(backup) == migrations.SCHEMA_VERSION
    assert rows(backup, "SELECT * FROM revision") == journal
    assert backup.stat().st_mode & 0o777 == 0o600


def test_nothing_is_done_to_a_database_that_is_new_enough(old: Path, rule: BackupRule) -> None:
    before = old.read_bytes()
    migrate(old, rule, FIRST)
    assert old.read_bytes() == before
    assert not rule.folder.exists()


@pytest.mark.parametrize("steps", [BROKEN, TEARING], ids=["a failing statement", "a broken reference"])
def test_an_upgrade_that_fails_leaves_the_database_as_it_was(
    old: Path, rule: BackupRule, steps: dict[int, tuple[str, ...]]
) -> None:
    before = old.read_bytes()
    with pytest.raises(DatabaseError):
        migrate(old, rule, steps)
    assert old.read_bytes() == before
    assert len(list(rule.folder.iterdir())) == 1


@pytest.mark.thorough
def test_whichever_page_is_damaged_an_upgrade_refuses_in_words(old: Path) -> None:
    """SQLite finds some of them when a statement begins, and others only while its rows are read."""
    whole = old.read_bytes()
    size = int.from_bytes(whole[16:18])
    for start in range(size, len(whole), size):
        damaged = whole[:start] + b"\xff" * size + whole[start + size :]
        old.write_bytes(damaged)
        with pytest.raises(DamagedDatabase):
            migrate(old, None, SECOND)
        assert old.read_bytes() == damaged


def test_a_schema_that_is_not_what_the_steps_make_is_not_accepted(old: Path, rule: BackupRule) -> None:
    connection = sqlite3.connect(old)
    connection.execute("DROP TRIGGER revision_is_never_deleted")
    connection.commit()
    connection.close()
    with pytest.raises(DamagedDatabase):
        migrate(old, rule, SECOND)
    assert rows(old, "PRAGMA user_version") == [(migrations.SCHEMA_VERSION,)]


def test_the_expected_schema_has_what_peewees_migrator_would_lose() -> None:
    expected = expected_schema()
    assert sum("STRICT" in sql for sql in expected.values()) == 21
    assert {"revision_is_never_changed", "revision_is_never_deleted", "revision_is_never_replaced"} <= expected.keys()


def test_a_journal_of_which_no_rows_can_be_made_is_not_upgraded(old: Path, rule: BackupRule, tmp_path: Path) -> None:
    first = tmp_path / "first.db"
    make_first_version(old, first)
    with closing(sqlite3.connect(first)) as raw:
        ((trigger,),) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'revision_is_never_changed'")
        raw.execute("DROP TRIGGER revision_is_never_changed")
        raw.execute("UPDATE revision SET state = '{}' WHERE kind = 'outcome'")
        raw.execute(trigger)
        raw.commit()
    before = first.read_bytes()
    with pytest.raises(DamagedDatabase) as refused:
        migrate(first, rule)
    assert "kunde inte uppgraderas" in say(refused.value.message)
    assert first.read_bytes() == before
