"""Proving the rows: that they are what the journal says, and that what they say keeps the rules of the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import RuleError, check_limits
from kvaltui.model.message import Message
from kvaltui.model.references import OWNED, references_of
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.rules import check_alone, check_within
from kvaltui.model.scale import Scale
from kvaltui.model.standing import all_with_what_stands, part_of, period_of
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.store import entry as journal_entry
from kvaltui.store.database import Database
from kvaltui.store.derived import derived_columns
from kvaltui.store.entry import Stored, merged_entity
from kvaltui.store.errors import DamagedDatabase
from kvaltui.store.fault import ASK, CHOOSE, MEND, RESTORE, Fault
from kvaltui.store.rebuilding import agree
from kvaltui.store.row_writing import read_derived
from kvaltui.store.rows import UNREADABLE, Reader

_FRAME = frozenset({Kind.PLAN, Kind.INDICATOR})
"""The kinds that say which figures there can be."""


def faults_of_rows(database: Database) -> Iterator[Fault]:
    """What is wrong with the rows of all plans. Only within `database.reading()`."""
    in_journal: dict[str, dict[Reference, AnyEntity]] = {}
    rows = database.execute(journal_entry.select(None, "plan", "kind", "key", "sequence"))
    for (plan, reference), revisions in groupby(_readable(rows), lambda each: (each.entry.plan, each.entry.reference)):
        found = list(revisions)
        try:
            journal_entry.require_order(found)
            entity = merged_entity([each.entry for each in found])
        except UNREADABLE:
            yield Fault(Message("The journal of {kind}/{key} makes no sense", **_named(reference, plan)), ASK)
        else:
            in_journal.setdefault(plan, {})[reference] = entity
    plans, unreadable = Reader.of(Kind.PLAN).read_what_can_be_read(database, None)
    yield from (Fault(error.message, RESTORE) for error in unreadable.values())
    for plan in sorted(in_journal.keys() | plans.keys()):
        own = in_journal.get(plan, {})
        standing = all_with_what_stands(own)
        yield from _circles(plan, own, standing)
        yield from _of_plan(database, plan, standing)


def _circles(plan: str, own: Mapping[Reference, AnyEntity], standing: Mapping[Reference, AnyEntity]) -> Iterator[Fault]:
    """Areas and goals that several copies together have laid under themselves: they are shown at the top."""
    for reference, entity in own.items():
        shown = standing.get(reference)
        if isinstance(entity, Area | Goal) and isinstance(shown, Area | Goal) and entity.parent != shown.parent:
            message = Message(
                "{kind}/{key} of the plan {plan} lies under itself, through “{parent}”: it is shown at the top",
                parent=clean(entity.parent),
                **_named(reference, plan),
            )
            advice = Message("Move “{parent}”, or lay it under something else", parent=clean(entity.parent))
            yield Fault(message, advice, is_damage=False)


def _named(reference: Reference, plan: str) -> dict[str, str]:
    """How a thing is named in words; its key may be anything."""
    return {"kind": reference.kind.value, "key": clean(reference.key), "plan": clean(plan)}


def _readable(rows: Iterator[Any]) -> Iterator[Stored]:
    """The revisions that can be read; the others have been told of with the chain."""
    for row in rows:
        try:
            yield journal_entry.stored(row)
        except DamagedDatabase:
            continue


def _of_plan(database: Database, plan: str, in_journal: Mapping[Reference, AnyEntity]) -> Iterator[Fault]:
    scales: dict[str, Scale] = {}
    entities: dict[Kind, Mapping[str, AnyEntity]] = {}
    frame: dict[Reference, AnyEntity] = {}
    for kind in Kind:
        in_rows, unreadable = Reader.of(kind).read_what_can_be_read(database, plan)
        entities[kind] = in_rows
        frame |= {Reference(kind, key): row for key, row in in_rows.items() if kind in _FRAME}
        for each in in_rows.values():
            yield from _out_of_reach(each, frame, plan)
        if kind is not Kind.PLAN:
            yield from (Fault(error.message, RESTORE) for error in unreadable.values())
        scales |= {each.key: each.scale for each in in_rows.values() if isinstance(each, Indicator)}
        derived = read_derived(database, plan, kind) if kind in (Outcome.kind, TargetValue.kind) else {}
        for key in sorted(
            (in_rows.keys() | {each.key for each in in_journal if each.kind is kind}) - unreadable.keys()
        ):
            row, entity = in_rows.get(key), in_journal.get(Reference(kind, key))
            name = _named(Reference(kind, key), plan)
            if row is None:
                yield Fault(
                    Message("{kind}/{key} of the plan {plan} is in the journal but has no row", **name), RESTORE
                )
            elif entity is None:
                yield Fault(
                    Message("{kind}/{key} of the plan {plan} has a row but is not in the journal", **name), RESTORE
                )
            elif not agree(row, entity) or row.key != key:
                yield Fault(Message("{kind}/{key} of the plan {plan} is not what the journal says", **name), RESTORE)
            elif derived and derived.get(key) != derived_columns(entity, scales.get):
                yield Fault(Message("{kind}/{key} of the plan {plan} is stored with another meaning", **name), RESTORE)
            if entity is not None:
                yield from _dangling(entity, in_journal, name)
    if entities[Kind.PLAN]:
        yield from _broken_rules(plan, PlanContent.of_kinds(entities, 0, ""))


def _out_of_reach(row: AnyEntity, frame: Mapping[Reference, AnyEntity], plan: str) -> Iterator[Fault]:
    """A figure that no screen and no command would show: its period or its part is not there any more."""
    period, part = period_of(row), part_of(row)
    name = _named(Reference(row.kind, row.key), plan)
    of_plan = frame.get(Reference(Kind.PLAN, plan))
    if period is not None and (not isinstance(of_plan, Plan) or period not in of_plan.periods):
        yield Fault(
            Message(
                "{kind}/{key} stands in the period {period}, which the plan {plan} does not have", period=period, **name
            ),
            Message("Add the period to the plan again: kvaltui period add {period}", period=period),
            is_damage=False,
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
                is_damage=False,
            )


def _dangling(entity: AnyEntity, known: Mapping[Reference, AnyEntity], name: Mapping[str, str]) -> Iterator[Fault]:
    for _, reference in references_of(entity):
        if reference not in known:
            yield Fault(
                Message(
                    "{kind}/{key} of the plan {plan} names {other}, which is not there", other=str(reference), **name
                ),
                CHOOSE,
            )


def _broken_rules(plan: str, content: PlanContent) -> Iterator[Fault]:
    """What no change may store: in one field by itself it is damage, otherwise it may have come from a joining."""
    for entity in content:
        is_damage = True
        try:
            check_limits(entity)
            is_damage = False
            check_alone(entity)
            # Figures that a new unit has made unreadable are kept as written, and shown so.
            is_of_the_frame = not entity.retired and entity.kind not in OWNED
            if is_of_the_frame and all(content.find(named) for _, named in references_of(entity)):
                check_within(entity, content)
        except RuleError as error:
            yield Fault(
                Message(
                    "{kind}/{key} of the plan {plan} breaks a rule ({field}): {problem}",
                    field=error.field or "key",
                    problem=error.message,
                    **_named(Reference(entity.kind, entity.key), plan),
                ),
                RESTORE if is_damage else MEND,
                is_damage=is_damage,
            )
