"""Plans as whole contents: the list of plans, one plan, and what has changed in it since."""

from __future__ import annotations

from typing import cast

from kvaltui.garbage import no_collection
from kvaltui.model.alphabet import swedish_order
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import Message
from kvaltui.model.structure import Plan
from kvaltui.store.errors import UnknownPlan
from kvaltui.store.reading import Readable
from kvaltui.store.rows import Reader, require_texts, unreadable


def list_plans(database: Readable) -> tuple[Plan, ...]:
    """The plans of the database by key, retired ones included. Raises DatabaseError."""
    with database.reading():
        return cast("tuple[Plan, ...]", tuple(Reader.of(Kind.PLAN).read(database, None).values()))


def plans_to_choose(database: Readable) -> tuple[Plan, ...]:
    """The plans of the database that are not retired, by title. Raises DatabaseError."""
    found = (plan for plan in list_plans(database) if not plan.retired)
    return tuple(sorted(found, key=lambda plan: (swedish_order(plan.title), plan.key)))


def load_plan(database: Readable, key: str) -> PlanContent:
    """A whole plan as it stands at one moment. Raises UnknownPlan, DatabaseError."""
    with database.reading(), no_collection():
        entities = {Kind.PLAN: Reader.of(Kind.PLAN).read(database, key)}
        if not entities[Kind.PLAN]:
            raise UnknownPlan(
                Message("There is no plan “{plan}” in {file}", plan=key, file=database.place), field="plan"
            )
        for kind in Kind:
            if kind is not Kind.PLAN:
                entities[kind] = Reader.of(kind).read(database, key)
        return PlanContent.of_kinds(entities, database.position())


def load_changes(database: Readable, content: PlanContent) -> tuple[PlanContent, tuple[Reference, ...]]:
    """The content as it stands now, and what of it has changed since it was read, each once.

    Both are of one moment: what a colleague writes meanwhile is in both or in neither. Only what the journal says has
    changed is read again; the same content comes back when nothing has. Raises DatabaseError.
    """
    with database.reading():
        position = database.position()
        if position == content.position:
            return content, ()
        plan = content.plan.key
        references = _changed_since(database, plan, content.position)
        keys_by_kind: dict[Kind, list[str]] = {}
        for kind, key in references:
            keys_by_kind.setdefault(kind, []).append(key)
        changed = [
            entity
            for kind, keys in keys_by_kind.items()
            for entity in Reader.of(kind).read(database, plan, keys).values()
        ]
        return content.with_entities(changed, position), references


def _changed_since(database: Readable, plan: str, position: int) -> tuple[Reference, ...]:
    # By sequence alone, a step to the journal's end: with more conditions, SQLite would go through all of it.
    rows = database.fetch_sql(
        f'SELECT "plan", "kind", "key" FROM revision WHERE sequence > {database.mark}', [position]
    )
    found = dict.fromkeys((kind, key) for of_plan, kind, key in require_texts(rows, "revision") if of_plan == plan)
    return tuple(Reference(_kind(kind), key) for kind, key in found)


def _kind(name: str) -> Kind:
    try:
        return Kind(name)
    except ValueError:
        raise unreadable("revision", "kind", name) from None
