"""A form as a dialog: what is written is checked while it is typed, and stored with Enter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual import events, on
from textual.widget import Widget

from kvaltui.i18n import _, say
from kvaltui.model.content import AnyEntity
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.tui.dialog import Dialog, DialogTitle
from kvaltui.tui.forms.draft import Draft
from kvaltui.tui.forms.form_view import NEW_LINE, FormView
from kvaltui.tui.forms.remarks import remark_on
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyHint
from kvaltui.work.session import PlanSession

_AROUND_FORM = 6
_LINES_OF_HELP = 4


class FormScreen(Dialog[AnyEntity | None]):
    """Asks for the fields of a thing. Returns the thing as it was stored, or None when nothing was."""

    DEFAULT_CSS = "FormScreen SpeechLine { margin-top: 1; }"

    def __init__(
        self, session: PlanSession, draft: Draft, title: str, *, at: str = "", along: Sequence[AnyEntity] = ()
    ) -> None:
        super().__init__(session, title)
        self._draft = draft
        self._at = at
        self._along = tuple(along)
        self._is_warned = False

    def compose_body(self) -> Iterable[Widget]:
        yield FormView(self._draft, self._at)

    def on_mount(self) -> None:
        fields = self._draft.form.fields
        lines = sum(min(3, each.control.lines) + (2 if each.heading else 0) for each in fields)
        self.query_one("Vertical").styles.height = lines + _LINES_OF_HELP + _AROUND_FORM
        self.set_focus(self.view)
        super().on_mount()

    @property
    def view(self) -> FormView:
        """The fields."""
        return self.query_one(FormView)

    @property
    def is_half_written(self) -> bool:
        """Whether something is written that is not stored."""
        return self._draft.is_changed

    def key_hints(self) -> Sequence[KeyHint]:
        if self.view.is_choosing:
            hints = [KeyHint(key_name("enter"), _("Choose"), "")]
            if self.view.field.control.takes_several:
                hints = [
                    KeyHint(key_name("space"), _("With or without"), ""),
                    KeyHint(key_name("enter"), _("Done"), ""),
                ]
            return [*hints, KeyHint(key_name("escape"), _("Close the list"), "")]
        hints = [
            KeyHint(key_name("enter"), _("Save"), "store"),
            KeyHint(key_name("escape"), _("Leave"), "drop"),
            KeyHint(key_name("tab"), _("Next field"), "next"),
        ]
        if self.view.field.control.is_chosen:
            hints.append(KeyHint(key_name("space"), _("Choices"), ""))
        elif self.view.field.control.lines > 1:
            hints.append(KeyHint(key_name(NEW_LINE), _("New line"), ""))
        return hints

    @on(FormView.Written)
    def _say_what_follows(self) -> None:
        self._is_warned = False
        self._show_place()
        told = self._draft.told_errors().get("")
        if told is not None:
            self.speak(say(told), is_problem=True)
        else:
            self.speak(remark_on(self._draft, self.view.field.name, is_ascii=self.program.is_ascii))

    def _show_place(self) -> None:
        self.show_keys()
        self.query_one(DialogTitle).show_aside(self.view.place)

    def on_key(self, event: events.Key) -> None:
        # A key that was typed before the fields had the focus is for them.
        self.view.take(event)

    @on(FormView.Submitted)
    def action_store(self) -> None:
        """Store what is written, and close; what cannot be stored stays, with the reason."""
        draft = self._draft
        errors = draft.errors
        if errors:
            self._show_errors(errors)
            return
        if not draft.is_changed and not draft.is_new:
            self.dismiss(None)
            return
        entity = draft.entity
        try:
            self.session.record([entity, *self._along], seen=draft.position, reason=draft.reason)
        except KvaltuiError as error:
            self.complain(error)
            return
        self.dismiss(entity)

    def _show_errors(self, errors: Mapping[str, Message]) -> None:
        self._draft.leave_all()
        first = next((each.name for each in self._draft.form.fields if each.name in errors), "")
        if first:
            self.view.go_to(first)
            self._show_place()
            self.speak(
                _(
                    "Nothing is saved yet: see the marked field"
                    if len(errors) == 1
                    else "Nothing is saved yet: see the marked fields"
                ),
                is_problem=True,
            )
        else:
            self._say_what_follows()

    @on(FormView.Dropped)
    def action_drop(self) -> None:
        """Close; what has been written and not stored is dropped only when that is asked for twice."""
        if self.is_half_written and not self._is_warned:
            self._is_warned = True
            self.speak(_("This is not saved. Esc once more drops it, Enter saves it."), is_problem=True)
            return
        self.dismiss(None)

    def action_next(self) -> None:
        """Go to the next field."""
        self.view.go_by(1)
