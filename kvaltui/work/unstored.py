"""What has been typed for a cell and is not stored: it is kept beside the plan until somebody deals with it.

A text that is refused stays in its cell while a person looks at it. Where they have gone on already, because they
typed ahead or left for another row, screen, period or plan, it is kept here, and drawn in its cell.
"""

from __future__ import annotations

from typing import TypeAlias

from kvaltui.i18n import _, say
from kvaltui.model.clean import clean, excerpt
from kvaltui.model.entity import Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A place to type in: a field of a thing, or of a part of it, in a plan and a period."""

    plan: str
    period: Period
    reference: Reference
    field: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Unstored:
    """A text that could not be stored, what it was typed for as the person knows it, and why it was refused."""

    cell: Cell
    name: str
    text: str
    error: KvaltuiError

    @property
    def told(self) -> str:
        """That it is not stored, and what it is, for one line."""
        return _("Not saved: “{text}” for {name}", text=excerpt(self.text, 20), name=clean(self.name))

    @property
    def reason(self) -> str:
        """Why it was refused."""
        return say(self.error.message)


Kept: TypeAlias = dict[Cell, Unstored]
"""The texts that are not stored, in the order in which they were typed."""
