"""What there is to say of one indicator for a period: its verdict and all that stands beside it.

These are named tuples rather than dataclasses: judging a plan makes tens of thousands of them.
"""

from __future__ import annotations

from typing import NamedTuple

from kvaltui.model.figure import Figure, MissingReason
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment
from kvaltui.model.status import Change, Doubt, Status
from kvaltui.model.verdict import Verdict


class Previous(NamedTuple):
    """The nearest earlier figure that the current one is compared with."""

    period: Period
    text: str
    figure: Figure


class PartResult(NamedTuple):
    """One named part of an indicator: texts as written, its verdict, how it moved, and what looks wrong about it."""

    part: str
    target: str | None
    outcome: str | None
    verdict: Verdict
    change: Change | None = None
    previous: Previous | None = None
    doubts: tuple[Doubt, ...] = ()


class IndicatorResult(NamedTuple):
    """An indicator for a period: its computed verdict, a person's assessment beside it, and all there is to say of it.

    `status` is the assessment's where there is one, otherwise the computed one. `target` and `outcome` are texts as
    written (of the whole, or the parts' joined by "; " where only parts were entered), None where there is none.
    `figure` is the total where there is one, `is_computed` where it comes from the parts; `is_by_forecast` where the
    verdict is that of the forecast. `changed_at` is when an outcome, target or assessment of it for the period last
    changed. From `verdict` on, the fields follow from the texts alone.
    """

    key: str
    status: Status
    manual: Assessment | None
    is_stale: bool
    doubts: tuple[Doubt, ...]
    is_contested: bool
    changed_at: str
    verdict: Verdict
    target: str | None
    outcome: str | None
    figure: Figure | None
    change: Change | None
    previous: Previous | None
    missing: MissingReason | None
    is_estimated: bool
    is_reported: bool
    parts: tuple[PartResult, ...] = ()
    is_computed: bool = False
    is_by_forecast: bool = False

    def verdict_of(self, part: str) -> Verdict:
        """The computed verdict of a part of it; of the whole without one, or where there is no such part."""
        return next((each.verdict for each in self.parts if each.part == part), self.verdict)


def doubts_about(judged: IndicatorResult, part: str = "") -> tuple[Doubt, ...]:
    """What looks wrong about an indicator with all its parts, or about the figure of one of them."""
    if not part:
        return judged.doubts
    return next((each.doubts for each in judged.parts if each.part == part), ())
