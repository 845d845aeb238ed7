"""Indikatorer: the entry table, how what is typed is read, and a panel that explains the row."""

from __future__ import annotations

from collections.abc import Sequence
from operator import methodcaller
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from kvaltui.i18n import N_, _
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.tree import ROOT
from kvaltui.model.value import replace
from kvaltui.tui.entry.table import EntryTable
from kvaltui.tui.entry.words import EntryWords
from kvaltui.tui.offers import Offer
from kvaltui.tui.screens.list_screen import ListScreen, Told
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import cut_middle
from kvaltui.tui.widgets.page import Page
from kvaltui.tui.widgets.search_line import SearchLine
from kvaltui.tui.widgets.typing_view import CellStored, Typing, TypingView
from kvaltui.words import capitalised
from kvaltui.work.selection import Condition, Order, Selection, sort_key
from kvaltui.work.session import Changes, OpenEntry


class IndicatorsScreen(ListScreen):
    """The entry table of the open plan and period."""

    MODE = "indicators"
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "search", "edit", "undo", "palette")
    CHANGING = frozenset(
        {"choose", "edit", "note", "complete", "add", "edit_indicator", "set_target", "retire", "build"}
    )
    BINDINGS = bindings.INDICATORS

    def __init__(self) -> None:
        super().__init__()
        self._selection = Selection()
        self._order = Order.PLAN

    def compose_list(self) -> ComposeResult:
        yield EntryTable(self.session)
        yield SearchLine()

    @property
    def table(self) -> EntryTable:
        return self.query_one(EntryTable)

    @property
    def reference(self) -> Reference | None:
        row = self.table.row
        return row.reference if row is not None and row.reference != ROOT else None

    def take_in(self, changes: Changes) -> None:
        table = self.table
        if changes.is_whole:
            table.show_sorted(self._selection.matcher(self.session), sort_key(self.session, self._order))
        table.take_in(changes)
        self._tell_selection()
        row = table.row
        # What an area allows, and whether it is locked, stands in the panel of every row below it.
        if row is not None and (changes.touches(Kind.COMPLETION) or row.reference in changes.references):
            self.explain()
        if isinstance(table.entering, Typing) and not table.is_storing:
            self.tell_entering(table.entering)  # what the figure is judged by may be what has changed

    def page(self) -> Page | None:
        from kvaltui.tui.telling.pages import page_of

        row = self.table.row
        return page_of(self.teller, row.reference, row.part) if row is not None else None

    # Searching, filtering, sorting

    def action_search(self) -> None:
        self.query_one(SearchLine).begin(self._selection.text)

    def on_search_line_sought(self, event: SearchLine.Sought) -> None:
        self._select(replace(self._selection, text=event.text))

    def on_search_line_left(self, event: SearchLine.Left) -> None:
        if not event.is_kept:
            self._select(replace(self._selection, text=""))
        self.set_focus(self.table)
        self._tell_selection()

    def action_filter(self) -> None:
        from kvaltui.tui.screens.filtering import FilterDialog

        self.app.push_screen(FilterDialog(self.session, self._selection, self._select))

    def action_show_all(self) -> None:
        self._select(Selection())

    def offers(self) -> Sequence[Offer]:
        conditions = (
            Offer(
                capitalised(each.label),
                _("Filter"),
                methodcaller("narrow_to", Selection(conditions=frozenset({each}))),
            )
            for each in Condition
        )
        orders = (Offer(capitalised(each.label), _("Sort"), methodcaller("sort", each)) for each in Order)
        return [*conditions, *orders]

    def narrow_to(self, wanted: Selection | str) -> None:
        if isinstance(wanted, Selection):
            self._select(wanted)

    def _select(self, selection: Selection) -> None:
        """Show the indicators of a selection: how many they are stands beside what is asked for."""
        if selection != self._selection:
            self._selection = selection
            self.table.show_only(selection.matcher(self.session))
        self._tell_selection()

    def _tell_selection(self) -> None:
        shown = len(self.table.indicators_shown) if not self._selection.is_empty else 0
        aside = _("{shown} of {all}", shown=shown, all=len(self.session.result.indicators))
        self.query_one(SearchLine).tell(self._selection.described(self.session), aside)

    def action_sort(self) -> None:
        from kvaltui.tui.screens.picker import Choice, pick

        choices = [Choice(order, capitalised(order.label)) for order in Order]
        pick(self.app, _("Sort"), choices, self.sort, current=self._order)

    def sort(self, order: Order) -> None:
        """Sort the indicators of each group."""
        self._order = order
        self.table.sort_by(sort_key(self.session, order))

    # Around the figure

    def action_note(self) -> None:
        from kvaltui.tui.forms import editing

        row = self.table.row
        if row is not None and not row.is_group:
            editing.edit_outcome(self.program, row.indicator, part=row.part, at="note")

    def action_measures(self) -> None:
        from kvaltui.tui.screens.measures_dialog import show_measures

        row = self.table.row
        if row is not None and not row.is_group:
            show_measures(self.program, row.reference)

    # The indicator itself

    def action_add(self) -> None:
        """Make an indicator beside the one of the row."""
        from kvaltui.tui.forms import editing
        from kvaltui.work import moving

        row = self.table.row
        content = self.session.content
        place = ROOT if row is None else row.reference
        if row is not None and not row.is_group:
            place = content.tree.parents.get(row.reference, ROOT)
        given: dict[str, Any] = {**moving.values_under(content, Kind.INDICATOR, place)}
        editing.create(self.program, Kind.INDICATOR, done=self.go_to_new, **given)

    def action_edit_indicator(self) -> None:
        from kvaltui.tui.forms import editing

        if self.entity is not None:
            editing.edit(self.program, self.entity)

    def action_set_target(self) -> None:
        from kvaltui.tui.forms import editing

        row = self.table.row
        if row is not None and not row.is_group:
            editing.set_target(self.program, row.indicator, part=row.part)

    def action_retire(self) -> None:
        """Retire the indicator of the row; what is retired is brought back in Områden."""
        from kvaltui.tui.forms import editing

        row = self.table.row
        if row is not None and not row.is_group:
            editing.retire(self.program, self.session.indicator(row.indicator))

    # The reporting round, and values from two sides

    def action_complete(self) -> None:
        """Mark the area of the row complete, or open it again."""
        self.program.turn_completion(self.reference)

    def contested_here(self) -> Reference | None:
        row = self.table.row
        if row is None or row.is_group:
            return super().contested_here()
        outcome = self.session.content.outcome(row.indicator, self.session.period, row.part)
        if outcome is not None and outcome.contested:
            return Reference(outcome.kind, outcome.key)
        return super().contested_here()

    # Taking out

    def action_export(self) -> None:
        from kvaltui.exchange.table_formats import TABLE_SUFFIXES
        from kvaltui.tui.forms.fields import FormField
        from kvaltui.tui.forms.questions import Questions, ShortQuestion
        from kvaltui.work.taking_out import suggested_name, writer

        keys = self.table.indicators_shown
        write = writer(self.session, keys, self._tell_written, self.program.settings.path)
        count, endings = len(keys), _(" or ").join(TABLE_SUFFIXES)
        title = _(
            "Export {count} indicators for {period} ({endings})",
            count=count,
            period=self.session.period,
            endings=endings,
        )
        questions = Questions([FormField("file", named=N_("File"))], given={"file": suggested_name(self.session)})
        self.app.push_screen(ShortQuestion(title, questions, lambda answers: write(answers["file"])))

    def _tell_written(self, path: Path) -> None:
        told = _("Wrote {file}", file=str(path))
        self.speak(cut_middle(told, self.size.width - 2))

    @on(TypingView.BlockPasted)
    def _take_column(self, event: TypingView.BlockPasted) -> None:
        from kvaltui.tui.screens.paste import PasteDialog
        from kvaltui.work import pasting

        try:
            if self.session.is_read_only:
                raise self.session.read_only_error
            texts = pasting.read_column(event.cells)
            figures = pasting.lay_out(self.session, self.table.rows_to_enter(), texts)
        except KvaltuiError as error:
            self.complain(error)
        else:
            self.app.push_screen(PasteDialog(self.session, figures), self._tell_pasted)

    def _tell_pasted(self, told: str | None) -> None:
        """Say what of the pasted figures has been stored, and how many of them look wrong."""
        if told:
            self.table.redraw()
            self.speak(told)

    # Typing

    def reading(self, opened: OpenEntry, text: str) -> Told:
        return self._entry_words.reading(opened, text)

    def stored(self, stored: CellStored) -> Told:
        return self._entry_words.stored(stored, self.saved_now(), self.program.key_of)

    @property
    def _entry_words(self) -> EntryWords:
        return EntryWords(self.session, self.program.paint, is_ascii=self.program.is_ascii)

    def action_edit(self) -> None:
        self.table.open_editor()

    def show_reference(self, reference: Reference) -> None:
        if not self.table.go_to(reference) and not self._selection.is_empty:
            self.action_show_all()
            self.table.go_to(reference)
        self.set_focus(self.table)
