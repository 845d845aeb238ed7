"""Writing the rows of a plan's entities, each with the meaning of its texts beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from peewee import SQL, Table, Value

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.store.database import Database
from kvaltui.store.derived import DERIVED
from kvaltui.store.state import Codec, canonical
from kvaltui.store.tables import ROWS


def read_derived(database: Database, plan: str, kind: Kind) -> dict[str, dict[str, Any]]:
    """The derived columns of a plan's outcomes or targets, by key. Only within `database.reading()` or `writing()`."""
    columns = ", ".join(f'"{name}"' for name in ("key", *DERIVED[kind]))
    found = {}
    for key, *values in database.execute(Table(kind.value).select(SQL(columns)).where(SQL('"plan"') == plan)):
        found[key] = dict(zip(DERIVED[kind], values, strict=True))
    return found


def write(database: Database, plan: str, entities: Iterable[tuple[AnyEntity, Mapping[str, Any]]]) -> None:
    """Write rows, new or in place of the old, each with its derived columns. Only within `database.writing()`."""
    by_kind: dict[Kind, list[dict[str, Any]]] = {}
    for entity, derived in entities:
        columns = Codec.of(entity.kind).columns(entity)
        columns |= derived
        columns["plan"] = plan
        columns["key"] = entity.key
        columns["contested"] = canonical(entity.contested)
        columns["changed_at"] = entity.changed_at
        columns["changed_by"] = entity.changed_by
        by_kind.setdefault(entity.kind, []).append(columns)
    for kind, rows in by_kind.items():
        sql, names = _upsert(database, kind)
        values = [tuple([row[name] for name in names]) for row in rows]
        database.execute_many(sql, values)


def _upsert(database: Database, kind: Kind) -> tuple[str, list[str]]:
    """The statement that writes a row, and the names of its values in their order."""
    table = ROWS[kind]
    fields = table._meta.fields
    identity = [name for name in ("plan", "key") if name in fields]
    query = table.insert(placeholders(fields)).on_conflict(
        conflict_target=[fields[name] for name in identity],
        preserve=[field for name, field in fields.items() if name not in identity],
    )
    return database.compile(query)


def placeholders(fields: Mapping[str, Any]) -> dict[Any, Any]:
    """For a statement that is to run with many rows: each field's own name as its value."""
    return {field: Value(name, converter=False) for name, field in fields.items()}
