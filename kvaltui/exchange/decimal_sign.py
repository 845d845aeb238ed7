"""Comma or point before the decimals: what the texts of a file say themselves, where no person has said it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Final

from kvaltui.model.clean import excerpt
from kvaltui.model.message import Message
from kvaltui.model.number import NumberError
from kvaltui.model.value import dataclass


class DecimalSign(StrEnum):
    """What stands before decimals; the other of the two may then stand between groups of three."""

    COMMA = "comma"
    POINT = "point"

    @property
    def other(self) -> DecimalSign:
        """The sign that then stands between groups."""
        return DecimalSign.POINT if self is DecimalSign.COMMA else DecimalSign.COMMA


_MARKS: Final = {DecimalSign.COMMA: ",", DecimalSign.POINT: "."}
_SPACE: Final = "[ \u00a0\u2009\u202f]"
_NUMBER: Final = re.compile(rf"[0-9]+(?:{_SPACE}[0-9]{{3}})*(?:[.,][0-9]+)+", re.ASCII)
_AMBIGUOUS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}", re.ASCII)
_GROUPED: Final = {
    sign: re.compile(
        rf"[1-9][0-9]{{0,2}}(?:{re.escape(_MARKS[sign.other])}[0-9]{{3}})+(?:{re.escape(_MARKS[sign])}[0-9]+)?"
    )
    for sign in DecimalSign
}
_WITH_DECIMALS: Final = {
    sign: re.compile(rf"[0-9]+(?:{_SPACE}[0-9]{{3}})*{re.escape(_MARKS[sign])}[0-9]+") for sign in DecimalSign
}


@dataclass(frozen=True, slots=True)
class DecimalSigns:
    """How the numbers in a file's texts are written.

    `given` is what a person says. `found` counts the numbers that can be read with one of the signs only. `is_strict`:
    a number that may be two is refused where nothing decides; otherwise it is read as a typed one.
    """

    found: Counter[DecimalSign]
    given: DecimalSign | None = None
    is_strict: bool = False

    @classmethod
    def of(cls, texts: Iterable[str], given: DecimalSign | None = None, *, is_strict: bool = False) -> DecimalSigns:
        """What the texts of a file say together."""
        return cls(Counter(sign for text in texts for sign in _told_by(text)), given, is_strict)

    def read(self, text: str) -> str:
        """The text with its numbers as a person types them. Raises NumberError for one that may be two."""
        sign = self.sign_for(text)
        if sign is not None:
            return _NUMBER.sub(lambda number: _typed(number[0], sign), text)
        if self.is_strict or len(self.found) > 1:
            for number in _NUMBER.findall(text):
                if _AMBIGUOUS.fullmatch(number):
                    raise _may_be_two(number)
        return text

    def sign_for(self, text: str) -> DecimalSign | None:
        """The sign that a person says, or that the other numbers of the file have; no number decides about itself."""
        if self.given is not None:
            return self.given
        if len(self.found) != 1:
            return None
        ((sign, count),) = self.found.items()
        return sign if count > sum(1 for _sign in _told_by(text)) else None


def _told_by(text: str) -> Iterator[DecimalSign]:
    """The signs of the numbers in a text that can be read with one sign only."""
    for number in _NUMBER.findall(text):
        if _AMBIGUOUS.fullmatch(number):
            continue
        for sign in DecimalSign:
            if _WITH_DECIMALS[sign].fullmatch(number) or _GROUPED[sign].fullmatch(number):
                yield sign


def _typed(number: str, sign: DecimalSign) -> str:
    """A number with this sign before its decimals as a person types it. Raises NumberError for one that has another."""
    if _WITH_DECIMALS[sign].fullmatch(number):
        return number.replace(".", ",")
    if _GROUPED[sign].fullmatch(number):
        return number.replace(_MARKS[sign.other], "").replace(".", ",")
    if not _WITH_DECIMALS[sign.other].fullmatch(number) and not _GROUPED[sign.other].fullmatch(number):
        return number  # a day such as 1.2.2023, or whatever else is no number
    problem = (
        Message("“{text}”: the file has a comma before decimals", text=excerpt(number))
        if sign is DecimalSign.COMMA
        else Message("“{text}”: the file has a point before decimals", text=excerpt(number))
    )
    raise NumberError(problem, field="value")


def _may_be_two(number: str) -> NumberError:
    whole, decimals = re.split("[.,]", number)
    return NumberError(
        Message(
            "“{text}”: do you mean {thousands} or {decimal}?",
            text=number,
            thousands=Decimal(whole + decimals),
            decimal=Decimal(f"{whole}.{decimals.rstrip('0') or '0'}"),
        ),
        field="value",
    )
