"""How the value of a field is written in a plan file, by what the field holds, and read again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, TypeAlias

from kvaltui.model.clean import clean
from kvaltui.model.fields import ContentField, Holds
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period
from kvaltui.model.quantity import refuse_joined
from kvaltui.model.value import dataclass
from kvaltui.setting import did_you_mean, shown

TomlValue: TypeAlias = str | int | bool | list[str] | list[int]


@dataclass(frozen=True, slots=True)
class Notation:
    """How the value of a field is written under a key, and read again.

    `read` raises KvaltuiError that says what was expected; `write` gives None for what is not written.
    """

    read: Callable[[object], object]
    write: Callable[[Any], TomlValue | None]


def _same(value: Any) -> Any:
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise KvaltuiError(Message("expected a text within quotation marks, not {value}", value=shown(value)))
    return value


def _line(value: object) -> str:
    text = _text(value)
    refuse_joined(text)
    return clean(text)


def _prose(value: object) -> str:
    return clean(_text(value), multiline=True)


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise KvaltuiError(Message("expected true or false, not {value}", value=shown(value)))
    return value


def _whole_number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST:
        raise KvaltuiError(Message("expected a whole number, not {value}", value=shown(value)))
    return value


_LARGEST = 10**9


def _date(value: object) -> date | None:
    if type(value) is date:
        return value
    text = _text(value).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KvaltuiError(Message("expected a date such as 2022-04-30, not {value}", value=shown(value))) from None


# Cleaned on the way out too: a file never carries what a terminal would take for commands.
_LINE = Notation(_line, lambda text: None if text is None else clean(text))
_PROSE = Notation(_prose, partial(clean, multiline=True))
_TRUTH = Notation(_boolean, _same)
_NUMBER = Notation(_whole_number, _same)
_DAY = Notation(_date, lambda value: value.isoformat() if value else "")
_PERIOD = Notation(lambda value: Period.parse(_line(value)), str)


def notation_of(field: ContentField) -> Notation:
    """How a plan file writes what a field holds."""
    one = _notation_of_one(field)
    return _list_of(one) if field.is_list else one


def _notation_of_one(field: ContentField) -> Notation:
    match field.holds:
        case Holds.LINE | Holds.AS_WRITTEN | Holds.KEY:
            return _LINE
        case Holds.PROSE:
            return _PROSE
        case Holds.NUMBER:
            return _NUMBER
        case Holds.TRUTH:
            return _TRUTH
        case Holds.DAY:
            return _DAY
        case Holds.PERIOD:
            return _PERIOD
        case Holds.MEMBER:
            return _member_of(field.members)


def _list_of(one: Notation) -> Notation:
    def read(value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise KvaltuiError(Message("expected a list in square brackets, not {value}", value=shown(value)))
        return tuple(one.read(each) for each in value)

    def write(values: tuple[object, ...]) -> Any:
        return [one.write(each) for each in values]

    return Notation(read, write)


def _member_of(type_: type[StrEnum]) -> Notation:
    """One of the words of a closed set."""
    known = {member.value: member for member in type_}

    def read(value: object) -> StrEnum:
        text = _text(value)
        if text not in known:
            raise KvaltuiError(
                Message(
                    "expected one of {choices}, not {value}{hint}",
                    choices=", ".join(word or '""' for word in known),
                    value=shown(text),
                    hint=did_you_mean(text, known),
                )
            )
        return known[text]

    return Notation(read, lambda value: value.value)
