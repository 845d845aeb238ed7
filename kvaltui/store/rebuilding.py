"""The rows made from the journal once more: what a thing is follows from its revisions alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import MARKS, Reference
from kvaltui.model.standing import all_with_what_stands
from kvaltui.store import entry as journal_entry
from kvaltui.store.database import Database
from kvaltui.store.entry import merged_entity
from kvaltui.store.journal import write_as_kept
from kvaltui.store.rows_before import RowsBefore


def rebuild_rows(database: Database) -> None:
    """Write every row that is not what the journal says. Only within `database.writing()` or an upgrade.

    Raises ValueError, KeyError or TypeError for a journal that makes no sense, DatabaseError.
    """
    for plan, merged in groupby(_in_journal(database), lambda found: found[0]):
        rows = RowsBefore(database, plan)
        entities = all_with_what_stands({Reference(entity.kind, entity.key): entity for _, entity in merged})
        differing = [each for each in entities.values() if not agree(rows.whole(each.kind).get(each.key), each)]
        write_as_kept(rows, differing)


def agree(row: AnyEntity | None, entity: AnyEntity) -> bool:
    """Whether a row says what the journal says, its marks included."""
    return row == entity and all(getattr(row, mark) == getattr(entity, mark) for mark in MARKS)


def _in_journal(database: Database) -> Iterator[tuple[str, AnyEntity]]:
    """Every thing as its revisions make it, with its plan, plan by plan."""
    revisions = (each.entry for each in journal_entry.read(database, None, "plan", "kind", "key", "sequence"))
    for (plan, _kind, _key), entries in groupby(revisions, lambda entry: (entry.plan, entry.kind, entry.key)):
        yield plan, merged_entity(list(entries))
