"""Text <-> Target: the grammar of targets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Rule(StrEnum):
    """The rule that an outcome is judged by (`rule` in `status --json`)."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    WITHIN = "within"
    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN_OR_INCREASE = "maintain_or_increase"
    MAINTAIN_OR_DECREASE = "maintain_or_decrease"
    ADD = "add"
    YES = "yes"
    QUALITATIVE = "qualitative"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Target:
    """What a written target means.

    AT_LEAST has `low`, AT_MOST has `high`, WITHIN both. INCREASE, DECREASE and the maintaining rules have `base` where one
    was written, otherwise the previous outcome is the base. ADD has `amount`. QUALITATIVE has `text`. NONE with `reference`
    is a number to compare with, but not to judge by (a neutral indicator). `parts` holds one target per named part.
    """

    rule: Rule
    low: Decimal | None = None
    high: Decimal | None = None
    base: Decimal | None = None
    amount: Decimal | None = None
    reference: Decimal | None = None
    text: str = ""
    parts: tuple[tuple[str, Target], ...] = ()


NO_TARGET = Target(Rule.NONE)
