"""Periods as people write them: T1 2024, 2024 T1, tertial 1 2024, april 2024. Files hold them in one way only."""

from __future__ import annotations

import re
from typing import Final

from kvaltui.model.clean import tidy
from kvaltui.model.day import MONTH_NUMBERS
from kvaltui.model.pattern import pattern
from kvaltui.model.period import Period

_PREFIXES: Final = {
    **dict.fromkeys(("h", "halvår", "half-year", "half year"), "H"),
    **dict.fromkeys(("t", "tertial"), "T"),
    **dict.fromkeys(("q", "kvartal", "quarter"), "Q"),
}
_YEAR: Final = "(?P<year>[0-9]{4})"
_PART: Final = rf"(?P<prefix>{'|'.join(sorted(_PREFIXES, key=len, reverse=True))}) ?(?P<number>[1-4])"
_MONTH: Final = rf"(?P<month>{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\.?"
_BETWEEN: Final = "[-/, ]*"
_WRITTEN: Final = tuple(
    pattern(source, re.ASCII)
    for source in (
        f"{_PART}{_BETWEEN}{_YEAR}",
        f"{_YEAR}{_BETWEEN}{_PART}",
        f"{_MONTH}{_BETWEEN}{_YEAR}",
        f"{_YEAR}{_BETWEEN}{_MONTH}",
        f"(?:helår|helåret|år|year) {_YEAR}",
    )
)


def parse_written_period(text: str) -> Period:
    """The period that a person means. Raises PeriodError, which says what was expected, for what is none."""
    written = tidy(text).casefold()
    found = next((found for each in _WRITTEN if (found := each.fullmatch(written))), None)
    if found is None:
        return Period.parse(text)
    parts = found.groupdict()
    if parts.get("prefix"):
        return Period.parse(f"{parts['year']}-{_PREFIXES[parts['prefix']]}{parts['number']}")
    if parts.get("month"):
        return Period.parse(f"{parts['year']}-{MONTH_NUMBERS[parts['month']]:02}")
    return Period.parse(parts["year"])
