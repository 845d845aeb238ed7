"""What a screen lets one choose from its closed lists (filters, orders, what can be added), for the palette to find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kvaltui.model.value import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice of one of the lists of a screen, which is asked for it also when it does not show.

    `about` is what is chosen, as its list is called. `take` chooses it, on the screen, when that shows. What `changes`
    the plan is not offered where the plan can only be read.
    """

    name: str
    about: str
    take: Callable[[Any], object]
    changes: bool = False
