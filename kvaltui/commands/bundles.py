"""Joining copies that have been apart: bundles taken in, and exchanged through a folder that people share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, UNUSABLE
from kvaltui.commands.output import complain, write
from kvaltui.commands.values import called
from kvaltui.exchange.bundle_file import SUFFIX, Bundle, join, read_bundle_file, write_bundle
from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.writing import write_file
from kvaltui.i18n import _, say
from kvaltui.model.message import Message
from kvaltui.store.plans import list_plans
from kvaltui.words import field_word

if TYPE_CHECKING:
    from kvaltui.store.bundle import Joined
    from kvaltui.store.database import Database

MOST_CHANGES = 20
_NOT_IN_A_FILE_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def import_bundle(context: Context, path: Path) -> int:
    """Take in a bundle, or show what that would add."""
    bundle = read_bundle_file(path)
    is_dry: bool = context.arguments.dry_run
    with context.open() as database:
        joined = join(bundle, database, try_only=is_dry)
    for line in _lines(bundle, joined):
        write(line)
    if is_dry:
        write(_("Nothing has been stored (--dry-run)."))
    return DONE


def take_in_bundle(database: Database, path: Path) -> str:
    """Fill a new database from a bundle; the key of its plan. Raises FileError, DatabaseError."""
    bundle = read_bundle_file(path)
    join(bundle, database)
    return bundle.plan


def sync(context: Context) -> int:
    """Take in every other copy's bundles from a folder and put this copy's there, one file for each plan and device.

    A bundle that cannot be used is named and left; the others are taken in all the same.
    """
    folder = Path(context.arguments.folder).expanduser()
    if not folder.is_dir():
        raise FileError(Message("{file} is not a folder", file=str(folder)))
    wanted: str | None = context.arguments.plan
    refused = 0
    with context.open() as database:
        for path in _bundles_of_others(folder, database.device):
            try:
                bundle = read_bundle_file(path)
                if wanted in (None, bundle.plan):
                    _write_joined(bundle, join(bundle, database))
            except FileError as error:
                complain(say(error.message))
                refused += 1
        plans = [plan.key for plan in list_plans(database) if wanted in (None, plan.key)]
        for plan in plans:
            path = folder / _file_name(plan, database.device)
            write_file(path, write_bundle(database, plan), 0o644)
            write(_("Wrote {file}", file=str(path)))
    return UNUSABLE if refused else DONE


def _bundles_of_others(folder: Path, device: str) -> Iterator[Path]:
    own = f"--{_safe(device)}{SUFFIX}"
    return (path for path in sorted(folder.glob(f"*{SUFFIX}")) if not path.name.endswith(own))


def _file_name(plan: str, device: str) -> str:
    return f"{_safe(plan)}--{_safe(device)}{SUFFIX}"


def _safe(name: str) -> str:
    return _NOT_IN_A_FILE_NAME.sub("-", name)


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
