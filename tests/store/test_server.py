"""The same tables on a database server, as far as that can be told without one."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import peewee
import pytest

from kvaltui.model.entity import Kind
from kvaltui.store.entry import select
from kvaltui.store.errors import DatabaseError, OldDatabase, ServerFault
from kvaltui.store.opening import open_database
from kvaltui.store.row_writing import placeholders
from kvaltui.store.server import _add_later_columns
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


class _Older(peewee.PostgresqlDatabase):
    """A server whose tables were made before indicators, risks and self-checks had somebody responsible."""

    def __init__(self) -> None:
        super().__init__(None)
        self.asked: list[str] = []

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        self.asked.append(sql)
        return self

    def fetchall(self) -> list[tuple[str, str]]:
        columns = ((kind.value, name) for kind, table in ROWS.items() for name in table._meta.columns)
        return [each for each in columns if each[1] != "responsible" or each[0] == "measure"]

    def atomic(self, *_args: Any, **_options: Any) -> Any:
        return nullcontext()


def test_a_server_gets_the_columns_that_have_come_since() -> None:
    older = _Older()
    _add_later_columns(older, "postgresql://…", read_only=False)
    assert older.asked[1:] == [
        f'ALTER TABLE "{table}" ADD COLUMN IF NOT EXISTS "responsible" TEXT NOT NULL DEFAULT \'\''
        for table in ("indicator", "risk", "self_check")
    ]
    with pytest.raises(OldDatabase):
        _add_later_columns(_Older(), "postgresql://…", read_only=True)


def test_a_server_that_cannot_be_reached_is_told_of_without_its_password() -> None:
    with pytest.raises(DatabaseError) as refused:
        open_database("postgresql://coordinator:hemligt@127.0.0.1:1/kvaltui")
    assert isinstance(refused.value, ServerFault)
    assert "hemligt" not in str(refused.value)
