"""Every command of the program that has a key, and the user's own keys for them (`[keys]` in config.toml).

A command is a binding with an id. Bindings stand with the screens and widgets that they belong to; here they are
gathered, so that none is forgotten in the list of commands, in the settings or when the user's keys are checked.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from kvaltui import tui
from kvaltui.i18n import translated
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.value import dataclass
from kvaltui.setting import did_you_mean
from kvaltui.tui.terminal.keys import MENU_KEY, NoKey, is_typed, key_name, read_keys

Node = type[DOMNode]
MOVEMENT = frozenset({"down", "up", "page_down", "page_up", "first", "last"})
"""The commands that only move the cursor or scroll, the same in every list."""
_NOW = {"edit_indicator": "edit_whole", "quit_at_once": "quit", "fold": "fold_up"}
"""What commands are called now that had other names in earlier versions."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a key does: its id under `[keys]`, its name for the catalogue, and its keys by default."""

    id: str
    text: str
    keys: tuple[str, ...]
    is_always_there: bool = False

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return translated(self.text)

    @property
    def key_names(self) -> str:
        """Its keys by default, as they stand on the keyboard."""
        return ", ".join(key_name(key) for key in self.keys)


@dataclass(frozen=True, slots=True)
class Keymap:
    """The user's keys that can be used, by command, and what is wrong with the others."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[KvaltuiError, ...] = ()

    @property
    def for_textual(self) -> dict[str, str]:
        """The keys as Textual wants them."""
        return {command: ",".join(keys) for command, keys in self.keys.items()}


@cache
def nodes() -> tuple[Node, ...]:
    """Every app, screen and widget of the program, in the order of their modules."""
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    found = {
        each: None
        for name in sorted(sys.modules)
        if name.startswith(f"{tui.__name__}.")
        for each in vars(sys.modules[name]).values()
        if isinstance(each, type) and issubclass(each, DOMNode) and each.__module__ == name
    }
    return tuple(found)


def bindings_of(node: Node) -> dict[str, list[Binding]]:
    """The bindings of a class and of those that it inherits from, by command."""
    found: dict[str, list[Binding]] = {}
    for each in node.__mro__:
        own: dict[str, list[Binding]] = {}
        if each.__module__.startswith(f"{tui.__name__}."):
            for binding in Binding.make_bindings(vars(each).get("BINDINGS", ())):
                if binding.id:
                    own.setdefault(binding.id, []).append(binding)
        for command, bindings in own.items():
            found.setdefault(command, bindings)
    return found


@cache
def commands() -> Mapping[str, Command]:
    """Every command by its id, the program's own first.

    A command with other names and keys in other places has the name that it has most often, and all the keys.
    """
    found: dict[str, Command] = {}
    names: dict[str, Counter[str]] = {}
    for node in sorted(nodes(), key=_breadth):
        for id_, bindings in bindings_of(node).items():
            names.setdefault(id_, Counter())[bindings[0].description] += 1
            known = found.get(id_, Command(id_, "", ()))
            keys = dict.fromkeys((*known.keys, *(binding.key for binding in bindings)))
            text = names[id_].most_common(1)[0][0]
            is_always_there = known.is_always_there or any(binding.priority for binding in bindings)
            found[id_] = Command(id_, text, tuple(keys), is_always_there)
    return found


def keys_of(id_: str) -> tuple[str, ...]:
    """The keys that a command has by default, looked for first in what is imported already: that costs nothing."""
    known: list[Node] = [App, Screen, Widget]
    for node in known:
        known += (each for each in node.__subclasses__() if each not in known)
        if node.__module__.startswith(f"{tui.__name__}.") and id_ in (bound := _own_keys(node)):
            return bound[id_]
    return commands()[id_].keys


def _own_keys(node: Node) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for binding in Binding.make_bindings(vars(node).get("BINDINGS", ())):
        if binding.id:
            found[binding.id] = (*found.get(binding.id, ()), binding.key)
    return found


def _breadth(node: Node) -> int:
    """The program's own commands first, then those of screens, then those of what stands on them."""
    return 0 if issubclass(node, App) else 1 if issubclass(node, Screen) else 2


def commands_on(screen: Node) -> list[Command]:
    """The commands that a screen and the widgets on it have, those of the screen first."""
    found: dict[str, Command] = {}
    for node in (screen, *_standing_on(screen)):
        for id_, bindings in bindings_of(node).items():
            keys = tuple(binding.key for binding in bindings)
            found.setdefault(id_, Command(id_, bindings[0].description, keys))
    return list(found.values())


def read_keymap(written: Mapping[str, str]) -> Keymap:
    """The user's keys, checked: names that are known, keys that arrive, and no key twice in the same place.

    A key that cannot be used is left out, and its command keeps the one that it has by default. A command's letter in
    the menu and its other keys are changed each for itself.
    """
    problems: list[KvaltuiError] = []
    keys: dict[str, tuple[str, ...]] = {}
    for id_, text in written.items():
        command = commands().get(id_)
        try:
            if command is None:
                raise NoKey(_no_such(id_))
            read = read_keys(text, command.keys)
            if command.is_always_there and any(map(is_typed, read)):
                raise NoKey(Message("the command works while one is typing: give it a key that types nothing"))
            keys[id_] = _with_those_left(read, command.keys)
        except NoKey as error:
            problems.append(NoKey(error.message, field=id_))
    while (clash := next(_clashes(keys), None)) is not None:
        id_, other, key = clash
        del keys[id_]
        told = Message("{key} is already the key of: {other}", key=key_name(key), other=commands()[other].label)
        problems.append(NoKey(told, field=id_))
    return Keymap(keys, tuple(problems))


def _no_such(id_: str) -> Message:
    if id_ in _NOW:
        return Message("there is no such command any more; it is “{nearest}” now", nearest=_NOW[id_])
    return Message("there is no such command{hint}", hint=did_you_mean(id_, commands()))


def _with_those_left(read: tuple[str, ...], by_default: tuple[str, ...]) -> tuple[str, ...]:
    """The keys read, the menu's letter last; of a sort that none is given of, those that the command has by default."""
    direct, letters = _parted(read)
    direct_before, letters_before = _parted(by_default)
    return *(direct or direct_before), *(letters or letters_before)


def _parted(keys: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys that do something by themselves, and those in the menu."""
    letters = tuple(key for key in keys if key.startswith(MENU_KEY))
    return tuple(key for key in keys if key not in letters), letters


def tell(problem: KvaltuiError) -> Message:
    """A problem with a key, with the command that it stands at."""
    return Message("[keys] {command}: {problem}", command=problem.field, problem=problem.message)


def _clashes(keys: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    """Commands whose own keys belong to another command in the same place: the one, the other, and the key.

    A command keeps a key that is its own by default. Between two of the user's, the one that is written first stays.
    """
    own = list(keys)

    def rank(bound: tuple[str, str]) -> int:
        id_, key = bound
        return own.index(id_) if id_ in keys and key not in commands()[id_].keys else -1

    for place in places():
        taken: dict[str, str] = {}
        bound = [(id_, key) for id_, by_default in place.items() for key in keys.get(id_, by_default)]
        for id_, key in sorted(bound, key=rank):
            other = taken.setdefault(key, id_)
            if other != id_ and id_ in keys:
                yield id_, other, key


@cache
def places() -> tuple[dict[str, tuple[str, ...]], ...]:
    """For every place where a person can be, the keys by default of the commands that are there together."""
    everywhere = {id_: keys for node in nodes() if issubclass(node, App) for id_, keys in _keys_of(node).items()}
    # Letters are those of the menu, which a dialog need not have.
    always = {
        id_: tuple(key for key in keys if not key.startswith(MENU_KEY))
        for id_, keys in everywhere.items()
        if commands()[id_].is_always_there
    }
    found: list[dict[str, tuple[str, ...]]] = []
    for screen in (each for each in nodes() if issubclass(each, Screen)):
        around = {**(always if issubclass(screen, ModalScreen) else everywhere), **_keys_of(screen)}
        found += [around, *({**around, **_keys_of(inside)} for inside in _standing_on(screen))]
    return tuple(found)


def _keys_of(node: Node) -> dict[str, tuple[str, ...]]:
    return {id_: tuple(binding.key for binding in bindings) for id_, bindings in bindings_of(node).items()}


def _standing_on(screen: Node) -> Iterable[type[Widget]]:
    """The widgets with keys that may stand on a screen: those that its modules name."""
    found: dict[type[Widget], None] = {}
    for each in screen.__mro__:
        if each.__module__.startswith(f"{tui.__name__}."):
            for named in vars(sys.modules[each.__module__]).values():
                is_widget = isinstance(named, type) and issubclass(named, Widget) and not issubclass(named, Screen)
                if is_widget and bindings_of(named):
                    found[named] = None
    return found
