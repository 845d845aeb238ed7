"""The text of config.toml: a new one with every key explained, and one in which nothing differs but what is changed.

A new text is written by tomli-w. In one that is there, tomlkit knows where each value stands, so that a person's
comments, order, blank lines and line ends stay as they are. It is loaded only for that: it is slow to load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kvaltui.config import KEYS_SECTION, SECTIONS, SETTINGS, Config, value_of
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.setting import Setting, SettingValue

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.container import Container
    from tomlkit.items import Item, Key, Table

_COMMENT_WIDTH = 98
_NO_LONGER_TRUE = (
    "# Ändras inställningarna i programmet skrivs filen om från början. Egna kommentarer följer då inte\n# med.\n",
    "# The program writes this file anew when settings are changed in it: comments of your own are not\n# kept.\n",
)
"""What the program itself wrote at the head of a file until it kept a person's comments."""

Say = Callable[[Message], str]


class CannotChange(Exception):
    """What is to be changed stands in the file in a way that tomlkit does not follow."""


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A key that gets a value, or with None is taken away."""

    section: str
    name: str
    value: SettingValue | None

    @property
    def line(self) -> str:
        """The key and its value as they stand in a file."""
        import tomli_w

        return tomli_w.dumps({self.name: self.value}).rstrip("\n")


def render(config: Config, say: Say = str) -> str:
    """The whole text of a config file with every key explained; `say` puts the comments into the reader's language."""
    import tomli_w

    lines = _comment(say, Message("The settings of kvaltui. Relative paths count from the folder of this file."))
    lines += _comment(
        say, Message("Comments of your own, and how the lines are set, stay when settings are changed in the program.")
    )
    for section in SECTIONS[:-1]:
        lines += ["", f"[{section}]"]
        for setting in SETTINGS:
            if setting.section == section:
                lines += _explanation(setting, say)
                lines.append(tomli_w.dumps({setting.name: value_of(config, setting)}).rstrip("\n"))
    lines += ["", f"[{KEYS_SECTION}]", *_explanation_of_keys(say)]
    return "\n".join(lines) + "\n" + tomli_w.dumps(dict(config.keys))


def changed(text: str, changes: Iterable[SettingChange], say: Say = str) -> str:
    """The text of a config file after some changes; all the rest of it stays as it is.

    A key that is lacking is added at the end of its section with its explanation, and so is a section.
    Raises CannotChange.
    """
    for untrue in _NO_LONGER_TRUE:
        text = text.replace(untrue, "", 1)
    newline = "\r\n" if 2 * text.count("\r\n") > text.count("\n") else "\n"
    has_end = not text or text.endswith("\n")
    if not has_end:
        text += newline
    for change in changes:
        text = _with(text, change, newline, say)
    return text if has_end else text.removesuffix(newline)


def _with(text: str, change: SettingChange, newline: str, say: Say) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        if not _replaced(document, change) and change.value is not None:
            _add(document, change, newline, say)
        return document.as_string()
    except (TOMLKitError, TypeError, ValueError, LookupError, AttributeError) as error:
        raise CannotChange from error


def _replaced(document: TOMLDocument, change: SettingChange) -> bool:
    """Give the key its value where it stands, or take it away there; whether it stood there."""
    from tomlkit.items import InlineTable, Table

    for table in _sections(document, change.section):
        if isinstance(table, InlineTable) and change.name in table:
            if change.value is None:
                table.remove(change.name)
            else:
                table[change.name] = change.value
            return True
        if isinstance(table, Table):
            body = table.value.body
            for at, (key, item) in enumerate(body):
                if key is not None and key.key == change.name:
                    body[at : at + 1] = [] if change.value is None else [(key, _in_place_of(item, change.value))]
                    return True
    return False


def _sections(document: TOMLDocument, section: str) -> list[Item]:
    """Where the keys of a section stand: under its heading, in braces, or each by its whole name."""
    return [item for key, item in document.body if key is not None and key.key == section]


def _in_place_of(old: Item, value: SettingValue) -> Item:
    """A value with what stands around the old one, and between the same quotes where it can be."""
    import tomlkit

    is_literal = isinstance(value, str) and "'" not in value and old.as_string().startswith("'")
    new: Item = tomlkit.string(str(value), literal=True) if is_literal else tomlkit.item(value)
    new.trivia.indent, new.trivia.trail = old.trivia.indent, old.trivia.trail
    new.trivia.comment_ws, new.trivia.comment = old.trivia.comment_ws, old.trivia.comment
    return new


def _add(document: TOMLDocument, change: SettingChange, newline: str, say: Say) -> None:
    """Add a key that is lacking."""
    from tomlkit.items import InlineTable, Table

    found = _sections(document, change.section)
    last = found[-1] if found else None
    if isinstance(last, InlineTable):
        last[change.name] = change.value
        return
    explained = _explained(change, say)
    body: Container | TOMLDocument = document
    if isinstance(last, Table):
        at = next(place for place, (_, item) in enumerate(document.body) if item is last)
        key = document.body[at][0]
        if key is not None and key.is_dotted():
            lines = [*explained, f"{key.as_string().strip()}.{change.line}"]
            at += 1
        else:
            indent, at = _end_of(last)
            lines = [indent + line for line in (*explained, change.line)]
            body = last.value
    else:
        at = len(document.body)
        lines = [f"[{change.section}]", *explained, change.line]
        if document.as_string().strip("\r\n"):
            lines.insert(0, "")
    body.body.insert(at, (None, tomlkit_text("".join(line + newline for line in lines))))


def tomlkit_text(text: str) -> Item:
    """Lines as they are, to stand among the items of a document."""
    import tomlkit

    return tomlkit.ws(text)


def _end_of(table: Table) -> tuple[str, int]:
    """How far the last key of a section is indented, and the place after it.

    In a section without keys that is the place after the comments that follow its heading.
    """
    from tomlkit.items import Comment

    body: list[tuple[Key | None, Item]] = table.value.body
    keys = [(item.trivia.indent, at + 1) for at, (key, item) in enumerate(body) if key is not None]
    if keys:
        return keys[-1]
    return "", next((at for at, (_, item) in enumerate(body) if not isinstance(item, Comment)), len(body))


def _explained(change: SettingChange, say: Say) -> list[str]:
    """The comment that stands above a key that is added; bindings are explained by their section."""
    setting = next((each for each in SETTINGS if each.key == f"{change.section}.{change.name}"), None)
    return _explanation(setting, say) if setting is not None else []


def _explanation(setting: Setting, say: Say) -> list[str]:
    lines = _comment(say, setting.comment)
    return lines if setting.default == "" else lines + _comment(say, _allowed(setting))


def _explanation_of_keys(say: Say) -> list[str]:
    lines = _comment(
        say,
        Message(
            "Keys of your own, each as: name of the command = key. F1 in the program shows the names. "
            "Characters are always typed and cannot be keys. For example a key, and a letter in the menu:"
        ),
    )
    return [*lines, '# "undo" = "Ctrl+T"', f'# "note" = "{say(Message("Space"))} x"']


def _allowed(setting: Setting) -> Message:
    import tomli_w

    default = tomli_w.dumps({"": setting.default}).partition(" = ")[2].strip()
    if setting.choices:
        return Message("Values: {choices}. Default: {default}.", choices=", ".join(setting.choices), default=default)
    if setting.limits:
        low, high = map(str, setting.limits)
        return Message("Values: {low} to {high}. Default: {default}.", low=low, high=high, default=default)
    return Message("Default: {default}.", default=default)


def _comment(say: Say, message: Message) -> list[str]:
    from textwrap import wrap

    return [f"# {line}" for line in wrap(say(message), _COMMENT_WIDTH, break_on_hyphens=False)]
