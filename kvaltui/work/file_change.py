"""What a plan file or a table would do to the plans of a database: read, judged, and stored, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.doubt_words import how_many_look_wrong
from kvaltui.exchange.bundle_file import SUFFIX as BUNDLE_SUFFIX
from kvaltui.exchange.consequences import Consequences, consequences
from kvaltui.exchange.importing import PLAN_SUFFIXES, preview, preview_table, unknown_suffix
from kvaltui.exchange.plan_reader import read_plan_file
from kvaltui.exchange.preview import Preview
from kvaltui.exchange.table_formats import TABLE_SUFFIXES
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass
from kvaltui.work.value_words import HIDDEN_FIELDS, FieldInWords, changes_between

if TYPE_CHECKING:
    from kvaltui.exchange.decimal_sign import DecimalSign
    from kvaltui.store.database import Database

SUFFIXES = (*PLAN_SUFFIXES, *TABLE_SUFFIXES, BUNDLE_SUFFIX)
"""The endings of the files that can be taken in."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a file would do (`shown`), the plan as it would then stand, and what the figures of it would mean."""

    shown: Preview
    after: PlanContent
    found: Consequences

    @property
    def doubt(self) -> str:
        """How many figures look wrong, in words, "" for none: an indicator's for a period is one, with its parts."""
        count = len({tuple(reference.key.split("/")[:2]) for reference, each in self.found.items() if each.doubts})
        return f"! {how_many_look_wrong(count)}" if count else ""

    def is_doubtful(self, reference: Reference) -> bool:
        """Whether a figure looks wrong."""
        return reference in self.found and bool(self.found[reference].doubts)

    def value(self, reference: Reference) -> str:
        """The figure or text that an added thing consists of, as the file has it; "" for what has none."""
        return str(getattr(self.after.find(reference), "value", ""))

    def fields(self, reference: Reference) -> tuple[FieldInWords, ...]:
        """What changes in a thing that is there already, field by field."""
        before, after = self.shown.before, self.after.find(reference)
        assert before is not None, "what is new is not told field by field"
        assert after is not None
        changes = changes_between(self.after, before.find(reference), after)
        return tuple(each for each in changes if each.field not in HIDDEN_FIELDS)


def is_bundle(path: Path) -> bool:
    """Whether a file is a bundle by its ending."""
    return path.suffix.casefold() == BUNDLE_SUFFIX


def read_file_change(
    path: Path,
    database: Database,
    today: date,
    opened: Callable[[], tuple[PlanContent, Period | None]],
    decimal: DecimalSign | None = None,
) -> FileChange:
    """Read a plan file or a table, and find out what it would do. Raises FileError, DatabaseError.

    A table is of the plan that `opened` gives, and of the period that it gives where the table has no such column;
    it is asked for a table alone. `decimal` is what stands before a table's decimals, where a person says so.
    """
    suffix = path.suffix.casefold()
    if suffix in PLAN_SUFFIXES:
        shown = preview(read_plan_file(path), database)
    elif suffix in TABLE_SUFFIXES:
        shown = preview_table(path, *opened(), decimal)
    else:
        raise unknown_suffix(path, SUFFIXES)
    after = shown.after
    return FileChange(shown, after, consequences(shown, after, today))
