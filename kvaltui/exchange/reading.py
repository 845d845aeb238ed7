"""Reading a file whole, if it is one and not too large for what it is to be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kvaltui.exchange.file_error import FileError, unreadable
from kvaltui.model.message import Message
from kvaltui.ordinary_file import MEGABYTE, Unfit, read_ordinary
from kvaltui.system.folder import Folder, NoOrdinaryFile

MOST_OF_A_PLAN = 96 * MEGABYTE
"""The largest plan file that is read. A plan of 100,000 indicators has half of it."""
MOST_OF_A_TABLE = 64 * MEGABYTE
MOST_OF_A_BUNDLE = 200 * MEGABYTE
"""The largest bundle that is read. One of a million revisions has half of it."""


def read_file(path: Path, most: int) -> bytes:
    """The content of an ordinary file of at most `most` bytes. Raises FileError for anything else."""
    try:
        return read_ordinary(path, most)
    except Unfit as error:
        raise FileError(error.message) from None
    except OSError as error:
        raise unreadable(str(path), error) from None


def read_bundle_in(folder: Folder, name: str, keep: Path | None = None) -> tuple[bytes, os.stat_result]:
    """The content of a bundle in a folder that others write in, and what it is.

    What is a link, and the live database `keep` by a second name, is not opened. Raises FileError.
    """
    try:
        found = folder.look(name)
        if found is not None and stat.S_ISLNK(found.st_mode):
            raise FileError(Message("{file} is a link and is not followed here", file=name))
        if found is not None and keep is not None and os.path.samestat(found, keep.stat()):
            raise FileError(Message("{file} is the database itself", file=name))
        with os.fdopen(folder.open(name), "rb") as file:
            opened = os.fstat(file.fileno())
            data = file.read(MOST_OF_A_BUNDLE + 1) if opened.st_size <= MOST_OF_A_BUNDLE else None
    except NoOrdinaryFile:
        raise FileError(Message("{file} is no ordinary file", file=name)) from None
    except OSError as error:
        raise unreadable(name, error) from None
    if data is None or len(data) > MOST_OF_A_BUNDLE:
        amount = f"{MOST_OF_A_BUNDLE // MEGABYTE} MiB"
        raise FileError(Message("{file} is too large: at most {amount} are read", file=name, amount=amount))
    return data, opened
