"""The first five minutes: what one does all day, done once on a row that is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.strip import Strip

from kvaltui.i18n import _
from kvaltui.model.value import dataclass
from kvaltui.tui.dialog import DialogTitle, Overlay
from kvaltui.tui.screens.menu import MenuScreen
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import DrawnLine, wrap
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyBar, KeyHint
from kvaltui.tui.widgets.lines import Lines
from kvaltui.tui.widgets.trial_row import TrialRow, Tried
from kvaltui.work.trial import Trial

_MENU = "menu"
"""What is done in the step that opens the menu."""
_AROUND = 2 + 4 + 1 + 2
"""The lines of the box that are not the steps: its title, the row, its keys, its border."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: what is told, and what it is done by; the last one is done by going on."""

    told: str
    done_by: Tried | str


def steps_of(key: Callable[[str], str]) -> tuple[Step, ...]:
    """The steps. `key` gives the key that a command has now."""
    enter = key_name("enter")
    return (
        Step(_("Type a figure for this year, for example 86, about 90 or not measured."), Tried.TYPED),
        Step(_("Below the row stands how it is read and what it means. {enter} saves.", enter=enter), Tried.ENTERED),
        Step(_("{undo} takes it back. Nothing is ever lost.", undo=key("undo")), Tried.TAKEN_BACK),
        Step(_("{menu} shows what can be done, each with its letter. Try it.", menu=key("menu")), _MENU),
        Step(
            _(
                "That is all. {help} explains where you are, {palette} finds everything.",
                help=key("help"),
                palette=key("palette"),
            ),
            "",
        ),
    )


class StepList(Lines):
    """The steps: those that are done, the one to be done now, and those to come; where there is little room, that."""

    DEFAULT_CSS = "StepList { height: auto; }"

    def __init__(self, steps: Sequence[Step]) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self.at = 0

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        return min(len(self._laid_out(width)) + 1, max(2, self.app.size.height - _AROUND))

    def go_to(self, at: int) -> None:
        """Let a step be the one to be done now."""
        self.at = at
        self.redraw()

    def _laid_out(self, width: int) -> list[DrawnLine]:
        return [line for at in range(len(self._steps)) for line in self._step(at, width)]

    def _step(self, at: int, width: int) -> list[DrawnLine]:
        paint = self.paint
        done, now = ("+ ", "> ") if self.is_ascii else ("✓ ", "› ")
        mark, style = ("  ", paint.muted) if at > self.at else (now, paint.strong)
        if at < self.at:
            mark, style = done, paint.muted
        lines = wrap(self._steps[at].told, max(1, width - 5), 4)
        first: DrawnLine = ((" ", None), (mark, paint.achieved if at < self.at else paint.accent), (lines[0], style))
        return [first, *(((" " * 3, None), (each, style)) for each in lines[1:])]

    def draw(self, y: int, width: int) -> Strip:
        lines = self._laid_out(width)
        if len(lines) > self.size.height:
            lines = self._step(self.at, width)
        return self.line(lines[y] if y < len(lines) else (), width)


class TourScreen(Overlay[None]):
    """Leads through the steps. What is done out of turn counts too; Esc ends it at any of them, and nothing is kept."""

    AUTO_FOCUS = ""
    BINDINGS = bindings.TOUR_SCREEN
    DEFAULT_CSS = """
    TourScreen { align: center middle; background: transparent; }
    TourScreen > Vertical { border: round $primary; background: $surface; width: 80; max-width: 100%; height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._waits_for_menu = False

    def compose(self) -> ComposeResult:
        self._steps = steps_of(self._key_of)
        with Vertical():
            yield DialogTitle(_("The first five minutes"))
            yield StepList(self._steps)
            yield TrialRow(Trial(date.today()), self._steps[0].told)  # noqa: DTZ011 - the reader's own calendar
            yield KeyBar()

    def _key_of(self, command: str) -> str:
        from kvaltui.tui.terminal.keymap import commands

        app = self.app
        own = getattr(app, "own_keys", {}).get(command)
        return key_name((own or commands()[command].keys)[0])

    def on_mount(self) -> None:
        self.query_one(DialogTitle).show_aside(_("Nothing of it is kept"))
        self.set_focus(self.query_one(TrialRow))
        self._show_keys()

    def _show_keys(self) -> None:
        is_last = self._at == len(self._steps) - 1
        hints = [KeyHint(key_name("enter"), _("Done"), "next")] if is_last else []
        self.query_one(KeyBar).show([*hints, KeyHint(key_name("escape"), _("Leave the tour"), "leave")])

    @property
    def _at(self) -> int:
        return self.query_one(StepList).at

    @on(TrialRow.Did)
    def _count(self, event: TrialRow.Did) -> None:
        self._done(event.what)

    def on_screen_suspend(self) -> None:
        self._waits_for_menu = isinstance(self.app.screen, MenuScreen)

    def on_screen_resume(self) -> None:
        if self._waits_for_menu:
            self._waits_for_menu = False
            self._done(_MENU)

    def _done(self, what: Tried | str) -> None:
        """Go on past the step that is done by this, from wherever before it a person is."""
        at = next((at for at, step in enumerate(self._steps) if step.done_by == what), -1)
        if at >= self._at:
            self.query_one(StepList).go_to(at + 1)
            self._show_keys()
            if self._at == len(self._steps) - 1:
                self.set_focus(None)  # Enter is for going on now

    def action_next(self) -> None:
        """End the tour at its last step; before that there is something to do."""
        if self._at == len(self._steps) - 1:
            self.dismiss(None)
