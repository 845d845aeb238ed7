"""Databases as the first version of the schema had them, made from one of today."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kvaltui.store import entry as journal_entry
from kvaltui.store import migrations
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.entry import NO_CHAIN, UNCOUNTED, Entry, chain
from kvaltui.store.migrate import migrate
from kvaltui.store.opening import open_database
from kvaltui.store.state import canonical
from kvaltui.store.tables import ROWS

_LISTS = ("parents", "changed", "state")


def make_first_version(source: Path, path: Path, *, last_at: str = "") -> None:
    """Write the content of `source` to a new database of the first version; `last_at` is the time of its last change.

    The first version ordered revisions by their times, so that one from the future stood last everywhere.
    """
    with open_database(source) as database:
        rows = [journal_entry.stored(row) for row in database.execute(journal_entry.select())]
    path.touch(0o600)
    migrate(path, BackupRule(path.parent / "backups"), {1: migrations.steps()[1]})
    with closing(sqlite3.connect(path)) as connection, connection, closing(sqlite3.connect(source)) as today:
        for kind in ROWS:
            columns = [name for _, name, *_ in connection.execute(f'PRAGMA table_info("{kind.value}")')]
            names = ", ".join(f'"{column}"' for column in columns)
            _insert(connection, kind.value, columns, today.execute(f'SELECT {names} FROM "{kind.value}"').fetchall())
        previous = NO_CHAIN
        for number, each in enumerate(rows, 1):
            entry = replace(each.entry, number=0)
            if last_at and number == len(rows):
                entry = replace(entry, at=last_at)
                where = {"plan": entry.plan, "key": entry.key}
                connection.execute(
                    f'UPDATE "{entry.kind}" SET changed_at = :at WHERE plan = :plan AND "key" = :key',
                    {"at": last_at, **where},
                )
            previous = chain(previous, entry, each.received_at, each.received_from, None)
            local = {"received_at": each.received_at, "received_from": each.received_from, "chain": previous}
            values = {**_columns(entry), **local}
            _insert(connection, "revision", list(values), [tuple(values.values())])


def _columns(entry: Entry) -> dict[str, object]:
    fields = entry.fields()
    plain = {name: fields[name] for name in UNCOUNTED}
    return plain | {name: canonical(plain[name]) for name in _LISTS}


def _insert(connection: sqlite3.Connection, table: str, columns: list[str], rows: list[tuple[object, ...]]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
