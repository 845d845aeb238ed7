"""The tables, as Peewee models: one per kind of thing, made from what its fields hold, and the journal.

They describe the tables to Peewee and are never bound to a database nor handed out as rows: whoever reads gets the
dataclasses of `model/`. In SQLite the tables are made by `migrations/`, which add what only SQLite has; elsewhere
Peewee makes them from here (docs/store.md, SQLite).
"""

from __future__ import annotations

from typing import Any

from peewee import SQL, AutoField, BooleanField, CompositeKey, IntegerField, Model, TextField
from peewee import Field as Column

from kvaltui.model.entities import ENTITY_TYPES
from kvaltui.model.entity import Kind
from kvaltui.model.fields import ContentField, Holds, content_fields
from kvaltui.store.derived import DERIVED


class RowModel(Model):
    """The marks of every row; `contested` is a JSON list of field names."""

    retired = BooleanField()
    contested = TextField()
    changed_at = TextField()
    changed_by = TextField()


def _table_of(kind: Kind) -> Any:
    """The table of a kind: a plan's rows are named by their key, all others by their plan and their key.

    What a text means stands beside it (`derived`). What an assessment is of may be of several kinds, so that no
    foreign key can hold it: `check` looks after it.
    """
    fields = content_fields(kind)
    is_plan = kind is Kind.PLAN
    columns: dict[str, Any] = {} if is_plan else {"plan": TextField()}
    columns["key"] = TextField(primary_key=is_plan)
    columns |= {name: _column(field) for name, field in fields.items() if name not in ("key", "retired")}
    columns |= {name: _MEANING[type_](null=True) for name, type_ in DERIVED.get(kind, {}).items()}
    described: dict[str, Any] = {"table_name": kind.value}
    if not is_plan:
        described["primary_key"] = CompositeKey("plan", "key")
        named = ((field.name, field.names) for field in fields.values() if field.names and not field.is_list)
        described["constraints"] = (_IN_A_PLAN, *(_belongs_to(name, table) for name, table in named))
    return type(f"{ENTITY_TYPES[kind].__name__}Row", (RowModel,), {**columns, "Meta": type("Meta", (), described)})


def _column(field: ContentField) -> Any:
    """Lists are JSON text; what may name nothing is NULL then, so that a foreign key can hold the rest."""
    if field.is_list:
        return TextField()
    return _type_of(field)(null=field.is_optional or field.may_name_nothing)


def _type_of(field: ContentField) -> type[Column]:
    match field.holds:
        case Holds.NUMBER:
            return IntegerField
        case Holds.TRUTH:
            return BooleanField
        case Holds.LINE | Holds.PROSE | Holds.AS_WRITTEN | Holds.KEY | Holds.DAY | Holds.PERIOD | Holds.MEMBER:
            return TextField


def _belongs_to(column: str, table: str) -> SQL:
    """`column` names a row of `table` in the same plan. Checked at commit, so that the order of writing is free."""
    return SQL(f'FOREIGN KEY ("plan", "{column}") REFERENCES "{table}" ("plan", "key") DEFERRABLE INITIALLY DEFERRED')


_MEANING: dict[type, type[Column]] = {str: TextField, bool: BooleanField}
_IN_A_PLAN = SQL('FOREIGN KEY ("plan") REFERENCES "plan" ("key") DEFERRABLE INITIALLY DEFERRED')


class RevisionRow(Model):
    """The journal: one row per change of an entity, never changed nor deleted (docs/store.md, The journal).

    `sequence` is this database's own order, which `PlanContent.position` counts in; `id` is the same everywhere.
    `state` is the entity's whole content afterwards, `changed` the fields that were deliberately set, `parents` the
    ids of the revisions that the person had on screen (JSON). All revisions of one user action share `action`.
    `number` counts those of its device in its plan. Of this copy alone: `here_at`, when it had the revision first;
    `received_at` and `received_from`, when and with which bundle one came from another copy ("" for those written
    here); `proof`, why it is not proved who wrote it; `chain`, a digest over this row and the one before it; and
    `seal`, what only the device that wrote it here can say about that.
    """

    sequence = AutoField()
    id = TextField(unique=True)
    plan = TextField()
    kind = TextField()
    key = TextField()
    action = TextField(index=True)
    parents = TextField()
    changed = TextField()
    state = TextField()
    account = TextField()
    name = TextField()
    device = TextField()
    at = TextField()
    reason = TextField()
    origin = TextField()
    received_at = TextField()
    received_from = TextField()
    chain = TextField()
    number = IntegerField()
    here_at = TextField()
    proof = TextField(null=True)
    seal = TextField()

    class Meta:
        table_name = "revision"
        indexes = ((("plan", "kind", "key"), False), (("plan", "at"), False), (("plan", "device", "number"), False))


class AboutRow(Model):
    """What is known of the database itself: its `id`, 32 hexadecimal digits, which its backups carry too."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "about"


class DeviceRow(Model):
    """The first key that was seen of a device, 64 hexadecimal digits."""

    name = TextField(primary_key=True)
    public_key = TextField()

    class Meta:
        table_name = "device"


class StatementRow(Model):
    """What a device has last signed: how many revisions it has written in a plan, and their digest."""

    plan = TextField()
    device = TextField()
    revisions = IntegerField()
    digest = TextField()
    signature = TextField()

    class Meta:
        table_name = "statement"
        primary_key = CompositeKey("plan", "device")


ROWS: dict[Kind, Any] = {kind: _table_of(kind) for kind in Kind}
"""The table of each kind."""
