"""Units as people write them after a number, and whether a written one agrees with the indicator's."""

from __future__ import annotations

from decimal import Context, Decimal
from functools import lru_cache
from typing import Final

_SAME: Final = (
    ("%", "procent", "pct"),
    ("procentenheter", "procentenhet", "%-enheter", "%-enhet"),
    ("dagar", "dag", "dgr", "dygn", "kalenderdagar"),
    ("veckor", "vecka", "v"),
    ("månader", "månad", "mån"),
    ("år",),
    ("timmar", "timme", "tim", "h"),
    ("minuter", "minut", "min"),
    ("kr", "kronor", "krona", "sek", ":-", ":–", ",-"),
    ("tkr", "kkr", "tusen kronor", "tusen kr", "tsek", "ksek"),
    ("mkr", "mnkr", "miljoner kronor", "miljoner kr", "miljon kronor", "msek"),
    ("mdkr", "mdr", "miljarder kronor", "miljarder kr", "miljard kronor"),
    ("antal", "st", "stycken", "styck"),
    (
        *("index", "indexpoäng", "indexvärde", "indextal", "poäng"),
        *("nki", "nmi", "nbi", "nri", "nii", "nöi", "hme", "avi", "nkd"),
    ),
)
_CANONICAL: Final = {word: words[0] for words in _SAME for word in words}
# The power of ten between a scale of money and kronor: what is told in another one can be converted.
_MONEY: Final = {"kr": 0, "tkr": 3, "mkr": 6, "mdkr": 9}
_SHIFTING: Final = Context(prec=60)
_BEFORE: Final = frozenset({"index", "kr", "antal"})
"""Units that are also written before the number: NKI 78, SEK 500."""
_IN_THOUSANDS: Final = frozenset({"antal", "kr", "tkr", "dagar", "timmar", "minuter"})
"""Units of which there are thousands, and never thousandths."""
# What is counted may be said after the number of an indicator whose unit is "antal", and after a ratio.
_COUNTED: Final = frozenset(
    (
        *("personer", "person", "individer", "individ", "brukare", "kunder", "kund", "klienter", "klient"),
        *("deltagare", "medarbetare", "anställda", "chefer", "handläggare", "besökare", "patienter", "invånare"),
        *("barn", "ungdomar", "unga", "äldre", "vuxna", "föräldrar", "vårdnadshavare", "elever", "elev", "familjer"),
        *("hushåll", "hyresgäster", "respondenter", "svarande", "svar", "ärenden", "ärende", "anmälningar", "anmälan"),
        *("ansökningar", "beslut", "utredningar", "insatser", "uppdrag", "planer", "genomförandeplaner", "avtal"),
        *("åtgärder", "aktiviteter", "projekt", "tjänster", "e-tjänster", "avvikelser", "klagomål", "synpunkter"),
        *("rapporter", "mätningar", "kontroller", "egenkontroller", "granskningar", "undersökningar", "möten", "möte"),
        *("samtal", "besök", "tillfällen", "gånger", "gång", "ggr", "mål", "indikatorer", "frågor", "krav", "rutiner"),
        *("enheter", "enhet", "boenden", "boende", "verksamheter", "verksamhet", "avdelningar", "grupper", "team"),
        *("nämnder", "förvaltningar", "bolag", "kommuner", "områden", "stadsdelar", "skolor", "förskolor", "utförare"),
        *("leverantörer", "platser", "plats", "lägenheter", "bostäder", "familjehem", "fall", "händelser"),
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


def is_measure(word: str) -> bool:
    """Whether a word after a number says what it measures or counts; "v" may begin a week's number as well."""
    return is_known(word) and canonical(word) != "veckor"


def is_before(word: str, unit: str) -> bool:
    """Whether a word is the indicator's unit, and one that may stand before its number."""
    return canonical(word) in _BEFORE and agrees(word, unit)


@lru_cache(maxsize=256)
def is_in_thousands(unit: str) -> bool:
    """Whether a comma before three digits may stand between thousands: such a unit has no thousandths."""
    own = canonical(unit)
    return own in _IN_THOUSANDS or own in _COUNTED or own.startswith(("antal ", "kr/", "kr per ", "kronor per "))


def converted(number: Decimal, written: str, unit: str) -> Decimal | None:
    """What a number of one unit is in another scale of the same unit: 12,5 mnkr is 12 500 tkr. Otherwise None."""
    one, other = _MONEY.get(canonical(written)), _MONEY.get(canonical(unit))
    if one is None or other is None or not number:
        return None
    shifted = f"{number.scaleb(one - other, _SHIFTING):f}"
    return Decimal(shifted.rstrip("0").rstrip(".") if "." in shifted else shifted)


def is_money(unit: str) -> bool:
    """Whether a unit is kronor on any scale: what stands with a plus is a surplus."""
    return canonical(unit) in _MONEY


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
