"""The parsed meaning of what a person wrote, as the columns that stand beside it in outcome and target rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.figure import FigureError, parse_figure
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.scale import Scale
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import TargetError

DERIVED: Mapping[Kind, Mapping[str, type]] = {
    Kind.OUTCOME: dict.fromkeys(("low", "high", "operator", "numerator", "denominator"), str)
    | {"is_estimated": bool, "missing": str},
    Kind.TARGET: dict.fromkeys(("rule", "low", "high"), str),
}
"""The derived columns by name, and what each holds, exact decimals as text; NULL where a text cannot be read."""


def derived_columns(entity: AnyEntity, scale_of: Callable[[str], Scale | None]) -> dict[str, Any]:
    """The derived columns of an entity's row: none for most kinds, NULLs for what is blank or cannot be read.

    `scale_of` gives the scale of an indicator by its key.
    """
    if not isinstance(entity, Outcome | TargetValue):
        return {}
    scale = scale_of(entity.indicator)
    try:
        if scale is not None:
            read = _of_figure if isinstance(entity, Outcome) else _of_target
            return read(entity.value, scale)
    except (FigureError, TargetError):
        pass
    return dict.fromkeys(DERIVED[entity.kind])


def _of_figure(value: str, scale: Scale) -> dict[str, Any]:
    figure = parse_figure(value, scale)
    return {
        "low": _text(figure.low),
        "high": _text(figure.high),
        "operator": figure.operator.value if figure.is_number else None,
        "numerator": _text(figure.numerator),
        "denominator": _text(figure.denominator),
        "is_estimated": figure.is_estimated,
        "missing": figure.missing.value if figure.missing else None,
    }


def _of_target(value: str, scale: Scale) -> dict[str, Any]:
    target = parse_target(value, scale)
    return {"rule": target.rule.value, "low": _text(target.low), "high": _text(target.high)}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"
