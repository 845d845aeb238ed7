"""Joining copies that have been apart: bundles taken in, and exchanged through a folder that people share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, UNUSABLE, note_done
from kvaltui.commands.output import complain, write
from kvaltui.exchange.bundle_file import UnprovedBundle, join, read_bundle_file
from kvaltui.exchange.folder import Taken, try_sync
from kvaltui.exchange.folder import sync as sync_folder
from kvaltui.i18n import _, say
from kvaltui.store.bundle import what_lacks
from kvaltui.store.dropping import only_tried
from kvaltui.store.plans import content_of
from kvaltui.work.joined_words import joined_sections
from kvaltui.work.value_words import called
from kvaltui.written_path import path_of

if TYPE_CHECKING:
    from kvaltui.model.content import PlanContent
    from kvaltui.store.changes import Change


def import_bundle(context: Context, path: Path) -> int:
    """Take in a bundle, or show what that would add."""
    bundle = read_bundle_file(path)
    is_dry: bool = context.arguments.dry_run
    with context.open() as database:
        before = content_of(database, bundle.plan)
        accepts: bool = context.arguments.accept_unproved
        giving: tuple[Change, ...] = ()
        try:
            if is_dry:
                with only_tried(database):
                    joined = join(bundle, database, accepts_unproved=True)
                    giving = what_lacks(database, bundle.plan, bundle.lines)
            else:
                joined = join(bundle, database, accepts_unproved=accepts)
                note_done()
        except UnprovedBundle as refused:
            return _refuse(refused, f"kvaltui import {path}")
    write("\n".join(_lines(Taken(bundle, joined, giving), before)))
    if is_dry:
        write(_("Nothing has been stored (--dry-run)."))
    return DONE


def sync(context: Context) -> int:
    """Take in every other copy's bundle of the plan from a folder, and put this copy's there; or show what that does.

    A bundle that cannot be used is named, and the others are taken in all the same.
    """
    folder = path_of(context.arguments.folder)
    is_dry: bool = context.arguments.dry_run
    with context.open() as database:
        content = context.content(database)
        act = try_sync if is_dry else sync_folder
        before = database.position()
        try:
            synced = act(database, content.plan.key, folder, accepts_unproved=context.arguments.accept_unproved)
        finally:
            # What was taken in stays, even where this copy's own bundle cannot be written afterwards.
            if database.position() != before:
                note_done()
    if not is_dry:
        note_done()
    for taken in synced.taken:
        if taken.joined.new or taken.joined.claims or taken.giving:
            write("\n".join(_lines(taken, content)))
        else:
            write(_("{file}: nothing new", file=taken.bundle.name))
        content = content.with_entities(each.after for each in taken.joined.coming)
    for passed in synced.passed:
        complain(say(passed.problem))
    if any(passed.is_unproved for passed in synced.passed):
        complain(_hint(f"kvaltui sync {context.arguments.folder}"))
    if is_dry:
        write(_("Nothing has been stored or written (--dry-run)."))
    else:
        write(_("Wrote {file}", file=str(synced.written)))
    return UNUSABLE if synced.passed else DONE


def _refuse(refused: UnprovedBundle, command: str) -> int:
    complain(say(refused.message))
    complain(_hint(command))
    return UNUSABLE


def _hint(command: str) -> str:
    return _(
        "Ask those who are said to have written it. Take it in all the same with: {command}",
        command=f"{command} --accept-unproved",
    )


def _lines(taken: Taken, content: PlanContent | None) -> Iterator[str]:
    """What joining adds, in words."""
    bundle, joined = taken.bundle, taken.joined
    yield _("{file}: the plan “{plan}” from {device}", file=bundle.name, plan=bundle.plan, device=bundle.device)
    yield _("New changes: {new}; known already: {known}", new=joined.new, known=joined.known)
    yield from (f"  ! {say(claim.message)}" for claim in joined.claims)
    for section in joined_sections(taken, content, lambda _content, reference: called(reference)):
        yield ""
        yield section.heading
        longest = max((len(name) for name, _text in section.pairs), default=0)
        yield from (f"  {name:<{longest}}  {text}" for name, text in section.pairs)
        yield from (f"  {line}" for line in section.lines)
    if joined.conflicts:
        yield _("Decide with: {command}", command="kvaltui resolve")
