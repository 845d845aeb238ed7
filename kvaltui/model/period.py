"""Periods of follow-up: 2022, 2022-H1, 2022-T1, 2022-Q3, 2022-04; their order and names (docs/rules.md, Periods)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from kvaltui.model.day import MONTHS
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.pattern import pattern
from kvaltui.model.value import dataclass


class Frequency(StrEnum):
    """How often something is followed up (`frequency` in a plan file)."""

    YEAR = "year"
    HALF_YEAR = "half-year"
    TERTIAL = "tertial"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def parts_of_year(self) -> int:
        """How many such periods a year has."""
        return _PARTS_OF_YEAR[self]


_PARTS_OF_YEAR = {
    Frequency.YEAR: 1,
    Frequency.HALF_YEAR: 2,
    Frequency.TERTIAL: 3,
    Frequency.QUARTER: 4,
    Frequency.MONTH: 12,
}
_PREFIX = {Frequency.HALF_YEAR: "H", Frequency.TERTIAL: "T", Frequency.QUARTER: "Q"}
_FREQUENCY_OF_PREFIX = {prefix: frequency for frequency, prefix in _PREFIX.items()}
_WRITTEN = pattern(r"([0-9]{4})(?:-(?:([HTQhtq])([1-4])|([0-9]{2})))?", re.ASCII)


class PeriodError(KvaltuiError):
    """A text that is not a period."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a numbered part of one. Written as in the plan file; ordered by its end, then the longer one last."""

    year: int
    frequency: Frequency = Frequency.YEAR
    number: int = 1

    @staticmethod
    def parse(text: str) -> Period:
        """Read `2022`, `2022-H1`, `2022-T1`, `2022-Q3` or `2022-04` (any case, spaces around ignored).

        Raises PeriodError for anything else.
        """
        return _parse(text.strip())

    def __str__(self) -> str:
        if self.frequency is Frequency.YEAR:
            return f"{self.year:04}"
        if self.frequency is Frequency.MONTH:
            return f"{self.year:04}-{self.number:02}"
        return f"{self.year:04}-{_PREFIX[self.frequency]}{self.number}"

    @property
    def message(self) -> Message:
        """The period's name for a reader: "2022", "tertial 1 2022", "april 2022"."""
        year = str(self.year)
        match self.frequency:
            case Frequency.YEAR:
                return Message("{year}", year=year)
            case Frequency.HALF_YEAR:
                return Message("half-year {number} {year}", number=self.number, year=year)
            case Frequency.TERTIAL:
                return Message("tertial {number} {year}", number=self.number, year=year)
            case Frequency.QUARTER:
                return Message("quarter {number} {year}", number=self.number, year=year)
            case Frequency.MONTH:
                return Message("{month} {year}", month=MONTHS[self.number - 1], year=year)

    @property
    def _last_month(self) -> int:
        return self.number * (12 // self.frequency.parts_of_year)

    @property
    def start(self) -> date:
        """The first day of the period."""
        return date(self.year, self._last_month - 12 // self.frequency.parts_of_year + 1, 1)

    @property
    def end(self) -> date:
        """The last day of the period."""
        if self._last_month == 12:
            return date(self.year, 12, 31)
        return date(self.year, self._last_month + 1, 1) - timedelta(days=1)

    @property
    def is_interim(self) -> bool:
        """Whether the year goes on after the period, so that a full-year target is still ahead."""
        return self._last_month != 12

    def is_over(self, today: date) -> bool:
        """Whether the last day of the period has passed."""
        return today > self.end

    @property
    def previous(self) -> Period:
        """The period of the same length just before."""
        if self.number > 1:
            return Period(self.year, self.frequency, self.number - 1)
        return Period(self.year - 1, self.frequency, self.frequency.parts_of_year)

    @property
    def next(self) -> Period:
        """The period of the same length just after."""
        if self.number < self.frequency.parts_of_year:
            return Period(self.year, self.frequency, self.number + 1)
        return Period(self.year + 1, self.frequency, 1)

    @property
    def _order(self) -> tuple[int, int, int]:
        return self.year, self._last_month, -self.frequency.parts_of_year

    def __lt__(self, other: Period) -> bool:
        return self._order < other._order

    def __le__(self, other: Period) -> bool:
        return self._order <= other._order


@cache
def _parse(text: str) -> Period:
    found = _WRITTEN.fullmatch(text)
    if found:
        year, prefix, part, month = found.groups()
        frequency = _FREQUENCY_OF_PREFIX[prefix.upper()] if prefix else Frequency.MONTH if month else Frequency.YEAR
        number = int(part or month or 1)
        if int(year) >= 1 and 1 <= number <= frequency.parts_of_year:
            return Period(int(year), frequency, number)
    raise PeriodError(
        Message("“{text}” is not a period: write 2022, 2022-H1, 2022-T1, 2022-Q3 or 2022-04", text=text), field="period"
    )
