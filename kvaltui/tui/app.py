"""The program: wires screens, keys, colours and the open plan together, and nothing else.

How to add a screen
-------------------
1. Write `screens/<name>.py` (with `<name>.tcss` beside it if it needs any): a subclass of `PlanScreen` with a `MODE`, the
   ids of its footer's `KEYS`, `compose_body` and `take_in(changes)`. Every text goes through `_()`, every text from data
   through `clean()` and into pieces or `Content`, never into markup.
2. Add a line to `MODES_OF_PLAN` below: its mode, its name, its letter under `g`, its key, its class. It then has a tab, a
   key, and a place under `g` and in the palette. The module is imported when the screen is first shown.
3. Lists are subclasses of `LineView` (a cursor over rows that are drawn), headings and facts of `Lines`; `Panel` holds
   paragraphs. Dialogs are `ModalScreen[Result]`; `Picker` is one for choosing among things.
4. Change things by `self.session.record(...)` and say so with `speak_of_saving`; every screen then hears what has changed
   in its `take_in`, also when somebody else has changed it.
5. Each binding has an id, so that it can be changed under `[keys]` in config.toml.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import ANSIToTruecolor, LineFilter
from textual.screen import Screen
from textual.signal import Signal
from textual.theme import Theme

from kvaltui.i18n import N_, _, say
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.driver import CalmDriver
from kvaltui.tui.keys import key_name
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.session import Changes, PlanSession
from kvaltui.tui.theme import OWN_THEMES, Paint

if TYPE_CHECKING:
    from kvaltui.config import Config

FOLLOW_SECONDS = 0.5
"""How often SQLite is asked whether somebody else has written: others' figures show within a second."""
HANGUP_CODE = 128 + signal.SIGHUP
TERMINATED_CODE = 128 + signal.SIGTERM


@dataclass(frozen=True, slots=True)
class PlanMode:
    """A screen of the open plan: where it is, its name, its letter under `g`, and its key ("" for none of its own)."""

    name: str
    title: str
    letter: str
    key: str
    screen: str

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return _(self.title)

    def load(self) -> type[PlanScreen]:
        """The class of the screen, from the module that is imported now."""
        module, _colon, name = self.screen.partition(":")
        screen: type[PlanScreen] = getattr(import_module(f"kvaltui.tui.screens.{module}"), name)
        return screen


MODES_OF_PLAN = (
    PlanMode("indicators", N_("Indicators"), "i", "f5", "indicators:IndicatorsScreen"),
)


class KvaltuiApp(App[int]):
    """The program on an open plan. `changed` tells every screen what has changed, whoever changed it."""

    TITLE = "kvaltui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False  # a palette of our own, in the reader's language: see `action_palette`
    COMMANDS: ClassVar = set()
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("Help"), id="help"),
        *(Binding(mode.key, f"go('{mode.name}')", mode.title, show=False, id=mode.name) for mode in MODES_OF_PLAN if mode.key),
        Binding("g", "choose_screen", N_("Go to"), id="go"),
        Binding("p", "choose_period", N_("Period"), id="period"),
        Binding("ctrl+left", "period(-1)", N_("Earlier period"), show=False, id="earlier_period"),
        Binding("ctrl+right", "period(1)", N_("Later period"), show=False, id="later_period"),
        Binding("ctrl+p", "palette", N_("Commands"), id="palette", priority=True),
        Binding("ctrl+z", "undo", N_("Undo"), id="undo"),
        Binding("ctrl+y", "redo", N_("Redo"), id="redo"),
        Binding("ctrl+l", "repaint", N_("Repaint the screen"), show=False, id="repaint"),
        Binding("q", "quit", N_("Quit"), id="quit"),
        Binding("ctrl+q", "quit", N_("Quit"), show=False, id="quit_at_once"),
        Binding("ctrl+c", "tell_how_to_quit", N_("Quit"), show=False, id="interrupt", system=True),
    ]

    def __init__(self, session: PlanSession, settings: Config, *, is_ascii: bool = False, start: str = "") -> None:
        # Textual chooses its colour filters as it is built, by the theme that it has then (EXAMPLES.md).
        self.set_reactive(App.theme, settings.theme)
        self.DEFAULT_MODE = start or first_mode(session)  # type: ignore[misc] - of this program, not of the class
        super().__init__()
        self.session = session
        self.settings = settings
        self.is_ascii = is_ascii
        self.paint = Paint.of(self.current_theme)
        self.changed: Signal[Changes] = Signal(self, "changed")
        self.animation_level = "none"
        for mode in MODES_OF_PLAN:
            self.add_mode(mode.name, partial(self._screen_of, mode))
        session.on_change = self.changed.publish
        if settings.keys:
            self.set_keymap(dict(settings.keys))

    def _screen_of(self, mode: PlanMode) -> Screen[None]:
        return mode.load()(self.session)

    # Starting and ending

    def get_driver_class(self) -> type[Driver]:
        return CalmDriver

    def get_line_filters(self) -> list[LineFilter]:
        """Only what NO_COLOR asks for: nothing here is drawn in ANSI colours that would have to be converted."""
        return [each for each in self._filters if each.enabled and not isinstance(each, ANSIToTruecolor)]

    def get_theme(self, theme_name: str) -> Theme | None:
        return OWN_THEMES.get(theme_name) or super().get_theme(theme_name)

    @property
    def available_themes(self) -> dict[str, Theme]:
        return {**OWN_THEMES, **super().available_themes}

    def on_mount(self) -> None:
        loop = asyncio.get_running_loop()
        for number, code in ((signal.SIGTERM, TERMINATED_CODE), (signal.SIGHUP, HANGUP_CODE)):
            loop.add_signal_handler(number, self._leave, code)
        self.set_interval(FOLLOW_SECONDS, self._follow)

    def _leave(self, code: int) -> None:
        """Leave because the system asks for it; the terminal is restored on the way out."""
        self.exit(code, return_code=code)

    def _follow(self) -> None:
        with self._complaints():
            self.session.refresh_if_changed()

    def on_resize(self, event: events.Resize) -> None:
        if isinstance(self._driver, CalmDriver):
            self._driver.resized(*event.size)

    # Screens

    @staticmethod
    def tabs() -> Iterable[PlanMode]:
        """The screens, in the order of their tabs."""
        return MODES_OF_PLAN

    @staticmethod
    def _mode(name: str) -> PlanMode:
        return next(mode for mode in MODES_OF_PLAN if mode.name == name)

    def go_to(self, mode: str) -> None:
        """Show a screen of the plan."""
        self.switch_mode(mode)

    def show(self, reference: Reference) -> None:
        """Go to where a thing stands: indicators and areas in the entry table."""
        if reference.kind in (Kind.INDICATOR, Kind.AREA):
            self.go_to("indicators")

    def action_go(self, mode: str) -> None:
        self.go_to(mode)

    def action_choose_screen(self) -> None:
        from kvaltui.tui.screens.picker import Choice, Picker

        choices = [Choice(mode.name, mode.label, key=mode.letter) for mode in self.tabs()]
        self.push_screen(Picker(_("Go to"), choices), self._go_if_chosen)

    def _go_if_chosen(self, mode: str | None) -> None:
        if mode is not None:
            self.go_to(mode)

    # Periods, undo

    def action_choose_period(self) -> None:
        from kvaltui.tui.screens.picker import Choice, Picker

        periods = sorted(self.session.content.plan.periods, reverse=True)
        choices = [Choice(str(period), say(period)) for period in periods]
        self.push_screen(Picker(_("Period"), choices, current=str(self.session.period)), self._period_if_chosen)

    def _period_if_chosen(self, text: str | None) -> None:
        from kvaltui.model.period import Period

        if text is not None:
            self.session.choose_period(Period.parse(text))

    def action_period(self, way: int) -> None:
        periods = sorted(self.session.content.plan.periods)
        at = periods.index(self.session.period) + way if self.session.period in periods else -1
        if 0 <= at < len(periods):
            self.session.choose_period(periods[at])

    def action_undo(self) -> None:
        with self._complaints():
            self.session.undo()
            self.speak(_("Taken back. {key} puts it back again.", key=self.key_of("redo")))

    def action_redo(self) -> None:
        with self._complaints():
            self.session.redo()
            self.speak(_("Put back again."))

    # Speaking

    def speak(self, text: str) -> None:
        """Say something on the screen that shows."""
        if isinstance(self.screen, PlanScreen):
            self.screen.speak(text)

    @contextmanager
    def _complaints(self) -> Iterator[None]:
        """Errors that a person is told of are told on the screen."""
        try:
            yield
        except KvaltuiError as error:
            if isinstance(self.screen, PlanScreen):
                self.screen.complain(error)

    def action_tell_how_to_quit(self) -> None:
        self.speak(_("{key} quits. Every figure is already saved.", key=self.key_of("quit")))

    def action_repaint(self) -> None:
        if isinstance(self._driver, CalmDriver):
            self._driver.repaint()
        self.screen.refresh()

    # Keys

    def key_name(self, key: str) -> str:
        """A key as it stands on the keyboard."""
        return key_name(key)

    def key_of(self, binding: str) -> str:
        """The key that a binding has now, by its id."""
        found: Callable[[], Iterator[str]] = lambda: (  # noqa: E731
            each.binding.key for each in self.screen.active_bindings.values() if each.binding.id == binding
        )
        return self.key_name(next(found(), ""))


def first_mode(session: PlanSession) -> str:
    """Where to begin: where figures wait for this period, otherwise at the overview."""
    counts = session.whole.counts
    return "indicators"
