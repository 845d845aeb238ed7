"""The preview of a pasted block in which something cannot be read: each row with what is wrong in it, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.strip import Strip

from kvaltui.i18n import _, say
from kvaltui.model.clean import clean, excerpt
from kvaltui.model.period import Period
from kvaltui.tui.dialog import Dialog, DialogTitle
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, left
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.sheet_rows import Role
from kvaltui.work.sheet_writing import Pasted, PastedRow

_NUMBER = 5
_MOST_ROWS = 14


class SheetPastedView(LineView[PastedRow]):
    """The rows of a pasted block: what each is called, and what is wrong in it."""

    HEAD: ClassVar[int] = 1

    def __init__(self, pasted: Pasted, period: Period) -> None:
        super().__init__()
        self._rows: Sequence[PastedRow] = pasted.rows
        self._period = period
        self._titles = {each.name: each.title(period) for each in pasted.columns}

    def half_typed(self) -> Iterator[str]:
        return ("\t".join(each.texts.values()) for each in self._rows)

    def text_at(self, row: int) -> str:
        return self._rows[row].name

    def headings(self, width: int) -> str:
        return f"  {left(_('Row'), _NUMBER)}{left(_('Name'), self._room(width))}  {_('What cannot be read')}"

    @staticmethod
    def _room(width: int) -> int:
        return max(12, (width - _NUMBER) // 3)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown, paint, room = self._rows[row], self.paint, self._room(width)
        pieces: list[Piece] = [
            (self.marker(is_here=is_here), paint.accent),
            (left(str(row + 1), _NUMBER), paint.muted),
            (left(self.short(clean(shown.name), room), room), paint.text),
        ]
        if shown.written.problems:
            return self.line([*pieces, (f"  {self.told(shown)}", paint.error)], width)
        new = _("new") if shown.row.role is Role.NEW else _("changed")
        return self.line([*pieces, (f"  {new}", paint.muted)], width)

    def told(self, row: PastedRow) -> str:
        """What is wrong in a row: the column, what was pasted there, and why it cannot be read."""
        return "; ".join(
            f"{self._titles.get(name, name)} “{excerpt(row.texts.get(name, ''), 20)}”: {clean(say(why.message))}"
            for name, why in row.written.problems.items()
        )


class SheetPasteDialog(Dialog[bool]):
    """Asks what is to be done with a block of which something cannot be read.

    Enter stores the rest, and puts what cannot be read in its cells, not saved; Esc drops all of it.
    """

    KEYS = ("choose", "back")
    DEFAULT_CSS = "SheetPasteDialog > Vertical { height: auto; }"
    BINDINGS = bindings.SHEET_PASTE_DIALOG

    def __init__(self, pasted: Pasted, period: Period) -> None:
        count, wrong = len(pasted.rows), len(pasted.problems)
        super().__init__(
            _(
                "{count} pasted rows, {wrong} cell cannot be read"
                if wrong == 1
                else "{count} pasted rows, {wrong} cells cannot be read",
                count=count,
                wrong=wrong,
            )
        )
        self._pasted = pasted
        self._view = SheetPastedView(pasted, period)
        self._view.styles.height = min(count, _MOST_ROWS) + SheetPastedView.HEAD

    def compose_body(self) -> ComposeResult:
        yield self._view

    @property
    def is_half_written(self) -> bool:
        """Whether there is something that is not stored: always, it is asked about."""
        return True

    def on_mount(self) -> None:
        self.query_one(DialogTitle).show_aside(_("the rest can be stored"))
        self._view.move_to(self._pasted.problems[0][0])
        self._moved()
        self.watch(self._view, "here", self._moved, init=False)

    def _moved(self) -> None:
        row = self._view.row
        assert row is not None
        number = self._view.cursor + 1
        if row.written.problems:
            self.speak(_("Row {number}: {what}", number=number, what=self._view.told(row)), is_problem=True)
        else:
            self.speak("")

    def action_store(self) -> None:
        """Store what can be read; a row that cannot be made at all has no cells to keep its texts in."""
        lost = next((at for at, each in enumerate(self._pasted.rows) if not each.written.things), None)
        if lost is None:
            self.dismiss(True)
            return
        self._view.move_to(lost)
        told = _(
            "Row {number} cannot be stored: {what}", number=lost + 1, what=self._view.told(self._pasted.rows[lost])
        )
        self.speak(told, is_problem=True)
