"""Moving a thing among those that stand beside it, from any screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from kvaltui.i18n import _
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entity import Reference
from kvaltui.model.quality_work import SelfCheck
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.tui.forms import editing
from kvaltui.work.naming import name_of
from kvaltui.work.ordering import in_order, make_room, moved

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

__all__ = ["in_order", "make_room", "move"]

Ordered = TypeVar("Ordered", bound=Area | Goal | Indicator | SelfCheck | EconomyTable | EconomyRow)


def move(app: Program, thing: Ordered, way: int, among: Sequence[Ordered]) -> None:
    """Move a thing one place up (−1) or down (1) among those that stand beside it."""
    changed = moved(thing, way, among)
    if changed:
        told = _("Moved: {name}", name=name_of(app.session.content, Reference(thing.kind, thing.key)))
        editing.store(app, changed, told)
