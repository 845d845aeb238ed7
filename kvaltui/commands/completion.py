"""Shell completion: the commands, their options and choices, as a script for the shell."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import shtab

from kvaltui.commands.context import Context
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, OPEN
from kvaltui.commands.errors import DONE
from kvaltui.commands.output import write
from kvaltui.commands.parser import PROGRAM, Argument
from kvaltui.i18n import say

_COMPLETERS: dict[str, Any] = {"file": shtab.FILE, "folder": shtab.DIR}


def run(context: Context) -> int:
    """Print the completion script for a shell."""
    write(shtab.complete(_whole_parser(), shell=context.arguments.shell))
    return DONE


def _whole_parser() -> ArgumentParser:
    """The parser of every command at once, with groups such as `period` as commands that have commands of their own."""
    parser = ArgumentParser(prog=PROGRAM, allow_abbrev=False)
    commands = parser.add_subparsers()
    _add_all(parser, (*EVERYWHERE, *OPEN.arguments))
    groups: dict[str, Any] = {"": commands}
    for command in COMMANDS.values():
        group, _space, name = command.name.rpartition(" ")
        if group not in groups:
            groups[group] = commands.add_parser(group).add_subparsers()
        own = groups[group].add_parser(name, help=say(command.summary), allow_abbrev=False)
        names = {argument.name for argument in command.arguments}
        _add_all(own, (*command.arguments, *(argument for argument in EVERYWHERE if argument.name not in names)))
    return parser


def _add_all(parser: ArgumentParser, arguments: tuple[Argument, ...]) -> None:
    for argument in arguments:
        action = _add(parser, argument)
        if argument.completes:
            vars(action)["complete"] = _COMPLETERS[argument.completes]


def _add(parser: ArgumentParser, argument: Argument) -> Any:
    help_text = say(argument.help).replace("%", "%%")
    if not argument.takes_value and argument.is_option:
        return parser.add_argument(argument.name, help=help_text, action="store_true")
    value = say(argument.value) if argument.value else None
    return parser.add_argument(argument.name, metavar=value, help=help_text, choices=argument.choices or None)
