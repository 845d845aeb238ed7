"""A database server instead of a file: the same tables on PostgreSQL, made by Peewee from `tables.py`.

Files, locks, backups and `check`'s look at the file are SQLite's; a server has its own. Nobody waits for a server for
ever: what it cannot do in time is told as not done.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import peewee

from kvaltui.model.fields import content_fields
from kvaltui.model.message import Message
from kvaltui.server_address import AddressError, ServerAddress, read_address
from kvaltui.store.database import Database
from kvaltui.store.errors import DatabaseError, NoDatabase, OldDatabase, ServerFault, explain
from kvaltui.store.tables import ROWS, AboutRow, DeviceRow, RevisionRow, StatementRow

PATIENCE = 8
"""Seconds to get a lock, and for the answer to one question."""
_TO_GET_IN = 4
"""Seconds for the server to let us in, at each of its addresses, of which a name often has two."""
_GIVEN_UP = PATIENCE + 1
"""Seconds after which a server that should have said by itself that it takes too long is taken for dead."""

_APPEND_ONLY = (
    "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$",
    "CREATE TRIGGER revision_is_never_changed BEFORE UPDATE OR DELETE ON revision "
    "FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()",
    "CREATE TRIGGER revision_is_never_emptied BEFORE TRUNCATE ON revision "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
)


class _Impatient(peewee.PostgresqlDatabase):
    """Peewee's connection, which gives up a server that does not answer."""

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Ask the server; when it says nothing at all the line is cut, which the driver tells as an error."""
        with _cut_when_silent(self.connection()):  # type: ignore[no-untyped-call]
            return super().execute_sql(sql, params)  # type: ignore[no-untyped-call]


@contextmanager
def _cut_when_silent(connection: Any) -> Iterator[None]:
    """Shut the line to a server that does not answer: a process that stands still never refuses anything."""
    watch = threading.Timer(_GIVEN_UP, _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _cut(connection: Any) -> None:
    with suppress(OSError, ValueError), socket.socket(fileno=os.dup(connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


class ServerDatabase(Database):
    """A database on a server, where many may write at once: writers take turns, so that the journal has one order."""

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """As for a file; a line that is cut is let go of, so that the next question asks for a new one."""
        try:
            with super()._explained():
                yield
        except ServerFault:
            with suppress(peewee.PeeweeException):
                self.orm.close()
            raise

    def data_version(self) -> int:
        """The journal's position: on a server it changes with every change, one's own included."""
        return self.position()

    def insert(self, sql: str, rows: Sequence[Sequence[Any]]) -> int:
        """As for a file; the numbers have gaps where a change was given up, so that the last one is asked for."""
        self.execute_many(sql, rows)
        return self.position()

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        with self.orm.atomic():
            self.orm.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with self.orm.atomic():
            self.orm.execute_sql('LOCK TABLE "revision" IN EXCLUSIVE MODE')
            yield


def _connection(address: ServerAddress) -> peewee.Database:
    """What talks to the server, not connected yet."""
    limit = PATIENCE * 1000  # milliseconds, as PostgreSQL counts
    given: dict[str, Any] = {**address.options, "connect_timeout": _TO_GET_IN, "tcp_user_timeout": limit}
    given["options"] = f"{given.get('options', '')} -c lock_timeout={limit} -c statement_timeout={limit}".strip()
    parts = {"host": address.host, "port": address.port, "user": address.user, "password": address.password}
    given |= {name: value for name, value in parts.items() if value}
    return _Impatient(address.database, autoconnect=False, **given)


def open_server(location: str, *, create: bool, read_only: bool) -> ServerDatabase:
    """Open the database at the address of a server; with `create` its tables are made where there are none.

    Raises DatabaseError when the server or its Python driver is not there. No error shows the password.
    """
    try:
        address = read_address(location)
    except AddressError as error:
        raise ServerFault(error.message) from None
    place = str(address)
    orm = _connection(address)
    try:
        orm.connect()
        if not orm.table_exists(RevisionRow):
            if not create or read_only:
                raise NoDatabase(Message("There is no database at {file}", file=place))
            with orm.atomic():
                for table in (*ROWS.values(), RevisionRow, AboutRow, DeviceRow, StatementRow):
                    with table.bind_ctx(orm):
                        orm.create_tables([table], safe=False)
                for statement in _APPEND_ONLY:
                    orm.execute_sql(statement)
                insert = AboutRow.insert(name="id", value=os.urandom(16).hex())
                orm.execute(insert)
        _add_later_columns(orm, place, read_only=read_only)
    except peewee.ImproperlyConfigured as error:
        message = Message("The Python driver of the database server is not installed: {problem}", problem=str(error))
        raise ServerFault(message) from None
    except (peewee.PeeweeException, ValueError, TypeError) as error:
        with suppress(peewee.PeeweeException):
            orm.close()
        # Not "from error": what the driver says in it may be anything.
        raise _told(error, address) from None
    return ServerDatabase(orm, place, path=None, is_read_only=read_only, backups=None)


def _add_later_columns(orm: peewee.Database, place: str, *, read_only: bool) -> None:
    """Add the columns that have come since the tables were made: what the steps in `migrations/` do for a file.

    They hold nothing until something is entered in them, as a field that is added to a thing always does.
    Raises OldDatabase where that cannot be done.
    """
    there = set(
        orm.execute_sql(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
        ).fetchall()
    )
    missing = [
        (kind, column)
        for kind, table in ROWS.items()
        for column in table._meta.columns.values()
        if (kind.value, column.column_name) not in there
    ]
    if missing and read_only:
        raise OldDatabase(Message("{file} must be upgraded before it can be read, but cannot be written", file=place))
    with orm.atomic():
        for kind, column in missing:
            its_field = content_fields(kind).get(column.name)
            empty = (
                "" if column.null else " DEFAULT '[]'" if its_field is not None and its_field.is_list else " DEFAULT ''"
            )
            declared, _ = orm.get_sql_context().sql(column.ddl(orm.get_sql_context())).query()
            orm.execute_sql(f'ALTER TABLE "{kind.value}" ADD COLUMN IF NOT EXISTS {declared}{empty}')


def _told(error: Exception, address: ServerAddress) -> DatabaseError:
    """The driver's error in words, without what it may repeat of the password."""
    found = explain(error, str(address))
    answer = str(error).strip() if found is None else str(found.message.values.get("answer", ""))
    if found is not None and not answer:
        return found
    for secret in (address.password, os.environ.get("PGPASSWORD", "")):
        answer = answer.replace(secret, "…") if secret else answer
    return ServerFault(Message("The database server {file} answers: {answer}", file=str(address), answer=answer))
