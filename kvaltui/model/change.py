"""How a figure moved since an earlier one, valued by the indicator's direction: a cost that fell is better."""

from __future__ import annotations

from kvaltui.model.figure import Figure, Operator
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.status import Change


def change(current: Figure, previous: Figure, scale: Scale, *, comparable: bool = True) -> Change:
    """Compare two numeric figures of one indicator (FIGURES.md, Judging one outcome, Change).

    Not comparable where the caller says so (a series break between them), where the indicator has no direction, where
    a figure is no number, and where two intervals overlap. Within a band neither way is better by itself, so only a
    figure that has not moved can be compared there.
    """
    if not comparable or scale.direction is Direction.NEUTRAL or not current.is_number or not previous.is_number:
        return Change.NOT_COMPARABLE
    if _ends(current) == _ends(previous):
        return Change.SAME
    if scale.direction is Direction.BAND:
        return Change.NOT_COMPARABLE
    if _is_above(current, previous):
        return Change.BETTER if scale.direction is Direction.HIGHER else Change.WORSE
    if _is_above(previous, current):
        return Change.WORSE if scale.direction is Direction.HIGHER else Change.BETTER
    return Change.NOT_COMPARABLE


def _ends(figure: Figure) -> tuple[object, ...]:
    return figure.low, figure.high, figure.operator


def _is_above(first: Figure, second: Figure) -> bool:
    """Whether the whole of the first figure lies above the whole of the second."""
    if first.low is None or second.high is None:
        return False
    if first.operator is Operator.GREATER or second.operator is Operator.LESS:
        return first.low >= second.high
    return first.low > second.high
