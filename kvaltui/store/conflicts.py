"""Fields that have been changed on two sides: which they are, and deciding them (docs/store.md, Two sides)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from peewee import SQL, Table

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.joining import Joining
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass, replace
from kvaltui.store import entry as journal_entry
from kvaltui.store.author import Author
from kvaltui.store.database import Database
from kvaltui.store.entry import Entry
from kvaltui.store.errors import JournalError
from kvaltui.store.journal import Action, record
from kvaltui.store.merge import RETIRED, Writing, ancestors_of, descendants_of, live_writers, sides_of
from kvaltui.store.origin import How, Origin
from kvaltui.store.rows import read_one, require_texts
from kvaltui.store.state import Codec, State, canonical

_TWO = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values of a contested field, as a plain value, and the revision that set it.

    That is the one that was written by whoever entered it: a later one that only brought it back by an undo says when
    and by whom that was done, not whose the value is.
    """

    value: Any
    revision: str
    author: Author
    device: str
    at: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contested field of a thing; `sides` holds its two or more values, each once, in an order that is the same in
    every copy."""

    reference: Reference
    field: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class ConflictOption:
    """What a person can decide for: what one side had in the fields, and the side."""

    values: Mapping[str, Any]
    side: Side


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided at once: a field, or all that say one thing together, such as a value and its note and source.

    `contested` are those of the `fields` that wait for a decision; they stand first.
    """

    reference: Reference
    fields: tuple[str, ...]
    contested: tuple[str, ...]
    options: tuple[ConflictOption, ...]

    @property
    def differing(self) -> tuple[str, ...]:
        """The fields in which the sides differ: what there is to choose between."""
        first = self.options[0].values
        return tuple(
            field
            for field in self.fields
            if field in self.contested or any(option.values[field] != first[field] for option in self.options)
        )


def otherwise(entity: AnyEntity, decision: Decision, field: str, value: Any) -> Mapping[str, Any]:
    """The values that decide for a plain value that no side has; what is decided with it stays as the row has it."""
    state = Codec.of(decision.reference.kind).state(entity)
    return {each: value if each == field else state[each] for each in decision.fields}


def can_hold(decision: Decision, field: str, value: str) -> bool:
    """Whether a text can be stored in a field: any in one of text, in others what is one of their values."""
    return Codec.of(decision.reference.kind).fits[field](value)


def decisions(database: Database, plan: str, about: Reference | None = None) -> tuple[Decision, ...]:
    """What waits for a decision in a plan, or in one thing. Raises DatabaseError."""
    with database.reading():
        references = [about] if about is not None else _contested(database, plan)
        found = _histories(database, plan, references)
        return tuple(decision for each, entries in found for decision in _decisions(each, entries))


def conflicts(database: Database, plan: str, about: Reference | None = None) -> tuple[Conflict, ...]:
    """What waits for a decision in a plan, or in one thing. Raises DatabaseError."""
    with database.reading():
        return conflicts_of(database, plan, [about] if about is not None else _contested(database, plan))


def conflicts_of(database: Database, plan: str, references: Sequence[Reference]) -> tuple[Conflict, ...]:
    """The contested fields of some things, in the things' order. Only within `database.reading()` or `writing()`."""
    found = _histories(database, plan, references)
    return tuple(conflict for each, entries in found for conflict in _of_entity(each, entries))


def _histories(
    database: Database, plan: str, references: Sequence[Reference]
) -> Iterator[tuple[Reference, list[Entry]]]:
    known = journal_entry.of_entities(database, plan, references)
    return ((each, [stored.entry for stored in known.get(each, ())]) for each in references)


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
    found = [conflict.field for conflict in _of_entity(reference, entries)]
    together = Joining.of(reference.kind).together
    groups = dict.fromkeys(together.get(field, (field,)) for field in found)
    return [_decision(reference, group, [field for field in group if field in found], entries) for group in groups]


def _decision(reference: Reference, group: tuple[str, ...], contested: list[str], entries: list[Entry]) -> Decision:
    """The sides of a group of fields, each with what it has in all of them."""
    fields = (*contested, *(field for field in group if field not in contested))
    sides = _sides(entries, [(each.writing, each.values) for each in sides_of(_writings(entries), group)])
    options = (
        ConflictOption(values, replace(side, value=values[fields[0]]))
        for values, side in ((_complete(reference.kind, fields, values), side) for values, side in sides)
    )
    return Decision(reference, fields, tuple(contested), tuple(options))


def _complete(kind: Kind, fields: Sequence[str], values: State) -> State:
    """The values in the fields' order; one that was added to the program later has its default."""
    defaults = Codec.of(kind).default_state
    return {field: values.get(field, defaults.get(field)) for field in fields}


def _of_entity(reference: Reference, entries: list[Entry]) -> list[Conflict]:
    sets = Joining.of(reference.kind).sets
    found = []
    for field in Codec.of(reference.kind).names:
        live = () if field in sets else live_writers(_writings(entries), field)
        sides = _sides(entries, [(writing, {field: writing.state[field]}) for writing in live])
        if len(sides) > 1:
            found.append(
                Conflict(reference, field, tuple(replace(side, value=values[field]) for values, side in sides))
            )
    return found


def _writings(entries: Iterable[Entry]) -> list[Writing]:
    return [entry.writing for entry in entries]


def _sides(entries: list[Entry], found: Sequence[tuple[Writing, State]]) -> list[tuple[State, Side]]:
    """What each of some revisions has in some fields, each once, with whose it is; ordered by those revisions' ids."""
    if len(found) < _TWO:
        return []
    by_id = {entry.id: entry for entry in entries}
    sides = {canonical(values): (values, _whose(by_id[writing.id], values, by_id)) for writing, values in found}
    return [
        (values, Side(None, entry.id, entry.author, entry.device, entry.at))
        for values, entry in sorted(sides.values(), key=lambda each: each[1].id)
    ]


def _whose(entry: Entry, values: State, by_id: Mapping[str, Entry]) -> Entry:
    """The revision that entered some values, where this one only brought them back."""
    if not entry.origin.brings_back:
        return entry
    parents = {id_: each.parents for id_, each in by_id.items()}
    taken_back = {each.id for each in by_id.values() if Origin(How.UNDO, each.action) == entry.origin}
    if entry.origin.how is How.UNDO:
        taken_back |= {entry.origin.what} & by_id.keys()
    gone = taken_back | descendants_of(taken_back, parents)
    entered = [
        each
        for each in (by_id[id_] for id_ in ancestors_of(entry.id, parents) - gone)
        if not each.origin.brings_back
        and (not each.parents or not values.keys().isdisjoint(each.changed) or (RETIRED in values and each.changed))
        and all(each.state.get(field) == value for field, value in values.items())
    ]
    return max(entered, key=lambda each: each.id, default=entry)
