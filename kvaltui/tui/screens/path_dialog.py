"""A dialog that asks for a file or a folder, and has something done with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from textual.widget import Widget

from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyHint
from kvaltui.tui.widgets.page_view import Panel
from kvaltui.tui.widgets.path_line import PathLine, PathQuestion
from kvaltui.tui.working import WorkingDialog
from kvaltui.work.paths import read_path

Chosen = Callable[["PathDialog", Path], None]
"""Does what the path was asked for; raises a KvaltuiError for a path that will not do."""


class PathDialog(WorkingDialog[None]):
    """Asks for a path. What is typed stays when it will not do."""

    DEFAULT_CSS = """
    PathDialog > Vertical { height: 18; }
    PathDialog SpeechLine { display: none; }
    PathDialog Panel { height: 3; margin-top: 1; }
    """
    BINDINGS = bindings.BACK

    def __init__(self, question: PathQuestion, chosen: Chosen) -> None:
        super().__init__(question.title)
        self._question = question
        self._chosen = chosen
        self._warned_of: Path | None = None

    def compose_body(self) -> Iterable[Widget]:
        yield PathLine(self._question)
        yield Panel()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(PathLine))
        self.speak("")

    def key_hints(self) -> Sequence[KeyHint]:
        return [
            KeyHint(key_name("enter"), self._question.does, ""),
            KeyHint(key_name("escape"), _("Back"), "leave"),
            KeyHint(key_name("tab"), _("Complete"), ""),
            KeyHint(key_name("down"), _("Choose"), ""),
        ]

    def speak(self, text: str, *, is_problem: bool = False, stays: bool = False) -> None:
        """Say something, on as many lines as it needs; with nothing to say, what helps."""
        paint = self.program.paint
        style = paint.error if is_problem else paint.text if text else paint.muted
        lines = clean(text, multiline=True).splitlines() or [self._question.help]
        self.query_one(Panel).lend([(line, style) for line in lines])

    def confirm_replacing(self, path: Path) -> bool:
        """Whether the file may be written: it is not there yet, or the person has been told that it is."""
        if not path.exists() or path == self._warned_of:
            return True
        self._warned_of = path
        self.speak(_("{file} is there already. Enter once more replaces it.", file=path.name), is_problem=True)
        return False

    def on_path_line_written(self) -> None:
        self._warned_of = None
        if not self.is_working:
            self.speak("")

    def on_path_line_submitted(self, event: PathLine.Submitted) -> None:
        if self.is_working:
            return
        try:
            self._chosen(self, read_path(event.text))
        except KvaltuiError as error:
            self.speak(say(error.message), is_problem=True)
