"""The command line, read once: which command, what was given to it, and what is wrong with that.

What is declared of a command says how it is read. Global options may stand before and after the command.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import reduce
from types import SimpleNamespace

from kvaltui.commands.errors import UsageError
from kvaltui.model.message import Message, Value
from kvaltui.model.pattern import pattern
from kvaltui.model.value import dataclass
from kvaltui.setting import did_you_mean

PROGRAM = "kvaltui"
_NEGATIVE_FIGURE = pattern(r"-\s*[\d.,]")
_ONLY_VALUES = "--"
ASKED_AT_TAB = "_completions"
"""What the scripts of completion ask by; no command of a person's (`offering`)."""
ASKING_FOR_HELP = "help"
"""The command that is another way to write `--help`."""


class Completes(StrEnum):
    """What a shell may offer where a value is to stand."""

    NOTHING = ""
    FILE = "file"
    FOLDER = "folder"
    COMMAND = "command"
    STARTER = "starter"
    """The key of a starter plan; a file as well."""
    PLAN = "plan"
    PERIOD = "period"
    NEW_PERIOD = "new_period"
    """One that the plan lacks, and is likely to have next."""
    AREA = "area"
    KEY = "key"
    """The key of anything that a person names."""
    ASSESSED = "assessed"
    """The key of what a person may assess."""
    INDICATOR = "indicator"
    PART = "part"
    """A part of the breakdown of the indicator that is named on the line."""
    FIGURE = "figure"
    """A figure of the indicator that is named on the line, where it can only be one of a few."""
    CONFLICT = "conflict"
    """What has been changed on two sides."""
    FIELD = "field"
    """What of it has been."""

    @property
    def is_asked_for(self) -> bool:
        """Whether the program has to be asked at Tab: all else is known beforehand, or by the shell."""
        return self not in (Completes.NOTHING, Completes.FILE, Completes.FOLDER, Completes.COMMAND)


_NAMES_OF_THEIR_OWN = (Completes.FILE, Completes.FOLDER, Completes.COMMAND)
"""What is never named by an empty text."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a command: a positional one, or an option when its name begins with `--`.

    `value` names the value in help texts; without one an option is a flag. `short` is another name of an option: a
    minus and a letter. What `takes_rest` is a text of all words that are left.
    """

    name: str
    help: Message
    value: Message | None = None
    choices: tuple[str, ...] = ()
    may_be_left_out: bool = False
    is_required: bool = False
    completes: Completes = Completes.NOTHING
    short: str = ""
    takes_rest: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it may be given by, the shortest first."""
        return (self.short, self.name) if self.short else (self.name,)

    @property
    def is_option(self) -> bool:
        """Whether it is given by name."""
        return self.name.startswith("--")

    @property
    def takes_value(self) -> bool:
        """Whether something follows the name."""
        return bool(self.value or self.choices)

    @property
    def unnamed_choices(self) -> tuple[str, ...]:
        """The choices, where they do not stand for the value as it is written: what takes many has a name for them."""
        return self.choices if self.value else ()

    @property
    def attribute(self) -> str:
        """What it is called among `Arguments`."""
        return self.name.removeprefix("--").replace("-", "_")


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


HELP = Argument("--help", Message("show this help and leave"), short="-h")
VERSION = Argument("--version", Message("show the version of the program and leave"), short="-V")
ASKED_ABOVE_ALL = (HELP, VERSION)
"""What is answered wherever it stands on the line, before anything else."""


class Arguments(SimpleNamespace):
    """What was given, by the names of the arguments: texts, and True for flags; None and False for what was not."""


@dataclass(frozen=True, slots=True)
class CommandLine:
    """What the program was asked for. With a `problem` nothing but help may be given; `name` is "" for no command.

    What could be read stands in `arguments` in spite of a problem, so that it is told in the language asked for.
    """

    name: str
    arguments: Arguments
    problem: UsageError | None
    wants_help: bool = False
    wants_version: bool = False


def read(
    arguments: Sequence[str], commands: Mapping[str, Command], everywhere: Sequence[Argument], bare: Command
) -> CommandLine:
    """Read the command line; `bare` is the command of a line that names none."""
    rest = list(arguments)
    valued = {argument.name for argument in (*everywhere, *bare.arguments) if argument.takes_value}
    problem = None
    try:
        name = _take_name(rest, commands, valued)
    except UsageError as error:
        name, problem = "", error
    reader = _Reader(commands.get(name, bare), everywhere)
    reader.read(rest)
    wants_help = problem is None and reader.wants_help
    return CommandLine(
        name, reader.given, problem or reader.problem, wants_help, problem is None and reader.wants_version
    )


def _take_name(rest: list[str], commands: Mapping[str, Command], valued: set[str]) -> str:
    """Take the name of the command out of the line: "" for none, one word of two where help about both is wanted.

    Raises UsageError that names the nearest command when the word is not one.
    """
    first = _next_word(rest, 0, valued)
    if first is None:
        return ""
    word = rest.pop(first)
    if word == ASKING_FOR_HELP:
        rest.insert(0, HELP.name)
        return _take_name(rest, commands, valued)
    if word in commands:
        return word
    groups = {name.split()[0] for name in commands}
    if word not in groups:
        raise UsageError(Message("There is no command “{name}”{hint}", name=word, hint=did_you_mean(word, groups)))
    choices = [name.split()[1] for name in commands if name.startswith(f"{word} ")]
    second = _next_word(rest, first, valued)
    if second is None:
        if any(_has(option, rest) for option in ASKED_ABOVE_ALL):
            return word
        told = Message("“{command}” needs one of: {choices}", command=word, choices=", ".join(choices))
        raise UsageError(told)
    if rest[second] not in choices:
        hint = did_you_mean(rest[second], choices)
        raise UsageError(Message("“{command}” has no “{name}”{hint}", command=word, name=rest[second], hint=hint))
    return f"{word} {rest.pop(second)}"


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


def _before_values(arguments: Sequence[str]) -> Sequence[str]:
    """What stands before `--`, where options may be."""
    return arguments[: arguments.index(_ONLY_VALUES)] if _ONLY_VALUES in arguments else arguments


def _has(option: Argument, arguments: Sequence[str]) -> bool:
    """Whether an option is given, by any of its names."""
    return not set(option.names).isdisjoint(_before_values(arguments))


class _Reader:
    """Reads what stands beside a command's name. The first thing that is wrong is kept, and the rest read all the same.

    What begins with a minus is an option, unless a figure may begin so or a space tells that it is a text; what stands
    after `--` is a value whatever it looks like.
    """

    def __init__(self, command: Command, everywhere: Sequence[Argument]) -> None:
        taken = {argument.name for argument in command.arguments}
        self._all = (*command.arguments, *(each for each in everywhere if each.name not in taken))
        self._options = {name: each for each in (*self._all, *ASKED_ABOVE_ALL) if each.is_option for name in each.names}
        self._places = [each for each in self._all if not each.is_option]
        self._command = command
        self._left: list[str] = []
        self.given = Arguments(**{each.attribute: None if each.takes_value else False for each in self._all})
        self.problem: UsageError | None = None
        self.wants_help = self.wants_version = False

    def read(self, arguments: Sequence[str]) -> None:
        """Read them all."""
        options = list(_before_values(arguments))
        self.wants_help, self.wants_version = _has(HELP, options), _has(VERSION, options)
        values = arguments[len(options) + 1 :]
        while options:
            word = options.pop(0)
            if self._is_value(word):
                self._take_word(word)
            else:
                self._take_option(word, options)
        for value in values:
            self._take_word(value)
        self._look_for_missing()
        if self._left:
            name = self._left[0].partition("=")[0].strip()
            known = [each.name for each in self._all if each.is_option]
            self._refuse(Message("The argument “{name}” is not known{hint}", name=name, hint=did_you_mean(name, known)))

    def _is_value(self, word: str) -> bool:
        if not word.startswith("-") or word == "-":
            return True
        if word.partition("=")[0] in self._options:
            return False
        return " " in word or _NEGATIVE_FIGURE.match(word) is not None

    def _take_word(self, word: str) -> None:
        if self._places and self._places[0].takes_rest:
            place = self._places[0]
            before: str = getattr(self.given, place.attribute) or ""
            self._put(place, f"{before} {word}")
        elif self._places:
            self._put(self._places.pop(0), word)
        else:
            self._left.append(word)

    def _take_option(self, word: str, following: list[str]) -> None:
        name, has_value, value = word.partition("=")
        option = self._options.get(name)
        if option is None:
            self._left.append(word)
        elif not option.takes_value:
            if has_value:
                self._refuse_usage(
                    Message("argument {name}: ignored explicit argument {value}", name=name, value=repr(value))
                )
            setattr(self.given, option.attribute, True)
        elif has_value:
            self._put(option, value)
        elif following and self._is_value(following[0]):
            self._put(option, following.pop(0))
        else:
            self._refuse_usage(Message("argument {name}: expected one argument", name=name))

    def _put(self, argument: Argument, text: str) -> None:
        """Set an argument: without spaces around it, and one of the choices where there are such."""
        text = text.strip()
        if argument.completes in _NAMES_OF_THEIR_OWN and not argument.is_option and not text:
            self._refuse(Message("“{name}” is empty: write a name", name=argument.name))
        elif argument.choices and text not in argument.choices:
            choices, hint = ", ".join(argument.choices), did_you_mean(text, argument.choices)
            self._refuse(Message("“{name}” is not one of {choices}{hint}", name=text, choices=choices, hint=hint))
        else:
            setattr(self.given, argument.attribute, text)

    def _look_for_missing(self) -> None:
        missing: list[Value] = [
            each.value if each.value is not None and not each.is_option else each.name
            for each in self._all
            if (each in self._places and not each.may_be_left_out)
            or (each.is_required and getattr(self.given, each.attribute) is None)
        ]
        if missing:
            # Said when the language that was asked for is spoken.
            names = reduce(lambda first, second: Message("{first}, {second}", first=first, second=second), missing)
            self._refuse_usage(Message("the following arguments are required: {names}", names=names))

    def _refuse_usage(self, problem: Message) -> None:
        command = f"{PROGRAM} {self._command.name}".strip()
        self._refuse(Message("{problem}\nSee {help}", problem=problem, help=f"{command} --help"))

    def _refuse(self, problem: Message) -> None:
        self.problem = self.problem or UsageError(problem)
