"""The verdicts of children become their parent's, by the plan's policy (docs/rules.md, Up the tree)."""

from __future__ import annotations

from collections.abc import Iterable

from kvaltui.model.status import Status
from kvaltui.model.structure import RollUp


def roll_up(statuses: Iterable[Status], policy: RollUp = RollUp.STANDARD) -> Status:
    """The status that children give together; those that are not assessed or do not concern have no say."""
    found = list(statuses)
    achieved, not_achieved = found.count(Status.ACHIEVED), found.count(Status.NOT_ACHIEVED)
    assessed = achieved + not_achieved + found.count(Status.PARTIALLY_ACHIEVED)
    if not assessed:
        return Status.NOT_ASSESSED
    if achieved == assessed:
        return Status.ACHIEVED
    match policy:
        case RollUp.STANDARD:
            is_missed = not achieved and 2 * not_achieved >= assessed
        case RollUp.WORST:
            is_missed = not_achieved > 0
        case RollUp.SHARE:
            # 80 % and 50 %, without dividing.
            if 5 * achieved >= 4 * assessed:
                return Status.ACHIEVED
            is_missed = 2 * achieved < assessed
    return Status.NOT_ACHIEVED if is_missed else Status.PARTIALLY_ACHIEVED
