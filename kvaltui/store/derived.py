"""The parsed meaning of what a person wrote, as the columns that stand beside it in outcome and target rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from kvaltui.model.content import AnyEntity
from kvaltui.model.figure import FigureError, parse_figure
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.scale import Scale

_UNREADABLE: dict[str, Any] = dict.fromkeys(
    ("low", "high", "operator", "numerator", "denominator", "is_estimated", "missing")
)


def derived_columns(entity: AnyEntity, scale_of: Callable[[str], Scale | None]) -> dict[str, Any]:
    """The derived columns of an entity's row: none for most kinds, NULLs for what is blank or cannot be read.

    `scale_of` gives the scale of an indicator by its key.
    """
    if isinstance(entity, Outcome):
        return _outcome(entity.value, scale_of(entity.indicator))
    if isinstance(entity, TargetValue):
        return dict.fromkeys(("rule", "low", "high"))
    return {}


def _outcome(value: str, scale: Scale | None) -> dict[str, Any]:
    if not value or scale is None:
        return _UNREADABLE
    try:
        figure = parse_figure(value, scale)
    except FigureError:
        return _UNREADABLE
    return {
        "low": _text(figure.low),
        "high": _text(figure.high),
        "operator": figure.operator.value if figure.is_number else None,
        "numerator": _text(figure.numerator),
        "denominator": _text(figure.denominator),
        "is_estimated": figure.is_estimated,
        "missing": figure.missing.value if figure.missing else None,
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
