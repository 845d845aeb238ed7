"""What joining changes, thing by thing: what stood there, what will, and who changed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Reference
from kvaltui.model.value import dataclass
from kvaltui.store import entry as journal_entry
from kvaltui.store.author import Author
from kvaltui.store.database import Database
from kvaltui.store.entry import Entry, merged_entity
from kvaltui.store.rows_before import RowsBefore


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A thing of a plan before (None: it is new) and after, and whose changes these are.

    Nobody's, where it follows from what was changed around it.
    """

    plan: str
    before: AnyEntity | None
    after: AnyEntity
    authors: tuple[Author, ...]

    @property
    def reference(self) -> Reference:
        """The thing."""
        return Reference(self.after.kind, self.after.key)


def changes_of_rows(rows: RowsBefore, entities: Iterable[AnyEntity], new: Iterable[Entry]) -> tuple[PlanChange, ...]:
    """What differs from the rows as they stand. Only within `database.reading()` or `writing()`."""
    after = {Reference(each.kind, each.key): each for each in entities}
    return _differing(rows.plan, rows.several(after), after, _authors(new))


def changes_elsewhere(database: Database, plan: str, lacking: frozenset[str]) -> tuple[PlanChange, ...]:
    """What a copy would get that lacks some of the revisions (ids) that are here, and has the others.

    Only within `database.reading()` or `writing()`.
    """
    given = [each.entry for each in journal_entry.by_ids(database, sorted(lacking))]
    before: dict[Reference, AnyEntity] = {}
    after: dict[Reference, AnyEntity] = {}
    known = journal_entry.of_entities(database, plan, dict.fromkeys(entry.reference for entry in given))
    for reference, stored in known.items():
        here = [each.entry for each in stored]
        there = [each for each in here if each.id not in lacking]
        after[reference] = merged_entity(here)
        if there:
            before[reference] = merged_entity(there)
    return _differing(plan, before, after, _authors(given))


def _differing(
    plan: str,
    before: Mapping[Reference, AnyEntity],
    after: Mapping[Reference, AnyEntity],
    authors: Mapping[Reference, tuple[Author, ...]],
) -> tuple[PlanChange, ...]:
    return tuple(
        PlanChange(plan, before.get(reference), entity, authors.get(reference, ()))
        for reference, entity in after.items()
        if (old := before.get(reference)) is None or old != entity or old.contested != entity.contested
    )


def _authors(entries: Iterable[Entry]) -> dict[Reference, tuple[Author, ...]]:
    found: dict[Reference, dict[Author, None]] = {}
    for entry in entries:
        found.setdefault(entry.reference, {})[entry.author] = None
    return {reference: tuple(authors) for reference, authors in found.items()}
