"""How a form looks: a line or more for each field, and below the one that is written in what helps there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rich.style import Style

from kvaltui.i18n import _, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.message import Message
from kvaltui.tui.forms.chooser import Chooser, chosen_names
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.written_form import WrittenForm
from kvaltui.tui.forms.written_lines import break_lines, line_at
from kvaltui.tui.terminal.drawing import MARKER, Piece, cut, left, marker, width_of, wrap
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_editor import LineEditor

LABEL_LIMITS = (12, 24)
OPTIONS_SHOWN = 7
MOST_HELP = 6
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class FormLine:
    """A drawn line, the field that it belongs to (None for a heading), and the option on it (None for none)."""

    pieces: tuple[Piece, ...]
    field: int | None = None
    option: int | None = None


@dataclass(frozen=True, slots=True)
class WritingField:
    """Where a person is in the form: a field, the text being typed in it or the list being chosen from.

    `problem` is why the last key or paste did nothing there.
    """

    field: int
    editor: LineEditor
    chooser: Chooser | None = None
    problem: Message | None = None


@dataclass
class FormLines:
    """Draws a draft at a width, once. `caret` is the cell and line of the caret after drawing."""

    draft: WrittenForm
    paint: Paint
    width: int
    is_ascii: bool = False
    caret: tuple[int, int] = (0, 0)

    def draw(self, writing: WritingField) -> list[FormLine]:
        """All lines of the form, whether there is room for them or not."""
        errors = self.draft.told_errors()
        lines: list[FormLine] = []
        for at, field in enumerate(self.draft.fields):
            if field.heading:
                lines += [FormLine(()), FormLine(((" " * MARKER + translated(field.heading), self.paint.heading),))]
            is_here = at == writing.field
            if is_here:
                lines += self._here(at, field, writing, len(lines))
            else:
                lines += self._elsewhere(at, field)
            error = (writing.problem if is_here else None) or errors.get(field.name)
            if error is not None:
                lines += self._below(f"! {clean(say(error))}", at, 2, self.paint.error)
            elif is_here and writing.chooser is None:
                lines += self._help(at, field)
        return lines

    # Where things stand

    @cached_property
    def _labels(self) -> int:
        least, most = LABEL_LIMITS
        return max(least, min(most, max(width_of(field.label) for field in self.draft.fields)))

    @property
    def value_at(self) -> int:
        """The cell at which values begin."""
        return MARKER + self._labels + 2

    @property
    def room(self) -> int:
        """How many cells a value has."""
        return max(8, self.width - self.value_at - 1)

    def _label(self, field: FormField, *, is_here: bool) -> tuple[Piece, ...]:
        mark = marker(is_here=is_here, is_ascii=self.is_ascii)
        style = self.paint.heading if is_here else self.paint.muted
        return (mark, self.paint.heading), (left(field.label, self._labels) + "  ", style)

    def _below(self, text: str, at: int, most: int, style: Style) -> list[FormLine]:
        """A text below the value, in at most so many lines."""
        indent: Piece = (" " * self.value_at, None)
        return [FormLine((indent, (each, style)), at) for each in wrap(text, self.room, most)]

    # A field that is not being written in

    def _elsewhere(self, at: int, field: FormField) -> list[FormLine]:
        text = self._shown(field)
        style = self.paint.muted if self.draft.is_fixed(field) or not text else self.paint.text
        label = self._label(field, is_here=False)
        lines = wrap(text.replace("\n", " "), self.room, 2 if field.control.lines > 1 else 1) or [_NOTHING]
        blank: tuple[Piece, ...] = ((" " * self.value_at, None),)
        return [FormLine((*(label if not number else blank), (each, style)), at) for number, each in enumerate(lines)]

    def _shown(self, field: FormField) -> str:
        """What stands in a field, in one line."""
        text = self.draft.text(field.name)
        if not field.control.is_chosen:
            return clean(text, multiline=True)
        labels = chosen_names(field.control.options(self.draft.content), text)
        if not field.control.takes_several:
            return labels[0]
        return f"{len(labels)}: {' · '.join(labels)}" if len(labels) > 1 else labels[0]

    # The field that is being written in

    def _here(self, at: int, field: FormField, writing: WritingField, top: int) -> list[FormLine]:
        label = self._label(field, is_here=True)
        if not field.control.is_chosen:
            return self._typed(at, field, label, writing.editor, top)
        paint = self.paint
        self.caret = (self.value_at, top)
        if writing.chooser is None:
            shown = cut(self._shown(field) or _NOTHING, self.room - 2)
            more = " v" if self.is_ascii else " ▾"
            return [FormLine((*label, (shown, paint.selected), (more, paint.muted)), at)]
        return [
            FormLine((*label, *self._search(writing.chooser)), at),
            *self._options(at, writing.chooser, top + 1),
        ]

    def _search(self, chooser: Chooser) -> tuple[Piece, ...]:
        if not chooser.typed:
            return ((_("Type to find"), self.paint.muted),)
        typed = LineEditor.at_end_of(chooser.typed)
        return tuple(typed.pieces(self.room, self.paint.editing, self.paint.caret))

    def _options(self, at: int, chooser: Chooser, top: int) -> list[FormLine]:
        paint = self.paint
        if not chooser.shown:
            told = _("None of them is called so. Backspace goes back, Esc leaves it as it was.")
            if not chooser.options:
                told = _("There is nothing to choose yet.")
            return self._below(f"! {told}", at, 2, paint.error)
        count = len(chooser.shown)
        first = max(0, min(chooser.cursor - OPTIONS_SHOWN // 2, count - OPTIONS_SHOWN))
        last = min(count, first + OPTIONS_SHOWN)
        lines = []
        for number in range(first, last):
            option = chooser.shown[number]
            chosen = ""
            if chooser.takes_several:
                chosen = "[x] " if option.value in chooser.chosen else "[ ] "
            is_here = number == chooser.cursor
            if is_here:
                self.caret = (self.value_at, top + number - first)
            indent: Piece = (" " * (self.value_at - MARKER), None)
            mark: Piece = (marker(is_here=is_here, is_ascii=self.is_ascii), paint.heading)
            text = left(cut(chosen + option.line, self.room - 4), min(self.room - 4, 60))
            more = ""
            if (number == first and first) or (number == last - 1 and last < count):
                hidden = first if number == first and first else count - last
                more = f" +{hidden}"
            style = paint.selected if is_here else paint.text
            lines.append(FormLine((indent, mark, (text, style), (more, paint.muted)), at, number))
        return lines

    def _typed(
        self, at: int, field: FormField, label: tuple[Piece, ...], editor: LineEditor, top: int
    ) -> list[FormLine]:
        if not field.control.holds_lines:
            return [self._typed_line(at, label, editor, top)]
        text, paint, room = editor.text, self.paint, self.room - 1
        plain = paint.caret if editor.is_selected else paint.editing
        lines = break_lines(text, room)
        here = line_at(lines, editor.cursor)
        shown = field.control.lines
        first = max(0, min(here - shown // 2, len(lines) - shown))
        drawn: list[FormLine] = []
        for number in range(first, min(len(lines), first + shown)):
            each = lines[number]
            start: tuple[Piece, ...] = label if number == first else ((" " * self.value_at, None),)
            written = text[each.start : each.end]
            place = editor.cursor - each.start if number == here else len(written)
            before, after = _plain(written[:place]), _plain(written[place + 1 :])
            caret = _plain(written[place : place + 1]) or " "
            blank = " " * max(0, room + 1 - width_of(before + caret + after))
            if number == here:
                self.caret = (self.value_at + width_of(before), top + number - first)
            caret_style = paint.caret if number == here else paint.editing
            pieces = ((before, plain), (caret, caret_style), (after, plain), (blank, paint.editing))
            drawn.append(FormLine((*start, *pieces), at))
        return drawn

    def _typed_line(self, at: int, label: tuple[Piece, ...], editor: LineEditor, top: int) -> FormLine:
        paint, room = self.paint, min(self.room, 60)
        self.caret = (self.value_at + editor.caret_column(room), top)
        return FormLine((*label, *editor.filled(room, paint.editing, paint.caret)), at)

    # What is said below

    def _help(self, at: int, field: FormField) -> list[FormLine]:
        told = field.explanation
        read = field.control.on(self.draft.today).reading(self.draft.text(field.name))
        if read:
            told = _("Read as {text}", text=read)
        if not told and field.control.is_chosen:
            told = _("Space shows what there is to choose")
        return self._below(told, at, MOST_HELP, self.paint.muted)


def _plain(text: str) -> str:
    return clean(text.replace("\n", " "))
