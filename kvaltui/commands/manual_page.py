"""The manual page: written in roff of what is declared of the commands, in the language that is spoken.

It is pure ASCII, so that it reads the same under every locale. Without any library: it is made as the program is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from kvaltui import __version__
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, OPEN
from kvaltui.commands.parser import ASKED_ABOVE_ALL, PROGRAM, Argument, Command
from kvaltui.commands.surroundings import EXIT_CODES, SURROUNDINGS
from kvaltui.i18n import _, say
from kvaltui.model.message import Message

_WIDTH = 78
_ESCAPES = {
    "\\": "\\e",
    "-": "\\-",
    "'": "\\(aq",
    '"': "\\(dq",
    "`": "\\(ga",
    "^": "\\(ha",
    "~": "\\(ti",
    "\N{NO-BREAK SPACE}": "\\ ",
}
"""What roff would take for something else, or print as what cannot be copied into a shell."""


def manual_page() -> str:
    """The whole page."""
    head = f".TH {PROGRAM.upper()} 1 {_quoted('')} {_quoted(f'{PROGRAM} {__version__}')} {_quoted(_('Manual'))}"
    lines = [
        '.\\" Made by kvaltui itself, of what is declared of its commands.',
        head,
        ".nh",  # an option that is broken with a hyphen is another one to whoever copies it
        ".ad l",
        *_section(_("NAME"), (f"{PROGRAM} \\- {_escaped(_('quality plans in the terminal'))}",)),
        *_section(_("SYNOPSIS"), _synopsis()),
        *_section(_("DESCRIPTION"), _text(say(OPEN.summary))),
        *_section(_("OPTIONS"), _arguments((*EVERYWHERE, *OPEN.arguments, *ASKED_ABOVE_ALL))),
        *_section(_("COMMANDS"), (line for command in COMMANDS.values() for line in _command(command))),
        *_section(_("EXIT STATUS"), _terms(EXIT_CODES)),
        *_section(_("ENVIRONMENT"), _terms(SURROUNDINGS)),
        *_section(_("FILES"), _terms(_FILES)),
    ]
    return "\n".join(lines) + "\n"


_FILES = (
    ("config.toml", Message("the settings of a working folder, in the folder you stand in")),
    ("~/.config/kvaltui/config.toml", Message("your own settings")),
    ("~/.local/share/kvaltui/db/", Message("the database and its backups, where there is no working folder")),
    ("~/.local/state/kvaltui/", Message("what the program remembers between its runs, and its log")),
)


def _section(name: str, lines: Iterable[str]) -> Iterator[str]:
    yield f".SH {_quoted(name)}"
    yield from lines


def _synopsis() -> Iterator[str]:
    yield f"\\fB{PROGRAM}\\fR [{_italic(_('OPTIONS'))}]"
    yield ".br"
    yield f"\\fB{PROGRAM}\\fR [{_italic(_('OPTIONS'))}] {_italic(_('COMMAND'))} [...]"


def _command(command: Command) -> Iterator[str]:
    yield f".SS {_quoted(command.name)}"
    usage = " ".join((_bold(f"{PROGRAM} {command.name}"), *map(_in_usage, command.arguments)))
    yield from (*_lines(usage), ".PP", *_text(_sentence(say(command.summary))))
    if command.details:
        yield from _text(say(command.details))
    yield from _arguments(command.arguments)


def _arguments(arguments: Iterable[Argument]) -> Iterator[str]:
    for each in arguments:
        yield ".TP"
        yield ", ".join((*map(_bold, each.names[:-1]), _written(each))) if each.is_option else _written(each)
        yield from _text(say(each.help))
        if each.choices and not (each.is_option and not each.unnamed_choices):
            yield from (".br", *_lines(", ".join(map(_bold, each.choices))))


def _terms(terms: Iterable[tuple[str, Message]]) -> Iterator[str]:
    for term, meaning in terms:
        yield from (".TP", _bold(term), *_text(say(meaning)))


def _in_usage(argument: Argument) -> str:
    written = _written(argument)
    is_needed = argument.is_required or not (argument.is_option or argument.may_be_left_out)
    return written if is_needed else f"[{written}]"


def _written(argument: Argument) -> str:
    """An argument as it is typed: names in bold, what stands for something in italics."""
    if not argument.is_option:
        return _italic(say(argument.value) if argument.value else argument.name)
    value = _italic(say(argument.value)) if argument.value else "|".join(map(_bold, argument.choices))
    return f"{_bold(argument.name)} {value}".rstrip()


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].removesuffix('.')}."


def _text(text: str) -> Iterator[str]:
    return _lines(_escaped(text))


def _lines(written: str) -> Iterator[str]:
    """Text that is escaped already, in lines of which none is a request."""
    for line in wrap(written, _WIDTH, break_long_words=False, break_on_hyphens=False):
        yield f"\\&{line}" if line.startswith(".") else line


def _bold(text: str) -> str:
    return f"\\fB{_escaped(text)}\\fR"


def _italic(text: str) -> str:
    return f"\\fI{_escaped(text)}\\fR"


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(each) or (each if each.isascii() else f"\\[u{ord(each):04X}]") for each in text)
