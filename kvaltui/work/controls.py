"""How the value of a field stands in a form or a cell: written as text, and read from what is typed or chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from kvaltui.i18n import _, say
from kvaltui.model.clean import clean, excerpt
from kvaltui.model.content import PlanContent
from kvaltui.model.day import Towards, day_in_words, parse_day
from kvaltui.model.limits import LONGEST_FIGURE
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.value import dataclass, replace
from kvaltui.model.written_period import parse_written_period
from kvaltui.work.choosing import plain_name

SEPARATOR = ";"
"""Between the texts of a list, as between the parts of an outcome."""
CHOSEN_SEPARATOR = "\n"
MOST_IN_LONG_TEXT = 20_000
"""Longest text of several lines, in characters: many pages, and still quick to type in."""


class FieldError(KvaltuiError):
    """What was typed in a field cannot be a value of it."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: its value as text ("" for nothing) and what it is called in the reader's language.

    The label is set in where it lies under another. `aside` tells it from others that are called the same.
    """

    value: str
    label: str
    aside: str = ""

    @property
    def name(self) -> str:
        """What it is called, and what tells it from others that are called so."""
        return f"{self.label.strip()} ({self.aside})" if self.aside else self.label.strip()

    @property
    def line(self) -> str:
        """Its name as it stands in a list."""
        return self.label[: len(self.label) - len(self.label.lstrip())] + self.name


Options = Callable[[PlanContent], Sequence[Option]]


def told_apart(options: Sequence[Option]) -> Sequence[Option]:
    """The options, those that are called the same with their keys beside."""
    count = Counter(plain_name(each.label) for each in options)
    if len(count) == len(options):
        return options
    return [
        Option(each.value, each.label, each.value) if each.value and count[plain_name(each.label)] > 1 else each
        for each in options
    ]


@dataclass(frozen=True, slots=True)
class Control:
    """A text. `lines` is how many lines of the window it may take; more than one can hold line ends.

    `is_prose`: it is written in lines and paragraphs, so that one that comes as if typed is of several too.
    """

    lines: int = 1
    is_prose: bool = False
    joint: ClassVar[str] = " "
    """What stands between pasted lines where the text is of one line."""
    is_chosen: ClassVar[bool] = False
    """Whether the value is chosen rather than typed."""
    takes_several: ClassVar[bool] = False
    """Whether several options can be chosen."""

    def write(self, value: Any) -> str:
        """The value as it stands in the form."""
        return "" if value is None else str(value)

    def read(self, text: str) -> Any:
        """The value that a text means. Raises FieldError when it means none."""
        return clean(text, multiline=self.holds_lines).strip()

    def on(self, today: date) -> Control:
        """The same on a day, for what is read by the calendar."""
        del today
        return self

    def reading(self, text: str) -> str:
        """How a text is read, in the reader's language, where that may be another way; "" for nothing to say.

        It is asked of what can be read: of anything else its error is told instead.
        """
        del text
        return ""

    def options(self, content: PlanContent) -> Sequence[Option]:
        """What there is to choose from; nothing where a text is typed."""
        del content
        return ()

    def suggestions(self, content: PlanContent) -> Sequence[str]:
        """Texts that may well be meant, to choose from while one is typed; any other can be written as well."""
        del content
        return ()

    @property
    def holds_lines(self) -> bool:
        """Whether the text can be of several lines."""
        return self.lines > 1

    @property
    def most(self) -> int:
        """How many characters the text can have."""
        return MOST_IN_LONG_TEXT if self.holds_lines else LONGEST_FIGURE


def _no_words(_content: PlanContent) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Recurring(Control):
    """A text that often is the same as elsewhere in the plan: who is responsible, a unit, a heading."""

    among: Callable[[PlanContent], Sequence[str]] = _no_words

    def suggestions(self, content: PlanContent) -> Sequence[str]:
        return self.among(content)


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

    def read(self, text: str) -> Any:
        text = text.strip()
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 6:
            raise FieldError(Message("“{text}” is not a whole number: write one such as 3 or 12", text=excerpt(text)))
        return int(text)


@dataclass(frozen=True, slots=True)
class Day(Control):
    """A day as Swedes write it, 2026-03-31 or 31 mars, or nothing. `towards` is where a day without a year lies."""

    towards: Towards = Towards.FUTURE
    today: date | None = None

    def on(self, today: date) -> Control:
        return replace(self, today=today)

    def read(self, text: str) -> Any:
        if not text.strip():
            return None
        return parse_day(text, self.today or date.today(), self.towards)  # noqa: DTZ011 - a day of the reader's own

    def reading(self, text: str) -> str:
        day = self.read(text)
        return say(day_in_words(day)) if day is not None else ""


@dataclass(frozen=True, slots=True)
class PeriodText(Control):
    """A period such as 2022-T1."""

    def read(self, text: str) -> Any:
        return parse_written_period(text)

    def reading(self, text: str) -> str:
        period = self.read(text)
        return say(period) if str(period) != text.strip() else ""


@dataclass(frozen=True, slots=True)
class TextList(Control):
    """Several texts with semicolons between them. `one` is how each of them is read."""

    one: Control = Control()
    joint = f"{SEPARATOR} "

    def write(self, value: Any) -> str:
        return f"{SEPARATOR} ".join(str(each) for each in value)

    def read(self, text: str) -> Any:
        texts = (clean(each).strip() for each in text.split(SEPARATOR))
        return tuple(self.one.read(each) for each in texts if each)


def _nothing(_content: PlanContent) -> Sequence[Option]:
    return ()


@dataclass(frozen=True, slots=True)
class OneOf(Control):
    """One of some options. `of` makes the value from the option's text."""

    among: Options = _nothing
    of: Callable[[str], Any] = str
    is_chosen = True

    def read(self, text: str) -> Any:
        try:
            return self.of(text)
        except ValueError:
            raise FieldError(Message("Choose one")) from None

    def options(self, content: PlanContent) -> Sequence[Option]:
        return told_apart(self.among(content))


@dataclass(frozen=True, slots=True)
class SeveralOf(OneOf):
    """Any number of some options; the value is the tuple of their texts, in the order of the options."""

    takes_several = True

    def write(self, value: Any) -> str:
        return CHOSEN_SEPARATOR.join(value)

    def read(self, text: str) -> Any:
        return tuple(text.split(CHOSEN_SEPARATOR)) if text else ()


YES, NO = "yes", "no"


def _yes_or_no(_content: PlanContent) -> Sequence[Option]:
    return Option(YES, _("Yes")), Option(NO, _("No"))


@dataclass(frozen=True, slots=True)
class YesNo(OneOf):
    """Yes or no."""

    among: Options = _yes_or_no

    def write(self, value: Any) -> str:
        return YES if value else NO

    def read(self, text: str) -> Any:
        return text == YES
