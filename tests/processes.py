"""Processes that the tests start: how they end, and what they are told of being measured."""

from __future__ import annotations

import os
import select
from contextlib import closing

MEASURED = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
"""What a program has to know to be measured as the tests are; nothing in an ordinary run."""
LONGEST = 60.0
"""Seconds that a process may take to end: far more than it takes on a busy machine."""


def exit_code(process: int, seconds: float = LONGEST) -> int:
    """Wait until a child has ended, and return its exit code, negative for the signal that killed it."""
    with closing(os.fdopen(os.pidfd_open(process), "rb", buffering=0)) as handle:
        ready, _, _ = select.select([handle], [], [], seconds)
    if not ready:
        raise TimeoutError(f"process {process} does not end")
    return os.waitstatus_to_exitcode(os.waitpid(process, os.WNOHANG)[1])
