"""Every command of the program that has a key, and the user's own keys for them (`[keys]` in config.toml).

They are gathered from `bindings`, where each stands by its place: no screen or widget is loaded to know its keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from textual.binding import Binding

from kvaltui.i18n import translated
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.value import dataclass
from kvaltui.setting import did_you_mean
from kvaltui.tui.terminal.bindings import EVERY_APP, PLACES, PROGRAM, Bindings, KeyPlace, place_called
from kvaltui.tui.terminal.keys import MENU_KEY, NoKey, is_typed, key_name, read_keys

MOVEMENT = frozenset({"down", "up", "page_down", "page_up", "first", "last"})
"""The commands that only move the cursor or scroll, the same in every list."""
_NOW = {"edit_indicator": "edit_whole", "quit_at_once": "quit", "fold": "fold_up", "copy_row": "copy", "link": "place"}
"""What commands are called now that had other names in earlier versions."""


@dataclass(frozen=True, slots=True)
class KeyCommand:
    """Something that a key does: its id under `[keys]`, its name for the catalogue, and its keys by default."""

    id: str
    text: str
    keys: tuple[str, ...]
    is_always_there: bool = False
    actions: frozenset[str] = frozenset()
    """The names of the actions that do it on a screen or list, where it is asked for by its place (`commands_on`)."""

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


def bound(stack: Iterable[Bindings]) -> dict[str, list[Binding]]:
    """The bindings of a class and of those that it is made from, by command: the nearest class that has it decides."""
    found: dict[str, list[Binding]] = {}
    for each in stack:
        own: dict[str, list[Binding]] = {}
        for binding in Binding.make_bindings(each):
            own.setdefault(binding.id or "", []).append(binding)
        for command, bindings in own.items():
            found.setdefault(command, bindings)
    return found


def _stacks() -> Iterator[tuple[Bindings, ...]]:
    """The bindings of the program, of its screens and dialogs, and of what stands on them."""
    yield PROGRAM, EVERY_APP
    yield from (place.own for place in PLACES.values())
    yield from (stack for place in PLACES.values() for stack in place.inside)


@cache
def commands() -> Mapping[str, KeyCommand]:
    """Every command by its id, the program's own first.

    A command with other names and keys in other places has the name that it has most often, and all the keys.
    """
    found: dict[str, KeyCommand] = {}
    names: dict[str, Counter[str]] = {}
    for stack in _stacks():
        for id_, bindings in bound(stack).items():
            names.setdefault(id_, Counter())[bindings[0].description] += 1
            known = found.get(id_, KeyCommand(id_, "", ()))
            keys = dict.fromkeys((*known.keys, *(binding.key for binding in bindings)))
            text = names[id_].most_common(1)[0][0]
            is_always_there = known.is_always_there or any(binding.priority for binding in bindings)
            found[id_] = KeyCommand(id_, text, tuple(keys), is_always_there)
    return found


def commands_on(place: str) -> list[KeyCommand]:
    """The commands that a screen and the widgets on it have, those of the screen first."""
    found: dict[str, KeyCommand] = {}
    here = place_called(place)
    for stack in (here.own, *here.inside):
        for id_, bindings in bound(stack).items():
            keys = tuple(binding.key for binding in bindings)
            actions = frozenset(_name_of_action(binding.action) for binding in bindings)
            found.setdefault(id_, KeyCommand(id_, bindings[0].description, keys, actions=actions))
    return list(found.values())


def _name_of_action(action: str) -> str:
    """The name of an action without whose it is and what it is given: "screen.move(1)" is "move"."""
    return action.partition("(")[0].rpartition(".")[2]


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

    def rank(keyed: tuple[str, str]) -> int:
        id_, key = keyed
        return own.index(id_) if id_ in keys and key not in commands()[id_].keys else -1

    for place in places():
        taken: dict[str, str] = {}
        keyed = [(id_, key) for id_, by_default in place.items() for key in keys.get(id_, by_default)]
        for id_, key in sorted(keyed, key=rank):
            other = taken.setdefault(key, id_)
            if other != id_ and id_ in keys:
                yield id_, other, key


@cache
def places() -> tuple[dict[str, tuple[str, ...]], ...]:
    """For every place where a person can be, the keys by default of the commands that are there together."""
    return tuple(keys for place in PLACES.values() for keys in _keys_in(place))


def _keys_in(place: KeyPlace) -> Iterator[dict[str, tuple[str, ...]]]:
    everywhere = _keys_of((PROGRAM, EVERY_APP))
    if place.is_dialog:
        # Letters are those of the menu, which a dialog need not have.
        everywhere = {
            id_: tuple(key for key in keys if not key.startswith(MENU_KEY))
            for id_, keys in everywhere.items()
            if commands()[id_].is_always_there
        }
    around = {**everywhere, **_keys_of(place.own)}
    yield around
    yield from ({**around, **_keys_of(stack)} for stack in place.inside)


def _keys_of(stack: Iterable[Bindings]) -> dict[str, tuple[str, ...]]:
    return {id_: tuple(binding.key for binding in bindings) for id_, bindings in bound(stack).items()}
