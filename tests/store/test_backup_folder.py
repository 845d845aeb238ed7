"""The folder of the backups: whose each is, which are kept, and when the last good one was made."""

from __future__ import annotations

import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.store import backup as backup_module
from kvaltui.store.backup import backup, how_recent
from kvaltui.store.backup_folder import BackupRule, LastBackup, backup_name, held_by, listed, mark_of
from kvaltui.store.database import Database
from kvaltui.store.opening import open_database
from kvaltui.store.undo import undo
from tests.sampled import sampled
from tests.store.first_version import make_first_version
from tests.store.plan import COORDINATOR, PLAN, change, fill, new_copy, outcome

START = date(2026, 3, 1)


@contextmanager
def the_day(monkeypatch: pytest.MonkeyPatch, day: date) -> Iterator[None]:
    """Within it, it is another day for the names of backups."""

    class Day(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return day

    with monkeypatch.context() as patch:
        patch.setattr(backup_module, "date", Day)
        yield


def daily_names(folder: Path, database: Path) -> list[str]:
    return sorted(each.name for each in listed(folder, database) if each.is_daily)


def opened(path: Path, folder: Path, kept: int = 3) -> Database:
    return open_database(path, create=True, backups=BackupRule(folder, kept))


# Whose they are


@pytest.mark.thorough
def test_two_folders_may_share_a_folder_of_backups_also_when_one_is_a_copy(
    tmp_path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "kopior"
    paths = [tmp_path / name / "kvaltui.db" for name in ("ett", "kopia", "annan")]
    for path in paths[:2]:
        path.parent.mkdir()
        shutil.copy(filled, path)  # a copied working folder: the same id
    new_copy(paths[2], with_plan=True).close()
    for number in range(5):
        with the_day(monkeypatch, START + timedelta(days=number)):
            for at, path in enumerate(paths):
                with opened(path, folder) as database:
                    change(database, value=f"{number + at} %")
    for at, path in enumerate(paths):
        with opened(path, folder) as database:
            own = [each for each in daily_names(folder, path) if mark_of(database.id, path) in each]
            assert len(own) == 3
            with open_database(folder / own[-1]) as of_that_day:
                assert outcome(of_that_day).value == f"{3 + at} %"
    assert len(daily_names(folder, paths[0])) == 9


def in_the_way_of(kind: str, target: Path, elsewhere: Path) -> None:
    """Put something where the day's backup is to be made."""
    match kind:
        case "text":
            target.write_text("viktigt")
        case "folder":
            target.mkdir()
        case "link to nothing":
            target.symlink_to(elsewhere / "inget")
        case "link to a file":
            (elsewhere / "viktigt").write_text("viktigt")
            target.symlink_to(elsewhere / "viktigt")
        case "link to another database":
            target.symlink_to(elsewhere / "annan.db")
        case "another database":
            shutil.copy(elsewhere / "annan.db", target)
        case "another program's database":
            import sqlite3

            other = sqlite3.connect(target)
            other.execute("CREATE TABLE secret (what)")
            other.close()
        case "pipe":
            os.mkfifo(target)
        case "socket":
            os.chdir(target.parent)
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(target.name)
        case "cut short":
            whole = (elsewhere / "egen.db").read_bytes()
            target.write_bytes(whole[: len(whole) // 2])


KINDS = (
    "text", "folder", "link to nothing", "link to a file", "link to another database", "another database",
    "another program's database", "pipe", "socket", "cut short",
)  # fmt: skip


@pytest.mark.parametrize("kind", sampled(KINDS, 3))
def test_what_is_not_ours_does_not_count_is_told_and_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled: Path, kind: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder, path = tmp_path / "kopior", tmp_path / "db" / "kvaltui.db"
    path.parent.mkdir()
    folder.mkdir()
    shutil.copy(filled, path)
    with new_copy(tmp_path / "annan.db", with_plan=True) as other:
        change(other, value="1 %")
    with opened(path, folder) as database:
        backup(database, tmp_path / "egen.db")
        target = folder / backup_name(path, date.today().isoformat(), mark_of(database.id, path))  # noqa: DTZ011
        in_the_way_of(kind, target, tmp_path)
        before = target.lstat()
        change(database, value="91 %")
        assert outcome(database).value == "91 %"
        assert str(target) in str(database.daily.problem)
        assert is_late(database)
        after = target.lstat()
        assert (after.st_ino, after.st_size, after.st_mtime_ns) == (before.st_ino, before.st_size, before.st_mtime_ns)
        assert [each.name for each in folder.iterdir()] == [target.name]
        # Out of the way, the next change is preceded by a backup again.
        shutil.rmtree(target) if target.is_dir() and not target.is_symlink() else target.unlink()
        change(database, value="92 %")
        assert database.daily.problem is None
        assert not is_late(database)
        assert held_by(target, path) is not None


def is_late(database: Database) -> bool:
    last = how_recent(database, date.today())  # noqa: DTZ011 - the reader's day
    assert last is not None
    return last.wanted is not None


FOLDERS: dict[str, Callable[[Path], Path]] = {
    "a file": lambda root: touched(root / "kopior"),
    "within a file": lambda root: touched(root / "kopior") / "har",
    "a link to nothing in nothing": lambda root: linked(root / "kopior", root / "inget" / "alls"),
    "a link to a file": lambda root: linked(root / "kopior", touched(root / "fil")),
    "links in a circle": lambda root: linked(root / "kopior", root / "kopior"),
    "a device": lambda _root: Path("/dev/null"),
    "within a device": lambda _root: Path("/dev/null/kopior"),
    "where nobody writes": lambda _root: Path("/proc/kopior"),
    "a name that is too long": lambda root: root / ("k" * 300),
    "a name that cannot be": lambda root: root / "kop\0ior",
    "a full disk": lambda _root: Path("/dev/full/kopior"),
}


def touched(path: Path) -> Path:
    path.touch()
    return path


def linked(path: Path, target: Path) -> Path:
    path.symlink_to(target)
    return path


@pytest.mark.parametrize("kind", FOLDERS)
def test_an_impossible_folder_hinders_no_change_and_is_told(tmp_path: Path, filled: Path, kind: str) -> None:
    path = tmp_path / "db" / "kvaltui.db"
    path.parent.mkdir()
    shutil.copy(filled, path)
    folder = FOLDERS[kind](tmp_path)
    before = sorted(each.name for each in tmp_path.iterdir())
    with opened(path, folder) as database:
        for value in ("91 %", "92 %"):
            change(database, value=value)
            assert outcome(database).value == value
            assert database.daily.problem is not None
        assert database.daily.attempts == 2, "it is tried again at the next change"
        assert is_late(database)
    assert sorted(each.name for each in tmp_path.iterdir()) == before


def test_a_failure_that_takes_long_rests_for_longer(
    tmp_path: Path, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = tmp_path / "kvaltui.db", tmp_path / "kopior"
    shutil.copy(filled, path)
    clock = [0.0]

    def fails(*_: object) -> None:
        clock[0] += 3
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup_module, "_copy", fails)
    monkeypatch.setattr("kvaltui.store.backup.time.monotonic", lambda: clock[0])
    with opened(path, folder) as database:
        change(database, value="1 %")
        change(database, value="2 %")
        assert database.daily.attempts == 1
        clock[0] += 61
        change(database, value="3 %")
        assert database.daily.attempts == 2


# Which are kept

STEPS = st.lists(
    st.tuples(
        st.integers(min_value=-2, max_value=9),  # days that pass; a clock may be set back
        st.sampled_from(["change", "undo", "by hand", "other", "nothing"]),
    ),
    max_size=12,
)
STRANGE = st.lists(
    st.sampled_from(
        [
            "kvaltui-2020-01-01.db", "kvaltui-9999-12-31.db", "kvaltui-2026-02-30.db", "annat-2026-03-01.db",
            "kvaltui-2026-03-02-before-version-2-7.db", "kvaltui-2026-03-03T101112-replaced.db", "läs mig.txt",
            "kvaltui-2026-03-04-{mark}.db", "kvaltui-9999-12-30-{mark}.db", "kvaltui-2026-03-05-{mark}.db.bak",
            "kvaltui-2026-03-06T101112-{mark}.db", "kvaltui-0001-01-01-{mark}.db",
            "kvaltui-2026-03-07-00000000-00000000.db",
        ]
    ),
    max_size=6,
    unique=True,
)  # fmt: skip


@pytest.mark.thorough
@given(steps=STEPS, strange=STRANGE, holds=st.sampled_from(["nothing", "other", "own"]), kept=st.integers(1, 4))
def test_the_newest_daily_ones_of_this_database_are_kept_and_nobody_elses_touched(
    filled: Path, steps: list[tuple[int, str]], strange: list[str], holds: str, kept: int
) -> None:
    with TemporaryDirectory() as root, pytest.MonkeyPatch.context() as monkeypatch:
        folder, path = Path(root) / "kopior", Path(root) / "db" / "kvaltui.db"
        path.parent.mkdir()
        folder.mkdir()
        shutil.copy(filled, path)
        other = new_copy(Path(root) / "annan" / "kvaltui.db", with_plan=True)
        other.backups = BackupRule(folder, kept)
        assert other.path is not None
        database = opened(path, folder, kept)
        mark = mark_of(database.id, path)
        content = {"nothing": b"skr\xe4p", "other": other.path.read_bytes(), "own": path.read_bytes()}[holds]
        for name in strange:
            (folder / name.format(mark=mark)).write_bytes(content)
        untouchable = {each.name: each.stat().st_ino for each in folder.iterdir()}
        days = own_days(folder, database)
        day = START
        for passed, what in steps:
            day += timedelta(days=passed)
            with the_day(monkeypatch, day):
                if what in ("change", "undo"):
                    is_free = not (folder / backup_name(path, day.isoformat(), mark)).exists()
                    change(database, note=f"{what} {day}")
                    if what == "undo":
                        undo(database, PLAN, by=COORDINATOR)
                    if is_free:
                        come = sorted({day, *(each for each in days if each <= day)})
                        days = {*come[-kept:], *(each for each in days if each > day)}
                elif what == "by hand":
                    backup(database, folder / f"{len(untouchable)}.db")
                    untouchable = {
                        each: (folder / each).stat().st_ino for each in (*untouchable, f"{len(untouchable)}.db")
                    }
                elif what == "other":
                    change(other, note=str(day))
            assert own_days(folder, database) == days
            untouchable = {name: inode for name, inode in untouchable.items() if not is_own_daily(name, mark, holds)}
            assert {name: (folder / name).stat().st_ino for name in untouchable} == untouchable
        database.close()
        other.close()


def own_days(folder: Path, database: Database) -> set[date]:
    """The days of which there is a backup of the database itself, made of it here."""
    path = database.path
    assert path is not None
    mark = mark_of(database.id, path)
    daily = (each for each in listed(folder, path) if each.is_daily and each.mark == mark)
    found = ((each.day, held_by(folder / each.name, path)) for each in daily)
    return {day for day, held in found if held is not None and held.id == database.id}


def is_own_daily(name: str, mark: str, holds: str) -> bool:
    return holds == "own" and name.endswith(f"-{mark}.db") and "T" not in name


# When the last good one was made


def moved(folder: Path, old: str, new: str) -> None:
    (folder / old).rename(folder / new)


def test_the_age_of_the_last_good_one(tmp_path: Path, filled: Path) -> None:
    path, folder = tmp_path / "db" / "kvaltui.db", tmp_path / "kopior"
    path.parent.mkdir()
    shutil.copy(filled, path)
    today = date.today()  # noqa: DTZ011 - the reader's day
    with opened(path, folder) as database:
        mark = mark_of(database.id, path)
        assert how_recent(database, today) == LastBackup(), "nothing but its first change"
        change(database, value="1 %")
        (name,) = daily_names(folder, path)
        made = how_recent(database, today)
        assert made is not None
        assert (made.day, made.wanted) == (today, None)
        assert re.fullmatch(r"\d\d:\d\d", made.time)
        # A copy of it that says it is from a day to come hides nothing, and neither does what is damaged.
        shutil.copy(folder / name, folder / f"kvaltui-9999-01-01-{mark}.db")
        (folder / f"kvaltui-{today + timedelta(days=1)}-{mark}.db").write_bytes(b"skr\xe4p")
        assert how_recent(database, today) == made
        days = [today - timedelta(days=number) for number in (1, 3)]
        for day in days:
            moved(folder, name, name := f"kvaltui-{day}-{mark}.db")
            assert how_recent(database, today) == LastBackup(day, "", wanted=today)
        (folder / name).unlink()
        assert how_recent(database, today) == LastBackup(wanted=today)
        shutil.rmtree(folder)
        assert how_recent(database, today) == LastBackup(wanted=today)
        database.backups = BackupRule(folder, 0)
        assert how_recent(database, today) == LastBackup(is_off=True)


def test_a_backup_by_hand_counts_and_a_day_without_changes_wants_none(tmp_path: Path, filled: Path) -> None:
    path, folder = tmp_path / "db" / "kvaltui.db", tmp_path / "kopior"
    path.parent.mkdir()
    shutil.copy(filled, path)
    today = date.today()  # noqa: DTZ011 - the reader's day
    with new_copy(path) as database:
        change(database, value="1 %")
        database.backups = BackupRule(folder)
        assert how_recent(database, today) == LastBackup(wanted=today)
        made = backup(database)
        found = how_recent(database, today)
        assert found is not None
        assert (found.day, found.wanted) == (today, None)
        assert found.time.replace(":", "") == made.name.partition("T")[2][:4]
        assert how_recent(database, today + timedelta(days=40)) == found


def test_another_databases_backups_do_not_count_and_a_moved_folders_do(tmp_path: Path, filled: Path) -> None:
    old = tmp_path / "arbete"
    path = old / "kvaltui.db"
    old.mkdir()
    shutil.copy(filled, path)
    today = date.today()  # noqa: DTZ011 - the reader's day
    with opened(path, old / "backups") as database:
        change(database, value="1 %")
    new = tmp_path / "flyttad"
    old.rename(new)
    with opened(new / "kvaltui.db", new / "backups") as database:
        found = how_recent(database, today)
        assert found is not None
        assert (found.day, found.wanted) == (today, None)
    with new_copy(tmp_path / "annan" / "kvaltui.db", with_plan=True) as other:
        other.backups = BackupRule(new / "backups")
        change(other, value="2 %")
        backup_of_other = daily_names(new / "backups", new / "kvaltui.db")
        assert len(backup_of_other) == 2
        for each in backup_of_other:
            if mark_of(other.id, tmp_path / "annan" / "kvaltui.db") in each:
                (new / "backups" / each).unlink()
        assert how_recent(other, today) == LastBackup(wanted=today)


def test_backups_of_the_former_naming_are_left_alone_and_count(tmp_path: Path, filled: Path) -> None:
    path, folder = tmp_path / "db" / "kvaltui.db", tmp_path / "db" / "backups"
    path.parent.mkdir()
    make_first_version(filled, path)
    folder.mkdir(exist_ok=True)
    for day in range(1, 30):
        shutil.copy(path, folder / f"kvaltui-2026-01-{day:02}.db")
    before = {each.name for each in folder.iterdir()}
    with opened(path, folder, kept=2) as database:
        today = date.today()  # noqa: DTZ011 - the reader's day
        found = how_recent(database, today)
        assert found is not None
        assert found.day == today, "the one from before the upgrade"
        change(database, value="1 %")
        change(database, value="2 %")
    after = {each.name for each in folder.iterdir()}
    assert before < after
    assert len(after - before) == 2  # from before the upgrade, and of the day


@pytest.mark.thorough
def test_a_folder_with_very_many_files_is_looked_through_in_part(tmp_path: Path, filled: Path) -> None:
    path, folder = tmp_path / "db" / "kvaltui.db", tmp_path / "kopior"
    path.parent.mkdir()
    shutil.copy(filled, path)
    folder.mkdir()
    with new_copy(path) as database:
        change(database, value="1 %")
        database.backups = BackupRule(folder)
        mark = mark_of(database.id, path)
        for number in range(2000):
            (folder / f"kvaltui-2026-01-01T{number:06}-{mark}.db").touch()
        today = date.today()  # noqa: DTZ011 - the reader's day
        assert how_recent(database, today) == LastBackup(wanted=today)
        backup(database)
        assert not is_late(database)


def test_filling_again(tmp_path: Path) -> None:
    """The first change of a database has nothing before it; the second has, on the same day."""
    with opened(tmp_path / "db" / "kvaltui.db", tmp_path / "kopior") as database:
        fill(database)
        assert not (tmp_path / "kopior").exists()
        change(database, value="1 %")
        assert len(list((tmp_path / "kopior").iterdir())) == 1
