"""The first plan of a database: a starter plan, a plan file, or an empty plan. No widgets, no Textual."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from kvaltui.exchange.bundle_file import Bundle, UnprovedBundle, join, read_bundle_file
from kvaltui.exchange.file_error import unreadable
from kvaltui.exchange.importing import apply, preview, refuse_plans
from kvaltui.exchange.plan_reader import PlanDocument, read_plan_file
from kvaltui.exchange.slug import slug
from kvaltui.exchange.starter import starter_document
from kvaltui.model.clean import tidy
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.structure import Plan
from kvaltui.model.value import dataclass
from kvaltui.model.written_period import parse_written_period
from kvaltui.store.journal import record
from kvaltui.store.plans import list_plans
from kvaltui.store.statements import keep_own_statement
from kvaltui.work.file_change import is_bundle
from kvaltui.work.paths import read_path

if TYPE_CHECKING:
    from pathlib import Path

    from kvaltui.store.author import Author
    from kvaltui.store.database import Database

Source: TypeAlias = PlanDocument | Bundle
"""A file that a plan can come from, read."""


class BeginningError(KvaltuiError):
    """What was given for a first plan will not do."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a person has chosen to begin with: the key of the plan, "" for one to look around in and throw away.

    `builds` says that its rows are to be written next.
    """

    plan: str
    builds: bool = False


@dataclass(frozen=True, slots=True)
class Beginning:
    """Makes a database's first plan. `open` gives the database, made where there is none; called only when needed.

    Unless it `is_first`, plans may be there already, and another one is made beside them.
    Each method returns the key of the plan, and raises a KvaltuiError when it cannot be made.
    """

    open: Callable[[], Database]
    author: Author
    is_first: bool = True

    def from_starter(self, key: str) -> str:
        """A copy of a starter plan."""
        if not self.is_first and key in _plan_keys(self.open()):
            raise BeginningError(Message("The plan “{plan}” is in the database already", plan=key), field="title")
        return self.take_in(starter_document(key))

    def from_file(self, path: str) -> str:
        """The plan in a plan file (.toml), in a bundle (.kvb) from another copy, or in a folder where copies meet."""
        file = read_path(path)
        sources = _bundles_in(file) if file.is_dir() else [file]
        try:
            plan = self.take_in(read_source(sources[0]))
            for each in sources[1:]:
                join(read_bundle_file(each), self.open())
            return plan
        except UnprovedBundle as refused:
            told = Message(
                "{problem}. Ask those who are said to have written it. Take it in all the same with: {command}",
                problem=refused.message,
                command=f"kvaltui import {file} --accept-unproved",
            )
            raise BeginningError(told) from refused

    def empty(self, title: str, period: str, organisation: str = "") -> str:
        """A plan with a title and a period, and nothing in it yet."""
        title = tidy(title)
        if not title:
            raise BeginningError(Message("Write a title for the plan"), field="title")
        first = parse_written_period(period)
        database = self._begun()
        key = slug(title, _plan_keys(database))
        plan = Plan(key=key, title=title, organisation=organisation, periods=(first,))
        record(database, key, [plan], by=self.author, seen=0)
        return key

    def take_in(self, source: Source, *, accepts_unproved: bool = False) -> str:
        """The plan of a file that has been read. Raises UnprovedBundle, unless a person `accepts_unproved`."""
        database = self._begun()
        if isinstance(source, Bundle):
            join(source, database, accepts_unproved=accepts_unproved)
            return source.plan
        shown = preview(source, database)
        apply(shown, database, by=self.author)
        # Signed at once, so that a copy of the whole folder, which is another device, can show who has made the plan.
        keep_own_statement(database, shown.plan)
        return shown.plan

    def _begun(self) -> Database:
        """The database, which somebody else may have begun since this window asked what to begin with."""
        database = self.open()
        if self.is_first:
            refuse_plans(database)
        return database


def read_source(file: Path) -> Source:
    """Read the file that a plan is to come from. Raises FileError."""
    return read_bundle_file(file) if is_bundle(file) else read_plan_file(file)


def _bundles_in(folder: Path) -> list[Path]:
    """The bundles of a folder where copies meet. Raises BeginningError where there is none, and for a database."""
    try:
        files = sorted(each for each in folder.iterdir() if each.is_file())
    except OSError as error:
        raise unreadable(str(folder), error) from None
    if bundles := [each for each in files if is_bundle(each)]:
        return bundles
    databases = [each.name for each in files if each.suffix == ".db"]
    if databases:
        raise BeginningError(
            Message(
                "{folder} has a database, {file}. It is opened with: {command}",
                folder=str(folder),
                file=databases[0],
                command=f"kvaltui --db {folder / databases[0]}",
            )
        )
    raise BeginningError(Message("There is no plan file and no bundle in {folder}", folder=str(folder)))


def _plan_keys(database: Database) -> list[str]:
    return [plan.key for plan in list_plans(database)]
