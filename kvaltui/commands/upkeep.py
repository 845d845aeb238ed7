"""Looking after the database: whether it is whole, backing it up and putting a backup back."""

from __future__ import annotations

from pathlib import Path

from kvaltui.commands.context import Context, real_today
from kvaltui.commands.errors import DONE, FOUND, UsageError, note_done
from kvaltui.commands.layout import Column, Table, cells, plain_table
from kvaltui.commands.output import complain, width, write
from kvaltui.exchange.writing import check_place, own_files
from kvaltui.half_made import left_over
from kvaltui.i18n import _, day, say
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.server_address import is_address
from kvaltui.store import network_drive
from kvaltui.store.backup import backup as make_backup
from kvaltui.store.backup import how_recent
from kvaltui.store.backup_folder import Restorable, restorable
from kvaltui.store.check import check as check_database
from kvaltui.store.errors import DatabaseError
from kvaltui.store.restore import restore as restore_backup
from kvaltui.store.writers import keep_tip, notices
from kvaltui.system_error import explain
from kvaltui.work.backup_words import last_backup_words
from kvaltui.written_path import path_of

_MOST_LISTED = 50


def check(context: Context) -> int:
    """Prove that the database is whole. Exit code 1 when it is not. Keys in the settings that will not do are told."""
    if context.settings.keys:
        from kvaltui.tui.terminal.keymap import read_keymap, tell

        for problem in read_keymap(context.settings.keys).problems:
            complain(say(tell(problem)))
    with context.open() as database:
        faults = check_database(database)
        told_of_writers = () if faults else notices(database)
        if not faults:
            keep_tip(database)
        place = database.place
        last = how_recent(database, real_today())
        told = network_drive.warning(database.path) if database.path is not None else None
    if told is not None:
        complain(say(told))
    for notice in told_of_writers:
        write(f"! {say(notice)}")
    for left in _left_over(context):
        complain(
            _("{file} was left by an interrupted program; it goes when something is written there next", file=left)
        )
    for fault in faults:
        write(f"✗ {say(fault.what)}\n  {say(fault.advice)}")
    is_late = last is not None and last.wanted is not None
    if last is not None:
        write(f"{'✗ ' if is_late else ''}{last_backup_words(last, real_today())}")
    if is_late:
        write(
            "  "
            + _(
                "See to the folder of backups ({file}), or make one now: kvaltui backup",
                file=str(context.backup_rule.folder),
            )
        )
    if faults or is_late:
        count = len(faults) + is_late
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
    """Put a backup in the database's place, and say where what it replaced is kept; without one, list them."""
    if is_address(context.location):
        raise UsageError(Message("A database server is restored with its own tools"))
    if context.arguments.file is None:
        return _list_backups(context)
    kept = restore_backup(
        Path(context.location),
        path_of(context.arguments.file),
        by=context.author,
        backups=context.backup_rule,
        accept_other=context.arguments.force,
    )
    note_done()
    write(_("{file} is in place.", file=context.place))
    if kept is not None:
        write(_("What it replaced is kept at {file}", file=str(kept)))
    return DONE


def _list_backups(context: Context) -> int:
    """Say which backups lie in the folder for them, the newest first."""
    rule = context.backup_rule
    try:
        found = restorable(rule, Path(context.location), _id_of(context), _MOST_LISTED)
    except (OSError, ValueError) as error:
        problem = explain(error) if isinstance(error, OSError) else Message("the name is not a possible one")
        told = Message("{file} cannot be read: {problem}", file=str(rule.folder), problem=problem)
        raise DatabaseError(told) from None
    if not found:
        write(_("There are no backups in {file}", file=str(rule.folder)))
        return DONE
    write(_("Backups in {file}, the newest first:", file=str(rule.folder)))
    rows = [cells(f"  {day(each.name.day)} {each.time}", _told(each), each.name.name) for each in found]
    write("\n".join(plain_table(Table((Column(), Column(), Column()), rows), width())))
    write(_("Put one back with: {command}", command=_("kvaltui restore FILE")))
    return DONE


def _id_of(context: Context) -> str:
    """The database's id, "" where the database cannot be asked: then a backup is wanted most."""
    from kvaltui.store.reading import open_to_read

    try:
        database = open_to_read(context.location, read_only=True)
        if database is None:
            return ""
        with database:
            ((id_,),) = database.fetch_sql("SELECT value FROM about WHERE name = 'id'")
    except (KvaltuiError, ValueError):
        return ""
    return str(id_)


def _told(each: Restorable) -> str:
    """What a backup was made for."""
    if each.is_of_another:
        return _("of another database")
    what = each.name.what
    if what.startswith("before-version"):
        return _("before an upgrade")
    if what.startswith("replaced-damaged"):
        return _("damaged, replaced by a restore")
    if what.startswith("replaced"):
        return _("replaced by a restore")
    return _("by hand") if each.name.time else _("of the day")
