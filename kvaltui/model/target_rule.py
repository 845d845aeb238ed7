"""What a target means: its rule and its limits, and what is wrong with a text that gives none."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from kvaltui.model.clean import excerpt
from kvaltui.model.message import Message, UnreadableValue
from kvaltui.model.period import Period
from kvaltui.model.scale import Scale
from kvaltui.model.value import dataclass


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


UPWARD_RULES = frozenset({Rule.AT_LEAST, Rule.INCREASE, Rule.MAINTAIN_OR_INCREASE, Rule.ADD})
"""The rules for which more is better."""
DOWNWARD_RULES = frozenset({Rule.AT_MOST, Rule.DECREASE, Rule.MAINTAIN_OR_DECREASE})
"""The rules for which less is better."""
BASED_RULES = frozenset({Rule.INCREASE, Rule.DECREASE, Rule.MAINTAIN_OR_INCREASE, Rule.MAINTAIN_OR_DECREASE, Rule.ADD})
"""The rules that measure from an earlier figure where the target names none."""
RULES_WITHOUT_POLICY = frozenset({Rule.NONE, Rule.YES, Rule.QUALITATIVE, Rule.INCREASE, Rule.DECREASE, Rule.ADD})
"""The rules for which no shortfall is partial by the plan's policy."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a written target means.

    AT_LEAST has `low`, AT_MOST has `high`, WITHIN both; where `is_strict` (`> 95 %`), the end itself does not fulfil
    it. INCREASE, DECREASE, the maintaining rules and ADD have `base` where one was written, otherwise the outcome of
    `base_period` is the base, or the previous one where no period was named. ADD has `amount`. QUALITATIVE has `text`.
    NONE with `reference` is a number to compare with, but not to judge by (a neutral indicator). `parts` holds one
    target per named part; the rule of the whole is then NONE. `horizon` says from when the target holds, where its
    text does: "vid mandatperiodens slut".
    """

    rule: Rule
    low: Decimal | None = None
    high: Decimal | None = None
    base: Decimal | None = None
    amount: Decimal | None = None
    reference: Decimal | None = None
    text: str = ""
    parts: tuple[tuple[str, Target], ...] = ()
    is_strict: bool = False
    base_period: Period | None = None
    horizon: str = ""


NO_TARGET = Target(Rule.NONE)


class TargetError(UnreadableValue):
    """A text that is built like a target in figures, but that cannot be read, or not in one way only."""


class TargetInWordsError(TargetError):
    """A sentence with a figure in it that no rule can be read from.

    Refused when it is typed. From a file or the database it stands as it was written, judged by a person and doubted.
    """


def unreadable(text: str, scale: Scale) -> TargetError:
    """That a text is no target of the scale, and what was expected."""
    if scale.is_yes_no:
        expected = Message("ja, or - where there is no target")
    elif scale.is_percentage:
        expected = Message("a target such as 95 %, högst 5 %, 45–55 % or öka")
    else:
        expected = Message("a target such as 95, högst 120, 45–55 or öka")
    return TargetError(Message("“{text}” cannot be read: write {expected}", text=excerpt(text), expected=expected))
