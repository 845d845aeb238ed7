"""The entry table: type a figure where the cursor stands and go on (SCREENS.md, Indikatorer).

It draws its own lines. What is typed stands in the cell; there is no other editor. The table knows the session that it
is given; its screen watches `here` (the row that the cursor stands on) and `entering` (what is typed, stored, refused).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from kvaltui.i18n import N_, _
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.reporting_round import complete_area
from kvaltui.model.tree import ROOT
from kvaltui.model.value import dataclass
from kvaltui.tui.drawing import MARKER
from kvaltui.tui.naming import name_of
from kvaltui.tui.session import Changes, OpenEntry, PlanSession
from kvaltui.tui.widgets.entry_drawing import INDENT, EntryDrawing
from kvaltui.tui.widgets.entry_list import EntryList
from kvaltui.tui.widgets.entry_rows import EntryRow, Matches, SortKey
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.line_view import LineView

STARTING = frozenset("0123456789<>-~−≥≤")
"""Characters that begin an outcome as soon as they are typed."""


@dataclass(frozen=True, slots=True)
class Typing:
    """A text is being typed as an outcome."""

    entry: OpenEntry
    text: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An outcome has been committed."""

    row: EntryRow
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed could not be stored; it stays in the editor."""

    error: KvaltuiError


class EntryTable(LineView):
    """Areas, indicators and parts in rows, with targets, earlier periods, this period's figures and their status."""

    class ColumnPasted(Message):
        """Several lines have been pasted: a column of figures, for the rows from the cursor downward."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    HEAD: ClassVar[int] = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "fold_to(True)", N_("Fold up"), show=False, id="fold_up"),
        Binding("right", "fold_to(False)", N_("Unfold"), show=False, id="unfold"),
    ]

    entering: reactive[Typing | Stored | Refused | None] = reactive(None, repaint=False, init=False, always_update=True)

    def __init__(self, session: PlanSession, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._session = session
        self._entry: OpenEntry | None = None
        self._editor = LineEditor()
        self._kept_drawing: EntryDrawing | None = None
        self._rows = EntryList(session)
        self.cursor = self._rows.first()

    # Rows

    @property
    def row(self) -> EntryRow | None:
        """The row that the cursor stands on; None in an empty table."""
        return self._rows[self.cursor] if len(self._rows) else None

    @property
    def is_editing(self) -> bool:
        return self._entry is not None

    def thing_at(self, row: int) -> object:
        return self._rows[row] if row < len(self._rows) else None

    def row_count(self) -> int:
        return len(self._rows)

    def text_at(self, row: int) -> str:
        shown = self._rows[row]
        return clean(shown.part) or name_of(self._session.content, shown.reference)

    def show_only(self, matches: Matches | None) -> None:
        """Show the indicators that match now, or all of them. One that no longer matches stays until the next call."""
        self._change_rows(lambda: self._rows.narrow(matches))
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
            self._change_rows(self._rows.build)
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
        if place is None and self.is_editing:
            self._close_editor()
        self.cursor = place if place is not None else self._rows.first()
        self.top = max(0, self.cursor - offset)
        self.clamp()
        self.redraw()

    # Folding

    def action_fold(self) -> None:
        row = self.row
        if row is not None:
            self._fold(row, is_folded=not self._rows.is_folded(row))

    def action_fold_to(self, is_folded: bool) -> None:
        row = self.row
        if row is not None:
            self._fold(row, is_folded=is_folded)

    def _fold(self, row: EntryRow, *, is_folded: bool) -> None:
        folded = self._rows.fold(row, is_folded=is_folded)
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
            self.action_edit()

    def action_edit(self) -> None:
        self.open_editor()

    def open_editor(self, text: str | None = None) -> None:
        """Begin to write this row's outcome, with `text` in place of what stands there."""
        row = self.row
        if row is None or row.is_group or self.is_editing:
            return
        try:
            self._session.check_can_enter(row.indicator)
        except KvaltuiError as error:
            self.entering = Refused(error)
            return
        self._entry = self._session.open_entry(row.indicator, row.part)
        self._editor = LineEditor.at_end_of(self._entry.text if text is None else clean(text))
        self._after_typing()

    def store(self) -> bool:
        """Commit what is typed. Returns whether the editor is closed; a refused text stays in it."""
        entry, row = self._entry, self.row
        if entry is None or row is None:
            return True
        text = self._editor.text.strip()
        is_given = text != entry.text or "value" in entry.outcome.contested
        if is_given:
            try:
                self._session.enter_outcome(entry, text)
            except KvaltuiError as error:
                self.entering = Refused(error)
                return False
        self._close_editor(Stored(row, text) if is_given else None)
        return True

    def drop(self) -> None:
        """Close the editor and leave the outcome as it was."""
        self._close_editor()

    def _close_editor(self, stored: Stored | None = None) -> None:
        self._entry = None
        self._editor = LineEditor()
        self.redraw_rows(self.cursor)
        self.entering = stored

    def _after_typing(self) -> None:
        self.redraw_rows(self.cursor)
        if self._entry is not None:
            self.entering = Typing(self._entry, self._editor.text.strip())

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """While something is typed, characters are text and no commands."""
        return self.is_editing and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        if self.is_editing:
            if self._press(event):
                event.stop()
        elif event.character is not None and event.character in STARTING and not self._session.is_read_only:
            event.stop()
            self.open_editor(event.character)

    def _press(self, event: events.Key) -> bool:
        """Do what a key does in the editor. Returns False for keys that are not the editor's."""
        match event.key:
            case "escape":
                self.drop()
            case "enter" | "tab" | "down":
                if self.store():
                    self._go_on(only_waiting=event.key == "enter")
            case "shift+tab" | "up":
                if self.store():
                    self._go_back()
            case "ctrl+z" | "ctrl+y":
                self.drop()
            case key if self._editor.press(key):
                self._after_typing()
            case _:
                if event.character is None or not event.is_printable:
                    return False
                self._editor.insert(event.character)
                self._after_typing()
        return True

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if "\n" in event.text.strip("\r\n") and not self._session.is_read_only:
            self.drop()
            self.post_message(self.ColumnPasted(event.text))
            return
        text = clean(event.text.rstrip("\r\n"))
        if not self.is_editing:
            self.open_editor("")
        if self.is_editing:
            self._editor.insert(text)
            self._after_typing()

    def _go_on(self, *, only_waiting: bool) -> None:
        """To the next row that waits, or simply the next one to enter when none does."""
        following = self._rows.waiting_after(self.cursor) if only_waiting else None
        if following is None:
            following = self._rows.after(self.cursor)
        if following is not None:
            self.move_to(following)

    def _go_back(self) -> None:
        before = self._rows.before(self.cursor)
        if before is not None:
            self.move_to(before)

    def move_to(self, row: int) -> None:
        # Whoever leaves a row by mouse or wheel keeps what was typed in it.
        if row == self.cursor or self.store():
            super().move_to(row)

    def on_click(self, event: events.Click) -> None:
        row = self.top + event.y - self.HEAD
        if event.y >= self.HEAD and row < len(self._rows) and self._rows[row].is_group and event.chain == 1:
            self.move_to(row)
            if event.x < MARKER + INDENT:
                self.action_fold()
            return
        super().on_click(event)

    # Drawing

    @property
    def _drawing(self) -> EntryDrawing:
        """How the rows look at this width and in these colours."""
        kept, paint = self._kept_drawing, self.paint
        if kept is None or kept.paint is not paint:
            kept = self._kept_drawing = EntryDrawing(self._session, paint, self.size.width, is_ascii=self.is_ascii)
        return kept

    def on_resize(self) -> None:
        self._kept_drawing = None
        super().on_resize()

    def draw_head(self, y: int, width: int) -> Strip:
        return self.line(self._drawing.head(), width)

    def draw_nothing(self, y: int, width: int) -> Strip:
        if y != 0 or len(self._rows):
            return self.line((), width)
        if self._rows.is_narrowed:
            told = _("Nothing matches the filter. Esc shows everything again.")
        else:
            told = _("The plan has no indicators yet.")
        return self.line([("  ", None), (told, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown = self._rows[row]
        if shown.is_group:
            is_folded = self._rows.is_folded(shown)
            return self.line(
                self._drawing.group(shown, self._aside_of(shown.reference), is_folded=is_folded, is_here=is_here), width
            )
        editor = self._editor if is_here and self.is_editing else None
        return self.line(self._drawing.figures(shown, is_here=is_here, editor=editor), width)

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
        counts = session.result.nodes[group].counts
        waiting = counts.of - counts.reported
        return _("{count} waiting", count=waiting) if waiting > 0 else ""
