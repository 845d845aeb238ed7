"""What the screens of the quality work have in common: a list, a panel about its row, and the same keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on

from kvaltui.columns import Column
from kvaltui.i18n import _, say, translated
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.tui.forms import editing
from kvaltui.tui.offers import Offer
from kvaltui.tui.screens.measures_dialog import show_measures
from kvaltui.tui.screens.things_screen import ALL, RETIRED, ThingsScreen
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, width_of
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.work_table import WorkRow, WorkTable
from kvaltui.work.session import Changes


class WorkScreen(ThingsScreen):
    """The things of the quality work in a table that is searched as one types. Subclasses say which kinds and rows."""

    KINDS: ClassVar[tuple[Kind, ...]]
    TOUCHED_BY: ClassVar[tuple[Kind, ...]]
    NOTHING: ClassVar[tuple[str, str]]
    """What to say when the plan has none of these things: where it can only be read, and where `{key}` adds one."""
    BINDINGS = bindings.WORK_SCREEN

    # What subclasses say

    def rows(self, keeps: Callable[[AnyEntity], bool]) -> list[WorkRow]:
        """The rows of the things that are kept."""
        raise NotImplementedError

    def columns(self, rows: Sequence[WorkRow]) -> Sequence[Column] | None:
        """The columns for the rows; None for those that the list has always."""
        return None

    def text_of(self, entity: AnyEntity) -> str:
        """What of a thing is searched."""
        raise NotImplementedError

    def change(self, entity: AnyEntity) -> None:
        """Do what Enter does on a thing."""
        editing.edit(self.program, entity)

    # The frame

    @property
    def table(self) -> WorkTable:
        """The list."""
        return self.query_one(WorkTable)

    @property
    def reference(self) -> Reference | None:
        return self.table.reference

    def on_mount(self) -> None:
        self.show_rows()

    def take_in(self, changes: Changes) -> None:
        if changes.touches(*self.KINDS, *self.TOUCHED_BY):
            self.show_rows()
            self.explain()

    def show_rows(self) -> None:
        nothing = translated(self.NOTHING[0])
        if not self.session.is_read_only:
            nothing = translated(self.NOTHING[1], key=self.program.key_of("add"))
        if self._filter != ALL or self._sought:
            nothing = _("Nothing matches. {key} shows everything again.", key=self.program.key_of("show_all"))
        rows = self.rows(self._keeps)
        self.table.show(rows, nothing, self.columns(rows))
        self._show_title()

    # Narrowing

    def _keeps(self, entity: AnyEntity) -> bool:
        chosen = self.chosen_filter
        if entity.retired != (self._filter == RETIRED) or (chosen is not None and not chosen.keeps(entity)):
            return False
        text = self.text_of(entity).casefold()
        return all(word in text for word in self._sought.casefold().split())

    @on(WorkTable.Searched)
    def _search(self, event: WorkTable.Searched) -> None:
        self.narrow(self._filter, event.text)
        paint = self.program.paint
        told: list[Piece] = []
        if event.is_typing:
            label = f"{_('Search')}: "
            told = [(label, paint.muted), *self.table.search_pieces(max(4, self.size.width - width_of(label) - 2))]
        if event.problem is not None:
            told = [(say(event.problem.message), paint.warning)]
        self.query_one(SpeechLine).say(told)

    # Changing

    @on(LineView.Chosen)
    def action_main(self) -> None:
        """Do what Enter does."""
        entity = self.entity
        if entity is None:
            return
        if entity.retired:
            self.action_retire()
        else:
            self.change(entity)

    def action_measures(self) -> None:
        """Show what is being done about the thing."""
        if self.reference is not None:
            show_measures(self.program, self.reference)

    def action_add(self) -> None:
        self.add(self.KINDS[0])

    def add(self, kind: Kind) -> None:
        """Make a thing of a kind."""
        editing.create(self.program, kind, done=self.go_to_new)

    def offers(self) -> Sequence[Offer]:
        return [*super().offers(), *editing.offers_to_add(self.KINDS)]
