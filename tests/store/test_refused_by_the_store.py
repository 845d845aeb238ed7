"""What the store refuses, or passes by: files in which somebody else has written, and what happens around a file.

Each row is one kind of thing that no program of ours has ever put there, with the words that a person then reads.
"""

from __future__ import annotations

import errno
import grp
import os
import pwd
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import peewee
import pytest

from kvaltui.i18n import say
from kvaltui.model.entities import AnyEntity
from kvaltui.model.reporting import Completion
from kvaltui.model.structure import Area, Plan
from kvaltui.store import bundle, sharing, sqlite_file
from kvaltui.store import entry as journal_entry
from kvaltui.store.author import Author, current_author
from kvaltui.store.backup import backup, backup_of_the_day, how_recent
from kvaltui.store.backup_folder import BackupRule, backup_name, held_by, mark_of
from kvaltui.store.bundle import add_revisions, revisions
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.dropping import Dropped, writing_unless
from kvaltui.store.errors import (
    BackupError,
    BundleError,
    DamagedDatabase,
    DatabaseBusy,
    DatabaseError,
    NoPermission,
    ReadOnlyDatabase,
    RefusedChange,
    explain,
)
from kvaltui.store.opening import create_file, open_database
from kvaltui.store.patience import not_at_all, waiting_by
from kvaltui.store.plans import load_changes, load_plan
from kvaltui.store.proving import Claim
from kvaltui.store.restore import restore
from kvaltui.store.rows import read_one
from kvaltui.store.signing import Unproved
from kvaltui.system import accounts
from kvaltui.system.group import group_of
from tests.store.plan import COORDINATOR, PLAN, TRUST, YEAR, change, entry_of, new_copy, outcome

Act = Callable[[Database], object]


def put(path: Path, sql: str, loose: str = "") -> bytes:
    """Write to the file behind the program's back, in a table that is made to hold anything; what it then holds."""
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        if loose:
            raw.execute(f"CREATE TABLE loose AS SELECT * FROM {loose}")
            raw.execute(f"DROP TABLE {loose}")
            raw.execute("PRAGMA legacy_alter_table = 1")
            raw.execute(f"ALTER TABLE loose RENAME TO {loose}")
        raw.execute(sql)
        raw.commit()
    return path.read_bytes()


def the_plan(database: Database) -> object:
    return load_plan(database, PLAN)


def the_figure(database: Database) -> object:
    with database.reading():
        return read_one(database, PLAN, TRUST)


def the_end(database: Database) -> object:
    with database.reading():
        return journal_entry.end(database, PLAN)


def the_figures_history(database: Database) -> object:
    with database.reading():
        return journal_entry.of_entities(database, PLAN, [TRUST])


LAST = "sequence = (SELECT max(sequence) FROM revision)"
THE_FIGURE = f"kind = 'outcome' AND key = '{TRUST.key}'"
OTHER_TYPES = [
    # The table whose types are let go of, what is then put there, who reads it, and what it says.
    ("outcome", "UPDATE outcome SET key = x'05'", the_plan, "”outcome” kan inte läsas: key innehåller b"),
    ("area", "UPDATE area SET \"order\" = 'först'", the_plan, "order innehåller först"),
    ("", f"UPDATE outcome SET contested = '{{}}' WHERE key = '{TRUST.key}'", the_figure, "contested innehåller {}"),
    (
        "revision",
        f"UPDATE revision SET sequence = 'sist' WHERE {LAST}",
        the_end,
        "Ändring sist i journalen går inte att läsa",
    ),
    ("revision", "UPDATE revision SET number = 'många'", the_end, "number innehåller många"),
    ("revision", "UPDATE revision SET number = 1.5", the_figures_history, "i journalen går inte att läsa"),
    ("", "UPDATE revision SET parents = '[1]'", the_figures_history, "i journalen går inte att läsa"),
]


@pytest.mark.parametrize(("loose", "sql", "read", "words"), OTHER_TYPES, ids=[row[1] for row in OTHER_TYPES])
def test_a_value_of_another_type_is_told_and_left(
    database: Database, path: Path, loose: str, sql: str, read: Act, words: str
) -> None:
    change(database, value="90 %")
    held = put(path, sql, loose)
    with pytest.raises(DamagedDatabase) as refused:
        read(database)
    assert words in say(refused.value.message)
    assert path.read_bytes() == held


OF_NOTHING = [
    ("kind = 'påhitt'", "”revision” kan inte läsas: kind innehåller påhitt"),
    ("key = x'05'", "”revision” kan inte läsas: text innehåller b"),
]


@pytest.mark.parametrize(("sql", "words"), OF_NOTHING)
def test_news_about_what_is_no_thing_are_told(database: Database, path: Path, sql: str, words: str) -> None:
    seen = load_plan(database, PLAN)
    change(database, value="90 %")
    put(path, f"UPDATE revision SET {sql} WHERE {LAST}", "revision")
    with pytest.raises(DamagedDatabase) as refused:
        load_changes(database, seen)
    assert words in say(refused.value.message)


def test_revisions_that_stand_before_what_they_build_on_are_told(database: Database, path: Path) -> None:
    change(database, value="90 %")
    held = put(
        path,
        f"UPDATE revision SET parents = json_array((SELECT id FROM revision WHERE {LAST}))"
        f" WHERE {THE_FIGURE} AND parents = '[]'",
    )
    with pytest.raises(DamagedDatabase) as refused:
        the_figures_history(database)
    assert "i journalen går inte att läsa" in say(refused.value.message)
    assert any(f"Journalen för outcome/{TRUST.key}" in say(fault.what) for fault in check(database))
    assert path.read_bytes() == held


FOUND = [
    ("", "DELETE FROM about WHERE name = 'id'", "Databasens eget id saknas eller är inget id"),
    ("", "UPDATE about SET value = 'x' WHERE name = 'id'", "Databasens eget id saknas eller är inget id"),
    (
        "statement",
        "INSERT INTO statement (plan, device) VALUES (x'00', 'någon')",
        "kan inte läsas till slutet: TypeError",
    ),
]


@pytest.mark.parametrize(("loose", "sql", "words"), FOUND, ids=[row[1] for row in FOUND])
def test_what_does_not_belong_there_is_found(database: Database, path: Path, loose: str, sql: str, words: str) -> None:
    held = put(path, sql, loose)
    assert any(words in say(fault.what) for fault in check(database))
    assert path.read_bytes() == held


def test_a_page_that_belongs_to_nothing_is_damage(database: Database, path: Path) -> None:
    database.close()
    pages = path.stat().st_size // 4096
    with path.open("r+b") as file:
        file.seek(28)
        file.write((pages + 1).to_bytes(4, "big"))
        file.truncate((pages + 1) * 4096)
    (fault,) = check(database)
    assert say(fault.what).startswith("Filen är skadad: ")
    assert "Spara en kopia" in say(fault.advice)


@pytest.mark.parametrize("table", ["sqlite_sequence", "device"])
def test_a_look_that_is_broken_off_is_no_fault_of_the_database(database: Database, table: str) -> None:
    def deny(action: int, of: str | None, *_: object) -> int:
        return sqlite3.SQLITE_DENY if (action, of) == (sqlite3.SQLITE_READ, table) else sqlite3.SQLITE_OK

    with database.orm.connection_context():
        database.orm.connection().set_authorizer(deny)
        with pytest.raises(DatabaseError) as refused:
            check(database)
    assert not isinstance(refused.value, DamagedDatabase)
    assert "kan inte öppnas" in say(refused.value.message)
    assert check(database) == ()


def test_a_day_that_no_calendar_has_is_taken_for_today(database: Database, path: Path) -> None:
    put(path, f"UPDATE revision SET here_at = '2022-99-99' WHERE {LAST}")
    database.backups = BackupRule(path.parent / "backups")
    today = date(2026, 11, 27)
    recent = how_recent(database, today)
    assert recent is not None
    assert (recent.day, recent.wanted) == (None, today)


def test_a_bundle_that_a_database_cannot_hold_changes_nothing(database: Database, path: Path, tmp_path: Path) -> None:
    with new_copy(tmp_path / "other.db") as other:
        add_revisions(other, revisions(database, PLAN), received_from="a.kvb")
        change(other, value="90 %")
        news = revisions(other, PLAN)
    put(path, "CREATE TRIGGER own BEFORE INSERT ON revision BEGIN SELECT RAISE(ABORT, 'nej'); END")
    with pytest.raises(BundleError) as refused:
        add_revisions(database, news, received_from="b.kvb")
    assert "går inte ihop" in say(refused.value.message)
    assert outcome(database).value == "86 %"


def test_a_bundle_has_no_more_revisions_than_can_be_taken_in(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = revisions(database, PLAN)
    monkeypatch.setattr(bundle, "MOST_REVISIONS", len(lines) - 1)
    with new_copy(tmp_path / "other.db") as other:
        with pytest.raises(BundleError) as refused:
            add_revisions(other, lines, received_from="a.kvb")
        assert f"mer än {len(lines) - 1}" in say(refused.value.message)
        assert other.position() == 0


def test_a_plan_without_periods_gets_no_figures(database: Database) -> None:
    things: tuple[AnyEntity, ...] = (
        Plan(key="ny", title="Ny"),
        Area(key="omsorg", name="Omsorg"),
        Completion(area="omsorg", period=YEAR),
    )
    lines = [replace(entry_of(each, number), plan="ny").text() for number, each in enumerate(things, 1)]
    before = database.position()
    with pytest.raises(BundleError) as refused:
        add_revisions(database, lines, received_from="b.kvb")
    assert "plan/ny, periods: En plan som har siffror har en period" in say(refused.value.message)
    assert database.position() == before


def test_a_change_that_is_dropped_never_was(database: Database) -> None:
    with pytest.raises(Dropped) as refused, writing_unless(database, lambda: True):
        change(database, value="90 %")
    assert "inget har ändrats" in say(refused.value.message)
    assert outcome(database).value == "86 %"


def write_while_another_reads(database: Database, reader: sqlite3.Connection) -> None:
    database.execute_sql("UPDATE outcome SET value = '90 %'")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM outcome").fetchall()


def test_somebody_who_reads_hinders_a_commit_until_they_are_done(database: Database, path: Path) -> None:
    asked = 0

    def once(_waited: float) -> bool:
        nonlocal asked
        asked += 1
        return asked == 1

    with closing(sqlite3.connect(path)) as reader:
        for way in (not_at_all, once):
            database.execute_sql("PRAGMA busy_timeout = 50")
            with waiting_by(way), pytest.raises(DatabaseBusy), database.writing():
                write_while_another_reads(database, reader)
            reader.rollback()
    assert asked == 2
    assert outcome(database).value == "86 %"


def test_the_backup_of_the_day_waits_for_who_holds_the_database(database: Database, path: Path) -> None:
    database.backups = BackupRule(path.parent / "backups")
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        database.execute_sql("PRAGMA busy_timeout = 50")
        with waiting_by(not_at_all):
            backup_of_the_day(database)
    assert not database.backups.folder.exists()
    assert database.daily.made_on is None


def test_an_old_backup_that_cannot_be_removed_hinders_nothing(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = database.backups = BackupRule(path.parent / "backups", kept_daily=1)
    mark = mark_of(database.id, path)
    yesterday, today = (
        rule.folder / backup_name(path, day.isoformat(), mark)
        for day in (date.today() - timedelta(days=1), date.today())  # noqa: DTZ011 - a day as the reader counts it
    )
    backup(database, yesterday)
    unlink = Path.unlink

    def of_somebody_else(file: Path, missing_ok: bool = False) -> None:
        if file == yesterday:
            raise PermissionError
        unlink(file, missing_ok)

    monkeypatch.setattr(Path, "unlink", of_somebody_else)
    backup_of_the_day(database)
    assert {yesterday, today} <= set(rule.folder.iterdir())
    assert database.daily.made_on is not None


def test_a_backup_that_is_gone_while_it_is_looked_at_has_no_time(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = database.backups = BackupRule(path.parent / "backups")
    today = date.today()  # noqa: DTZ011 - a day as the reader counts it
    made = rule.folder / backup_name(path, today.isoformat(), mark_of(database.id, path))
    backup(database, made)
    stat = Path.stat

    def gone(file: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if file == made and follow_symlinks:
            raise FileNotFoundError
        return stat(file, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", gone)
    recent = how_recent(database, today)
    assert recent is not None
    assert (recent.day, recent.time) == (today, "")


def test_a_backup_is_one_though_its_database_is_gone(database: Database, tmp_path: Path) -> None:
    held = held_by(backup(database, tmp_path / "kopia.db"), tmp_path / "borta.db")
    assert held is not None
    assert held.id == database.id


def test_a_server_is_not_backed_up(database: Database, tmp_path: Path) -> None:
    on_server = Database(database.orm, "server", path=None, is_read_only=False, backups=None)
    with pytest.raises(BackupError) as refused:
        backup(on_server, tmp_path / "kopia.db")
    assert "säkerhetskopieras med sina egna verktyg" in say(refused.value.message)
    assert not (tmp_path / "kopia.db").exists()


def test_a_database_that_has_lost_its_journal_gives_way_to_a_backup(
    database: Database, path: Path, tmp_path: Path
) -> None:
    source = backup(database, tmp_path / "kopia.db")
    database.close()
    put(path, "DROP TABLE revision")
    restore(path, source, by=COORDINATOR)
    with open_database(path) as restored:
        assert outcome(restored).value == "86 %"


def test_a_database_that_was_moved_away_is_not_written(database: Database, path: Path, tmp_path: Path) -> None:
    path.rename(tmp_path / "annan.db")
    assert not database.is_replaced()
    held = (tmp_path / "annan.db").read_bytes()
    with pytest.raises(ReadOnlyDatabase) as refused:
        change(database, value="90 %")
    assert "har bytts ut eller flyttats" in say(refused.value.message)
    assert (tmp_path / "annan.db").read_bytes() == held


def test_a_database_that_another_program_makes_at_once_stays(path: Path, filled: Path) -> None:
    path.parent.mkdir()
    shutil.copy(filled, path)
    create_file(path, shared=False)
    assert path.read_bytes() == filled.read_bytes()
    assert list(path.parent.iterdir()) == [path]


def test_what_a_server_refuses_does_not_fit() -> None:
    told = explain(peewee.IntegrityError("duplicate key"), "kval")
    assert isinstance(told, RefusedChange)
    assert "Inte sparat" in say(told.message)


def test_what_a_device_has_signed_in_vain_is_told() -> None:
    told = say(Claim("dator-1", (), 0, Unproved.DENIES_EARLIER).message)
    assert told.startswith("Det som dator-1 har signerat stämmer inte")


def not_to_be_read(path: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "access", lambda place, _mode: place != path)


def not_to_be_looked_at(path: Path, patch: pytest.MonkeyPatch) -> None:
    stat = Path.stat

    def look(file: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if file == path and follow_symlinks:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
        return stat(file, follow_symlinks=follow_symlinks)

    patch.setattr(Path, "stat", look)


@pytest.mark.parametrize(
    ("closed", "named"), [(not_to_be_read, "kvaltui.db"), (not_to_be_looked_at, "")], ids=["the file", "the folder"]
)
def test_what_a_person_has_no_right_to_is_told_with_whose_it_is(
    database: Database,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    closed: Callable[[Path, pytest.MonkeyPatch], None],
    named: str,
) -> None:
    database.close()
    closed(path, monkeypatch)
    with pytest.raises(NoPermission) as refused:
        sqlite_file.inspect(path)
    assert f"{path.parent / named} tillhör " in say(refused.value.message)


def test_a_link_that_somebody_else_has_made_is_not_followed(
    database: Database, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.close()
    link = tmp_path / "länk.db"
    link.symlink_to(path)
    as_it_is = list(link.lstat())
    somebody = max(os.getuid(), tmp_path.stat().st_uid) + 1
    monkeypatch.setattr(Path, "lstat", lambda _file: os.stat_result([*as_it_is[:4], somebody, *as_it_is[5:]]))
    with pytest.raises(DatabaseError) as refused:
        sqlite_file.inspect(link)
    assert "gjord av någon annan" in say(refused.value.message)


def test_who_has_no_name_on_this_computer_goes_by_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.setattr(grp, "getgrgid", nobody)
    assert current_author() == Author(str(os.getuid()), str(os.getuid()))
    found = group_of(tmp_path)
    assert found is not None
    assert found.name == str(tmp_path.stat().st_gid)


def test_a_folder_with_other_things_is_not_opened_to_the_group_but_told(database: Database, path: Path) -> None:
    (path.parent / "privat.txt").touch()
    sharing.share(path, path.parent / "backups")
    told = sharing.warning(path, path.parent / "backups")
    assert told is not None
    assert f"chmod 2770 {path.parent}" in say(told)
    assert path.parent.stat().st_mode & 0o7777 == 0o700


def test_of_a_folder_that_is_not_there_nothing_is_lacking(tmp_path: Path) -> None:
    assert sharing.warning(tmp_path / "borta" / "kvaltui.db", tmp_path / "borta" / "backups") is None


def test_a_computer_that_does_not_say_which_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", missing)
    assert accounts.computer_id.__wrapped__() == ""
