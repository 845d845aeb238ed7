"""The tables: one description each in the model, in Peewee and in SQL, and all three say the same."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import peewee
import pytest

from docs.write_schema import SCHEMA, schema_text
from kvaltui.model.entities import ENTITY_TYPES
from kvaltui.model.entity import Kind
from kvaltui.store.database import Database
from kvaltui.store.derived import DERIVED
from kvaltui.store.errors import RefusedChange
from kvaltui.store.tables import ROWS, RevisionRow

TYPES = {
    peewee.TextField: "TEXT",
    peewee.IntegerField: "INTEGER",
    peewee.BooleanField: "INTEGER",
    peewee.AutoField: "INTEGER",
}


def test_the_schema_in_db_is_what_the_migrations_make() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("kind", Kind)
def test_a_table_mirrors_its_dataclass(kind: Kind) -> None:
    columns = set(ROWS[kind]._meta.fields)
    own = {field.name for field in fields(ENTITY_TYPES[kind])}
    expected = own | {"key"} | set(DERIVED.get(kind, ())) | (set() if kind is Kind.PLAN else {"plan"})
    assert columns == expected


@pytest.mark.parametrize("table", [*ROWS.values(), RevisionRow], ids=lambda table: table._meta.table_name)
def test_peewee_and_sqlite_agree_on_the_columns(database: Database, table: Any) -> None:
    name = table._meta.table_name
    found = {
        column: (type_, bool(not_null))
        for _, column, type_, not_null, _, _ in database.fetch_sql(f"PRAGMA table_info({name})")
    }
    described = {
        field.column_name: (TYPES[type(field)], not field.null and field.column_name != "sequence")
        for field in table._meta.sorted_fields
    }
    assert found == described


@pytest.mark.parametrize("table", ROWS.values(), ids=lambda table: table._meta.table_name)
def test_peewee_and_sqlite_agree_on_the_foreign_keys(database: Database, table: Any) -> None:
    made_by_peewee = peewee.SqliteDatabase(":memory:")
    with made_by_peewee.connection_context():
        for each in ROWS.values():
            with each.bind_ctx(made_by_peewee):
                made_by_peewee.create_tables([each], safe=False)
        name = table._meta.table_name
        by_peewee = made_by_peewee.execute_sql(f"PRAGMA foreign_key_list({name})").fetchall()
    by_migrations = database.fetch_sql(f"PRAGMA foreign_key_list({name})")
    assert {row[2:5] for row in by_migrations} == {row[2:5] for row in by_peewee}


def test_all_tables_are_strict(database: Database) -> None:
    tables = {row[1]: row[5] for row in database.fetch_sql("PRAGMA table_list") if not row[1].startswith("sqlite_")}
    assert tables.keys() == {kind.value for kind in ROWS} | {"revision", "about", "device", "statement"}
    assert all(tables.values())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE outcome SET reading = 'en'",
        "UPDATE outcome SET contested = '[value'",
        "UPDATE indicator SET direction = 'sideways'",
        "UPDATE indicator SET name = ''",
        "UPDATE outcome SET as_of = 'i går'",
        "UPDATE area SET parent = ''",
        "INSERT INTO goal SELECT * FROM goal",
    ],
)
def test_the_tables_refuse_what_makes_no_sense(database: Database, statement: str) -> None:
    with pytest.raises(RefusedChange):
        database.fetch_sql(statement)


def test_rows_name_only_what_is_there(database: Database) -> None:
    with pytest.raises(RefusedChange):
        database.fetch_sql("UPDATE indicator SET area = 'ingenstans' WHERE key = 'dagar'")
