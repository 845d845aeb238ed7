"""Figures that look wrong: stored and marked, never blocked (docs/rules.md, Doubts)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias

from kvaltui.model.figure import Figure
from kvaltui.model.reason import EXACT
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.status import Doubt
from kvaltui.model.structure import Aggregate
from kvaltui.model.target_rule import DOWNWARD_RULES, UPWARD_RULES, Rule, Target

_WHOLE = Decimal(100)
_DECIMALS_OF_A_SHARE = -2
_JUMP = Decimal(5)
_HALF = Decimal("0.5")
_COUNT = "antal"


def in_order(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Doubts once each, in the order of the enum."""
    found = frozenset(doubts)
    return tuple(doubt for doubt in Doubt if doubt in found) if found else ()


def figure_doubts(figure: Figure, scale: Scale) -> tuple[Doubt, ...]:
    """What looks wrong in a figure by itself: its ratio says another value, or it is a percentage outside 0–100."""
    if scale.unit != "%" and figure.numerator is None:
        return ()
    doubts = []
    if is_quotient_wrong(figure, scale):
        doubts.append(Doubt.QUOTIENT_MISMATCH)
    if scale.unit == "%" and _is_outside(figure):
        doubts.append(Doubt.OUT_OF_RANGE)
    return tuple(doubts)


def _is_outside(figure: Figure) -> bool:
    return any(end is not None and not 0 <= end <= _WHOLE for end in (figure.low, figure.high))


def doubts_beside(figure: Figure, previous: Figure | None, target: Target | None, scale: Scale) -> tuple[Doubt, ...]:
    """What looks wrong in a figure beside the earlier figure and the target."""
    if not figure.is_number:
        return ()
    references = _references(previous, target)
    doubts = []
    if scale.unit == "%" and _is_share_as_number(figure, references):
        doubts.append(Doubt.SHARE_AS_NUMBER)
    if _is_far(figure, references):
        doubts.append(Doubt.JUMP)
    return tuple(doubts)


def contradicts_direction(target: Target, scale: Scale) -> bool:
    """Whether the rule of a target goes against the direction of its indicator: lower is better, target 4–6 %."""
    direction = scale.direction
    if direction is not Direction.HIGHER and direction is not Direction.LOWER:
        return False
    if target.parts:
        return any(contradicts_direction(part, scale) for _, part in target.parts)
    if target.rule is Rule.WITHIN:
        # An end that cannot be passed is no limit: 90–100 % is at least 90 %.
        if direction is Direction.LOWER:
            return target.low is None or target.low > 0
        return not (scale.unit == "%" and target.high is not None and target.high >= _WHOLE)
    return target.rule in (UPWARD_RULES if direction is Direction.LOWER else DOWNWARD_RULES)


def is_quotient_wrong(figure: Figure, scale: Scale) -> bool:
    """Whether a stated value and its ratio disagree by more than half a unit of the last decimal that was stated."""
    stated, numerator, denominator = figure.exact, figure.numerator, figure.denominator
    if not figure.is_value_stated or stated is None or numerator is None or not denominator:
        return False
    exponent = stated.as_tuple().exponent
    assert isinstance(exponent, int)
    factor = _WHOLE if scale.unit == "%" else Decimal(1)
    difference = EXACT.subtract(EXACT.multiply(stated, denominator), EXACT.multiply(numerator, factor))
    return abs(difference) > EXACT.multiply(_HALF.scaleb(min(exponent, 0)), abs(denominator))


References: TypeAlias = tuple[tuple[Decimal, Decimal], ...]


def _references(previous: Figure | None, target: Target | None) -> References:
    """What a figure is compared with: the ends of the earlier figure and of the target or its base."""
    before = _both_ends(previous.low, previous.high) if previous else None
    wanted = _both_ends(target.low, target.high) or _both_ends(target.reference, target.base) if target else None
    return tuple([ends for ends in (before, wanted) if ends])


def _both_ends(low: Decimal | None, high: Decimal | None) -> tuple[Decimal, Decimal] | None:
    if low is None:
        low = high
    return None if low is None else (low, low if high is None else high)


def _is_far(figure: Figure, references: References) -> bool:
    """Whether a figure is five times or more, or a fifth or less, of the earlier figure or of the target.

    Of an interval, the nearer end. A slip of the keys multiplies or divides, so a plain zero is never one.
    """
    ends = _both_ends(figure.low, figure.high)
    if ends is None or ends[1] <= 0:
        return False
    low, high = ends
    return any(
        (above > 0 and low >= EXACT.multiply(above, _JUMP)) or (below > 0 and EXACT.multiply(high, _JUMP) <= below)
        for below, above in references
    )


def _is_share_as_number(figure: Figure, references: References) -> bool:
    """Whether a percentage looks like a share of one: 0,86 where others are in per cent, or where there are none."""
    ends = _both_ends(figure.low, figure.high)
    if ends is None or not (ends[0] > 0 and ends[1] <= 1) or not figure.is_value_stated:
        return False
    if not references:
        # 0,3 % of overtime is usual; shares are computed with more decimals than percentages are reported with.
        exponent = ends[1].as_tuple().exponent
        return ends[1] < 1 and isinstance(exponent, int) and exponent <= _DECIMALS_OF_A_SHARE
    return any(below >= _JUMP for below, _ in references)


def do_parts_disagree(total: Figure, parts: Mapping[str, Figure], scale: Scale, aggregate: Aggregate) -> bool:
    """Whether the parts of a count do not sum to its total. Only asked where every part has a number."""
    if scale.unit != _COUNT and aggregate is not Aggregate.SUM:
        return False
    numbers = [parts[name].exact if name in parts else None for name in scale.breakdown]
    if total.exact is None or len(numbers) < 2 or None in numbers:
        return False
    return sum((number for number in numbers if number is not None), Decimal(0)) != total.exact


def do_sources_disagree(first: Figure, second: Figure) -> bool:
    """Whether two readings of one figure differ in what they say."""
    if first.is_number and second.is_number:
        return (first.low, first.high, first.operator) != (second.low, second.high, second.operator)
    return (first.missing, first.answer, first.text) != (second.missing, second.answer, second.text)
