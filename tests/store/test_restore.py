"""Restoring goes into the live database: one file, whoever has it open and by whatever name, and all or nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import product
from pathlib import Path

import pytest

from kvaltui.exchange.bundle_file import join, read_bundle, write_bundle
from kvaltui.store import sqlite_file
from kvaltui.store.backup import backup
from kvaltui.store.backup_folder import BackupRule, mark_of
from kvaltui.store.bundle import revisions
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.errors import BackupError, DatabaseBusy, DatabaseError, ForeignBackup
from kvaltui.store.history import history
from kvaltui.store.migrations import SCHEMA_VERSION
from kvaltui.store.opening import open_database
from kvaltui.store.restore import restore
from kvaltui.store.writers import keep_tip, notices
from tests.sampled import sampled
from tests.store.first_version import make_first_version
from tests.store.plan import COORDINATOR, MANAGER, PLAN, change, fill, new_copy, outcome


def by_a_link(path: Path) -> Path:
    name = path.parent.parent / "lank" / "plan.db"
    name.parent.mkdir()
    name.symlink_to(path)
    return name


def by_a_second_name(path: Path) -> Path:
    name = path.parent / "andra.db"
    name.hardlink_to(path)
    return name


def by_links_in_its_path(path: Path) -> Path:
    folder = path.parent.parent / "mapp"
    folder.symlink_to(path.parent, target_is_directory=True)
    return folder / path.name


NAMES: dict[str, Callable[[Path], Path]] = {
    "its name": lambda path: path,
    "a link": by_a_link,
    "a second name": by_a_second_name,
    "a link in its path": by_links_in_its_path,
}


@pytest.mark.thorough
@pytest.mark.parametrize("name", sampled(NAMES, 2))
def test_the_file_stays_the_same_one(database: Database, path: Path, tmp_path: Path, name: str) -> None:
    """Whoever has it open, by any of its names, sees the restored content and writes where the next reader looks."""
    source = backup(database, tmp_path / "kopia.db")
    change(database, value="1 %")
    path.chmod(0o660)
    place = NAMES[name](path)
    before = path.stat()
    restore(place, source, by=MANAGER)
    after = path.stat()
    assert (after.st_ino, after.st_dev, after.st_mode, after.st_nlink) == (
        before.st_ino,
        before.st_dev,
        before.st_mode,
        before.st_nlink,
    )
    assert outcome(database).value == "86 %"
    change(database, value="2 %")
    for each in {path, place}:
        with open_database(each) as again:
            assert outcome(again).value == "2 %"
            assert check(again, files=False) == ()
    assert not path.with_name("kvaltui.db-journal").exists()


@pytest.mark.thorough
@pytest.mark.parametrize(("mode", "page_size"), sampled(product(["delete", "persist", "wal"], [512, 4096, 65536]), 4))
def test_whatever_the_file_is_set_to_is_what_the_program_needs_afterwards(
    database: Database, path: Path, tmp_path: Path, page_size: int, mode: str
) -> None:
    source = backup(database, tmp_path / "kopia.db")
    change(database, value="1 %")
    database.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA page_size = {page_size}")
        other.execute("VACUUM")
        other.execute(f"PRAGMA journal_mode = {mode}").fetchall()
    kept = restore(path, source, by=COORDINATOR)
    assert kept is not None
    with closing(sqlite3.connect(path)) as other:
        asked = {name: other.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")}
        assert asked == {"application_id": sqlite_file.APPLICATION_ID, "user_version": SCHEMA_VERSION}
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    with open_database(path) as restored, open_database(kept) as old:
        assert (outcome(restored).value, outcome(old).value) == ("86 %", "1 %")
        assert check(restored) == check(old) == ()
    left = {each.name for each in path.parent.iterdir()}
    assert left <= {"kvaltui.db", "kvaltui.db-journal", "backups"}


@pytest.mark.thorough
def test_a_restored_database_has_a_new_device(database: Database, path: Path, tmp_path: Path) -> None:
    """Its counter goes back: nothing that it has given out may be given out again."""
    change(database, value="3 %")
    device = database.device
    source = backup(database, tmp_path / "kopia.db")
    change(database, value="1 %")
    given_out = {(each.device, each.number) for each in written(database)}
    restore(path, source, by=COORDINATOR)
    change(database, value="2 %")  # who had it open is another device too
    mine = written(database)[-1]
    assert mine.device != device
    assert (mine.device, mine.number) not in given_out
    with open_database(path) as again:
        assert again.device == mine.device
        change(again, value="4 %")
        assert (written(again)[-1].device, written(again)[-1].number) == (mine.device, mine.number + 1)
    assert check(database) == ()


@pytest.mark.thorough
def test_what_was_found_whole_before_is_no_fault_after_restoring(
    database: Database, path: Path, tmp_path: Path
) -> None:
    source = backup(database, tmp_path / "kopia.db")
    change(database, value="1 %")
    keep_tip(database)
    restore(path, source, by=COORDINATOR)
    with open_database(path) as again:
        assert check(again) == ()
        keep_tip(again)
        change(again, value="2 %")
        assert (check(again), notices(again)) == ((), ())


def test_after_restoring_seals_and_the_last_look_are_watched_as_before(
    database: Database, path: Path, tmp_path: Path
) -> None:
    restore(path, backup(database, tmp_path / "kopia.db"), by=COORDINATOR)
    with open_database(path) as again:
        change(again, value="2 %")
    with closing(sqlite3.connect(path)) as raw:
        triggers = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE revision SET seal = '' WHERE sequence = (SELECT max(sequence) FROM revision)")
        for _, sql in triggers:
            raw.execute(sql)
        raw.commit()
    with open_database(path) as again:
        (fault,) = check(again)
    assert "does not bear this device's seal" in str(fault.what)


@pytest.mark.thorough
def test_who_has_not_restored_is_told_that_somebody_else_has(
    database: Database, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(database, value="1 %")
    source = backup(database, tmp_path / "kopia.db")
    keep_tip(database)
    with monkeypatch.context() as theirs:
        theirs.setenv("XDG_DATA_HOME", str(tmp_path / "theirs"))
        restore(path, source, by=MANAGER)
    with open_database(path) as again:
        assert check(again) == ()
        (notice,) = notices(again)
        assert "Somebody else has restored a backup here" in str(notice)
        change(again, value="2 %")
        assert (check(again), notices(again)) == ((), ())


@pytest.mark.thorough
def test_what_was_not_signed_before_restoring_can_be_proved_elsewhere(
    database: Database, path: Path, tmp_path: Path
) -> None:
    change(database, value="3 %")
    first = database.device
    restore(path, backup(database, tmp_path / "kopia.db"), by=COORDINATOR)
    with open_database(path) as again, new_copy(tmp_path / "annan.db") as other:
        change(again, value="4 %")
        joined = join(read_bundle(write_bundle(again, PLAN), "b.kvb"), other, accepts_unproved=True)
        why = {claim.device: claim.why for claim in joined.claims}
        assert (why[first], why[again.device]) == (None, None)
        assert check(again) == ()


def written(database: Database) -> list[Written]:
    rows = database.fetch_sql("SELECT device, number FROM revision ORDER BY sequence")
    return [Written(str(device), int(number)) for device, number in rows]


class Written:
    """Who wrote a revision, and the number that it got."""

    def __init__(self, device: str, number: int) -> None:
        self.device = device
        self.number = number


def other_database(tmp_path: Path) -> Path:
    with new_copy(tmp_path / "annan" / "kvaltui.db", with_plan=True) as other:
        change(other, value="77 %")
        return backup(other, tmp_path / "annans.db")


@pytest.mark.thorough
def test_a_backup_of_another_database_wants_a_persons_yes(database: Database, path: Path, tmp_path: Path) -> None:
    source = other_database(tmp_path)
    before = path.read_bytes()
    with pytest.raises(ForeignBackup, match="Kvalitetsplan 2022"):
        restore(path, source, by=COORDINATOR)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["kvaltui.db"]
    kept = restore(path, source, by=COORDINATOR, accept_other=True)
    assert kept is not None
    with open_database(path) as restored, open_database(kept) as old:
        assert (outcome(restored).value, outcome(old).value) == ("77 %", "86 %")
        assert check(restored) == ()


@pytest.mark.thorough
def test_a_database_without_anything_in_it_gives_way_to_any(tmp_path: Path) -> None:
    source = other_database(tmp_path)
    path = tmp_path / "ny" / "kvaltui.db"
    new_copy(path).close()
    restore(path, source, by=COORDINATOR)
    with open_database(path) as restored:
        assert outcome(restored).value == "77 %"


@pytest.mark.thorough
def test_a_backup_from_before_databases_had_ids_is_of_the_one_that_goes_on_from_it(
    database: Database, path: Path, tmp_path: Path, filled: Path
) -> None:
    source = tmp_path / "gammal.db"
    make_first_version(filled, source)
    as_it_was = source.read_bytes()
    change(database, value="1 %")
    id_ = database.id
    restore(path, source, by=COORDINATOR)
    assert source.read_bytes() == as_it_was
    with open_database(path) as restored:
        assert restored.id == id_
        assert outcome(restored).value == "86 %"
        assert check(restored) == ()
    with new_copy(tmp_path / "annan" / "kvaltui.db", with_plan=True) as other:
        assert other.path is not None
        with pytest.raises(ForeignBackup):
            restore(other.path, source, by=COORDINATOR)
    names = [each.name for each in (tmp_path / "db").iterdir()]
    assert sorted(names) == ["backups", "kvaltui.db"]


def test_a_database_is_no_backup_of_its_own(database: Database, path: Path, tmp_path: Path) -> None:
    for name in (path, by_a_second_name(path), by_a_link(path)):
        with pytest.raises(BackupError, match="is the database itself, not a backup of it"):
            restore(path, name, by=COORDINATOR)


def test_what_cannot_be_kept_first_is_not_replaced(database: Database, path: Path, tmp_path: Path) -> None:
    source = backup(database, tmp_path / "kopia.db")
    change(database, value="1 %")
    (path.parent / "backups").write_text("i vägen")
    with pytest.raises(DatabaseError, match="cannot be restored"):
        restore(path, source, by=COORDINATOR)
    assert outcome(database).value == "1 %"
    os.truncate(path, 5000)
    with pytest.raises(DatabaseError, match="cannot be restored"):
        restore(path, source, by=COORDINATOR)
    assert path.stat().st_size == 5000
    assert sorted(each.name for each in path.parent.iterdir()) == ["backups", "kvaltui.db"]


@pytest.mark.thorough
def test_somebody_who_writes_is_waited_for(
    database: Database, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_TIMEOUT", 0.05)
    source = backup(database, tmp_path / "kopia.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseBusy):
            restore(path, source, by=COORDINATOR)
        other.execute("ROLLBACK")
        other.execute("BEGIN")
        other.execute("SELECT * FROM revision").fetchone()
        with pytest.raises(DatabaseBusy):
            restore(path, source, by=COORDINATOR)
    assert restore(path, source, by=COORDINATOR) is not None


@contextmanager
def crashed(path: Path, tmp_path: Path) -> Iterator[None]:
    """A writer that was killed in the middle: its journal is left and would be played back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA cache_size = 1")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE outcome SET source = 'x'")
        for number in range(200):
            other.execute("INSERT INTO about VALUES (?, ?)", (f"n{number}", "x" * 4000))
        journal, content = path.with_name(f"{path.name}-journal").read_bytes(), path.read_bytes()
    path.write_bytes(content)
    path.with_name(f"{path.name}-journal").write_bytes(journal)
    assert journal[:8] != bytes(8)
    yield


@pytest.mark.thorough
def test_what_a_crash_has_left_is_not_played_into_what_is_restored(
    database: Database, path: Path, tmp_path: Path
) -> None:
    source = backup(database, tmp_path / "kopia.db")
    database.close()
    with crashed(path, tmp_path):
        kept = restore(path, source, by=COORDINATOR)
    assert kept is not None
    with open_database(path) as restored, open_database(kept) as old:
        assert check(restored) == check(old) == ()
    with crashed(path, tmp_path):
        path.unlink()
        assert restore(path, source, by=COORDINATOR) is None
    with open_database(path) as restored:
        assert check(restored) == ()


@pytest.mark.thorough
def test_several_in_a_second_are_all_kept(database: Database, path: Path, tmp_path: Path) -> None:
    source = backup(database, tmp_path / "kopia.db")
    kept = set()
    for number in range(5):
        change(database, value=f"{number} %")
        kept.add(restore(path, source, by=COORDINATOR))
    values = set()
    for each in kept:
        assert each is not None
        with open_database(each) as old:
            values.add(outcome(old).value)
    assert values == {f"{number} %" for number in range(5)}


def test_a_broken_file_that_can_be_locked_is_kept_as_it_is(database: Database, path: Path, tmp_path: Path) -> None:
    source = backup(database, tmp_path / "kopia.db")
    size = path.stat().st_size
    database.close()
    with path.open("r+b") as file:
        file.seek(size - 4096)
        file.write(b"\xff" * 4096)
    inode = path.stat().st_ino
    kept = restore(path, source, by=COORDINATOR)
    assert kept is not None
    assert "damaged" in kept.name
    assert kept.read_bytes()[-4096:] == b"\xff" * 4096
    assert path.stat().st_ino == inode
    with open_database(path) as restored:
        assert check(restored) == ()


def test_what_is_kept_and_the_history_tell_of_the_restoring(database: Database, path: Path, tmp_path: Path) -> None:
    source = backup(database, tmp_path / "kopia.db")
    change(database, value="1 %")
    lines = revisions(database, PLAN)
    kept = restore(path, source, by=MANAGER, backups=BackupRule(tmp_path / "annanstans", kept_daily=0))
    assert kept is not None
    assert kept.parent == tmp_path / "annanstans"
    assert mark_of(database.id, path) in kept.name
    assert "replaced" in kept.name
    latest = history(database, PLAN, limit=1)[0]
    assert (latest.origin.text, latest.author, latest.changed) == ("restore kopia.db", MANAGER, ())
    with open_database(kept) as old:
        assert revisions(old, PLAN) == lines


def test_a_file_that_was_put_in_the_place_is_seen(database: Database, path: Path, tmp_path: Path) -> None:
    """Where the database was garbage the file is another one: who had the old one open opens it again."""
    source = backup(database, tmp_path / "kopia.db")
    with new_copy(tmp_path / "annan" / "kvaltui.db") as other:
        fill(other)
    assert not database.is_replaced()
    path.write_bytes(b"skr\xe4p" * 3000)
    restore(path, source, by=COORDINATOR)
    assert database.is_replaced()
    database.open_again()
    assert not database.is_replaced()
    change(database, value="2 %")
    with open_database(path) as again:
        assert outcome(again).value == "2 %"
