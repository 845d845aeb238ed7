"""The log file, and what Python's logging needs to write it. Imported with the first need, for what it brings along."""

from __future__ import annotations

import logging
from pathlib import Path
from traceback import extract_tb

_MOST_BYTES = 256 * 1024
_OLDER_FILES = 2

_log = logging.getLogger("kvaltui")


def start(path: Path) -> None:
    """Write warnings and errors of this run to the log at `path`, if its folder is there when the first one comes."""
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

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self.path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, opening the file for the first; a log that cannot be written hinders nothing."""
        if self._file is None:
            try:
                self._file = self._opened()
            except OSError:
                return
        self._file.emit(record)

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        self.path.touch(mode=0o600)
        file = RotatingFileHandler(self.path, maxBytes=_MOST_BYTES, backupCount=_OLDER_FILES, encoding="utf-8")
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        return file

    def close(self) -> None:
        """Close the file if it was opened."""
        if self._file is not None:
            self._file.close()
        super().close()
