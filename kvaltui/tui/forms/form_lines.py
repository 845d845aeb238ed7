"""How a form looks: a line or more for each field, and below the one that is written in what helps there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rich.style import Style

from kvaltui.i18n import _, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.message import Message
from kvaltui.tui.forms.chooser import Chooser, chosen_names
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.suggestions import Suggestions
from kvaltui.tui.forms.walk import MORE, Walk
from kvaltui.tui.forms.written_form import WrittenForm
from kvaltui.tui.forms.written_lines import break_lines, line_at
from kvaltui.tui.terminal.drawing import Piece, cut, left, marker, width_of, wrap
from kvaltui.tui.terminal.theme import Paint, Surface
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.work.choosing import plain

LABEL_LIMITS = (12, 24)
OPTIONS_SHOWN, WORDS_SHOWN = 7, 4
MOST_HELP, MOST_NAMES = 4, 8
MOST_NAMED = 24
"""How many fields are told by their names; of more, as of all keys, what their headings say is told."""
_AROUND_OPTIONS = 2
"""Lines that the field and the count of its options take of the window."""
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class FormLine:
    """A drawn line, the field that it belongs to (None for a heading), and the option on it (None for none).

    `is_below`: it says something of the field above it.
    """

    pieces: tuple[Piece, ...]
    field: int | None = None
    option: int | None = None
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class WritingField:
    """Where a person is in the form: a field, the text being typed in it or the list being chosen from.

    `problem` is why the last key or paste did nothing there.
    """

    field: int
    editor: LineEditor
    chooser: Chooser | None = None
    suggestions: Suggestions | None = None
    problem: Message | None = None


@dataclass
class FormLines:
    """Draws a draft at a width: labels in a margin, and places to write in as the other depth."""

    draft: WrittenForm
    paint_on: Callable[[Surface], Paint]
    width: int
    is_ascii: bool = False
    height: int = field(default=0, init=False)

    def draw(self, writing: WritingField, walk: Walk, height: int) -> list[FormLine]:
        """All lines of the form, whether there is room for them or not; with air between them where there is."""
        self.height = height
        errors = self.draft.told_errors()
        blocks = [self._field(at, writing, errors.get(self.draft.fields[at].name)) for at in walk.shown]
        if not walk.is_open:
            blocks.append(self._more(walk, writing, [each for each in walk.hidden if each.name in errors]))
        airy = _with_air(blocks)
        return airy if len(airy) <= height else [line for block in blocks for line in block if line.pieces]

    def _field(self, at: int, writing: WritingField, told: Message | None) -> list[FormLine]:
        """The lines of a field, under its heading."""
        field_ = self.draft.fields[at]
        is_here = at == writing.field
        lines: list[FormLine] = []
        if field_.heading:
            lines += [FormLine(()), FormLine(((f" {translated(field_.heading)}", self.paint.heading),))]
        lines += self._here(at, field_, writing) if is_here else self._elsewhere(at, field_)
        error = (writing.problem if is_here else None) or told
        if error is not None:
            lines += self._below(f"! {clean(say(error))}", at, 2, self.paint.error)
        elif is_here and writing.suggestions is not None and writing.suggestions.shown:
            lines += self._words(at, writing.suggestions, writing.editor.text)
        elif is_here and writing.chooser is None:
            lines += self._below(self.draft.help_in(field_), at, self._some(MOST_HELP), self.paint.muted)
        return lines

    # Where things stand

    @property
    def _options_shown(self) -> int:
        return max(1, min(OPTIONS_SHOWN, self.height - _AROUND_OPTIONS))

    def _some(self, most: int) -> int:
        """How many lines of what helps show: a third of the window at the most, and so many."""
        return max(1, min(most, self.height // 3))

    @cached_property
    def paint(self) -> Paint:
        """The styles of the form."""
        return self.paint_on(Surface.RAISED)

    @cached_property
    def _well(self) -> Paint:
        """The styles of a place to write in."""
        return self.paint_on(Surface.GROUND)

    @cached_property
    def _labels(self) -> int:
        least, most = LABEL_LIMITS
        longest = max(width_of(each.label) for each in self.draft.fields)
        return max(least, min(most, longest, self.width * 2 // 5))

    @property
    def value_at(self) -> int:
        """The cell at which values begin: after the mark, the label, a gap and the edge of the place to write in."""
        return 1 + self._labels + 2

    @property
    def room(self) -> int:
        """How many cells a value has."""
        return max(8, self.width - self.value_at - 1)

    def _label(self, field_: FormField, *, is_here: bool) -> tuple[Piece, ...]:
        mark = marker(is_here=is_here, is_ascii=self.is_ascii)[0]
        style = self.paint.heading if is_here else self.paint.muted
        return (mark, self.paint.heading), (left(field_.label, self._labels) + " ", style)

    @property
    def _margin(self) -> tuple[Piece, ...]:
        return ((" " * (self.value_at - 1), None),)

    def _below(self, text: str, at: int, most: int, style: Style) -> list[FormLine]:
        """A text below the value, in at most so many lines."""
        return [
            FormLine((*self._margin, (f" {each}", style)), at, is_below=True) for each in wrap(text, self.room, most)
        ]

    # A field that is not being written in

    def _elsewhere(self, at: int, field_: FormField) -> list[FormLine]:
        text = self._shown(field_)
        label = self._label(field_, is_here=False)
        lines = wrap(text.replace("\n", " "), self.room, 2 if field_.control.lines > 1 else 1) or [""]
        starts = [label, *(self._margin for _line in lines[1:])]
        if self.draft.is_fixed(field_):
            return [
                FormLine((*start, (f" {each or _NOTHING}", self.paint.muted)), at)
                for start, each in zip(starts, lines, strict=True)
            ]
        return [
            FormLine((*start, *self.in_well(each, self.room)), at) for start, each in zip(starts, lines, strict=True)
        ]

    def in_well(self, text: str, room: int) -> tuple[Piece, ...]:
        """A value in a place to write in of so many cells: the other depth, or a line where there are not two."""
        well, blank = self._well, room - width_of(text)
        if well.has_surfaces:
            return ((f" {text}{' ' * blank}", well.text),)
        return (f" {text}", well.text), ("_" * blank, self.paint.hole)

    def _shown(self, field_: FormField) -> str:
        """What stands in a field, in one line."""
        text = self.draft.text(field_.name)
        if not field_.control.is_chosen:
            return clean(text, multiline=True)
        labels = chosen_names(field_.control.options(self.draft.content), text)
        if not field_.control.takes_several:
            return labels[0]
        return f"{len(labels)}: {' · '.join(labels)}" if len(labels) > 1 else labels[0]

    # The field that is being written in

    def _here(self, at: int, field_: FormField, writing: WritingField) -> list[FormLine]:
        label, paint = self._label(field_, is_here=True), self.paint
        if not field_.control.is_chosen:
            return self._typed(at, field_, label, writing.editor)
        if writing.chooser is None:
            shown = left(self._shown(field_) or _NOTHING, self.room - 2)
            return [FormLine((*label, (f" {shown}{' v' if self.is_ascii else ' ▾'}", paint.solid)), at)]
        return [FormLine((*label, *self._search(writing.chooser)), at), *self._options(at, writing.chooser)]

    def _search(self, chooser: Chooser) -> tuple[Piece, ...]:
        paint, edge = self.paint, (" ", self.paint.editing)
        if not chooser.typed:
            return edge, (" ", paint.caret), (left(_("Type to find"), self.room - 1), paint.editing)
        typed = LineEditor.at_end_of(chooser.typed)
        return edge, *typed.filled(self.room, paint.editing, paint.caret)

    def _typed(self, at: int, field_: FormField, label: tuple[Piece, ...], editor: LineEditor) -> list[FormLine]:
        paint, edge = self.paint, (" ", self.paint.editing)
        if not field_.control.holds_lines:
            return [FormLine((*label, edge, *editor.filled(self.room, paint.editing, paint.caret)), at)]
        text, room = editor.text, self.room - 1
        plain_style = paint.caret if editor.is_selected else paint.editing
        lines = break_lines(text, room)
        here = line_at(lines, editor.cursor)
        shown = field_.control.lines
        first = max(0, min(here - shown // 2, len(lines) - shown))
        drawn: list[FormLine] = []
        for number in range(first, min(len(lines), first + shown)):
            each = lines[number]
            start = label if number == first else self._margin
            written = text[each.start : each.end]
            place = editor.cursor - each.start if number == here else len(written)
            before, after = _plain(written[:place]), _plain(written[place + 1 :])
            caret = _plain(written[place : place + 1]) or " "
            blank = " " * max(0, room + 1 - width_of(before + caret + after))
            caret_style = paint.caret if number == here else paint.editing
            pieces = ((before, plain_style), (caret, caret_style), (after, plain_style), (blank, paint.editing))
            drawn.append(FormLine((*start, edge, *pieces), at))
        return drawn

    # What there is to choose

    def _options(self, at: int, chooser: Chooser) -> list[FormLine]:
        if not chooser.shown:
            told = _("None of them is called so. Backspace goes back, Esc leaves it as it was.")
            if not chooser.options:
                told = _("There is nothing to choose yet.")
            return self._below(f"! {told}", at, 2, self.paint.error)
        boxes = {True: "[x] ", False: "[ ] "}
        names = [
            (boxes[each.value in chooser.chosen] if chooser.takes_several else "") + each.line for each in chooser.shown
        ]
        lines = self._list(at, names, chooser.cursor, chooser.typed, self._options_shown)
        if len(names) == len(chooser.options) <= self._options_shown:
            return lines
        told = _("{shown} of {all}", shown=len(names), all=len(chooser.options))
        return [*lines, *self._below(told, at, 1, self.paint.muted)]

    def _words(self, at: int, known: Suggestions, typed: str) -> list[FormLine]:
        """The known words that contain what is typed."""
        lines = self._list(at, known.shown, known.cursor, typed, min(WORDS_SHOWN, self._options_shown))
        told = _("{shown} of {all}; anything else can be written too", shown=len(known.shown), all=len(known.words))
        return [*lines, *self._below(told, at, 2, self.paint.muted)]

    def _list(self, at: int, names: Sequence[str], cursor: int, typed: str, most: int) -> list[FormLine]:
        """So many of the names, with the marked one (−1: none) among them and what is typed seen in each."""
        count = len(names)
        first = max(0, min(cursor - most // 2, count - most))
        lines = []
        for number in range(first, min(count, first + most)):
            is_marked = number == cursor
            paint = self.paint_on(Surface.ROW) if is_marked else self._well
            mark = marker(is_here=is_marked, is_ascii=self.is_ascii)[0]
            text = cut(names[number], self.room)
            blank = " " * (self.room - width_of(text))
            pieces = ((mark, paint.accent), *_found(text, typed, paint), (blank, paint.text))
            lines.append(FormLine((*self._margin, *pieces), at, number, is_below=True))
        return lines

    # The line that stands for the fields behind it

    def _more(self, walk: Walk, writing: WritingField, wrong: Sequence[FormField]) -> list[FormLine]:
        """The names of the fields behind the line: those that are wrong, the others, those that are filled in."""
        is_here = writing.field == MORE
        mark = marker(is_here=is_here, is_ascii=self.is_ascii)[0]
        filled_in = [each for each in walk.filled_in if each not in wrong]
        others = [each for each in walk.hidden if each not in wrong and each not in filled_in]
        names = _named(others) if len(walk.hidden) <= MOST_NAMED else _headings(walk.hidden)
        paint = self.paint
        told = [
            (_("! look at: {fields}", fields=_named(wrong)) if wrong else "", paint.error),
            (_("+ more: {fields}", fields=names) if names else _("+ more"), paint.muted),
            (_("filled in: {fields}", fields=_named(filled_in)) if filled_in else "", paint.text),
        ]
        lines = [FormLine(())]
        for text, style in told:
            shown = paint.solid if is_here and style is paint.muted else style
            indent = "  " if style is paint.text else ""
            for each in wrap(text, max(8, self.width - 3 - len(indent)), self._some(MOST_NAMES)):
                start = mark if len(lines) == 1 + bool(wrong) else " "
                lines.append(FormLine(((start, paint.heading), (indent + each, shown)), MORE))
        if not is_here:
            return lines
        if writing.chooser is not None:
            search = ((" " * (self.value_at - 1), None), *self._search(writing.chooser))
            return [*lines, FormLine(search, MORE), *self._options(MORE, writing.chooser)]
        help_ = writing.problem
        return [
            *lines,
            *self._below(
                say(help_) if help_ else _("Enter shows them; type a name to go to one of them"), MORE, 2, paint.muted
            ),
        ]


def _with_air(blocks: Sequence[Sequence[FormLine]]) -> list[FormLine]:
    """The blocks with a blank line between two, but where what is said below a field, or a heading, parts them."""
    lines: list[FormLine] = []
    for block in blocks:
        if lines and block[0].pieces and not lines[-1].is_below:
            lines.append(FormLine(()))
        lines += block
    return lines


def _named(fields: Iterable[FormField]) -> str:
    """The names of fields as they stand in a sentence."""
    return ", ".join(each.label[:1].lower() + each.label[1:] for each in fields)


def _headings(fields: Iterable[FormField]) -> str:
    """What fields are about, as it stands in a sentence."""
    told = [translated(each.heading) for each in fields if each.heading]
    return ", ".join(each[:1].lower() + each[1:] for each in told)


def _found(text: str, typed: str, paint: Paint) -> tuple[Piece, ...]:
    """A name with what is typed seen in it."""
    sought = plain(typed).strip()
    folded = text.casefold()
    at = folded.find(sought) if sought and len(folded) == len(text) else -1
    if at < 0:
        return ((text, paint.text),)
    end = at + len(sought)
    return (text[:at], paint.text), (text[at:end], paint.accent), (text[end:], paint.text)


def _plain(text: str) -> str:
    return clean(text.replace("\n", " "))
