"""Swedish words in targets: numbers in words, and the words that may stand among figures."""

from __future__ import annotations

import re
from typing import Final

from kvaltui.model.pattern import pattern
from kvaltui.model.unit import is_known

_DIGITS: Final = {
    word: str(number)
    for number, word in enumerate(
        (
            *("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"),
            *("elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton", "tjugo"),
        )
    )
} | {"en": "1", "hundra": "100"}
_NUMBER_WORD: Final = pattern(rf"\b(?:{'|'.join(_DIGITS)})\b", re.IGNORECASE)
_WORD: Final = pattern(r"[^\W\d_]+")
_AMONG_FIGURES: Final = frozenset(
    (
        *("minst", "lägst", "minimum", "min", "åtminstone", "över", "mer", "fler", "större", "högre", "än"),
        *("högst", "max", "maximalt", "maximum", "inom", "under", "mindre", "färre", "lägre"),
        *("mellan", "och", "till", "av", "från", "med", "resp", "respektive", "eller", "ska", "skall"),
        *("ca", "cirka", "omkring", "bedömd", "bedömt", "öka", "ökar", "minska", "minskar", "bibehålla", "behålla"),
        *("ny", "nya", "nytt", "e"),
    )
)


def in_digits(text: str) -> str:
    """The text with its numbers from noll to tjugo, and hundra, in digits: `8 av 10` for `åtta av tio`."""
    return _NUMBER_WORD.sub(lambda word: _DIGITS[word[0].lower()], text)


def is_among_figures(word: str) -> bool:
    """Whether a word is of the grammar of targets in figures, or a unit."""
    return word in _AMONG_FIGURES or is_known(word)


def is_in_figures(text: str) -> bool:
    """Whether a text is built of figures, with no other words than those that stand among figures."""
    words = _WORD.findall(text.lower())
    return (not words or any(map(str.isdigit, text))) and all(map(is_among_figures, words))
