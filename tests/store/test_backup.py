"""Backups by hand and by themselves, restoring, and proving."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.store import backup as backup_module
from kvaltui.store.backup import backup
from kvaltui.store.backup_folder import BackupRule, mark_of
from kvaltui.store.bundle import digest, revisions
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.errors import BackupError, DatabaseError, NotADatabase
from kvaltui.store.history import history
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.store.restore import restore
from kvaltui.store.undo import undo
from tests.sampled import sampled
from tests.store.plan import COORDINATOR, MANAGER, PLAN, change, fill, new_copy, outcome


def files(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


def tamper(path: Path, *statements: str) -> None:
    """Change a file behind the program's back, without its triggers and keys."""
    other = sqlite3.connect(path, isolation_level=None)
    for trigger in ("revision_is_never_changed", "revision_is_never_deleted", "revision_is_never_replaced"):
        ((sql,),) = other.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,))
        other.execute(f"DROP TRIGGER {trigger}")
        statements = (*statements, sql)
    for statement in statements:
        other.execute(statement)
    other.close()


def test_a_backup_holds_the_same_and_is_its_owners_alone(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "kopior" / "kopia.db"
    assert backup(database, target) == target
    with open_database(target, read_only=True) as copy:
        assert list(load_plan(copy, PLAN)) == list(load_plan(database, PLAN))
        assert digest(revisions(copy, PLAN)) == digest(revisions(database, PLAN))
        assert check(copy) == ()
    assert target.stat().st_mode & 0o777 == 0o600
    assert files(target.parent) == ["kopia.db"]


def test_a_backup_without_a_name_goes_to_the_folder_of_the_backups(database: Database, path: Path) -> None:
    made = backup(database)
    assert made.parent == path.parent / "backups"
    assert made.name.startswith(f"kvaltui-{date.today().isoformat()}T")  # noqa: DTZ011 - the reader's day


def test_a_backup_never_replaces_anything(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "viktigt.txt"
    target.write_text("viktigt")
    with pytest.raises(BackupError, match="there already"):
        backup(database, target)
    assert target.read_text() == "viktigt"
    assert files(tmp_path) == ["db", "viktigt.txt"]
    with pytest.raises(BackupError, match="cannot be made"):
        backup(database, target / "kopia.db")


def test_a_backup_can_be_made_while_only_reading(database: Database, path: Path, tmp_path: Path) -> None:
    with open_database(path, read_only=True) as reading:
        backup(reading, tmp_path / "kopia.db")
    assert check(open_database(tmp_path / "kopia.db")) == ()


@pytest.mark.thorough
def test_the_first_change_of_a_day_is_preceded_by_a_backup(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Day(date):
        number = 1

        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return date(2026, 3, cls.number)

    monkeypatch.setattr(backup_module, "date", Day)
    rule = BackupRule(path.parent / "backups", kept_daily=3)
    rule.folder.mkdir(parents=True)
    (rule.folder / "kvaltui-2020-01-01-before-version-2-77.db").touch()
    (rule.folder / "annat-2020-01-01.db").touch()
    database = open_database(path, create=True, backups=rule)
    fill(database)
    assert len(files(rule.folder)) == 2, "there was nothing to keep"
    for number in (2, 2, 3, 5, 8):
        Day.number = number
        change(database, value=f"{number} %")
        change(database, note=str(number))
    undo(database, PLAN, by=COORDINATOR)
    mark = mark_of(database.id, path)
    assert files(rule.folder) == [
        "annat-2020-01-01.db",
        "kvaltui-2020-01-01-before-version-2-77.db",
        *(f"kvaltui-2026-03-0{day}-{mark}.db" for day in (3, 5, 8)),
    ]
    with open_database(rule.folder / f"kvaltui-2026-03-08-{mark}.db") as of_that_day:
        assert outcome(of_that_day).value == "5 %"
    database.close()


def test_a_backup_of_the_day_that_fails_does_not_hinder_the_change(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.mkdir()
    (path.parent / "backups").write_text("in the way")
    with open_database(path, create=True) as database:
        fill(database)
        change(database, value="91,5 %")
        assert outcome(database).value == "91,5 %"
    with open_database(path) as database:
        change(database, value="92,5 %")
    assert "no backup of the day" in caplog.text
    assert "92,5" not in caplog.text


@pytest.mark.thorough
def test_restoring_puts_the_backup_in_place_and_keeps_what_was_there(
    database: Database, path: Path, tmp_path: Path
) -> None:
    source = backup(database, tmp_path / "kopia.db")
    as_it_was = source.read_bytes()
    change(database, value="1 %")
    lines = revisions(database, PLAN)
    database.close()
    kept = restore(path, source, by=MANAGER)
    assert kept is not None
    assert kept.parent == path.parent / "backups"
    assert "replaced" in kept.name
    with open_database(path) as restored:
        assert outcome(restored).value == "86 %"
        latest = history(restored, PLAN, limit=1)[0]
        assert (latest.origin.text, latest.author, latest.changed) == ("restore kopia.db", MANAGER, ())
        assert check(restored) == ()
        change(restored, value="2 %")
    with open_database(kept) as old:
        assert revisions(old, PLAN) == lines
        assert check(old) == ()
    assert source.read_bytes() == as_it_was
    assert path.stat().st_mode & 0o777 == 0o600


def test_restoring_to_where_nothing_is(database: Database, tmp_path: Path) -> None:
    source = backup(database, tmp_path / "kopia.db")
    place = tmp_path / "ny" / "kvaltui.db"
    assert restore(place, source, by=COORDINATOR) is None
    with open_database(place) as restored:
        assert outcome(restored).value == "86 %"
    assert place.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("damage", ["cut", "scribbled", "empty", "with a journal"])
def test_restoring_over_a_damaged_database(database: Database, path: Path, tmp_path: Path, damage: str) -> None:
    source = backup(database, tmp_path / "kopia.db")
    database.close()
    if damage == "cut":
        os.truncate(path, path.stat().st_size // 2)
    elif damage == "empty":
        os.truncate(path, 0)
    else:
        with path.open("r+b") as file:
            file.write(b"not a database any more")
    journal = path.with_name("kvaltui.db-journal")
    if damage == "with a journal":
        journal.write_bytes(b"\0" * 600)
    damaged = path.read_bytes()
    kept = restore(path, source, by=COORDINATOR)
    assert kept is not None
    assert kept.read_bytes() == damaged
    assert not journal.exists()
    assert kept.with_name(kept.name + "-journal").exists() == (damage == "with a journal")
    with open_database(path) as restored:
        assert outcome(restored).value == "86 %"
        assert check(restored) == ()


@pytest.mark.thorough
def test_restoring_on_a_file_system_without_links(
    database: Database, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a memory stick's."""

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    source = backup(database, tmp_path / "kopia.db")
    change(database, value="1 %")
    database.close()
    kept = restore(path, source, by=COORDINATOR)
    assert kept is not None
    with open_database(path) as restored, open_database(kept) as old:
        assert (outcome(restored).value, outcome(old).value) == ("86 %", "1 %")
    with pytest.raises(BackupError):
        backup(database, source)
    assert restore(tmp_path / "ny.db", source, by=COORDINATOR) is None


def foreign(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE secret (what)")
    other.close()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda source: source.unlink(),
        lambda source: source.write_text("Hej!"),
        lambda source: os.truncate(source, source.stat().st_size // 2),
        lambda source: foreign(source.unlink() or source),
        lambda source: tamper(source, "UPDATE outcome SET value = '99 %' WHERE key = 'trygghet/2022/'"),
        lambda source: tamper(source, "UPDATE revision SET reason = 'annat' WHERE sequence = 3"),
    ],
    ids=["gone", "text", "cut", "foreign", "an altered row", "an altered revision"],
)
def test_a_backup_that_is_not_whole_is_refused_before_anything_is_touched(
    database: Database, path: Path, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    source = backup(database, tmp_path / "kopia.db")
    spoil(source)
    database.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseError):
        restore(path, source, by=COORDINATOR)
    assert path.read_bytes() == before
    assert files(path.parent) == ["kvaltui.db"]


def test_another_programs_database_is_not_moved_away(database: Database, tmp_path: Path) -> None:
    source = backup(database, tmp_path / "kopia.db")
    place = tmp_path / "annan.db"
    foreign(place)
    before = place.read_bytes()
    with pytest.raises(NotADatabase):
        restore(place, source, by=COORDINATOR)
    with pytest.raises(DatabaseError):
        restore(tmp_path, source, by=COORDINATOR)
    assert place.read_bytes() == before


@pytest.mark.thorough
def test_a_restored_copy_gets_back_what_others_have(database: Database, path: Path, tmp_path: Path) -> None:
    from kvaltui.store.bundle import add_revisions

    source = backup(database, tmp_path / "kopia.db")
    change(database, value="1 %")
    lines = revisions(database, PLAN)
    database.close()
    restore(path, source, by=COORDINATOR)
    with open_database(path) as restored:
        assert add_revisions(restored, lines, received_from="laptop.kvb").new == 1
        assert outcome(restored).value == "1 %"
        assert check(restored) == ()


def test_a_whole_database_has_no_faults(database: Database) -> None:
    on_screen = load_plan(database, PLAN).position
    change(database, value="90 %", by=MANAGER)
    change(database, value="91 %", seen=on_screen)
    record(
        database,
        PLAN,
        [Outcome(indicator="dagar", period=Period.parse("2022"), part="BOU", value="101")],
        by=COORDINATOR,
        seen=database.position(),
    )
    assert check(database) == ()


TAMPERED = {
    "a row": ("UPDATE outcome SET value = '99 %' WHERE key = 'trygghet/2022/'", "not what the journal says"),
    "a row's mark": ("UPDATE area SET changed_by = 'Ingen'", "not what the journal says"),
    "a row's meaning": ("UPDATE outcome SET low = '99' WHERE key = 'trygghet/2022/'", "another meaning"),
    "a row that is gone": ("DELETE FROM assignment", "has no row"),
    "a row too many": (
        "INSERT INTO quality_factor VALUES (:plan, 'ny', 'Ny', 0, 0, '[]', '2022-01-01T00:00:00.000Z', '')".replace(
            ":plan", f"'{PLAN}'"
        ),
        "not in the journal",
    ),
    "a revision's reason": ("UPDATE revision SET reason = 'annat' WHERE sequence = 5", "Revision 5 .* altered"),
    "a revision's state": (
        "UPDATE revision SET state = replace(state, '86 %', '87 %') WHERE state LIKE '%86 \\%%' ESCAPE '\\'",
        "altered",
    ),
    "a revision that is gone": ("DELETE FROM revision WHERE sequence = 7", "Revision 7 .* missing"),
    "the last revisions gone": ("DELETE FROM revision WHERE sequence > 15", "last revisions .* missing"),
    "a revision that is no JSON": (
        "UPDATE revision SET state = '[]' WHERE sequence = 4",
        "Revision 4 .* cannot be read",
    ),
    "a revision of an unknown kind": ("UPDATE revision SET kind = 'spell' WHERE sequence = 4", "cannot be read"),
    "a revision with a strange value": (
        "UPDATE revision SET state = replace(state, '\"2022\"', '\"i fjol\"') WHERE kind = 'outcome'",
        "cannot be read",
    ),
    "a parent that is not there": (
        "UPDATE revision SET parents = '[\"01a20000-0000-7000-8000-000000000000\"]' WHERE sequence = 9",
        "builds on one that is missing",
    ),
    "a figure that belongs to another": (
        "UPDATE outcome SET indicator = 'dagar' WHERE key = 'trygghet/2022/'",
        "outcome/trygghet/2022/.* cannot be read",
    ),
    "a table too many": ("CREATE TABLE extra (what)", "extra does not belong"),
    "an index gone": ("DROP INDEX revision_of_action", "revision_of_action is missing"),
    "a reference to nothing": (
        "PRAGMA foreign_keys = 0; UPDATE indicator SET area = 'nowhere' WHERE key = 'dagar'",
        "names a row of area that is not there",
    ),
}


@pytest.mark.parametrize("what", sampled(TAMPERED, 5))
def test_tampering_is_found_and_told_in_words(database: Database, path: Path, what: str) -> None:
    import re

    statement, expected = TAMPERED[what]
    tamper(path, *statement.split("; "))
    faults = check(database)
    assert any(re.search(expected, str(fault.what)) for fault in faults), [str(fault.what) for fault in faults]
    assert all(str(fault.advice) for fault in faults)


def test_a_file_that_others_may_read_is_told_of(database: Database, path: Path) -> None:
    path.chmod(0o644)
    (fault,) = check(database)
    assert "Everybody" in str(fault.what)
    assert check(database, files=False) == ()


def test_many_faults_of_a_sort_are_counted(database: Database, path: Path) -> None:
    areas = [f"('{PLAN}', 'a{number}', 'A', '', NULL, '', 0, 0, '[]', '', '')" for number in range(40)]
    tamper(path, f"INSERT INTO area VALUES {', '.join(areas)}")
    faults = check(database)
    assert len(faults) == 21
    assert "20 more" in str(faults[-1].what)


def test_a_page_of_anything_else_is_told_of(database: Database, path: Path) -> None:
    database.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size - 4096)
        file.write(b"\xff" * 4096)
    with new_copy(path) as damaged:
        faults = check(damaged)
    assert "is damaged" in str(faults[0].what)


def overwrite(path: Path, at: int) -> None:
    with path.open("r+b") as file:
        file.seek(at, os.SEEK_END if at < 0 else os.SEEK_SET)
        file.write(b"\xff" * 4096)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "its last page": lambda path: overwrite(path, -4096),
    "its first page": lambda path: overwrite(path, 0),
    "pages in its middle": lambda path: overwrite(path, 5 * 4096),
    "its end gone": lambda path: os.truncate(path, path.stat().st_size - 4096),
    "nothing in it": lambda path: os.truncate(path, 100),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_backup_that_turns_out_damaged_is_none(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    """As on a disk that keeps something else than what was written. The change itself goes on."""
    copy_into = backup_module.copy_into

    def copy_wrongly(orm: SqliteDatabase, new: Path, mode: int) -> None:
        copy_into(orm, new, mode)
        DAMAGE[damage](new)

    with open_database(path, create=True) as database:
        fill(database)
        monkeypatch.setattr(backup_module, "copy_into", copy_wrongly)
        with pytest.raises(BackupError, match="turned out damaged"):
            backup(database, tmp_path / "kopia.db")
        change(database, value="91 %")
        assert outcome(database).value == "91 %"
    assert files(tmp_path) == ["db"]
    assert files(path.parent / "backups") == []


def test_a_backup_is_on_the_disk_before_it_is_told_of(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[int, int]] = []
    fsync = os.fsync

    def told(handle: int) -> None:
        fsync(handle)
        status = os.fstat(handle)
        synced.append((status.st_ino, status.st_size if stat.S_ISREG(status.st_mode) else 0))

    monkeypatch.setattr(os, "fsync", told)
    made = backup(database, tmp_path / "kopior" / "kopia.db")
    status, folder = made.stat(), made.parent.stat()
    assert (status.st_ino, status.st_size) in synced, "the whole of the file"
    assert (folder.st_ino, 0) in synced, "its name"
    assert synced.index((status.st_ino, status.st_size)) < len(synced) - synced[::-1].index((folder.st_ino, 0)) - 1


@pytest.mark.parametrize("umask", [0, 0o077])
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o660])
def test_a_backup_is_for_those_whom_the_database_is_for(
    database: Database, path: Path, tmp_path: Path, mode: int, umask: int
) -> None:
    path.chmod(mode)
    old = os.umask(umask)
    try:
        made = backup(database, tmp_path / "kopior" / "kopia.db")
    finally:
        os.umask(old)
    assert stat.S_IMODE(made.stat().st_mode) == mode
    assert stat.S_IMODE(made.parent.stat().st_mode) == (0o2770 if mode & 0o070 else 0o700)


@pytest.mark.parametrize("number", [1, 2])
def test_the_last_revisions_that_are_gone_are_missed(database: Database, path: Path, number: int) -> None:
    change(database, value="90 %")
    change(database, value="91 %")
    position = database.position()
    first = position - number + 1
    tamper(path, f"DELETE FROM revision WHERE sequence >= {first}")
    told = [str(fault.what) for fault in check(database)]
    assert f"The last revisions of the journal are missing, from {first} on" in told


@pytest.mark.thorough
def test_revisions_that_the_count_does_not_know_are_noticed(database: Database, path: Path) -> None:
    for wrong in ("seq - 1", "seq + 1", "0"):
        tamper(path, f"UPDATE sqlite_sequence SET seq = {wrong} WHERE name = 'revision'")
        assert check(database), wrong
        seq = database.position()
        tamper(path, f"UPDATE sqlite_sequence SET seq = {seq} WHERE name = 'revision'")
        assert check(database) == ()
