"""The entry table: type a figure where the cursor stands and go on.

It draws its own lines. What is typed stands in the cell; there is no other editor. The table knows the session that it
is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.geometry import Offset
from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.message import KvaltuiError
from kvaltui.model.reporting_round import complete_area
from kvaltui.model.structure import Area, Indicator
from kvaltui.model.tree import ROOT
from kvaltui.tui.entry.columns import INDENT, TEXT, Needs
from kvaltui.tui.entry.drawing import EntryDrawing
from kvaltui.tui.entry.needs import has_room, needs_of
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import ListNames
from kvaltui.tui.widgets.typing_view import CellStored, TypingView
from kvaltui.work.entry_list import EntryList, cell_of
from kvaltui.work.entry_rows import EntryRow, Matches, SortKey, build_rows
from kvaltui.work.naming import name_of, title_of
from kvaltui.work.session import Changes, OpenEntry, PlanSession
from kvaltui.work.unstored import Cell

if TYPE_CHECKING:
    from kvaltui.tui.entry.taking_out import EntryCells


class EntryTable(TypingView[EntryRow]):
    """Areas, indicators and parts in rows, with targets, earlier periods, this period's figures and their status."""

    HEAD: ClassVar[int] = 1
    BINDINGS = bindings.ENTRY_TABLE

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session)
        self._opened: OpenEntry | None = None
        self._kept_drawing: EntryDrawing | None = None
        self._kept_needs: Needs | None = None
        self._plan_names: ListNames | None = None
        self._rows: EntryList = EntryList(session)
        self.cursor = self._rows.first()

    # Rows

    def text_at(self, row: int) -> str:
        shown = self._rows[row]
        return clean(shown.part) or name_of(self._session.content, shown.reference)

    def is_heading(self, row: int) -> bool:
        return self._rows[row].is_group

    def names(self) -> Iterable[str]:
        content = self._session.content
        for each in content.active(Indicator):
            yield each.shown_name
            yield from each.breakdown
        yield from (each.name for each in content.active(Area))

    def short(self, name: str, width: int) -> str:
        # Those of the whole plan: a name does not change its look with what else is shown.
        if self._plan_names is None:
            self._plan_names = ListNames(self.names())
        return self._plan_names.short(name, width)

    def show_only(self, matches: Matches | None) -> None:
        """Show the indicators that match now, or all of them. One that no longer matches stays until the next call."""
        self._change_rows(lambda: self._rows.narrow(matches))
        self._show_head()

    def show_sorted(self, matches: Matches | None, sort_key: SortKey | None) -> None:
        """Show the indicators that match now, sorted as they are now, of a plan that may be another than before."""
        self._change_rows(lambda: self._rows.show_sorted(matches, sort_key))

    def _show_head(self) -> None:
        if self.cursor < self.page_height:
            self.top = 0

    def sort_by(self, sort_key: SortKey | None) -> None:
        """Sort the indicators of each group as they are now, or leave them in the plan's order."""
        self._change_rows(lambda: self._rows.sort_by(sort_key))

    @property
    def indicators_shown(self) -> list[str]:
        """The keys of the indicators that match, also those in folded groups, in the order of the rows."""
        return self._rows.indicators

    def rows_to_enter(self) -> list[EntryRow]:
        """The rows from the cursor downward that take one figure each: parts, and indicators without parts."""
        return self._rows.single_figures(self.cursor)

    def go_to(self, reference: Reference, part: str = "") -> bool:
        """Put the cursor on a row, unfolding what hides it. Returns whether the plan has it."""
        self.settle()
        if self._rows.unfold_to(reference):
            self._change_rows(self._rows.build)
        place = self._rows.place_of(reference, part)
        if place is None:
            return False
        self.move_to(place)
        return True

    def take_in(self, changes: Changes) -> None:
        """Redraw what has changed; cursor and scroll stay where they are."""
        if changes.is_whole:
            self._kept_needs = self._plan_names = None
            self._change_rows(self._rows.build)
            return
        if self._kept_needs is not None and not has_room(self._session, self._kept_needs, changes.references):
            # Decimals, a target or an earlier period have come that the columns have no room for.
            self._kept_needs = self._kept_drawing = None
            self.redraw()
            return
        if changes.touches(Kind.COMPLETION):
            self.redraw()  # what is marked complete shows on every area below it
            return
        self.redraw_rows(*(at for reference in changes.references for at in self._rows.places_of(reference)))

    def _change_rows(self, change: Callable[[], None]) -> None:
        """Let other rows be shown, the cursor on the same one, and that where it is on the screen."""
        row, offset = self.row, self.cursor - self.top
        change()
        self._kept_drawing = None
        place = None
        if row is not None:
            place = self._rows.place_of(row.reference, row.part)
            if place is None:
                place = self._rows.place_of(row.reference)
        if self._cell is not None and (place is None or self.cell_at(place) != self._cell):
            self.settle_at_once()  # its row is gone, or shows another period
        self.stand_on(place if place is not None else self._rows.first(), offset)

    # Folding

    def action_fold(self) -> None:
        row = self.row
        self.action_fold_to(row is not None and not self._rows.is_folded(row))

    def action_fold_to(self, is_folded: bool) -> None:
        folded = self._rows.fold(self.row, is_folded=is_folded) if self.row is not None else None
        if folded is not None:
            if is_folded:
                self.cursor = self._rows.place_of(folded.reference) or 0
            self._change_rows(self._rows.build)

    # Entering

    def action_choose(self) -> None:
        row = self.row
        if row is not None and row.is_group:
            self.action_fold()
        else:
            self.open_editor()

    def cell_at(self, row: int) -> Cell | None:
        shown = self._rows[row] if row < len(self._rows) else None
        return cell_of(self._session, shown) if shown is not None and not shown.is_group else None

    def stand_in(self, cell: Cell) -> None:
        self.go_to(cell.reference, cell.part)

    def name_of_cell(self) -> str:
        row = self.row
        return title_of(self._session.indicator(row.indicator), row.part) if row is not None else ""

    def begin_entry(self) -> str:
        row = self.row
        assert row is not None
        self._session.check_can_enter(row.indicator)
        self._opened = self._session.open_entry(row.indicator, row.part)
        return clean(self._opened.text)

    def store_entry(self, text: str) -> CellStored:
        entry = self._opened
        assert entry is not None
        is_new = self._session.is_new(entry, text) and bool(self._session.enter_outcome(entry, text).changed)
        return CellStored(entry, text.strip() if is_new else clean(entry.text), is_new)

    def go_on(self, key: str) -> None:
        """To the next row that waits, or simply the next one to enter when none does; Tab and the arrows to the next.

        After the last one that waits, Enter goes to what is not stored, unless more is typed already.
        """
        if key in ("shift+tab", "up"):
            following = self._rows.before(self.cursor)
        else:
            following = self._rows.waiting_after(self.cursor) if key == "enter" else None
            if following is None and key == "enter" and not self.calm_app.typeahead.has_more:
                following = self._first_unstored()
            if following is None:
                following = self._rows.after(self.cursor)
        if following is not None:
            self.move_to(following)

    def _first_unstored(self) -> int | None:
        """The first row whose text is not stored."""
        kept = self._session.unstored
        places = self._rows.to_enter(range(len(self._rows))) if kept else ()
        return next((at for at in places if self.cell_at(at) in kept), None)

    def on_click(self, event: events.Click) -> None:
        row = self.row_at(event.y)
        if row is not None and self._rows[row].is_group and event.chain == 1:
            self.move_to(row)
            if event.x < TEXT + INDENT * (1 + self._rows[row].depth) and self.cursor == row:
                self.action_fold()
            return
        super().on_click(event)

    # Drawing

    @property
    def place_of_keys(self) -> Offset:
        place, row = super().place_of_keys, self.row
        if place.x or row is None or row.is_group:
            return place
        layout = self._drawing(self.size.width).layout
        return Offset(layout.outcome - layout.outcome_line.width, place.y)

    def _drawing(self, width: int) -> EntryDrawing:
        """How the rows look at this width and in the colours that are in force."""
        kept, paint = self._kept_drawing, self.paint
        # A widget that is shown again is drawn before it hears of its new size.
        if kept is None or kept.paint is not paint or kept.width != width:
            kept = self._kept_drawing = EntryDrawing(self._session, paint, self._needs(), self.short, width)
        return kept

    def _needs(self) -> Needs:
        """What the plan needs of the columns, taken from all of its rows: they stay while others are shown."""
        if self._kept_needs is None:
            rows = self._rows if self._rows.is_everything else build_rows(self._session.content)
            depth = max((rows[at].depth for at in range(len(rows)) if not rows[at].part), default=0)
            self._kept_needs = needs_of(self._session, depth)
        return self._kept_needs

    def headings(self, width: int) -> str:
        return self._drawing(width).headings()

    def table_headings(self) -> Sequence[str]:
        return self._cells().headings()

    def table_cells(self, row: int) -> Sequence[str]:
        shown = self._rows[row]
        if shown.is_group:
            return self._cells().group(shown, self._aside_of(shown.reference))
        return self._cells().figures(shown)

    def _cells(self) -> EntryCells:
        from kvaltui.tui.entry.taking_out import EntryCells

        return EntryCells(self._session, self.paint, self._needs(), self.size.width, is_ascii=self.is_ascii)

    def nothing(self) -> str:
        if self._rows.is_narrowed:
            return _("Nothing matches. {key} shows everything again.", key=self.key_of("show_all"))
        if self._session.is_read_only:
            return _("The plan has no indicators.")
        return _("The plan has no indicators yet. {key} adds the first.", key=self.key_of("add"))

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown = self._rows[row]
        if shown.is_group:
            is_folded, aside = self._rows.is_folded(shown), self._aside_of(shown.reference)
            drawn = self._drawing(width).group(shown, aside, is_folded=is_folded, is_ascii=self.is_ascii)
        elif is_here and self.is_editing:
            drawn = self._drawing(width).figures(
                shown, is_ascii=self.is_ascii, editor=self._editor, supposed=self._supposed()
            )
        else:
            drawn = self._drawing(width).figures(shown, is_ascii=self.is_ascii)
        return self.line(drawn, width)

    def _supposed(self) -> IndicatorResult | None:
        """What the indicator would be with what is typed; None where that is nothing, or cannot be read."""
        text = self._editor.text.strip()
        if self._opened is None or not text:
            return None
        with suppress(KvaltuiError):
            return self._session.preview(self._opened, text)
        return None

    def _aside_of(self, group: Reference) -> str:
        """How many figures wait in a group, or while the table is narrowed how many of its indicators show."""
        session = self._session
        if group == ROOT:
            return ""
        if self._rows.is_narrowed:
            shown, of = self._rows.shown_and_all(group)
            return _("{shown} of {all} shown", shown=shown, all=of)
        if complete_area(session.content, group.key, session.period):
            return _("complete")
        waiting = session.result.nodes[group].counts.waiting
        return _("{count} waiting", count=waiting) if waiting > 0 else ""
