"""Opening the program: `kvaltui` alone and `kvaltui demo`. Imports Textual only when a terminal can show it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, UsageError
from kvaltui.commands.output import complain, write
from kvaltui.commands.parser import PROGRAM
from kvaltui.i18n import say
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.server_address import is_address
from kvaltui.system.console import obeys_sequences, surroundings
from kvaltui.terminal import is_terminal

LEAST_COLUMNS = 40
LEAST_LINES = 10


def open_program(context: Context) -> int:
    """Open the program, or where it cannot be shown, print the status and say how to open it."""
    obstacle = why_not(_own_command(context))
    if obstacle is None:
        return _run(context)
    try:
        _show_without_terminal(context)
    except KvaltuiError:
        complain(say(obstacle))
        raise
    write("\n" + say(obstacle))
    return DONE


def _show_without_terminal(context: Context) -> None:
    """Print the status of the plan, of each where there are several and none is chosen."""
    from kvaltui.commands.status import print_status

    source: str | None = context.arguments.begin_with
    if source and not is_address(context.location) and not os.path.lexists(context.location):
        from kvaltui.commands.first_look import begin_with

        begin_with(context, source)
    plans = () if context.arguments.plan or context.settings.plan else _plans(context)
    if len(plans) < 2:
        print_status(context)
        return
    for at, plan in enumerate(plans):
        if at:
            write()
        context.arguments.plan = plan
        print_status(context)


def _plans(context: Context) -> tuple[str, ...]:
    from kvaltui.store.plans import standing_plans

    with context.open_to_read() as database:
        return tuple(standing_plans(database))


def _own_command(context: Context) -> str:
    """How the program is run here: by its name, or in a fresh copy by where it lies there."""
    if not context.arguments.begin_with:
        return PROGRAM
    from kvaltui.commands.own_name import own_command

    return own_command()


def demo(context: Context) -> int:
    """Open the program on copies of all starter plans in a database that is thrown away afterwards."""
    obstacle = why_not(f"{PROGRAM} demo")
    if obstacle is not None:
        raise UsageError(obstacle)
    from tempfile import TemporaryDirectory

    from kvaltui.commands.setup import make_demo

    with TemporaryDirectory(prefix="kvaltui-demo-") as folder:
        context.arguments.db = None
        return _run(Context(context.arguments, make_demo(context, Path(folder))))


def why_not(command: str = PROGRAM) -> Message | None:
    """Why the program cannot be shown here, and how it is with `command`; None where it can."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return None  # what the program draws on, and by which it is told what is typed, is that driver's matter
    has_in, has_out = is_terminal(sys.stdin), is_terminal(sys.stdout)
    if not has_in and not has_out and os.environ.get("SSH_CONNECTION") and not os.environ.get("SSH_TTY"):
        # A command given to ssh gets no terminal unless it is asked for.
        return Message(
            "There is no terminal here. Over SSH the program opens with: ssh -t HOST {command}", command=command
        )
    if not (has_in and has_out):
        return Message(
            "There is no terminal here. The program opens with {command} in a terminal window.", command=command
        )
    kind = os.environ.get("TERM", "")
    if not kind and surroundings().says_by_environment:
        return Message(
            "The terminal does not say what it is (TERM is not set). The program opens with: {command}",
            command=f"TERM=xterm-256color {command}",
        )
    if kind in ("dumb", "unknown"):
        return Message(
            "The terminal says that it can only show plain text (TERM={kind}). "
            "The program opens with {command} in an ordinary terminal window.",
            kind=kind,
            command=command,
        )
    if not obeys_sequences(sys.stdout):
        return Message(
            "This is the console of older Windows, which the program cannot draw in. "
            "Open {command} in Windows Terminal, or untick “Use legacy console” in the properties of this window "
            "and open a new one.",
            command=command,
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
