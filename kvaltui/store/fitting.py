"""Whether revisions from another copy fit in with the plan that is here: what no honest copies can make together.

Two copies that each kept the rules may break those about the rest of the plan when they are joined, such as two areas
that each side put under the other. That is joined and shown. What no two such copies can come to is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.message import Message
from kvaltui.model.references import references_of
from kvaltui.model.standing import FIGURES
from kvaltui.model.structure import Area, Goal, Plan
from kvaltui.model.tree import circles
from kvaltui.store import entry as journal_entry
from kvaltui.store.database import Database
from kvaltui.store.entry import Entry, Stored
from kvaltui.store.journal import check_keeps_periods
from kvaltui.store.merge import live_writers
from kvaltui.store.rows import Reader, read_several
from kvaltui.store.untrusted import broken_rule

_PARENT = "parent"


def require_that_it_fits(
    database: Database,
    plan: str,
    new: Sequence[Entry],
    histories: Mapping[Reference, Sequence[Stored]],
    merged: Sequence[AnyEntity],
) -> None:
    """Raise BundleError for what no honest copies can have made, after the rows have been written.

    `histories` holds all revisions of the things that `new` touches, `merged` what they make of them. Only within
    `database.writing()`.
    """
    _require_what_is_named(database, plan, merged)
    _require_periods(database, plan, new, histories, merged)
    for kind in (Kind.AREA, Kind.GOAL):
        if any(each.kind is kind for each in merged):
            _require_no_circle_of_one(database, plan, kind, merged)


def _require_what_is_named(database: Database, plan: str, merged: Sequence[AnyEntity]) -> None:
    """Nothing is ever removed from a plan, so that whatever is named has its revisions in one copy or the other."""
    wanted = dict.fromkeys(reference for entity in merged for _, reference in references_of(entity))
    there = read_several(database, plan, wanted)
    for entity in merged:
        for field, reference in references_of(entity):
            if reference not in there:
                problem = Message("“{key}” is nowhere in the plan", key=reference.key)
                raise broken_rule(Reference(entity.kind, entity.key), RuleError(problem, field=field))


def _require_periods(
    database: Database,
    plan: str,
    new: Sequence[Entry],
    histories: Mapping[Reference, Sequence[Stored]],
    merged: Sequence[AnyEntity],
) -> None:
    """Nobody takes the last period from a plan, and without one there are no figures."""
    try:
        for entry in new:
            if entry.kind == Kind.PLAN and not entry.state.get("periods"):
                known = {each.entry.id: each.entry.state for each in histories[entry.reference]}
                check_keeps_periods(known[parent] for parent in entry.parents if parent in known)
        its_own = next((each for each in merged if isinstance(each, Plan)), None)
        if its_own is not None and not its_own.periods:
            for kind in FIGURES:
                if Reader.of(kind).read(database, plan):
                    raise RuleError(Message("A plan that has figures has a period"), field="periods")
    except RuleError as error:
        raise broken_rule(Reference(Kind.PLAN, plan), error) from error


def _require_no_circle_of_one(database: Database, plan: str, kind: Kind, merged: Sequence[AnyEntity]) -> None:
    """Whoever lays one thing under another is refused a circle: it takes two that know nothing of each other."""
    rows = dict(cast("Mapping[str, Area | Goal]", Reader.of(kind).read(database, plan)))
    # In the rows circles are broken: what the revisions say is asked for.
    rows |= {each.key: each for each in merged if isinstance(each, Area | Goal) and each.kind is kind}
    touched = {Reference(each.kind, each.key) for each in merged}
    for circle in circles({Reference(kind, key): Reference(kind, row.parent) for key, row in rows.items()}):
        if touched.isdisjoint(circle):
            continue
        found = journal_entry.of_entities(database, plan, circle)
        writers = {
            _who_laid([each.entry for each in of_it], rows[reference.key].parent) for reference, of_it in found.items()
        }
        if len(writers) == 1:
            name = rows[circle[0].key].name
            problem = Message("“{name}” cannot lie under itself", name=name)
            raise broken_rule(circle[0], RuleError(problem, field=_PARENT))


def _who_laid(entries: Iterable[Entry], parent: str) -> str:
    """The device that laid a thing where it lies."""
    by_id = {entry.id: entry for entry in entries}
    writers = live_writers([entry.writing for entry in by_id.values()], _PARENT)
    return next((by_id[each.id].device for each in reversed(writers) if each.state[_PARENT] == parent), "")
