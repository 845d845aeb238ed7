"""The one way in: every change is a revision, written with its row in one transaction.

DESIGN.md, The rules of the store, 1 and 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kvaltui.model.content import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import Message
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Indicator, Plan
from kvaltui.store import entry as journal_entry
from kvaltui.store import rows
from kvaltui.store.author import Author
from kvaltui.store.database import Database
from kvaltui.store.derived import derived_columns
from kvaltui.store.entry import Entry
from kvaltui.store.errors import UnknownPlan
from kvaltui.store.merge import latest, merge
from kvaltui.store.state import Codec, State
from kvaltui.store.uuid7 import uuid7


@dataclass(frozen=True, slots=True)
class Action:
    """What one step of a person has written.

    `position` is the journal's position after it; `revisions` and `changed` are empty when nothing differed from what
    was there already.
    """

    id: str
    at: str
    position: int
    revisions: tuple[str, ...]
    changed: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A change about to be written: the fields to set and the revisions that they build on."""

    entity: AnyEntity
    changed: tuple[str, ...]
    parents: tuple[str, ...]


def record(
    database: Database,
    plan: str,
    entities: Sequence[AnyEntity],
    *,
    by: Author,
    seen: int,
    reason: str = "",
    origin: str = "",
) -> Action:
    """Write what a person has changed, all or nothing; return after the commit.

    `entities` are the changed ones whole; those that do not differ from what the person had on screen (`seen`, the
    `position` of the content that they worked on) are skipped. A colleague's change since then is never overwritten:
    fields changed on one side only merge, others become contested. A field in an entity's `contested` stays undecided
    unless its value differs; left out of `contested`, the value given is the decision. `origin` says where the change
    comes from when it was not typed in, such as "file nacka.toml".
    Raises RuleError for what may not be stored, UnknownPlan, DatabaseError; nothing is stored then.
    """
    with database.writing():
        drafts = _drafts(database, plan, entities, seen)
        return write(database, plan, drafts, by=by, reason=reason, origin=origin)


def write(database: Database, plan: str, drafts: Sequence[Draft], *, by: Author, reason: str, origin: str) -> Action:
    """Check the drafts by the rules and append them as one action. Only within `database.writing()`."""
    position, chain, last_at = journal_entry.last(database)
    action, at = uuid7(), _now(last_at)
    if not drafts:
        return Action(action, at, position, (), ())
    entries = [
        Entry(
            id=uuid7(),
            plan=plan,
            kind=draft.entity.kind.value,
            key=draft.entity.key,
            action=action,
            parents=draft.parents,
            changed=draft.changed,
            state=Codec.of(draft.entity.kind).state(draft.entity),
            account=by.account,
            name=by.name,
            device=database.device,
            at=at,
            reason=reason,
            origin=origin,
        )
        for draft in drafts
    ]
    journal_entry.append(database, entries, chain)
    write_merged(database, plan, [entry.reference for entry in entries])
    return Action(
        action,
        at,
        position + len(entries),
        tuple(entry.id for entry in entries),
        tuple(entry.reference for entry in entries),
    )


def write_merged(database: Database, plan: str, references: Sequence[Reference]) -> None:
    """Bring the rows of some entities in line with the journal. Only within `database.writing()`."""
    entities = merged_entities(database, plan, references)
    rescaled = _rescaled(database, plan, entities)
    scales = _Scales(database, plan, entities)
    rows.write(
        database,
        plan,
        [(entity, derived_columns(entity, scales.of)) for entity in (*entities.values(), *rescaled)],
    )


def merged_entities(database: Database, plan: str, references: Iterable[Reference]) -> dict[Reference, AnyEntity]:
    """Entities as they follow from the journal."""
    return {
        reference: merged_entity(reference.kind, [each.entry for each in revisions])
        for reference, revisions in journal_entry.of_entities(database, plan, references).items()
    }


def merged_entity(kind: Kind, entries: Sequence[Entry]) -> AnyEntity:
    """The entity that its revisions (at least one) make. Raises ValueError for a circle of parents."""
    writings = [entry.writing for entry in entries]
    merged = merge(writings)
    newest = latest(writings).id
    by = next(entry for entry in entries if entry.id == newest)
    return Codec.of(kind).entity(merged.state, contested=merged.contested, changed_at=by.at, changed_by=by.name)


def _drafts(database: Database, plan: str, entities: Sequence[AnyEntity], seen: int) -> list[Draft]:
    _require_plan(database, plan, entities)
    by_reference = {Reference(entity.kind, entity.key): entity for entity in entities}
    known = journal_entry.of_entities(database, plan, by_reference)
    drafts = []
    for reference, entity in by_reference.items():
        on_screen = [each.entry for each in known.get(reference, ()) if each.sequence <= seen]
        codec = Codec.of(entity.kind)
        if not on_screen:
            drafts.append(Draft(entity, codec.names, ()))
            continue
        merged = merge([entry.writing for entry in on_screen])
        changed = changed_fields(codec.state(entity), merged.state, codec)
        decided = set(merged.contested) - set(entity.contested)
        if changed or decided:
            fields = tuple(name for name in codec.names if name in decided or name in changed)
            drafts.append(Draft(entity, fields, merged.heads))
    return drafts


def changed_fields(state: State, before: Mapping[str, object], codec: Codec) -> set[str]:
    """The fields in which two states differ; one that `before` does not know had its default."""
    return {name for name in codec.names if state[name] != before.get(name, codec.default_state.get(name))}


def _now(last_at: str) -> str:
    """The time in UTC to the millisecond, and always later than the journal's last, even when the clock jumps back."""
    now = _written(datetime.now(UTC))
    if now > last_at:
        return now
    return _written(datetime.fromisoformat(last_at) + timedelta(milliseconds=1))


def _written(time: datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%S}.{time.microsecond // 1000:03}Z"


def _require_plan(database: Database, plan: str, entities: Iterable[AnyEntity]) -> None:
    made = {entity.key for entity in entities if isinstance(entity, Plan)}
    if made - {plan} or (not made and not rows.Reader.of(Kind.PLAN).read(database, plan)):
        raise UnknownPlan(Message("there is no plan “{plan}” in {file}", plan=plan, file=database.place), field="plan")


class _Scales:
    """The scales of indicators, as they are after the change that is being written."""

    def __init__(self, database: Database, plan: str, entities: Mapping[Reference, AnyEntity]) -> None:
        wanted = {each.indicator for each in entities.values() if isinstance(each, Outcome | TargetValue)}
        changed = {each.key: each.scale for each in entities.values() if isinstance(each, Indicator)}
        stored = rows.Reader.of(Kind.INDICATOR).read(database, plan, sorted(wanted - changed.keys()))
        self._scales = {each.key: each.scale for each in stored.values() if isinstance(each, Indicator)} | changed

    def of(self, indicator: str) -> Scale | None:
        return self._scales.get(indicator)


def _rescaled(database: Database, plan: str, entities: Mapping[Reference, AnyEntity]) -> list[AnyEntity]:
    """Targets and outcomes, not themselves changed, of indicators whose scale changes: their texts mean something new."""
    changed = {each.key: each.scale for each in entities.values() if isinstance(each, Indicator)}
    stored = rows.Reader.of(Kind.INDICATOR).read(database, plan, sorted(changed))
    rescaled = [each.key for each in stored.values() if isinstance(each, Indicator) and each.scale != changed[each.key]]
    return [
        each
        for indicator in rescaled
        for kind in (Kind.TARGET, Kind.OUTCOME)
        for each in rows.of_indicator(database, plan, kind, indicator)
        if Reference(kind, each.key) not in entities
    ]
