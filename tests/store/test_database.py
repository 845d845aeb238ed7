"""Opening: what is refused is left byte for byte; what is opened keeps its promises."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from kvaltui.store import sqlite_file
from kvaltui.store.backup import backup
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.errors import (
    DamagedDatabase,
    DatabaseBusy,
    DatabaseError,
    DiskFull,
    NewerDatabase,
    NoDatabase,
    NotADatabase,
    OldDatabase,
    ReadOnlyDatabase,
)
from kvaltui.store.migrations import SCHEMA_VERSION
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.store.reading import open_to_read
from kvaltui.store.restore import restore
from tests.processes import exit_code
from tests.sampled import sampled
from tests.second_user import common_folder, may_be_another
from tests.store.plan import COORDINATOR, PLAN, change, fill, new_copy, outcome


def foreign(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE secret (what)")
    other.execute("INSERT INTO secret VALUES ('theirs')")
    other.commit()
    other.close()


def foreign_in_wal_mode(path: Path) -> None:
    foreign(path)
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("INSERT INTO secret VALUES ('more')")
    other.commit()
    other.close()


def foreign_after_a_crash(path: Path) -> None:
    """With a hot journal beside it, which SQLite would roll back if it were let to."""
    foreign(path)
    script = (
        "import os, sqlite3, sys\n"
        "other = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "other.execute('PRAGMA cache_size = 1')\n"
        "other.execute('BEGIN')\n"
        "other.execute('CREATE TABLE big (what)')\n"
        "other.executemany('INSERT INTO big VALUES (?)', [('x' * 1000,)] * 1000)\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], timeout=120, check=False)
    assert path.with_name(path.name + "-journal").stat().st_size > 0


def newer(path: Path) -> None:
    new_copy(path, with_plan=True).close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 99")
    other.close()


def truncated(path: Path, keep: float = 0.5) -> None:
    new_copy(path, with_plan=True).close()
    os.truncate(path, int(path.stat().st_size * keep))


def scribbled_over(path: Path) -> None:
    new_copy(path, with_plan=True).close()
    with path.open("r+b") as file:
        file.write(b"not a database any more")


REFUSED: dict[str, tuple[Callable[[Path], object], type[DatabaseError]]] = {
    "empty": (lambda path: path.touch(), NotADatabase),
    "text": (lambda path: path.write_text("Hej!\n" * 1000), NotADatabase),
    "short text": (lambda path: path.write_text("SQLite format 3"), NotADatabase),
    "foreign": (foreign, NotADatabase),
    "foreign in WAL mode": (foreign_in_wal_mode, NotADatabase),
    "foreign after a crash": (foreign_after_a_crash, NotADatabase),
    "newer": (newer, NewerDatabase),
    "cut in the middle": (truncated, DamagedDatabase),
    "cut at a page": (lambda path: truncated(path, 4096 / 200_000), DatabaseError),
    "cut to a few bytes": (lambda path: truncated(path, 0.0001), NotADatabase),
    "scribbled over": (scribbled_over, NotADatabase),
    "a folder": (lambda path: path.mkdir(), NotADatabase),
    "a broken link": (lambda path: path.symlink_to(path.parent / "nowhere"), DatabaseError),
    "a pipe": (os.mkfifo, NotADatabase),
}


@pytest.mark.parametrize(("read_only", "create", "what"), sampled(product([False, True], [False, True], REFUSED), 15))
def test_what_is_not_ours_is_refused_and_left_byte_for_byte(
    tmp_path: Path, what: str, create: bool, read_only: bool
) -> None:
    make, error = REFUSED[what]
    path = tmp_path / "db" / "kvaltui.db"
    path.parent.mkdir()
    make(path)

    def everything() -> dict[str, bytes | None]:
        return {each.name: each.read_bytes() if each.is_file() else None for each in path.parent.iterdir()}

    before = everything()
    with pytest.raises(error) as refused:
        open_database(path, create=create, read_only=read_only)
    assert str(path) in str(refused.value)
    assert everything() == before
    with pytest.raises(error) as refused:
        open_to_read(str(path), read_only=read_only)
    assert str(path) in str(refused.value)
    assert everything() == before


CRASH = """
import os, sqlite3, sys
other = sqlite3.connect(sys.argv[1], isolation_level=None)
other.execute("PRAGMA cache_size = 1")
other.execute("BEGIN IMMEDIATE")
other.execute("CREATE TABLE half_made (what)")
other.executemany("INSERT INTO half_made VALUES (?)", [("x" * 1000,)] * 1000)
os._exit(9)
"""


@pytest.mark.parametrize("is_torn", [False, True])
@pytest.mark.parametrize("is_to_read", [False, True])
def test_what_a_crash_has_left_is_rolled_back(database: Database, path: Path, is_torn: bool, is_to_read: bool) -> None:
    """Torn: the first page says that the file has grown, and the file has not grown yet."""
    before = list(load_plan(database, PLAN))
    database.close()
    size = path.stat().st_size
    subprocess.run([sys.executable, "-c", CRASH, str(path)], timeout=120, check=False)
    journal = path.with_name("kvaltui.db-journal")
    assert journal.stat().st_size > 0
    if is_torn:
        with path.open("r+b") as file:
            file.seek(28)
            file.write((size // 4096 + 500).to_bytes(4))
        os.truncate(path, size)
    with pytest.raises(ReadOnlyDatabase, match="interrupted"):
        open_database(path, read_only=True)
    with pytest.raises(ReadOnlyDatabase, match="interrupted"):
        open_to_read(str(path), read_only=True)
    if is_to_read:
        reading = open_to_read(str(path))
        assert reading is not None
        with reading:
            assert list(load_plan(reading, PLAN)) == before
        assert not journal.exists()
    with open_database(path) as opened:
        assert list(load_plan(opened, PLAN)) == before
        assert check(opened) == ()
    assert not journal.exists()


def test_nothing_is_made_where_nothing_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase):
        open_database(tmp_path / "db" / "kvaltui.db")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="cannot be made"):
        open_database(tmp_path / "file" / "db" / "kvaltui.db", create=True)


def test_the_settings_that_the_promises_rest_on(database: Database) -> None:
    pragmas = {
        name: database.fetch_sql(f"PRAGMA {name}")[0][0]
        for name in (
            "journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout", "application_id",
            "user_version",
        )
    }  # fmt: skip
    assert pragmas == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 30_000,
        "application_id": sqlite_file.APPLICATION_ID,
        "user_version": SCHEMA_VERSION,
    }


def test_files_are_their_owners_alone(path: Path) -> None:
    old = os.umask(0)
    try:
        new_copy(path, with_plan=True).close()
    finally:
        os.umask(old)
    assert (path.stat().st_mode & 0o7777, path.parent.stat().st_mode & 0o7777) == (0o600, 0o700)
    assert [each.name for each in path.parent.iterdir()] == ["kvaltui.db"]


def test_shared_files_are_the_groups(path: Path) -> None:
    old = os.umask(0o077)
    try:
        open_database(path, create=True, shared=True).close()
    finally:
        os.umask(old)
    assert (path.stat().st_mode & 0o7777, path.parent.stat().st_mode & 0o7777) == (0o660, 0o2770)


def test_a_folder_that_was_there_is_not_changed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    new_copy(tmp_path / "kvaltui.db").close()
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_folder_that_several_programs_make_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_dir = Path.is_dir

    def is_dir_a_moment_ago(folder: Path) -> bool:
        answer = is_dir(folder)
        if not answer:
            folder.mkdir()
        return answer

    monkeypatch.setattr(Path, "is_dir", is_dir_a_moment_ago)
    sqlite_file.make_folder(tmp_path / "backups", shared=False)
    assert (tmp_path / "backups").is_dir()


def test_reading_only(database: Database, path: Path) -> None:
    before = path.read_bytes()
    with open_database(path, read_only=True) as reading:
        assert reading.is_read_only
        assert outcome(reading).value == "86 %"
        with pytest.raises(ReadOnlyDatabase):
            change(reading, value="1 %")
        with pytest.raises(ReadOnlyDatabase):
            reading.fetch_sql("UPDATE outcome SET value = '1'")
    assert path.read_bytes() == before
    assert not open_database(path).is_read_only


def opened_as(user: int, group: int, path: Path) -> str:
    """What becomes of opening and changing as somebody else, in a word."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(group)
        os.setuid(user)
        try:
            with open_database(path, backups=BackupRule(path.parent, 0)) as database:
                change(database, note=f"av {user}")
            answer = "writes"
        except DatabaseError as error:
            answer = "reads" if isinstance(error, ReadOnlyDatabase) else "kept out"
        os.write(writing, answer.encode())
        os._exit(0)
    assert exit_code(child) == 0
    os.close(writing)
    with os.fdopen(reading) as answered:
        return answered.read()


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that everybody may enter."""
    with common_folder() as found:
        yield found


@pytest.mark.thorough
@pytest.mark.skipif(not may_be_another(), reason="only root can become somebody else")
@pytest.mark.parametrize("folder_mode", [0o755, 0o777])
def test_who_may_not_write_reads(common: Path, folder_mode: int) -> None:
    path = common / "db" / "kvaltui.db"
    new_copy(path, with_plan=True).close()
    path.parent.chmod(folder_mode)
    expected = {0o644: "reads", 0o600: "kept out", 0o666: "writes" if folder_mode == 0o777 else "reads"}
    for mode, answer in expected.items():
        path.chmod(mode)
        assert opened_as(65534, 65534, path) == answer


@pytest.mark.thorough
@pytest.mark.skipif(not may_be_another(), reason="only root can become somebody else")
def test_two_of_a_group_share_and_an_outsider_is_kept_out(common: Path) -> None:
    path = common / "db" / "kvaltui.db"
    group = 40_001
    with open_database(path, create=True, shared=True) as database:
        fill(database)
    for each in (path.parent, path):
        mode = each.stat().st_mode
        os.chown(each, -1, group)
        each.chmod(mode & 0o7777)
    for user in (50_001, 50_002, 50_001):
        assert opened_as(user, group, path) == "writes"
    assert opened_as(50_003, 40_002, path) == "kept out"
    assert [each.name for each in path.parent.iterdir()] == ["kvaltui.db"]
    with open_database(path) as database:
        assert outcome(database).note == "av 50001"


def test_a_lock_that_somebody_holds_is_waited_for_and_then_told_of(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database.fetch_sql("PRAGMA busy_timeout = 50")
    with pytest.raises(DatabaseBusy):
        change(database, value="1 %")
    other.execute("ROLLBACK")
    change(database, value="1 %")
    assert outcome(database).value == "1 %"
    other.close()


@pytest.mark.thorough
def test_a_full_disk_loses_nothing(database: Database) -> None:
    position = database.position()
    pages = database.fetch_sql("PRAGMA page_count")[0][0]
    database.fetch_sql(f"PRAGMA max_page_count = {pages + 60}")

    def write_until_it_is_full() -> None:
        for number in range(1000):
            change(database, note=f"{number} " + "x" * 2000)

    with pytest.raises(DiskFull):
        write_until_it_is_full()
    written = database.position()
    database.fetch_sql("PRAGMA max_page_count = 1000000")
    assert outcome(database).note.startswith(f"{written - position - 1} ")
    change(database, value="1 %")
    assert database.position() == written + 1


def test_a_program_that_is_older_than_the_upgraded_file_stops_writing(database: Database, path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    other.close()
    with pytest.raises(NewerDatabase):
        change(database, value="1 %")
    assert outcome(database).value == "86 %"


def test_a_file_of_an_earlier_version_that_cannot_be_written(database: Database, path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 0")
    other.close()
    with pytest.raises(OldDatabase):
        open_database(path, read_only=True)


@pytest.mark.thorough
def test_who_has_the_file_open_writes_into_what_was_restored(database: Database, path: Path, tmp_path: Path) -> None:
    """Whoever has it open must not write to what nobody will see."""
    with new_copy(tmp_path / "other.db", with_plan=True) as other:
        change(other, value="77 %")
    kept = restore(path, tmp_path / "other.db", by=COORDINATOR, accept_other=True)
    assert kept is not None
    assert outcome(database).value == "77 %"
    change(database, note="efter")
    with open_database(path) as restored:
        assert (outcome(restored).value, outcome(restored).note) == ("77 %", "efter")


def test_a_working_folder_can_be_copied(database: Database, path: Path, tmp_path: Path) -> None:
    database.close()
    shutil.copytree(path.parent, tmp_path / "copy")
    with open_database(tmp_path / "copy" / "kvaltui.db") as copy, open_database(path) as original:
        assert list(load_plan(copy, PLAN)) == list(load_plan(original, PLAN))
        assert copy.device != original.device
        assert copy.device.rpartition("-")[0] == original.device.rpartition("-")[0]


NAMES = ["kvalitet åäö.db", "a b%20c?mode=memory#x.db", "file:x.db", os.fsdecode(b"kvalitet-\xe5.db")]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    new_copy(path, with_plan=True).close()
    assert [each.name for each in tmp_path.iterdir()] == [name]
    with open_database(path, read_only=True) as database:
        assert outcome(database).value == "86 %"
        assert backup(database).parent == tmp_path / "backups"
