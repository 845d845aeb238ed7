"""The command line: reads it, does what it asks, and says in the reader's language what went wrong.

Only the command that was given is imported (docs/architecture.md, The start): `status` knows nothing of Textual.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from kvaltui import __version__, config, i18n
from kvaltui.commands import output
from kvaltui.commands.context import Context
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS, OPEN
from kvaltui.commands.errors import DONE, INTERRUPTED, UNUSABLE, exit_code
from kvaltui.commands.log import keep_log, note_unforeseen
from kvaltui.commands.parser import PROGRAM, Command, before_values, command_in, help_of, parse, speak_our_language
from kvaltui.commands.waiting import WaitingWithWords
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError
from kvaltui.setting import ConfigError
from kvaltui.store.patience import waiting_by


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with the arguments, those of the process by default, and return its exit code."""
    given = [_that_a_name_may_hold(each) for each in (sys.argv[1:] if arguments is None else arguments)]
    output.prepare_streams()
    speak_our_language()
    try:
        code = _run(given)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_output()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        return _fail(error, is_debugging="--debug" in before_values(given))
    return code


def _that_a_name_may_hold(argument: str) -> str:
    """The argument, cleaned where it holds what the system refuses in the name of any file."""
    try:
        os.fsencode(argument)
    except UnicodeEncodeError:
        return clean(argument)
    return argument


def _run(given: list[str]) -> int:
    settings, problem = _settings(given)
    name, rest = command_in(given, COMMANDS, (*EVERYWHERE, *OPEN.arguments))
    command = COMMANDS.get(name, OPEN)
    options = set(before_values(rest))
    if {"-h", "--help"} & options:
        output.write(_help(name))
        return DONE
    if name == "" and "--version" in options:
        output.write(f"{PROGRAM} {__version__}")
        return DONE
    found = parse(command, EVERYWHERE, rest)
    if problem is not None and command.needs_settings:
        raise problem
    keep_log(settings.data_folder, only_unforeseen=command.only_reads)
    module, _colon, function = command.runs.partition(":")
    run: Callable[[Context], int] = getattr(import_module(f"kvaltui.commands.{module}"), function)
    with waiting_by(WaitingWithWords()):
        return run(Context(found, settings))


def _settings(given: Sequence[str]) -> tuple[config.Config, ConfigError | None]:
    """The settings in force, or the defaults and what is wrong with the config file; their language is spoken after."""
    path = _given("--config", given)
    problem = None
    try:
        settings = config.load(Path(path) if path else None)
    except ConfigError as error:
        settings, problem = config.Config(folder=Path.cwd()), error
    i18n.install("en" if (_given("--lang", given) or settings.language) == "en" else "sv")
    return settings, problem


def _given(option: str, arguments: Sequence[str]) -> str:
    """The value of an option that is needed before the command line can be read; "" when it is not there."""
    for argument, following in pairwise((*before_values(arguments), "")):
        if argument == option:
            return following
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
    return ""


def _help(name: str) -> str:
    if name in COMMANDS:
        return help_of(COMMANDS[name], EVERYWHERE)
    group = Command(name, GROUPS[name], "") if name else OPEN
    below = [command for command in COMMANDS.values() if not name or command.name.startswith(f"{name} ")]
    return help_of(group, EVERYWHERE, below)


def _fail(error: Exception, *, is_debugging: bool) -> int:
    """Say what went wrong and return the exit code."""
    if is_debugging:
        from traceback import format_exception

        output.complain("".join(format_exception(error)).rstrip())
    if isinstance(error, KvaltuiError):
        output.complain(i18n.say(error.message))
        return exit_code(error)
    if isinstance(error, OSError):
        from kvaltui.system_error import explain

        file = str(error.filename or "")
        told = _("{file}: {problem}", file=file, problem=explain(error)) if file else i18n.say(explain(error))
        output.complain(told)
        _let_go_of_output_that_fails()
        return UNUSABLE
    note_unforeseen(error)
    output.complain(
        _(
            "Something unforeseen went wrong ({kind}). Nothing half-done has been stored. "
            "Run again with --debug to see the whole of it.",
            kind=type(error).__name__,
        )
    )
    return UNUSABLE


def _let_go_of_output_that_fails() -> None:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _let_go_of_output()


def _let_go_of_output() -> None:
    """Let what Python still wants to write go nowhere: the reader of a pipe has left, or the disk is full."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
