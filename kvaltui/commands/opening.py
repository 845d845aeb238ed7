"""Opening the program: `kvaltui` alone and `kvaltui demo`. Imports Textual only when a terminal can show it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, UsageError
from kvaltui.commands.output import write
from kvaltui.i18n import say
from kvaltui.model.message import Message
from kvaltui.terminal import is_terminal

LEAST_COLUMNS = 40
LEAST_LINES = 10


def open_program(context: Context) -> int:
    """Open the program, or where it cannot be shown, print the status and say how to open it."""
    obstacle = why_not()
    if obstacle is not None:
        from kvaltui.commands.status import print_status

        print_status(context)
        write("\n" + say(obstacle))
        return DONE
    return _run(context)


def demo(context: Context) -> int:
    """Open the program on copies of all starter plans in a database that is thrown away afterwards."""
    obstacle = why_not()
    if obstacle is not None:
        raise UsageError(obstacle)
    from tempfile import TemporaryDirectory

    from kvaltui.commands.setup import make_demo

    with TemporaryDirectory(prefix="kvaltui-demo-") as folder:
        context.arguments.db = None
        return _run(Context(context.arguments, make_demo(context, Path(folder))))


def why_not() -> Message | None:
    """Why the program cannot be shown here, and what to do; None where it can."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        return Message("There is no terminal here. The program opens with kvaltui in a terminal window.")
    if os.environ.get("TERM", "dumb") in ("dumb", ""):
        return Message(
            "The terminal says that it can only show plain text (TERM=dumb). "
            "The program opens with kvaltui in an ordinary terminal window."
        )
    size = os.get_terminal_size(sys.stdout.fileno())
    if 0 < size.columns < LEAST_COLUMNS or 0 < size.lines < LEAST_LINES:
        return Message(
            "The window is too small: {columns} × {lines}. "
            "The program wants {least_columns} × {least_lines} at the least, and is made for 80 × 24.",
            columns=size.columns,
            lines=size.lines,
            least_columns=LEAST_COLUMNS,
            least_lines=LEAST_LINES,
        )
    return None


def _run(context: Context) -> int:
    from kvaltui.tui.start import run_program

    given = context.arguments
    return run_program(
        context.settings,
        context.location,
        context.author,
        backups=context.backup_rule,
        plan=given.plan or "",
        read_only=given.read_only,
    )
