"""A form as a dialog: what is written is checked while it is typed, and stored with Enter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Generic

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.i18n import N_, _, say, translated
from kvaltui.model.entities import AnyEntity
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.tui.dialog import Dialog, DialogTitle
from kvaltui.tui.forms.draft import FormDraft
from kvaltui.tui.forms.form_view import FormView
from kvaltui.tui.forms.remarks import remark_on
from kvaltui.tui.forms.writing_view import NEW_LINE
from kvaltui.tui.forms.written_form import WrittenForm
from kvaltui.tui.terminal.calm_screen import Answer
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyBar, KeyHint, SpeechLine
from kvaltui.tui.widgets.lines import Lines

_AROUND_FORM = 6
_LINES_OF_HELP = 4


def field_hints(view: FormView, does: str, leave: str) -> list[KeyHint]:
    """The keys as a footer shows them; `does` is what Enter does here, `leave` what Esc does."""
    control = view.field.control
    if view.is_choosing and not control.is_chosen:
        return [KeyHint(key_name("enter"), _("Take it"), ""), KeyHint(key_name("escape"), _("Close the list"), "")]
    if view.is_choosing:
        hints = [KeyHint(key_name("enter"), _("Choose"), "")]
        if control.takes_several:
            hints = [
                KeyHint(key_name("space"), _("With or without"), ""),
                KeyHint(key_name("enter"), _("Done"), ""),
            ]
        return [*hints, KeyHint(key_name("escape"), _("Close the list"), "")]
    is_storing = not view.is_at_more
    hints = [KeyHint(key_name("enter"), does if is_storing else _("Show more"), "store" if is_storing else "")]
    hints.append(KeyHint(key_name("escape"), leave, "drop"))
    if len(view.draft.fields) > 1:
        hints.append(KeyHint(key_name("tab"), _("Next field"), "next"))
    if control.is_chosen and is_storing:
        hints.append(KeyHint(key_name("space"), _("Choices"), ""))
    return hints


class FormDialog(Dialog[Answer | None], Generic[Answer]):
    """Asks for the fields of a form. Subclasses say what follows from what is written, and store it."""

    DEFAULT_CSS = "FormDialog SpeechLine { margin-top: 1; }"
    UNSAVED: ClassVar[str] = N_("This is not saved. Esc once more drops it, Enter saves it.")
    SEE_FIELD: ClassVar[str] = N_("Nothing is saved yet: see the marked field")
    SEE_FIELDS: ClassVar[str] = N_("Nothing is saved yet: see the marked fields")

    def __init__(self, title: str, written: WrittenForm, does: str, at: str = "") -> None:
        """`does` is what Enter does, as the footer says it."""
        super().__init__(title)
        self._written = written
        self._does = does
        self._at = at
        self._is_warned = False

    # What subclasses say

    def remark(self) -> str:
        """What there is to say of what is written, where nothing is wrong; "" for nothing."""
        raise NotImplementedError

    def store(self) -> None:
        """Store what is written, and close. Raises KvaltuiError, and the form stays."""
        raise NotImplementedError

    # The frame

    def compose_body(self) -> Iterable[Widget]:
        yield FormView(self._written, self._at)

    def on_mount(self) -> None:
        self.query_one(Vertical).styles.height = self.wanted_height
        self.set_focus(self.view)

    @property
    def wanted_height(self) -> int | str:
        """The lines of the box in which all fields show, with air between them; or a height as styles have it."""
        lines = sum(min(3, each.control.lines) + (2 if each.heading else 0) for each in self._written.fields)
        return lines + len(self._written.fields) + _LINES_OF_HELP + _AROUND_FORM

    @property
    def view(self) -> FormView:
        """The fields."""
        return self.query_one(FormView)

    @property
    def is_half_written(self) -> bool:
        """Whether something is written that is not stored."""
        return self._written.is_changed

    def key_hints(self) -> Sequence[KeyHint]:
        return field_hints(self.view, self._does, _("Leave"))

    @on(FormView.Written)
    def _say_what_follows(self) -> None:
        self._is_warned = False
        self._show_place()
        told = self._written.told_errors().get("")
        self.speak(say(told) if told is not None else self.remark(), is_problem=told is not None)

    def _show_place(self) -> None:
        self.show_keys()
        self.query_one(DialogTitle).show_aside(self.view.place)

    def on_key(self, event: events.Key) -> None:
        # A key that was typed before the fields had the focus is for them.
        self.view.take(event)

    @on(FormView.Submitted)
    def action_store(self) -> None:
        """Store what is written, and close; what cannot be stored stays, with the reason."""
        if errors := self._written.errors:
            self._show_errors(errors)
            return
        try:
            self.store()
        except KvaltuiError as error:
            self.complain(error)

    def _show_errors(self, errors: Mapping[str, Message]) -> None:
        self._written.leave_all()
        if self.view.go_to_first(errors):
            self._show_place()
            self.speak(translated(self.SEE_FIELD if len(errors) == 1 else self.SEE_FIELDS), is_problem=True)
        else:
            self._say_what_follows()

    @on(FormView.Dropped)
    def action_drop(self) -> None:
        """Close; what has been written and not stored is dropped only when that is asked for twice."""
        if self.is_half_written and not self._is_warned:
            self._is_warned = True
            self.speak(translated(self.UNSAVED), is_problem=True)
            return
        self.dismiss(None)

    def action_next(self) -> None:
        """Go to the next field."""
        self.view.go_by(1)


class Edge(Lines):
    """What parts a form from the list beside it, where it has no colour of its own."""

    DEFAULT_CSS = "Edge { dock: left; width: 1; height: 100%; display: none; }"

    def draw(self, y: int, width: int) -> Strip:
        edge = " " if self.paint.has_surfaces else "|" if self.is_ascii else "│"
        return self.line([(edge, self.paint.muted)], width)


class FormScreen(FormDialog[AnyEntity]):
    """Asks for the fields of a thing. Returns the thing as it was stored, or None when nothing was.

    It stands where the page of the row stands, so that the list stays to be seen; in a window that has no room for a
    page beside the list, it stands over the list, under the name of the plan.
    """

    DEFAULT_CSS = """
    FormScreen { align: left top; }
    FormScreen > Vertical { width: 100%; height: 1fr; border: none; margin: 2 0 0 0; }
    FormScreen DialogTitle { margin-top: 1; }
    FormScreen > KeyBar { dock: bottom; }
    FormScreen.-low DialogTitle { height: 1; margin-top: 0; }
    FormScreen.-low SpeechLine { margin-top: 0; }
    FormScreen.-wide > Vertical { margin: 2 0 0 80; }
    FormScreen.-wider > Vertical { margin: 2 0 0 96; }
    FormScreen.-widest > Vertical { margin: 2 0 0 100; }
    FormScreen.-low > Vertical { margin: 0; }
    FormScreen.-wide Edge, FormScreen.-wider Edge, FormScreen.-widest Edge { display: block; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide"), (160, "-wider"), (200, "-widest")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (20, "-medium")]

    def __init__(self, draft: FormDraft, title: str, *, at: str = "", along: Sequence[AnyEntity] = ()) -> None:
        super().__init__(title, draft, _("Save"), at)
        self._draft = draft
        self._along = tuple(along)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Edge()
            yield self.TITLE_LINE(self._title)
            yield from self.compose_body()
            yield SpeechLine()
        yield KeyBar()

    @property
    def wanted_height(self) -> str:
        """As much as there is."""
        return "1fr"

    def key_hints(self) -> Sequence[KeyHint]:
        hints = super().key_hints()
        if self.view.is_choosing or not self.view.field.control.holds_lines:
            return hints
        return [*hints, KeyHint(key_name(NEW_LINE), _("New line"), "")]

    def remark(self) -> str:
        return remark_on(self._draft, self.view.field.name, is_ascii=self.program.is_ascii)

    def store(self) -> None:
        draft = self._draft
        if not draft.is_changed and not draft.is_new:
            self.dismiss(None)
            return
        entity = draft.entity
        changed = [entity] if draft.is_new or entity != draft.base else []
        self.session.record([*changed, *draft.beside, *self._along], seen=draft.position, reason=draft.reason)
        self.dismiss(entity)
