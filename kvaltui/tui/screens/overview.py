"""Översikt: what is brought to a meeting. The whole, the areas, and what there is to do; Enter goes there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal

from kvaltui.i18n import _
from kvaltui.model.branches import Reached
from kvaltui.model.entity import Reference
from kvaltui.model.summary import Summary, summarise, with_past
from kvaltui.model.value import replace
from kvaltui.tui.screens.plan_screen import TWO_PANES_WIDTH, PlanScreen
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import wrap
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.overview_list import OverviewList
from kvaltui.tui.widgets.overview_rows import (
    LABELS_FROM,
    Block,
    OverviewRow,
    Sentence,
    arranged,
    branch_block,
    change_block,
    goal_block,
    past_block,
    section_blocks,
    total_block,
)
from kvaltui.work.session import Changes
from kvaltui.work.summary_lines import CONFLICTS, Destination, SummarySection, changes_told, nothing_told, sections

_LEAST_NARROW = 0
_SENTENCE_LINES = 4


class OverviewScreen(PlanScreen):
    """The whole in one look: one list, or from `TWO_PANES_WIDTH` cells on two, side by side."""

    MODE = "overview"
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "choose", "search", "switch", "palette")
    CSS_PATH = "overview.tcss"
    BINDINGS = bindings.OVERVIEW

    _summary: Summary | None = None
    _told: tuple[SummarySection, ...] = ()
    _news: Changes | None = None

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="body"):
            yield OverviewList(self.session, self._left, id="areas")
            yield OverviewList(self.session, self._right, id="todo")
        yield SpeechLine()

    def on_mount(self) -> None:
        self._summarise()
        self.call_after_refresh(self._look_back)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self._news is not None:
            self._catch_up(self._news)

    # What there is to show

    def take_in(self, changes: Changes) -> None:
        """Show what has changed; what changes while another screen shows is shown once this one is gone to."""
        before = self._news
        if before is not None:
            changes = Changes(before.references | changes.references, before.is_whole or changes.is_whole)
        if self.is_current:
            self._catch_up(changes)
        else:
            self._news = changes

    def _catch_up(self, changes: Changes) -> None:
        self._news = None
        before = self._summary.reached if self._summary is not None else ()
        self._summarise(before)
        if changes.is_whole or self._is_of_another_period(changes):
            self.call_after_refresh(self._look_back)

    def _is_of_another_period(self, changes: Changes) -> bool:
        found = (self.session.content.find(each) for each in changes.references)
        periods = {getattr(each, "period", None) for each in found}
        return not periods <= {None, self.session.period}

    def _summarise(self, reached: Sequence[Reached] = ()) -> None:
        """Sum the plan up; `reached` is how it has gone so far, of which only this period is another."""
        session = self.session
        summary = summarise(session.content, session.result, session.today)
        if reached and reached[-1].period == session.period:
            now = Reached(session.period, session.whole.counts)
            summary = replace(summary, reached=(*reached[:-1], now))
        self._show(summary)

    def _look_back(self) -> None:
        """See how it has gone, once the rest shows: each earlier period has to be judged for it."""
        session = self.session
        if self._summary is not None:
            self._show(with_past(self._summary, session.content, session.result, session.today))

    def _show(self, summary: Summary) -> None:
        session, watch = self.session, self.session.backups
        self._summary = summary
        self._told = sections(
            session.content,
            session.result,
            summary,
            backup=(watch.warning, watch.reason),
            is_ascii=self.program.is_ascii,
        )
        for view in self._lists:
            view.build()

    # The rows

    @property
    def _lists(self) -> Sequence[OverviewList]:
        return list(self.query(OverviewList))

    @property
    def _is_wide(self) -> bool:
        return self.size.width >= TWO_PANES_WIDTH

    def _left(self, width: int, height: int) -> Sequence[OverviewRow]:
        summary, is_wide = self._summary, self._is_wide
        if summary is None:
            return ()
        has_labels = width >= LABELS_FROM and not is_wide
        blocks = [total_block(self.session.whole, summary.moved, summary.since)]
        blocks.append(branch_block(summary.branches, with_goals=is_wide))
        if not is_wide:
            blocks += self._to_do(width, has_labels=has_labels)
            blocks.append(goal_block(summary.branches))
        blocks += self._how_it_went(summary, is_extra=not is_wide, has_labels=has_labels)
        least = 2 if width >= LABELS_FROM or is_wide else _LEAST_NARROW
        return arranged([each for each in blocks if each.lines], height, has_labels=has_labels, least=least)

    def _how_it_went(self, summary: Summary, *, is_extra: bool, has_labels: bool) -> list[Block]:
        """The periods that have been, and what has changed most; in one list only where there is room to spare."""
        session = self.session
        changed = _("Changed most since {period}", period=summary.since) if summary.since else _("Changed most")
        titles = (_("Earlier"), _("Change")) if has_labels else (_("How it has gone"), changed)
        told = changes_told(session.content, session.result, summary)
        return [
            past_block(summary.reached, titles[0], session.period, is_extra=is_extra),
            change_block(told, titles[1], len(summary.changed), is_extra=is_extra),
        ]

    def _right(self, width: int, height: int) -> Sequence[OverviewRow]:
        return arranged(self._to_do(width, has_labels=False), height, has_labels=False)

    def _to_do(self, width: int, *, has_labels: bool) -> list[Block]:
        """What there is to do, or that there is nothing."""
        blocks = list(section_blocks(self._told, width, has_labels=has_labels))
        if self._told and self.session.result.indicators:
            return blocks
        first, *rest = wrap(self._nothing(), width - 2, _SENTENCE_LINES)
        leads_to = Destination("areas") if not self.session.result.indicators else None
        rows = [OverviewRow(Sentence(first), "", leads_to), *(OverviewRow(Sentence(text)) for text in rest)]
        return [Block("nothing", None, [rows], all_of=1, is_whole=True), *blocks]

    def _nothing(self) -> str:
        """What is said where there is nothing to do, or nothing at all."""
        session = self.session
        if session.result.indicators:
            return nothing_told(session.result)
        if session.is_read_only:
            return _("The plan is empty.")
        key = self.program.key_of("areas")
        return _("The plan is empty: {key} goes to Areas, to add areas, goals and indicators", key=key)

    # Where the cursor stands

    @property
    def _list(self) -> OverviewList:
        """The list that has the focus, or else the first."""
        return next((view for view in self._lists if view.has_focus), self._lists[0])

    @property
    def reference(self) -> Reference | None:
        row = self._list.row
        leads_to = row.leads_to if row is not None else None
        if isinstance(leads_to, Destination):
            return leads_to.reference
        return leads_to

    def on_resize(self, event: events.Resize) -> None:
        """One list becomes two, or two one: the cursor stays on its row wherever that is now."""
        first, second = self._lists
        row = self._list.row
        is_second = second.has_focus
        if is_second and not self._is_wide:
            self.set_focus(first)
        self.call_after_refresh(self._find_again, row)
        self.show_keys()

    def _find_again(self, row: OverviewRow | None) -> None:
        if row is None:
            return
        for view in self._lists[: 2 if self._is_wide else 1]:
            if view.go_to(row.thing):
                self.set_focus(view)
                return

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "switch" and not self._is_wide:
            return False
        return super().check_action(action, parameters)

    def action_find(self) -> None:
        """Look for a row in the list that the cursor stands in."""
        self._list.action_find()

    def action_switch(self) -> None:
        other = next(view for view in self._lists if not view.has_focus)
        if other.is_standing:
            self.set_focus(other)
            for view in self._lists:
                view.redraw_rows(view.cursor)

    # Going there

    @on(LineView.Chosen)
    async def _go_there(self, event: LineView.Chosen) -> None:
        row = event.view.row
        match row.leads_to if row is not None else None:
            case Reference() as reference:
                await self.program.show(reference)
            case Destination(mode=mode, reference=reference) if mode == CONFLICTS:
                await self._decide(reference)
            case Destination(period=period) if period is not None:
                self.session.choose_period(period)
            case Destination() as place:
                await self.program.go_to_destination(place)

    async def _decide(self, reference: Reference | None) -> None:
        """Decide what stands against what; who can only read is shown where it stands."""
        from kvaltui.work.naming import shown_at

        if self.session.is_read_only and reference is not None:
            await self.program.show(shown_at(self.session.content, reference))
            return
        from kvaltui.tui.screens.conflicts import decide_conflicts

        decide_conflicts(self.program, reference)
