"""Saying that settings which others may write are to be read."""

from __future__ import annotations

import os
from pathlib import Path

from kvaltui import config
from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE
from kvaltui.commands.output import write
from kvaltui.exchange.file_error import FileError, unwritable
from kvaltui.i18n import _
from kvaltui.model.message import Message
from kvaltui.trust import trust as remember_trust
from kvaltui.whose import owner_of


def trust(context: Context) -> int:
    """Read the settings of a working folder from now on, whoever they belong to."""
    given: str = context.arguments.file or "."
    path = Path(os.path.abspath(Path(given).expanduser()))  # noqa: PTH100 - by the name that it is found by
    try:
        if path.is_dir():
            path /= config.FILE_NAME
        owner = owner_of(path.stat())
    except OSError:
        raise FileError(Message("There is no config file {file}", file=str(path))) from None
    own = config.user_config_path().parent
    try:
        is_new = remember_trust(path, own)
    except OSError as error:
        raise unwritable(str(own), error) from None
    if is_new:
        write(_("{file}, which belongs to {owner}, is read from now on.", file=str(path), owner=owner))
    else:
        write(_("{file} is trusted already.", file=str(path)))
    return DONE
