"""What a file would do to a plan: added, changed, unchanged and refused, thing by thing and field by field.

Importing never deletes: what the file does not mention stays, and so does a field that the file leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from kvaltui.exchange.plan_facts import FutureFacts
from kvaltui.exchange.plan_reader import PlanDocument
from kvaltui.exchange.plan_schema import Key, keys_of
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import Message
from kvaltui.model.reporting_round import united
from kvaltui.model.rules import RuleError, check_entity, name_of
from kvaltui.model.structure import Plan
from kvaltui.model.value import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A key of the plan file whose value changes; both values as the file would write them, "" for nothing."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A thing that the plan does not have yet; `name` is what people call it."""

    reference: Reference
    name: str


@dataclass(frozen=True, slots=True)
class EntityChange:
    """A thing that the plan has, and what changes in it."""

    reference: Reference
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A thing that cannot be stored as the file has it, and why."""

    reference: Reference
    name: str
    problem: Message
    field: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import will do. With anything `refused` nothing is stored at all.

    `entities` are the things as they would then stand, `seen` the journal's position that they were compared at,
    `ignored` the columns of a table that are not read.
    """

    plan: str
    origin: str
    is_new_plan: bool
    added: tuple[Addition, ...]
    changed: tuple[EntityChange, ...]
    unchanged: tuple[Reference, ...]
    refused: tuple[Refusal, ...]
    entities: tuple[AnyEntity, ...]
    seen: int
    ignored: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the plan already is as the file says."""
        return not self.entities


def compare(document: PlanDocument, existing: PlanContent | None, ignored: Sequence[str] = ()) -> Preview:
    """Lay what a file holds over a plan as it stands (None where there is none yet)."""
    plan = document.content.plan.key
    added: list[Addition] = []
    changed: list[EntityChange] = []
    unchanged: list[Reference] = []
    entities: list[AnyEntity] = []
    for entity in document.content if existing is None else _placed_after(document, existing):
        reference = Reference(entity.kind, entity.key)
        before = existing.find(reference) if existing else None
        if before is None:
            added.append(Addition(reference, name_of(entity)))
            entities.append(entity)
        elif changes := tuple(_changes(before, entity)):
            changed.append(EntityChange(reference, name_of(entity), changes))
            entities.append(entity)
        else:
            unchanged.append(reference)
    return Preview(
        plan,
        document.name,
        existing is None,
        tuple(added),
        tuple(changed),
        tuple(unchanged),
        tuple(refusals(entities, existing)) if existing else (),  # a file has been checked by itself when it was read
        tuple(entities),
        existing.position if existing else 0,
        tuple(ignored),
    )


def _placed_after(document: PlanDocument, existing: PlanContent) -> Iterator[AnyEntity]:
    """The things of the file laid over those that are there; new ones come last in their lists."""
    last: dict[tuple[Kind, str], int] = {}
    for entity in existing:
        if hasattr(entity, "order"):
            last[_list_of(entity)] = max(last.get(_list_of(entity), -1), entity.order)
    for entity in document.content:
        reference = Reference(entity.kind, entity.key)
        before = existing.find(reference)
        if before is not None:
            yield _laid_over(before, entity, document.given[reference])
        elif hasattr(entity, "order"):
            order = last[_list_of(entity)] = last.get(_list_of(entity), -1) + 1
            yield cast(AnyEntity, replace(cast(Any, entity), order=order))
        else:
            yield entity


def _list_of(entity: AnyEntity) -> tuple[Kind, str]:
    return entity.kind, entity.table if isinstance(entity, EconomyRow) else ""


def _laid_over(before: AnyEntity, entity: AnyEntity, given: frozenset[str]) -> AnyEntity:
    content = given & {each.name for each in fields(before)} - {"order"}
    values: dict[str, Any] = {name: getattr(entity, name) for name in content}
    if isinstance(before, Plan) and "periods" in values:
        values["periods"] = united(before.periods, values["periods"])
    return replace(before, **values)


def _changes(before: AnyEntity, after: AnyEntity) -> Iterator[FieldChange]:
    for key in keys_of(after):
        old, new = getattr(before, key.field), getattr(after, key.field)
        if old != new:
            yield FieldChange(key.name, _shown(key, old), _shown(key, new))


def _shown(key: Key, value: object) -> str:
    written = key.notation.write(value) if value is not None else ""
    if isinstance(written, bool):
        return "true" if written else "false"
    return ", ".join(str(each) for each in written) if isinstance(written, list) else str(written or "")


def refusals(entities: Iterable[AnyEntity], before: PlanContent) -> Iterator[Refusal]:
    """The things among `entities` that the rules of the model do not let into the plan."""
    entities = tuple(entities)
    facts = FutureFacts(before.with_entities(entities), before)
    for entity in entities:
        try:
            check_entity(entity, facts)
        except RuleError as error:
            yield Refusal(Reference(entity.kind, entity.key), name_of(entity), error.message, error.field)
