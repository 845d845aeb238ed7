"""How grave a risk is: likelihood x consequence -> level -> band, and which risk comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from kvaltui.model.quality_work import Risk


class Band(StrEnum):
    """The band that a plan's `risk_bands` puts a level in (`band` in `status --json`)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


HIGHEST_GRADE = 5
"""Likelihood and consequence are graded from 1 to this."""


def risk_level(likelihood: int, consequence: int) -> int:
    """The level of a risk: its likelihood times its consequence."""
    return likelihood * consequence


def level_of(risk: Risk) -> int | None:
    """The level that is stated, or else the one that likelihood and consequence give; None where neither stands."""
    if risk.level is not None:
        return risk.level
    if risk.likelihood is None or risk.consequence is None:
        return None
    return risk_level(risk.likelihood, risk.consequence)


def band(level: int | None, bands: Sequence[int]) -> Band | None:
    """The band of a level: with bands (4, 9), low < 4 <= medium < 9 <= high (docs/rules.md, Risks)."""
    if level is None:
        return None
    medium, high = bands
    if level < medium:
        return Band.LOW
    return Band.MEDIUM if level < high else Band.HIGH


def by_severity(risks: Iterable[Risk]) -> list[Risk]:
    """Risks with the gravest first: by level, then by consequence, then in the plan's order."""
    return sorted(risks, key=lambda risk: (-(level_of(risk) or 0), -(risk.consequence or 0), risk.order))
