"""Finding things by words of what they are called, in any order: whole words, their beginnings, parts of them.

Small and capital letters are the same. “å” is found as å; “a” finds å too, after every a. What something is found by is
made ready once (`Findable`); a search then only compares, so that thousands of names cost some milliseconds a key.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum

from kvaltui.model.pattern import pattern
from kvaltui.model.value import dataclass

_WORDS = pattern(r"\w+")
_MARKS = dict.fromkeys(range(0x300, 0x370))
"""The rings, dots and accents that stand over letters; each is left out."""


class Likeness(IntEnum):
    """How well what is sought fits a name, the best first."""

    SAME = 0
    """All the words of the name; or just what else something is called, in its order."""
    WORDS = 1
    """Whole words of the name."""
    WORDS_OTHERWISE = 2
    """Whole words of the name and of what else it is found by."""
    BEGINS = 3
    """The beginnings of words of the name."""
    BEGINS_OTHERWISE = 4
    """The same, of the name and of what else it is found by."""
    INSIDE = 5
    """Parts of words."""


@dataclass(frozen=True, slots=True)
class Likely:
    """How well something fits: `is_bare` where its å, ä or ö were sought as a or o."""

    likeness: Likeness
    is_bare: bool

    @property
    def order(self) -> int:
        """The less, the likelier it is meant."""
        return 2 * self.likeness + self.is_bare


@dataclass(frozen=True, slots=True)
class Findable:
    """What something is found by, ready to be compared: its name, and other words for it, with and without rings."""

    name: str
    also: str
    bare_name: str
    bare_also: str
    everything: str
    word_count: int
    called: frozenset[str]

    @staticmethod
    def of(name: str, *also: str) -> Findable:
        """Make a name ready, and what else is to find it: its other names, its key, its synonyms, where it stands."""
        words, others = words_of(name), words_of(" ".join(also))
        plain, other = f" {' '.join(words)} ", f" {' '.join(others)} "
        bare, bare_other = _bare(plain), _bare(other)
        called = frozenset(" ".join(words_of(each)) for each in also) if len(also) > 1 else frozenset((other.strip(),))
        return Findable(plain, other, bare, bare_other, f"{plain}{other}{bare}{bare_other}", len(words), called)

    def likely(self, sought: Sequence[str]) -> Likely | None:
        """How well words that are sought (`words_of`) fit; None where one of them is in none of its words."""
        for word in sought:
            if word not in self.everything:  # most of what there is, at little cost
                return None
        worst, is_bare, has_other = Likeness.WORDS, False, False
        for word in sought:
            found = _found(word, self.name, self.also)
            if found is None:
                is_bare = True
                found = _found(word, self.bare_name, self.bare_also)
                if found is None:
                    return None
            worst = max(worst, found[0])
            has_other = has_other or found[1]
        if worst is Likeness.WORDS:
            if " ".join(sought) in self.called or (not has_other and self.word_count == len(sought)):
                worst = Likeness.SAME
            elif has_other:
                worst = Likeness.WORDS_OTHERWISE
        elif worst is Likeness.BEGINS and has_other:
            worst = Likeness.BEGINS_OTHERWISE
        return Likely(worst, is_bare)


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared; a text without any letter or digit is one word as it stands."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return _WORDS.findall(plain) or plain.split()


def has_words(sought: str, name: str) -> bool:
    """Whether every word sought, or a part of a word, stands as written in the name, in any order."""
    plain = unicodedata.normalize("NFC", name).casefold()
    bare = _bare(plain)
    return all(word in plain or word in bare for word in unicodedata.normalize("NFC", sought).casefold().split())


def best(sought: str, names: Iterable[str]) -> list[str]:
    """The names that have every word that is sought, the likeliest first; all of them when nothing is sought."""
    words = words_of(sought)
    if not words:
        return list(names)
    found = [(likely.order, name) for name in names if (likely := Findable.of(name).likely(words)) is not None]
    return [name for _order, name in sorted(found, key=lambda each: each[0])]


def _found(word: str, name: str, also: str) -> tuple[Likeness, bool] | None:
    """How a word stands in a name or, after that, in what else there is to find it by, which is told."""
    for beginning, likeness in ((f" {word} ", Likeness.WORDS), (f" {word}", Likeness.BEGINS), (word, Likeness.INSIDE)):
        if beginning in name:
            return likeness, False
        if beginning in also:
            return likeness, True
    return None


def _bare(text: str) -> str:
    """The text without rings and dots, as whoever has no such keys writes it."""
    return text if text.isascii() else unicodedata.normalize("NFD", text).translate(_MARKS)
