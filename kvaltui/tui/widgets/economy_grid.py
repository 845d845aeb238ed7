"""The economy tables as one grid: a cursor on a cell, and amounts typed where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip

from kvaltui.i18n import N_, _, translated
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entity import Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.number import NumberError, parse_number
from kvaltui.tui.drawing import MARKER, Piece, cut, cut_middle, left, right, width_of
from kvaltui.tui.session import PlanSession
from kvaltui.tui.widgets.economy_rows import AMOUNTS, AmountCell, EconomyLine, Look, economy_lines, with_amount
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.line_view import LineView

_TITLES = {
    "budget": N_("Budget"),
    "forecast": N_("Forecast"),
    "actual": N_("Actual"),
    "previous": N_("Last year"),
    "variance": N_("Variance"),
}
STARTING = frozenset("0123456789-−")
"""Characters that begin an amount as soon as they are typed."""
_FLAG = 2
_AMOUNT = 11
_LEAST_NAME = 20
_INDENT = 2
_NOTHING = AmountCell("")


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """An amount that a person has begun to write: the row as it was on their screen then, and where in it."""

    row: EconomyRow
    column: str
    position: int


class EconomyGrid(LineView):
    """Tables under their headings; left and right go from amount to amount."""

    HEAD: ClassVar[int] = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Edit amount"), id="choose"),
        Binding("slash,ctrl+f", "find", N_("Find"), id="search"),
        Binding("left", "column(-1)", N_("Column to the left"), show=False, id="column_left"),
        Binding("right", "column(1)", N_("Column to the right"), show=False, id="column_right"),
    ]

    @dataclass
    class Typed(Message):
        """The text in the cell is another, or the cell has been opened or closed (`amount` is None)."""

        amount: OpenAmount | None
        text: str = ""

    @dataclass
    class Stored(Message):
        """An amount of a row, by the row's key, has been committed."""

        row: str
        column: str
        text: str

    @dataclass
    class Refused(Message):
        """An amount could not be stored; its text still stands in the cell."""

        error: KvaltuiError

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._lines: list[EconomyLine] = []
        self._column = 0
        self._open: OpenAmount | None = None
        self._editor = LineEditor()
        self._laid_out: tuple[int, tuple[str, ...]] = (-1, AMOUNTS)
        self._build()
        self.cursor = 1 if len(self._lines) > 1 else 0

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        return not (self._session.is_read_only and action == "choose")

    # Rows

    @property
    def economy_line(self) -> EconomyLine | None:
        """The line that the cursor stands on."""
        return self._lines[self.cursor] if self.cursor < len(self._lines) else None

    @property
    def column(self) -> str:
        """The column that the cursor stands in."""
        return self.columns[min(self._column, len(self.columns) - 1)]

    @property
    def is_editing(self) -> bool:
        """Whether an amount is being written."""
        return self._open is not None

    def _build(self) -> None:
        self._laid_out = (-1, AMOUNTS)
        self._lines = economy_lines(self._as_typed())

    def _as_typed(self) -> PlanContent:
        """The plan with the amount that is being typed in it, where that can be read: what follows from it shows."""
        content, opened = self._session.content, self._open
        row = content.get(EconomyRow, opened.row.key) if opened is not None else None
        if opened is None or row is None:
            return content
        text = clean(self._editor.text).strip()
        try:
            if text:
                parse_number(text)
        except NumberError:
            return content
        return content.with_entities([with_amount(row, opened.column, text)])

    def _follow_typing(self) -> None:
        """Let variances and sums be those of the amount that is typed, in the columns that show already."""
        before, self._lines = self._lines, economy_lines(self._as_typed())
        if len(before) == len(self._lines):
            self.redraw_rows(self.cursor, *(at for at, each in enumerate(self._lines) if each != before[at]))
        else:
            self.redraw()

    def rebuild(self) -> None:
        """Read the tables anew; the cursor stays on its row."""
        line, offset, before = self.economy_line, self.cursor - self.top, self._lines
        self._build()
        references = [each.reference for each in self._lines]
        if references == [each.reference for each in before] and references:
            self.redraw_rows(*(at for at, each in enumerate(self._lines) if each != before[at]))
            return
        if line is not None and line.reference in references:
            self.cursor = references.index(line.reference)
        elif self.is_editing:
            self._close()
        if len(references) != len(before):
            # What stands above has grown or shrunk: the row stays where it is on the screen.
            self.top = max(0, self.cursor - offset)
        self.clamp()
        self.redraw()

    def go_to(self, reference: Reference) -> None:
        """Put the cursor on a table or a row."""
        place = next((at for at, each in enumerate(self._lines) if each.reference == reference), None)
        if place is not None:
            self.move_to(place)

    def row_count(self) -> int:
        return len(self._lines)

    def thing_at(self, row: int) -> object:
        return (self._lines[row].reference, self.column) if row < len(self._lines) else None

    def text_at(self, row: int) -> str:
        line = self._lines[row]
        return clean(line.row.name if line.row is not None else line.table.title)

    def action_column(self, way: int) -> None:
        """Go to the next amount of the row."""
        self._column = max(0, min(self._column + way, len(self.columns) - 1))
        self.redraw_rows(self.cursor)
        self.here = self.thing_at(self.cursor)

    # Writing an amount

    def action_choose(self) -> None:
        line = self.economy_line
        if line is not None and line.row is None:
            super().action_choose()
        else:
            self.open_cell()

    def open_cell(self, text: str | None = None) -> None:
        """Begin to write the amount of the cell, with `text` in place of what stands there."""
        line = self.economy_line
        if line is None or line.row is None or self.is_editing or self._session.is_read_only:
            return
        self._open = OpenAmount(line.row, self.column, self._session.content.position)
        self._editor = LineEditor.at_end_of(getattr(line.row, self.column) if text is None else text)
        self._after_typing()

    def store(self) -> bool:
        """Commit what is typed. Returns whether the cell is closed; a refused text stays in it."""
        opened = self._open
        if opened is None:
            return True
        text = clean(self._editor.text).strip()
        is_changed = text != getattr(opened.row, opened.column)
        if is_changed:
            try:
                self._session.record([with_amount(opened.row, opened.column, text)], seen=opened.position)
            except KvaltuiError as error:
                self.post_message(self.Refused(error))
                return False
        self._close()
        if is_changed:
            self.post_message(self.Stored(opened.row.key, opened.column, text))
        return True

    def _close(self) -> None:
        self._open = None
        self._editor = LineEditor()
        self._follow_typing()
        self.post_message(self.Typed(None))

    def _after_typing(self) -> None:
        self._follow_typing()
        self.post_message(self.Typed(self._open, self._editor.text.strip()))

    def on_key(self, event: events.Key) -> None:
        if self.is_editing:
            if self._press(event):
                event.stop()
                event.prevent_default()
        elif event.character is not None and event.character in STARTING:
            event.stop()
            self.open_cell(event.character)

    def _press(self, event: events.Key) -> bool:
        match event.key:
            case "escape":
                self._close()
            case "enter" | "down" | "up":
                if self.store():
                    self.move_to(self.cursor + (-1 if event.key == "up" else 1))
            case "tab" | "shift+tab":
                if self.store():
                    self.action_column(1 if event.key == "tab" else -1)
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
        if not self.is_editing:
            self.open_cell("")
        if self.is_editing:
            self._editor.insert(clean(event.text.strip()))
            self._after_typing()

    def move_to(self, row: int) -> None:
        # Whoever leaves a row by mouse or wheel keeps what was typed in it.
        if row == self.cursor or self.store():
            super().move_to(row)

    def on_click(self, event: events.Click) -> None:
        at = (event.x - self._name_width(self.size.width)) // _AMOUNT
        if 0 <= at < len(self.columns) and not self.is_editing:
            self._column = at
        super().on_click(event)
        self.redraw_rows(self.cursor)
        self.here = self.thing_at(self.cursor)

    # Drawing

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that show: all where there is room for them, otherwise those that some row has an amount in."""
        width = self.size.width
        if self._laid_out[0] != width:
            used = [each for each in AMOUNTS if any(line.cells.get(each, _NOTHING).text for line in self._lines)]
            has_room = width - MARKER - _FLAG - _AMOUNT * len(AMOUNTS) >= 2 * _LEAST_NAME
            self._laid_out = (width, AMOUNTS if has_room or not used else tuple(used))
        return self._laid_out[1]

    def _name_width(self, width: int) -> int:
        """How many cells stand before the first amount."""
        return max(_LEAST_NAME, width - _FLAG - _AMOUNT * len(self.columns))

    def draw_head(self, y: int, width: int) -> Strip:
        del y
        text = left("", self._name_width(width))
        for column in self.columns:
            text += right(cut(translated(_TITLES[column]), _AMOUNT - 1), _AMOUNT)
        return self.line([(text, self.paint.muted)], width)

    def draw_nothing(self, y: int, width: int) -> Strip:
        if y or self._lines:
            return self.line((), width)
        if self._session.is_read_only:
            told = _("The plan has no economy tables.")
        else:
            key = self.key_of("add")
            told = _("The plan has no economy tables yet. {key} adds the first one.", key=key)
        return self.line([(" " * MARKER, None), (told, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        line, paint = self._lines[row], self.paint
        mark: Piece = (self.marker(is_here=is_here), paint.heading)
        if line.row is None:
            style = paint.selected if is_here else paint.strong
            return self.line([mark, (cut_middle(_title_of(line.table), width - MARKER - 1), style)], width)
        room = self._name_width(width) - MARKER
        indent = " " * (_INDENT * (line.row.level + 1))
        name = indent + cut_middle(clean(line.row.name), room - len(indent) - 1)
        pieces: list[Piece] = [mark, (left(name, room), paint.strong if line.row.is_sum else paint.text)]
        for column in self.columns:
            is_cell = is_here and column == self.column
            if is_cell and self.is_editing:
                pieces += self._draw_editor()
            else:
                pieces += self._draw_amount(line.cells[column], is_cell=is_cell, is_sum=line.row.is_sum)
        looks = {cell.look for cell in line.cells.values()}
        if Look.WRONG in looks:
            pieces.append((" !", paint.warning))
        elif Look.ROUNDED in looks:
            pieces.append((" ~" if self.is_ascii else " ≈", paint.muted))
        return self.line(pieces, width)

    def _draw_amount(self, cell: AmountCell, *, is_cell: bool, is_sum: bool) -> list[Piece]:
        paint = self.paint
        text = f"={cell.text}" if cell.look is Look.COMPUTED else cell.text
        style = paint.strong if is_sum else paint.text
        if cell.look is Look.WRONG:
            style = paint.warning
        elif cell.look is Look.COMPUTED:
            style = paint.muted
        shown = cut(text, _AMOUNT - 1)
        gap = " " * (_AMOUNT - max(1, width_of(shown)))
        return [(gap, None), (shown or " ", paint.selected if is_cell else style)]

    def _draw_editor(self) -> list[Piece]:
        paint, room = self.paint, _AMOUNT - 1
        before, caret, after = self._editor.window(room)
        blank = " " * (room - width_of(before + caret + after))
        return [(" ", None), (blank + before, paint.editing), (caret, paint.caret), (after, paint.editing)]


def _title_of(table: EconomyTable) -> str:
    """A table's title, with its unit unless the title says it."""
    title, unit = clean(table.title), clean(table.unit)
    return title if not unit or unit in title.split() else f"{title} ({unit})"
