"""The first plan of a database: a starter plan, a plan file, or an empty plan. No widgets, no Textual."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from kvaltui.exchange.bundle_file import SUFFIX as BUNDLE_SUFFIX
from kvaltui.exchange.bundle_file import UnprovedBundle, join, read_bundle_file
from kvaltui.exchange.importing import apply, preview, preview_plan_file, refuse_plans
from kvaltui.exchange.slug import slug
from kvaltui.exchange.starter import Starter, starter_document, starter_plans
from kvaltui.model.clean import tidy
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period
from kvaltui.model.structure import Plan
from kvaltui.model.value import dataclass
from kvaltui.model.written_period import parse_written_period
from kvaltui.store.journal import record
from kvaltui.store.statements import keep_own_statement
from kvaltui.work.paths import read_path

if TYPE_CHECKING:
    from kvaltui.exchange.preview import Preview
    from kvaltui.store.author import Author
    from kvaltui.store.database import Database


class BeginningError(KvaltuiError):
    """What was given for a first plan will not do."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Makes a database's first plan. `open` gives the database, made where there is none; called only when needed.

    Unless it `is_first`, plans may be there already, and another one is made beside them.
    Each method returns the key of the plan, and raises a KvaltuiError when it cannot be made.
    """

    open: Callable[[], Database]
    author: Author
    is_first: bool = True

    @staticmethod
    def starters() -> tuple[Starter, ...]:
        """The plans that come with the program."""
        return starter_plans()

    def from_starter(self, key: str) -> str:
        """A copy of a starter plan."""
        return self._take_in(preview(starter_document(key), self._begun()))

    def from_file(self, path: str) -> str:
        """The plan in a plan file (.toml), or in a bundle (.kvb) from another copy."""
        file = read_path(path)
        if file.suffix.casefold() == BUNDLE_SUFFIX:
            bundle = read_bundle_file(file)
            try:
                join(bundle, self._begun())
            except UnprovedBundle as refused:
                told = Message(
                    "{problem}. Ask those who are said to have written it. Take it in all the same with: {command}",
                    problem=refused.message,
                    command=f"kvaltui import {file} --accept-unproved",
                )
                raise BeginningError(told) from refused
            return bundle.plan
        return self._take_in(preview_plan_file(file, self._begun()))

    def empty(self, title: str, period: str) -> str:
        """A plan with a title and a period, and nothing in it yet."""
        title = tidy(title)
        if not title:
            raise BeginningError(Message("Write a title for the plan"), field="title")
        plan = Plan(key=slug(title), title=title, periods=(parse_written_period(period),))
        record(self._begun(), plan.key, [plan], by=self.author, seen=0)
        return plan.key

    @staticmethod
    def period_of(day: date) -> str:
        """The period that is proposed for an empty plan."""
        return str(Period(day.year))

    def _begun(self) -> Database:
        """The database, which somebody else may have begun since this window asked what to begin with."""
        database = self.open()
        if self.is_first:
            refuse_plans(database)
        return database

    def _take_in(self, shown: Preview) -> str:
        database = self.open()
        apply(shown, database, by=self.author)
        # Signed at once, so that a copy of the whole folder, which is another device, can show who has made the plan.
        keep_own_statement(database, shown.plan)
        return shown.plan
