"""Beginning: the settings and the database of a new working folder, with a plan in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kvaltui import config, config_file, i18n
from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, UsageError, note_done
from kvaltui.commands.output import complain, write
from kvaltui.exchange.file_error import FileError, unwritable
from kvaltui.exchange.importing import refuse_plans
from kvaltui.exchange.starter import starter_document, starter_plans
from kvaltui.i18n import _
from kvaltui.model.message import Message
from kvaltui.model.value import replace
from kvaltui.server_address import is_address, shown_location
from kvaltui.setting import did_you_mean
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.database import Database
from kvaltui.store.opening import open_database
from kvaltui.store.sqlite_file import make_folder
from kvaltui.system.group import group_of, to_give
from kvaltui.work.plan_maker import Beginning, Source, read_source
from kvaltui.written_path import path_of

_MAY_ENTER = 0o050
"""What a folder lets its group do that its members come in."""


def init(context: Context) -> int:
    """Make config.toml and the database in a folder. Nothing that exists is touched."""
    folder = path_of(context.arguments.folder or ".").absolute()
    is_shared: bool = context.arguments.shared
    settings = config.Config(folder=folder, language=i18n.language(), shared=is_shared)
    if context.arguments.db:
        settings = replace(settings, database=context.location)
    made = folder / config.FILE_NAME
    for place in (str(made), settings.database_location):
        if not is_address(place) and os.path.lexists(place):
            raise FileError(Message("{file} exists already and was left as it is", file=place))
    if Path(settings.database_location).resolve() == made.resolve():
        raise FileError(Message("The database needs another name than the settings: {file}", file=str(made)))
    source: str = context.arguments.plan or ""
    # Read before anything is made, so that a file that is wrong leaves nothing behind.
    begun = _source(source) if source else None
    if is_shared and not settings.has_database_server:
        _make_shared(folder)
    with _made(settings.database_location, shared=is_shared) as database:
        plan = ""
        if begun is not None:
            accepts: bool = context.arguments.accept_unproved
            plan = Beginning(lambda: database, context.author).take_in(begun, accepts_unproved=accepts)
        config_file.write(replace(settings, plan=plan), made, i18n.say)
    note_done()
    write(_("Made {file}", file=str(made)))
    write(_("Made {file}", file=shown_location(settings.database_location)))
    if is_shared and database.path is not None:
        _tell_who_shares(settings, folder)
    if plan:
        write(_("The plan “{plan}” is in it. Open it with: {command}", plan=plan, command="kvaltui"))
    else:
        write(_("There is no plan in it yet. Take one in with: {command}", command="kvaltui import FIL"))
    return DONE


def _make_shared(folder: Path) -> None:
    """Make the working folder for a group; one that is there is left as it is."""
    try:
        make_folder(folder, shared=True)
    except OSError as error:
        raise unwritable(str(folder), error) from None


def _tell_who_shares(settings: config.Config, folder: Path) -> None:
    """Say which group has got the database, and what it lacks to get there."""
    data = group_of(settings.data_folder)
    if data is None:
        write(_("Those may read and write who may in the folder: {folder}", folder=str(folder)))
        return
    write(
        _(
            "The group “{group}” may read and write. For another group: chgrp -R GROUP {folder}",
            group=data.name,
            folder=str(folder),
        )
    )
    status = folder.stat()
    has_other_group, lacks_rights = status.st_gid != data.number, status.st_mode & _MAY_ENTER != _MAY_ENTER
    if has_other_group or lacks_rights:
        commands = to_give(folder, data.number if has_other_group else None, "g+rx" if lacks_rights else "")
        complain(
            _(
                "The group may not enter {folder}. Let it in with: {command}",
                folder=str(folder),
                command=" && ".join(commands),
            )
        )


def make_database(context: Context, source: str) -> str:
    """Make the database of the settings in force with a starter plan or a plan file; return the key of its plan.

    Raises UsageError, FileError and DatabaseError; nothing is made then.
    """
    begun = _source(source)
    with _made(context.location, shared=context.settings.shared, backups=context.backup_rule) as database:
        plan = Beginning(lambda: database, context.author).take_in(begun)
    note_done()
    return plan


def make_demo(context: Context, folder: Path) -> config.Config:
    """The settings of a throw-away folder with every starter plan in its database."""
    settings = replace(context.settings, folder=folder, path=None, plan="", period="", database="demo.db", shared=False)
    with open_database(settings.database_location, create=True) as database:
        beginning = Beginning(lambda: database, context.author, is_first=False)
        for starter in starter_plans():
            beginning.from_starter(starter.key)
    return replace(settings, plan="nacka-2022")


def _source(source: str) -> Source:
    """The plan file, bundle or starter plan that a person means. Raises UsageError when it is none, FileError."""
    starters = [starter.key for starter in starter_plans()]
    if source in starters:
        return starter_document(source)
    path = path_of(source)
    if path.exists() or path.suffix or os.sep in source:
        return read_source(path)
    hint = did_you_mean(source, starters)
    known = ", ".join(starters)
    raise UsageError(
        Message("“{name}” is neither a file nor a starter plan ({known}){hint}", name=source, known=known, hint=hint)
    )


@contextmanager
def _made(location: str, *, shared: bool, backups: BackupRule | None = None) -> Iterator[Database]:
    """A new database to begin, taken away where that fails; on a server it stays, with what was stored in it."""
    with open_database(location, create=True, shared=shared, backups=backups) as database:
        refuse_plans(database)
        try:
            yield database
        except BaseException:
            is_used = database.position() > 0 and database.path is None
            database.close()
            if is_used:
                note_done()
            if database.path is not None:
                database.path.unlink(missing_ok=True)
            raise
