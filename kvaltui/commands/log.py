"""The log: what went wrong without anybody being told, for those who mend the program. Never a figure, never a name."""

from __future__ import annotations

from pathlib import Path

LOG_FILE = "kvaltui.log"

_folder: Path | None = None


def log_path(folder: Path | None) -> Path:
    """Where the log is: beside the database in `folder`; in the person's own folder where others may write there."""
    from kvaltui.system.rights import is_private

    if folder is not None and is_private(folder):
        return folder / LOG_FILE
    from platformdirs import user_log_path

    return user_log_path("kvaltui", appauthor=False) / LOG_FILE


def keep_log(folder: Path, *, only_unforeseen: bool = False) -> None:
    """Log this run. With `only_unforeseen`, Python's logging is not even loaded until something is."""
    global _folder  # noqa: PLW0603 - a process has one log
    _folder = folder
    if not only_unforeseen:
        _start()


def note_unforeseen(error: BaseException) -> None:
    """Log where an error came from."""
    from kvaltui.commands import log_file

    _start()
    log_file.note(error)


def _start() -> None:
    from kvaltui.commands import log_file

    log_file.start(lambda: log_path(_folder))
