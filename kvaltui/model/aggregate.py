"""A total computed from parts, where the indicator says so (docs/rules.md, Parts and totals)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kvaltui.model.figure import Figure
from kvaltui.model.quantity import Operator, ratio_value
from kvaltui.model.reason import EXACT
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Aggregate


def aggregate_total(parts: Sequence[Figure], aggregate: Aggregate, scale: Scale) -> Figure | None:
    """The total of parts by the indicator's rule; None where the rule is none or the parts do not allow it.

    RATIO is the sum of the numerators over the sum of the denominators, SUM the sum, RANGE from the least to the
    greatest. A mean is never made. It is estimated where a part is.
    """
    if not parts or aggregate is Aggregate.NONE:
        return None
    is_estimated = any(part.is_estimated for part in parts)
    if aggregate is Aggregate.RATIO:
        return _ratio(parts, scale, is_estimated)
    lows = [part.low for part in parts]
    highs = [part.high for part in parts]
    if aggregate is Aggregate.RANGE:
        if None in lows or None in highs:
            return None
        low = min(number for number in lows if number is not None)
        high = max(number for number in highs if number is not None)
        operator = Operator.EXACT if low == high else Operator.INTERVAL
        return Figure(low, high, operator, is_estimated=is_estimated)
    total = Decimal(0)
    for part in parts:
        if part.exact is None:
            return None
        total = EXACT.add(total, part.exact)
    return Figure(total, total, is_estimated=is_estimated)


def _ratio(parts: Sequence[Figure], scale: Scale, is_estimated: bool) -> Figure | None:
    numerator = denominator = Decimal(0)
    for part in parts:
        if part.numerator is None or part.denominator is None:
            return None
        numerator = EXACT.add(numerator, part.numerator)
        denominator = EXACT.add(denominator, part.denominator)
    if not denominator:
        return None
    value = ratio_value(numerator, denominator, scale)
    return Figure(
        value,
        value,
        numerator=numerator,
        denominator=denominator,
        is_value_stated=False,
        is_estimated=is_estimated,
    )
