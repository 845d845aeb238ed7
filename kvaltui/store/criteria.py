"""Which changes of the journal a person wants to see: whose, of what kind, from which day; and whom there is."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
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
            condition &= (SQL('"at"') >= _beginning(self.day)) & (SQL('"at"') < _end(self.day))
        if self.action:
            condition &= SQL('"action"') == self.action
        return condition


EVERYTHING = Criteria()
_AFTER_ALL_DAYS = "9999-12-32"
"""As a text, after every time of the journal."""


def _beginning(day: date) -> str:
    """The beginning of a day where the reader is, as the journal writes times in UTC."""
    midnight = datetime.combine(day, time.min)
    with suppress(OverflowError, ValueError, OSError):  # the first and the last day that there are stand as they are
        midnight = midnight.astimezone().astimezone(UTC)
    return midnight.isoformat()[:19]


def _end(day: date) -> str:
    return _beginning(day + timedelta(days=1)) if day < date.max else _AFTER_ALL_DAYS


def people(database: Database, plan: str) -> tuple[str, ...]:
    """The names of all who have changed anything in a plan, by name. Raises DatabaseError."""
    return tuple(sorted(_distinct(database, plan, "name"), key=swedish_order))


def kinds(database: Database, plan: str) -> tuple[Kind, ...]:
    """The kinds of things of a plan that have ever been changed. Raises DatabaseError."""
    found = _distinct(database, plan, "kind")
    return tuple(kind for kind in Kind if kind.value in found)


def _distinct(database: Database, plan: str, column: str) -> set[str]:
    revision = Table("revision")
    query = revision.select(getattr(revision.c, column)).distinct().where(revision.c.plan == plan)
    with database.reading():
        return {text for (text,) in require_texts(database.execute(query).fetchall(), "revision")}
