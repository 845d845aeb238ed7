"""A form that asks for something that is no thing of the plan: a reason, a period, what to narrow a list to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from textual import on
from textual.widget import Widget

from kvaltui.i18n import _, say
from kvaltui.model.content import PlanContent
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.tui.dialog import Dialog
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.form_view import FormView
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyHint
from kvaltui.work.session import PlanSession

_AROUND_FORM = 6
_LINES_OF_HELP = 4

Answers = Mapping[str, Any]
"""The values of the fields, by their names."""
Check = Callable[[Answers], str]
"""What follows from the answers, in words; raises a KvaltuiError, whose field it names, for those that will not do."""
Accept = Callable[[Answers], None]
"""Does what the answers are for; raises a KvaltuiError, which is told, and the dialog stays."""


@dataclass(frozen=True, slots=True)
class QuestionFields:
    """The fields that are asked for, in their order."""

    fields: tuple[FormField, ...]


def _nothing_follows(_answers: Answers) -> str:
    return ""


class Questions:
    """The texts of the fields, and what is wrong with them. `given` are the texts that stand there at first."""

    def __init__(
        self,
        fields: Sequence[FormField],
        content: Callable[[], PlanContent],
        given: Mapping[str, str] | None = None,
        check: Check = _nothing_follows,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._today = today
        self.form = QuestionFields(tuple(fields))
        self._content = content
        self._texts = {field.name: "" for field in fields} | dict(given or {})
        self._at_first = dict(self._texts)
        self._check = check
        self._seen: set[str] = set()

    @property
    def content(self) -> PlanContent:
        """The plan as it is now."""
        return self._content()

    @property
    def today(self) -> date:
        """The day that it is."""
        return self._today()

    def text(self, name: str) -> str:
        """What stands in a field."""
        return self._texts[name]

    def is_fixed(self, field: FormField) -> bool:
        """No answer is."""
        del field
        return False

    def write(self, name: str, text: str) -> None:
        """Put a text in a field."""
        self._texts[name] = text
        self._seen.add(name)

    def leave(self, name: str) -> None:
        """Take note that a person has been in a field and gone on."""
        self._seen.add(name)

    def leave_all(self) -> None:
        """Tell everything that is wrong from now on."""
        self._seen.update(self._texts)

    @property
    def is_changed(self) -> bool:
        """Whether anything has been written."""
        return self._texts != self._at_first

    def told_errors(self) -> Mapping[str, Message]:
        """What is wrong in fields that a person has written in or left."""
        return {name: message for name, message in self.errors.items() if name in self._seen or not name}

    @property
    def errors(self) -> dict[str, Message]:
        """Everything that is wrong, by field; "" for what stands at no field."""
        return self._read()[1]

    @property
    def answers(self) -> Answers:
        """The values of the fields that can be read."""
        return self._read()[0]

    @property
    def consequence(self) -> str:
        """What follows from the answers, in words; "" for nothing, and while something is wrong."""
        values, errors = self._read()
        return self._check(values) if not errors else ""

    def _read(self) -> tuple[dict[str, Any], dict[str, Message]]:
        values: dict[str, Any] = {}
        errors: dict[str, Message] = {}
        for field in self.form.fields:
            text = self._texts[field.name]
            try:
                values[field.name] = field.control.on(self.today).read(text)
            except KvaltuiError as error:
                errors[field.name] = error.message
            if field.is_required and not text.strip():
                errors[field.name] = Message("This has to be filled in")
        if not errors:
            try:
                self._check(values)
            except KvaltuiError as error:
                errors[error.field if error.field in self._texts else ""] = error.message
        return values, errors


class QuestionScreen(Dialog[Answers | None]):
    """Asks the questions; returns the answers that were accepted, or None when the person leaves."""

    DEFAULT_CSS = "QuestionScreen SpeechLine { margin-top: 1; }"

    def __init__(self, session: PlanSession, title: str, questions: Questions, accept: Accept, does: str) -> None:
        """`does` is what Enter does, as the footer says it."""
        super().__init__(session, title)
        self._questions = questions
        self._accept = accept
        self._does = does
        self._is_warned = False

    def compose_body(self) -> Iterable[Widget]:
        yield FormView(self._questions)

    def on_mount(self) -> None:
        fields = self._questions.form.fields
        lines = sum(min(3, each.control.lines) + (2 if each.heading else 0) for each in fields)
        self.query_one("Vertical").styles.height = lines + _LINES_OF_HELP + _AROUND_FORM
        self.set_focus(self.view)
        super().on_mount()
        self.speak(self._questions.consequence)

    @property
    def view(self) -> FormView:
        """The fields."""
        return self.query_one(FormView)

    @property
    def is_half_written(self) -> bool:
        """Whether something is written, more than a choice in a list, that is not stored."""
        is_typed = any(not each.control.is_chosen for each in self._questions.form.fields)
        return self._questions.is_changed and is_typed

    def key_hints(self) -> Sequence[KeyHint]:
        if self.view.is_choosing:
            return [
                KeyHint(key_name("enter"), _("Choose"), ""),
                KeyHint(key_name("escape"), _("Close the list"), ""),
            ]
        hints = [KeyHint(key_name("enter"), self._does, "store"), KeyHint(key_name("escape"), _("Leave"), "drop")]
        if len(self._questions.form.fields) > 1:
            hints.append(KeyHint(key_name("tab"), _("Next field"), "next"))
        if self.view.field.control.is_chosen:
            hints.append(KeyHint(key_name("space"), _("Choices"), ""))
        return hints

    @on(FormView.Written)
    def _say_what_follows(self) -> None:
        self._is_warned = False
        self.show_keys()
        told = self._questions.told_errors().get("")
        if told is not None:
            self.speak(say(told), is_problem=True)
        else:
            self.speak(self._questions.consequence)

    @on(FormView.Submitted)
    def action_store(self) -> None:
        """Do what the answers are for, and close; what will not do stays, with the reason."""
        questions = self._questions
        if errors := questions.errors:
            questions.leave_all()
            first = next((each.name for each in questions.form.fields if each.name in errors), "")
            if first:
                self.view.go_to(first)
                self.show_keys()
                self.speak(_("See the marked field"), is_problem=True)
            else:
                self._say_what_follows()
            return
        answers = questions.answers
        try:
            self._accept(answers)
        except KvaltuiError as error:
            self.complain(error)
        else:
            self.dismiss(answers)

    @on(FormView.Dropped)
    def action_drop(self) -> None:
        """Close; what has been typed is dropped only when that is asked for twice."""
        if self.is_half_written and not self._is_warned:
            self._is_warned = True
            self.speak(_("Esc once more drops what you have written."), is_problem=True)
            return
        self.dismiss(None)

    def action_next(self) -> None:
        """Go to the next field."""
        self.view.go_by(1)
