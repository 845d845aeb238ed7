"""The command line: reads it, does what it asks, and says in the reader's language what went wrong.

Only the command that was given is imported (docs/architecture.md, The start): `status` knows nothing of Textual.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from kvaltui import __version__, config, config_file, i18n
from kvaltui.commands import output
from kvaltui.commands.context import Context
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS, OPEN
from kvaltui.commands.errors import DONE, INTERRUPTED, UNUSABLE, begin, exit_code, is_done
from kvaltui.commands.log import keep_log, note_unforeseen
from kvaltui.commands.parser import ASKED_AT_TAB, PROGRAM, Arguments, Command, CommandLine, read
from kvaltui.commands.waiting import WaitingWithWords
from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError
from kvaltui.setting import ConfigError
from kvaltui.store.patience import waiting_by
from kvaltui.system.streams import has_left
from kvaltui.system_error import explain
from kvaltui.written_path import PathError, path_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with the arguments, those of the process by default, and return its exit code."""
    given = [_that_a_name_may_hold(each) for each in (sys.argv[1:] if arguments is None else arguments)]
    output.prepare_streams()
    begin()
    if given[:1] == [ASKED_AT_TAB]:
        from kvaltui.commands.offering import answer

        return answer(given[1:])
    line = read(given, COMMANDS, EVERYWHERE, OPEN)
    try:
        return _answered(_run(line))
    except KeyboardInterrupt:
        _tell_what_is_done()
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        return _fail(error, is_debugging=line.arguments.debug)


def _answered(code: int) -> int:
    """The exit code of a command that has ended with `code`, when it is known whether its answer has come out.

    What is stored is stored, whether or not that could be said. Where the answer is all that was asked for, it has
    failed; but for a reader who has seen enough of it.
    """
    fault = output.fault()
    if fault is None:
        return code
    is_gone = has_left(fault)
    if is_done() or code != DONE:
        if not is_gone:
            output.complain(_("What there was to say could not be printed: {problem}", problem=explain(fault)))
        _tell_what_is_done()
        return code
    if is_gone:
        return DONE
    output.complain(i18n.say(explain(fault)))
    return UNUSABLE


def _tell_what_is_done() -> None:
    if is_done():
        output.complain(_("What was asked for is done and stored."))


def _that_a_name_may_hold(argument: str) -> str:
    """The argument, cleaned where it holds what the system refuses in the name of any file."""
    try:
        os.fsencode(argument)
    except UnicodeEncodeError:
        return clean(argument)
    return argument


def _run(line: CommandLine) -> int:
    settings, problem = _settings(line.arguments)
    if line.wants_help:
        output.write(_help(line.name))
        return DONE
    if line.wants_version:
        output.write(f"{PROGRAM} {__version__}")
        return DONE
    if line.problem is not None:
        raise line.problem
    command = COMMANDS.get(line.name, OPEN)
    if problem is not None and command.needs_settings:
        raise problem
    keep_log(settings.data_folder, only_unforeseen=command.only_reads)
    module, _colon, function = command.runs.partition(":")
    run: Callable[[Context], int] = getattr(import_module(f"kvaltui.commands.{module}"), function)
    context = Context(line.arguments, settings)
    with waiting_by(WaitingWithWords()):
        try:
            return run(context)
        finally:
            context.tell_of_failed_backup()


def _settings(given: Arguments) -> tuple[config.Config, KvaltuiError | None]:
    """The settings in force, or the defaults and what is wrong with the config file; their language is spoken after."""
    problem: KvaltuiError | None = None
    try:
        named = path_of(given.config) if given.config else None
        if given.trust:
            config_file.trust(named)
        settings = config_file.load(named)
    except (ConfigError, PathError) as error:
        settings, problem = config.Config(folder=Path.cwd()), error
    i18n.install("en" if (given.lang or settings.language) == "en" else "sv")
    return settings, problem


def _help(name: str) -> str:
    from kvaltui.commands.help_text import help_of

    if name in COMMANDS:
        return help_of(COMMANDS[name], EVERYWHERE)
    group = Command(name, GROUPS[name], "") if name else OPEN
    below = [command for command in COMMANDS.values() if not name or command.name.startswith(f"{name} ")]
    return help_of(group, EVERYWHERE, below)


def _fail(error: Exception, *, is_debugging: bool) -> int:
    """Say what went wrong and return the exit code."""
    output.fault()  # what was printed before comes out before, if it can
    if is_debugging:
        from traceback import format_exception

        output.complain("".join(format_exception(error)).rstrip())
    if isinstance(error, KvaltuiError):
        told = i18n.say(error.message)
    elif isinstance(error, OSError):
        file = str(error.filename or "")
        told = _("{file}: {problem}", file=file, problem=explain(error)) if file else i18n.say(explain(error))
    else:
        note_unforeseen(error)
        told = _(
            "Something unforeseen went wrong ({kind}). Run again with --debug to see the whole of it."
            if is_done()
            else "Something unforeseen went wrong ({kind}). Nothing half-done has been stored. "
            "Run again with --debug to see the whole of it.",
            kind=type(error).__name__,
        )
    output.complain(told)
    _tell_what_is_done()
    return exit_code(error) if isinstance(error, KvaltuiError) else UNUSABLE
