"""A form that asks for something that is no thing of the plan: a reason, a period, what to narrow a list to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from kvaltui.i18n import N_
from kvaltui.model.content import PlanContent
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.form_screen import FormDialog
from kvaltui.tui.forms.written_form import WrittenForm

Answers = Mapping[str, Any]
"""The values of the fields, by their names."""
Check = Callable[[Answers], str]
"""What follows from the answers, in words; raises a KvaltuiError, whose field it names, for those that will not do."""
Accept = Callable[[Answers], None]
"""Does what the answers are for; raises a KvaltuiError, which is told, and the dialog stays."""


def _no_plan() -> PlanContent:
    return PlanContent.of(())


def _nothing_follows(_answers: Answers) -> str:
    return ""


class Questions(WrittenForm):
    """The texts of the fields, and what is wrong with them. `given` are the texts that stand there at first."""

    def __init__(
        self,
        fields: Sequence[FormField],
        content: Callable[[], PlanContent] = _no_plan,
        given: Mapping[str, str] | None = None,
        check: Check = _nothing_follows,
        *,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(fields, content, {field.name: "" for field in fields} | dict(given or {}), today)
        self._check = check

    @property
    def errors(self) -> dict[str, Message]:
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
        for field in self.fields:
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


class QuestionScreen(FormDialog[Answers]):
    """Asks the questions; returns the answers that were accepted, or None when the person leaves."""

    UNSAVED = N_("Esc once more drops what you have written.")
    SEE_FIELD = SEE_FIELDS = N_("See the marked field")

    def __init__(self, title: str, questions: Questions, accept: Accept, does: str) -> None:
        super().__init__(title, questions, does)
        self._questions = questions
        self._accept = accept

    def on_mount(self) -> None:
        self.speak(self._questions.consequence)

    @property
    def is_half_written(self) -> bool:
        """Whether something is written, more than a choice in a list, that is not stored."""
        return super().is_half_written and any(not each.control.is_chosen for each in self._questions.fields)

    def remark(self) -> str:
        return self._questions.consequence

    def store(self) -> None:
        answers = self._questions.answers
        self._accept(answers)
        self.dismiss(answers)
