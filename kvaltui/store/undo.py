"""Taking changes back, and bringing them back again: always by new revisions, never by removing any."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from peewee import SQL, Table

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.joining import Joining
from kvaltui.model.message import Message
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.value import dataclass, replace
from kvaltui.store import entry as journal_entry
from kvaltui.store.author import Author
from kvaltui.store.backup import backup_of_the_day
from kvaltui.store.database import Database
from kvaltui.store.entry import Entry, Stored
from kvaltui.store.errors import JournalError, NothingToUndo
from kvaltui.store.history import Revision, revisions, undone_ids
from kvaltui.store.journal import Action, Cause, Draft, write
from kvaltui.store.merge import Merged, Writing, descendants_of, heads, live_writers, merge, sides_of
from kvaltui.store.origin import How, Origin, origin_of
from kvaltui.store.rows import require_texts
from kvaltui.store.rows_before import RowsBefore
from kvaltui.store.state import Codec, State

Confirmed: TypeAlias = bool | Collection[str]
"""Which later changes are to be taken back too: all (True), none, or those with some ids."""


class LaterChanges(JournalError):
    """The change to be taken back has later ones that build on it; `depends` are their revisions, oldest first."""

    def __init__(self, message: Message, depends: tuple[Revision, ...]) -> None:
        super().__init__(message)
        self.depends = depends


def undo(
    database: Database, plan: str, what: str | None = None, *, by: Author, confirm: Confirmed = False, reason: str = ""
) -> Action:
    """Take a change back: every field that it set gets the value that it would have without it.

    `what` is the id or the sequence number of a revision, or the id of an action, which is taken back whole, in one
    transaction; None is this device's latest action in the plan that has not been taken back. A thing that the change
    made is retired; an outcome or target becomes blank. A conflict that the change decided is open again.
    Raises NothingToUndo; LaterChanges when later ones have changed the same fields, unless `confirm` (True: whichever
    they are; ids: those that the person knows of); RuleError when the rules forbid it, such as in a completed period;
    DatabaseError.
    """
    return _take_back(database, plan, How.UNDO, what, by, confirm, reason)


def redo(
    database: Database, plan: str, what: str | None = None, *, by: Author, confirm: Confirmed = False, reason: str = ""
) -> Action:
    """Bring back what `undo` took back: `what` is the id of the undoing action, None this device's latest one.

    None finds nothing when anything has been changed by the device since. Raises as `undo` does.
    """
    return _take_back(database, plan, How.REDO, what, by, confirm, reason)


def _take_back(
    database: Database, plan: str, direction: How, what: str | None, by: Author, confirm: Confirmed, reason: str
) -> Action:
    backup_of_the_day(database)
    with database.writing():
        if what is None:
            change = _latest_undo(database, plan) if direction is How.REDO else _latest_change(database, plan)
        else:
            change = _chosen(database, plan, direction, what)
        before = min(each.sequence for each in change.revisions) - 1
        by_reference: dict[Reference, list[Entry]] = {}
        for each in change.revisions:
            by_reference.setdefault(each.entry.reference, []).append(each.entry)
        known = journal_entry.recent(database, plan, by_reference, before)
        if confirm is not True:
            _refuse_later_changes(database, plan, change, known, frozenset(confirm or ()))
        drafts = [
            draft
            for reference, entries in by_reference.items()
            for draft in _reversal(entries, tuple(each.entry for each in known[reference]))
        ]
        return write(RowsBefore(database, plan), drafts, Cause(by, reason, Origin(change.direction, change.id)))


_MOST_DIGITS = 18
"""Of a number that the database can hold."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What is to be taken back: an action or one revision, by its id, and its revisions that still stand."""

    direction: How
    id: str
    revisions: tuple[Stored, ...]


def _latest_change(database: Database, plan: str) -> _Change:
    """This device's latest action that stands. The making of the plan itself is taken back only when asked by id."""
    gone: set[str] = set()
    for action, origin, is_own in _actions(database, plan):
        if origin.how is How.UNDO:
            if action not in gone:
                gone.add(origin.what)
        elif origin.how is How.REDO:
            gone.add(origin.what)
        elif is_own and action not in gone:
            found = _standing(database, plan, _revisions(database, plan, action))
            if found and not any(each.entry.kind == Kind.PLAN and not each.entry.parents for each in found):
                return _Change(How.UNDO, action, found)
    raise NothingToUndo(Message("There is nothing to take back"))


def _latest_undo(database: Database, plan: str) -> _Change:
    """This device's latest undo that has not been brought back, unless it has changed anything after it."""
    gone: set[str] = set()
    for action, origin, is_own in _actions(database, plan):
        if origin.how is How.REDO:
            gone.add(origin.what)
        elif is_own and action not in gone:
            if origin.how is not How.UNDO:
                break
            return _Change(How.REDO, action, _revisions(database, plan, action))
    raise NothingToUndo(Message("There is nothing to bring back"))


def _chosen(database: Database, plan: str, direction: How, what: str) -> _Change:
    """The change that a person named. Taking back an undo brings back what it took back, and the other way round."""
    found = _revisions(database, plan, what)
    if not found:
        raise NothingToUndo(Message("There is no change “{id}” in the plan", id=what))
    first = found[0].entry
    if direction is How.UNDO and first.origin.how is How.REDO:
        undoing = _revisions(database, plan, first.origin.what)
        return _chosen(database, plan, How.UNDO, undoing[0].entry.origin.what)
    whole = _revisions(database, plan, first.action)
    id_ = first.action if len(whole) == len(found) else first.id
    if first.origin.how is How.UNDO:
        redone = {each.origin for each in _since(database, plan, found)}
        standing: tuple[Stored, ...] = () if Origin(How.REDO, id_) in redone else found
        direction = How.REDO
    elif direction is How.REDO:
        raise NothingToUndo(Message("“{id}” is not something that was taken back", id=what))
    else:
        standing = _standing(database, plan, found)
    if not standing:
        raise NothingToUndo(Message("The change has been taken back already"))
    return _Change(direction, id_, standing)


def _actions(database: Database, plan: str) -> Iterator[tuple[str, Origin, bool]]:
    """Id and origin of the plan's actions, latest first, and whether this device took them here.

    An account's name tells nothing: another copy's "anna" may be anybody, and so may another computer's.
    """
    # All plans', so that the walk back from the journal's end can stop at the first that will do.
    columns = SQL('"action", "origin", "device", "received_at", "plan"')
    previous, own = "", database.device
    for action, origin, device, received_at, of_plan in database.execute(
        Table("revision").select(columns).order_by(SQL('"sequence" DESC'))
    ):
        require_texts([(action, origin, device, received_at, of_plan)], "revision")
        if action != previous and of_plan == plan:
            yield action, origin_of(origin), device == own and not received_at
        previous = action


def _revisions(database: Database, plan: str, id_: str) -> tuple[Stored, ...]:
    """The revisions of an action, or the one with that id or sequence number."""
    by_id = (SQL('"action"') == id_) | (SQL('"id"') == id_)
    named = SQL('"sequence"') == int(id_) if id_.isdecimal() and len(id_) <= _MOST_DIGITS else by_id
    return tuple(journal_entry.read(database, (SQL('"plan"') == plan) & named, "sequence"))


def _since(database: Database, plan: str, found: Sequence[Stored]) -> list[Entry]:
    """These revisions and all later ones of the same things: what takes them back, or brings them back, among them."""
    first = min(each.sequence for each in found)
    known = journal_entry.of_entities(database, plan, {each.entry.reference for each in found}, first)
    return [each.entry for of_it in known.values() for each in of_it]


def _standing(database: Database, plan: str, found: Sequence[Stored]) -> tuple[Stored, ...]:
    """Those that have changed anything and have not been taken back."""
    undone = undone_ids(_since(database, plan, found))
    return tuple(each for each in found if each.entry.changed and undone.isdisjoint((each.entry.id, each.entry.action)))


def _refuse_later_changes(
    database: Database,
    plan: str,
    change: _Change,
    known: Mapping[Reference, Sequence[Stored]],
    confirmed: frozenset[str],
) -> None:
    depends = [later for each in change.revisions for later in _later(each.entry, known[each.entry.reference])]
    if any(later.entry.id not in confirmed for later in depends):
        depends.sort(key=lambda each: each.sequence)
        raise LaterChanges(
            Message("Later changes build on this one: taking it back undoes them too"),
            revisions(database, plan, depends),
        )


def _later(entry: Entry, known: Sequence[Stored]) -> Iterable[Stored]:
    """The revisions that build on this one and have left another value in a field that it set."""
    history = [each.entry for each in known]
    now = merge([each.writing for each in history]).state
    moved = {field for field in entry.changed if now.get(field) != entry.state.get(field)}
    later = descendants_of([entry.id], {each.id: each.parents for each in history})
    return [each for each in known if moved & set(each.entry.changed) and each.entry.id in later]


def _reversal(entries: Sequence[Entry], history: tuple[Entry, ...]) -> list[Draft]:
    """The drafts that give the fields set by `entries`, all of one thing, the values that they would have without them.

    More than one when their going opens a conflict again: then one for each of the sides.
    """
    codec = Codec.of(entries[0].reference.kind)
    parents_by_id = {each.id: each.parents for each in history}
    parents = heads(parents_by_id)
    now = merge([each.writing for each in history])
    gone = {entry.id for entry in entries}
    gone |= descendants_of(gone, parents_by_id)
    without = [each.writing for each in history if each.id not in gone]
    if not without:
        blank = _blank(codec, now)
        changed = tuple(name for name in codec.names if blank[name] != now.state.get(name)) or ("retired",)
        return [Draft(codec.entity(blank), changed, parents, history)]
    before = merge(without)
    fields = tuple(name for name in codec.names if any(name in entry.changed for entry in entries))
    state = {**now.state, **{field: before.state.get(field, now.state.get(field)) for field in fields}}
    sides = _reopened(codec.kind, without, [field for field in before.contested if field in fields], fields)
    restored = tuple(field for field in fields if not any(field in its_own for _, its_own in sides))
    drafts = [Draft(codec.entity(state), restored, parents, history)] if restored or not sides else []
    for values, its_own in sides:
        in_order = tuple(name for name in codec.names if name in its_own)
        drafts.append(Draft(codec.entity({**state, **values}), in_order, parents, history))
    return drafts


def _reopened(
    kind: Kind, without: Sequence[Writing], contested: Sequence[str], fields: Sequence[str]
) -> list[tuple[State, set[str]]]:
    """The sides that stand against each other again, each whole, and which of the `fields` it sets.

    What says one thing together with a contested field is set by the side that had set it; what was set before they
    parted goes with the last side that still has it so.
    """
    together = Joining.of(kind).together
    found: list[tuple[State, set[str]]] = []
    for group in dict.fromkeys(together.get(field, (field,)) for field in contested):
        sides = sides_of(without, group)
        own: list[set[str]] = [set() for _ in sides]
        for field in (each for each in group if each in fields):
            values = [each.state.get(field) for each in live_writers(without, field)]
            holding = [place for place, side in enumerate(sides) if side.values[field] in values]
            for place in holding if field in contested else holding[-1:]:
                own[place].add(field)
        found += [(side.values, its_own) for side, its_own in zip(sides, own, strict=True) if its_own]
    return found


def _blank(codec: Codec, now: Merged) -> State:
    """What is left of a thing whose making is taken back."""
    entity = codec.entity(now.state)
    if isinstance(entity, Outcome):
        return codec.state(replace(entity, value="", forecast=""))
    if isinstance(entity, TargetValue):
        return codec.state(replace(entity, value=""))
    return codec.state(replace(entity, retired=True))
