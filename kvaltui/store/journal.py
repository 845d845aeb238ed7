"""The one way in: every change is a revision, written with its row in one transaction.

docs/architecture.md, The store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import Enum
from typing import Any, cast

from kvaltui.model.clean import clean
from kvaltui.model.content import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import LONGEST_LINE, LONGEST_PROSE, check_text
from kvaltui.model.message import Message
from kvaltui.model.number import NumberError
from kvaltui.model.quantity import refuse_joined
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.rules import RuleError, check_entity
from kvaltui.model.scale import Scale
from kvaltui.model.standing import kept_fields
from kvaltui.model.structure import Indicator, Plan
from kvaltui.model.value import dataclass, replace
from kvaltui.store import entry as journal_entry
from kvaltui.store import row_writing, rows
from kvaltui.store.author import Author
from kvaltui.store.backup import backup_of_the_day
from kvaltui.store.database import Database
from kvaltui.store.derived import derived_columns
from kvaltui.store.entry import Entry
from kvaltui.store.errors import UnknownPlan
from kvaltui.store.facts import StoredFacts
from kvaltui.store.keeping import kept
from kvaltui.store.merge import merge
from kvaltui.store.origin import TYPED, Origin, origin_of
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
class Cause:
    """Who makes a change, why, and where it comes from."""

    by: Author
    reason: str = ""
    origin: Origin = TYPED


_FIGURES = frozenset({"value", "forecast", "budget", "actual", "previous", "variance", "threshold"})
"""Fields that hold a figure as it was written."""


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
        drafts = _drafts(database, plan, [_cleaned(entity) for entity in entities], seen)
        return write(database, plan, drafts, Cause(by, reason, origin))


def note(database: Database, *, by: Author, origin: Origin) -> None:
    """Tell in the history of every plan of something that has happened to the database and changed nothing in it."""
    with database.writing():
        for plan in rows.Reader.of(Kind.PLAN).read(database, None):
            reference = Reference(Kind.PLAN, plan)
            history = tuple(each.entry for each in journal_entry.of_entities(database, plan, [reference])[reference])
            merged = merge([entry.writing for entry in history])
            draft = Draft(Codec.of(Kind.PLAN).entity(merged.state), (), merged.heads, history)
            append(database, plan, [draft], Cause(by, "", _cleaned_origin(origin)))


def write(database: Database, plan: str, drafts: Sequence[Draft], cause: Cause) -> Action:
    """Check the drafts by the rules and append them as one action. Only within `database.writing()`."""
    cause = replace(cause, reason=clean(cause.reason, multiline=True), origin=_cleaned_origin(cause.origin))
    _check_reason(cause.reason)
    effective = _as_they_will_stand(database, plan, drafts)
    facts = StoredFacts(database, plan, effective)
    for entity, draft in zip(effective, drafts, strict=True):
        check_entity(entity, facts)
        if isinstance(entity, Plan) and not entity.periods:
            check_keeps_periods(entry.state for entry in draft.history)
    return append(database, plan, drafts, cause)


def _cleaned_origin(origin: Origin) -> Origin:
    return origin_of(clean(origin.text)[:LONGEST_LINE])


def check_keeps_periods(states: Iterable[State]) -> None:
    """Raise RuleError where a plan is to be left without any period, and has had one before."""
    if any(state.get("periods") for state in states):
        raise RuleError(Message("A plan that has had a period keeps at least one"), field="periods")


def _check_reason(reason: str) -> None:
    try:
        check_text(reason, LONGEST_PROSE)
    except RuleError as error:
        raise RuleError(error.message, field="reason") from None


def _as_they_will_stand(database: Database, plan: str, drafts: Sequence[Draft]) -> list[AnyEntity]:
    in_rows = _rows_of(database, plan, [draft.entity for draft in drafts])
    return [
        _as_it_will_stand(draft.entity, in_rows.get(Reference(draft.entity.kind, draft.entity.key)), draft.changed)
        for draft in drafts
    ]


def append(database: Database, plan: str, drafts: Sequence[Draft], cause: Cause) -> Action:
    """Append the drafts as one action and bring their rows in line. Only within `database.writing()`."""
    position, chain = journal_entry.last(database)
    action, at = uuid7(), now()
    before = journal_entry.last_number(database, plan)
    device = database.device
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
            account=cause.by.account,
            name=cause.by.name,
            device=device,
            at=at,
            reason=cause.reason,
            origin=cause.origin,
            number=number,
            here_at=at,
        )
        for number, draft in enumerate(drafts, before + 1)
    ]
    journal_entry.append(database, map(journal_entry.Arrival, entries), chain)
    histories: dict[Reference, list[Entry]] = {}
    for draft, entry in zip(drafts, entries, strict=True):
        histories.setdefault(entry.reference, list(draft.history)).append(entry)
    write_rows(database, plan, [merged_entity(each.kind, history) for each, history in histories.items()])
    return Action(action, at, position + len(entries), tuple(entry.id for entry in entries), tuple(histories))


def write_rows(database: Database, plan: str, merged: Sequence[AnyEntity]) -> None:
    """Write entities, as they follow from their revisions, to their rows, and what follows from them.

    Only within `database.writing()`.
    """
    write_as_kept(database, plan, kept(database, plan, merged))


def write_as_kept(database: Database, plan: str, entities: Sequence[AnyEntity]) -> None:
    """Write entities to their rows as they are. Only within `database.writing()`."""
    rescaled = _rescaled(database, plan, entities)
    scales = _Scales(database, plan, entities)
    row_writing.write(
        database, plan, [(entity, derived_columns(entity, scales.of)) for entity in (*entities, *rescaled)]
    )


def merged_entity(kind: Kind, entries: Sequence[Entry]) -> AnyEntity:
    """The entity that its revisions (at least one) make. Raises ValueError for a circle of parents."""
    merged = merge([entry.writing for entry in entries])
    by = next(entry for entry in entries if entry.id == merged.heads[-1])
    return Codec.of(kind).entity(merged.state, contested=merged.contested, changed_at=by.here_at, changed_by=by.name)


def _drafts(database: Database, plan: str, entities: Sequence[AnyEntity], seen: int) -> list[Draft]:
    _require_plan(database, plan, entities)
    by_reference = {Reference(entity.kind, entity.key): entity for entity in entities}
    known = journal_entry.recent(database, plan, by_reference, seen)
    in_rows = _rows_of(database, plan, entities)
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


def _rows_of(database: Database, plan: str, entities: Sequence[AnyEntity]) -> dict[Reference, AnyEntity]:
    """The rows of those entities that may keep something for others' sake."""
    by_kind: dict[Kind, list[str]] = {}
    for entity in entities:
        if kept_fields(entity.kind):
            by_kind.setdefault(entity.kind, []).append(entity.key)
    return {
        Reference(kind, key): row
        for kind, keys in by_kind.items()
        for key, row in rows.Reader.of(kind).read(database, plan, keys).items()
    }


def _kept_in(row: AnyEntity | None, history: Sequence[Entry]) -> dict[str, Any]:
    """The fields that a row has otherwise than its own revisions say, since it keeps something for others' sake."""
    if row is None:
        return {}
    in_row = Codec.of(row.kind).state(row)
    now = merge([each.writing for each in history]).state
    return {name: in_row[name] for name in kept_fields(row.kind) if name in now and in_row[name] != now[name]}


def _as_it_will_stand(entity: AnyEntity, row: AnyEntity | None, changed: Collection[str]) -> AnyEntity:
    """The entity of a draft with what its row keeps for others' sake, as far as the draft does not change that."""
    unchanged = [name for name in kept_fields(entity.kind) if name not in changed] if row is not None else []
    return replace(entity, **{name: getattr(row, name) for name in unchanged}) if unchanged else entity


def _cleaned(entity: AnyEntity) -> AnyEntity:
    """The entity with its texts cleaned, should whoever took them in have forgotten to.

    Raises RuleError for a figure that cleaning would make of two.
    """
    for name in _FIGURES.intersection(Codec.of(entity.kind).names):
        try:
            refuse_joined(getattr(entity, name) or "")
        except NumberError as error:
            raise RuleError(error.message, field=name) from error
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


def _require_plan(database: Database, plan: str, entities: Iterable[AnyEntity]) -> None:
    made = {entity.key for entity in entities if isinstance(entity, Plan)}
    if made - {plan} or (not made and not rows.Reader.of(Kind.PLAN).read(database, plan)):
        raise UnknownPlan(Message("There is no plan “{plan}” in {file}", plan=plan, file=database.place), field="plan")


class _Scales:
    """The scales of indicators, as they are after the change that is being written."""

    def __init__(self, database: Database, plan: str, changed: Sequence[AnyEntity]) -> None:
        wanted = {each.indicator for each in changed if isinstance(each, Outcome | TargetValue)}
        self._scales = {each.key: each.scale for each in changed if isinstance(each, Indicator)}
        stored = rows.Reader.of(Kind.INDICATOR).read(database, plan, sorted(wanted - self._scales.keys()))
        self._scales |= {each.key: each.scale for each in stored.values() if isinstance(each, Indicator)}

    def of(self, indicator: str) -> Scale | None:
        """The scale of an indicator, None where there is no such indicator."""
        return self._scales.get(indicator)


def _rescaled(database: Database, plan: str, changed: Sequence[AnyEntity]) -> list[AnyEntity]:
    """Targets and outcomes, not changed themselves, of indicators whose scale changes: their texts mean new things."""
    scales = {each.key: each.scale for each in changed if isinstance(each, Indicator)}
    stored = rows.Reader.of(Kind.INDICATOR).read(database, plan, sorted(scales))
    rescaled = [each.key for each in stored.values() if isinstance(each, Indicator) and each.scale != scales[each.key]]
    themselves = {Reference(each.kind, each.key) for each in changed} if rescaled else set()
    return [
        each
        for indicator in rescaled
        for kind in (Kind.TARGET, Kind.OUTCOME)
        for each in rows.naming(database, plan, kind, Reference(Kind.INDICATOR, indicator)).values()
        if Reference(kind, each.key) not in themselves
    ]
