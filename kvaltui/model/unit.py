"""Units as people write them after a number, and whether a written one agrees with the indicator's."""

from __future__ import annotations

from typing import Final

_SAME: Final = (
    ("%", "procent", "pct"),
    ("procentenheter", "procentenhet", "%-enheter", "%-enhet"),
    ("dagar", "dag", "dgr", "dygn"),
    ("veckor", "vecka", "v"),
    ("månader", "månad", "mån"),
    ("år",),
    ("timmar", "timme", "tim", "h"),
    ("minuter", "minut", "min"),
    ("kr", "kronor", "krona", "sek"),
    ("tkr", "tusen kronor", "tusen kr", "tsek"),
    ("mkr", "mnkr", "miljoner kronor", "miljoner kr", "msek"),
    ("antal", "st", "stycken", "styck"),
    ("index", "indexpoäng"),
)
_CANONICAL: Final = {word: words[0] for words in _SAME for word in words}
# What is counted may be said after the number of an indicator whose unit is "antal".
_COUNTED: Final = frozenset(
    (
        *(
            "personer",
            "person",
            "individer",
            "individ",
            "brukare",
            "kunder",
            "kund",
            "klienter",
            "deltagare",
            "medarbetare",
        ),
        *(
            "barn",
            "ungdomar",
            "elever",
            "elev",
            "familjer",
            "hushåll",
            "ärenden",
            "ärende",
            "anmälningar",
            "besök",
            "svar",
        ),
        *("platser", "plats", "möten", "gånger"),
    )
)


def canonical(unit: str) -> str:
    """The one spelling of a unit: "dgr." and "Dagar" are both "dagar"."""
    folded = " ".join(unit.casefold().split()).rstrip(".")
    return _CANONICAL.get(folded, folded)


def is_known(word: str) -> bool:
    """Whether a word after a number is surely a unit, whatever the indicator's own is."""
    unit = canonical(word)
    return unit in _CANONICAL or unit in _COUNTED


def is_counted(word: str) -> bool:
    """Whether a word says what is counted, such as "personer" or "st"."""
    return canonical(word) == "antal" or canonical(word) in _COUNTED


def is_percentage_points(word: str) -> bool:
    """Whether a unit says how far apart two percentages are."""
    return canonical(word) == "procentenheter"


def agrees(written: str, unit: str) -> bool:
    """Whether a unit written after a number is the indicator's. An indicator without a unit takes any known one."""
    if not unit:
        return is_known(written)
    word, own = canonical(written), canonical(unit)
    if own == "antal" or own.startswith("antal "):
        return is_counted(word) or word == own.removeprefix("antal ")
    return word == own
