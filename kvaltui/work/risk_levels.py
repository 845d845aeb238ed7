"""The levels that a risk has had, from its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Risk
from kvaltui.model.risk import level_of
from kvaltui.model.value import dataclass
from kvaltui.store.history import history
from kvaltui.store.state import Codec
from kvaltui.work.session import PlanSession

MOST_CHANGES = 50
"""So many changes of a risk are looked through."""


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A risk assessed anew: when (as the journal has it), by whom, from which level (None: none) to which, and why."""

    at: str
    by: str
    before: int | None
    after: int | None
    reason: str


def earlier_levels(session: PlanSession, risk: str) -> tuple[LevelChange, ...]:
    """Each time that the level of a risk was changed, the latest first. Raises DatabaseError."""
    found = history(session.database, session.key, Reference(Kind.RISK, risk), limit=MOST_CHANGES)
    changes = []
    for revision in found:
        before, after = _level(revision.before), _level(revision.after)
        if before != after and not revision.is_undone:
            who = revision.author.shown_name
            changes.append(LevelChange(revision.at, who, before, after, revision.reason))
    return tuple(changes)


def _level(state: Mapping[str, Any]) -> int | None:
    return level_of(cast(Risk, Codec.of(Kind.RISK).entity(state))) if state else None
