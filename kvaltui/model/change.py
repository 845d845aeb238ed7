"""How a figure moved since an earlier one, valued by the indicator's direction: a cost that fell is better."""

from __future__ import annotations

from decimal import Decimal

from kvaltui.model.figure import Figure
from kvaltui.model.quantity import Operator
from kvaltui.model.reason import EXACT
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.status import Change
from kvaltui.model.target_rule import Target

_NO_DISTANCE = Decimal(0)


def change(
    current: Figure, previous: Figure, scale: Scale, *, comparable: bool = True, target: Target | None = None
) -> Change:
    """Compare two numeric figures of one indicator (docs/rules.md, Earlier figures).

    Not comparable where the caller says so (a series break between them), where the indicator has no direction, where
    a figure is no number, and where two intervals overlap. Where a band is best, the figure nearer to the band of the
    target is the better one.
    """
    if not comparable or scale.direction is Direction.NEUTRAL or not current.is_number or not previous.is_number:
        return Change.NOT_COMPARABLE
    if (current.low, current.high, current.operator) == (previous.low, previous.high, previous.operator):
        return Change.SAME
    if scale.direction is Direction.BAND:
        return _change_to_band(current.exact, previous.exact, target)
    if _is_above(current, previous):
        return Change.BETTER if scale.direction is Direction.HIGHER else Change.WORSE
    if _is_above(previous, current):
        return Change.WORSE if scale.direction is Direction.HIGHER else Change.BETTER
    return Change.NOT_COMPARABLE


def _change_to_band(current: Decimal | None, previous: Decimal | None, target: Target | None) -> Change:
    if current is None or previous is None or target is None or target.low is None or target.high is None:
        return Change.NOT_COMPARABLE
    now, before = (
        max(EXACT.subtract(target.low, number), EXACT.subtract(number, target.high), _NO_DISTANCE)
        for number in (current, previous)
    )
    if now == before:
        return Change.SAME
    return Change.BETTER if now < before else Change.WORSE


def _is_above(first: Figure, second: Figure) -> bool:
    """Whether the whole of the first figure lies above the whole of the second."""
    if first.low is None or second.high is None:
        return False
    if first.operator is Operator.GREATER or second.operator is Operator.LESS:
        return first.low >= second.high
    return first.low > second.high
