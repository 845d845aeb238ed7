"""Shell completion: the commands, their options and choices, as a script for the shell."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import shtab

from kvaltui.commands.context import Context
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS, OPEN
from kvaltui.commands.errors import DONE
from kvaltui.commands.output import write
from kvaltui.commands.parser import ASKED_ABOVE_ALL, PROGRAM, Argument
from kvaltui.i18n import say

_COMPLETERS: dict[str, Any] = {"file": shtab.FILE, "folder": shtab.DIR}


def run(context: Context) -> int:
    """Print the completion script for a shell."""
    shell: str = context.arguments.shell
    if shell == "powershell":
        from kvaltui.commands.powershell import script

        write(script().rstrip("\n"))
    else:
        write(shtab.complete(_whole_parser(), shell=shell))
    return DONE


def _whole_parser() -> ArgumentParser:
    """The parser of every command at once, with groups such as `period` as commands that have commands of their own."""
    parser = ArgumentParser(prog=PROGRAM, allow_abbrev=False, add_help=False)
    commands = parser.add_subparsers()
    _add_all(parser, (*EVERYWHERE, *OPEN.arguments, *ASKED_ABOVE_ALL))
    groups: dict[str, Any] = {"": commands}
    for command in COMMANDS.values():
        group, _space, name = command.name.rpartition(" ")
        if group not in groups:
            below = commands.add_parser(group, help=say(GROUPS[group]), add_help=False)
            _add_all(below, ASKED_ABOVE_ALL)
            groups[group] = below.add_subparsers()
        own = groups[group].add_parser(name, help=say(command.summary), allow_abbrev=False, add_help=False)
        names = {argument.name for argument in command.arguments}
        everywhere = (argument for argument in (*EVERYWHERE, *ASKED_ABOVE_ALL) if argument.name not in names)
        _add_all(own, (*command.arguments, *everywhere))
    return parser


def _add_all(parser: ArgumentParser, arguments: tuple[Argument, ...]) -> None:
    for argument in arguments:
        action = _add(parser, argument)
        if argument.completes in _COMPLETERS:
            vars(action)["complete"] = _COMPLETERS[argument.completes]


def _add(parser: ArgumentParser, argument: Argument) -> Any:
    help_text = say(argument.help).replace("%", "%%")
    if not argument.takes_value and argument.is_option:
        return parser.add_argument(*argument.names, help=help_text, action="store_true")
    value = say(argument.value) if argument.value else None
    choices = argument.choices or (_first_words() if argument.completes == "command" else None)
    nargs = "*" if argument.takes_rest else "?" if argument.may_be_left_out else None
    return parser.add_argument(*argument.names, metavar=value, help=help_text, choices=choices, nargs=nargs)


def _first_words() -> tuple[str, ...]:
    """The words that a command may begin with."""
    return tuple(dict.fromkeys(name.split()[0] for name in COMMANDS))
