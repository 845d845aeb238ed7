"""Proving a database: the file, the schema, the journal's chain, and the rows against the journal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import peewee

from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.store import entry as journal_entry
from kvaltui.store.check_rows import faults_of_rows
from kvaltui.store.database import Database
from kvaltui.store.entry import NO_CHAIN, chain
from kvaltui.store.errors import DamagedDatabase, DatabaseError, explain
from kvaltui.store.fault import ASK, RESTORE, Fault
from kvaltui.store.rows import UNREADABLE
from kvaltui.store.writers import is_sealed, wrong
from kvaltui.system.rights import everybody_may_read, to_take_reading_away

_SEQUENCE = len(journal_entry.NAMES)
_MOST = 20
"""Faults of one sort that are told one by one."""

_KEEP = Message("Keep a copy of the file as it is, then restore the latest whole backup")
_ID = re.compile("[0-9a-f]{32}")
_ONLY_VALUES = re.compile(r"(?:CHECK constraint failed|NULL value|(?:non-)?[A-Z]+ value) in ")
"""What SQLite says of a file that is sound and holds a value that its own table refuses."""


def check(database: Database, *, files: bool = True) -> tuple[Fault, ...]:
    """Everything that is wrong with a database; empty when it is whole. With `files` also who may read its file.

    Whatever the database holds, it is told in faults. Raises DatabaseError only when it cannot be read at all, since
    another program holds it or the disk fails.
    """
    faults = [*_file(database)] if files else []
    is_sqlite = isinstance(database.orm, peewee.SqliteDatabase)
    if is_sqlite:
        faults += _few(_integrity(database))
        if any(fault.advice is _KEEP for fault in faults):
            return tuple(faults)  # what a broken file says of its contents is worth nothing
    with database.reading(), _any_bytes_as_text(database):
        if is_sqlite:
            faults += _few(_told(_schema(database.orm), database))
        faults += _few(_told(_about(database), database))
        of_chain = _few(_told(_chain(database), database))
        faults += of_chain
        if not of_chain:
            faults += _few(_told((Fault(what, ASK) for what in wrong(database)), database))
        faults += _few(_told(faults_of_rows(database), database))
    return tuple(faults)


@contextmanager
def _any_bytes_as_text(database: Database) -> Iterator[None]:
    """Take in texts that are not UTF-8 as well, so that one of them does not hide all that stands beside it."""
    if not isinstance(database.orm, peewee.SqliteDatabase):
        yield
        return
    connection = database.orm.connection()
    connection.text_factory = lambda text: text.decode(errors="surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = str


def _told(faults: Iterator[Fault], database: Database) -> Iterator[Fault]:
    """The faults, and where no more can be found because of what the database holds, that as well."""
    try:
        yield from faults
    except DatabaseError as error:
        if not isinstance(error, DamagedDatabase):
            raise
        yield Fault(error.message, RESTORE)
    except UNREADABLE as error:
        problem = error.message if isinstance(error, KvaltuiError) else type(error).__name__
        yield Fault(
            Message("{file} cannot be read to its end: {problem}", file=database.place, problem=problem), RESTORE
        )
    except Exception as error:
        explained = explain(error, database.place)
        if not isinstance(explained, DamagedDatabase):
            raise
        yield Fault(explained.message, RESTORE)


def _few(faults: Iterable[Fault]) -> list[Fault]:
    found = list(faults)
    more = len(found) - _MOST
    if more <= 0:
        return found
    return [*found[:_MOST], Fault(Message("… and {count} more of the same sort", count=more), found[-1].advice)]


def _file(database: Database) -> Iterator[Fault]:
    if database.path is None:
        return
    if everybody_may_read(database.path):
        yield Fault(
            Message("Everybody on this computer may read {file}", file=database.place),
            Message("Take the right away: {command}", command=to_take_reading_away(database.path)),
        )


def _integrity(database: Database) -> Iterator[Fault]:
    try:
        texts = [clean(str(row[0])) for row in database.fetch_sql("PRAGMA integrity_check")]
    except DamagedDatabase as error:
        yield Fault(error.message, _KEEP)
        return
    for text in texts:
        if _ONLY_VALUES.match(text):
            yield Fault(Message("A row holds what its table refuses: {problem}", problem=text), RESTORE)
        elif text != "ok":
            yield Fault(Message("The file is damaged: {problem}", problem=text), _KEEP)
    yield from _told(_foreign_keys(database), database)


def _foreign_keys(database: Database) -> Iterator[Fault]:
    for table, _, parent, _ in database.fetch_sql("PRAGMA foreign_key_check"):
        yield Fault(
            Message("A row of {table} names a row of {parent} that is not there", table=table, parent=parent), RESTORE
        )


def _schema(orm: peewee.Database) -> Iterator[Fault]:
    from kvaltui.store.migrate import expected_schema, schema

    found, expected = schema(orm), expected_schema()
    for name in sorted(found.keys() | expected.keys()):
        if name not in found:
            yield Fault(Message("{name} is missing in the database's schema", name=name), RESTORE)
        elif name not in expected:
            yield Fault(Message("{name} does not belong in the database's schema", name=name), RESTORE)
        elif found[name] != expected[name]:
            yield Fault(Message("{name} differs from the database's schema", name=name), RESTORE)


def _chain(database: Database) -> Iterator[Fault]:
    # A server's numbers have gaps where a change was given up; SQLite's have none.
    is_sqlite = isinstance(database.orm, peewee.SqliteDatabase)
    identity = database.known_identity
    previous, expected = NO_CHAIN, 1
    known = set[str]()
    unknown_parents: dict[str, int] = {}
    for row in database.execute(journal_entry.select(None, "sequence")):
        try:
            each = journal_entry.stored(row)
        except DamagedDatabase as error:
            yield Fault(error.message, ASK)
            previous, expected = row[-2], row[_SEQUENCE] + 1
            continue
        if is_sqlite and each.sequence != expected:
            yield Fault(Message("Revision {sequence} of the journal is missing", sequence=expected), ASK)
        elif chain(previous, each.entry, each.received_at, each.received_from, each.proof) != each.chain:
            yield Fault(Message("Revision {sequence} of the journal has been altered", sequence=each.sequence), ASK)
        elif not is_sealed(each, identity):
            yield Fault(
                Message("Revision {sequence} of the journal does not bear this device's seal", sequence=each.sequence),
                ASK,
            )
        previous, expected = each.chain, each.sequence + 1
        known.add(each.entry.id)
        unknown_parents |= {parent: each.sequence for parent in each.entry.parents if parent not in known}
    for parent, sequence in unknown_parents.items():
        if parent not in known:
            yield Fault(Message("Revision {sequence} builds on one that is missing", sequence=sequence), ASK)
    if is_sqlite:
        yield from _given_out(database, expected)


def _given_out(database: Database, expected: int) -> Iterator[Fault]:
    """Whether SQLite's own count says that more revisions have been written than there are."""
    found = database.fetch_sql("SELECT seq FROM sqlite_sequence WHERE name = 'revision'")
    given_out = found[0][0] if found else 0
    if type(given_out) is int and given_out >= expected:
        message = Message("The last revisions of the journal are missing, from {sequence} on", sequence=expected)
        yield Fault(message, ASK)
    elif len(found) > 1 or given_out != expected - 1:
        yield Fault(Message("The count of the journal's revisions is not what it should be"), ASK)


def _about(database: Database) -> Iterator[Fault]:
    """The database's own id."""
    found = database.fetch_sql("SELECT name, value FROM about WHERE name = 'id'")
    if len(found) != 1 or not _ID.fullmatch(str(found[0][1])):
        yield Fault(Message("The database's own id is missing or not one"), RESTORE)
