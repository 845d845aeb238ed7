"""Where everything lies that the program keeps."""

from __future__ import annotations

from pathlib import Path

from kvaltui.columns import Column
from kvaltui.commands.context import Context, real_today
from kvaltui.commands.display import display
from kvaltui.commands.errors import DONE
from kvaltui.commands.hyperlinks import link_to_file
from kvaltui.commands.layout import Table, TableCell
from kvaltui.commands.log import log_path
from kvaltui.commands.output import write, write_json
from kvaltui.config import user_config_path
from kvaltui.i18n import _, say
from kvaltui.model.message import KvaltuiError
from kvaltui.server_address import is_address
from kvaltui.store.device import NO_KEY, can_keep_secret
from kvaltui.work.backup_words import last_backup_words


def locate(context: Context) -> int:
    """Say where config, database, backups and log lie, and whether they are there."""
    config = context.settings.path or user_config_path()
    places = {
        "config": str(config),
        "database": context.place,
        "backups": str(context.backup_rule.folder),
        "log": str(log_path(context.settings.data_folder)),
    }
    if context.arguments.json:
        write_json(places)
        return DONE
    names = {"config": _("settings"), "database": _("database"), "backups": _("backups"), "log": _("log")}
    rows = []
    for name, place in places.items():
        path = None if is_address(place) else Path(place)
        address = link_to_file(path.parent if name == "database" else path) if path is not None else ""
        state = _state(path) if path is not None else ""
        rows.append((TableCell(names[name]), TableCell(place, address="" if state else address), TableCell(state)))
    display([Table((Column(), Column(), Column()), rows)])
    _write_last_backup(context)
    if not can_keep_secret(context.location):
        write(f"! {say(NO_KEY)}")
    return DONE


def _state(place: Path) -> str:
    try:
        return "" if place.exists() else _("(not there yet)")
    except PermissionError:
        return _("(you have no permission)")
    except OSError:
        return _("(not there yet)")  # a name that cannot be


def _write_last_backup(context: Context) -> None:
    """Say when the last good backup was made, where there is a database that can be asked as it stands."""
    from kvaltui.store.reading import open_to_read

    try:
        database = open_to_read(context.location, read_only=context.arguments.read_only)
        if database is not None:
            with database:
                last = context.last_backup(database)
            if last is not None:
                write(last_backup_words(last, real_today()))
    except KvaltuiError:
        return  # where things lie is what was asked for; what is wrong with them, `check` says
