"""From when a target holds: a period, a year in a text, or a text such as "vid mandatperiodens slut".

And the period that a target is measured from: `1 ny från 2018` (docs/rules.md, Before the year is over).
"""

from __future__ import annotations

import re
from typing import Final

from kvaltui.model.message import Message, Value
from kvaltui.model.moment import TIME, is_year
from kvaltui.model.pattern import pattern
from kvaltui.model.period import Period, PeriodError

_YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_THIS_YEAR = pattern(r"(?:helår|årets (?:slut|utgång)|årsskiftet|slutet av året|under året|i år)", re.IGNORECASE)
_BEFORE_TIME: Final = (
    r"(?:senast|till|till och med|t\.?\s?o\.?\s?m\.?|före|innan|vid|per|i|under|år|utgången av|slutet av|årsskiftet)"
)
_IN_WORDS: Final = (
    r"(?:(?:senast|till|under|inom|vid|i|utgången av|slutet av)\s)*(?:mandat|plan|avtals|program)?perioden"
    r"(?:s\s(?:slut|utgång))?|(?:(?:senast|till|vid|i|under|på)\s)*(?:årets\s(?:slut|utgång)|årsskiftet|slutet av året"
    r"|helår(?:et)?|helårsbasis)"
    r"|under året|i år|på\s(?:lång\s)?sikt|långsiktigt"
)
_AT_A_TIME: Final = rf"(?:{_BEFORE_TIME}\s)+{TIME}(?:\sårs\s(?:slut|utgång))?"
_HORIZON = pattern(rf"{_AT_A_TIME}|{_IN_WORDS}|{TIME}", re.IGNORECASE)
# A year alone says from when only after a unit or a word: "85 2026" is two numbers.
_AT_THE_END = pattern(
    rf"(.*?[^\s,;])[\s,;]+({_AT_A_TIME}|{_IN_WORDS}|(?<=[%\w][\s,])(?<![0-9][\s,]){TIME})\.?",
    re.IGNORECASE | re.DOTALL,
)
_SORT: Final = r"(?:[htq]|tertial\s?|kvartal\s?|halvår\s?)"
_FROM_A_PERIOD = pattern(
    r"(.*\S)\s(?:från|sedan|jämfört med|i förhållande till|mot|som|än)\s(?:år\s)?"
    rf"(?:({_SORT})([1-4])[\s-])?(20[0-9]{{2}})(?:[\s-]({_SORT})([1-4])|-([0-9]{{2}}))?\.?",
    re.IGNORECASE,
)
_LETTERS: Final = {"t": "T", "k": "Q", "q": "Q", "h": "H"}


def later_horizon(text: str, period: Period) -> Value | None:
    """A target's horizon where the period lies before it, otherwise None.

    A period or the last year in the text is compared with the period; a text about the end of the year lies ahead of
    what is followed up within it; any other ("vid mandatperiodens slut") lies ahead.
    """
    try:
        horizon = Period.parse(text)
    except PeriodError:
        years = _YEAR.findall(text)
        if years:
            return text if period.end < Period(max(map(int, years))).end else None
        return text if period.is_interim or not _THIS_YEAR.search(text) else None
    return Message("at the end of {period}", period=horizon) if period.end < horizon.end else None


def is_horizon(text: str) -> bool:
    """Whether a text says from when a target holds, and nothing else."""
    return bool(_HORIZON.fullmatch(text.strip()))


def split_horizon(text: str) -> tuple[str, str]:
    """A target's text without what it says at its end of when it holds, and that ("" where it says nothing)."""
    found = _AT_THE_END.fullmatch(text)
    return (found[1], " ".join(found[2].split())) if found else (text, "")


def only_year(horizon: str) -> str:
    """The year of a horizon that might be a level as well, as in "till 2026"; "" of any other."""
    before, _, last = horizon.rpartition(" ")
    return last if before.casefold() in ("till", "till och med", "") and is_year(last) else ""


def split_base_period(text: str) -> tuple[str, Period] | None:
    """A target's text without the period that it is measured from, and that; None where it names none."""
    found = _FROM_A_PERIOD.fullmatch(text)
    if not found:
        return None
    sort, number, month = found[2] or found[5], found[3] or found[6], found[7]
    part = f"-{_LETTERS[sort[0].lower()]}{number}" if sort else f"-{month}" if month else ""
    try:
        return found[1], Period.parse(found[4] + part)
    except PeriodError:
        return None
