"""Looking after the database: whether it is whole, backing it up and putting a backup back."""

from __future__ import annotations

from pathlib import Path

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, FOUND, UsageError, note_done
from kvaltui.commands.output import complain, write
from kvaltui.exchange.writing import check_place, own_files
from kvaltui.half_made import left_over
from kvaltui.i18n import _, say
from kvaltui.model.message import Message
from kvaltui.server_address import is_address
from kvaltui.store import network_drive
from kvaltui.store.backup import backup as make_backup
from kvaltui.store.check import check as check_database
from kvaltui.store.restore import restore as restore_backup
from kvaltui.written_path import path_of


def check(context: Context) -> int:
    """Prove that the database is whole. Exit code 1 when it is not. Keys in the settings that will not do are told."""
    if context.settings.keys:
        from kvaltui.tui.keymap import read_keymap, tell

        for problem in read_keymap(context.settings.keys).problems:
            complain(say(tell(problem)))
    with context.open() as database:
        faults = check_database(database)
        place = database.place
        told = network_drive.warning(database.path) if database.path is not None else None
    if told is not None:
        complain(say(told))
    for left in _left_over(context):
        complain(
            _("{file} was left by an interrupted program; it goes when something is written there next", file=left)
        )
    for fault in faults:
        write(f"✗ {say(fault.what)}\n  {say(fault.advice)}")
    if faults:
        count = len(faults)
        complain(_("{count} fault in {file}" if count == 1 else "{count} faults in {file}", count=count, file=place))
        return FOUND
    write(_("{file} is whole.", file=place))
    return DONE


def _left_over(context: Context) -> list[str]:
    """What interrupted programs have left half made where this one writes."""
    settings = context.settings
    folders = {Path(context.location).parent, context.backup_rule.folder, settings.folder}
    return [str(each) for folder in sorted(folders) for each in left_over(folder)]


def backup(context: Context) -> int:
    """Back the database up, and say where."""
    given: str | None = context.arguments.file
    with context.open() as database:
        target = None
        if given is not None:
            target = path_of(given)
            check_place(target, own_files(database.path, context.settings.path))
        made = make_backup(database, target)
    note_done()
    write(_("Backed up to {file}", file=str(made)))
    return DONE


def restore(context: Context) -> int:
    """Put a backup in the database's place, and say where what it replaced is kept."""
    if is_address(context.location):
        raise UsageError(Message("A database server is restored with its own tools"))
    kept = restore_backup(
        Path(context.location),
        path_of(context.arguments.file),
        by=context.author,
        backups=context.backup_rule,
    )
    note_done()
    write(_("{file} is in place.", file=context.place))
    if kept is not None:
        write(_("What it replaced is kept at {file}", file=str(kept)))
    return DONE
