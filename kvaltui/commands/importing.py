"""`kvaltui import`: what a file would add and change is shown first; then all of it is stored, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.commands.context import Context, period_of
from kvaltui.commands.errors import DONE, UNUSABLE
from kvaltui.commands.output import complain, write
from kvaltui.commands.saving import say_saved
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
from kvaltui.words import capitalised, word

if TYPE_CHECKING:
    from kvaltui.store.database import Database

MOST_CHANGES = 20
"""So many changed things are shown one by one; `--dry-run` shows all."""
BUNDLE_SUFFIX = ".kvb"


def import_file(context: Context) -> int:
    """Take in a plan file, a table or a bundle."""
    path = Path(context.arguments.file).expanduser()
    if path.suffix.casefold() == BUNDLE_SUFFIX:
        from kvaltui.commands.bundles import import_bundle

        return import_bundle(context, path)
    is_dry: bool = context.arguments.dry_run
    with context.open() as database:
        shown = _preview(context, database, path)
        for line in _lines(shown, is_whole=is_dry):
            write(line)
        if shown.refused:
            complain(_("Nothing has been stored: mend what is refused and try again."))
            return UNUSABLE
        if is_dry:
            write(_("Nothing has been stored (--dry-run)."))
            return DONE
        say_saved(apply(shown, database, by=context.author))
    return DONE


def _preview(context: Context, database: Database, path: Path) -> Preview:
    if path.suffix.casefold() in PLAN_SUFFIXES:
        return preview_plan_file(path, database)
    if path.suffix.casefold() not in TABLE_SUFFIXES:
        raise unknown_suffix(path, (*PLAN_SUFFIXES, *TABLE_SUFFIXES, BUNDLE_SUFFIX))
    content = context.content(database)
    given: str | None = context.arguments.period
    period = period_of(content.plan, given) if given else content.plan.current_period
    decimal: str | None = context.arguments.decimal
    return preview_table(path, content, period, DecimalSign(decimal) if decimal else None)


def _lines(shown: Preview, *, is_whole: bool) -> Iterator[str]:
    """The preview in words."""
    yield _(
        "{file}: the plan “{plan}”, which is new" if shown.is_new_plan else "{file}: the plan “{plan}”",
        file=shown.origin,
        plan=shown.plan,
    )
    added = Counter(addition.reference.kind for addition in shown.added)
    if added:
        yield _("To be added ({count}):", count=len(shown.added))
        yield from (f"  {capitalised(word(kind))}: {count}" for kind, count in added.items())
    if shown.changed:
        yield _("To be changed ({count}):", count=len(shown.changed))
        listed = shown.changed if is_whole else shown.changed[:MOST_CHANGES]
        for change in listed:
            yield f"  {change.reference}"
            for field in change.fields:
                yield f"    {field.key}: {field.before or '–'} → {field.after or '–'}"
        if len(listed) < len(shown.changed):
            yield _("  and {count} more", count=len(shown.changed) - len(listed))
    if shown.unchanged:
        yield _("Unchanged: {count}", count=len(shown.unchanged))
    if shown.ignored:
        yield _("Columns that are not read: {columns}", columns=", ".join(shown.ignored))
    if shown.refused:
        yield _("Refused ({count}):", count=len(shown.refused))
        yield from (f"  {refusal.reference}: {say(refusal.problem)}" for refusal in shown.refused)
