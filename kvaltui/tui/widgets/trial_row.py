"""A row to try what it is like to enter a figure: read and judged as every figure is, and thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from textual import events
from textual.message import Message
from textual.strip import Strip

from kvaltui.figure_words import figure_cell
from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.message import KvaltuiError
from kvaltui.status_cells import status_cell
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, left, right, width_of, wrap
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.line_editor import LineEditor
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.words import word
from kvaltui.work.pasted import as_one_line
from kvaltui.work.trial import EARLIER, TARGET, Trial

_LEAST_NAME, _TARGET, _EARLIER, _TYPED, _UNIT, _STATUS = 8, 6, 6, 11, 3, 14
_TOLD = 2
"""The lines in which it is said what came of it."""


class Tried(Enum):
    """What a person has done on the row."""

    TYPED = auto()
    ENTERED = auto()
    TAKEN_BACK = auto()


class TrialRow(LineView[Trial]):
    """The row, and below it how what is typed is read; `hint` is said there before anything is.

    Enter lets it be the figure, Esc drops what is typed, and undo takes the figure back.
    """

    BINDINGS = bindings.TRIAL_ROW
    DEFAULT_CSS = "TrialRow { height: 4; }"

    @dataclass
    class Did(Message):
        """A person has done something on the row."""

        what: Tried

    def __init__(self, trial: Trial, hint: str = "") -> None:
        super().__init__()
        self.trial = trial
        self._rows: Sequence[Trial] = (trial,)
        self._hint = hint
        self._editor: LineEditor | None = None
        self._problem: KvaltuiError | None = None
        self._told: list[Piece] = []

    @property
    def is_editing(self) -> bool:
        """Whether something is being typed."""
        return self._editor is not None

    # What is done

    def begin_typing(self, character: str) -> bool:
        self._editor, self._problem = LineEditor(), None
        self._type(character)
        return True

    def _type(self, text: str) -> None:
        if self._editor is not None:
            self._editor.insert(text)
            self._read()

    def _read(self) -> None:
        """Say how what is typed is read, and what it would mean."""
        assert self._editor is not None
        text = self._editor.text.strip()
        try:
            self._told = self._meaning(text, with_reason=True) if text else []
        except KvaltuiError as error:
            self._told = [(say(error.message), self.paint.warning)]
        self.redraw()
        if text:
            self.post_message(self.Did(Tried.TYPED))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """While something is typed, characters are text and no commands."""
        return self.is_editing and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        if self._editor is not None and self._press(self._editor, event):
            event.stop()
            event.prevent_default()

    def _press(self, editor: LineEditor, event: events.Key) -> bool:
        """Do what a key does while something is typed. Returns False for a key that is for others."""
        match event.key:
            case "escape" | "ctrl+z" | "ctrl+y":
                self._close([])
            case "enter":
                self._enter(editor.text.strip())
            case "tab" | "shift+tab" | "up" | "down":
                self._enter(editor.text.strip())
                return self.is_editing
            case _ if editor.take(event):
                self._read()
            case _:
                return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self._editor is None:
            self.begin_typing(as_one_line(event.text))
        else:
            self._type(as_one_line(event.text))

    def _enter(self, text: str) -> None:
        """Let what is typed be the figure; what cannot be read stays, marked, with the reason."""
        try:
            self.trial.enter(text)
        except KvaltuiError as error:
            self._told = [(say(error.message), self.paint.error)]
            if self._editor is not None:
                self._editor.select()
            self.redraw()
            return
        meaning = self._meaning(text, with_reason=False) if text else [(_("emptied"), self.paint.text)]
        self._close([(f"{_('As if saved')}  ", self.paint.text), *meaning])
        self.post_message(self.Did(Tried.ENTERED))

    def action_undo(self) -> None:
        """Take the figure back."""
        if self.trial.take_back():
            now = self.trial.text or _("nothing")
            self._close([(_("Taken back: {now} stands there again", now=now), self.paint.text)])
            self.post_message(self.Did(Tried.TAKEN_BACK))
        else:
            self._close([(_("There is nothing to take back yet"), self.paint.text)])

    def action_choose(self) -> None:
        """Edit the figure that stands there."""
        self._editor = LineEditor.selecting(self.trial.text)
        self._read()

    def action_explain(self) -> None:
        """Say why the figure is judged so."""
        self._close(self._meaning(self.trial.text, with_reason=True) if self.trial.text else [])

    def _close(self, told: list[Piece]) -> None:
        self._editor, self._told = None, told
        self.redraw()

    def half_typed(self) -> Sequence[str]:  # type: ignore[override]  # nothing of it is to be kept
        return ()

    # What shows

    def _meaning(self, text: str, *, with_reason: bool) -> list[Piece]:
        """A figure, the status that it gives and why, and what looks wrong about it. Raises FigureError."""
        judged, paint = self.trial.judged(text), self.paint
        arrow = "-> " if self.is_ascii else "→ "
        pieces: list[Piece] = [
            (f"{figure_cell(text, self.trial.scale)} ", paint.strong),
            (arrow, paint.muted),
            (status_cell(judged.status, ascii=self.is_ascii), paint.status(judged.status)),
        ]
        if judged.doubts:
            pieces.append((f" ! {', '.join(word(doubt) for doubt in judged.doubts)}", paint.warning))
        if with_reason:
            reason = clean(say(judged.verdict.reason))
            pieces.append((f": {reason.partition(': ')[2] or reason}", paint.text))
        return pieces

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        paint, trial = self.paint, self.trial
        has_earlier = width >= 3 + _LEAST_NAME + _TARGET + _EARLIER + _TYPED + _UNIT + _STATUS
        room = width - 3 - _TARGET - _EARLIER * has_earlier - _TYPED - _UNIT - _STATUS
        pieces: list[Piece] = [("   ", None), (left(trial.name, max(_LEAST_NAME, min(room, 30))), paint.text)]
        pieces.append((right(TARGET, _TARGET), paint.muted))
        if has_earlier:
            pieces.append((right(EARLIER, _EARLIER), paint.muted))
        pieces.append(("  ", None))
        if self._editor is not None:
            pieces += self._editor.filled(_TYPED - 2, paint.editing, paint.caret, is_right=True)
        elif trial.text:
            shown = figure_cell(trial.text, trial.scale).removesuffix("%").strip()
            pieces.append((right(shown, _TYPED - 2), paint.strong))
        else:
            pieces.append(("_" * (_TYPED - 2), paint.hole))
        pieces += [(f" {'%':<{_UNIT - 1}} ", paint.muted), *self._status()]
        return self.line(pieces, width)

    def _status(self) -> list[Piece]:
        """The status of what stands there; of what is being typed, nothing yet."""
        if self._editor is not None:
            return []
        if not self.trial.text:
            return [(f"  {_('waiting')}", self.paint.muted)]
        judged: IndicatorResult = self.trial.judged(self.trial.text)
        mark: Piece = ("! ", self.paint.warning) if judged.doubts else ("  ", None)
        return [mark, (status_cell(judged.status, ascii=self.is_ascii), self.paint.status(judged.status))]

    def draw_nothing(self, y: int, width: int) -> Strip:
        """What is said, in two lines below a blank one."""
        if y < 2:
            return self.line((), width)
        lines = self._told_in(width - 4)
        return self.line([("   ", None), *(lines[y - 2] if y - 2 < len(lines) else ())], width)

    def _told_in(self, width: int) -> list[list[Piece]]:
        if not self._told:
            enter, undo = key_name("enter"), self.key_of("undo")
            lines = wrap(self._hint, width, _TOLD)
            if self._editor is None and len(lines) < _TOLD:
                saves = _("{enter} saves, {undo} takes it back. There is no save button.", enter=enter, undo=undo)
                lines += wrap(saves, width, _TOLD - len(lines))
            return [[(each, self.paint.muted)] for each in lines]
        return _broken(self._told, width)


def _broken(pieces: Sequence[Piece], width: int) -> list[list[Piece]]:
    """Pieces in lines of a width: the last, which is the longest, is broken between words."""
    *head, (text, style) = pieces
    used = sum(width_of(each) for each, _style in head)
    if used + width_of(text) <= width or used >= width:
        return [list(pieces)]
    first = wrap(text, max(1, width - used), 1 + _TOLD)
    start = first[0] if len(first) > 1 else text
    rest = text[len(start) :].strip()
    return [[*head, (start, style)], *([(each, style)] for each in wrap(rest, width, _TOLD - 1))]
