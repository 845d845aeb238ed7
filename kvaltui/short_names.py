"""Names of a list in the room that there is: shortened so that no two different ones look the same.

A name is shortened at its end where the names beside it differ before that, in the middle where only their ends tell
two apart, and where not even these do it ends with what differs. What a name looks like follows from the names of the
list and the width alone, whatever is asked for first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import count

from kvaltui.text_width import ELLIPSIS, beginning, cut, end, width_of

_DASHES = "–—−‐"
"""Nobody tells them apart at a glance: two names are not told apart by them while there is another way."""
_BETWEEN = "\0"
_TELLING = 8
"""So many characters of where a name differs from others are shown before it is shortened, where it has as many."""
_SHARES = (0.4, 0.2)
"""How much of the room its beginning takes where a name is shortened in the middle; the less where it must be so."""
_LOOSE_END = " -–,.(:"
_WORD_COSTS = 6
"""So many characters are left out at most for its end to begin at a word."""
_LEAST_ROOM = 3


class ShortNames:
    """The names of a list. One that is asked for and not among them is taken for one of them.

    To know them costs a sorting of all; each is shortened when it is asked for.
    """

    def __init__(self, names: Iterable[str], ellipsis: str = ELLIPSIS) -> None:
        self._ellipsis = ellipsis
        self._take(names)

    def _take(self, names: Iterable[str]) -> None:
        self._keys = _keys_of(frozenset(names))
        self._sorted = sorted(self._keys.values())
        self._is_plain = not any(self._ellipsis in name for name in self._keys)
        self._shortened: dict[tuple[str, int], str] = {}
        self._groups: dict[str, list[str]] = {}
        self._all: dict[int, dict[str, str]] = {}

    def short(self, name: str, width: int) -> str:
        """A name in at most `width` cells, whole where it fits.

        Two different names look different in any width that has room for an ellipsis and a number.
        """
        if width_of(name) <= width:
            return name
        found = self._shortened.get((name, width))
        if found is None:
            if name not in self._keys:
                self._take((*self._keys, name))
            found = self._shortened[name, width] = self._shorten(name, width)
        return found

    def _shorten(self, name: str, width: int) -> str:
        room = width - len(self._ellipsis)
        if room < _LEAST_ROOM:
            return cut(name, width, self._ellipsis)
        if self._is_plain and (plain := self._plainly(name, room)) is not None:
            return plain
        return self._all_at(width)[name]

    # By the beginning, or by the beginning and the end

    def _plainly(self, name: str, room: int) -> str | None:
        """The name cut at the end or in the middle; None where that does not tell it from all others."""
        tells = self._tells(name)
        kept = beginning(name, room)
        if tells <= len(kept):
            stripped = kept.rstrip(_LOOSE_END)
            return (stripped if len(stripped) >= tells else kept) + self._ellipsis
        return next((found for share in _SHARES if (found := self._in_the_middle(name, room, share))), None)

    def _in_the_middle(self, name: str, room: int, share: float) -> str | None:
        head = self._head(name, room, share)
        tail = end(name, room - width_of(head))
        least = 1 + self._longest_end(name, len(head))
        if least > len(tail) or len(tail) < _LEAST_ROOM:
            return None
        # Begin the end at a word where that costs little.
        at = tail.find(" ") + 1
        if 0 < at <= _WORD_COSTS + 1 and len(tail) - at >= max(least, _LEAST_ROOM):
            tail = tail[at:]
            longer = beginning(name, room - width_of(tail))
            # Of a word that would be cut there is enough in what it had before.
            ends = longer.rfind(" ")
            head = (longer[:ends] if ends >= len(head) and name[len(longer)] != " " else longer).rstrip(_LOOSE_END)
        return f"{head}{self._ellipsis}{tail}"

    def _head(self, name: str, room: int, share: float) -> str:
        return beginning(name, int(room * share)).rstrip(_LOOSE_END)

    def _tells(self, name: str) -> int:
        """How many characters of its beginning tell a name from all others."""
        return min(len(name), self._first_difference(name) + _TELLING)

    def _first_difference(self, name: str) -> int:
        return _longest_beginning(self._keys[name], self._sorted)

    def _longest_end(self, name: str, head: int) -> int:
        """How long an end a name has in common with another that has the same first characters, `head` of them."""
        key = self._keys[name]
        start = key[:head]
        group = self._groups.get(start)
        if group is None:
            first = bisect_left(self._sorted, start)
            after = bisect_left(self._sorted, f"{start}\U0010ffff") if start else len(self._sorted)
            group = self._groups[start] = sorted(each[::-1] for each in self._sorted[first:after])
        return _longest_beginning(key[::-1], group)

    # By whatever is left

    def _all_at(self, width: int) -> dict[str, str]:
        """All names that do not fit a width, each with a text that no other has."""
        texts = self._all.get(width)
        if texts is not None:
            return texts
        texts = self._all[width] = {}
        taken = {name for name in self._keys if width_of(name) <= width}
        room = width - len(self._ellipsis)
        later = []
        for name in sorted(self._keys.keys() - taken):
            plain = self._plainly(name, room)
            if plain is None or plain in taken:
                later.append(name)
            else:
                texts[name] = plain
                taken.add(plain)
        for name in later:
            texts[name] = next(each for each in self._other_ways(name, width) if each not in taken)
            taken.add(texts[name])
        return texts

    def _other_ways(self, name: str, width: int) -> Iterator[str]:
        """The name ended with what differs; failing that, numbered."""
        ellipsis, room = self._ellipsis, width - len(self._ellipsis)
        differs = self._first_difference(name)
        begins = name.rfind(" ", 0, differs) + 1
        if differs - begins > room // 4:
            begins = differs
        for share in _SHARES:
            head = self._head(name, room, share)
            if len(head) < begins:
                yield f"{head}{ellipsis}{cut(name[begins:], room - width_of(head), ellipsis)}"
        for number in count(2):
            kept = beginning(name, max(0, room - len(str(number)))).rstrip(_LOOSE_END)
            yield f"{kept}{ellipsis}{number}"


def short_names(names: Iterable[str], width: int) -> list[str]:
    """Some names in at most `width` cells each, in their order; what is said of `ShortNames` holds."""
    names = tuple(names)
    known = ShortNames(names)
    return [known.short(each, width) for each in names]


def _keys_of(names: frozenset[str]) -> dict[str, str]:
    """What each name is compared by, character for character."""
    # All in one text: this is asked of thousands of names before the first of them is drawn.
    text = _BETWEEN.join(names).lower().replace("\N{NO-BREAK SPACE}", " ")
    for dash in _DASHES:
        text = text.replace(dash, "-")
    keys = text.split(_BETWEEN)
    if len(set(keys)) < len(names) or list(map(len, keys)) != list(map(len, names)):
        return {name: name for name in names}
    return dict(zip(names, keys, strict=True))


def _longest_beginning(text: str, among: list[str]) -> int:
    """The longest beginning that a text has in common with another of some that are sorted."""
    at = bisect_left(among, text)
    after = at + 1 if at < len(among) and among[at] == text else at
    return max(
        _in_common(text, among[at - 1]) if at > 0 else 0, _in_common(text, among[after]) if after < len(among) else 0
    )


def _in_common(one: str, other: str) -> int:
    return next(
        (at for at, (mine, its) in enumerate(zip(one, other, strict=False)) if mine != its), min(len(one), len(other))
    )
