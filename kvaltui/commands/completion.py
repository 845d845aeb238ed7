"""Shell completion: the commands, their options and choices, as a script for the shell."""

from __future__ import annotations

from typing import Any

import shtab

from kvaltui.commands.context import Context
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, OPEN
from kvaltui.commands.errors import DONE
from kvaltui.commands.output import write
from kvaltui.commands.parser import PROGRAM, Argument, Parser, add_argument
from kvaltui.i18n import say

_COMPLETERS: dict[str, Any] = {"file": shtab.FILE, "folder": shtab.DIR}


def run(context: Context) -> int:
    """Print the completion script for a shell."""
    write(shtab.complete(_whole_parser(), shell=context.arguments.shell))
    return DONE


def _whole_parser() -> Parser:
    """The parser of every command at once, with groups such as `period` as commands that have commands of their own."""
    parser = Parser(prog=PROGRAM, allow_abbrev=False)
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


def _add_all(parser: Parser, arguments: tuple[Argument, ...]) -> None:
    for argument in arguments:
        action = add_argument(parser, argument)
        if argument.completes:
            vars(action)["complete"] = _COMPLETERS[argument.completes]
