"""The log: what went wrong without anybody being told, for those who mend the program. Never a figure, never a name."""

from __future__ import annotations

from pathlib import Path

LOG_FILE = "kvaltui.log"

_folder: Path | None = None


def keep_log(folder: Path, *, only_unforeseen: bool = False) -> None:
    """Log this run in `folder`. With `only_unforeseen`, Python's logging is not even loaded until something is."""
    global _folder  # noqa: PLW0603 - a process has one log
    _folder = folder
    if not only_unforeseen:
        from kvaltui.commands import log_file

        log_file.start(folder / LOG_FILE)


def note_unforeseen(error: BaseException) -> None:
    """Log where an error came from, if it is known by now where the log is."""
    if _folder is not None:
        from kvaltui.commands import log_file

        log_file.start(_folder / LOG_FILE)
        log_file.note(error)
