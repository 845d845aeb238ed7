"""The levels that a risk has had, from its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, cast

from kvaltui.i18n import day_here
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Risk
from kvaltui.model.risk import level_of
from kvaltui.model.value import dataclass
from kvaltui.store.criteria import Criteria
from kvaltui.store.history import Revision, history
from kvaltui.store.state import Codec
from kvaltui.work.session import PlanSession

MOST_CHANGES = 50
"""So many changes of a risk are looked through."""
_ALL = -1
"""As SQLite's limit: no limit."""


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


def levels_before(session: PlanSession) -> Mapping[str, int]:
    """The level that each risk had when the period before the one looked at ended, by its key. Raises DatabaseError.

    Of a risk that was not known then, the first level that it had, once it has had another; one that has had no other
    is left out.
    """
    earlier = session.earlier_periods()
    end = earlier[0].end if earlier else session.period.start - timedelta(days=1)
    found = history(session.database, session.key, limit=_ALL, only=Criteria(kind=Kind.RISK))
    changes: dict[str, list[Revision]] = {}
    for revision in reversed(found):
        if not revision.is_undone and not revision.origin.brings_back:
            changes.setdefault(revision.reference.key, []).append(revision)
    levels = {key: _level_at(of_it, end) for key, of_it in changes.items()}
    return {key: level for key, level in levels.items() if level is not None}


def _level_at(changes: Sequence[Revision], end: date) -> int | None:
    """The level on a day, or else the first of several; `changes` are those of one risk, the earliest first."""
    known = [level for each in changes if (day_here(each.at) or date.max) <= end and (level := _level(each.after))]
    if known:
        return known[-1]
    levels = [level for each in changes if (level := _level(each.after)) is not None]
    return levels[0] if len(set(levels)) > 1 else None


def _level(state: Mapping[str, Any]) -> int | None:
    return level_of(cast(Risk, Codec.of(Kind.RISK).entity(state))) if state else None
