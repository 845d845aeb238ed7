"""How far a figure lies from its target, and how far it has moved: so that the worst can stand first."""

from __future__ import annotations

from decimal import Decimal

from kvaltui.model.figure import Figure, FigureError, parse_figure
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.reason import EXACT
from kvaltui.model.scale import Scale
from kvaltui.model.status import Status
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import DOWNWARD_RULES, Rule, Target, TargetError

NOTHING = Decimal(0)
WHOLE = Decimal(1)
"""The shortfall of what is not there at all: no where yes was asked for."""
_DIGITS = Decimal("1.000000")


def shortfall(judged: IndicatorResult, scale: Scale) -> Decimal:
    """How much of its target an indicator lacks, as a share of the target; of parts, what the worst of them lacks.

    0 where it lacks nothing, or where no figures tell: a person has judged it so.
    """
    if judged.parts:
        lacking = [
            _lacking(_read(each.outcome, scale), each.target, scale, each.previous.figure if each.previous else None)
            for each in judged.parts
            if each.verdict.status is Status.NOT_ACHIEVED
        ]
        if lacking:
            return max(lacking)
    return _lacking(judged.figure, judged.target, scale, judged.previous.figure if judged.previous else None)


def distance(current: Figure, earlier: Figure, scale: Scale) -> Decimal:
    """How far a figure has moved since an earlier one: of percentages as points, else as a share of the greater one."""
    now, then = current.exact, earlier.exact
    if now is None or then is None:
        return NOTHING
    moved = abs(EXACT.subtract(now, then))
    return _share(moved, Decimal(100) if scale.is_percentage else max(abs(now), abs(then)))


def _read(text: str | None, scale: Scale) -> Figure | None:
    try:
        return parse_figure(text, scale) if text else None
    except FigureError:
        return None


def _lacking(figure: Figure | None, text: str | None, scale: Scale, previous: Figure | None) -> Decimal:
    if figure is None or not text:
        return NOTHING
    if figure.answer is not None:
        return WHOLE
    try:
        target = parse_target(text, scale)
    except TargetError:
        return NOTHING
    low, high = _ends(target, previous)
    worst = figure.low if figure.low is not None else figure.high
    best = figure.high if figure.high is not None else figure.low
    if worst is None or best is None:
        return NOTHING
    below = _share(EXACT.subtract(low, worst), abs(low)) if low is not None else NOTHING
    above = _share(EXACT.subtract(best, high), abs(high)) if high is not None else NOTHING
    return max(below, above, NOTHING)


def _ends(target: Target, previous: Figure | None) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest number that fulfil a target; what is measured from an earlier figure, with that."""
    if target.rule in (Rule.AT_LEAST, Rule.AT_MOST, Rule.WITHIN):
        return target.low, target.high
    base = target.base if target.base is not None else previous.exact if previous is not None else None
    if base is None:
        return None, None
    if target.amount is not None:
        base = EXACT.add(base, target.amount)
    return (None, base) if target.rule in DOWNWARD_RULES else (base, None)


def _share(number: Decimal, of: Decimal) -> Decimal:
    """A share, near enough to sort by; the whole of what lacks everything of a target of 0."""
    if number <= NOTHING:
        return NOTHING
    return EXACT.divide(number, of).quantize(_DIGITS) if of else WHOLE
