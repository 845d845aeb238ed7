"""The ground of dialogs on the open plan: a box over the screen, with a line for what is said and the keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.i18n import _, clock, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.terminal.drawing import left, width_of
from kvaltui.tui.terminal.patient import Patient
from kvaltui.tui.widgets.chrome import KeyBar, KeyHint, SpeechLine
from kvaltui.tui.widgets.finding import Sought
from kvaltui.tui.widgets.lines import Lines
from kvaltui.work.session import PlanSession

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp

Answer = TypeVar("Answer")


class DialogTitle(Lines):
    """What the dialog is about, in one line."""

    DEFAULT_CSS = "DialogTitle { height: 2; }"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._aside = ""

    def show(self, title: str) -> None:
        """Set the title."""
        if title != self._title:
            self._title = title
            self.redraw(0)

    def show_aside(self, aside: str) -> None:
        """Set the muted text to the right."""
        if aside != self._aside:
            self._aside = aside
            self.redraw(0)

    def draw(self, y: int, width: int) -> Strip:
        if y:
            return self.line((), width)
        room = max(0, width - 2 - width_of(self._aside) - (2 if self._aside else 0))
        aside = f"  {self._aside}" if self._aside else ""
        return self.line([(" ", None), (left(self._title, room), self.paint.heading), (aside, self.paint.muted)], width)


class Dialog(ModalScreen[Answer], Patient, Generic[Answer]):
    """A box over the screen. Subclasses compose what stands in it, and name the keys that matter."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: transparent; }
    Dialog > Vertical { border: round $primary; background: $background; }
    Dialog > Vertical { width: 100; max-width: 100%; max-height: 100%; }
    """
    KEYS: Sequence[str] = ()

    def __init__(self, session: PlanSession, title: str) -> None:
        super().__init__()
        self.session = session
        self._title = title

    @property
    def program(self) -> KvaltuiApp:
        """The app, by its own type."""
        return cast("KvaltuiApp", self.app)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield DialogTitle(self._title)
            yield from self.compose_body()
            yield SpeechLine()
            yield KeyBar()

    def compose_body(self) -> Iterable[Widget]:
        """What stands between the title and the line for what is said."""
        raise NotImplementedError

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Textual's own tooltips and toasts are not used."""

    def on_mount(self) -> None:
        self.show_keys()

    def show_keys(self) -> None:
        """Set the keys at the bottom of the box."""
        self.query_one(KeyBar).show(self.key_hints())

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys of the box, as they are bound now."""
        bound = {each.binding.id: each.binding for each in self.active_bindings.values() if each.binding.id}
        return [
            KeyHint(self.program.key_name(bound[id_].key), translated(bound[id_].description), bound[id_].action)
            for id_ in self.KEYS
            if id_ in bound
        ]

    def speak(self, text: str, *, is_problem: bool = False) -> None:
        """Say something in the line for it, until something else is said."""
        paint = self.program.paint
        self.query_one(SpeechLine).say([(clean(text), paint.error if is_problem else paint.text)] if text else [])

    @on(Sought)
    def _tell_sought(self, event: Sought) -> None:
        self.query_one(SpeechLine).say_sought(event.text, is_found=event.is_found)

    def complain(self, error: KvaltuiError) -> None:
        """Say what went wrong."""
        self.speak(say(error.message), is_problem=True)

    def speak_of_saving(self, text: str = "") -> None:
        """Say that something is stored; only ever after the commit."""
        saved = _("Saved {time}", time=clock(datetime.now(UTC)))
        self.speak(f"{saved}  {text}" if text else saved)
