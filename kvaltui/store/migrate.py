"""Making the schema, and upgrading a database to it step by step (docs/store.md, Upgrades)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import peewee

from kvaltui import __version__
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.store import migrations
from kvaltui.store.backup import backup_before_migration
from kvaltui.store.backup_folder import FIRST_WITH_ID, BackupRule
from kvaltui.store.database import Database
from kvaltui.store.errors import DamagedDatabase, explain
from kvaltui.store.rebuilding import rebuild_rows
from kvaltui.store.sqlite_file import APPLICATION_ID, connection

Steps = Mapping[int, tuple[str, ...]]


def create_schema(path: Path) -> None:
    """Make the tables in an empty file that only we know of."""
    with _connected(path) as orm, orm.atomic("IMMEDIATE"):
        _run(orm, migrations.steps())
        _tell_who_made_it(orm)


def migrate(path: Path, backups: BackupRule | None, steps: Steps | None = None) -> None:
    """Upgrade the database to the last of `steps`, all or nothing; a backup is made first, where `backups` says.

    None is for a copy that only the caller knows of.

    When several programs upgrade at once, one does it and the others find it done.
    Raises DatabaseError; the database is then as it was.
    """
    steps = steps or migrations.steps()
    wanted = max(steps)
    with _connected(path) as orm:
        if _version(orm) >= wanted:
            return
        if backups is not None:
            backup_before_migration(orm, path, backups, wanted)
        # Tables may have to be rebuilt, which foreign keys would hinder; they are checked before the commit instead.
        orm.pragma("foreign_keys", 0)
        with orm.atomic("IMMEDIATE"):
            done = _version(orm)
            if done >= wanted:
                return
            missing = {version: statements for version, statements in steps.items() if version > done}
            _run(orm, missing)
            if done and migrations.ROWS_ARE_MADE_ANEW & missing.keys():
                _make_rows_anew(orm, path)
            if wanted >= FIRST_WITH_ID:
                _tell_who_made_it(orm)
            _prove(orm, path, steps)


def schema(orm: peewee.Database) -> dict[str, str]:
    """The SQL text of every table, index and trigger by its name, as SQLite has it."""
    rows = orm.execute_sql("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    return {clean(str(name)): " ".join(str(sql).split()) for name, sql in rows}


def expected_schema(steps: Steps | None = None) -> dict[str, str]:
    """What `schema` must give after all steps."""
    memory = peewee.SqliteDatabase(":memory:")
    with memory.connection_context():
        _run(memory, steps or migrations.steps())
        return schema(memory)


def _run(orm: peewee.SqliteDatabase, steps: Steps) -> None:
    for version, statements in sorted(steps.items()):
        for statement in statements:
            orm.execute_sql(statement)
        orm.execute_sql(f"PRAGMA user_version = {version}")
    orm.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _tell_who_made_it(orm: peewee.SqliteDatabase) -> None:
    """Let an earlier program tell its person which version made what it cannot read."""
    orm.execute_sql("INSERT OR REPLACE INTO about (name, value) VALUES ('program', ?)", [__version__])


def _make_rows_anew(orm: peewee.SqliteDatabase, path: Path) -> None:
    try:
        rebuild_rows(Database(orm, str(path), path=path, is_read_only=False, backups=None))
    except (KvaltuiError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _failed(path) from error


def _prove(orm: peewee.SqliteDatabase, path: Path, steps: Steps) -> None:
    is_sound = (
        not orm.execute_sql("PRAGMA foreign_key_check").fetchall()
        and orm.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
        and schema(orm) == expected_schema(steps)
    )
    if not is_sound:
        raise _failed(path)


def _failed(path: Path) -> DamagedDatabase:
    return DamagedDatabase(
        Message(
            "{file} could not be upgraded without fault and was left as it was; run “kvaltui check”", file=str(path)
        )
    )


def _version(orm: peewee.SqliteDatabase) -> int:
    return int(orm.pragma("user_version"))


@contextmanager
def _connected(path: Path) -> Iterator[peewee.SqliteDatabase]:
    orm = connection(path, "rw")
    try:
        orm.connect()
        yield orm
    except (peewee.PeeweeException, sqlite3.Error, UnicodeDecodeError) as error:
        # The driver's own come while rows are read.
        raise explain(error, str(path)) or _failed(path) from error
    finally:
        orm.close()
