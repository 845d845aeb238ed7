"""python -m docs.write_commands: the commands and their arguments in docs/commands.md, as they are declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, GROUPS, OPEN
from kvaltui.commands.parser import ASKED_ABOVE_ALL, Argument, Command
from kvaltui.commands.surroundings import SURROUNDINGS
from kvaltui.model.message import Message

PAGE = Path(__file__).parent / "commands.md"
BEGINNING = "<!-- From here to the next mark: made by `make commands` of kvaltui/commands/declarations.py. -->\n"
END = "<!-- The end of what is made. -->\n"
_WIDTH = 120


def with_commands(page: str) -> str:
    """The page with what is declared now between its two marks; the rest is written by hand and stays."""
    head, _beginning, rest = page.partition(BEGINNING)
    _former, _end, tail = rest.partition(END)
    return "".join((head, BEGINNING, "\n", *(f"{line}\n" for line in _commands()), END, tail))


def _commands() -> Iterator[str]:
    yield from _section("Everywhere", "", (), (*EVERYWHERE, *ASKED_ABOVE_ALL))
    yield from _listed("Surroundings", SURROUNDINGS)
    yield from _section("kvaltui", _told(OPEN), _usage(OPEN), OPEN.arguments)
    told = set[str]()
    for command in COMMANDS.values():
        group = command.name.split()[0]
        if group in GROUPS and group not in told:
            told.add(group)
            yield from _section(group, _sentence(str(GROUPS[group])), (), ())
        yield from _section(command.name, _told(command), _usage(command), command.arguments)


def _section(name: str, text: str, usage: Iterable[str], arguments: Iterable[Argument]) -> Iterator[str]:
    """A heading, what it is for, how it is written, and a table of arguments, as far as there are such."""
    yield from (f"### {name}", "")
    if text:
        yield from (text, "")
    if usage:
        yield from (*usage, "")
    rows = [f"| `{_in_a_cell(_by_all_names(each))}` | {_in_a_cell(_explained(each))} |" for each in arguments]
    if rows:
        yield from ("| argument | |", "|---|---|", *rows, "")


def _told(command: Command) -> str:
    """What a command is for, with its details."""
    return " ".join((_sentence(str(command.summary)), *([str(command.details)] if command.details else [])))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}."


def _usage(command: Command) -> list[str]:
    """How a command is written, on as many lines as it takes."""
    lines = [f"    kvaltui {command.name}".rstrip()]
    for each in command.arguments:
        word = _written(each)
        if each.may_be_left_out or (each.is_option and not each.is_required):
            word = f"[{word}]"
        if len(lines[-1]) + 1 + len(word) > _WIDTH:
            lines.append(" " * 11)
        lines[-1] += f" {word}"
    return lines


def _written(argument: Argument) -> str:
    """An argument as it is written: its name if it has one to be written, and what stands for its value."""
    value = str(argument.value or "") or "|".join(argument.choices)
    return f"{argument.name} {value}".rstrip() if argument.is_option else value


def _explained(argument: Argument) -> str:
    choices = ", ".join(argument.unnamed_choices)
    return f"{argument.help} ({choices})" if choices else str(argument.help)


def _by_all_names(argument: Argument) -> str:
    return ", ".join((*argument.names[:-1], _written(argument)))


def _listed(name: str, meanings: Iterable[tuple[str, Message]]) -> Iterator[str]:
    """A heading and a table of terms with what they mean."""
    rows = [f"| `{term}` | {_in_a_cell(str(meaning))} |" for term, meaning in meanings]
    yield from (f"### {name}", "", "| | |", "|---|---|", *rows, "")


def _in_a_cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(with_commands(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
