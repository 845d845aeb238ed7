"""What a command starts from: the settings, the database, the plan and the period that were asked for."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.commands.errors import UsageError
from kvaltui.commands.log import keep_log
from kvaltui.commands.parser import Arguments
from kvaltui.config import Config
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.server_address import is_address, shown_location
from kvaltui.setting import did_you_mean
from kvaltui.written_path import path_of

if TYPE_CHECKING:
    from kvaltui.model.content import PlanContent
    from kvaltui.model.structure import Area, Indicator, Plan
    from kvaltui.store.author import Author
    from kvaltui.store.backup_folder import BackupRule, LastBackup
    from kvaltui.store.database import Database
    from kvaltui.store.errors import NoDatabase
    from kvaltui.store.reading import Readable


NAMED_KINDS = (
    Kind.AREA, Kind.GOAL, Kind.INDICATOR, Kind.RISK, Kind.SELF_CHECK, Kind.MEASURE, Kind.ASSIGNMENT,
    Kind.QUALITY_FACTOR, Kind.ECONOMY_TABLE, Kind.PLAN,
)  # fmt: skip
"""The kinds that a person names by a key of their own."""
ASSESSED_KINDS = (Kind.INDICATOR, Kind.GOAL, Kind.AREA)
"""The kinds that a person may assess."""


class Context:
    """The arguments of a command, the settings in force, and what follows from both."""

    def __init__(self, arguments: Arguments, settings: Config) -> None:
        self.arguments = arguments
        self.settings = settings
        self._opened: Database | None = None

    @property
    def location(self) -> str:
        """The database: the absolute path of a file, or the address of a server."""
        given: str | None = self.arguments.db
        if not given:
            return self.settings.database_location
        return given if is_address(given) else str(path_of(given).absolute())

    @property
    def place(self) -> str:
        """The database as it is shown: without the password of a server."""
        return shown_location(self.location)

    @cached_property
    def today(self) -> date:
        """The day that it is where the reader is; one and the same for all that a command says."""
        return today()

    @property
    def author(self) -> Author:
        """Who makes the changes of this run."""
        from kvaltui.store.author import current_author

        return current_author(self.settings.user_name)

    def open_to_read(self) -> Readable:
        """The database, to be read and closed. Raises DatabaseError; one that does not exist is not made."""
        from kvaltui.store.errors import NoDatabase
        from kvaltui.store.reading import open_to_read

        try:
            found = open_to_read(self.location, read_only=self.arguments.read_only)
        except NoDatabase:
            raise self._no_database from None
        if found is None:
            # It may have to be upgraded, with a backup before, and that may have something to log.
            keep_log(self.settings.data_folder)
            return self.open()
        return found

    def open(self) -> Database:
        """The database. Raises DatabaseError; one that does not exist is not made."""
        from kvaltui.store.errors import NoDatabase
        from kvaltui.store.opening import open_database

        try:
            found = open_database(
                self.location,
                read_only=self.arguments.read_only,
                shared=self.settings.shared,
                backups=self.backup_rule,
            )
        except NoDatabase:
            raise self._no_database from None
        if self.settings.shared and found.path is not None:
            from kvaltui.commands.output import complain
            from kvaltui.i18n import say
            from kvaltui.store.sharing import warning

            told = warning(found.path, self.backup_rule.folder)
            if told is not None:
                complain(say(told))
        self._opened = found
        return found

    def tell_of_failed_backup(self) -> None:
        """Say, each time that something is changed, that the backup of the day could not be made before it."""
        problem = self._opened.daily.problem if self._opened is not None else None
        if problem is None:
            return
        from kvaltui.commands.output import complain
        from kvaltui.work.backup_words import warning_words

        complain(" – ".join(warning_words(problem, None, self.today)))

    @property
    def _no_database(self) -> NoDatabase:
        from kvaltui.commands.own_name import own_command
        from kvaltui.store.errors import NoDatabase

        return NoDatabase(
            Message(
                "There is no database at {file} yet. Make one with: {command}",
                file=self.place,
                command=f"{own_command()} init --plan nacka-2022",
            )
        )

    @property
    def backup_rule(self) -> BackupRule:
        """Where backups of the database go, and how many days the daily ones are kept."""
        from kvaltui.store.backup_folder import BackupRule

        has_own_place = bool(self.arguments.db) and not is_address(self.location) and not self.settings.backup_folder
        folder = Path(self.location).parent / "backups" if has_own_place else self.settings.backups
        return BackupRule(folder, self.settings.backups_kept_daily)

    def last_backup(self, database: Readable) -> LastBackup | None:
        """When the last good backup of the open database was made; None for a server, which has its own."""
        from kvaltui.store.backup_folder import last_backup

        if is_address(self.location):
            return None
        return last_backup(database, Path(self.location), self.backup_rule, real_today())

    def plan(self, database: Readable) -> Plan:
        """The plan that was asked for: by `--plan`, by the settings, or the only one there is."""
        from kvaltui.store.plans import standing_plans

        plans = standing_plans(database)
        wanted: str = self.arguments.plan or self.settings.plan
        if wanted in plans:
            return plans[wanted]
        if wanted:
            hint = did_you_mean(wanted, plans)
            raise UsageError(Message("There is no plan “{name}”{hint}", name=wanted, hint=hint))
        if not plans:
            told = Message("There is no plan yet. Take one in with: {command}", command="kvaltui import FIL")
            raise UsageError(told)
        if len(plans) > 1:
            told = Message("There are several plans: choose one with --plan: {plans}", plans=", ".join(plans))
            raise UsageError(told)
        return next(iter(plans.values()))

    def content(self, database: Readable) -> PlanContent:
        """The whole of the plan that was asked for."""
        from kvaltui.store.plans import load_plan

        return load_plan(database, self.plan(database).key)

    def period(self, plan: Plan) -> Period:
        """The period that was asked for: by `--period`, by the settings where the plan has it, or the current one."""
        given: str | None = vars(self.arguments).get("period")
        if given:
            return period_of(plan, given)
        if self.settings.period:
            chosen = Period.parse(self.settings.period)
            if chosen in plan.periods:
                return chosen
        if plan.current_period is None:
            told = Message("The plan has no periods yet. Add one with: {command}", command="kvaltui period add 2026")
            raise UsageError(told)
        return plan.current_period


def today() -> date:
    """The day that it is where the reader is."""
    return date.today()  # noqa: DTZ011 - deadlines are dates of the reader's own calendar


def real_today() -> date:
    """The day by the computer's clock, which the names of files follow."""
    return date.today()  # noqa: DTZ011 - days of the reader's own calendar


def period_of(plan: Plan, text: str) -> Period:
    """The plan's period that `text` names. Raises UsageError with those there are."""
    from kvaltui.model.written_period import parse_written_period

    period = parse_written_period(text)
    if period not in plan.periods:
        known = ", ".join(str(each) for each in plan.periods) or "–"
        raise UsageError(Message("The plan has no period {period}; it has {known}", period=str(period), known=known))
    return period


def find_reference(content: PlanContent, text: str, kinds: tuple[Kind, ...] = NAMED_KINDS) -> Reference:
    """What a person means by a key, or by a kind and a key (`risk/loggar`).

    Raises UsageError when nothing has the key, with the nearest one, and when things of several kinds have it.
    """
    kind_text, slash, key = text.partition("/")
    kind = next((each for each in kinds if each == kind_text.replace("-", "_")), None)
    if slash and kind is not None:
        kinds, text = (kind,), key
    found = [Reference(each, text) for each in kinds if text in content.entities[each]]
    if not found:
        known = [each for kind in kinds for each in content.entities[kind]]
        hint = did_you_mean(text, known)
        raise UsageError(Message("Nothing in the plan has the key “{name}”{hint}", name=text, hint=hint))
    if len(found) > 1:
        choices = ", ".join(str(each) for each in found)
        raise UsageError(
            Message("Several things have the key “{name}”: write one of {choices}", name=text, choices=choices)
        )
    return found[0]


def find_area(content: PlanContent, key: str) -> Area:
    """The area with a key. Raises UsageError with the nearest one."""
    from kvaltui.model.structure import Area

    area = content.get(Area, key)
    if area is None or area.retired:
        hint = did_you_mean(key, [each.key for each in content.active(Area)])
        raise UsageError(Message("There is no area “{name}”{hint}", name=key, hint=hint))
    return area


def find_indicator(content: PlanContent, key: str) -> Indicator:
    """The indicator with a key. Raises UsageError with the nearest one."""
    from kvaltui.model.structure import Indicator

    indicator = content.get(Indicator, key)
    if indicator is not None and indicator.retired:
        raise UsageError(Message("“{name}” is retired: bring it back first", name=indicator.shown_name))
    if indicator is None:
        hint = did_you_mean(key, [each.key for each in content.active(Indicator)])
        raise UsageError(Message("There is no indicator “{name}”{hint}", name=key, hint=hint))
    return indicator
