"""Proving a database: the file, the schema, the journal's chain, and the rows against the journal."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

import peewee
from peewee import SQL

from kvaltui.model.content import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.references import references_of
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.scale import Scale
from kvaltui.model.standing import all_with_what_stands, part_of, period_of
from kvaltui.model.structure import Indicator, Plan
from kvaltui.model.value import dataclass
from kvaltui.store import entry as journal_entry
from kvaltui.store.database import Database
from kvaltui.store.derived import derived_columns
from kvaltui.store.entry import NO_CHAIN, Stored, chain
from kvaltui.store.errors import DamagedDatabase
from kvaltui.store.journal import merged_entity
from kvaltui.store.rebuilding import agree
from kvaltui.store.row_writing import read_derived
from kvaltui.store.rows import Reader
from kvaltui.store.writers import is_sealed, wrong

_FRAME = frozenset({Kind.PLAN, Kind.INDICATOR})
"""The kinds that say which figures there can be."""
_SEQUENCE = len(journal_entry.NAMES)
_MOST = 20
"""Faults of one sort that are told one by one."""

_RESTORE = Message("Restore the latest backup that “kvaltui check” finds whole")
_KEEP = Message("Keep a copy of the file as it is, then restore the latest whole backup")
_ASK = Message("Ask who has access to the file; a backup or another copy shows what stood there")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with a database, and what to do about it."""

    what: Message
    advice: Message


def check(database: Database, *, files: bool = True) -> tuple[Fault, ...]:
    """Everything that is wrong with a database; empty when it is whole. With `files` also who may read its file.

    Raises DatabaseError when it cannot be read at all.
    """
    faults = [*_file(database)] if files else []
    is_sqlite = isinstance(database.orm, peewee.SqliteDatabase)
    if is_sqlite:
        faults += _few(_integrity(database))
        if faults and faults[-1].advice is _KEEP:
            return tuple(faults)  # what a broken file says of its contents is worth nothing
    with database.reading():
        if is_sqlite:
            faults += _few(_schema(database.orm))
        of_chain = _few(_chain(database))
        faults += of_chain
        if not of_chain:
            faults += _few(Fault(what, _ASK) for what in wrong(database))
        faults += _few(_rows(database))
    return tuple(faults)


def _few(faults: Iterable[Fault]) -> list[Fault]:
    found = list(faults)
    more = len(found) - _MOST
    if more <= 0:
        return found
    return [*found[:_MOST], Fault(Message("… and {count} more of the same sort", count=more), found[-1].advice)]


def _file(database: Database) -> Iterator[Fault]:
    if database.path is None:
        return
    mode = stat.S_IMODE(database.path.stat().st_mode)
    if mode & 0o007:
        yield Fault(
            Message("Everybody on this computer may read {file} (mode {mode})", file=database.place, mode=f"{mode:o}"),
            Message("Take the right away: chmod o-rwx {file}", file=database.place),
        )


def _integrity(database: Database) -> Iterator[Fault]:
    try:
        texts = [str(row[0]) for row in database.fetch_sql("PRAGMA integrity_check")]
    except DamagedDatabase as error:
        yield Fault(error.message, _KEEP)
        return
    for text in texts:
        if text != "ok":
            yield Fault(Message("The file is damaged: {problem}", problem=text), _KEEP)
    for table, _, parent, _ in database.fetch_sql("PRAGMA foreign_key_check"):
        yield Fault(
            Message("A row of {table} names a row of {parent} that is not there", table=table, parent=parent), _RESTORE
        )


def _schema(orm: peewee.Database) -> Iterator[Fault]:
    from kvaltui.store.migrate import expected_schema, schema

    found, expected = schema(orm), expected_schema()
    for name in sorted(found.keys() | expected.keys()):
        if name not in found:
            yield Fault(Message("{name} is missing in the database's schema", name=name), _RESTORE)
        elif name not in expected:
            yield Fault(Message("{name} does not belong in the database's schema", name=name), _RESTORE)
        elif found[name] != expected[name]:
            yield Fault(Message("{name} differs from the database's schema", name=name), _RESTORE)


def _chain(database: Database) -> Iterator[Fault]:
    # A server's numbers have gaps where a change was given up; SQLite's have none.
    is_sqlite = isinstance(database.orm, peewee.SqliteDatabase)
    identity = database.known_identity
    previous, expected = NO_CHAIN, 1
    known: set[str] = set()
    unknown_parents: dict[str, int] = {}
    for row in database.execute(journal_entry.select().order_by(SQL('"sequence"'))):
        each = _readable(row)
        if each is None:
            yield Fault(Message("Revision {sequence} of the journal cannot be read", sequence=row[_SEQUENCE]), _ASK)
            return
        if is_sqlite and each.sequence != expected:
            yield Fault(Message("Revision {sequence} of the journal is missing", sequence=expected), _ASK)
        elif chain(previous, each.entry, each.received_at, each.received_from, each.proof) != each.chain:
            yield Fault(Message("Revision {sequence} of the journal has been altered", sequence=each.sequence), _ASK)
        elif not is_sealed(each, identity):
            yield Fault(
                Message("Revision {sequence} of the journal does not bear this device's seal", sequence=each.sequence),
                _ASK,
            )
        previous, expected = each.chain, each.sequence + 1
        known.add(each.entry.id)
        unknown_parents |= {parent: each.sequence for parent in each.entry.parents if parent not in known}
    for parent, sequence in unknown_parents.items():
        if parent not in known:
            yield Fault(Message("Revision {sequence} builds on one that is missing", sequence=sequence), _ASK)
    if is_sqlite:
        given_out = database.fetch_sql("SELECT max(seq) FROM sqlite_sequence WHERE name = 'revision'")[0][0] or 0
        if given_out >= expected:
            yield Fault(
                Message("The last revisions of the journal are missing, from {sequence} on", sequence=expected), _ASK
            )


def _readable(row: tuple[Any, ...]) -> Stored | None:
    try:
        return journal_entry.stored(row)
    except ValueError:
        return None


def _rows(database: Database) -> Iterator[Fault]:
    in_journal: dict[str, dict[Reference, AnyEntity]] = {}
    in_order = (SQL('"plan"'), SQL('"kind"'), SQL('"key"'), SQL('"sequence"'))
    rows = database.execute(journal_entry.select().order_by(*in_order))
    # What cannot be read at all has been told of with the chain.
    revisions = (each.entry for row in rows if (each := _readable(row)) is not None)
    for (plan, kind, key), entries in groupby(revisions, lambda entry: (entry.plan, entry.kind, entry.key)):
        try:
            entity = merged_entity(Kind(kind), list(entries))
        except (ValueError, KeyError, TypeError, AttributeError, KvaltuiError):
            yield Fault(Message("The journal of {kind}/{key} makes no sense", kind=kind, key=key), _ASK)
        else:
            in_journal.setdefault(plan, {})[Reference(Kind(kind), key)] = entity
    plans = in_journal.keys() | Reader.of(Kind.PLAN).read(database, None).keys()
    for plan in sorted(plans):
        yield from _rows_of_plan(database, plan, all_with_what_stands(in_journal.get(plan, {})))


def _rows_of_plan(database: Database, plan: str, in_journal: Mapping[Reference, AnyEntity]) -> Iterator[Fault]:
    scales: dict[str, Scale] = {}
    frame: dict[Reference, AnyEntity] = {}
    for kind in Kind:
        in_rows = Reader.of(kind).read(database, plan)
        frame |= {Reference(kind, key): row for key, row in in_rows.items() if kind in _FRAME}
        for each in in_rows.values():
            yield from _out_of_reach(each, frame, plan)
        scales |= {each.key: each.scale for each in in_rows.values() if isinstance(each, Indicator)}
        derived = read_derived(database, plan, kind) if kind in (Outcome.kind, TargetValue.kind) else {}
        for key in sorted(in_rows.keys() | {each.key for each in in_journal if each.kind is kind}):
            row, entity = in_rows.get(key), in_journal.get(Reference(kind, key))
            name = {"kind": kind.value, "key": key, "plan": plan}
            if row is None:
                yield Fault(
                    Message("{kind}/{key} of the plan {plan} is in the journal but has no row", **name), _RESTORE
                )
            elif entity is None:
                yield Fault(
                    Message("{kind}/{key} of the plan {plan} has a row but is not in the journal", **name), _RESTORE
                )
            elif not agree(row, entity):
                yield Fault(Message("{kind}/{key} of the plan {plan} is not what the journal says", **name), _RESTORE)
            elif derived and derived[key] != derived_columns(entity, scales.get):
                yield Fault(Message("{kind}/{key} of the plan {plan} is stored with another meaning", **name), _RESTORE)
            if entity is not None:
                yield from _dangling(entity, in_journal, name)


def _out_of_reach(row: AnyEntity, frame: Mapping[Reference, AnyEntity], plan: str) -> Iterator[Fault]:
    """A figure that no screen and no command would show: its period or its part is not there any more."""
    period, part = period_of(row), part_of(row)
    name = {"kind": row.kind.value, "key": row.key, "plan": plan}
    of_plan = frame.get(Reference(Kind.PLAN, plan))
    if period is not None and (not isinstance(of_plan, Plan) or period not in of_plan.periods):
        yield Fault(
            Message(
                "{kind}/{key} stands in the period {period}, which the plan {plan} does not have", period=period, **name
            ),
            Message("Add the period to the plan again: kvaltui period add {period}", period=period),
        )
    if part and isinstance(row, Outcome | TargetValue):
        indicator = frame.get(Reference(Kind.INDICATOR, row.indicator))
        if not isinstance(indicator, Indicator) or part not in indicator.breakdown:
            yield Fault(
                Message(
                    "{kind}/{key} of the plan {plan} stands in the part “{part}”, which “{indicator}” does not have",
                    part=part,
                    indicator=row.indicator,
                    **name,
                ),
                Message("Add the part to the indicator again"),
            )


def _dangling(entity: AnyEntity, known: Mapping[Reference, AnyEntity], name: Mapping[str, str]) -> Iterator[Fault]:
    for _, reference in references_of(entity):
        if reference not in known:
            yield Fault(
                Message(
                    "{kind}/{key} of the plan {plan} names {other}, which is not there", other=str(reference), **name
                ),
                Message("Open it and choose another, or none"),
            )
