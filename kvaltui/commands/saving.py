"""Storing a change from the command line, and saying that it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from kvaltui.commands.context import Context
from kvaltui.commands.errors import note_done
from kvaltui.commands.output import write
from kvaltui.i18n import _, clock
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity

if TYPE_CHECKING:
    from kvaltui.store.database import Database
    from kvaltui.store.journal import Action


def store(
    context: Context, database: Database, content: PlanContent, entities: Sequence[AnyEntity], reason: str = ""
) -> Action:
    """Store entities as they shall be, on top of what was read. Raises RuleError, DatabaseError."""
    from kvaltui.store.journal import record

    action = record(database, content.plan.key, entities, by=context.author, seen=content.position, reason=reason)
    note_done()
    return action


def say_saved(action: Action) -> None:
    """Say that the change is stored, and when, or that there was nothing to change."""
    if action.changed:
        write(_("Saved {time}", time=clock(datetime.fromisoformat(action.at))))
    else:
        write(_("Nothing has changed."))
