"""Finding a name by some of its letters: whole words, their beginnings, parts of them, or letters in their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

_INSIDE = 2
_OTHER_LETTERS = 3
_SCATTERED = 8

Thing = TypeVar("Thing")


def best(sought: str, things: Iterable[Thing], name: Callable[[Thing], str]) -> list[Thing]:
    """The things whose names have what is sought in them, the likest first; all of them when nothing is sought."""
    found = [(distance(sought, name(thing)), thing) for thing in things]
    known = [(far, thing) for far, thing in found if far is not None]
    return [thing for _far, thing in sorted(known, key=lambda each: each[0])]


def distance(sought: str, name: str) -> int | None:
    """How far a name is from what is sought: 0 begins with it; None has not all of its words.

    Every word sought has to be there, in any order. “å” is found as å; “a” finds å too, after every a.
    """
    plain = _plain(name)
    total = 0
    for word in _plain(sought).split():
        far = _distance_of(word, plain)
        if far is None:
            return None
        total += far
    return total


def has_words(sought: str, name: str) -> bool:
    """Whether every word sought, or a part of a word, stands as written in the name, in any order."""
    plain = _plain(name)
    return all(_place_of(word, plain) is not None or word in _bare(plain) for word in _plain(sought).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _bare(text: str) -> str:
    """The text without rings and dots, as whoever has no such keys writes it."""
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


def _distance_of(word: str, name: str) -> int | None:
    far = _place_of(word, name)
    if far is not None:
        return far
    far = _place_of(word, _bare(name))
    if far is not None:
        return far + _OTHER_LETTERS
    return _SCATTERED if len(word) > 1 and _has_in_order(word, name) else None


def _place_of(word: str, name: str) -> int | None:
    """0 at the beginning of the name, 1 at the beginning of a word, 2 inside of one."""
    at = name.find(word)
    if at < 0:
        return None
    if at == 0:
        return 0
    while at >= 0:
        if not name[at - 1].isalnum():
            return 1
        at = name.find(word, at + 1)
    return _INSIDE


def _has_in_order(word: str, name: str) -> bool:
    """Whether the name has the letters in their order, the first of them beginning a word."""
    for start, letter in enumerate(name):
        if letter == word[0] and (start == 0 or not name[start - 1].isalnum()):
            rest = iter(name[start + 1 :])
            if all(each in rest for each in word[1:]):
                return True
    return False
