"""The order of things that stand beside each other: moving one, and making room for a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from kvaltui.i18n import _
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entity import Reference
from kvaltui.model.quality_work import SelfCheck
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.value import replace
from kvaltui.tui.forms import editing
from kvaltui.work.naming import name_of

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

Ordered = TypeVar("Ordered", bound=Area | Goal | Indicator | SelfCheck | EconomyTable | EconomyRow)


def in_order(things: Sequence[Ordered]) -> list[Ordered]:
    """The things as they stand."""
    return sorted(things, key=lambda each: each.order)


def move(app: Program, thing: Ordered, way: int, among: Sequence[Ordered]) -> None:
    """Move a thing one place up (−1) or down (1) among those that stand beside it."""
    things = in_order(among)
    at = next((at for at, each in enumerate(things) if each.key == thing.key), None)
    if at is None or not 0 <= at + way < len(things):
        return
    # The places that they take together stay theirs, so that nothing else moves.
    places = sorted({each.order for each in things})
    if len(places) < len(things):
        places = list(range(len(things)))
    things[at], things[at + way] = things[at + way], things[at]
    told = _("Moved: {name}", name=name_of(app.session.content, Reference(thing.kind, thing.key)))
    editing.store(app, _placed(things, places), told)


def make_room(among: Sequence[Ordered], after: Ordered | None) -> tuple[int, list[Ordered]]:
    """The place of a new thing after another (None: before all), and those that have to give way to it."""
    things = in_order(among)
    at = next((at for at, each in enumerate(things) if after is not None and each.key == after.key), -1) + 1
    place = things[at - 1].order + 1 if at else 0
    return place, _placed(things[at:], list(range(place + 1, place + 1 + len(things) - at)))


def _placed(things: Sequence[Ordered], places: Sequence[int]) -> list[Ordered]:
    """The things at their new places, without those that stay where they are."""
    return [replace(each, order=place) for each, place in zip(things, places, strict=True) if each.order != place]
