"""Years, dates and periods as they stand in a text: the only numbers that are no figures (docs/rules.md, Times)."""

from __future__ import annotations

import re
from typing import Final

from kvaltui.model.pattern import pattern
from kvaltui.model.unit import is_measure

RAISED: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
YEAR: Final = r"(?:19|20)[0-9]{2}"
_YEARS: Final = rf"{YEAR}(?:\s?[/–-]\s?(?:{YEAR}|[0-9]{{2}}))?"
_MONTH: Final = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sep(?:t|tember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_PART_OF_YEAR: Final = (
    r"(?:(?:tertial|kvartal|halvår|delår|delårsrapport(?:en)?|delårsbokslut(?:et)?|tertialrapport(?:en)?|kv)\s?"
    r"[1-4](?:\s?[–-]\s?[1-4])?|[thqk][1-4]|(?:vecka|veckorna|v\.?)\s?[0-9]{1,2}(?:\s?[–-]\s?[0-9]{1,2})?"
    r"|[1-4]:[ae]\s(?:tertial|kvartal|halvår)(?:et)?)"
)
# Longer ones first: what is left of a date is no year.
TIME: Final = (
    rf"(?:{YEAR}-(?:[thq][1-4]|[01][0-9](?:-[0-3][0-9])?)|{_PART_OF_YEAR}[\s-]?{_YEARS}|{_YEARS}[\s-]?{_PART_OF_YEAR}"
    rf"|(?:den\s)?[0-3]?[0-9](?::[ae])?\s{_MONTH}(?:\s?{_YEARS})?|[0-3]?[0-9]/(?:1[0-2]|0?[1-9])(?:\s?[-–]?\s?{YEAR})?"
    rf"|{_MONTH}\s?{_YEARS}|{_PART_OF_YEAR}|{_YEARS}|var(?:t|je)?\s[2-9]:[ae]\sår)"
)
"""A pattern of one year, date or period, in any case; more than a year may be written `2023/24` or `2023–2024`."""

_TIME: Final = pattern(rf"(?<![\w.,]){TIME}(?![\w%])(?![.,][0-9])(?:\s*(%|[^\W\d_]+))?", re.IGNORECASE)
_A_YEAR: Final = pattern(YEAR)


def has_figure(text: str) -> bool:
    """Whether a text holds a number that is no year, date or period. `2012 personer` are people, not a year."""
    return _has_number(text) and _has_number(_TIME.sub(_without_time, text))


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return bool(_A_YEAR.fullmatch(text))


def _has_number(text: str) -> bool:
    # Raised ones are marks of footnotes, or belong to a unit.
    return any(character.isnumeric() and character not in RAISED for character in text)


def _without_time(found: re.Match[str]) -> str:
    word = found[1] or ""
    return found[0] if word and is_measure(word) else word
