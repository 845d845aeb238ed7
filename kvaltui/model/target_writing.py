"""Target -> text, so that the grammar of targets reads the same one."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from kvaltui.model.parts import write_parts
from kvaltui.model.quantity import Operator, write_amount, write_quantity
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.target_rule import Rule, Target

_TREND_WORDS: Final = {
    Rule.INCREASE: "öka",
    Rule.DECREASE: "minska",
    Rule.MAINTAIN_OR_INCREASE: "bibehålla eller öka",
    Rule.MAINTAIN_OR_DECREASE: "bibehålla eller minska",
}


def write_target(target: Target, scale: Scale) -> str:
    """Write a target so that `parse_target` reads the same one on the same scale; "" where there is none."""
    if target.parts:
        return write_parts(((name, write_target(part, scale) or "-") for name, part in target.parts), scale.breakdown)
    written = _write_rule(target, scale)
    return f"{written} ({target.horizon})" if target.horizon else written


def _write_rule(target: Target, scale: Scale) -> str:
    match target.rule:
        case Rule.AT_LEAST | Rule.AT_MOST | Rule.WITHIN:
            return _write_limits(target, scale)
        case Rule.ADD:
            return f"{write_amount(target.amount or Decimal(0), scale)} nya{_write_base(target, scale)}"
        case Rule.YES:
            return "ja"
        case Rule.QUALITATIVE:
            return target.text
        case Rule.NONE:
            return write_quantity(target.reference, target.reference, Operator.EXACT, scale)
        case _:
            return _TREND_WORDS[target.rule] + _write_base(target, scale)


def _write_limits(target: Target, scale: Scale) -> str:
    if target.rule is Rule.WITHIN:
        if scale.direction is Direction.BAND and target.low == target.high:
            return write_quantity(target.low, target.high, Operator.EXACT, scale)
        return write_quantity(target.low, target.high, Operator.INTERVAL, scale)
    if target.rule is Rule.AT_LEAST:
        if scale.direction is Direction.HIGHER and not target.is_strict:
            return write_quantity(target.low, target.low, Operator.EXACT, scale)
        return write_quantity(target.low, None, Operator.GREATER if target.is_strict else Operator.AT_LEAST, scale)
    if scale.direction is Direction.LOWER and not target.is_strict:
        return write_quantity(target.high, target.high, Operator.EXACT, scale)
    return write_quantity(None, target.high, Operator.LESS if target.is_strict else Operator.AT_MOST, scale)


def _write_base(target: Target, scale: Scale) -> str:
    if target.base is None:
        return f" från {target.base_period}" if target.base_period else ""
    return " från " + write_quantity(target.base, target.base, Operator.EXACT, scale)
