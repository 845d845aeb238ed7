"""What a file would do to a plan: added, changed, unchanged and refused, thing by thing.

Importing never deletes: what the file does not mention stays, and so does a field that the file leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

from kvaltui.exchange.plan_facts import FutureFacts
from kvaltui.exchange.plan_reader import PlanDocument
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.message import Message
from kvaltui.model.reporting_round import united
from kvaltui.model.rules import check_entity
from kvaltui.model.structure import Plan
from kvaltui.model.value import dataclass, fields, replace


@dataclass(frozen=True, slots=True)
class Refusal:
    """A thing that cannot be stored as the file has it, and why."""

    reference: Reference
    problem: Message


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import will do. With anything `refused` nothing is stored at all.

    `before` is the plan that the file was compared with, None where it is new; `entities` are the things as they would
    then stand, `ignored` the columns of a table that are not read.
    """

    plan: str
    origin: str
    before: PlanContent | None
    added: tuple[Reference, ...]
    changed: tuple[Reference, ...]
    unchanged: tuple[Reference, ...]
    refused: tuple[Refusal, ...]
    entities: tuple[AnyEntity, ...]
    ignored: tuple[str, ...] = ()

    @property
    def after(self) -> PlanContent:
        """The plan as it would then stand."""
        return self.before.with_entities(self.entities) if self.before else PlanContent.of(self.entities)

    @property
    def is_empty(self) -> bool:
        """Whether the plan already is as the file says."""
        return not self.entities


def compare(document: PlanDocument, existing: PlanContent | None, ignored: Sequence[str] = ()) -> Preview:
    """Lay what a file holds over a plan as it stands (None where there is none yet)."""
    plan = document.content.plan.key
    added: list[Reference] = []
    changed: list[Reference] = []
    unchanged: list[Reference] = []
    entities: list[AnyEntity] = []
    for entity in document.content if existing is None else _placed_after(document, existing):
        reference = Reference(entity.kind, entity.key)
        before = existing.find(reference) if existing else None
        if before == entity:
            unchanged.append(reference)
            continue
        entities.append(entity)
        (added if before is None else changed).append(reference)
    return Preview(
        plan,
        document.name,
        existing,
        tuple(added),
        tuple(changed),
        tuple(unchanged),
        tuple(refusals(entities, existing)) if existing else (),  # a file has been checked by itself when it was read
        tuple(entities),
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


def refusals(entities: Iterable[AnyEntity], before: PlanContent) -> Iterator[Refusal]:
    """The things among `entities` that the rules of the model do not let into the plan."""
    entities = tuple(entities)
    facts = FutureFacts(before.with_entities(entities), before)
    for entity in entities:
        try:
            check_entity(entity, facts)
        except RuleError as error:
            yield Refusal(Reference(entity.kind, entity.key), error.message)
