"""The one way in: every change is a revision, written with its row in one transaction.

docs/store.md, The journal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, cast

from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fields import Holds, content_fields
from kvaltui.model.limits import LONGEST_LINE, LONGEST_PROSE, RuleError, check_text
from kvaltui.model.message import Message
from kvaltui.model.number import NumberError
from kvaltui.model.quantity import refuse_joined
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.rules import check_entity
from kvaltui.model.scale import Scale
from kvaltui.model.standing import kept_fields
from kvaltui.model.structure import Indicator, Plan
from kvaltui.model.value import dataclass, replace
from kvaltui.store import entry as journal_entry
from kvaltui.store import row_writing
from kvaltui.store.author import Author
from kvaltui.store.backup import backup_of_the_day
from kvaltui.store.database import Database
from kvaltui.store.derived import derived_columns
from kvaltui.store.entry import Entry, merged_entity
from kvaltui.store.errors import UnknownPlan
from kvaltui.store.facts import StoredFacts
from kvaltui.store.keeping import kept
from kvaltui.store.merge import merge
from kvaltui.store.origin import TYPED, Origin, origin_of
from kvaltui.store.rows import Reader, naming
from kvaltui.store.rows_before import RowsBefore
from kvaltui.store.state import Codec, State
from kvaltui.store.uuid7 import uuid7


@dataclass(frozen=True, slots=True)
class Action:
    """What one step of a person has written.

    `position` is the journal's position after it; `revisions` and `changed` are empty when nothing differed from what
    was there already. `rows` are all things whose rows it has written, as they stand now: those that it changed, and
    what follows from them. `after` is the end of the journal (position, and id of the revision there) before it.
    """

    id: str
    at: str
    position: int
    revisions: tuple[str, ...]
    changed: tuple[Reference, ...]
    rows: tuple[AnyEntity, ...]
    after: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Cause:
    """Who makes a change, why, and where it comes from."""

    by: Author
    reason: str = ""
    origin: Origin = TYPED


@dataclass(frozen=True, slots=True)
class Draft:
    """A change about to be written: the fields that it sets, what it builds on, and the entity's `history` so far.

    The history may begin with a revision that says all about what was before it, as `journal_entry.recent` gives it.
    """

    entity: AnyEntity
    changed: tuple[str, ...]
    parents: tuple[str, ...]
    history: tuple[Entry, ...]


def record(
    database: Database,
    plan: str,
    entities: Sequence[AnyEntity],
    *,
    by: Author,
    seen: int,
    reason: str = "",
    origin: Origin = TYPED,
) -> Action:
    """Write what a person has changed, all or nothing; return after the commit.

    `entities` are the changed ones whole; those that do not differ from what the person had on screen (`seen`, the
    `position` of the content that they worked on) are skipped. A colleague's change since then is never overwritten:
    fields changed on one side only merge, others become contested. A field in an entity's `contested` stays undecided
    unless its value differs; left out of `contested`, the value given is the decision. `origin` says where the change
    comes from when it was not typed in.
    Raises RuleError for what may not be stored, UnknownPlan, DatabaseError; nothing is stored then.
    """
    backup_of_the_day(database)
    with database.writing():
        rows = RowsBefore(database, plan)
        drafts = _drafts(rows, [_cleaned(entity) for entity in entities], seen)
        return write(rows, drafts, Cause(by, reason, origin))


def note(database: Database, *, by: Author, origin: Origin) -> None:
    """Tell in the history of every plan of something that has happened to the database and changed nothing in it."""
    with database.writing():
        for plan in Reader.of(Kind.PLAN).read(database, None):
            reference = Reference(Kind.PLAN, plan)
            history = tuple(each.entry for each in journal_entry.of_entities(database, plan, [reference])[reference])
            merged = merge([entry.writing for entry in history])
            draft = Draft(Codec.of(Kind.PLAN).entity(merged.state), (), merged.heads, history)
            append(RowsBefore(database, plan), [draft], Cause(by, "", _cleaned_origin(origin)))


def write(rows: RowsBefore, drafts: Sequence[Draft], cause: Cause) -> Action:
    """Check the drafts by the rules and append them as one action. Only within `database.writing()`."""
    cause = replace(cause, reason=clean(cause.reason, multiline=True), origin=_cleaned_origin(cause.origin))
    check_text(cause.reason, LONGEST_PROSE, "reason")
    effective = _as_they_will_stand(rows, drafts)
    facts = StoredFacts(rows, effective)
    for entity, draft in zip(effective, drafts, strict=True):
        check_entity(entity, facts)
        if isinstance(entity, Plan) and not entity.periods:
            check_keeps_periods(entry.state for entry in draft.history)
    return append(rows, drafts, cause)


def _cleaned_origin(origin: Origin) -> Origin:
    return origin_of(clean(origin.text)[:LONGEST_LINE])


def check_keeps_periods(states: Iterable[State]) -> None:
    """Raise RuleError where a plan is to be left without any period, and has had one before."""
    if any(state.get("periods") for state in states):
        raise RuleError(Message("A plan that has had a period keeps at least one"), field="periods")


def _as_they_will_stand(rows: RowsBefore, drafts: Sequence[Draft]) -> list[AnyEntity]:
    """The entities of drafts with what their rows keep for others' sake, as far as the drafts do not change that."""
    in_rows = _keeping(rows, [draft.entity for draft in drafts])
    found = []
    for entity, changed in ((draft.entity, draft.changed) for draft in drafts):
        row = in_rows.get(Reference(entity.kind, entity.key))
        unchanged = [name for name in kept_fields(entity.kind) if name not in changed] if row is not None else []
        found.append(replace(entity, **{name: getattr(row, name) for name in unchanged}) if unchanged else entity)
    return found


def append(rows: RowsBefore, drafts: Sequence[Draft], cause: Cause) -> Action:
    """Append the drafts as one action and bring their rows in line. Only within `database.writing()`."""
    database = rows.database
    end, device = journal_entry.end(database, rows.plan), database.device
    action, at = uuid7(), now()
    entries = [
        Entry(
            id=uuid7(),
            plan=rows.plan,
            kind=draft.entity.kind.value,
            key=draft.entity.key,
            action=action,
            parents=draft.parents,
            changed=draft.changed,
            state=Codec.of(draft.entity.kind).state(draft.entity),
            account=cause.by.account,
            name=cause.by.name,
            device=device,
            at=at,
            reason=cause.reason,
            origin=cause.origin,
            number=number,
            here_at=at,
        )
        for number, draft in enumerate(drafts, end.number + 1)
    ]
    position = journal_entry.append(database, map(journal_entry.Arrival, entries), end)
    histories: dict[Reference, list[Entry]] = {}
    for draft, entry in zip(drafts, entries, strict=True):
        histories.setdefault(entry.reference, list(draft.history)).append(entry)
    written = kept(rows, [merged_entity(history) for history in histories.values()])
    write_as_kept(rows, written)
    revisions = tuple(entry.id for entry in entries)
    return Action(action, at, position, revisions, tuple(histories), tuple(written), (end.sequence, end.id))


def write_as_kept(rows: RowsBefore, entities: Sequence[AnyEntity]) -> None:
    """Write entities to their rows as they are. Only within `database.writing()`."""
    named = {each.indicator for each in entities if isinstance(each, Outcome | TargetValue)}
    changed = _scales(entities)
    before = _scales(rows.several(Reference(Kind.INDICATOR, key) for key in named | changed.keys()).values())
    rescaled = [key for key, scale in before.items() if changed.get(key, scale) != scale]
    scales = before | changed
    written = (*entities, *_figures_of(rows, rescaled, {Reference(each.kind, each.key) for each in entities}))
    row_writing.write(rows.database, rows.plan, [(each, derived_columns(each, scales.get)) for each in written])


def _drafts(rows: RowsBefore, entities: Sequence[AnyEntity], seen: int) -> list[Draft]:
    _require_plan(rows, entities)
    by_reference = {Reference(entity.kind, entity.key): entity for entity in entities}
    known = journal_entry.recent(rows.database, rows.plan, by_reference, seen)
    in_rows = _keeping(rows, entities)
    drafts = []
    for reference, entity in by_reference.items():
        revisions = known.get(reference, ())
        history = tuple(each.entry for each in revisions)
        on_screen = [each.entry.writing for each in revisions if each.sequence <= seen]
        codec = Codec.of(entity.kind)
        if not on_screen:
            drafts.append(Draft(entity, codec.names, (), history))
            continue
        merged = merge(on_screen)
        state = codec.state(entity)
        in_row = _kept_in(in_rows.get(reference), history)
        # Nobody has set what a row only keeps for others' sake; who takes it away is told why it stays.
        as_shown = {name: merged.state[name] for name, value in in_row.items() if state[name] == value}
        changed = changed_fields({**state, **as_shown}, merged.state, codec)
        changed |= {name for name in in_row if name not in as_shown}
        changed |= set(merged.contested) - set(entity.contested)
        if as_shown:
            entity = codec.entity({**state, **as_shown}, contested=entity.contested)
        if changed:
            in_order = tuple(name for name in codec.names if name in changed)
            drafts.append(Draft(entity, in_order, merged.heads, history))
    return drafts


def _keeping(rows: RowsBefore, entities: Sequence[AnyEntity]) -> dict[Reference, AnyEntity]:
    """The rows of those entities that may keep something for others' sake."""
    return rows.several(Reference(each.kind, each.key) for each in entities if kept_fields(each.kind))


def _kept_in(row: AnyEntity | None, history: Sequence[Entry]) -> dict[str, Any]:
    """The fields that a row has otherwise than its own revisions say, since it keeps something for others' sake."""
    if row is None:
        return {}
    in_row = Codec.of(row.kind).state(row)
    now = merge([each.writing for each in history]).state
    return {name: in_row[name] for name in kept_fields(row.kind) if name in now and in_row[name] != now[name]}


def _cleaned(entity: AnyEntity) -> AnyEntity:
    """The entity with its texts cleaned, should whoever took them in have forgotten to.

    Raises RuleError for a figure that cleaning would make of two.
    """
    for field in content_fields(entity.kind).values():
        if field.holds is Holds.AS_WRITTEN:
            try:
                refuse_joined(getattr(entity, field.name))
            except NumberError as error:
                raise RuleError(error.message, field=field.name) from error
    unclean = {
        name: cleaned
        for name in Codec.of(entity.kind).names
        if (cleaned := _cleaned_value(value := getattr(entity, name))) != value
    }
    return replace(entity, **cast("dict[str, Any]", unclean)) if unclean else entity


def _cleaned_value(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_cleaned_value, value))
    return clean(value, multiline=True) if isinstance(value, str) and not isinstance(value, Enum) else value


def changed_fields(state: State, before: Mapping[str, object], codec: Codec) -> set[str]:
    """The fields in which two states differ; one that `before` does not know had its default."""
    return {name for name in codec.names if state[name] != before.get(name, codec.default_state.get(name))}


def now() -> str:
    """The time by this computer's clock, as the journal writes it. It is told, and orders nothing."""
    return written_time(datetime.now(UTC))


def written_time(time: datetime) -> str:
    """A time in UTC as the journal writes it, to the millisecond."""
    return f"{time:%Y-%m-%dT%H:%M:%S}.{time.microsecond // 1000:03}Z"


def _require_plan(rows: RowsBefore, entities: Iterable[AnyEntity]) -> None:
    made = {entity.key for entity in entities if isinstance(entity, Plan)}
    if made - {rows.plan} or (not made and rows.get(Reference(Kind.PLAN, rows.plan)) is None):
        raise UnknownPlan(
            Message("There is no plan “{plan}” in {file}", plan=rows.plan, file=rows.database.place), field="plan"
        )


def _scales(entities: Iterable[AnyEntity]) -> dict[str, Scale]:
    """The scales of those that are indicators, by their keys."""
    return {each.key: each.scale for each in entities if isinstance(each, Indicator)}


def _figures_of(rows: RowsBefore, indicators: Iterable[str], themselves: Collection[Reference]) -> Iterator[AnyEntity]:
    """Targets and outcomes, not changed themselves, of indicators whose scale changes: their texts mean new things."""
    for indicator in indicators:
        for kind in (Kind.TARGET, Kind.OUTCOME):
            found = naming(rows.database, rows.plan, kind, Reference(Kind.INDICATOR, indicator))
            yield from (each for key, each in found.items() if Reference(kind, key) not in themselves)
