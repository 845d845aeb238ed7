"""A form that asks for something that is no thing of the plan: a reason, a period, what to narrow a list to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.i18n import N_, _, say
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.tui.dialog import DialogTitle
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.form_lines import FormLine, FormLines, WritingField
from kvaltui.tui.forms.form_screen import FormDialog
from kvaltui.tui.forms.form_view import FormView
from kvaltui.tui.forms.walk import Walk
from kvaltui.tui.forms.written_form import WrittenForm
from kvaltui.tui.terminal.drawing import cut, width_of
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.work.pasted import as_one_line

_AROUND_LINES = 6

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
        self.speak(self.remark())

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


class OpenLines(FormLines):
    """The fields as lines that are all open to be written in."""

    def draw(self, writing: WritingField, walk: Walk, height: int) -> list[FormLine]:
        del walk, height
        paint = self.paint
        labels = max(width_of(field.label) for field in self.draft.fields) + 2
        lines: list[FormLine] = []
        for at, field in enumerate(self.draft.fields):
            is_here = at == writing.field
            editor = writing.editor if is_here else LineEditor.at_end_of(self.draft.text(field.name))
            label = f" {field.label}{' ' * (labels - width_of(field.label))}"
            room = self.width - labels - 3
            written = [(" ", paint.editing), *editor.filled(room, paint.editing, paint.caret)]
            if not is_here:
                written = [*self.in_well(cut(clean(editor.text), room), room)]
            lines.append(FormLine(((label, paint.muted), *written), at))
        return lines


class OpenFormView(FormView):
    """Lines to write in; why the last key or paste did nothing is told by whoever asks."""

    @property
    def problem(self) -> str:
        """Why the last key or paste put nothing in; "" for nothing."""
        return say(self._problem) if self._problem is not None else ""

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted as one line: a title or a path may well be of figures."""
        event.prevent_default()
        event.stop()
        self._problem = None
        self._insert(as_one_line(event.text))
        self._write(self._editor.text)

    def _drawn(self) -> FormLines:
        return OpenLines(self.draft, self.calm_app.paint_on, self.size.width, is_ascii=self.is_ascii)


class BareTitle(DialogTitle):
    """A title with nothing beside it."""

    def draw(self, y: int, width: int) -> Strip:
        return self.line([] if y else [(" ", None), (self._title, self.paint.heading)], width)


class ShortQuestion(QuestionScreen):
    """Asks for a line or two, of which there is no more to tell. Esc drops them at once."""

    DEFAULT_CSS = """
    ShortQuestion > Vertical { width: 76; }
    ShortQuestion KeyBar { display: none; }
    """
    TITLE_LINE = BareTitle

    def __init__(self, title: str, questions: Questions, accept: Accept) -> None:
        super().__init__(title, questions, accept, _("Save"))

    def compose_body(self) -> Iterable[Widget]:
        yield OpenFormView(self._written)

    @property
    def wanted_height(self) -> int:
        return len(self._written.fields) + _AROUND_LINES

    @property
    def is_half_written(self) -> bool:
        return False

    def remark(self) -> str:
        return self.query_one(OpenFormView).problem

    def speak(self, text: str, *, is_problem: bool = False, stays: bool = False) -> None:
        """Say what is wrong; with nothing to say, what the keys do."""
        if text:
            super().speak(text, is_problem=True)
        else:
            self.query_one(SpeechLine).say([(_("Enter save  Esc drop"), self.program.paint.muted)])
