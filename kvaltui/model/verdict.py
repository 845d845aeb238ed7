"""judge(outcome, target, previous, policy) -> Verdict: one outcome against one target (FIGURES.md, Judging one outcome)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kvaltui.model.message import Message
from kvaltui.model.status import Status
from kvaltui.model.target import Rule


@dataclass(frozen=True, slots=True)
class Policy:
    """When a shortfall is partial: a share of the target (0.8 for "80 %"; None = no share) or a distance in the unit."""

    partial_from: Decimal | None = None
    partial_within: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status, the rule that gave it, and why, in words and figures. `parts` holds the verdict of each named part."""

    status: Status
    rule: Rule
    reason: Message
    parts: tuple[tuple[str, Verdict], ...] = ()
