"""The values of a field that was changed on several sides, side by side, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message as WidgetMessage
from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.message import Message
from kvaltui.tui.terminal.drawing import Piece, cut, left, width_of, wrap
from kvaltui.tui.widgets.line_editor import LineEditor, text_of_key
from kvaltui.tui.widgets.lines import Lines
from kvaltui.work.choosing import fitting
from kvaltui.work.conflict_words import SideInWords
from kvaltui.work.pasted import SEVERAL_FIGURES, as_one_line, joins_figures

_LEAST_CARD = 26
_MOST_VALUE_LINES = 6
_AROUND_VALUE = 4
"""The cells of a card that its value does not take."""
_BELOW_VALUE = 4
"""The lines below a value: who, when, where, and what is doubtful of that, mostly nothing."""


class ConflictView(Lines, can_focus=True):
    """The values side by side, one of them chosen, and below them a line to write another one in."""

    DEFAULT_CSS = "ConflictView { height: 1fr; }"

    @dataclass
    class Changed(WidgetMessage):
        """Another value is chosen or written."""

    @dataclass
    class Decided(WidgetMessage):
        """Enter: the value that is chosen shall hold."""

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[SideInWords, ...] = ()
        self._takes_text = False
        self._chosen = 0
        self._editor = LineEditor()
        self._sought = ""
        self.problem: Message | None = None
        """Why what was last typed or pasted was not put in."""

    def show(self, cards: Sequence[SideInWords], *, takes_text: bool) -> None:
        """Set the values. `takes_text`: another one can be written."""
        self._cards, self._takes_text = tuple(cards), takes_text
        self._chosen, self._editor, self._sought = 0, LineEditor(), ""
        self.redraw()

    @property
    def side(self) -> int | None:
        """Which of the values is chosen; None for the one that is written."""
        return self._chosen if self._chosen < len(self._cards) else None

    @property
    def text(self) -> str:
        """What is written as another value."""
        return self._editor.text.strip()

    # Keys

    def on_key(self, event: events.Key) -> None:
        if self._press(event):
            event.stop()
            event.prevent_default()

    def _press(self, event: events.Key) -> bool:
        is_writing = self.side is None
        match event.key:
            case "enter":
                self.post_message(self.Decided())
                return True
            case "up":
                self._choose(self._chosen - (1 if is_writing else self._per_row(self.size.width)))
            case "down" | "tab":
                self._choose(self._chosen + (1 if event.key == "tab" else self._per_row(self.size.width)))
            case "shift+tab":
                self._choose(self._chosen - 1)
            case "left" | "right" if not is_writing:
                self._choose(self._chosen + (1 if event.key == "right" else -1))
            case key if is_writing and self._editor.press(key):
                self._changed()
            case _ if typed := text_of_key(event):
                if self._takes_text:
                    self._write(typed)
                else:
                    self._find(typed)
            case _:
                return False
        return True

    def _find(self, typed: str) -> None:
        """Choose the value whose words are typed; what no value has begins anew."""
        names = [(card.value,) for card in self._cards]
        for sought in (self._sought + typed, typed):
            if found := fitting(names, sought):
                self._choose(found[0])
                self._sought = sought
                return

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if not self._takes_text:
            return
        if joins_figures(event.text):
            self._changed()
            self.problem = SEVERAL_FIGURES
        else:
            self._write(as_one_line(event.text))

    def _write(self, text: str) -> None:
        self._chosen = len(self._cards)
        has_room = self._editor.insert(text)
        self._changed()
        if not has_room:
            self.problem = Message(
                "This is too long: there is room for {most} characters. Nothing was put in.", most=self._editor.most
            )

    def _choose(self, at: int) -> None:
        last = len(self._cards) - (0 if self._takes_text else 1)
        self._chosen = max(0, min(at, last))
        self._sought = ""
        if self.side is None:
            self._editor.select()
        self._changed()

    def _changed(self) -> None:
        self.problem = None
        self.redraw()
        self.post_message(self.Changed())

    def on_click(self, event: events.Click) -> None:
        per_row = self._per_row(self.size.width)
        row = event.y // self._height_of_card(self.size.width)
        at = row * per_row + min(per_row - 1, event.x // self._width_of_card(self.size.width))
        self._choose(at)

    # Drawing

    def _value_lines(self, width: int) -> int:
        """How many lines the longest of the values takes."""
        room = self._width_of_card(width) - _AROUND_VALUE
        return max((len(_lines_of(card.value, room)) for card in self._cards), default=1)

    def _height_of_card(self, width: int) -> int:
        return self._value_lines(width) + _BELOW_VALUE

    def _per_row(self, width: int) -> int:
        return max(1, min(len(self._cards), (width - 1) // _LEAST_CARD))

    def _width_of_card(self, width: int) -> int:
        return max(1, (width - 1) // self._per_row(width))

    def wanted_height(self, width: int) -> int:
        """The lines in which everything shows in a width."""
        return self._rows(width) * self._height_of_card(width) + 2

    def _rows(self, width: int) -> int:
        return -(-len(self._cards) // self._per_row(width))

    def draw(self, y: int, width: int) -> Strip:
        per_row = self._per_row(width)
        height = self._height_of_card(width)
        row, line = divmod(y, height)
        if row < self._rows(width):
            cards = range(row * per_row, min(len(self._cards), (row + 1) * per_row))
            pieces = [piece for at in cards for piece in self._card(at, line, self._width_of_card(width))]
            return self.line([(" ", None), *pieces], width)
        if y == self._rows(width) * height and self._takes_text:
            return self._other(width)
        return self.line((), width)

    def _mark(self, at: int) -> Piece:
        return self.marker(is_here=at == self._chosen), self.paint.heading

    def _card(self, at: int, line: int, width: int) -> list[Piece]:
        card, paint, room = self._cards[at], self.paint, width - _AROUND_VALUE
        value_lines = self._value_lines(self.size.width)
        is_here = at == self._chosen
        if line < value_lines:
            lines = _lines_of(card.value, room)
            text = lines[line] if line < len(lines) else ""
            style = paint.selected if is_here else paint.strong
            mark: Piece = self._mark(at) if line == 0 else ("  ", None)
            return [mark, (text, style), (" " * (width - 2 - width_of(text)), None)]
        told = (card.who, card.when, card.where, card.doubt)[line - value_lines]
        return [("  ", None), (left(cut(told, room), width - 2), paint.text if line == value_lines else paint.muted)]

    def _other(self, width: int) -> Strip:
        paint = self.paint
        label = f"{_('Another value')}: "
        is_here = self.side is None
        pieces: list[Piece] = [
            (" ", None),
            self._mark(len(self._cards)),
            (label, paint.heading if is_here else paint.muted),
        ]
        if not is_here and not self._editor.text:
            return self.line([*pieces, (_("type it"), paint.muted)], width)
        room = max(8, width - 5 - width_of(label))
        written = self._editor.filled(room, *((paint.editing, paint.caret) if is_here else (paint.hole, paint.hole)))
        return self.line([*pieces, *written], width)


def _lines_of(value: str, room: int) -> list[str]:
    return wrap(value.replace("\n", " "), room, _MOST_VALUE_LINES) or [""]
