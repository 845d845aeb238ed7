"""A database server instead of a file: the same tables on PostgreSQL, made by Peewee from `tables.py`.

Files, locks, backups and `check`'s look at the file are SQLite's; a server has its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import peewee
from playhouse import db_url

from kvaltui.model.message import Message
from kvaltui.store.database import Database
from kvaltui.store.errors import NoDatabase, ServerFault, explain
from kvaltui.store.tables import ROWS, AboutRow, DeviceRow, RevisionRow, StatementRow

_APPEND_ONLY = (
    "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$",
    "CREATE TRIGGER revision_is_never_changed BEFORE UPDATE OR DELETE ON revision "
    "FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()",
    "CREATE TRIGGER revision_is_never_emptied BEFORE TRUNCATE ON revision "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
)


_EXAMPLE = "postgresql://user@server/database"


class ServerDatabase(Database):
    """A database on a server, where many may write at once: writers take turns, so that the journal has one order."""

    def data_version(self) -> int:
        """The journal's position: on a server it changes with every change, one's own included."""
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


def _connection(address: str, place: str) -> peewee.Database:
    """What talks to the server, not connected yet. Raises ServerFault for an address that is none of a server."""
    try:
        if address.startswith(("postgresql://", "postgres://")):
            found: peewee.Database = db_url.connect(address, autoconnect=False)
            return found
    except ValueError:  # whose words hold the password
        pass
    raise ServerFault(
        Message("“{address}” is no address of a database: write it as {example}", address=place, example=_EXAMPLE)
    )


def open_server(address: str, *, create: bool, read_only: bool) -> ServerDatabase:
    """Open the database at the address of a server; with `create` its tables are made where there are none.

    Raises DatabaseError when the server or its Python driver is not there.
    """
    place = address.rpartition("@")[2]  # without the password
    try:
        orm = _connection(address, place)
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
    except peewee.ImproperlyConfigured as error:
        message = Message("The Python driver of the database server is not installed: {problem}", problem=str(error))
        raise ServerFault(message) from error
    except peewee.PeeweeException as error:
        raise explain(error, place) or error from error
    return ServerDatabase(orm, place, path=None, is_read_only=read_only, backups=None)
