"""The same tables on a database server, as far as that can be told without one."""

from __future__ import annotations

from typing import Any

import peewee
import pytest

from kvaltui.model.entity import Kind
from kvaltui.store.entry import select
from kvaltui.store.errors import DatabaseError, ServerFault
from kvaltui.store.opening import open_database
from kvaltui.store.row_writing import placeholders
from kvaltui.store.tables import ROWS, RevisionRow


@pytest.fixture
def postgresql() -> peewee.PostgresqlDatabase:
    return peewee.PostgresqlDatabase(None)


@pytest.mark.parametrize("kind", Kind)
def test_the_tables_can_be_made_and_written(postgresql: peewee.PostgresqlDatabase, kind: Kind) -> None:
    table = ROWS[kind]
    with table.bind_ctx(postgresql):
        sql, _ = table._schema._create_table(safe=False).query()
    assert sql.startswith(f'CREATE TABLE "{kind.value}"')
    assert "STRICT" not in sql
    assert sql.count("DEFERRABLE INITIALLY DEFERRED") == sql.count("FOREIGN KEY")
    insert, values = postgresql.get_sql_context().sql(table.insert(placeholders(table._meta.fields))).query()
    assert insert.count("%s") == len(values) == len(table._meta.fields)


def test_the_journal_can_be_made_and_read(postgresql: peewee.PostgresqlDatabase) -> None:
    table: Any = RevisionRow
    with table.bind_ctx(postgresql):
        sql, _ = table._schema._create_table(safe=False).query()
    assert '"sequence" SERIAL NOT NULL PRIMARY KEY' in sql
    sql, _ = postgresql.get_sql_context().sql(select()).query()
    assert 'FROM "revision"' in sql


def test_a_server_that_cannot_be_reached_is_told_of_without_its_password() -> None:
    with pytest.raises(DatabaseError) as refused:
        open_database("postgresql://coordinator:hemligt@127.0.0.1:1/kvaltui")
    assert isinstance(refused.value, ServerFault)
    assert "hemligt" not in str(refused.value)
