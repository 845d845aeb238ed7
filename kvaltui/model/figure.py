"""Text <-> Figure: the grammar of outcomes."""

from __future__ import annotations

import re
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from typing import Final

from kvaltui.model.absence import WORDS as MISSING_WORDS
from kvaltui.model.absence import MissingReason, absence_of, is_with_a_figure
from kvaltui.model.clean import excerpt, tidy
from kvaltui.model.footnote import NOTE, without_mark
from kvaltui.model.message import Message, UnreadableValue
from kvaltui.model.moment import is_year
from kvaltui.model.number import MAX_LENGTH, NumberError, too_long, write_number
from kvaltui.model.number_words import in_digits
from kvaltui.model.parts import PartsError, complaint, first_foreign, foreign_name, named_parts, read_parts, write_parts
from kvaltui.model.pattern import pattern
from kvaltui.model.quantity import Quantity, read_plainly, read_quantity, read_ratio, refuse_cells, write_quantity
from kvaltui.model.scale import Scale
from kvaltui.model.value import dataclass, replace


class Answer(StrEnum):
    """An outcome that is not a number but yes, partly or no."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Figure(Quantity):
    """What a written outcome means.

    A number has `low == high` and EXACT; `72–100` both ends and INTERVAL; `>98` only `low`; `<5` only `high`. A ratio
    has `numerator` and `denominator`, and `low == high` is the stated value or, when only the ratio was written, the
    value of the ratio (times 100 for a % indicator, to 28 digits: `quantity.ratio_value`). Exactly one of number,
    `answer`, `missing`, `text` and `parts` is set.
    """

    is_value_stated: bool = True
    is_estimated: bool = False
    answer: Answer | None = None
    missing: MissingReason | None = None
    text: str = ""
    parts: tuple[tuple[str, Figure], ...] = ()
    note: str = ""
    reference_year: int | None = None


MAX_TEXT: Final = 2000
"""Longest outcome, in characters: a qualitative one, or many parts. A single number has at most `MAX_LENGTH`."""

_ANSWERS: Final = {"ja": Answer.YES, "delvis": Answer.PARTLY, "nej": Answer.NO}
_ANSWER_WORDS: Final = {answer: word for word, answer in _ANSWERS.items()}
_ANSWER: Final = pattern(r"\b(?:ja|delvis|nej)\b")
_FIRST_OF_ANSWERS: Final = frozenset("jdn")
_A_PAIR: Final = 2
_ESTIMATED: Final = pattern(
    r"(?:(?:bedöm[dt]|bedöms|beräkna[dt]|beräknas|uppskatta[dt]|uppskattas|uppskattningsvis)(?![^\W\d_])"
    r"(?:\s+(?:till|vara)(?![^\W\d_]))?\s*:?|(?:cirka|circa|omkring|ungefär|runt|drygt|knappt|nästan|preliminärt|prel|c:a|ca)"
    r"(?![^\W\d_])\.?:?|[~≈])\s*",
    re.IGNORECASE,
)
_ESTIMATED_AFTER: Final = pattern(r"[\s,]+(?:cirka|circa|ungefär|preliminärt|prel\.?|c:a|ca)\.?$", re.IGNORECASE)
_ESTIMATED_REMARK: Final = frozenset(
    {"bedömd", "bedömt", "beräknad", "beräknat", "uppskattad", "uppskattat", "ca", "cirka"}
)
_REMARKS: Final = pattern(r"([^()]*[^()\s])\s*((?:\([^()]*\)\s*)+)")
_REMARK: Final = pattern(r"\(\s*([^()]*?)\s*\)")
_RATIO_REMARK: Final = pattern(r"([0-9][0-9 .,]*)\s*(?:/|av\s)\s*([0-9][0-9 .,]*)", re.IGNORECASE)


class FigureError(UnreadableValue):
    """A text that is not an outcome; the message says what was expected."""


def parse_figure(text: str, scale: Scale) -> Figure:
    """Read an outcome as a person writes it (docs/rules.md, Outcomes).

    Case and every kind of space are of no matter. Raises FigureError for anything that is not surely one meaning, with
    a message that says what was expected; nothing else, whatever the text.
    """
    if len(text) > MAX_TEXT:
        raise FigureError(too_long(text, MAX_TEXT).message)
    return _parse(text, scale)


def write_figure(figure: Figure, scale: Scale) -> str:
    """Write a figure so that `parse_figure` reads the same one; numbers with "%" for percentages, otherwise bare."""
    if figure.parts:
        return write_parts(((name, write_figure(part, scale)) for name, part in figure.parts), scale.breakdown)
    if figure.text:
        return figure.text
    remarks = f" ({figure.reference_year})" if figure.reference_year is not None else ""
    if figure.note:
        remarks += f" ({figure.note})"
    if figure.missing:
        return MISSING_WORDS[figure.missing] + remarks
    if figure.answer:
        return _ANSWER_WORDS[figure.answer] + remarks
    return ("bedömd " if figure.is_estimated else "") + _write_value(figure, scale) + remarks


def _write_value(figure: Figure, scale: Scale) -> str:
    stated = write_quantity(figure.low, figure.high, figure.operator, scale)
    if figure.numerator is None or figure.denominator is None:
        return stated
    terms = write_number(figure.numerator), write_number(figure.denominator)
    if figure.is_value_stated:
        return f"{stated} ({'/'.join(terms)})"
    # Of two parts, "84/86" may be the one and the other.
    return " av ".join(terms) if len(scale.breakdown) == _A_PAIR else "/".join(terms)


@lru_cache(maxsize=65536)
def _parse(text: str, scale: Scale) -> Figure:
    try:
        plain = read_plainly(text, scale)
        if plain:
            return Figure(plain.low, plain.high, plain.operator)
        if not scale.is_text:
            refuse_cells(text)
        tidied = tidy(text)
        if not tidied:
            raise FigureError(Message("Nothing is written: write {expected}", expected=_expected(scale)))
        return _read_text(tidied, scale) if scale.is_text else _read(tidied, scale)
    except (NumberError, PartsError) as error:
        raise FigureError(error.message) from error


def _read_text(text: str, scale: Scale) -> Figure:
    """An outcome in words; parts only where each is named and set off by a semicolon."""
    if named_parts(text, scale.breakdown) and (parts := _read_parts(text, scale)):
        return Figure(parts=parts)
    flat = " ".join(text.split())
    body, remarks, mark = _split_remarks(flat, scale)
    missing = absence_of(body, is_number=False)
    return _with_remarks(Figure(missing=missing), remarks, mark, scale) if missing else Figure(text=flat)


def _read(text: str, scale: Scale) -> Figure:
    try:
        parts = _read_parts(text, scale)
    except PartsError:
        # A part's name may also be a word of the grammar.
        with suppress(FigureError, NumberError):
            return _read_whole(text, scale)
        raise
    return Figure(parts=parts) if parts else _read_whole(text, scale)


def _read_parts(text: str, scale: Scale) -> tuple[tuple[str, Figure], ...] | None:
    return read_parts(text, scale.breakdown, lambda piece: parse_figure(piece, replace(scale, breakdown=())))


def _read_whole(text: str, scale: Scale) -> Figure:
    foreign = first_foreign(text, scale.breakdown)
    if foreign:
        raise FigureError(complaint(foreign, scale.breakdown))
    if len(text) > MAX_LENGTH:
        raise too_long(text)
    body, remarks, mark = _split_remarks(text, scale)
    figure = _read_words(" ".join(body.split()), remarks, text, scale) or _read_number(body, text, scale)
    return _with_remarks(figure, remarks, mark, scale)


def _read_words(words: str, remarks: list[str], text: str, scale: Scale) -> Figure | None:
    """An answer, or a reason why there is none; None for a figure. Raises FigureError for what may be two of them."""
    takes_answers = scale.is_yes_no or not scale.unit
    if takes_answers and words[:1].lower() in _FIRST_OF_ANSWERS:
        answers = [_ANSWERS[each] for each in _ANSWER.findall(" ".join((words, *remarks)).lower())]
        if len(set(answers)) > 1 and _ANSWER.match(words.lower()):
            raise FigureError(
                Message(
                    "“{text}”: do you mean {first} or {second}?",
                    text=excerpt(text),
                    first=_ANSWER_WORDS[answers[0]],
                    second=_ANSWER_WORDS[next(each for each in answers if each is not answers[0])],
                )
            )
        answer = _ANSWERS.get(words.lower().rstrip("."))
        if answer:
            return Figure(answer=answer)
    missing = absence_of(words, is_number=not scale.is_yes_no)
    if missing:
        return Figure(missing=missing)
    if not scale.is_yes_no:
        return None
    raise _unexpected(text, scale)


def _read_number(body: str, text: str, scale: Scale) -> Figure:
    estimated = (None if body[:1].isdigit() else _ESTIMATED.match(body)) or _ESTIMATED_AFTER.search(body)
    amount = body[: estimated.start()] + body[estimated.end() :] if estimated else body
    quantity = read_quantity(amount, scale)
    if quantity is None and not any(map(str.isdigit, body)):
        quantity = read_quantity(in_digits(amount), scale)
    if quantity is None:
        name = foreign_name(text, scale.breakdown) if scale.breakdown else ""
        if name:
            raise FigureError(complaint(name, scale.breakdown))
        if is_with_a_figure(" ".join(body.split())):
            raise FigureError(
                Message(
                    "“{text}” is both a figure and a reason for there being none: write the one or the other",
                    text=excerpt(text),
                )
            )
        raise _unexpected(text, scale)
    return Figure(
        quantity.low,
        quantity.high,
        quantity.operator,
        quantity.numerator,
        quantity.denominator,
        is_value_stated=quantity.numerator is None,
        is_estimated=estimated is not None,
    )


def _split_remarks(text: str, scale: Scale) -> tuple[str, list[str], str]:
    """What stands before the parentheses at the end, what stands in each of them, and the footnote mark beside them."""
    text, mark = without_mark(text, scale.unit)
    found = _REMARKS.fullmatch(text) if text.endswith(")") else None
    if not found:
        return text, [], mark
    body, other = without_mark(found[1], scale.unit)
    return body, _REMARK.findall(found[2]), mark or other


def _with_remarks(figure: Figure, remarks: list[str], mark: str, scale: Scale) -> Figure:
    for remark in remarks:
        figure = _with_remark(figure, " ".join(remark.split()), scale)
    if not mark:
        return figure
    return replace(figure, note=", ".join(filter(None, (figure.note, f"{NOTE} {mark}"))))


def _with_remark(figure: Figure, remark: str, scale: Scale) -> Figure:
    ratio = _RATIO_REMARK.fullmatch(remark)
    if ratio and figure.exact is not None and figure.numerator is None:
        quantity = read_ratio(ratio[1], ratio[2], scale)
        return replace(figure, numerator=quantity.numerator, denominator=quantity.denominator)
    if figure.numerator is not None and not figure.is_value_stated and remark.endswith("%"):
        stated = read_quantity(remark, scale)
        if stated and stated.exact is not None:
            return replace(figure, low=stated.low, high=stated.high, is_value_stated=True)
    if is_year(remark) and figure.reference_year is None:
        return replace(figure, reference_year=int(remark))
    if remark.lower() in _ESTIMATED_REMARK and figure.is_number and not figure.is_estimated:
        return replace(figure, is_estimated=True)
    if not remark or figure.note:
        raise FigureError(
            Message("One note in parentheses is enough: “{text}”", text=remark)
            if remark
            else Message("There is nothing in the parentheses")
        )
    return replace(figure, note=remark)


def _unexpected(text: str, scale: Scale) -> FigureError:
    return FigureError(
        Message("“{text}” cannot be read: write {expected}", text=excerpt(text), expected=_expected(scale))
    )


def _expected(scale: Scale) -> Message:
    if scale.is_text:
        return Message("a text")
    if scale.is_yes_no:
        return Message("ja, delvis or nej, or why there is none, such as ej mätt")
    if scale.is_percentage:
        return Message("a percentage such as 86 %, 72–100 %, >98 % or 271/705, or why there is none, such as ej mätt")
    return Message("a number such as 86, 72–100, >98 or 8/10, or why there is none, such as ej mätt")
