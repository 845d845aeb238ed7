"""The target of an indicator in a cell of its own: how it reads there, what is written, and what it says of its row."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Final

from kvaltui.i18n import _, number, say
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message
from kvaltui.model.number import NumberError
from kvaltui.model.pattern import pattern
from kvaltui.model.period import Period
from kvaltui.model.reporting import TargetValue
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.structure import Indicator
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import DOWNWARD_RULES, UPWARD_RULES, Rule, Target, TargetError
from kvaltui.model.target_writing import write_target
from kvaltui.model.unit import canonical, is_known
from kvaltui.model.value import replace

_DIRECTIONS: Final = {
    Direction.HIGHER: Message("higher"),
    Direction.LOWER: Message("lower"),
    Direction.BAND: Message("interval"),
    Direction.NEUTRAL: Message("neither"),
}
_UNIT_AFTER: Final = pattern(r".*\d\s*(?P<unit>%|[^\W\d_][^\d]*?)\.?", re.DOTALL)


def target_text(content: PlanContent, indicator: Indicator, period: Period) -> str:
    """The target of a period as it is written; of parts that have their own, each by its name."""
    whole = content.target(indicator.key, period)
    if whole is not None and whole.value:
        return clean(whole.value)
    parts = ((part, content.target(indicator.key, period, part)) for part in indicator.breakdown)
    return "; ".join(f"{clean(part)} {clean(each.value)}" for part, each in parts if each is not None and each.value)


def shown_target(content: PlanContent, indicator: Indicator, period: Period) -> str:
    """The target with words for its limits, "minst 90": its unit stands in a column of its own."""
    text = target_text(content, indicator, period)
    try:
        target = parse_target(text, indicator.scale)
    except (TargetError, NumberError):
        return text
    return in_words(target) or text


def in_words(target: Target) -> str:
    """A target that has one limit, in words; "" for every other one."""
    if target.is_strict or target.horizon:
        return ""
    if target.rule is Rule.AT_LEAST and target.low is not None:
        return _("at least {limit}", limit=number(target.low))
    if target.rule is Rule.AT_MOST and target.high is not None:
        return _("at most {limit}", limit=number(target.high))
    return ""


def targets_of(content: PlanContent, indicator: Indicator, period: Period, text: str) -> tuple[TargetValue, ...]:
    """The targets that a text gives: of the whole, or of the parts where those have targets of their own.

    None where it says what stands there. Raises TargetError where it cannot be read.
    """
    written = clean(text).strip()
    if written and written == target_text(content, indicator, period):
        return ()  # as it stands, even where that cannot be read
    parts = parse_target(written, indicator.scale).parts if written else ()
    own = [part for part in indicator.breakdown if content.target(indicator.key, period, part) is not None]
    if parts and own:
        of_one = replace(indicator.scale, breakdown=())
        return tuple(_with(content, indicator, period, part, write_target(each, of_one)) for part, each in parts)
    return (_with(content, indicator, period, "", written),)


def _with(content: PlanContent, indicator: Indicator, period: Period, part: str, text: str) -> TargetValue:
    blank = TargetValue(indicator=indicator.key, period=period, part=part)
    known = content.get(TargetValue, blank.key)
    return replace(known if known is not None else blank, value=text, retired=False)


def direction_word(direction: Direction) -> str:
    """A direction in one word, for a cell."""
    return say(_DIRECTIONS[direction])


def is_surely_target(text: str) -> bool:
    """Whether a text is a target, and no unit and no direction: a figure with what is said of it, öka, minska, ja."""
    if text.strip().casefold() in {direction_word(each) for each in Direction}:
        return False
    try:
        target = parse_target(text, Scale(direction=Direction.NEUTRAL))
    except (TargetError, NumberError):
        return False
    return target.rule not in (Rule.QUALITATIVE, Rule.NONE) or target.reference is not None


def as_its_target_says(indicator: Indicator, text: str, decided: Collection[str]) -> Indicator:
    """A new indicator with the unit and the direction that its first target says: `högst 60 dagar`, `95 %`, `ja`.

    What is `decided` already stays as it is, and so does what the target says nothing of.
    """
    try:
        target = parse_target(text, Scale(direction=Direction.NEUTRAL))
    except (TargetError, NumberError):
        return indicator
    unit, direction = _unit_of(text, target), _direction_of(target)
    if unit and "unit" not in decided:
        indicator = replace(indicator, unit=unit)
    if direction is not None and "direction" not in decided:
        indicator = replace(indicator, direction=direction)
    return indicator


def _unit_of(text: str, target: Target) -> str:
    if target.rule is Rule.YES:
        return "ja/nej"
    found = _UNIT_AFTER.fullmatch(text.strip())
    word = found["unit"].strip() if found is not None else ""
    return canonical(word) if word and (word == "%" or is_known(word)) else ""


def _direction_of(target: Target) -> Direction | None:
    if target.rule in UPWARD_RULES:
        return Direction.HIGHER
    if target.rule in DOWNWARD_RULES:
        return Direction.LOWER
    is_interval = target.rule is Rule.WITHIN and target.low != target.high
    return Direction.BAND if is_interval and isinstance(target.low, Decimal) else None
