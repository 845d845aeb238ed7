"""Fields that have been changed on two sides: which they are, and deciding them (docs/architecture.md, The store)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import SQL, Table

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store import entry as journal_entry
from kvaltui.store.author import Author
from kvaltui.store.database import Database
from kvaltui.store.entry import Entry
from kvaltui.store.errors import JournalError
from kvaltui.store.journal import Action, record
from kvaltui.store.merge import live_writers
from kvaltui.store.rows import read_one, require_texts
from kvaltui.store.state import Codec

_VALUE, _NOTE = "value", "note"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values of a contested field, as a plain value, and the revision that set it last."""

    value: Any
    revision: str
    author: Author
    device: str
    at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contested field of a thing; `sides` holds its two or more values, oldest first. The row shows the last."""

    reference: Reference
    field: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """What a person can decide for: the values of the fields, and the side that they come from."""

    values: Mapping[str, Any]
    side: Side


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided at once: a field, or of an outcome its value and its note, which were entered together."""

    reference: Reference
    fields: tuple[str, ...]
    options: tuple[Option, ...]


def decisions(database: Database, plan: str, about: Reference | None = None) -> tuple[Decision, ...]:
    """What waits for a decision in a plan, or in one thing. Raises DatabaseError."""
    with database.reading():
        references = [about] if about is not None else _contested(database, plan)
        known = journal_entry.of_entities(database, plan, references)
        return tuple(
            decision
            for reference in references
            for decision in _decisions(reference, [each.entry for each in known.get(reference, ())])
        )


def conflicts(database: Database, plan: str, about: Reference | None = None) -> tuple[Conflict, ...]:
    """What waits for a decision in a plan, or in one thing. Raises DatabaseError."""
    with database.reading():
        return conflicts_of(database, plan, [about] if about is not None else _contested(database, plan))


def conflicts_of(database: Database, plan: str, references: Sequence[Reference]) -> tuple[Conflict, ...]:
    """The contested fields of some things, in the things' order. Only within `database.reading()` or `writing()`."""
    known = journal_entry.of_entities(database, plan, references)
    return tuple(
        conflict
        for reference in references
        for conflict in _of_entity(reference, [each.entry for each in known.get(reference, ())])
    )


def resolve(
    database: Database,
    plan: str,
    reference: Reference,
    decisions: Mapping[str, Any],
    *,
    by: Author,
    seen: int,
    reason: str = "",
) -> Action:
    """Decide contested fields: each named field gets its value, a side's or any other, as a plain value.

    Fields that are not named wait on. A side that came after `seen`, the position that the person had on screen, is not
    decided by it. Raises JournalError when there is no such thing, RuleError for a value that may not be stored,
    DatabaseError.
    """
    with database.reading():
        entity = read_one(database, plan, reference)
    if entity is None:
        raise JournalError(Message("There is no “{key}” in the plan", key=reference.key))
    codec = Codec.of(reference.kind)
    waiting = tuple(field for field in entity.contested if field not in decisions)
    decided = codec.entity({**codec.state(entity), **decisions}, contested=waiting)
    return record(database, plan, [decided], by=by, seen=seen, reason=reason)


def _contested(database: Database, plan: str) -> list[Reference]:
    found = []
    for kind in Kind:
        in_plan = SQL('"key"' if kind is Kind.PLAN else '"plan"') == plan
        query = (
            Table(kind.value).select(SQL('"key"')).where(in_plan & (SQL('"contested"') != "[]")).order_by(SQL('"key"'))
        )
        found += [Reference(kind, key) for (key,) in require_texts(database.execute(query).fetchall(), kind.value)]
    return found


def _decisions(reference: Reference, entries: list[Entry]) -> list[Decision]:
    found = {conflict.field: conflict for conflict in _of_entity(reference, entries)}
    entered = _entered_together(found, entries) if reference.kind is Kind.OUTCOME and _VALUE in found else None
    if entered is not None:
        found.pop(_NOTE, None)
    return [
        Decision(reference, (_VALUE, _NOTE), entered)
        if entered is not None and field == _VALUE
        else Decision(reference, (field,), tuple(Option({field: side.value}, side) for side in conflict.sides))
        for field, conflict in found.items()
    ]


def _entered_together(found: Mapping[str, Conflict], entries: list[Entry]) -> tuple[Option, ...] | None:
    """The values of an outcome, each with the note of its side; None where the notes are no part of it."""
    sides = found[_VALUE].sides
    states = {entry.id: entry.state for entry in entries}
    if _NOTE in found:
        notes = {_who(side): side.value for side in found[_NOTE].sides}
        if len(notes) != len(found[_NOTE].sides) or [*map(_who, sides)] != [*dict.fromkeys(map(_who, sides))]:
            return None
        if notes.keys() != {_who(side) for side in sides}:
            return None
        return tuple(Option({_VALUE: side.value, _NOTE: notes[_who(side)]}, side) for side in sides)
    # A note that came with one of the values alone goes with it: the others had none.
    writers = {writing.id for writing in live_writers([entry.writing for entry in entries], _NOTE)}
    if len(writers) != 1 or not writers <= {side.revision for side in sides}:
        return None
    return tuple(Option({_VALUE: side.value, _NOTE: states[side.revision].get(_NOTE, "")}, side) for side in sides)


def _who(side: Side) -> tuple[str, str]:
    return side.device, side.author.account


def _of_entity(reference: Reference, entries: list[Entry]) -> list[Conflict]:
    by_id = {entry.id: entry for entry in entries}
    found = []
    for field in Codec.of(reference.kind).names:
        sides: list[Side] = []
        for writing in live_writers([entry.writing for entry in entries], field):
            entry, value = by_id[writing.id], writing.state[field]
            sides = [side for side in sides if side.value != value]
            sides.append(Side(value, entry.id, Author(entry.account, entry.name), entry.device, entry.at))
        if len(sides) > 1:
            found.append(Conflict(reference, field, tuple(sides)))
    return found
