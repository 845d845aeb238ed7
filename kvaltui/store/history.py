"""Who changed what, when, from what to what and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from peewee import SQL

from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.references import OWNED, kinds_naming
from kvaltui.model.value import dataclass
from kvaltui.store import entry as journal_entry
from kvaltui.store.author import Author
from kvaltui.store.criteria import EVERYTHING, Criteria
from kvaltui.store.database import Database
from kvaltui.store.entry import Entry, Stored
from kvaltui.store.merge import ancestors_of, heads, merge
from kvaltui.store.origin import How, Origin, beginning_of, origin_of
from kvaltui.store.proving import unproved_among
from kvaltui.store.reading import Readable
from kvaltui.store.signing import Unproved
from kvaltui.store.state import Codec, State


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of one thing. `before` and `after` are its whole content as plain values (`before` empty: it is new).

    `changed` names the fields that were set; of a new thing those that are not blank. `at` is UTC. `received_from`
    names the bundle that brought it from another copy. `is_undone` tells that it has been taken back. `unproved` tells
    why it cannot be proved that the author's device wrote it (None: that is proved, or it was not asked when it came).
    """

    sequence: int
    id: str
    action: str
    reference: Reference
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    changed: tuple[str, ...]
    author: Author
    device: str
    at: str
    reason: str
    origin: Origin
    received_at: str
    received_from: str
    is_undone: bool
    unproved: Unproved | None = None


def history(
    database: Database,
    plan: str,
    about: Reference | None = None,
    *,
    limit: int = 100,
    offset: int = 0,
    only: Criteria = EVERYTHING,
) -> tuple[Revision, ...]:
    """The changes of a plan, or of one thing and what belongs to it (an indicator's figures, say), latest first.

    Latest is what came last into this copy's journal: a clock elsewhere moves nothing up or down.

    Raises DatabaseError.
    """
    in_plan = (SQL('"plan"') == plan) & only.condition
    with database.reading():
        if about is None:
            query = journal_entry.select(in_plan).order_by(SQL('"sequence" DESC')).limit(limit).offset(offset)
            return revisions(database, plan, list(map(journal_entry.stored, database.execute(query))))
        # One query for each kind, each by the index; together and in order they would read the whole plan's journal.
        found = [each for one in _about(about) for each in journal_entry.read(database, in_plan & one)]
        found.sort(key=lambda each: each.sequence, reverse=True)
        return revisions(database, plan, found[offset : offset + limit])


def by_ids(database: Database, plan: str, ids: Iterable[str]) -> tuple[Revision, ...]:
    """The changes with these ids, latest first. Raises DatabaseError."""
    with database.reading():
        found = sorted(journal_entry.by_ids(database, ids), key=lambda each: each.sequence, reverse=True)
        return revisions(database, plan, found)


def of_action(database: Database, plan: str, action: str, *, limit: int) -> tuple[Revision, ...]:
    """The changes that were made in one action, in their order. Raises DatabaseError."""
    with database.reading():
        of_it = (SQL('"plan"') == plan) & (SQL('"action"') == action)
        query = journal_entry.select(of_it).order_by(SQL('"sequence"')).limit(limit)
        return revisions(database, plan, list(map(journal_entry.stored, database.execute(query))))


def current(database: Database, plan: str, reference: Reference) -> tuple[Revision, ...]:
    """The revisions of a thing that no other builds on: one, or several while sides have not been joined."""
    with database.reading():
        known = journal_entry.of_entities(database, plan, [reference]).get(reference, [])
        ids = heads({each.entry.id: each.entry.parents for each in known})
        return revisions(database, plan, [each for each in known if each.entry.id in ids])


def revisions(database: Database, plan: str, found: Sequence[Stored]) -> tuple[Revision, ...]:
    """Stored revisions with what was before each. Only within `database.reading()` or `writing()`."""
    known = journal_entry.of_entities(database, plan, {each.entry.reference for each in found})
    by_id = {reference: {each.entry.id: each.entry for each in of_it} for reference, of_it in known.items()}
    in_line = {id_ for of_it in known.values() for id_ in _in_line(each.entry for each in of_it)}
    undone = {reference: undone_ids(each.entry for each in of_it) for reference, of_it in known.items()}
    unproved = unproved_among(database, plan, found)
    return tuple(
        _revision(
            each,
            by_id[each.entry.reference][each.entry.parents[0]].state
            if each.entry.id in in_line and each.entry.parents
            else state_before(each.entry, by_id[each.entry.reference]),
            is_undone=not undone[each.entry.reference].isdisjoint((each.entry.id, each.entry.action)),
            unproved=unproved.get(each.entry.id),
        )
        for each in found
    )


def _in_line(entries: Iterable[Entry]) -> Iterator[str]:
    """The revisions up to which each builds on the one before it, whose content is then what was before."""
    parents: tuple[str, ...] = ()
    for entry in entries:
        if entry.parents != parents:
            return
        yield entry.id
        parents = (entry.id,)


def state_before(entry: Entry, by_id: Mapping[str, Entry]) -> State:
    """The content that a revision builds on, given all revisions of the entity; empty for a first one."""
    earlier = ancestors_of(entry.id, {id_: each.parents for id_, each in by_id.items()})
    return merge([by_id[id_].writing for id_ in earlier]).state if earlier else {}


def undone_ids(entries: Iterable[Entry]) -> set[str]:
    """The ids of the actions and revisions that have been taken back and not brought back again."""
    undoes: dict[str, str] = {}
    redone: set[str] = set()
    for entry in entries:
        if entry.origin.how is How.UNDO:
            undoes[entry.action] = entry.origin.what
        elif entry.origin.how is How.REDO:
            redone.add(entry.origin.what)
    return {undone for action, undone in undoes.items() if action not in redone}


def _revision(each: Stored, before: State, *, is_undone: bool, unproved: Unproved | None) -> Revision:
    entry = each.entry
    return Revision(
        sequence=each.sequence,
        id=entry.id,
        action=entry.action,
        reference=entry.reference,
        before=before,
        after=entry.state,
        changed=_set_fields(entry),
        author=entry.author,
        device=entry.device,
        at=entry.at,
        reason=clean(entry.reason, multiline=True),
        origin=entry.origin,
        received_at=each.received_at,
        received_from=each.received_from,
        is_undone=is_undone,
        unproved=unproved,
    )


def _set_fields(entry: Entry) -> tuple[str, ...]:
    if entry.parents:
        return entry.changed
    defaults = Codec.of(entry.reference.kind).default_state
    return tuple(name for name in entry.changed if name not in defaults or entry.state.get(name) != defaults[name])


def _about(reference: Reference) -> Iterator[Any]:
    """Conditions for the revisions of a thing and of what belongs to it."""
    yield (SQL('"kind"') == reference.kind.value) & (SQL('"key"') == reference.key)
    for kind in OWNED.intersection(kinds_naming(reference.kind)):
        # Keys of what belongs to it begin with its own key and "/"; "0" is the character after "/".
        above = str(reference) if kind is Kind.ASSESSMENT else reference.key
        yield (SQL('"kind"') == kind.value) & (SQL('"key"') >= f"{above}/") & (SQL('"key"') < f"{above}0")


def restored_from(database: Readable) -> str:
    """The file that the database was last restored from, "" where the journal does not tell."""
    restore = beginning_of(How.RESTORE)
    rows = database.fetch_sql(
        f"SELECT origin FROM revision WHERE substr(origin, 1, {len(restore)}) = '{restore}'"
        " ORDER BY sequence DESC LIMIT 1"
    )
    return origin_of(str(rows[0][0])).what if rows else ""
