"""What `--help` prints: how a command is written, what it is for, and its arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from kvaltui.commands.output import width
from kvaltui.commands.parser import ASKED_ABOVE_ALL, PROGRAM, Argument, Command
from kvaltui.i18n import _, say

_INDENT = 2
_MOST_BESIDE = 24
"""The column of the explanations at most; what is longer has its own on the next line."""
_LEAST_ROOM = 11


def help_of(command: Command, everywhere: Sequence[Argument], below: Iterable[Command] = ()) -> str:
    """What `--help` prints: the command and its arguments, or with commands below it, one line for each of those."""
    room = width() - 2
    taken = {argument.name for argument in command.arguments}
    others = tuple(argument for argument in (*everywhere, *ASKED_ABOVE_ALL) if argument.name not in taken)
    rows = [(each.name, say(each.summary)) for each in below]
    usage = "\n".join(_usage(command, others, room))
    end = [say(command.details)] if command.details else []
    if rows:
        usage = f"{_('usage: ')}{_program(command)} {_('COMMAND')} [...]"
        end = ["\n".join(_commands(rows, room)), _("More about each: {command} COMMAND --help", command=PROGRAM)]
    groups = ((_("arguments"), command.arguments), (_("everywhere"), others))
    beside = max(map(len, map(_named, (*command.arguments, *others)))) + 2 * _INDENT
    beside = min(beside, _MOST_BESIDE, max(room - 20, 2 * _INDENT))
    sections = ["\n".join((f"{name}:", *_explained(group, beside, room))) for name, group in groups if group]
    return "\n\n".join((usage, say(command.summary), *sections, *end))


def _program(command: Command) -> str:
    return f"{PROGRAM} {command.name}".strip()


def _written(argument: Argument) -> str:
    """An argument with what stands for its value, as its explanation begins."""
    value = say(argument.value) if argument.value else f"{{{','.join(argument.choices)}}}" if argument.choices else ""
    return f"{argument.name} {value}".strip() if argument.is_option else value


def _named(argument: Argument) -> str:
    """An argument as it is written, by all of its names."""
    return ", ".join((*argument.names[:-1], _written(argument)))


def _usage(command: Command, others: Sequence[Argument], room: int) -> Iterator[str]:
    """How the command is written, in lines of a width: options first, then what has no name."""
    prefix, program = _("usage: "), _program(command)
    options: list[str] = []
    places: list[str] = []
    for argument in (*command.arguments, *others):
        written = _written(argument)
        if not argument.is_option:
            places.append(f"[{written}]" if argument.may_be_left_out else written)
        elif argument.is_required:
            options += written.split()
        else:
            options.append(f"[{written}]")
    whole = " ".join((prefix + program, *options, *places))
    if len(whole) <= room:
        yield whole
        return
    if len(prefix + program) <= 0.75 * room:
        indent = " " * (len(prefix + program) + 1)
        yield from _filled(options, indent, room, prefix + program)
    else:
        indent = " " * len(prefix)
        yield prefix + program
        yield from _filled(options, indent, room)
    yield from _filled(places, indent, room)


def _filled(parts: Iterable[str], indent: str, room: int, line: str = "") -> Iterator[str]:
    """The parts in lines that fit, the first of them after what stands in a line already."""
    for part in parts:
        if line and len(line) + 1 + len(part) > room:
            yield line
            line = ""
        line = f"{line} {part}" if line else f"{indent}{part}"
    if line:
        yield line


def _explained(arguments: Iterable[Argument], beside: int, room: int) -> Iterator[str]:
    """Each argument with its explanation beside it, or below where it is long."""
    for argument in arguments:
        head = " " * _INDENT + _named(argument)
        told = say(argument.help)
        if argument.unnamed_choices:
            told = f"{told} ({', '.join(argument.unnamed_choices)})"
        lines = wrap(told, max(room - beside, _LEAST_ROOM))
        if len(head) + 2 <= beside:
            yield f"{head:<{beside}}{lines.pop(0)}"
        else:
            yield head
        yield from (" " * beside + line for line in lines)


def _commands(rows: Sequence[tuple[str, str]], room: int) -> Iterator[str]:
    """A line or more for each command: its name and what it is for."""
    beside = max(len(name) for name, _summary in rows) + 4
    yield _("commands:")
    for name, summary in rows:
        yield from wrap(f"  {name:<{beside - 2}}{summary}", room, subsequent_indent=" " * beside)
