"""What the model has to say, as data: a text with named values, put into words elsewhere.

The model stays free of language and of number formats: `kvaltui.i18n.say` translates `text` (an English msgid)
and formats the values for the reader.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol, TypeAlias, runtime_checkable


@runtime_checkable
class Sayable(Protocol):
    """A value that knows the message that names it, such as a period or a status."""

    @property
    def message(self) -> Message:
        """The name as a message."""


Value: TypeAlias = "Decimal | int | str | Message | Sayable"


class Message:
    """A translatable text and the values of its placeholders.

    Example: `Message("{outcome} against at least {target}", outcome=Decimal(86), target=Decimal(100))`. Equal when
    text and values are equal. Strings among the values are data, never translated; nested messages are.
    """

    __slots__ = ("text", "values")

    def __init__(self, text: str, /, **values: Value) -> None:
        self.text = text
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.text, self.values) == (other.text, other.values)

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"

    def __str__(self) -> str:
        """In English and unformatted: for logs and test output, not for readers."""
        return self.text.format(**{name: str(getattr(value, "message", value)) for name, value in self.values.items()})


class KvaltuiError(Exception):
    """An error that a person is told about in words.

    `field` names the entity field or file key that it stands at, for forms and file errors ("" when there is none).
    """

    field = ""

    def __init__(self, message: Message, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field or self.field

    def __str__(self) -> str:
        return str(self.message)


class UnreadableValue(KvaltuiError):
    """A text that was written as a value and cannot be read as one: it stands at the field `value`."""

    field = "value"
