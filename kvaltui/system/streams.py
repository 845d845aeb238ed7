"""The streams that a process begins with: their encoding, and a reader that has left.

docs/decisions/windows-console.md tells what is written on Windows, and why.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TextIO


def prepare(errors: str) -> None:
    """Let what is written come out as programs read it everywhere, and no text fail for what an encoding lacks.

    `errors` names what is written in its place. A process may lack any of its streams.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)
    if sys.platform == "win32":
        from kvaltui.system.streams_windows import write_as_elsewhere

        write_as_elsewhere()


def has_left(error: OSError) -> bool:
    """Whether writing failed because whoever read has seen enough, as `head` has."""
    # Windows says EINVAL of a pipe that is being closed; nothing else that is written to does.
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)


def let_go_of(stream: TextIO) -> None:
    """Let what Python still wants to write go nowhere: it would fail again at the end of the process, and say so."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    if sys.platform == "win32":
        from kvaltui.system.streams_windows import put_nowhere

        put_nowhere(stream)
