"""The Swedish alphabet: how names stand in every list, find and report that is not in the plan's own order.

Words before letters, so that a name stands before the longer one that begins with it; then numbers by what they count
(“Avdelning 2” before “Avdelning 10”), then a to z with w as a letter of its own, å, ä and ö last in that order, and
letters of other alphabets after them. Accents, case and punctuation tell apart only what is otherwise the same.
"""

from __future__ import annotations

import unicodedata
from typing import TypeAlias

_SPACE, _NUMBER, _LETTER, _OTHER = range(4)
_ALPHABET = {letter: place for place, letter in enumerate("abcdefghijklmnopqrstuvwxyzåäö")}
# As the dictionaries of the Swedish Academy place them; every other accent is that of the letter beneath it.
_AS = {"æ": "ä", "ø": "ö", "œ": "ö", "ő": "ö", "ü": "y", "ű": "y", "ð": "d", "đ": "d", "þ": "th", "ł": "l"}

Key: TypeAlias = tuple[tuple[tuple[int, int, str], ...], str, str]


def swedish_order(text: str) -> Key:
    """What to sort a text by. Only the same text has the same key, so the order never depends on where one began."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return tuple(_pieces(plain)), plain, text


def _pieces(text: str) -> list[tuple[int, int, str]]:
    """The letters, numbers and gaps between words of a text; punctuation is passed over."""
    pieces: list[tuple[int, int, str]] = []
    digits, is_gap = "", False
    for character in f"{text}\0":
        if character.isdecimal():
            digits += str(unicodedata.decimal(character))
            continue
        found = _letters(character)
        if digits:
            # A number of any length is compared without being computed: the longer is the greater.
            number = digits.lstrip("0")
            found = [(_NUMBER, len(number), number), *found]
            digits = ""
        if found:
            pieces += [(_SPACE, 0, ""), *found] if is_gap and pieces else found
        is_gap = character.isspace() or (is_gap and not found)
    return pieces


def _letters(character: str) -> list[tuple[int, int, str]]:
    letters = []
    for letter in _AS.get(character, character):
        bare = letter if letter in _ALPHABET else unicodedata.normalize("NFD", letter)[0]
        if bare in _ALPHABET:
            letters.append((_LETTER, _ALPHABET[bare], ""))
        elif unicodedata.category(bare)[0] in "LN":
            letters.append((_OTHER, 0, bare))
    return letters
