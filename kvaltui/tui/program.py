"""What screens, dialogs, forms and jobs know of the program they stand in: its plan, its voice, and the ways elsewhere.

`app.KvaltuiApp` is the program in full and stands on top of everything. Nothing that it is made of imports it: what
only it can do is named here, and done there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import on
from textual.binding import Binding
from textual.screen import Screen

from kvaltui.i18n import _, clock, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.value import dataclass
from kvaltui.tui.listening import Listeners
from kvaltui.tui.terminal.calm_app import CalmApp
from kvaltui.tui.terminal.calm_screen import CalmScreen
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.chrome import KeyBar, KeyHint, SpeechLine
from kvaltui.tui.widgets.finding import Sought
from kvaltui.work.session import PlanSession

if TYPE_CHECKING:
    from kvaltui.config import Config
    from kvaltui.tui.terminal.clipboard import Handed
    from kvaltui.work.summary_lines import Destination
    from kvaltui.work.unstored import Unstored

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class PlanMode:
    """A screen of the open plan: its name, its title, its letter in “Go to”, and what makes it.

    `shows` are the kinds of things that have their place on it.
    """

    name: str
    title: str
    letter: str
    make: Callable[[], Screen[None]]
    shows: tuple[Kind, ...] = ()

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return translated(self.title)


@dataclass(frozen=True, slots=True)
class PlanJob:
    """Something to be done with the whole plan: its name, its letter in the menu, and how it is begun."""

    title: str
    letter: str
    begin: Callable[[Program], None]
    changes: bool = False
    """Whether it changes the plan: it is then not offered where the plan can only be read."""

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return translated(self.title)


def later(named: str) -> Callable[..., Any]:
    """What stands at `<module>:<name>` of the window, imported when it is first called."""

    def call(*given: object) -> Any:
        module, _colon, name = named.partition(":")
        return getattr(import_module(f"kvaltui.tui.{module}"), name)(*given)

    return call


class Program(CalmApp[None]):
    """The program on an open plan. `listeners` are the screens, which are told what has changed, whoever did it."""

    modes: ClassVar[Sequence[PlanMode]] = ()
    """The screens, in the order of their tabs."""
    jobs: ClassVar[Sequence[PlanJob]] = ()
    """What can be done with the whole plan, in the order of the menu."""

    def __init__(self, session: PlanSession, settings: Config, *, is_ascii: bool = False) -> None:
        super().__init__(settings, is_ascii=is_ascii)
        self.session = session
        self.listeners = Listeners(self)
        self.handed: Handed | None = None
        """Where what was copied last has been sent."""

    # Ways elsewhere

    def go_to(self, mode: str) -> None:
        """Show a screen of the plan."""
        raise NotImplementedError

    def go_back(self) -> None:
        """Show the screen that was shown before."""
        raise NotImplementedError

    async def show(self, reference: Reference) -> None:
        """Go to the screen where a thing stands, and put the cursor on it."""
        raise NotImplementedError

    async def go_to_destination(self, there: Destination) -> None:
        """Go to a screen, with the cursor on a thing there, or its list narrowed."""
        raise NotImplementedError

    async def show_history_of(self, reference: Reference) -> None:
        """Go to the history, and show there what has happened to a thing."""
        raise NotImplementedError

    async def go_to_unstored(self, left: Unstored) -> None:
        """Go to the cell that a text was typed for, and open it there with the text."""
        raise NotImplementedError

    def action_tour(self) -> None:
        """Show the six things that a beginner needs."""
        raise NotImplementedError

    def action_help(self) -> None:
        """Tell of what a person has before them."""
        raise NotImplementedError

    def action_guide(self) -> None:
        """Open the user's guide, where it tells of what a person has before them."""
        raise NotImplementedError

    def open_guide(self, section: str) -> None:
        """Open the user's guide at one of its headings."""
        raise NotImplementedError

    def action_first_minutes(self) -> None:
        """Let a person try what the program is like to work in, on a row that is thrown away."""
        raise NotImplementedError

    def action_legend(self) -> None:
        """Show what the symbols mean."""
        raise NotImplementedError

    # What is done with the whole of it

    def settle(self) -> None:
        """Store what is half typed on any of the screens; say what cannot be stored, which is kept on its row."""
        raise NotImplementedError

    ask_what_to_copy = later("copying:ask")
    """Ask what of a screen's list to copy."""
    save_picture = later("files:save_picture")
    """Save what shows in a file, as a picture."""
    build = later("sheet.screen:build")
    """Open the sheet of a screen, where a thing stands: what is listed there is built in it."""
    turn_completion = later("rounds:turn_completion")
    """Mark the area of a node of the tree complete for the period that is looked at, or open it again."""

    async def use_settings(self, settings: Config) -> None:
        """Let settings be in force, as far as they need no new start."""
        raise NotImplementedError

    def choose_plan(self, key: str) -> None:
        """Open another plan of the database."""
        if key != self.session.key:
            with self.complaints():
                self.session.choose_plan(key)

    # Speaking

    @property
    def speaker(self) -> ProgramScreen[Any] | None:
        """The screen that says what there is to say; None while a dialog lies over it."""
        screen = self.screen
        return screen if isinstance(screen, ProgramScreen) and not screen.is_modal else None

    def speak(self, text: str, *, is_problem: bool = False, stays: bool = False) -> None:
        """Say something on the screen that shows, until the next key; what `stays`, until something else is said."""
        if (speaker := self.speaker) is not None:
            speaker.speak(text, is_problem=is_problem, stays=stays)

    def speak_of_saving(self, text: str) -> None:
        """Say on the screen that shows that something is stored; only ever after the commit."""
        if (speaker := self.speaker) is not None:
            speaker.speak_of_saving(text)

    def complain(self, error: KvaltuiError) -> None:
        """Say on the screen that shows what went wrong."""
        if (speaker := self.speaker) is not None:
            speaker.complain(error)

    @contextmanager
    def complaints(self) -> Iterator[None]:
        """Errors that a person is told of are told on the screen."""
        try:
            yield
        except KvaltuiError as error:
            self.complain(error)


class ProgramScreen(CalmScreen[Answer]):
    """A screen or dialog on the open plan, with a line for what is said and one for the keys.

    `KEYS` are the ids of the bindings whose keys stand at its foot.
    """

    KEYS: ClassVar[Sequence[str]] = ()

    @property
    def session(self) -> PlanSession:
        """The open plan."""
        return self.program.session

    @property
    def program(self) -> Program:
        """The app, by its own type."""
        return cast("Program", self.app)

    def show_keys(self) -> None:
        """Set the keys at the foot from the bindings as they are now, with the user's own keys."""
        self.query_one(KeyBar).show(self.key_hints())

    def key_hints(self) -> Sequence[KeyHint]:
        """The keys of the foot, as they are bound now."""
        bound = self.bound_for_hints()
        return [
            KeyHint(key_name(bound[id_].key), translated(bound[id_].description), bound[id_].action)
            for id_ in self.KEYS
            if id_ in bound
        ]

    def bound_for_hints(self) -> Mapping[str, Binding]:
        """The binding whose key stands for a command at the foot, by the command: the first of those that it has."""
        return {each.binding.id: each.binding for each in reversed(self.active_bindings.values()) if each.binding.id}

    # Speaking

    @property
    def speech(self) -> SpeechLine | None:
        """The line for what is said; None while the screen is being built."""
        return self.query_one_optional(SpeechLine)

    def speak(self, text: str, *, is_problem: bool = False, stays: bool = False) -> None:
        """Say something in the line for it, until the next key; what `stays`, until something else is said."""
        paint = self.program.paint
        if (speech := self.speech) is not None:
            told = [(clean(text), paint.error if is_problem else paint.text)] if text else []
            speech.say(told, is_passing=not stays)

    def complain(self, error: KvaltuiError) -> None:
        """Say what went wrong."""
        self.speak(say(error.message), is_problem=True)

    def speak_of_saving(self, text: str = "") -> None:
        """Say that something is stored; only ever after the commit."""
        self.speak(f"{self.saved_now()}  {text}" if text else self.saved_now())

    @staticmethod
    def saved_now() -> str:
        """That something has been stored now."""
        return _("Saved {time}", time=clock(datetime.now(UTC)))

    @on(Sought)
    def _hear_sought(self, event: Sought) -> None:
        self.tell_sought(event)

    def tell_sought(self, event: Sought) -> None:
        """Say what is looked for in a list."""
        if (speech := self.speech) is not None:
            speech.say_sought(event.text, is_found=event.is_found)
