"""Taking in plan files and tables: shown before, all or nothing, one action in the journal; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.exchange.file_error import FileError, together
from kvaltui.exchange.plan_reader import JSON_SUFFIX, PlanDocument
from kvaltui.exchange.preview import Preview, compare
from kvaltui.exchange.reading import MOST_OF_A_TABLE, read_file
from kvaltui.exchange.table_formats import TABLE_SUFFIXES, format_of
from kvaltui.exchange.table_import import TableImport
from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.setting import did_you_mean
from kvaltui.store.origin import How, Origin
from kvaltui.store.plans import content_of, standing_plans

if TYPE_CHECKING:
    from kvaltui.exchange.decimal_sign import DecimalSign
    from kvaltui.store.author import Author
    from kvaltui.store.database import Database
    from kvaltui.store.journal import Action

PLAN_SUFFIXES = (".toml", JSON_SUFFIX)


class ImportRefused(FileError):
    """A file with something in it that may not be stored, so that nothing of it is."""


def preview(document: PlanDocument, database: Database) -> Preview:
    """What a plan file would add to, change in and be refused by a database. Raises DatabaseError."""
    return compare(document, content_of(database, document.content.plan.key))


def preview_table(
    path: Path, content: PlanContent, period: Period | None, decimal: DecimalSign | None = None
) -> Preview:
    """What a table would do to a plan; `period` holds where the table has no such column.

    `decimal` is what stands before decimals, where a person says so. Raises TableFileError, which names row and column,
    and ImportRefused for what the plan does not let in; each tells of all that is wrong.
    """
    found = _table(path, content, period, decimal)
    shown = compare(found.document, content, ignored=found.ignored)
    if shown.refused:
        problems = [
            Message("{file}, row {row}: {problem}", file=path.name, row=str(row), problem=refusal.problem)
            for row, refusal in sorted(
                ((found.rows[each.reference], each) for each in shown.refused), key=lambda pair: pair[0]
            )
        ]
        raise ImportRefused(together(problems))
    return shown


def apply(preview: Preview, database: Database, *, by: Author, reason: str = "") -> Action:
    """Store what a preview shows, as one action whose origin names the file.

    What somebody else has changed since the preview is not overwritten but becomes contested. Raises ImportRefused when
    anything is refused, DatabaseError, RuleError; nothing is stored then.
    """
    from kvaltui.store.journal import record

    if preview.refused:
        first = preview.refused[0]
        raise ImportRefused(
            Message("{file}, {key}: {problem}", file=preview.origin, key=str(first.reference), problem=first.problem)
        )
    origin = Origin(How.FILE, preview.origin)
    seen = preview.before.position if preview.before is not None else 0
    return record(database, preview.plan, preview.entities, by=by, seen=seen, reason=reason, origin=origin)


def refuse_plans(database: Database) -> None:
    """Refuse to begin a database that somebody has begun: what a first plan says would go over what stands there.

    Raises ImportRefused, DatabaseError.
    """
    plans = standing_plans(database)
    if plans:
        raise ImportRefused(
            Message(
                "{file} has a plan already ({plans}) and was left as it is; take a file in with: {command}",
                file=database.place,
                plans=", ".join(plans),
                command="kvaltui import",
            )
        )


def _table(path: Path, content: PlanContent, period: Period | None, decimal: DecimalSign | None) -> TableImport:
    from kvaltui.exchange.table_import import read_table

    if path.suffix.casefold() not in TABLE_SUFFIXES:
        raise unknown_suffix(path, TABLE_SUFFIXES)
    grid = format_of(path.suffix).read(read_file(path, MOST_OF_A_TABLE), path.name)
    return read_table(grid, content, period, decimal)


def unknown_suffix(path: Path, known: Sequence[str]) -> FileError:
    """The error for a file whose ending says nothing that is known."""
    return FileError(
        Message(
            "{file}: the ending is not one of {endings}{hint}",
            file=path.name,
            endings=", ".join(known),
            hint=did_you_mean(path.suffix, known),
        )
    )
