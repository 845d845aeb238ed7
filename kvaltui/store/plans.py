"""Plans as whole contents: the list of plans, one plan, and what has changed in it since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, cast

from kvaltui.garbage import no_collection
from kvaltui.model.alphabet import swedish_order
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import Message
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.standing import FIGURES, needed_by
from kvaltui.model.structure import Plan
from kvaltui.store.errors import UnknownPlan
from kvaltui.store.reading import Readable
from kvaltui.store.rows import Reader, read_several, require_texts, unreadable

if TYPE_CHECKING:
    from kvaltui.store.journal import Action


def list_plans(database: Readable) -> tuple[Plan, ...]:
    """The plans of the database by key, retired ones included. Raises DatabaseError."""
    with database.reading():
        return cast("tuple[Plan, ...]", tuple(Reader.of(Kind.PLAN).read(database, None).values()))


def standing_plans(database: Readable) -> dict[str, Plan]:
    """The plans of the database that are not retired, by key. Raises DatabaseError."""
    return {plan.key: plan for plan in list_plans(database) if not plan.retired}


def plans_to_choose(database: Readable) -> tuple[Plan, ...]:
    """The plans of the database that are not retired, by title. Raises DatabaseError."""
    found = standing_plans(database).values()
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
        return PlanContent.of_kinds(entities, *database.end())


def content_of(database: Readable, key: str) -> PlanContent | None:
    """A whole plan as it stands, None where there is none with that key. Raises DatabaseError."""
    try:
        return load_plan(database, key)
    except UnknownPlan:
        return None


class News(NamedTuple):
    """A plan's content as it stands now, and what of it has changed since it was read, each once.

    Both are of one moment: what a colleague writes meanwhile is in both or in neither. `is_continued`: the journal
    still holds what the content was read from; not so when a backup has been restored.
    """

    content: PlanContent
    changed: tuple[Reference, ...]
    is_continued: bool = True


def news_of(content: PlanContent, action: Action) -> News | None:
    """What an action has changed, none of it read again; None where somebody else has written before it as well."""
    if action.after != (content.position, content.tip):
        return None
    if not action.rows:
        return News(content, ())
    now = content.with_entities(action.rows, action.position, action.revisions[-1])
    return News(now, tuple(Reference(each.kind, each.key) for each in action.rows))


def load_changes(database: Readable, content: PlanContent) -> News:
    """What is new since the content was read.

    Only what the journal says has changed is read again; the same content comes back when nothing has. Where the
    journal is another than the one that it was read from, everything is. Raises DatabaseError, UnknownPlan for a plan
    that there is no more.
    """
    with database.reading():
        end = database.end()
        if end == (content.position, content.tip):
            return News(content, ())
        if not is_continued(database, content):
            anew = load_plan(database, content.plan.key)
            both = (Reference(each.kind, each.key) for known in (content, anew) for each in known)
            return News(anew, tuple(dict.fromkeys(both)), is_continued=False)
        plan = content.plan.key
        references = _changed_since(database, plan, content.position)
        changed = tuple(read_several(database, plan, references).values())
        # What a thing keeps for the sake of another one follows from that one's revisions, not from its own.
        kept = read_several(database, plan, _may_keep(content, changed) - set(references))
        also = {reference: each for reference, each in kept.items() if each != content.find(reference)}
        return News(content.with_entities((*changed, *also.values()), *end), (*references, *also))


def _may_keep(content: PlanContent, changed: Iterable[AnyEntity]) -> set[Reference]:
    """What may keep something, or have let it go, because of changed things."""
    found: set[Reference] = set()
    for entity in changed:
        if entity.kind in FIGURES:
            found.add(Reference(Kind.PLAN, content.plan.key))
            if isinstance(entity, Outcome | TargetValue) and entity.part:
                found.add(Reference(Kind.INDICATOR, entity.indicator))
        else:
            before = content.find(Reference(entity.kind, entity.key))
            found.update(needed_by(entity), needed_by(before) if before is not None else ())
    waiting = list(found)
    while waiting:  # what is not retired after all needs what it names in its turn
        named = content.find(waiting.pop())
        more = set(needed_by(named)) - found if named is not None else set()
        found |= more
        waiting += more
    return found


def is_continued(database: Readable, content: PlanContent) -> bool:
    """Whether the journal still holds what the content was read from: not so when a backup has been restored."""
    if not content.tip:
        return True
    sql = f"SELECT id FROM revision WHERE sequence = {database.mark}"
    return database.fetch_sql(sql, [content.position]) == [(content.tip,)]


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
