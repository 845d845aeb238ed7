"""Conflicts: the values of a field that was changed on several sides, side by side, and the choice between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message as WidgetMessage
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.i18n import N_, _, moment, say
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.indicator_result import doubts_about
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.reporting import Outcome
from kvaltui.store.conflicts import Conflict, Side
from kvaltui.store.state import Codec
from kvaltui.tui.choosing import fitting
from kvaltui.tui.dialog import Dialog, DialogTitle
from kvaltui.tui.drawing import Piece, cut, left, width_of, wrap
from kvaltui.tui.figures import status_cell
from kvaltui.tui.forms import editing
from kvaltui.tui.forms.controls import Control
from kvaltui.tui.forms.fields import FORMS
from kvaltui.tui.keys import key_name
from kvaltui.tui.naming import kind_and_period, name_of
from kvaltui.tui.pasted import SEVERAL_FIGURES, as_one_line, joins_figures
from kvaltui.tui.session import Changes, OpenEntry, PlanSession
from kvaltui.tui.widgets.chrome import KeyHint
from kvaltui.tui.widgets.line_editor import LineEditor, text_of_key
from kvaltui.tui.widgets.lines import Lines
from kvaltui.value_words import NOTHING, said_of, side_of
from kvaltui.words import capitalised, field_word, word

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp

_WIDTH = 100
_LEAST_CARD = 26
_MOST_VALUE_LINES = 6
_AROUND_VALUE = 4
"""The cells of a card that its value does not take."""
_BELOW_VALUE = 4
"""The lines below a value: who, when, where, and a blank one."""


def decide_conflicts(app: KvaltuiApp, about: Reference | None = None) -> None:
    """Show the conflicts of the plan, or of one thing, one after the other, to be decided."""
    found = app.session.conflicts(about)
    if app.session.is_read_only:
        editing.say_read_only(app)
    elif found:
        app.push_screen(ConflictDialog(app.session, about))
    else:
        app.speak(_("Nothing is in conflict."))


@dataclass(frozen=True, slots=True)
class Card:
    """One of the values as it is shown: the value, who entered it, when, and on which device."""

    value: str
    who: str
    when: str
    where: str


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
        self._cards: tuple[Card, ...] = ()
        self._takes_text = False
        self._chosen = 0
        self._editor = LineEditor()
        self._sought = ""
        self.problem: Message | None = None
        """Why what was last typed or pasted was not put in."""

    def show(self, cards: Sequence[Card], *, takes_text: bool) -> None:
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
        told = (card.who, card.when, card.where, "")[line - value_lines]
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
        written = self._editor.pieces(room, paint.editing, paint.caret if is_here else paint.editing)
        blank = " " * (room - width_of("".join(text for text, _style in written)))
        return self.line([*pieces, *written, (blank, paint.editing)], width)


def _lines_of(value: str, room: int) -> list[str]:
    return wrap(value.replace("\n", " "), room, _MOST_VALUE_LINES) or [""]


class ConflictDialog(Dialog[None]):
    """The conflicts that wait, one at a time; closes when the last one is decided."""

    KEYS = ("back",)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("Back"), id="back"),
        Binding("pagedown", "turn(1)", N_("Next conflict"), show=False, id="page_down"),
        Binding("pageup", "turn(-1)", N_("Conflict before"), show=False, id="page_up"),
    ]

    def __init__(self, session: PlanSession, about: Reference | None = None) -> None:
        super().__init__(session, "")
        self._about = about
        self._conflicts: tuple[Conflict, ...] = ()
        self._at = 0
        self._seen = 0

    def compose_body(self) -> Iterable[Widget]:
        yield ConflictView()

    def on_mount(self) -> None:
        self.program.changed.subscribe(self, self._hear, immediate=True)
        self._read()
        self.set_focus(self.view)
        super().on_mount()

    @property
    def view(self) -> ConflictView:
        """The values."""
        return self.query_one(ConflictView)

    @property
    def conflict(self) -> Conflict:
        """The conflict that shows."""
        return self._conflicts[self._at]

    @property
    def is_half_written(self) -> bool:
        """Whether another value is written that is not stored."""
        return bool(self.view.text)

    def _hear(self, changes: Changes) -> None:
        if self._conflicts and (changes.is_whole or self.conflict.reference in changes.references):
            self._read()

    def _read(self) -> None:
        """Read what is in conflict now, and show the same place in the list; close when nothing is."""
        self._conflicts, self._seen = self.session.conflicts_seen(self._about)
        if not self._conflicts:
            self.dismiss(None)
            return
        self._at = min(self._at, len(self._conflicts) - 1)
        self._show()

    def _show(self) -> None:
        conflict, content = self.conflict, self.session.content
        reference = conflict.reference
        what = f"{kind_and_period(content, reference)}: {name_of(content, reference)}"
        title = self.query_one(DialogTitle)
        title.show(f"{capitalised(field_word(conflict.field))} – {what}")
        count = len(self._conflicts)
        title.show_aside(_("conflict {number} of {count}", number=self._at + 1, count=count) if count > 1 else "")
        cards = [
            Card(
                clean(self._said(content, conflict, side)),
                clean(side.author.shown_name),
                moment(datetime.fromisoformat(side.at)),
                clean(side.device),
            )
            for side in conflict.sides
        ]
        self.view.show(cards, takes_text=self._control is not None)
        self.query_one("Vertical").styles.height = self.view.wanted_height(min(_WIDTH, self.app.size.width) - 2) + 6
        self._say_what_follows()

    def _said(self, content: PlanContent, conflict: Conflict, side: Side) -> str:
        """The value of a side, with the note that was entered with it."""
        values = next((each for each in self.session.options(conflict) if each[conflict.field] == side.value), {})
        others = (said_of(content, conflict.reference, *each) for each in values.items() if each[0] != conflict.field)
        return " – ".join((side_of(content, conflict, side), *(each for each in others if each != NOTHING)))

    @property
    def _control(self) -> Control | None:
        """How another value is read; None where only the sides' values can be chosen."""
        conflict = self.conflict
        form = FORMS.get(conflict.reference.kind)
        field = form.field(conflict.field) if form is not None else None
        if field is not None:
            return None if field.control.is_chosen else field.control
        value = conflict.sides[0].value
        return Control() if isinstance(value, str) and conflict.field in _WRITTEN else None

    def key_hints(self) -> Sequence[KeyHint]:
        hints = [
            KeyHint(key_name("enter"), _("Let this hold"), "decide"),
            KeyHint(key_name("tab"), _("Choose"), ""),
            KeyHint(key_name("escape"), _("Back"), "leave"),
        ]
        if len(self._conflicts) > 1:
            hints.append(KeyHint(key_name("pagedown"), _("Next conflict"), "turn(1)"))
        return hints

    # Deciding

    def _value(self) -> Any:
        """The value that is chosen or written, as the journal keeps it. Raises KvaltuiError for what cannot be read."""
        conflict, side, control = self.conflict, self.view.side, self._control
        if side is not None:
            return conflict.sides[side].value
        assert control is not None
        codec = Codec.of(conflict.reference.kind)
        entity = self.session.content.find(conflict.reference)
        assert entity is not None
        written = control.on(self.session.today).read(self.view.text)
        return codec.state(codec.entity({**codec.state(entity), conflict.field: written}))[conflict.field]

    def on_conflict_view_changed(self) -> None:
        self._say_what_follows()

    def _say_what_follows(self) -> None:
        """Say what the chosen figure would mean, and what is wrong with a written one."""
        if self.view.problem is not None:
            self.speak(say(self.view.problem), is_problem=True)
            return
        try:
            self.speak(self._consequence())
        except KvaltuiError as error:
            self.complain(error)

    def _consequence(self) -> str:
        conflict = self.conflict
        value = self._value()
        outcome = self.session.content.find(conflict.reference)
        if not isinstance(outcome, Outcome) or conflict.field != "value" or outcome.period != self.session.period:
            return ""
        judged = self.session.preview(OpenEntry(outcome, self._seen), value)
        shown = status_cell(judged.status, ascii=self.program.is_ascii, expected=self.session.is_expected)
        doubts = ", ".join(word(doubt) for doubt in doubts_about(judged, outcome.part))
        return f"{shown}{f' ! {doubts}' if doubts else ''}: {clean(say(judged.verdict.reason))}"

    def on_conflict_view_decided(self) -> None:
        self.action_decide()

    def action_decide(self) -> None:
        """Let the chosen value hold; what will not do stays, with the reason."""
        if self.view.side is None and not self.view.text:
            self.speak(_("Type a value, or choose one of those above"), is_problem=True)
            return
        conflict = self.conflict
        try:
            self.session.resolve(conflict, self._value(), seen=self._seen)
        except KvaltuiError as error:
            self.complain(error)
            return
        told = _("Decided: {name}", name=name_of(self.session.content, conflict.reference))
        if self.is_current and self._conflicts and conflict in self._conflicts:
            self._read()
        if self._conflicts:
            self.speak_of_saving(told)
        else:
            self.program.speak_of_saving(told)

    def action_turn(self, way: int) -> None:
        """Show the next conflict or the one before."""
        self._at = (self._at + way) % len(self._conflicts)
        self._show()

    def action_leave(self) -> None:
        self.dismiss(None)


_WRITTEN = frozenset({"value", "forecast", "note", "source", "motivation", "title", "organisation", "committee"})
"""Fields that are plain texts of things that have no form."""
