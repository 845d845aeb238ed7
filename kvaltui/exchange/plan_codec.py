"""How the values of a plan file's keys become those of fields, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import cache, partial
from typing import Any, TypeAlias

from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period
from kvaltui.model.quantity import refuse_joined
from kvaltui.model.value import dataclass
from kvaltui.setting import did_you_mean, shown

TomlValue: TypeAlias = str | int | bool | list[str] | list[int]


@dataclass(frozen=True, slots=True)
class Codec:
    """How the value of a key becomes that of a field and back.

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


def _list_of(read: Callable[[object], object]) -> Callable[[object], tuple[object, ...]]:
    def read_list(value: object) -> tuple[object, ...]:
        if not isinstance(value, list):
            raise KvaltuiError(Message("expected a list in square brackets, not {value}", value=shown(value)))
        return tuple(read(each) for each in value)

    return read_list


def _list_as_text(values: tuple[object, ...]) -> list[str]:
    return [str(value) for value in values]


# Cleaned on the way out too: a file never carries what a terminal would take for commands.
LINE = Codec(_line, lambda text: None if text is None else clean(text))
PROSE = Codec(_prose, partial(clean, multiline=True))
BOOLEAN = Codec(_boolean, _same)
WHOLE_NUMBER = Codec(_whole_number, _same)
DATE = Codec(_date, lambda value: value.isoformat() if value else "")
PERIOD = Codec(lambda value: Period.parse(_line(value)), str)
PERIODS = Codec(_list_of(PERIOD.read), _list_as_text)
NAMES = Codec(_list_of(_line), lambda names: [clean(name) for name in names])
WHOLE_NUMBERS = Codec(_list_of(_whole_number), list)


@cache
def choice(type_: type[StrEnum]) -> Codec:
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

    return Codec(read, lambda value: value.value)
