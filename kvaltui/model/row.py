"""What is entered for one indicator as a whole, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sys import intern
from typing import NamedTuple, TypeAlias

from kvaltui.model.reporting import Outcome

Places: TypeAlias = frozenset[int]


class Row(NamedTuple):
    """The texts of all periods, "" where there is none, and when each last changed.

    Of equal texts there is one in memory, which makes looking for them quick. `particular` are the places where more
    than the text counts: there is a forecast, or it is contested or retired; `contested` are some of these.
    """

    texts: tuple[str, ...]
    changed_at: tuple[str, ...]
    particular: Places
    contested: Places

    @staticmethod
    def of(key: str, outcomes: Mapping[str, Outcome], suffixes: Iterable[str]) -> Row:
        """Look up the outcomes of an indicator; `suffixes` are what follows its key in theirs, in the plan's order."""
        found = [outcomes.get(key + suffix) for suffix in suffixes]
        marked = [
            (place, each)
            for place, each in enumerate(found)
            if each is not None and (each.forecast or each.contested or each.retired)
        ]
        return Row(
            tuple(["" if each is None or each.retired else intern(each.value) for each in found]),
            tuple(["" if each is None else each.changed_at for each in found]),
            frozenset([place for place, _ in marked]),
            frozenset([place for place, each in marked if each.contested]),
        )
