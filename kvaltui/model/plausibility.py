"""Figures that look wrong: stored and marked, never blocked (FIGURES.md, Warnings that never block)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from kvaltui.model.figure import Figure
from kvaltui.model.reason import EXACT
from kvaltui.model.scale import Scale
from kvaltui.model.status import Doubt
from kvaltui.model.structure import Aggregate
from kvaltui.model.target import Target

_WHOLE = Decimal(100)
_JUMP = Decimal(5)
_HALF = Decimal("0.5")
_COUNT = "antal"


def in_order(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Doubts once each, in the order of the enum."""
    found = frozenset(doubts)
    return tuple(doubt for doubt in Doubt if doubt in found) if found else ()


def figure_doubts(figure: Figure, scale: Scale) -> tuple[Doubt, ...]:
    """What looks wrong in a figure by itself: its ratio says another value, or it is a percentage outside 0–100."""
    doubts = []
    if is_quotient_wrong(figure, scale):
        doubts.append(Doubt.QUOTIENT_MISMATCH)
    if scale.unit == "%" and any(end is not None and not 0 <= end <= _WHOLE for end in (figure.low, figure.high)):
        doubts.append(Doubt.OUT_OF_RANGE)
    return tuple(doubts)


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


def is_jump(figure: Figure, previous: Figure | None, target: Target | None) -> bool:
    """Whether a number is five times or more, or a fifth or less, of the earlier figure or of the target.

    A slip of the keys multiplies or divides, so a plain zero is never one.
    """
    number = figure.exact
    if number is None or number <= 0:
        return False
    references = [previous.exact] if previous else []
    if target:
        references += [target.reference]
        if target.low is not None and target.high is not None:
            return _is_far(number, references) or number * _JUMP <= target.low or number >= target.high * _JUMP > 0
        references += [target.low, target.high]
    return _is_far(number, references)


def _is_far(number: Decimal, references: Iterable[Decimal | None]) -> bool:
    return any(
        reference is not None
        and reference > 0
        and (number >= EXACT.multiply(reference, _JUMP) or EXACT.multiply(number, _JUMP) <= reference)
        for reference in references
    )


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
