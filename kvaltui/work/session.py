"""What the program has open: a plan, a period, and what their figures mean. No widgets, no Textual.

What only writing and undoing need is imported when it is first needed: the start is to be quick.

Every change goes through here to the store and comes back as what it changed, so that each screen redraws those rows
and no others.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from kvaltui.model.content import PlanContent
from kvaltui.model.entering import as_entered, changed_by, outcome_to_write
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import NodeResult, PlanResult, judge_again, judge_changes, judge_plan
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.status import Status
from kvaltui.model.structure import Indicator, Plan
from kvaltui.model.tree import STRUCTURE
from kvaltui.model.value import dataclass
from kvaltui.store import history, plans
from kvaltui.store.beginning import load_beginning
from kvaltui.store.errors import DatabaseError, Restored, UnknownPlan
from kvaltui.store.patience import DatabaseHeld
from kvaltui.work.backup_watch import BackupWatch
from kvaltui.work.plan_journal import PlanJournal
from kvaltui.work.unstored import Kept

if TYPE_CHECKING:
    from kvaltui.store.author import Author
    from kvaltui.store.database import Database
    from kvaltui.store.journal import Action
    from kvaltui.store.plans import News


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed: the entities themselves and every indicator, goal and area whose verdict may follow from them.

    `is_whole`: the plan, the period or who stands under whom is another; everything is to be built anew.
    """

    references: frozenset[Reference] = frozenset()
    is_whole: bool = False

    def touches(self, *kinds: Kind) -> bool:
        """Whether something of one of the kinds may look different."""
        return self.is_whole or any(reference.kind in kinds for reference in self.references)


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An outcome that a person has begun to write, as they had it on screen (docs/store.md, What was on screen)."""

    outcome: Outcome
    position: int
    restorings: int = 0
    """How often the database had been restored from a backup while it was open here."""

    @property
    def text(self) -> str:
        """The outcome as it is written."""
        return self.outcome.value


class PlanSession(PlanJournal):
    """A plan that is open for a period. `on_change` hears of every change, whoever made it.

    `on_leaving` is told before another period or plan is opened, so that what is half typed can be stored where it
    belongs; what cannot be is kept in `unstored`. `on_restored` is told when somebody has restored a backup meanwhile,
    and from which file ("" where that is not told): what was to be seen before may never have been. `on_behind` is
    told where what was stored could not be read back: it is to be asked for before anything is built on it.

    With `begins`, a large plan is open before it is read: until `read_rest`, `is_whole` is False and only its first
    areas have indicators, so that nothing can be said of the whole yet.
    """

    def __init__(
        self,
        database: Database,
        plan: str,
        *,
        by: Author,
        period: Period | None = None,
        today: Callable[[], date] = date.today,
        begins: bool = False,
    ) -> None:
        self.database = database
        self.author = by
        self.on_change: Callable[[Changes], object] = _unheard
        self.on_leaving: Callable[[], object] = _unheard
        self.on_behind: Callable[[], object] = _unheard
        self.on_restored: Callable[[str], object] = _unheard
        self.backups = BackupWatch(database)
        self._restorings = 0
        self._restored_at = 0
        self.unstored: Kept = {}
        self._clock = today
        self.is_paused = False
        self._is_rest_wanted = False
        self._previewed: tuple[OpenEntry, str, PlanResult, IndicatorResult] | None = None
        # Asked before the plan is read, here and always: what comes in between is seen again, and never missed.
        self._version: int | None = database.data_version()
        beginning = load_beginning(database, plan) if begins else None
        self.is_whole = beginning is None
        self.content: PlanContent = beginning or plans.load_plan(database, plan)
        self.period = self._period_or_current(period, self.content)
        self.result: PlanResult
        self._judged_on: date
        self._judge(self.content)

    def read_rest(self) -> None:
        """Read what is still missing of a plan that has begun. When that fails, the next look tries again."""
        if not self.is_whole:
            self._is_rest_wanted = True
            self._open(self.key, self.period)

    def _open(self, plan: str, period: Period | None) -> None:
        content = plans.load_plan(self.database, plan)
        self.is_whole, self._is_rest_wanted = True, False
        self.period = self._period_or_current(period, content)
        self._rebuild(content)

    # What there is to see

    @property
    def today(self) -> date:
        """The day for which everything is judged and shown; the clock itself is asked by `refresh_if_changed`."""
        return self._judged_on

    @property
    def is_expected(self) -> bool:
        """Whether the period is not over, so that verdicts are expectations (docs/rules.md, Statuses)."""
        return self.result.is_unfinished

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed here; `read_only_error` says why."""
        return self.database.is_read_only

    @property
    def whole(self) -> NodeResult:
        """The plan as a whole."""
        return self.result.total

    def indicator(self, key: str) -> Indicator:
        """Raises KeyError when there is none."""
        return self.content.all(Indicator)[key]

    def earlier_periods(self) -> tuple[Period, ...]:
        """The plan's periods before this one, the latest first."""
        return tuple(sorted((each for each in self.content.plan.periods if each < self.period), reverse=True))

    def waits(self, key: str, part: str = "") -> bool:
        """Whether a figure of the indicator, or of one of its parts, waits to be entered for this period.

        An indicator with parts waits part by part, until one figure for the whole says it all. One that the plan does
        not concern waits for nothing.
        """
        judged = self.result.indicators.get(key)
        if judged is None or judged.status is Status.NOT_APPLICABLE:
            return False
        if not judged.is_reported:
            has_parts = bool(self.indicator(key).breakdown)
            return has_parts == bool(part)
        if not part or self.content.outcome(key, self.period) is not None:
            return False
        found = judged.part(part)
        return found is not None and found.outcome is None

    # Entering

    def open_entry(self, indicator: str, part: str = "") -> OpenEntry:
        """Begin to write an outcome: keeps what the person has in front of them now."""
        return self._open_entry(indicator, self.period, part)

    def _open_entry(self, indicator: str, period: Period, part: str) -> OpenEntry:
        outcome = outcome_to_write(self.content, indicator, period, part)
        return OpenEntry(outcome, self.content.position, self._restorings)

    def check_can_enter(self, indicator: str) -> None:
        """Raise a KvaltuiError where figures of an indicator cannot be entered for the period: it says why."""
        from kvaltui.model.rules import area_of_indicator, check_area_is_open

        if self.is_read_only:
            raise self.read_only_error
        check_area_is_open(area_of_indicator(indicator, self.content), self.period, self.content)

    @property
    def is_kept_from_writing(self) -> bool:
        """Whether nothing can be changed here because the file cannot be written, and not because that was wished."""
        from kvaltui.store.sqlite_file import can_be_written

        path = self.database.path
        return self.is_read_only and path is not None and not can_be_written(path)

    @property
    def read_only_error(self) -> KvaltuiError:
        """Why nothing can be changed here, where the plan is open for reading only."""
        from kvaltui.store.errors import ReadOnlyDatabase

        path = self.database.path
        if path is None or not self.is_kept_from_writing:
            return ReadOnlyDatabase(Message("The plan is open for reading only, as asked for when the program started"))
        return ReadOnlyDatabase(
            Message("The plan is open for reading only: {file} or its folder cannot be written", file=path.name)
        )

    def preview(self, entry: OpenEntry, text: str) -> IndicatorResult:
        """What the indicator would be with `text` as its outcome. Raises FigureError when it cannot be read."""
        if self._previewed is None or self._previewed[:2] != (entry, text) or self._previewed[2] is not self.result:
            indicator = entry.outcome.indicator
            supposed = self.content.with_entities(as_entered(self.content, entry.outcome, text))
            judged = judge_again(self.result, supposed, [indicator], self.today).indicators[indicator]
            # The row and the line beneath it ask for the same.
            self._previewed = (entry, text, self.result, judged)
        return self._previewed[3]

    def is_new(self, entry: OpenEntry, text: str) -> bool:
        """Whether `text` says something else than what stood there. Raises FigureError when it cannot be read."""
        return bool(changed_by(self.content, entry.outcome, as_entered(self.content, entry.outcome, text)))

    def enter_outcome(self, entry: OpenEntry, text: str) -> Action:
        """Store an outcome as written.

        Raises FigureError or RuleError when it cannot be, DatabaseError when it is not.
        """
        outcome = entry.outcome
        if entry.restorings != self._restorings:
            # What else the outcome had is of a journal that is gone; what the person has typed is not.
            entry = self._open_entry(outcome.indicator, outcome.period, outcome.part)
        return self.record(as_entered(self.content, entry.outcome, text), seen=entry.position)

    # Following others and choosing

    def refresh_if_changed(self) -> bool:
        """Take in what others have written, and that it is another day, if so: cheap to ask often.

        Nothing is asked while `is_paused`: long writing of our own may hold the database and keep the answer back.
        """
        if self.is_paused:
            return False
        if self._is_rest_wanted:
            self.read_rest()
            return True
        if self.database.is_replaced():
            self.database.open_again()
            self._version = None
        is_news = self.database.data_version() != self._version and self._take_in(self._news())
        if self._clock() == self._judged_on:
            return is_news
        # The clock is asked, and nothing waits for midnight: a computer may sleep through it, or be set right.
        self._rebuild(self.content)
        return True

    def choose_period(self, period: Period) -> None:
        """Look at another period."""
        if period != self.period:
            self.on_leaving()
            self.period = period
            self._rebuild(self.content)

    def plans(self) -> tuple[Plan, ...]:
        """The plans of the database that are not retired, by title."""
        return plans.plans_to_choose(self.database)

    def choose_plan(self, plan: str) -> None:
        """Open another plan of the same database, at its current period."""
        self.on_leaving()
        self._open(plan, None)

    def _done(self, action: Action) -> Action:
        try:
            self._take_in(plans.news_of(self.content, action) or self._news())
        except (DatabaseError, DatabaseHeld):
            self._version = None  # so that the next look takes it in
            self.on_behind()
        return action

    def _news(self) -> News:
        version = self.database.data_version()
        try:
            news = plans.load_changes(self.database, self.content)
        except UnknownPlan:
            self._version = version  # it is told once, until something else is changed
            raise
        self._version = version
        return news

    def _refuse_unseen_restoring(self) -> None:
        if self.database.data_version() == self._version or plans.is_continued(self.database, self.content):
            return
        self._take_in(self._news())
        raise Restored(Message("Not saved: the database has just been restored from a backup. Look, then go on."))

    def _take_in(self, news: News) -> bool:
        content, changed, is_continued = news
        if not changed:
            self.content = content
            return False
        if not is_continued:
            source = history.restored_from(self.database)
            self._restorings += 1
            self._restored_at = content.position
            self._take_in_whole(content)
            self.on_restored(source)
            return True
        is_period_gone = self.period not in content.plan.periods
        if is_period_gone or any(each.kind in STRUCTURE or each.kind is Kind.PLAN for each in changed):
            self._take_in_whole(content)
            return True
        before = self.result
        self.content, self.result = content, judge_changes(before, content, changed, self.today)
        self.on_change(Changes(frozenset(changed) | _differing(before, self.result)))
        return True

    def _take_in_whole(self, content: PlanContent) -> None:
        self.period = self._period_or_current(self.period, content)
        self._rebuild(content)

    def _rebuild(self, content: PlanContent) -> None:
        self._judge(content)
        self.on_change(Changes(is_whole=True))

    def _judge(self, content: PlanContent) -> None:
        today = self._clock()
        self.content, self.result, self._judged_on = content, judge_plan(content, self.period, today), today

    def _period_or_current(self, period: Period | None, content: PlanContent) -> Period:
        known = content.plan.periods
        if period is not None and period in known:
            return period
        return content.plan.current_period or Period(self._clock().year)


def _differing(before: PlanResult, after: PlanResult) -> frozenset[Reference]:
    """Every indicator, goal and area that has been judged anew."""
    indicators = (
        Reference(Kind.INDICATOR, key)
        for key, judged in after.indicators.items()
        if before.indicators.get(key) is not judged
    )
    nodes = (node for node, judged in after.nodes.items() if before.nodes.get(node) is not judged)
    return frozenset((*indicators, *nodes))


def _unheard(*_news: object) -> None:
    """Nobody listens yet."""
