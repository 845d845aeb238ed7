"""What a spreadsheet shows of a number: its format says whether 0.864 is a share, 86.4 % or thousands of something."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final

from kvaltui.exchange.table_file import plain
from kvaltui.model.message import Message
from kvaltui.model.unit import is_known
from kvaltui.model.value import dataclass

_EXACT: Final = Context(prec=400)
_PIECE: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<number>General|Standard|E[+-]|[0#?.,]+)|(?P<percent>%)|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)", re.ASCII)
_THOUSANDS: Final = re.compile(r",+(?=\.|$)")
_OPERATORS: Final = frozenset(("<", ">", "≤", "≥", "<=", ">=", "~", "ca", "ca.", "cirka"))


@dataclass(frozen=True, slots=True)
class FormatSection:
    """How one sort of numbers is shown: what stands before and after them, and what they are multiplied by."""

    before: str
    after: str
    percents: int
    thousands: int
    condition: str
    is_for_text: bool
    is_money: bool


def shown(number: Decimal, number_format: str) -> str:
    """A cell's number as a person would write what the cell shows, with every digit that it has.

    A real percentage is multiplied; a percent sign that is only written there, in quotation marks or after a backslash,
    is not. A unit that stands in the format stands after the number. See `doubtful` for what may be two numbers.
    """
    section = _section_for(number, number_format)
    unit = _unit(section)
    scaled = number.scaleb(2 * section.percents - (3 * section.thousands if unit else 0), _EXACT)
    before = f"{section.before} " if section.before.casefold() in _OPERATORS else ""
    return before + plain(scaled) + (f" {unit}" if unit else "")


def doubtful(number: Decimal, number_format: str) -> Message | None:
    """Why a cell's number may be two: it is shown in thousands, and nothing says of what."""
    section = _section_for(number, number_format)
    if not section.thousands or _unit(section) or not number:
        return None
    return Message(
        "the cell shows {shown} but holds {number}: do you mean {shown} or {number}?",
        shown=_bare(number.scaleb(-3 * section.thousands, _EXACT)),
        number=_bare(number),
    )


def _bare(number: Decimal) -> Decimal:
    return Decimal(plain(number).replace(",", "."))


def _unit(section: FormatSection) -> str:
    """The unit that a number is shown with; what else stands around it, such as a mark of its sign, is no unit."""
    if section.percents:
        return "%"
    written = section.after
    if "%" in written and "enhet" not in written.casefold():
        return "%"
    return written if section.is_money or is_known(written) else ""


def _section_for(number: Decimal, number_format: str) -> FormatSection:
    sections = _sections(number_format)
    for section in sections:
        if section.condition and _holds(number, section.condition):
            return section
    if any(section.condition for section in sections):
        return next((section for section in sections if not section.condition), sections[-1])
    if number < 0:
        return sections[min(1, len(sections) - 1)]
    return sections[2] if not number and len(sections) > 2 else sections[0]


def _holds(number: Decimal, condition: str) -> bool:
    found = _CONDITION.fullmatch(condition)
    assert found
    limit = Decimal(found[2])
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }[found[1]]


@lru_cache(maxsize=512)
def _sections(number_format: str) -> tuple[FormatSection, ...]:
    """The sections of a format for numbers, in their order; the one for text is left out."""
    sections: list[list[re.Match[str]]] = [[]]
    for piece in _PIECE.finditer(number_format):
        if piece["end"]:
            sections.append([])
        else:
            sections[-1].append(piece)
    read = [_section(pieces) for pieces in sections[:4]]
    return tuple(section for section in read[:3] if not section.is_for_text) or (_section([]),)


def _section(pieces: list[re.Match[str]]) -> FormatSection:
    before, after, digits, percents, condition = "", "", "", 0, ""
    is_for_text = is_money = False
    for piece in pieces:
        if piece["number"]:
            digits += piece["number"]
        elif piece["percent"]:
            percents += 1
        elif piece["bracket"] is not None:
            condition = condition or (piece["bracket"] if _CONDITION.fullmatch(piece["bracket"]) else "")
        else:
            text = piece["quoted"] or piece["escaped"] or piece["currency"] or piece["other"] or ""
            is_for_text = is_for_text or piece["other"] == "@"
            is_money = is_money or bool(piece["currency"])
            before, after = (before, after + text) if digits else (before + text, after)
    found = _THOUSANDS.search(digits)
    thousands = len(found[0]) if found else 0
    return FormatSection(before.strip(), after.strip(), percents, thousands, condition, is_for_text, is_money)
