"""Days as people write them: 2027-06-30, 30/6 2027, 30 juni 2027, 30 juni; the day comes before the month."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import Final

from kvaltui.model.clean import excerpt, tidy
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.pattern import pattern

MONTH_NAMES: Final[tuple[tuple[str, ...], ...]] = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb", "febr"),
    ("mars", "march", "mar"),
    ("april", "apr"),
    ("maj", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("augusti", "august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
"""What the months are called, in Swedish and in English, whole and shortened."""
MONTH_NUMBERS: Final = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names}
MONTHS: Final = (
    Message("January"),
    Message("February"),
    Message("March"),
    Message("April"),
    Message("May"),
    Message("June"),
    Message("July"),
    Message("August"),
    Message("September"),
    Message("October"),
    Message("November"),
    Message("December"),
)
"""The names of the months, for a reader."""
_A_MONTH: Final = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_YEAR: Final = r" ?[-/., ] ?-?(?P<year>[0-9]{4}|[0-9]{2})"
_WRITTEN: Final = (
    pattern(r"(?P<year>[0-9]{4})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})", re.ASCII),
    pattern(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", re.ASCII),
    pattern(rf"(?:den )?(?P<day>[0-9]{{1,2}}) ?[/.] ?(?P<month>[0-9]{{1,2}})(?:{_YEAR})?", re.ASCII),
    pattern(rf"(?:den )?(?P<day>[0-9]{{1,2}})(?::[ae]|\.)? ?(?P<name>{_A_MONTH})\.?(?:{_YEAR})?", re.ASCII),
)
_CENTURY: Final = 2000
_YEARS_LOOKED_THROUGH: Final = 8
"""Between two days of the 29th of February lie eight years at most."""


class DayError(KvaltuiError):
    """A text that is not a day."""


class Towards(Enum):
    """Which of the days that a text without a year can mean is meant, seen from today."""

    FUTURE = "future"
    """The next one, today included: when something is due."""
    PAST = "past"
    """The last one, today included: when something was done."""


def parse_day(text: str, today: date, towards: Towards = Towards.FUTURE) -> date:
    """The day that a text means. Raises DayError, which says what was expected, for what is no day or could be several.

    Without a year it is the nearest such day, today or in the direction given. Two figures are a year of this century.
    """
    written = tidy(text).casefold()
    found = next((found for each in _WRITTEN if (found := each.fullmatch(written))), None)
    if found is None:
        raise DayError(
            Message("“{text}” is no day: write it as 2027-06-30, 30/6 2027 or 30 juni 2027", text=excerpt(text))
        )
    parts = found.groupdict()
    month = MONTH_NUMBERS[parts["name"]] if parts.get("name") else int(parts["month"])
    day, year = int(parts["day"]), parts["year"]
    step = 1 if towards is Towards.FUTURE else -1
    if year is not None:
        meant = _made(int(year) + (_CENTURY if len(year) == 2 else 0), month, day)
    else:
        made = (_made(today.year + step * each, month, day) for each in range(_YEARS_LOOKED_THROUGH + 1))
        meant = next((each for each in made if each is not None and step * (each - today).days >= 0), None)
    if meant is None:
        raise DayError(Message("There is no such day as {text}", text=excerpt(text)))
    return meant


def day_in_words(day: date) -> Message:
    """A day with the name of its month, for a reader: "30 juni 2027"."""
    return Message("{day} {month} {year}", day=day.day, month=MONTHS[day.month - 1], year=str(day.year))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
