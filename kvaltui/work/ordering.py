"""The order of things that stand beside each other: moving one, and making room for a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar, cast

from kvaltui.model.value import replace


class HasPlace(Protocol):
    """A thing with a place among others."""

    @property
    def key(self) -> str:
        """Which of them it is."""

    @property
    def order(self) -> int:
        """Its place, from 0; several may have the same."""


Ordered = TypeVar("Ordered", bound=HasPlace)


def in_order(things: Sequence[Ordered]) -> list[Ordered]:
    """The things as they stand."""
    return sorted(things, key=lambda each: each.order)


def moved(thing: Ordered, way: int, among: Sequence[Ordered]) -> list[Ordered]:
    """What changes when a thing goes a place up (−1) or down (1) among those beside it; nothing at their end."""
    things = in_order(among)
    at = next((at for at, each in enumerate(things) if each.key == thing.key), None)
    if at is None or not 0 <= at + way < len(things):
        return []
    # The places that they take together stay theirs, so that nothing else moves.
    places = sorted({each.order for each in things})
    if len(places) < len(things):
        places = list(range(len(things)))
    things[at], things[at + way] = things[at + way], things[at]
    return _at_places(things, places)


def make_room(among: Sequence[Ordered], after: Ordered | None) -> tuple[int, list[Ordered]]:
    """The place of a new thing after another (None: before all), and those that have to give way to it."""
    things = in_order(among)
    at = next((at for at, each in enumerate(things) if after is not None and each.key == after.key), -1) + 1
    place = things[at - 1].order + 1 if at else 0
    return place, _at_places(things[at:], list(range(place + 1, place + 1 + len(things) - at)))


def _at_places(things: Sequence[Ordered], places: Sequence[int]) -> list[Ordered]:
    """The things at their new places, without those that stay where they are."""
    return [
        cast("Ordered", replace(cast("Any", each), order=place))
        for each, place in zip(things, places, strict=True)
        if each.order != place
    ]
