"""How an indicator's figures are measured: what the grammars of outcomes and targets need to know about it."""

from __future__ import annotations

from enum import StrEnum

from kvaltui.model.value import dataclass


class Direction(StrEnum):
    """Which way is better (`direction` in a plan file)."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Scale:
    """The unit, the direction and the named parts of an indicator's figures.

    `unit` is "%", "antal", "dagar", "kr", "tkr", "index", "ja/nej", "text" or any other word; `breakdown` holds the
    names of the parts in their order.
    """

    unit: str = ""
    direction: Direction = Direction.HIGHER
    breakdown: tuple[str, ...] = ()

    @property
    def is_percentage(self) -> bool:
        """Whether figures are in per cent."""
        return self.unit == "%"

    @property
    def is_text(self) -> bool:
        """Whether outcomes are words, which only a person can judge."""
        return self.unit == "text"

    @property
    def is_yes_no(self) -> bool:
        """Whether outcomes are yes, partly or no."""
        return self.unit == "ja/nej"
