"""Which changes of the journal a person wants to see: whose, of what kind, from which day; and whom there is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from peewee import SQL, Table

from kvaltui.model.alphabet import swedish_order
from kvaltui.model.entity import Kind
from kvaltui.model.value import dataclass
from kvaltui.store.database import Database
from kvaltui.store.rows import require_texts


@dataclass(frozen=True, slots=True)
class Criteria:
    """What the changes that are looked for have in common; what is empty asks for nothing.

    `person` is a name as the history shows it, `day` a day where the reader is, `action` the id of a person's step.
    """

    person: str = ""
    kind: Kind | None = None
    day: date | None = None
    action: str = ""

    @property
    def condition(self) -> Any:
        """The condition on the rows of `revision`."""
        condition = SQL("1") == 1
        if self.person:
            condition &= SQL('"name"') == self.person
        if self.kind is not None:
            condition &= SQL('"kind"') == self.kind.value
        if self.day is not None:
            condition &= SQL('"at"') >= _beginning(self.day)
            if self.day < date.max:
                condition &= SQL('"at"') < _beginning(self.day + timedelta(days=1))
        if self.action:
            condition &= SQL('"action"') == self.action
        return condition


EVERYTHING = Criteria()


def _beginning(day: date) -> str:
    """The beginning of a day where the reader is, as the journal writes times in UTC."""
    try:
        midnight = datetime(day.year, day.month, day.day).astimezone(UTC)
    except (OverflowError, ValueError):  # in the first and the last year that there is
        return f"{day.isoformat()}T00:00:00"
    return f"{midnight.isoformat(timespec='seconds').removesuffix('+00:00')}"


def people(database: Database, plan: str) -> tuple[str, ...]:
    """The names of all who have changed anything in a plan, by name. Raises DatabaseError."""
    query = Table("revision").select(SQL('DISTINCT "name"')).where(SQL('"plan"') == plan)
    found = require_texts(database.fetch(query), "revision")
    return tuple(sorted((name for (name,) in found), key=swedish_order))


def kinds(database: Database, plan: str) -> tuple[Kind, ...]:
    """The kinds of things of a plan that have ever been changed. Raises DatabaseError."""
    query = Table("revision").select(SQL('DISTINCT "kind"')).where(SQL('"plan"') == plan)
    found = {kind for (kind,) in database.fetch(query)}
    return tuple(kind for kind in Kind if kind.value in found)
