"""Text <-> Decimal: the one reader and writer of numbers as they are written in Swedish."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from kvaltui.model.clean import excerpt, tidy
from kvaltui.model.message import Message, UnreadableValue
from kvaltui.model.pattern import pattern

MAX_LENGTH: Final = 200
"""Longest text that is tried as a number, in characters."""
MAX_DIGITS: Final = 30
"""Most digits of a number, zeros in front of it not counted."""

NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"
# Hyphen-minus, minus and en dash, and the hyphens that word processors put in their place.
_MINUS_SIGNS: Final = "-\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
DASHES: Final = re.escape(_MINUS_SIGNS)
"""The signs that may stand for a minus, to be put between brackets in a pattern."""

SPACES: Final = " \u00a0\u2009\u202f"
"""The spaces that may stand around a number and between its groups."""
_PLAIN: Final = pattern(
    rf"([+{DASHES}])?([0-9]{{1,3}}(?:[{SPACES}][0-9]{{3}})+|[0-9]{{1,30}})(?:([.,])([0-9]{{1,30}}))?"
)
_NUMBER: Final = pattern(rf"([+{DASHES}])?([0-9]{{1,3}}(?: [0-9]{{3}})+|[0-9]+)(?:([.,])([0-9]+))?")
_DOTTED_GROUPS: Final = pattern(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3}){2,}(?:,[0-9]+)?|\.[0-9]{3},[0-9]+)")
_COMMA_GROUPS: Final = pattern(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)")
_EXPONENT: Final = pattern(rf"[+{DASHES}]?[0-9][0-9.,]*e[+{DASHES}]?[0-9]+(?: ?%)?", re.IGNORECASE)
_NOT_FINITE: Final = pattern(rf"[+{DASHES}]?(?:nan|inf|infinity|∞)(?: ?%)?", re.IGNORECASE)
_MINUS_APART: Final = pattern(rf"[{DASHES}] [0-9][0-9 .,]*")
_SEVERAL: Final = pattern(r"[0-9][0-9.,]*(?:[ \n][0-9.,]+)+")


class NumberError(UnreadableValue):
    """A text that is not a number, or that may be more than one."""


def parse_number(text: str) -> Decimal:
    """Read a number exactly as it is written: `86`, `25,06`, `5.1`, `−3 420`, `1 473 495`.

    Comma or dot before decimals, any kind of space between groups of three digits, hyphen, minus or en dash before
    negative numbers (docs/rules.md, Outcomes). Raises NumberError for anything else, among
    it `12.500`, which may be a thousand or a decimal, and more than 30 digits.
    """
    if len(text) > MAX_LENGTH:
        raise too_long(text)
    tidied = tidy(text)
    found = _NUMBER.fullmatch(tidied)
    if not found:
        raise NumberError(_complaint(tidied))
    return _read(found)


def read_plain(text: str) -> Decimal | None:
    """The number of text that is nothing else, with spaces around it perhaps: the quick way for what is written most.

    None where the text must be read with more care. Raises NumberError as `parse_number`.
    """
    bare = text.strip(SPACES)
    digits = bare.replace(",", "", 1)
    if not digits[-1:].isdecimal():
        return None
    if digits.isascii() and digits.isdecimal() and len(digits) <= MAX_DIGITS and bare[0] != "," != bare[-1]:
        return Decimal(bare.replace(",", "."))
    found = _PLAIN.fullmatch(bare)
    return _read(found) if found else None


def write_number(number: Decimal, *, decimal_mark: str = ",", group: str = NO_BREAK_SPACE, minus: str = MINUS) -> str:
    """Write every digit of a finite number, with `group` between groups of three: `1 473 495`, `−3 420`, `0,76`.

    `parse_number` reads what this writes with its own marks as the same number.
    """
    whole, _, decimals = f"{number.copy_abs():,f}".partition(".")
    written = whole.replace(",", group) + (decimal_mark + decimals if decimals else "")
    return minus + written if number < 0 else written


def is_machine_number(text: str) -> bool:
    """Whether tidied text is what programs, but not people, take for a number: `1e5`, `NaN`, `inf`."""
    return bool(_NOT_FINITE.fullmatch(text) or _EXPONENT.fullmatch(text))


def too_long(text: str, most: int = MAX_LENGTH) -> NumberError:
    """The error for text of more than `most` characters, which is refused unread."""
    return NumberError(Message("“{text}” is too long: at most {most} characters", text=excerpt(text), most=most))


def _read(found: re.Match[str]) -> Decimal:
    """The number of a match whose first groups are sign, whole number, decimal mark and decimals."""
    sign, written, mark, decimals = found.group(1, 2, 3, 4)
    whole = written if written.isdigit() else "".join(filter(str.isdigit, written))
    if mark == "." and len(decimals) == 3 and len(written) <= 3 and whole.strip("0"):
        raise NumberError(
            Message(
                "“{text}”: do you mean {thousands} or {decimal}?",
                text=f"{sign or ''}{whole}.{decimals}",
                thousands=_signed(sign, whole + decimals),
                decimal=_signed(sign, f"{whole}.{decimals.rstrip('0') or '0'}"),
            )
        )
    if len(whole) + len(decimals or "") > MAX_DIGITS and len((whole + (decimals or "")).lstrip("0")) > MAX_DIGITS:
        raise NumberError(_too_many_digits(written))
    return _signed(sign, f"{whole}.{decimals}" if decimals else whole)


def _signed(sign: str | None, digits: str) -> Decimal:
    # Decimal's own minus would round to the context's precision; and zero has no sign.
    number = Decimal(digits)
    return number.copy_negate() if sign and sign in _MINUS_SIGNS and number else number


def _complaint(text: str) -> Message:
    """Why a text is not a number, as exactly as can be told."""
    shown = excerpt(text)
    if not text:
        return Message("Nothing is written: write a number such as {example}", example=Decimal("25.06"))
    if _NOT_FINITE.fullmatch(text):
        return Message("“{text}” is not a number that can be compared: write one in digits", text=shown)
    if _EXPONENT.fullmatch(text):
        return Message("“{text}”: write the number out in full, without an exponent", text=shown)
    if any(character.isdigit() and not character.isascii() for character in text):
        return Message("“{text}”: write the number with the digits 0–9", text=shown)
    bare = text.lstrip("+" + _MINUS_SIGNS)
    if "_" in text or "'" in text or "’" in text:
        return Message(
            "“{text}”: only spaces may stand between thousands, as in {example}", text=shown, example=1473495
        )
    if _DOTTED_GROUPS.fullmatch(bare):
        return _other_groups(text, bare.replace(".", "").replace(",", "."))
    if _COMMA_GROUPS.fullmatch(bare):
        return _other_groups(text, bare.replace(",", ""))
    if _MINUS_APART.fullmatch(text):
        return Message("“{text}”: write the minus sign next to the number", text=shown)
    if _SEVERAL.fullmatch(bare):
        return Message(
            "“{text}” may be more than one number: group thousands by three, as in {example}",
            text=shown,
            example=1473495,
        )
    return Message("“{text}” is not a number: write one such as {example}", text=shown, example=Decimal("25.06"))


def _other_groups(text: str, number: str) -> Message:
    if len(number) > MAX_DIGITS:
        return _too_many_digits(text)
    return Message(
        "“{text}”: only spaces may stand between thousands. Do you mean {number}?",
        text=excerpt(text),
        number=_signed(text[0], number),
    )


def _too_many_digits(text: str) -> Message:
    return Message("“{text}” has more than {most} digits", text=excerpt(text), most=MAX_DIGITS)
