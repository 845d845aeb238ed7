"""The streams of a process on Windows, which are UTF-8 to a console alone, and otherwise as the code page says."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import io
import os
from pathlib import Path
from typing import Final, TextIO

_ASKED_FOR: Final = "PYTHONIOENCODING"
"""How a person says otherwise, for a program that can read nothing else."""


def write_as_elsewhere() -> None:
    """Write and read UTF-8 in pipes and files, with lines that end as on every other system."""
    if os.environ.get(_ASKED_FOR):
        encoding = reads = None
    else:
        encoding, reads = "utf-8", "utf-8-sig"
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not _is_of_the_console(stream):
            stream.reconfigure(encoding=encoding, newline="\n")
    if isinstance(sys.stdin, io.TextIOWrapper) and not _is_of_the_console(sys.stdin) and reads:
        sys.stdin.reconfigure(encoding=reads)


def put_nowhere(stream: TextIO) -> None:
    """Have what Python still wants to write to a console go nowhere: it knows it by more than its descriptor."""
    if not _is_of_the_console(stream):
        return
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the process ends
    if stream is sys.stdout:
        sys.stdout = nowhere
    elif stream is sys.stderr:
        sys.stderr = nowhere


def _is_of_the_console(stream: TextIO) -> bool:
    """Whether Python writes Unicode to it, by the console's own calls."""
    buffer = getattr(stream, "buffer", None)
    return type(getattr(buffer, "raw", buffer)).__name__ == "_WindowsConsoleIO"
