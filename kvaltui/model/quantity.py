"""The numeric core that outcomes and targets share: a number with its unit, an interval, an operator, a ratio."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from enum import StrEnum
from typing import Final

from kvaltui.model.clean import excerpt
from kvaltui.model.message import Message, Value
from kvaltui.model.number import (
    DASHES,
    NO_BREAK_SPACE,
    SPACES,
    NumberError,
    is_machine_number,
    parse_number,
    read_plain,
    write_number,
)
from kvaltui.model.pattern import pattern
from kvaltui.model.scale import Scale
from kvaltui.model.unit import agrees, converted, is_before, is_counted, is_in_thousands
from kvaltui.model.value import dataclass


class Operator(StrEnum):
    """How the ends of a numeric figure are to be understood."""

    EXACT = "="
    INTERVAL = "–"
    GREATER = ">"
    AT_LEAST = "≥"
    LESS = "<"
    AT_MOST = "≤"

    @property
    def is_upward(self) -> bool:
        """Whether the figure has a lower end only."""
        return self in (Operator.GREATER, Operator.AT_LEAST)


@dataclass(frozen=True, slots=True)
class Quantity:
    """The ends of a number, with the terms of a ratio where it was written as one."""

    low: Decimal | None = None
    high: Decimal | None = None
    operator: Operator = Operator.EXACT
    numerator: Decimal | None = None
    denominator: Decimal | None = None

    @property
    def is_number(self) -> bool:
        """Whether there is a numeric meaning to compare: an exact number or an interval, open or closed."""
        return self.low is not None or self.high is not None

    @property
    def exact(self) -> Decimal | None:
        """The number, where there is one and only one."""
        return self.low if self.operator is Operator.EXACT else None


class UnitError(NumberError):
    """A number whose unit is not the indicator's; `written` is the unit as written."""

    def __init__(self, message: Message, written: str) -> None:
        super().__init__(message)
        self.written = written


RATIO_CONTEXT: Final = Context(prec=28)
"""The precision that the value of a ratio is computed with, whatever the thread's own context is."""
_TWO: Final = 2
MAX_RATIO_DIGITS: Final = 12
"""Most digits of a ratio's terms, so that the value of every ratio is itself a number that can be written."""

_NOT: Final = "(?:inte|ej)"
_ALIKE: Final = "(?: eller lika med)"
OPERATOR_WORDS: Final = {
    Operator.AT_LEAST: r"≥|>=|=>|(?:minst|lägst|minimum|min\.?|åtminstone|från och med|som (?:lägst|minst)"
    rf"|{_NOT} (?:mindre|färre|lägre|kortare) än|{_NOT} under(?:stiga)?|(?:mer|fler|större|högre|längre) än{_ALIKE})",
    Operator.AT_MOST: r"≤|<=|=<|(?:(?:senast|högst|max\.?|maximalt) inom|inom (?:högst|max\.?)|högst|max\.?|maximalt"
    rf"|maximum|inom|som (?:mest|högst)|upp till|till och med|{_NOT} (?:mera?|flera?|större|högre|längre) än"
    rf"|{_NOT} över(?:stiga)?|(?:mindre|färre|lägre|kortare) än{_ALIKE})",
    Operator.GREATER: r">|(?:över|överstig(?:a|er)|(?:mera?|flera?|större|högre|längre) än)",
    Operator.LESS: r"<|(?:under|understig(?:a|er)|(?:mindre|färre|lägre|kortare|snabbare) än)",
}
_AFTER: Final = {
    Operator.AT_LEAST: r"mera?|flera?|högre|större|längre|över|uppåt",
    Operator.AT_MOST: r"mindre|färre|lägre|kortare|under|nedåt",
}
# More than a number may hold, so that what is wrong with it can be told: other scripts' digits, marks, a second number.
LOOSE_NUMBER: Final = rf"[+{DASHES}]?(?:[{DASHES}] )?\d[\d .,_'’\n]*"
UNIT: Final = r"%(?:-enhet(?:er)?)?|:[-–]|,-|[^\W\d_¼½¾][^\d()<>=≤≥±;|¼½¾]*?"

_OPERATORS = tuple(
    (operator, pattern(rf"(?:{words})(?![^\W\d_])\s*", re.IGNORECASE)) for operator, words in OPERATOR_WORDS.items()
)
_OPERATORS_AFTER = tuple(
    (operator, pattern(rf"(.+?)\s*\b(?:eller|och) (?:{words})\.?", re.IGNORECASE)) for operator, words in _AFTER.items()
)
_SIGNS: Final = {
    operator.value: operator for operator in (Operator.GREATER, Operator.AT_LEAST, Operator.LESS, Operator.AT_MOST)
}
_AMOUNT = pattern(rf"({LOOSE_NUMBER})\s*({UNIT})?\s*\.?", re.IGNORECASE)
_INTERVAL = pattern(
    rf"(?:(?P<between>mellan)\s+)?({LOOSE_NUMBER}?)\s*((?!(?:till|och)\b)(?:{UNIT}))?"
    rf"(?:\s*[{DASHES}—]\s*|\s*\btill\s+|(?(between)\s*\boch\s+|(?!)))({LOOSE_NUMBER})\s*({UNIT})?\s*\.?",
    re.IGNORECASE,
)
_RATIO = pattern(rf"({LOOSE_NUMBER})\s*(?:/|av\b(?: totalt\b)?)\s*({LOOSE_NUMBER})([^\W\d_]+)?", re.IGNORECASE)
_UNIT_BEFORE = pattern(rf"([^\W\d_]+)\s*:?\s*(?=[+{DASHES}]?\d)")
_AVERAGE: Final = (
    r"i (?:snitt|genomsnitt|medel|medeltal|median)|snitt(?:et)?|genomsnitt(?:et)?|medel(?:tal|värde)?(?:t)?"
    r"|median(?:en|värde(?:t)?)?"
)
_WORDS_BEFORE = pattern(rf"(?:{_AVERAGE}|totalt|sammanlagt|utfall(?:et)?|resultat(?:et)?)\s*:?\s+", re.IGNORECASE)
_MINUS_IN_WORDS = pattern(r"minus\s+(?=\d)", re.IGNORECASE)
_NOUGHT = pattern(r"(?:±|\+\s?/?\s?-)\s*(?=0\b)")
_WORDS_AFTER = pattern(
    rf"(?<=[^\s])\s+(?:{_AVERAGE}|totalt|sammanlagt|per år|om året|varje år|årligen)\.?$|/år\.?$", re.IGNORECASE
)
_BREAK = pattern(r"[\t\r\n]+")
_FIGURE_ALONE = pattern(rf"[<>≤≥~]?\s*{LOOSE_NUMBER}%?")
_BETWEEN_TWO = pattern(r"/|\boch\b")
_MAYBE_THOUSANDS = pattern(rf"[+{DASHES}]?([1-9][0-9]{{0,2}}),([0-9]{{3}})")


def read_plainly(text: str, scale: Scale) -> Quantity | None:
    """The quick way for what is written most: `86 %`, `25,06`, `72–100 %`, `>98 %` and the like, with nothing beside.

    None for whatever must be read with more care, and for a scale on which such a text may be something else. What this
    reads, `read_quantity` reads as the same.
    """
    # With a breakdown, "5 100" may be a part and its figure.
    if scale.breakdown or scale.is_text or scale.is_yes_no:
        return None
    bare = text.strip(SPACES)
    if "," in bare and is_in_thousands(scale.unit):
        return None
    if bare.endswith("%"):
        if not scale.is_percentage:
            return None
        bare = bare[:-1]
    try:
        return _plain_quantity(bare)
    except NumberError:
        return None


def _plain_quantity(bare: str) -> Quantity | None:
    operator = _SIGNS.get(bare[:1])
    if operator:
        number = read_plain(bare[1:])
        if number is None:
            return None
        return Quantity(number, None, operator) if operator.is_upward else Quantity(None, number, operator)
    before, dash, after = bare.partition("–")
    low = read_plain(before)
    if low is None or not dash:
        return None if low is None else Quantity(low, low)
    high = read_plain(after)
    return Quantity(low, high, Operator.INTERVAL) if high is not None and low <= high else None


def read_quantity(text: str, scale: Scale) -> Quantity | None:
    """Read tidied text as a quantity of the scale, None where it is not built like one.

    `86 %`, `>98 %`, `minst 98`, `72–100 %`, `72 till 100`, `271/705`, `271 av 705`. Raises NumberError, and UnitError
    where a unit is written that is not the scale's.
    """
    text = _without_words(text, scale)
    if not text[:1].isdigit():
        text = _NOUGHT.sub("", _MINUS_IN_WORDS.sub("-", text, count=1), count=1)
        for operator, word in _OPERATORS:
            found = word.match(text)
            if found:
                return _open_interval(operator, text[found.end() :], scale)
        text = _without_unit_before(text, scale)
    if len(scale.breakdown) == _TWO and ("/" in text or "och" in text):
        _refuse_parts(text, scale)
    found = _ratio(text)
    if found:
        return read_ratio(found[1], found[2], scale)
    if "eller" in text.lower() or "och" in text.lower():
        for operator, words in _OPERATORS_AFTER:
            found = words.fullmatch(text)
            if found:
                return _open_interval(operator, found[1], scale)
    found = _INTERVAL.fullmatch(text)
    if found:
        return _interval(found, scale)
    found = _AMOUNT.fullmatch(text)
    if found:
        number = read_amount(found[1], found[2] or "", scale)
        return Quantity(number, number)
    if is_machine_number(text):
        parse_number(text)
    return None


def refuse_cells(text: str) -> None:
    """Raise NumberError for figures of several cells of a table: `12 | 500` is never 12 500."""
    if "|" not in text and "\t" not in text:
        return
    cells = [" ".join(cell.split()) for cell in text.replace("\t", "|").split("|")]
    cells = [cell for cell in cells if cell]
    if len(cells) < _TWO or not all(cell[-1].isdigit() or cell.endswith("%") for cell in cells):
        return
    raise NumberError(
        Message(
            "“{text}” is {count} cells: do you mean {first}, {last} or {together}?",
            text=excerpt(" | ".join(cells)),
            count=len(cells),
            first=excerpt(cells[0]),
            last=excerpt(cells[-1]),
            together=excerpt(" ".join(cells)),
        )
    )


def refuse_joined(text: str) -> None:
    """Raise NumberError for figures on several lines or in several cells, before cleaning makes one line of them."""
    pieces = _BREAK.split(text.strip())
    if len(pieces) > 1 and all(_FIGURE_ALONE.fullmatch(piece.strip()) for piece in pieces if piece.strip()):
        refuse_cells("\t".join(pieces))


def read_amount(number: str, unit: str, scale: Scale) -> Decimal:
    """Read a number and check the unit after it ("" = none written). Raises NumberError, UnitError."""
    read = parse_number(number)
    if unit and not agrees(unit, scale.unit):
        raise UnitError(_disagreement(read, unit, scale), unit)
    found = _MAYBE_THOUSANDS.fullmatch(number.strip()) if "," in number and is_in_thousands(scale.unit) else None
    if found:
        decimals = found[2].rstrip("0")
        decimal = Decimal(f"{found[1]}.{decimals if len(decimals) < len(found[2]) else decimals + '0'}")
        raise NumberError(
            Message(
                "“{text}”: do you mean {thousands} or {decimal}?",
                text=number.strip(),
                thousands=Decimal(found[1] + found[2]).copy_sign(read),
                decimal=decimal.copy_sign(read),
            )
        )
    return read


def read_ratio(numerator: str, denominator: str, scale: Scale) -> Quantity:
    """Read a ratio: its value is times 100 for a percentage. Raises NumberError, also for a part of nothing."""
    over, under = parse_number(numerator), parse_number(denominator)
    if over != over.to_integral_value() or under != under.to_integral_value():
        raise NumberError(
            Message(
                "A ratio is of whole numbers, such as {example}: not {numerator} of {denominator}",
                example="271/705",
                numerator=over,
                denominator=under,
            )
        )
    if over < 0 or under <= 0:
        raise NumberError(
            Message(
                "A ratio is a number of a number above 0, such as {example}: not {numerator} of {denominator}",
                example="271/705",
                numerator=over,
                denominator=under,
            )
        )
    if max(_digits(over), _digits(under)) > MAX_RATIO_DIGITS:
        raise NumberError(Message("The numbers of a ratio have at most {most} digits", most=MAX_RATIO_DIGITS))
    value = ratio_value(over, under, scale)
    return Quantity(value, value, Operator.EXACT, over, under)


def ratio_value(numerator: Decimal, denominator: Decimal, scale: Scale) -> Decimal:
    """What a ratio is worth on a scale: 271 of 705 is 38.43971… for a percentage, otherwise 0.3843971…"""
    share = RATIO_CONTEXT.divide(numerator, denominator)
    value = share.scaleb(2, RATIO_CONTEXT) if scale.is_percentage else share
    return Decimal(f"{value:f}")  # 80, not 8E+1


def write_quantity(low: Decimal | None, high: Decimal | None, operator: Operator, scale: Scale) -> str:
    """Write the ends of a number so that `read_quantity` reads the same; the unit is written for percentages only."""
    unit = NO_BREAK_SPACE + "%" if scale.is_percentage else ""
    if low is None or high is None:
        end = high if low is None else low
        return f"{operator}{NO_BREAK_SPACE}{write_amount(end, scale)}{unit}" if end is not None else ""
    if operator is Operator.INTERVAL:
        return f"{write_amount(low, scale)}–{write_amount(high, scale)}{unit}"
    return write_amount(low, scale) + unit


def write_amount(number: Decimal, scale: Scale) -> str:
    """Write a number of the scale so that `read_amount` reads it: three decimals that may be thousands become four."""
    written = write_number(number)
    if "," in written and is_in_thousands(scale.unit) and _MAYBE_THOUSANDS.fullmatch(written):
        return written + "0"
    return written


def _ratio(text: str) -> re.Match[str] | None:
    """The match of a ratio; what is counted may be said after it (`271 av 705 svar`), but its value has no unit."""
    found = _RATIO.fullmatch(text) if "/" in text or "av" in text.lower() else None
    return found if found and (not found[3] or is_counted(found[3])) else None


def _refuse_parts(text: str, scale: Scale) -> None:
    """Raise NumberError for two figures around a slash or "och" of two parts: they may be those, or a ratio."""
    pair = [each.strip() for each in _BETWEEN_TWO.split(text)]
    if len(pair) != _TWO or not all(_AMOUNT.fullmatch(each) for each in pair):
        return
    first, second = pair
    is_ratio = _ratio(text) is not None and first.isdecimal() and second.isdecimal()
    raise NumberError(
        Message(
            "“{text}”: do you mean the parts ({parts}), or {first} av {second}?"
            if is_ratio
            else "“{text}”: do you mean the parts ({parts})?",
            text=excerpt(text),
            parts=excerpt(
                "; ".join(f"{name} {each}" for name, each in zip(scale.breakdown, (first, second), strict=True)), 80
            ),
            first=excerpt(first),
            second=excerpt(second),
        )
    )


def _without_words(text: str, scale: Scale) -> str:
    """The text without words that change nothing: `3,5 dagar i snitt`, `2 per år`, unless they are of the unit."""
    if not text[:1].isdigit():
        found = _WORDS_BEFORE.match(text)
        text = text[found.end() :] if found else text
    if text[-1:].isdigit() or text.endswith("%") or (scale.unit and text.casefold().endswith(scale.unit.casefold())):
        return text
    return _WORDS_AFTER.sub("", text)


def _without_unit_before(text: str, scale: Scale) -> str:
    """The text without the unit in front of the number: `NKI 78`."""
    found = _UNIT_BEFORE.match(text)
    return text[found.end() :] if found and is_before(found[1], scale.unit) else text


def _open_interval(operator: Operator, text: str, scale: Scale) -> Quantity | None:
    text = _without_unit_before(text, scale)
    found = _ratio(text)
    if found:
        number = read_ratio(found[1], found[2], scale).low
    else:
        found = _AMOUNT.fullmatch(text)
        if not found:
            return None
        number = read_amount(found[1], found[2] or "", scale)
    return Quantity(number, None, operator) if operator.is_upward else Quantity(None, number, operator)


def _interval(found: re.Match[str], scale: Scale) -> Quantity:
    low, high = read_amount(found[2], found[3] or "", scale), read_amount(found[4], found[5] or "", scale)
    if low > high:
        raise NumberError(
            Message("An interval is written with the lower number first: do you mean {low}–{high}?", low=high, high=low)
        )
    return Quantity(low, high, Operator.INTERVAL)


def _digits(number: Decimal) -> int:
    return len(f"{number:f}".replace(".", "").lstrip("0"))


def _disagreement(number: Decimal, written: str, scale: Scale) -> Message:
    if not scale.unit:
        return Message("“{written}” is not a unit that is known here: write the number alone", written=excerpt(written))
    values: dict[str, Value] = {
        "unit": excerpt(scale.unit),
        "written": excerpt("kr" if written[0] in ":," else written),
    }
    meant = converted(number, written, scale.unit)
    if meant is not None:
        return Message(
            "The indicator is measured in {unit}, not in “{written}”: do you mean {number} {unit}?",
            number=write_amount(meant, scale),
            **values,
        )
    return Message("The indicator is measured in {unit}, not in “{written}”", **values)
