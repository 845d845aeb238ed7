"""Where everything lies that the program keeps."""

from __future__ import annotations

from pathlib import Path

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE
from kvaltui.commands.layout import Column, Table, cells, plain_table
from kvaltui.commands.log import log_path
from kvaltui.commands.output import width, write, write_json
from kvaltui.config import user_config_path
from kvaltui.i18n import _
from kvaltui.server_address import is_address


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
        rows.append(cells(names[name], place, "" if is_address(place) else _state(Path(place))))
    write("\n".join(plain_table(Table((Column(), Column(), Column()), rows), width())))
    return DONE


def _state(place: Path) -> str:
    try:
        return "" if place.exists() else _("(not there yet)")
    except OSError:
        return _("(you have no permission)")
