"""`kvaltui import`: what a file would add and change is shown first; then all of it is stored, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, UNUSABLE, note_done
from kvaltui.commands.output import complain, write
from kvaltui.commands.pieces import Symbols, plain
from kvaltui.commands.saving import say_saved
from kvaltui.exchange.decimal_sign import DecimalSign
from kvaltui.exchange.importing import apply
from kvaltui.i18n import _, say
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass
from kvaltui.words import capitalised, word
from kvaltui.work.file_change import FileChange, is_bundle, read_file_change
from kvaltui.written_path import path_of

if TYPE_CHECKING:
    from kvaltui.store.database import Database

MOST_CHANGES = 20
"""So many changed things are shown one by one; `--dry-run` shows all."""


def import_file(context: Context) -> int:
    """Take in a plan file, a table or a bundle."""
    path = path_of(context.arguments.file)
    if is_bundle(path):
        from kvaltui.commands.bundles import import_bundle

        return import_bundle(context, path)
    is_dry: bool = context.arguments.dry_run
    decimal: str | None = context.arguments.decimal
    with context.open() as database:
        change = read_file_change(
            path,
            database,
            context.today,
            lambda: _opened(context, database),
            DecimalSign(decimal) if decimal else None,
        )
        for line in _Words(change, Symbols(context.settings), is_whole=is_dry).lines():
            write(line)
        if change.shown.refused:
            complain(_("Nothing has been stored: mend what is refused and try again."))
            return UNUSABLE
        if is_dry:
            write(_("Nothing has been stored (--dry-run)."))
            return DONE
        action = apply(change.shown, database, by=context.author)
        note_done()
        say_saved(action)
    return DONE


def _opened(context: Context, database: Database) -> tuple[PlanContent, Period | None]:
    """The plan that a table is of, and the period that holds where the table has none."""
    content = context.content(database)
    has_period = context.arguments.period or content.plan.current_period
    return content, context.period(content.plan) if has_period else None


@dataclass(frozen=True, slots=True)
class _Words:
    """What a file would do, in words. Unless `is_whole` the first changes are shown one by one, and every doubtful one.

    Things are called by their keys, which is how the file and the other commands name them.
    """

    change: FileChange
    symbols: Symbols
    is_whole: bool

    def lines(self) -> Iterator[str]:
        shown = self.change.shown
        yield _(
            "{file}: the plan “{plan}”, which is new" if shown.before is None else "{file}: the plan “{plan}”",
            file=shown.origin,
            plan=shown.plan,
        )
        yield from self._added()
        yield from self._changed()
        if shown.unchanged:
            yield _("Unchanged: {count}", count=len(shown.unchanged))
        if shown.ignored:
            yield _("Columns that are not read: {columns}", columns=", ".join(shown.ignored))
        if shown.refused:
            yield _("Refused ({count}):", count=len(shown.refused))
            yield from (f"  {refusal.reference}: {say(refusal.problem)}" for refusal in shown.refused)
        if told := self.change.doubt:
            yield told

    def _added(self) -> Iterator[str]:
        added = self.change.shown.added
        if not added:
            return
        yield _("To be added ({count}):", count=len(added))
        kinds = Counter(reference.kind for reference in added)
        yield from (f"  {capitalised(word(kind))}: {count}" for kind, count in kinds.items())
        of_figures = [reference for reference in added if reference in self.change.found]
        for reference in self._listed(of_figures):
            value = self.change.value(reference) if reference.kind is Kind.OUTCOME else ""
            yield f"  {reference}: {value}" if value else f"  {reference}"
            yield from self._consequence(reference)
        yield from self._more(of_figures)

    def _changed(self) -> Iterator[str]:
        changed = self.change.shown.changed
        if not changed:
            return
        yield _("To be changed ({count}):", count=len(changed))
        for reference in self._listed(changed):
            yield f"  {reference}"
            yield from (plain(f"    {each.told}") for each in self.change.fields(reference))
            yield from self._consequence(reference)
        yield from self._more(changed)

    def _listed(self, references: Sequence[Reference]) -> list[Reference]:
        if self.is_whole:
            return list(references)
        return [each for at, each in enumerate(references) if at < MOST_CHANGES or self.change.is_doubtful(each)]

    def _more(self, references: Sequence[Reference]) -> Iterator[str]:
        left = len(references) - len(self._listed(references))
        if left:
            yield _("  and {count} more", count=left)

    def _consequence(self, reference: Reference) -> Iterator[str]:
        found = self.change.found.get(reference)
        if found is None:
            return
        status = self.symbols.cell(found.status, is_expected=found.is_expected).text
        yield f"    {status}: {say(found.reason)}"
        for doubt in found.doubts:
            yield "    ! " + _("Look again: {doubt}", doubt=word(doubt))
