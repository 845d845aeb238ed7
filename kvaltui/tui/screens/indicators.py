"""Indikatorer: the entry table, how what is typed is read, and a panel that explains the row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kvaltui.i18n import N_, _, clock, day, say
from kvaltui.model.clean import clean
from kvaltui.model.entity import Reference
from kvaltui.model.figure import parse_figure
from kvaltui.model.fulfilment import Counts, IndicatorResult
from kvaltui.model.message import KvaltuiError
from kvaltui.model.structure import Indicator
from kvaltui.model.value import replace
from kvaltui.tui.drawing import Piece
from kvaltui.tui.figures import achieved_of, figure_cell, status_cell
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.selection import Order, Selection, counts_of, sort_key
from kvaltui.tui.session import Changes, OpenEntry, PlanSession
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.entry_rows import EntryRow
from kvaltui.tui.widgets.entry_table import EntryTable, Refused, Stored, Typing
from kvaltui.tui.widgets.panel import Panel, Paragraph
from kvaltui.tui.widgets.search_line import SearchLine
from kvaltui.words import capitalised, word


class IndicatorsScreen(PlanScreen):
    """The entry table of the open plan and period."""

    MODE = "indicators"
    KEYS: ClassVar[tuple[str, ...]] = ("help", "edit", "search", "filter", "note", "go")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "edit", N_("Edit"), id="edit", show=False),
        Binding("slash", "search", N_("Search"), id="search"),
        Binding("f", "filter", N_("Filter"), id="filter"),
        Binding("s", "sort", N_("Sort"), id="sort"),
        Binding("n", "note", N_("Note"), id="note"),
        Binding("m", "measures", N_("Measures"), id="measures_of_row"),
        Binding("escape", "show_all", N_("Show all"), show=False, id="show_all"),
    ]
    CSS_PATH = "indicators.tcss"

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session)
        self._selection = Selection()
        self._order = Order.PLAN

    def compose_body(self) -> ComposeResult:
        yield EntryTable(self.session)
        yield SearchLine()
        yield SpeechLine()
        yield Panel()

    @property
    def table(self) -> EntryTable:
        return self.query_one(EntryTable)

    def on_mount(self) -> None:
        table = self.table
        self.watch(table, "here", self._explain, init=False)
        self.watch(table, "entering", self._tell, init=False)
        self._explain()

    def take_in(self, changes: Changes) -> None:
        table = self.table
        table.take_in(changes)
        self._tell_selection()
        row = table.row
        if row is not None and (changes.is_whole or row.reference in changes.references):
            self._explain()

    def _explain(self) -> None:
        row = self.table.row
        if row is None:
            paragraphs: Sequence[Paragraph] = ()
        elif row.is_group:
            paragraphs = self._about_group(row)
        else:
            paragraphs = self._about_indicator(row)
        self.query_one(Panel).show(paragraphs)

    def _about_group(self, row: EntryRow) -> list[Paragraph]:
        node, counts = self.session.result.nodes[row.reference], self.session.result.nodes[row.reference].counts
        paint = self.program.paint
        status = status_cell(node.status, ascii=self.program.is_ascii, is_short=False)
        assessed = _("{assessed} of {of} assessed", assessed=counts.assessed, of=counts.of)
        achieved = _("{achieved} achieved", achieved=achieved_of(counts.achieved, counts.of))
        return [(status, paint.status(node.status)), (f"{achieved} · {assessed}", paint.muted)]

    def _about_indicator(self, row: EntryRow) -> list[Paragraph]:
        session, paint = self.session, self.program.paint
        indicator = session.indicator(row.indicator)
        judged = session.result.indicators.get(row.indicator)
        name = clean(indicator.display_name or indicator.name)
        said: list[Paragraph] = [(f"{name}: {clean(row.part)}" if row.part else name, paint.strong)]
        if judged is None:
            return said
        verdict = judged.verdict
        if row.part:
            verdict = next((each.verdict for each in judged.parts if each.part == row.part), verdict)
        said.append((capitalised(clean(say(verdict.reason))), paint.text))
        if judged.manual is not None:
            assessed = _("Assessed: {motivation}", motivation=judged.manual.motivation)
            said.append((clean(assessed), paint.text))
        said += [(text, paint.muted) for text in (self._change(judged, indicator), *self._facts_of(indicator)) if text]
        said += [(_("Doubtful: {doubt}", doubt=word(doubt)), paint.warning) for doubt in judged.doubts]
        history = self._last_changed(row)
        return [*said, (history, paint.muted)] if history else said

    def _change(self, judged: IndicatorResult, indicator: Indicator) -> str:
        previous = judged.previous
        if previous is None or judged.change is None:
            return ""
        then = figure_cell(previous.text, indicator.scale)
        change = capitalised(word(judged.change))
        return _("{change} since {period}: {figure}", change=change, period=previous.period, figure=then)

    def _facts_of(self, indicator: Indicator) -> tuple[str, ...]:
        definition = clean(indicator.definition)
        source = _("Source: {source}", source=clean(indicator.source)) if indicator.source else ""
        return definition, source

    def _last_changed(self, row: EntryRow) -> str:
        outcome = self.session.content.outcome(row.indicator, self.session.period, row.part)
        if outcome is None:
            return ""
        parts = [clean(text) for text in (outcome.note, outcome.source) if text]
        if outcome.changed_at:
            at = datetime.fromisoformat(outcome.changed_at)
            who = clean(outcome.changed_by)
            parts.append(_("Entered {day} {time} by {who}", day=day(at), time=clock(at), who=who))
        return " · ".join(parts)

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

    def _select(self, selection: Selection) -> None:
        """Show the indicators of a selection; the counts follow."""
        if selection != self._selection:
            self._selection = selection
            self.table.show_only(selection.matcher(self.session))
            self._show_title()
        self._tell_selection()

    def _tell_selection(self) -> None:
        shown = len(self.table.indicators_shown) if not self._selection.is_empty else 0
        aside = _("{shown} of {all}", shown=shown, all=len(self.session.result.indicators))
        self.query_one(SearchLine).tell(self._selection.described(self.session), aside)

    def counts(self) -> Counts:
        if self._selection.is_empty:
            return super().counts()
        return counts_of(self.session, self.table.indicators_shown)

    def action_sort(self) -> None:
        from kvaltui.tui.screens.picker import Choice, Picker

        choices = [Choice(order.value, capitalised(order.label)) for order in Order]
        self.app.push_screen(Picker(_("Sort"), choices, current=self._order.value), self._sort_if_chosen)

    def _sort_if_chosen(self, order: str | None) -> None:
        if order is not None:
            self._order = Order(order)
            self.table.sort_by(sort_key(self.session, self._order))

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

    @on(EntryTable.ColumnPasted)
    def _take_column(self, event: EntryTable.ColumnPasted) -> None:
        from kvaltui.tui import pasting
        from kvaltui.tui.screens.paste import PasteDialog

        try:
            texts = pasting.read_column(event.text)
            figures = pasting.lay_out(self.session, self.table.rows_to_enter(), texts)
        except KvaltuiError as error:
            self.complain(error)
        else:
            dialog = PasteDialog(self.session, figures, is_ascii=self.program.is_ascii)
            self.app.push_screen(dialog, lambda is_stored: self._tell_pasted(len(figures)) if is_stored else None)

    def _tell_pasted(self, count: int) -> None:
        self.speak_of_saving(_("{count} figures", count=count))

    # Typing

    def _tell(self, entering: Typing | Stored | Refused | None) -> None:
        match entering:
            case Typing(entry, text):
                self._show_reading(entry, text)
            case Stored(row, text):
                self._tell_stored(row, text)
            case Refused(error):
                self.complain(error)
            case None:
                self.query_one(SpeechLine).say([])

    def _show_reading(self, entry: OpenEntry, text: str) -> None:
        speech = self.query_one(SpeechLine)
        if not text:
            speech.say([(_("Empty: nothing is entered"), self.program.paint.muted)], self._entry_keys())
            return
        try:
            speech.say(self._reading(entry, text), self._entry_keys())
        except KvaltuiError as error:
            speech.say([(say(error.message), self.program.paint.warning)])

    def _reading(self, entry: OpenEntry, text: str) -> list[Piece]:
        """How a text is read and what it would mean. Raises FigureError when it cannot be read."""
        outcome, paint = entry.outcome, self.program.paint
        scale = self.session.indicator(outcome.indicator).scale
        parse_figure(text, scale)
        judged = self.session.preview(entry, text)
        verdict, status = judged.verdict, judged.status
        if outcome.part:
            verdict = next((each.verdict for each in judged.parts if each.part == outcome.part), verdict)
            status = verdict.status
        shown = status_cell(status, ascii=self.program.is_ascii, expected=self.session.is_expected)
        return [
            (f"{figure_cell(text, scale)} ", paint.strong),
            ("-> " if self.program.is_ascii else "→ ", paint.muted),
            (shown, paint.status(status)),
            (f": {_consequence(clean(say(verdict.reason)))}", paint.text),
        ]

    def _entry_keys(self) -> str:
        return _("Enter save  Esc drop")

    def _tell_stored(self, row: EntryRow, text: str) -> None:
        judged = self.session.result.indicators.get(row.indicator)
        scale = self.session.indicator(row.indicator).scale
        told = figure_cell(text, scale) if text else _("emptied")
        if judged is not None:
            status = status_cell(judged.status, ascii=self.program.is_ascii, expected=self.session.is_expected)
            told = f"{told} {'->' if self.program.is_ascii else '→'} {status}"
        self.speak_of_saving(told)

    def action_edit(self) -> None:
        self.table.open_editor()

    def show_reference(self, reference: Reference) -> None:
        self.table.go_to(reference)
        self.set_focus(self.table)


def _consequence(reason: str) -> str:
    """A reason without its beginning, which repeats the figure and the target that stand beside it."""
    return reason.partition(": ")[2] or reason
