"""How the value of a field stands in a form: written as text, and read back from what was typed or chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from kvaltui.model.clean import clean, excerpt
from kvaltui.model.content import PlanContent
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass

SEPARATOR = ";"
"""Between the texts of a list, as between the parts of an outcome."""
CHOSEN_SEPARATOR = "\n"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class FieldError(KvaltuiError):
    """What was typed in a field cannot be a value of it."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: its value as text ("" for nothing) and its name in the reader's language."""

    value: str
    label: str


Options = Callable[[PlanContent], Sequence[Option]]


@dataclass(frozen=True, slots=True)
class Control:
    """A text. `lines` is how many lines of the window it may take; more than one can hold line ends."""

    lines: int = 1

    def write(self, value: Any) -> str:
        """The value as it stands in the form."""
        return str(value)

    def read(self, text: str) -> Any:
        """The value that a text means. Raises FieldError when it means none."""
        return clean(text, multiline=self.lines > 1).strip()

    def options(self, content: PlanContent) -> Sequence[Option]:
        """What there is to choose from; nothing where a text is typed."""
        del content
        return ()

    @property
    def is_chosen(self) -> bool:
        """Whether the value is chosen rather than typed."""
        return False

    @property
    def is_by_letter(self) -> bool:
        """Whether the options are told apart by their first letters."""
        return False

    @property
    def takes_several(self) -> bool:
        """Whether several options can be chosen."""
        return False


@dataclass(frozen=True, slots=True)
class TextOrNone(Control):
    """A text that may be left out: blank means that something else decides, "-" that there is none."""

    def write(self, value: Any) -> str:
        return "" if value is None else str(value) or "-"

    def read(self, text: str) -> Any:
        text = clean(text).strip()
        return {"": None, "-": ""}.get(text, text)


@dataclass(frozen=True, slots=True)
class WholeNumber(Control):
    """A whole number, or nothing."""

    def write(self, value: Any) -> str:
        return "" if value is None else str(value)

    def read(self, text: str) -> Any:
        text = text.strip()
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            raise FieldError(Message("“{text}” is not a whole number", text=excerpt(text)))
        return int(text)


@dataclass(frozen=True, slots=True)
class Day(Control):
    """A day as Swedes write it, 2026-03-31, or nothing."""

    def write(self, value: Any) -> str:
        return "" if value is None else str(value)

    def read(self, text: str) -> Any:
        text = text.strip()
        if not text:
            return None
        if not _DAY.fullmatch(text):
            raise FieldError(Message("Write the date as {example}", example="2026-03-31"))
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise FieldError(Message("There is no such day as {text}", text=text)) from None


@dataclass(frozen=True, slots=True)
class PeriodText(Control):
    """A period such as 2022-T1."""

    def read(self, text: str) -> Any:
        return Period.parse(text)


@dataclass(frozen=True, slots=True)
class TextList(Control):
    """Several texts with semicolons between them."""

    def write(self, value: Any) -> str:
        return f"{SEPARATOR} ".join(str(each) for each in value)

    def read(self, text: str) -> Any:
        texts = (clean(each).strip() for each in text.split(SEPARATOR))
        return tuple(self.read_one(each) for each in texts if each)

    def read_one(self, text: str) -> Any:
        """One of the texts."""
        return text


@dataclass(frozen=True, slots=True)
class NumberList(TextList):
    """Several whole numbers with semicolons between them."""

    def read_one(self, text: str) -> Any:
        return WholeNumber().read(text)


@dataclass(frozen=True, slots=True)
class PeriodList(TextList):
    """Several periods with semicolons between them."""

    def read_one(self, text: str) -> Any:
        return Period.parse(text)


def _nothing(_content: PlanContent) -> Sequence[Option]:
    return ()


@dataclass(frozen=True, slots=True)
class OneOf(Control):
    """One of some options. `of` makes the value from the option's text.

    `by_letter`: they are few and always the same, so that their first letters tell them apart.
    """

    among: Options = _nothing
    of: Callable[[str], Any] = str
    by_letter: bool = False

    def write(self, value: Any) -> str:
        return str(value)

    def read(self, text: str) -> Any:
        try:
            return self.of(text)
        except ValueError:
            raise FieldError(Message("Choose one")) from None

    def options(self, content: PlanContent) -> Sequence[Option]:
        return self.among(content)

    @property
    def is_chosen(self) -> bool:
        return True

    @property
    def is_by_letter(self) -> bool:
        return self.by_letter


@dataclass(frozen=True, slots=True)
class SeveralOf(Control):
    """Any number of some options; the value is the tuple of their texts, in the order of the options."""

    among: Options = _nothing

    def write(self, value: Any) -> str:
        return CHOSEN_SEPARATOR.join(value)

    def read(self, text: str) -> Any:
        return tuple(text.split(CHOSEN_SEPARATOR)) if text else ()

    def options(self, content: PlanContent) -> Sequence[Option]:
        return self.among(content)

    @property
    def is_chosen(self) -> bool:
        return True

    @property
    def takes_several(self) -> bool:
        return True


YES, NO = "yes", "no"


def is_yes(text: str) -> bool:
    """The value of a choice between yes and no."""
    return text == YES


@dataclass(frozen=True, slots=True)
class YesNo(OneOf):
    """Yes or no."""

    def write(self, value: Any) -> str:
        return YES if value else NO


def words_in(text: str) -> Iterable[str]:
    """The words of a label, in small letters, for finding an option by its letters."""
    return text.casefold().split()


def matching(options: Sequence[Option], typed: str) -> list[Option]:
    """The options whose names have the typed letters in them, those with a word that begins so first."""
    sought = typed.casefold()
    found = [each for each in options if sought in each.label.casefold()]
    return sorted(found, key=lambda each: not any(word.startswith(sought) for word in words_in(each.label)))


def next_by_letter(options: Sequence[Option], current: str, letter: str) -> str | None:
    """The option that a letter means, as its value, or None: first those that begin with it, then any word of them.

    Pressed again, it means the next of them.
    """
    letter = letter.casefold()
    first = [each.value for each in options if each.label.casefold().startswith(letter)]
    later = [
        each.value
        for each in options
        if each.value not in first and any(word.startswith(letter) for word in words_in(each.label))
    ]
    values = [*first, *later]
    if not values:
        return None
    if current in values and (current in first or not first):
        return values[(values.index(current) + 1) % len(values)]
    return values[0]
