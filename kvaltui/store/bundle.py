"""Revisions on their way between copies: out as lines of JSON, in by the union of sets.

Joining adds what is missing and recomputes what it touches. Since what a thing is follows from the set of its revisions
alone, every order and repetition of exchanges ends in the same plan.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush
from itertools import islice

from peewee import SQL

from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store import entry as journal_entry
from kvaltui.store.backup import backup_of_the_day
from kvaltui.store.changes import PlanChange, changes_elsewhere, changes_of_rows
from kvaltui.store.conflicts import Conflict, conflicts_of
from kvaltui.store.database import Database
from kvaltui.store.entry import Entry, merged_entity
from kvaltui.store.errors import BundleError, RefusedChange
from kvaltui.store.fitting import require_that_it_fits
from kvaltui.store.journal import now, write_as_kept
from kvaltui.store.keeping import kept
from kvaltui.store.proving import Claim, prove
from kvaltui.store.rows import Reader
from kvaltui.store.rows_before import RowsBefore
from kvaltui.store.signing import Statement
from kvaltui.store.statements import is_known, remember
from kvaltui.store.untrusted import read_line


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining has added, or would add: counts of revisions, what they change, and what is in conflict after it.

    `claims` tells whose devices are new here, and what cannot be proved of who wrote what; `coming` are the changes
    here, thing by thing.
    """

    plans: tuple[str, ...]
    new: int
    known: int
    changed: tuple[tuple[str, Reference], ...]
    conflicts: tuple[tuple[str, Conflict], ...]
    claims: tuple[Claim, ...] = ()
    coming: tuple[PlanChange, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether it is proved of every new revision which device wrote it."""
        return not any(claim.why is not None and claim.revisions for claim in self.claims)


class UnprovedRevisions(BundleError):
    """Revisions of which it cannot be proved who wrote them, as `claims` tell. Nothing was changed."""

    def __init__(self, claims: tuple[Claim, ...]) -> None:
        super().__init__(Message("It cannot be proved who wrote what is new in the bundle; nothing was changed"))
        self.claims = claims


MOST_REVISIONS = 5_000_000
"""Revisions of one plan; the largest that has been tried has a million."""


def revisions(database: Database, plan: str) -> tuple[str, ...]:
    """All revisions of a plan, a line of JSON each, by their ids: the same on every copy that has the same ones.

    Raises DatabaseError.
    """
    with database.reading():
        return tuple(each.entry.text() for each in journal_entry.read(database, SQL('"plan"') == plan, "id"))


def digest(lines: Iterable[str]) -> str:
    """The digest of revisions in their order, as 64 hexadecimal digits: two copies are equal when theirs are."""
    sum_ = hashlib.sha256()
    for line in lines:
        sum_.update(f"{line}\n".encode())
    return sum_.hexdigest()


def add_revisions(
    database: Database,
    lines: Iterable[str],
    *,
    received_from: str,
    statements: Iterable[Statement] = (),
    accepts_unproved: bool = True,
) -> Joined:
    """Take in another copy's revisions: those that are missing here, all or none.

    `received_from` names the bundle, for the history; `statements` are what their devices have signed. Revisions of
    which it cannot be proved who wrote them are kept with the reason, or, unless `accepts_unproved`, are a reason to
    take in nothing.
    Raises UnprovedRevisions for those; BundleError for a line that is no revision, or that tells otherwise of a known
    one, for a revision that builds on one that neither side has, for a plan that only has its key in common with the
    one here. Raises DatabaseError.
    """
    each_once = dict.fromkeys(islice(lines, MOST_REVISIONS + 1))
    if len(each_once) > MOST_REVISIONS:
        raise BundleError(Message("The bundle holds more than {most} revisions", most=MOST_REVISIONS))
    if not each_once:
        raise BundleError(Message("The bundle holds no revisions"))
    plan = read_line(next(iter(each_once))).plan
    # After the first exchange most of a bundle is known; what stands here letter by letter need not be examined.
    here = set(revisions(database, plan))
    entries: dict[str, Entry] = {}
    for entry in (read_line(line) for line in each_once if line not in here):
        if entries.setdefault(entry.id, entry) != entry:
            raise BundleError(Message("The bundle holds two revisions with the id {id}", id=entry.id))
    known = Joined((plan,), 0, len(each_once) - len(entries), (), ())
    statements = tuple(statements)
    if not entries and not _has_news(database, statements):
        return known
    try:
        if not database.orm.in_transaction():
            backup_of_the_day(database)
        with database.writing():
            joined = _join(database, entries, statements, clean(received_from), known)
            if not (accepts_unproved or joined.is_proved):
                raise UnprovedRevisions(joined.claims)
            return joined
    except RefusedChange as error:
        raise BundleError(Message("The bundle's revisions do not fit together; nothing was changed")) from error


def what_lacks(database: Database, plan: str, lines: Iterable[str]) -> tuple[PlanChange, ...]:
    """What another copy, which has these lines, would get from this one, thing by thing. Raises DatabaseError."""
    with database.reading():
        lacking = set(revisions(database, plan)).difference(lines)
        return changes_elsewhere(database, plan, frozenset(json.loads(line)["id"] for line in lacking))


def _has_news(database: Database, statements: Iterable[Statement]) -> bool:
    """Whether any says other than what is known; mostly none does, and nothing has to be checked."""
    with database.reading():
        return any(not is_known(database, each) for each in statements)


def _join(
    database: Database,
    entries: Mapping[str, Entry],
    statements: Iterable[Statement],
    received_from: str,
    known: Joined,
) -> Joined:
    here = {each.entry.id: each.entry for each in journal_entry.by_ids(database, entries)}
    for id_, entry in here.items():
        if entry != entries[id_]:
            raise BundleError(Message("Revision {id} of the bundle differs from the one that is here", id=id_))
    new = _in_order([entry for entry in entries.values() if entry.id not in here])
    _require_parents(database, new, entries)
    by_plan: dict[str, list[Entry]] = {}
    for entry in new:
        by_plan.setdefault(entry.plan, []).append(entry)
    for plan, of_plan in by_plan.items():
        _require_same_origin(database, plan, of_plan)
    proved = prove(database, new, statements)
    if new:
        received_at = now()
        arrivals = (
            journal_entry.Arrival(entry, received_at, received_from, proved.unproved.get(entry.id, "")) for entry in new
        )
        journal_entry.append(database, arrivals, journal_entry.end(database))
    remember(database, proved.statements)
    changed: list[tuple[str, Reference]] = []
    contested: list[tuple[str, Conflict]] = []
    coming: list[PlanChange] = []
    for plan, of_plan in by_plan.items():
        touched = tuple(dict.fromkeys(entry.reference for entry in of_plan))
        histories = journal_entry.of_entities(database, plan, touched)
        merged = [merged_entity([each.entry for each in of_it]) for of_it in histories.values()]
        rows = RowsBefore(database, plan)
        entities = kept(rows, merged)
        coming += changes_of_rows(rows, entities, of_plan)
        write_as_kept(rows, entities)
        require_that_it_fits(database, plan, of_plan, histories, merged)
        changed += [(plan, reference) for reference in touched]
        in_conflict = [Reference(each.kind, each.key) for each in merged if each.contested]
        contested += [(plan, conflict) for conflict in conflicts_of(database, plan, in_conflict)]
    plans = tuple(sorted({*known.plans, *(entry.plan for entry in entries.values())}))
    count = known.known + len(here)
    return Joined(plans, len(new), count, tuple(changed), tuple(contested), proved.claims, tuple(coming))


def _in_order(new: Iterable[Entry]) -> list[Entry]:
    """Revisions in an order in which they can have been written: after what they build on, and as their device counted.

    Among those that know nothing of each other their ids decide. Raises BundleError when there is no such order.
    """
    by_id = {entry.id: entry for entry in sorted(new, key=lambda entry: entry.id)}
    counted = {(entry.plan, entry.device, entry.number): entry.id for entry in by_id.values() if entry.number}
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for entry in by_id.values():
        before = (*entry.parents, counted.get((entry.plan, entry.device, entry.number - 1), ""))
        sorter.add(entry.id, *(each for each in before if each in by_id))
    try:
        sorter.prepare()
    except CycleError as error:
        told = Message("Revision {id} of the bundle builds on one that it cannot follow", id=error.args[1][0])
        raise BundleError(told) from error
    placed: list[Entry] = []
    ready: list[str] = []
    while sorter.is_active():
        for id_ in sorter.get_ready():
            heappush(ready, id_)
        placed.append(by_id[heappop(ready)])
        sorter.done(placed[-1].id)
    return placed


def _require_parents(database: Database, new: Iterable[Entry], entries: Mapping[str, Entry]) -> None:
    """Every revision builds on earlier ones of the same thing, which are here or in the bundle."""
    parents = {parent for entry in new for parent in entry.parents}
    here = journal_entry.by_ids(database, parents - entries.keys())
    found = {each.entry.id: each.entry for each in here} | dict(entries)
    for entry in new:
        for id_ in entry.parents:
            parent = found.get(id_)
            if parent is None:
                raise BundleError(Message("The bundle lacks revision {id}, which others in it build on", id=id_))
            if (parent.plan, parent.reference) != (entry.plan, entry.reference):
                raise BundleError(
                    Message("Revision {id} of the bundle builds on one that it cannot follow", id=entry.id)
                )


def _require_same_origin(database: Database, plan: str, new: Iterable[Entry]) -> None:
    """Two plans that happen to have the same key are not one plan: what they were called at first tells them apart."""
    reference = Reference(Kind.PLAN, plan)
    began = {_origin(entry) for entry in new if entry.reference == reference and not entry.parents}
    if not Reader.of(Kind.PLAN).read(database, plan):
        if not began:
            raise BundleError(Message("The bundle lacks the beginning of the plan “{plan}”", plan=plan))
        return
    here = [each.entry for each in journal_entry.of_entities(database, plan, [reference])[reference]]
    began_here = {_origin(entry) for entry in here if not entry.parents}
    for title, organisation in began:
        if not any(title == its_title or organisation == its_own for its_title, its_own in began_here):
            raise BundleError(
                Message(
                    "“{plan}” in the bundle is another plan, “{title}” of {organisation}; give one of them another key",
                    plan=plan,
                    title=title,
                    organisation=organisation,
                )
            )


def _origin(entry: Entry) -> tuple[str, str]:
    return str(entry.state["title"]), str(entry.state.get("organisation", ""))
