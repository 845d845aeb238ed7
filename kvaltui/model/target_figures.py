"""Targets in figures, and those that say which way the figures shall go."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import Final

from kvaltui.model.clean import excerpt
from kvaltui.model.horizon import split_base_period
from kvaltui.model.message import Message
from kvaltui.model.pattern import pattern
from kvaltui.model.period import Period
from kvaltui.model.quantity import LOOSE_NUMBER, UNIT, Operator, Quantity, UnitError, read_amount, read_quantity
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.target_rule import BASED_RULES, Rule, Target, TargetError, unreadable
from kvaltui.model.unit import is_known, is_money, is_percentage_points
from kvaltui.model.value import replace

_TOLERANCE: Final = pattern(
    rf"({LOOSE_NUMBER})\s*({UNIT})?\s*(?:±|\+\s?/?\s?-)\s*({LOOSE_NUMBER})\s*({UNIT})?", re.IGNORECASE
)
_BETTER: Final = r"(?:förbättra[st]?|förbättring|bli bättre|bättre)"
MORE: Final = r"(?:öka[rst]?|ökning|ökande)"
LESS: Final = r"(?:minska[rst]?|minskning|minskande)"
_TREND: Final = pattern(
    r"(?:ska(?:ll)? )?"
    r"(?:(?P<keep>(?:bi)?behålla?s?|(?:bi)?behållen(?: nivå)?|oförändra[dt]|(?:på )?samma nivå|(?:inte|ej) försämras?)"
    rf"(?: eller (?:(?P<more>{MORE})|(?P<less>{LESS})))?"
    r"|(?P<least>(?P<level>minst samma nivå)|(?:inte|ej) minska)|(?P<most>högst samma nivå|(?:inte|ej) öka)"
    rf"|(?P<better>{_BETTER})"
    rf"|(?P<up>{MORE}|högre|fler)|(?P<down>{LESS}|lägre|färre))"
    r"(?: (?:jämfört med|i förhållande till|mot|från|sedan|som|än) (?:föregående|förra|tidigare) "
    r"(?:års?|tertial|kvartal|halvår|månad|mätning)"
    rf"| (?P<how>från|till|med) (?P<number>{LOOSE_NUMBER})(?P<unit>{UNIT})?)?",
    re.IGNORECASE,
)
_TO_A_LIMIT: Final = pattern(
    rf"(?:ska(?:ll)? )?(?:{MORE}|{LESS}) till (?=(?:minst|lägst|högst|max|under|över|mellan|mer|mindre)\b)",
    re.IGNORECASE,
)
_NEW: Final = pattern(
    rf"(?:minst )?({LOOSE_NUMBER})(?:ny|nya|nytt|fler)(?: (?!från)[^\W\d_]+)?(?: från ({LOOSE_NUMBER})({UNIT})?)?",
    re.IGNORECASE,
)
_EXACT: Final = Context(prec=100)


def read_numeric(text: str, scale: Scale) -> Target | None:
    """A target in figures, or which way they shall go; None where the text is not built like one.

    Raises TargetError and NumberError for what is, and cannot be read or not in one way only.
    """
    flat = " ".join(text.split())
    to_a_limit = _TO_A_LIMIT.match(flat)
    if to_a_limit:
        return read_numeric(flat[to_a_limit.end() :], scale)
    of_period = split_base_period(flat)
    if of_period:
        _refuse_a_level(flat, of_period[1], scale)
        found = read_numeric(of_period[0], scale)
        is_based = found is not None and found.rule in BASED_RULES and found.base is None
        return replace(found, base_period=of_period[1]) if found and is_based else None
    new = _NEW.fullmatch(flat)
    if new:
        return _add(new[1], "", _number(new[2], new[3], scale), scale)
    trend = _TREND.fullmatch(flat)
    if trend:
        return _read_trend(trend, scale)
    tolerance = _TOLERANCE.fullmatch(text)
    if tolerance:
        return _read_tolerance(tolerance, scale)
    try:
        quantity = read_quantity(text, scale)
        if quantity and text.startswith("+") and quantity.low and not is_money(scale.unit):
            raise _level_or(text, quantity.low, f"öka med {text[1:].strip()}")
    except UnitError as error:
        # "3 enskilda möten per barn" is prose that begins with a number; "86 dagar" is a number in another unit.
        if " " in error.written and not is_known(error.written):
            return None
        raise
    return by_operator(quantity, scale) if quantity else None


def _refuse_a_level(text: str, period: Period, scale: Scale) -> None:
    """Raise TargetError for `fler än 2022` where that may be more than 2 022 as well as more than in 2022."""
    quantity = None if scale.is_percentage else read_quantity(text, scale)
    if quantity is None or quantity.operator is Operator.EXACT:
        return
    word = "öka" if quantity.operator.is_upward else "minska"
    raise _level_or(text, quantity.low or quantity.high or Decimal(0), f"{word} från {period}")


def _level_or(text: str, level: Decimal, otherwise: str) -> TargetError:
    return TargetError(
        Message(
            "“{text}”: do you mean the level {level}, or “{body}”?", text=excerpt(text), level=level, body=otherwise
        )
    )


def by_operator(quantity: Quantity, scale: Scale) -> Target:
    """The target of a number, an interval or an open one."""
    is_strict = quantity.operator in (Operator.GREATER, Operator.LESS)
    match quantity.operator:
        case Operator.EXACT:
            return _by_direction(quantity.low, scale)
        case Operator.INTERVAL:
            return Target(Rule.WITHIN, low=quantity.low, high=quantity.high)
        case Operator.GREATER | Operator.AT_LEAST:
            return Target(Rule.AT_LEAST, low=quantity.low, is_strict=is_strict)
        case Operator.LESS | Operator.AT_MOST:
            return Target(Rule.AT_MOST, high=quantity.high, is_strict=is_strict)


def _by_direction(number: Decimal | None, scale: Scale) -> Target:
    match scale.direction:
        case Direction.HIGHER:
            return Target(Rule.AT_LEAST, low=number)
        case Direction.LOWER:
            return Target(Rule.AT_MOST, high=number)
        case Direction.BAND:
            return Target(Rule.WITHIN, low=number, high=number)
        case Direction.NEUTRAL:
            return Target(Rule.NONE, reference=number)


def _read_tolerance(found: re.Match[str], scale: Scale) -> Target:
    middle = read_amount(found[1], found[2] or "", scale)
    unit = "" if scale.is_percentage and is_percentage_points(found[4] or "") else found[4] or ""
    distance = read_amount(found[3], unit, scale)
    if distance < 0:
        raise unreadable(found[0], scale)
    return Target(Rule.WITHIN, low=_EXACT.subtract(middle, distance), high=_EXACT.add(middle, distance))


def _read_trend(found: re.Match[str], scale: Scale) -> Target:
    rule = _trend_rule(found, scale)
    how = (found["how"] or "").lower()
    if how == "med":
        return _read_step(found, scale)
    number = _number(found["number"], found["unit"], scale)
    if how != "till":
        return Target(rule, base=number)
    if rule is Rule.INCREASE:
        return Target(Rule.AT_LEAST, low=number)
    if rule is Rule.DECREASE:
        return Target(Rule.AT_MOST, high=number)
    raise unreadable(found[0], scale)


def _trend_rule(found: re.Match[str], scale: Scale) -> Rule:
    if found["up"]:
        return Rule.INCREASE
    if found["down"]:
        return Rule.DECREASE
    if found["better"] and scale.direction in (Direction.HIGHER, Direction.LOWER):
        return Rule.INCREASE if scale.direction is Direction.HIGHER else Rule.DECREASE
    if found["level"] and scale.direction is Direction.LOWER:
        return Rule.MAINTAIN_OR_DECREASE
    if found["least"] or found["most"]:
        return Rule.MAINTAIN_OR_INCREASE if found["least"] else Rule.MAINTAIN_OR_DECREASE
    if found["more"] or (not found["less"] and scale.direction is Direction.HIGHER):
        return Rule.MAINTAIN_OR_INCREASE
    if found["less"] or scale.direction is Direction.LOWER:
        return Rule.MAINTAIN_OR_DECREASE
    raise TargetError(
        Message(
            "“{text}” does not say which way is good: write bibehålla eller öka, or bibehålla eller minska",
            text=excerpt(found[0]),
        )
    )


def _read_step(found: re.Match[str], scale: Scale) -> Target:
    """`öka med 2`: the previous outcome and that many more. A step in % may mean two things, and down is no rule."""
    unit = (found["unit"] or "").strip()
    if scale.is_percentage and is_percentage_points(unit):
        unit = ""
    elif unit == "%" or not found["up"]:
        raise TargetError(
            Message("“{text}” can be understood in several ways: write the level to reach", text=excerpt(found[0]))
        )
    return _add(found["number"], unit, None, scale)


def _add(number: str, unit: str, base: Decimal | None, scale: Scale) -> Target:
    amount = read_amount(number, unit, scale)
    if amount <= 0:
        raise TargetError(Message("“{text}”: a number of new ones is above 0", text=excerpt(number)))
    return Target(Rule.ADD, amount=amount, base=base)


def _number(number: str | None, unit: str | None, scale: Scale) -> Decimal | None:
    return read_amount(number, (unit or "").strip(), scale) if number else None
