"""`kvaltui import`: what a file would add and change is shown first; then all of it is stored, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, UNUSABLE, note_done
from kvaltui.commands.output import complain, write
from kvaltui.commands.pieces import Symbols
from kvaltui.commands.saving import say_saved
from kvaltui.exchange.consequences import Consequences, consequences, what_looks_wrong
from kvaltui.exchange.decimal_sign import DecimalSign
from kvaltui.exchange.importing import (
    PLAN_SUFFIXES,
    TABLE_SUFFIXES,
    apply,
    preview_plan_file,
    preview_table,
    unknown_suffix,
)
from kvaltui.exchange.preview import Preview
from kvaltui.i18n import _, say
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.reporting import Outcome
from kvaltui.model.value import dataclass
from kvaltui.store.plans import load_plan
from kvaltui.words import capitalised, word
from kvaltui.written_path import path_of

if TYPE_CHECKING:
    from kvaltui.store.database import Database

MOST_CHANGES = 20
"""So many changed things are shown one by one; `--dry-run` shows all."""
BUNDLE_SUFFIX = ".kvb"


def import_file(context: Context) -> int:
    """Take in a plan file, a table or a bundle."""
    path = path_of(context.arguments.file)
    if path.suffix.casefold() == BUNDLE_SUFFIX:
        from kvaltui.commands.bundles import import_bundle

        return import_bundle(context, path)
    is_dry: bool = context.arguments.dry_run
    with context.open() as database:
        shown, before = _preview(context, database, path)
        found = consequences(shown, before, context.today)
        for line in _Words(shown, found, Symbols(context.settings), is_whole=is_dry).lines():
            write(line)
        if shown.refused:
            complain(_("Nothing has been stored: mend what is refused and try again."))
            return UNUSABLE
        if is_dry:
            write(_("Nothing has been stored (--dry-run)."))
            return DONE
        action = apply(shown, database, by=context.author)
        note_done()
        say_saved(action)
    return DONE


def _preview(context: Context, database: Database, path: Path) -> tuple[Preview, PlanContent | None]:
    """What the file would do, and the plan as it stands; None where it is new."""
    if path.suffix.casefold() in PLAN_SUFFIXES:
        shown = preview_plan_file(path, database)
        return shown, None if shown.is_new_plan else load_plan(database, shown.plan)
    if path.suffix.casefold() not in TABLE_SUFFIXES:
        raise unknown_suffix(path, (*PLAN_SUFFIXES, *TABLE_SUFFIXES, BUNDLE_SUFFIX))
    content = context.content(database)
    has_period = context.arguments.period or content.plan.current_period
    period = context.period(content.plan) if has_period else None
    decimal: str | None = context.arguments.decimal
    return preview_table(path, content, period, DecimalSign(decimal) if decimal else None), content


@dataclass(frozen=True, slots=True)
class _Words:
    """The preview in words. Unless `is_whole` the first changes are shown one by one, and every doubtful one."""

    shown: Preview
    found: Consequences
    symbols: Symbols
    is_whole: bool

    def lines(self) -> Iterator[str]:
        shown = self.shown
        yield _(
            "{file}: the plan “{plan}”, which is new" if shown.is_new_plan else "{file}: the plan “{plan}”",
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
        if told := what_looks_wrong(self.found):
            yield told

    def _added(self) -> Iterator[str]:
        added = self.shown.added
        if not added:
            return
        yield _("To be added ({count}):", count=len(added))
        figures = {Reference(each.kind, each.key): each for each in self.shown.entities if isinstance(each, Outcome)}
        kinds = Counter(addition.reference.kind for addition in added)
        yield from (f"  {capitalised(word(kind))}: {count}" for kind, count in kinds.items())
        of_figures = [addition.reference for addition in added if addition.reference in self.found]
        for reference in self._listed(of_figures):
            value = figures[reference].value if reference in figures else ""
            yield f"  {reference}: {value}" if value else f"  {reference}"
            yield from self._consequence(reference)
        yield from self._more(of_figures)

    def _changed(self) -> Iterator[str]:
        changes = {change.reference: change for change in self.shown.changed}
        if not changes:
            return
        yield _("To be changed ({count}):", count=len(changes))
        for reference in self._listed(list(changes)):
            yield f"  {reference}"
            for field in changes[reference].fields:
                yield f"    {field.key}: {field.before or '–'} → {field.after or '–'}"
            yield from self._consequence(reference)
        yield from self._more(list(changes))

    def _listed(self, references: Sequence[Reference]) -> list[Reference]:
        if self.is_whole:
            return list(references)
        return [each for at, each in enumerate(references) if at < MOST_CHANGES or self._is_doubtful(each)]

    def _more(self, references: Sequence[Reference]) -> Iterator[str]:
        left = len(references) - len(self._listed(references))
        if left:
            yield _("  and {count} more", count=left)

    def _is_doubtful(self, reference: Reference) -> bool:
        return reference in self.found and bool(self.found[reference].doubts)

    def _consequence(self, reference: Reference) -> Iterator[str]:
        found = self.found.get(reference)
        if found is None:
            return
        status = self.symbols.cell(found.status, is_expected=found.is_expected).text
        yield f"    {status}: {say(found.reason)}"
        for doubt in found.doubts:
            yield "    ! " + _("Look again: {doubt}", doubt=word(doubt))
