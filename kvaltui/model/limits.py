"""How much a thing may hold, and what each of its fields may hold by itself (docs/rules.md, What may be stored).

These rules need nothing but the value that they are about, so that they hold at every way in and again when a row is
read: what breaks them is never stored, judged or drawn. Rules that look at several fields, or at the rest of the plan,
are in `rules` and `kind_rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from kvaltui.model.clean import clean, excerpt
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.fields import ContentField, Holds, content_fields
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period
from kvaltui.model.policy import PolicyError, parse_policy
from kvaltui.model.risk import HIGHEST_GRADE

LONGEST_KEY: Final = 100
LONGEST_LINE: Final = 1_000
"""Characters of a name, and of all that is no prose and no figure; names in real plans have up to some hundred."""
LONGEST_FIGURE: Final = 2_000
"""Characters of a figure or target: a qualitative one, or one of many parts. A number has far fewer (`number`)."""
LONGEST_PROSE: Final = 20_000
"""Characters of a note, a definition, a motivation."""
LONGEST_NAME_OF_AUTHOR: Final = 200
MOST_IN_A_LIST: Final = 1_000
MOST_PERIODS: Final = 200
MOST_PARTS: Final = 200
MOST_READINGS: Final = 1_000
MOST_DECIMALS: Final = 9
LARGEST_NUMBER: Final = 10**9
"""The largest whole number in any field; only the order of things can come near it."""
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
TWO_BANDS: Final = 2

Check: TypeAlias = Callable[[Any], None]

_MOST = {"periods": MOST_PERIODS, "series_breaks": MOST_PERIODS, "breakdown": MOST_PARTS}


class RuleError(KvaltuiError):
    """Something that may not be stored; `field` names the field of the entity that it stands at."""


def check_limits(entity: AnyEntity) -> None:
    """Raise RuleError, naming the field, where a field of an entity holds what it may not, or too much of it."""
    for name, check in _checks(entity.kind):
        value = getattr(entity, name)
        if value is not None:
            try:
                check(value)
            except RuleError as error:
                raise RuleError(error.message, field=name) from None


def check_text(text: str, most: int, field: str = "") -> None:
    """Raise RuleError for a text that is longer than `most` characters, or that holds what no text may hold."""
    if len(text) > most:
        problem = Message("“{text}” is too long: at most {most} characters", text=excerpt(text), most=most)
        raise RuleError(problem, field=field)
    if not (text.isascii() and text.isprintable()) and clean(text, multiline=True) != text:
        raise RuleError(Message("“{text}” holds characters that cannot be shown", text=excerpt(text)), field=field)


@cache
def _checks(kind: Kind) -> tuple[tuple[str, Check], ...]:
    """What each field of a kind is checked by, unless it is None: its size first. Made once."""
    checks = ((field, _check_of(field)) for field in content_fields(kind).values())
    sizes = (
        (field.name, _of_each(field.name, check) if field.is_list else check)
        for field, check in checks
        if check is not None
    )
    return *sizes, *RULES.get(kind, {}).items()


def _check_of(field: ContentField) -> Check | None:
    match field.holds:
        case Holds.LINE | Holds.KEY:
            return _text_to(LONGEST_LINE)
        case Holds.PROSE:
            return _text_to(LONGEST_PROSE)
        case Holds.AS_WRITTEN:
            return _text_to(LONGEST_FIGURE)
        case Holds.NUMBER:
            return _check_number
        case Holds.PERIOD:
            return _check_period
        case Holds.TRUTH | Holds.DAY | Holds.MEMBER:
            return None


def _text_to(most: int) -> Check:
    return lambda text: check_text(text, most)


def _of_each(name: str, check: Check) -> Check:
    return lambda values: _check_list(values, name, check)


def _check_list(values: tuple[Any, ...], name: str, check: Check) -> None:
    most = _MOST.get(name, MOST_IN_A_LIST)
    if len(values) > most:
        raise RuleError(Message("{count} are too many: at most {most}", count=len(values), most=most))
    for value in values:
        check(value)


def _within(least: int, most: int, otherwise: Message) -> Check:
    def check(number: int | None) -> None:
        if number is not None and not least <= number <= most:
            raise RuleError(otherwise)

    return check


_check_number = _within(
    -LARGEST_NUMBER, LARGEST_NUMBER, Message("The number is too large: at most {most}", most=LARGEST_NUMBER)
)


def _check_period(period: Period) -> None:
    if not FIRST_YEAR <= period.year <= LAST_YEAR:
        raise RuleError(
            Message("{period} lies outside the years {first}–{last}", period=str(period), first=str(FIRST_YEAR),
                    last=str(LAST_YEAR))
        )  # fmt: skip


def _check_bands(bands: tuple[int, ...]) -> None:
    highest = HIGHEST_GRADE**2
    if len(bands) != TWO_BANDS or not 1 <= bands[0] <= bands[1] <= highest:
        raise RuleError(Message("Two risk bands are needed, the lower first, such as {low} and {high}", low=4, high=9))


def _check_policy(partial_from: str | None, partial_within: str | None) -> None:
    try:
        parse_policy(partial_from or "", partial_within or "")
    except PolicyError as error:
        raise RuleError(error.message) from None


def _check_reading(reading: int) -> None:
    if reading < 1:
        raise RuleError(Message("Readings are numbered from 1"))
    if reading > MOST_READINGS:
        raise RuleError(Message("The number is too large: at most {most}", most=MOST_READINGS))


def _whole_number_to(most: int) -> Check:
    return _within(1, most, Message("Write a whole number from 1 to {most}", most=most))


_PARTIAL: Mapping[str, Check] = {
    "partial_from": lambda text: _check_policy(text, ""),
    "partial_within": lambda text: _check_policy("", text),
}
_DECIMALS = _within(0, MOST_DECIMALS, Message("Decimals are from 0 to {most}", most=MOST_DECIMALS))
_LEVEL_OF_ROW = _within(0, 1, Message("The level is 0, or 1 for a “varav” row"))
_GRADE = _whole_number_to(HIGHEST_GRADE)
RULES: Mapping[Kind, Mapping[str, Check]] = MappingProxyType(
    {
        Kind.PLAN: {**_PARTIAL, "risk_bands": _check_bands},
        Kind.INDICATOR: {**_PARTIAL, "decimals": _DECIMALS},
        Kind.OUTCOME: {"reading": _check_reading},
        Kind.RISK: {"likelihood": _GRADE, "consequence": _GRADE, "level": _whole_number_to(HIGHEST_GRADE**2)},
        Kind.ECONOMY_ROW: {"level": _LEVEL_OF_ROW},
    }
)
"""By kind and field what its values must be, whatever else the thing holds: nothing else can be judged or drawn."""
