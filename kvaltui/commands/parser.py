"""The command line, read: from a declared command to an argparse parser that speaks the reader's language.

A parser is built for the one command that was given; all of them at once only for `--help` and shell completion.
Global options may stand before and after the command, since both are read by the same parser.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NoReturn

from kvaltui.commands.errors import UsageError
from kvaltui.commands.output import width
from kvaltui.i18n import N_, _, say
from kvaltui.model.message import Message
from kvaltui.model.pattern import pattern
from kvaltui.model.value import dataclass
from kvaltui.setting import did_you_mean

PROGRAM = "kvaltui"

ARGPARSE_TEXTS = (
    N_("usage: "),
    N_("the following arguments are required: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("ignored explicit argument %r"),
)
"""What argparse itself may say to a reader of ours."""

_NEGATIVE_VALUE = pattern(r"-\s*[\d.,]")
_VALUE_OF_DASHES = pattern(r"\A(--[^=]+=)--\Z")
_ONLY_VALUES = "--"


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a command: a positional one, or an option when its name begins with `--`.

    `value` names the value in help texts; without one an option is a flag. `completes` is what a shell may offer:
    "file", "folder" or "".
    """

    name: str
    help: Message
    value: Message | None = None
    choices: tuple[str, ...] = ()
    may_be_left_out: bool = False
    is_required: bool = False
    completes: str = ""

    @property
    def is_option(self) -> bool:
        """Whether it is given by name."""
        return self.name.startswith("--")

    @property
    def takes_value(self) -> bool:
        """Whether something follows the name."""
        return bool(self.value or self.choices)


@dataclass(frozen=True, slots=True)
class Command:
    """A command as declared: its name (two words for `period add`), what it is for, and the function that does it.

    `runs` is "module:function" under `kvaltui.commands`, imported when the command is given. A command that
    `needs_settings` does not start with a config file that is wrong; one that `only_reads` has nothing to log but what
    goes wrong unforeseen.
    """

    name: str
    summary: Message
    runs: str
    arguments: tuple[Argument, ...] = ()
    details: Message | None = None
    needs_settings: bool = True
    only_reads: bool = False


HELP = Argument("--help", Message("show this help and leave"))


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError where argparse would print and leave."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found wrong as UsageError."""
        raise UsageError(Message("{problem}\nSee {help}", problem=message, help=f"{self.prog} --help"))


def speak_our_language() -> None:
    """Let argparse take its words from our catalogue. It offers no other way than its own module's `_`."""
    vars(argparse).update(_=_)


def command_in(
    arguments: Sequence[str], commands: Mapping[str, Command], common: Sequence[Argument]
) -> tuple[str, list[str]]:
    """The name of the command that was given ("" for none) and everything else on the command line, in its order.

    Raises UsageError that names the nearest command when the word is not one.
    """
    valued = {argument.name for argument in common if argument.takes_value}
    rest = list(arguments)
    first = _next_word(rest, 0, valued)
    if first is None:
        return "", rest
    word = rest.pop(first)
    if word == "help":
        return command_in(["--help", *rest], commands, common)
    if word in commands:
        return word, rest
    groups = {name.split()[0] for name in commands}
    if word not in groups:
        hint = did_you_mean(word, groups)
        raise UsageError(Message("There is no command “{name}”{hint}", name=word, hint=hint))
    choices = [name.split()[1] for name in commands if name.startswith(f"{word} ")]
    second = _next_word(rest, first, valued)
    if second is None:
        if {"-h", "--help"} & set(before_values(rest)):
            return word, rest
        told = Message("“{command}” needs one of: {choices}", command=word, choices=", ".join(choices))
        raise UsageError(told)
    if rest[second] not in choices:
        hint = did_you_mean(rest[second], choices)
        raise UsageError(Message("“{command}” has no “{name}”{hint}", command=word, name=rest[second], hint=hint))
    return f"{word} {rest.pop(second)}", rest


def _next_word(arguments: Sequence[str], start: int, valued: set[str]) -> int | None:
    """The position of the next argument that is neither an option nor the value of a global option."""
    position = start
    while position < len(arguments):
        if arguments[position] in valued:
            position += 2
        elif arguments[position].startswith("-"):
            position += 1
        else:
            return position
    return None


def parse(command: Command, common: Sequence[Argument], arguments: Sequence[str]) -> argparse.Namespace:
    """Read what stands beside the command's name. Raises UsageError."""
    found, left = parser_for(command, common).parse_known_args(_as_values(arguments))
    if left:
        known = [argument.name for argument in (*command.arguments, *common) if argument.is_option]
        name = left[0].partition("=")[0].strip()
        raise UsageError(Message("The argument “{name}” is not known{hint}", name=name, hint=did_you_mean(name, known)))
    return found


def before_values(arguments: Sequence[str]) -> list[str]:
    """What stands before `--`, where options may be."""
    end = arguments.index(_ONLY_VALUES) if _ONLY_VALUES in arguments else len(arguments)
    return list(arguments[:end])


def _as_values(arguments: Sequence[str]) -> list[str]:
    """The arguments with a space before those that argparse must not take for options: it is taken off again.

    A figure may begin with a minus, and what stands after `--` is a value whatever it looks like, a second `--` too.
    """
    options = before_values(arguments)
    values = [f" {each}" for each in arguments[len(options) + 1 :]]
    protected = [
        f" {each}" if _NEGATIVE_VALUE.match(each) else _VALUE_OF_DASHES.sub(r"\1 --", each) for each in options
    ]
    return [*protected, *arguments[len(options) : len(options) + 1], *values]


def parser_for(command: Command, common: Sequence[Argument]) -> Parser:
    """The parser of one command with the global options."""
    parser = Parser(
        prog=f"{PROGRAM} {command.name}".strip(),
        description=say(command.summary),
        epilog=say(command.details) if command.details else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    own = parser.add_argument_group(_("arguments")) if command.arguments else None
    for argument in command.arguments:
        assert own is not None
        add_argument(own, argument)
    everywhere = parser.add_argument_group(_("everywhere"))
    taken = {argument.name for argument in command.arguments}
    for argument in (*common, HELP):
        if argument.name not in taken:
            add_argument(everywhere, argument)
    return parser


def add_argument(parser: argparse._ActionsContainer, argument: Argument) -> argparse.Action:
    """Add a declared argument to a parser or a group of one."""
    help_text = say(argument.help).replace("%", "%%")
    if not argument.is_option:
        return parser.add_argument(
            argument.name,
            metavar=say(argument.value) if argument.value else None,
            help=help_text,
            nargs="?" if argument.may_be_left_out else None,
            choices=argument.choices or None,
            type=_reader(argument),
        )
    if not argument.takes_value:
        return parser.add_argument(argument.name, help=help_text, action="store_true")
    return parser.add_argument(
        argument.name,
        metavar=say(argument.value) if argument.value else None,
        help=help_text,
        choices=argument.choices or None,
        required=argument.is_required,
        type=_reader(argument),
    )


def _reader(argument: Argument) -> Callable[[str], str]:
    """What takes the text of an argument: without spaces around it, and one of the choices where there are such."""

    def read(text: str) -> str:
        text = text.strip()
        if argument.completes and not argument.is_option and not text:
            raise UsageError(Message("“{name}” is empty: write a name", name=argument.name))
        if argument.choices and text not in argument.choices:
            choices, hint = ", ".join(argument.choices), did_you_mean(text, argument.choices)
            raise UsageError(Message("“{name}” is not one of {choices}{hint}", name=text, choices=choices, hint=hint))
        return text

    return read


def help_of(command: Command, common: Sequence[Argument], below: Iterable[Command] = ()) -> str:
    """What `--help` prints: the command and its arguments, or with commands below it, one line for each of those."""
    parser = parser_for(command, common)
    rows = [(each.name, say(each.summary)) for each in below]
    if rows:
        from textwrap import TextWrapper

        room = max(len(name) for name, _summary in rows) + 4
        fill = TextWrapper(width=width() - 2, subsequent_indent=" " * room).fill
        lines = [_("commands:"), *(fill(f"  {name:<{room - 2}}{summary}") for name, summary in rows)]
        parser.epilog = "\n".join([*lines, "", _("More about each: {command} COMMAND --help", command=PROGRAM)])
        parser.usage = f"{parser.prog} {_('COMMAND')} [...]"
    return parser.format_help().rstrip()
