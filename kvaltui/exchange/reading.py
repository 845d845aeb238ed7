"""Reading a file whole, if it is one and not too large for what it is to be."""

from __future__ import annotations

from pathlib import Path

from kvaltui.exchange.file_error import FileError, unreadable
from kvaltui.ordinary_file import MEGABYTE, Unfit, read_ordinary

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
