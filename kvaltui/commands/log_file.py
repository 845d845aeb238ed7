"""The log file, and what Python's logging needs to write it. Imported with the first need, for what it brings along."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from traceback import extract_tb

from kvaltui.system.folder import Folder
from kvaltui.system.rights import is_for_me_alone

_MOST_BYTES = 256 * 1024
_OLDER_FILES = 2

_log = logging.getLogger("kvaltui")


def start(path: Callable[[], Path]) -> None:
    """Write warnings and errors of this run to the log whose place `path` gives when the first one comes."""
    logging.raiseExceptions = False
    for old in [each for each in _log.handlers if isinstance(each, _LogFile)]:
        _log.removeHandler(old)
        old.close()
    _log.addHandler(_LogFile(path))


def note(error: BaseException) -> None:
    """Log where an error came from: its kind and the places in the program, not its text, which may hold data."""
    places = " < ".join(
        f"{Path(each.filename).name}:{each.lineno}" for each in reversed(extract_tb(error.__traceback__))
    )
    _log.error("unforeseen %s at %s", type(error).__name__, places)


class _LogFile(logging.Handler):
    """A file that is opened with the first record, so that a run without one costs nothing, and that stays small."""

    def __init__(self, path: Callable[[], Path]) -> None:
        super().__init__(logging.WARNING)
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, opening the file for the first; a log that cannot be written hinders nothing."""
        if self._file is None:
            try:
                self._file = _opened(self._path())
            except OSError:
                return
        self._file.emit(record)

    def close(self) -> None:
        """Close the file if it was opened."""
        if self._file is not None:
            self._file.close()
        super().close()


def _opened(path: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    class OwnFile(RotatingFileHandler):
        """Appends to nothing but a file of the person's own, and to none that has another name elsewhere."""

        def _open(self) -> TextIOWrapper:
            return open_own(Path(self.baseFilename))

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = OwnFile(path, maxBytes=_MOST_BYTES, backupCount=_OLDER_FILES, encoding="utf-8")
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return file


def open_own(path: Path) -> TextIOWrapper:
    """The person's own file at a path, made when there is none, to append to. Raises OSError for everything else."""
    with Folder(path.parent) as folder:
        handle = folder.append(path.name)
    if not is_for_me_alone(path, os.fstat(handle), may_be_read=True):
        os.close(handle)
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))
    return os.fdopen(handle, "a", encoding="utf-8")
