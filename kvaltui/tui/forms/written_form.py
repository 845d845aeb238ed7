"""What stands in a form: of a thing (`FormDraft`), of questions (`Questions`), of the settings (`SettingsForm`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from kvaltui.i18n import _
from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message
from kvaltui.tui.forms.fields import FormField


class WrittenForm:
    """The texts of a form's fields and what is wrong with them. Subclasses say what is wrong.

    `content` gives the plan whose things there are to choose from, as it is now; `texts` are those that stand in the
    fields at first, and `today` gives the day that it is, for days written without their year. The first `matter` of
    the fields show from the start; None: all.
    """

    def __init__(
        self,
        fields: Sequence[FormField],
        content: Callable[[], PlanContent],
        texts: Mapping[str, str],
        today: Callable[[], date],
        matter: int | None = None,
    ) -> None:
        self.fields = tuple(fields)
        self.matter = len(self.fields) if matter is None else matter
        self._content = content
        self._today = today
        self._texts = dict(texts)
        self._at_first = dict(texts)
        self._seen: set[str] = set()

    @property
    def errors(self) -> dict[str, Message]:
        """Everything that is wrong, by field; "" for what stands at no field."""
        raise NotImplementedError

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
        """Whether a field cannot be changed."""
        del field
        return False

    def says_something(self, field: FormField) -> bool:
        """Whether a field says something other than it does where nobody has filled it in."""
        return bool(self._texts[field.name].strip())

    def help_in(self, field: FormField) -> str:
        """What helps in a field as it stands, in the reader's language: how it is read, or what can be written."""
        read = field.control.on(self.today).reading(self._texts[field.name])
        if read:
            return _("Read as {text}", text=read)
        if field.explanation or not field.control.is_chosen:
            return field.explanation
        return _("Space shows what there is to choose")

    def write(self, name: str, text: str) -> None:
        """Put a text in a field."""
        self._texts[name] = text
        self._seen.add(name)

    def leave(self, name: str) -> None:
        """Take note that a person has been in a field and gone on: what is wrong there is now told."""
        self._seen.add(name)

    def leave_all(self) -> None:
        """Tell everything that is wrong from now on."""
        self._seen.update(self._texts)

    @property
    def is_changed(self) -> bool:
        """Whether anything else stands there than at first."""
        return self._texts != self._at_first

    @property
    def changed(self) -> Mapping[str, str]:
        """The texts of the fields in which something else stands than at first."""
        return {name: text for name, text in self._texts.items() if text != self._at_first[name]}

    def told_errors(self) -> Mapping[str, Message]:
        """What is wrong in fields that a person has written in or left."""
        return {name: message for name, message in self.errors.items() if name in self._seen or not name}
