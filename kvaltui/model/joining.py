"""What the joining of copies has to know of the fields of things: which are sets, and which belong to one decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from kvaltui.model.entity import Kind
from kvaltui.model.fields import Holds, content_fields
from kvaltui.model.period import Period
from kvaltui.model.references import OWNED

Order = Callable[[str], Any]

ORDERED = frozenset({(Kind.PLAN, "risk_bands")})
"""Lists whose places mean something: they are one value. Every other list of a thing is a set."""

TOGETHER: Mapping[Kind, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        Kind.PLAN: (("partial_from", "partial_within"),),
        Kind.INDICATOR: (("partial_from", "partial_within"), ("numerator", "denominator")),
        Kind.TARGET: (("value", "horizon"),),
        Kind.OUTCOME: (("value", "forecast", "as_of", "note", "source"),),
        Kind.ASSESSMENT: (("status", "motivation"),),
        Kind.COMPLETION: (("complete", "motivation"),),
        Kind.RISK: (("likelihood", "consequence", "level"),),
        Kind.SELF_CHECK: (("threshold", "unit"),),
        Kind.RESULT: (("status", "value", "note"),),
        Kind.MEASURE: (("status", "due"),),
        Kind.ASSIGNMENT: (("status", "comment"),),
        Kind.ECONOMY_ROW: (("budget", "forecast", "actual", "previous", "variance", "note"),),
    }
)
"""Fields that say one thing together: where one of them waits for a decision, all are decided at once, for one side."""

_BOUND = frozenset({Kind.RISK, Kind.SELF_CHECK})
"""Kinds whose fields that belong together must fit each other by the rules: who sets one of them sets all."""

NEVER_EMPTY: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {Kind.PLAN: ("periods",), Kind.MEASURE: ("risks", "self_checks", "indicators")}
)
"""Sets of a kind that the rules do not let anybody empty all at once: what is left of each side may be nothing."""


class Joining(NamedTuple):
    """How the fields of one kind are joined.

    `sets` names those that are sets, each with what its elements are ordered by (None: as people have put them).
    `bound` leads from a field to those that are set together with it. `together` leads from a field to all that are
    decided at once with it. `never_empty` names the sets of which one has to have an element. Of an `is_owned` kind, a
    figure or an assessment, to retire one holds only against what was seen of it.
    """

    sets: Mapping[str, Order | None]
    bound: Mapping[str, frozenset[str]]
    together: Mapping[str, tuple[str, ...]]
    never_empty: tuple[str, ...]
    is_owned: bool

    @staticmethod
    @cache
    def of(kind: Kind) -> Joining:
        """How a kind is joined. Made once."""
        sets: dict[str, Order | None] = {
            field.name: Period.parse if field.holds is Holds.PERIOD else None
            for field in content_fields(kind).values()
            if field.is_list and (kind, field.name) not in ORDERED
        }
        groups = TOGETHER.get(kind, ())
        bound = {name: frozenset(group) for group in groups for name in group} if kind in _BOUND else {}
        together = {name: group for group in groups for name in group}
        return Joining(sets, bound, together, NEVER_EMPTY.get(kind, ()), kind in OWNED)


SINGLE = Joining({}, {}, {}, (), is_owned=False)
"""Every field for itself."""
