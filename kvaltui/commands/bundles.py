"""Joining copies that have been apart: bundles taken in, and exchanged through a folder that people share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, UNUSABLE, note_done
from kvaltui.commands.output import complain, write
from kvaltui.exchange.bundle_file import Bundle, join, read_bundle_file
from kvaltui.exchange.folder import sync as sync_folder
from kvaltui.i18n import _, say
from kvaltui.value_words import called
from kvaltui.words import field_word
from kvaltui.written_path import path_of

if TYPE_CHECKING:
    from kvaltui.store.bundle import Joined

MOST_CHANGES = 20


def import_bundle(context: Context, path: Path) -> int:
    """Take in a bundle, or show what that would add."""
    bundle = read_bundle_file(path)
    is_dry: bool = context.arguments.dry_run
    with context.open() as database:
        joined = join(bundle, database, try_only=is_dry)
    if not is_dry:
        note_done()
    for line in _lines(bundle, joined):
        write(line)
    if is_dry:
        write(_("Nothing has been stored (--dry-run)."))
    return DONE


def sync(context: Context) -> int:
    """Take in every other copy's bundle of the plan from a folder, and put this copy's there.

    A bundle that cannot be used is named, and the others are taken in all the same.
    """
    folder = path_of(context.arguments.folder)
    with context.open() as database:
        plan, before = context.plan(database).key, database.position()
        try:
            synced = sync_folder(database, plan, folder)
        finally:
            # What was taken in stays, even where this copy's own bundle cannot be written afterwards.
            if database.position() != before:
                note_done()
    note_done()
    for taken in synced.taken:
        _write_joined(taken.bundle, taken.joined)
    for passed in synced.passed:
        complain(say(passed.problem))
    write(_("Wrote {file}", file=str(synced.written)))
    return UNUSABLE if synced.passed else DONE


def _write_joined(bundle: Bundle, joined: Joined) -> None:
    if joined.new:
        write("\n".join(_lines(bundle, joined)))
    else:
        write(_("{file}: nothing new", file=bundle.name))


def _lines(bundle: Bundle, joined: Joined) -> Iterator[str]:
    """What joining has added, in words."""
    yield _("{file}: the plan “{plan}” from {device}", file=bundle.name, plan=bundle.plan, device=bundle.device)
    yield _("New changes: {new}; known already: {known}", new=joined.new, known=joined.known)
    for _plan, reference in joined.changed[:MOST_CHANGES]:
        yield f"  {called(reference)}"
    if len(joined.changed) > MOST_CHANGES:
        yield _("  and {count} more", count=len(joined.changed) - MOST_CHANGES)
    if joined.conflicts:
        yield _("In conflict ({count}), decide with {command}:", count=len(joined.conflicts), command="kvaltui resolve")
        for _plan, conflict in joined.conflicts:
            values = " / ".join(str(side.value) or "–" for side in conflict.sides)
            yield f"  {called(conflict.reference)}, {field_word(conflict.field)}: {values}"
