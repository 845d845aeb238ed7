"""The reporting round: what marking an area complete locks, and what looks wrong in it before that."""

from __future__ import annotations

from kvaltui.doubt_words import DoubtfulRow, doubtful_rows
from kvaltui.i18n import _
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import PlanResult
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.reporting_round import complete_area
from kvaltui.model.summary import doubts_below
from kvaltui.work.naming import name_of


class CompleteAbove(KvaltuiError):
    """An area that lies in one that is marked complete, which is the one to be opened."""


def doubtful_in(content: PlanContent, result: PlanResult, area: str) -> list[DoubtfulRow]:
    """The figures in an area that look wrong for the period of the result."""
    return doubtful_rows(content, result, doubts_below(content, result, area))


def is_complete(content: PlanContent, result: PlanResult, area: str) -> bool:
    """Whether an area itself is marked complete for the period of the result. Raises CompleteAbove."""
    locking = complete_area(content, area, result.period)
    if locking and locking != area:
        told = Message(
            "{area} lies in {above}, which is marked complete: open that one",
            area=area_name(content, area),
            above=area_name(content, locking),
        )
        raise CompleteAbove(told)
    return bool(locking)


def completed_in_words(content: PlanContent, result: PlanResult, area: str) -> str:
    """That an area is complete and locked, and how many outcomes it lacks."""
    counts = result.nodes[Reference(Kind.AREA, area)].counts
    waiting = counts.waiting
    period, name = result.period, area_name(content, area)
    if not waiting:
        return _("Complete for {period} and locked: {area}", period=period, area=name)
    return _(
        "Complete for {period} and locked, with {count} outcome missing: {area}"
        if waiting == 1
        else "Complete for {period} and locked, with {count} outcomes missing: {area}",
        period=period,
        count=waiting,
        area=name,
    )


def area_name(content: PlanContent, area: str) -> str:
    """What an area is called."""
    return name_of(content, Reference(Kind.AREA, area))
