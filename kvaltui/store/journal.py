"""The one way in: every change is a revision, written with its row in one transaction.

docs/architecture.md, The store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from kvaltui.store.merge import merge
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
    origin: str = ""


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
    backup_of_the_day(database)
    with database.writing():
        drafts = _drafts(database, plan, [_cleaned(entity) for entity in entities], seen)
        return write(database, plan, drafts, Cause(by, reason, origin))


def note(database: Database, *, by: Author, origin: str) -> None:
    """Tell in the history of every plan of something that has happened to the database and changed nothing in it."""
    with database.writing():
        for plan in rows.Reader.of(Kind.PLAN).read(database, None):
            reference = Reference(Kind.PLAN, plan)
            history = tuple(each.entry for each in journal_entry.of_entities(database, plan, [reference])[reference])
            merged = merge([entry.writing for entry in history])
            draft = Draft(Codec.of(Kind.PLAN).entity(merged.state), (), merged.heads, history)
            append(database, plan, [draft], Cause(by, "", clean(origin)))


def write(database: Database, plan: str, drafts: Sequence[Draft], cause: Cause) -> Action:
    """Check the drafts by the rules and append them as one action. Only within `database.writing()`."""
    cause = replace(cause, reason=clean(cause.reason, multiline=True), origin=clean(cause.origin)[:LONGEST_LINE])
    _check_reason(cause.reason)
    facts = StoredFacts(database, plan, [draft.entity for draft in drafts])
    for draft in drafts:
        check_entity(draft.entity, facts)
        if isinstance(draft.entity, Plan) and not draft.entity.periods:
            check_keeps_periods(entry.state for entry in draft.history)
    return append(database, plan, drafts, cause)


def check_keeps_periods(states: Iterable[State]) -> None:
    """Raise RuleError where a plan is to be left without any period, and has had one before."""
    if any(state.get("periods") for state in states):
        raise RuleError(Message("A plan that has had a period keeps at least one"), field="periods")


def _check_reason(reason: str) -> None:
    try:
        check_text(reason, LONGEST_PROSE)
    except RuleError as error:
        raise RuleError(error.message, field="reason") from None


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
    """Write entities, as they follow from the journal, to their rows. Only within `database.writing()`."""
    rescaled = _rescaled(database, plan, merged)
    scales = _Scales(database, plan, merged)
    row_writing.write(database, plan, [(entity, derived_columns(entity, scales.of)) for entity in (*merged, *rescaled)])


def merged_entity(kind: Kind, entries: Sequence[Entry]) -> AnyEntity:
    """The entity that its revisions (at least one) make. Raises ValueError for a circle of parents."""
    merged = merge([entry.writing for entry in entries])
    by = next(entry for entry in entries if entry.id == merged.heads[-1])
    return Codec.of(kind).entity(merged.state, contested=merged.contested, changed_at=by.here_at, changed_by=by.name)


def _drafts(database: Database, plan: str, entities: Sequence[AnyEntity], seen: int) -> list[Draft]:
    _require_plan(database, plan, entities)
    by_reference = {Reference(entity.kind, entity.key): entity for entity in entities}
    known = journal_entry.recent(database, plan, by_reference, seen)
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
        changed = changed_fields(codec.state(entity), merged.state, codec)
        changed |= set(merged.contested) - set(entity.contested)
        if changed:
            in_order = tuple(name for name in codec.names if name in changed)
            drafts.append(Draft(entity, in_order, merged.heads, history))
    return drafts


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
        if isinstance(text := getattr(entity, name), str)
        and not isinstance(text, Enum)
        and (cleaned := clean(text, multiline=True)) != text
    }
    return replace(entity, **cast("dict[str, Any]", unclean)) if unclean else entity


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
