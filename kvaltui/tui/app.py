"""The program: wires screens, keys, colours and the open plan together, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.widget import AwaitMount

from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.entity import Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.value import replace
from kvaltui.store.errors import DatabaseBusy
from kvaltui.store.patience import DatabaseHeld, not_at_all, waiting_by
from kvaltui.tui.dialog import Dialog
from kvaltui.tui.jobs import JOBS
from kvaltui.tui.modes import MODES
from kvaltui.tui.program import Program, later
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.driver import CalmDriver
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.terminal.textual_private import invoke
from kvaltui.work.session import Changes, PlanSession

if TYPE_CHECKING:
    from kvaltui.config import Config
    from kvaltui.work.summary_lines import Destination
    from kvaltui.work.unstored import Unstored

QUIET_SECONDS = 1.0
"""Without a key for so long, nobody is in the middle of a word."""
FOLLOW_SECONDS = 0.5
"""How often SQLite is asked whether somebody else has written: others' figures show within a second."""


_CHANGING = frozenset({"undo", "redo"})
"""What cannot be done where the plan can only be read; what else changes it, each screen names."""


class KvaltuiApp(Program):
    """The program in full: whatever its screens, dialogs and jobs ask for of `Program` is done here."""

    modes = MODES
    jobs = JOBS
    BINDINGS = bindings.PROGRAM

    def __init__(
        self,
        session: PlanSession,
        settings: Config,
        *,
        is_ascii: bool = False,
        start: str = "",
        asks_for_plan: bool = False,
        shows_tour: bool = False,
        first_command: str = "",
        told: str = "",
    ) -> None:
        """`first_command` is done, and `told` said, as soon as the first screen shows."""
        self.DEFAULT_MODE = start or first_mode(session)  # type: ignore[misc]  # of this program alone
        super().__init__(session, settings, is_ascii=is_ascii)
        self._is_kept = False
        self._asks_for_plan = asks_for_plan
        self._shows_tour = shows_tour
        self._first_command = first_command
        self._told = told
        self._came_from = self.DEFAULT_MODE
        self._last_key = 0.0
        for mode in MODES:
            self.add_mode(mode.name, mode.make)
        session.on_change = self.listeners.tell
        session.on_leaving = self.settle
        session.on_restored = self._tell_of_restoring
        session.on_behind = partial(self.call_later, session.refresh_if_changed)

    def on_mount(self) -> None:
        self.set_interval(FOLLOW_SECONDS, self._follow)
        if self.key_problems:
            self.call_after_refresh(self._tell_of_keys, self.key_problems)
        if self.session.is_kept_from_writing:
            self.call_after_refresh(self.speak, say(self.session.read_only_error.message))
        self.call_after_refresh(self._warn_of_place)
        if self.session.unstored:
            # It was typed and not stored when the program ended before its time.
            left = next(iter(self.session.unstored.values()))
            self.call_after_refresh(self.speak, left.told, is_problem=True)
        if self._told:
            self.call_after_refresh(self.speak, self._told, stays=True)
        if self._first_command:
            self.call_after_refresh(self._do_first)
        if self._shows_tour:
            self.call_after_refresh(self.action_tour)
        if self._asks_for_plan:
            self.call_after_refresh(self.action_choose_plan)

    async def _do_first(self) -> None:
        from kvaltui.tui.palette_entries import run_command

        await run_command(self, self._first_command)

    def on_ready(self) -> None:
        """The first screen shows: what it could do without is read now."""
        self.call_after_refresh(self._read_rest)
        super().on_ready()

    def _read_rest(self) -> None:
        with self.complaints():
            self.session.read_rest()

    def _follow(self) -> None:
        """Take in what others have written. Where somebody holds the database, it is asked again the next time."""
        with self.complaints(), suppress(DatabaseHeld, DatabaseBusy):
            self.session.refresh_if_changed()
            self._look_after_backups()

    def _look_after_backups(self) -> None:
        """Let the overview show what is wrong with the backups, and say it once a day, when nobody is typing."""
        watch = self.session.backups
        if watch.look(self.session.content.position):
            self.listeners.tell(Changes())
        if not watch.has_news:
            return  # to ask whether somebody types goes through all widgets, and this is asked twice a second
        screen = next(reversed(self.screen_stack), None)  # none any more, when the program is just ending
        is_busy = not isinstance(screen, PlanScreen) or screen.is_typing
        is_quiet = not is_busy and time.monotonic() - self._last_key > QUIET_SECONDS
        if is_quiet and (told := watch.to_be_told()):
            self.speak(told, is_problem=True, stays=True)

    def _tell_of_restoring(self, source: str) -> None:
        told = (
            _("The database has been restored from {file}: what is shown comes from there.", file=clean(source))
            if source
            else _("The database is another than before: what is shown comes from there.")
        )
        self.call_after_refresh(self.speak, told, is_problem=True, stays=True)

    # What is half typed

    def settle(self) -> None:
        before = len(self.session.unstored)
        for _mode, screen in self.all_screens():
            if isinstance(screen, PlanScreen):
                screen.settle()
        left = list(self.session.unstored.values())[before:]
        if left:
            self.call_after_refresh(self.speak, left[0].told, is_problem=True)

    async def action_quit(self) -> None:
        from kvaltui.tui.screens.leaving import ask_before_leaving

        if ask_before_leaving(self):
            self.exit()

    def _leave(self, code: int) -> None:
        with waiting_by(not_at_all):
            self.settle()
        super()._leave(code)

    def refused_texts(self) -> Iterable[str]:
        return (each.text for each in self.session.unstored.values())

    def _note_what_is_half_typed(self) -> None:
        super()._note_what_is_half_typed()
        from kvaltui.work.kept_texts import ended_before, keep

        screens = (screen for _mode, screen in self.all_screens() if isinstance(screen, PlanScreen))
        why = ended_before()
        left = [*self.session.unstored.values(), *(each for screen in screens for each in screen.left_open(why))]
        self._is_kept = bool(left) and keep(self.session.database.place, left)

    def last_words(self) -> str:
        kept = _("It stands in its cell when you start the program again.") + "\n" if self._is_kept else ""
        return super().last_words() + kept

    async def go_to_unstored(self, left: Unstored) -> None:
        cell = left.cell
        self.choose_plan(cell.plan)
        self.session.choose_period(cell.period)
        await self.show(cell.reference)
        if isinstance(self.screen, PlanScreen):
            self.screen.open_cell(cell)

    # Screens

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (self.session.is_read_only and action in _CHANGING)

    def switch_mode(self, mode: str) -> AwaitMount:
        self.settle()
        return super().switch_mode(mode)

    def go_to(self, mode: str) -> None:
        if mode != self.current_mode:
            self._came_from = self.current_mode
        self.switch_mode(mode)

    def go_back(self) -> None:
        self.go_to(self._came_from)

    async def show(self, reference: Reference) -> None:
        mode = next((mode for mode in MODES if reference.kind in mode.shows), None)
        if mode is not None:
            await self.switch_mode(mode.name)
            if isinstance(self.screen, PlanScreen):
                self.screen.show_reference(reference)

    async def go_to_destination(self, there: Destination) -> None:
        await self.switch_mode(there.mode)
        screen = self.screen
        if isinstance(screen, PlanScreen):
            if there.narrowed is not None:
                screen.narrow_to(there.narrowed)
            if there.reference is not None:
                screen.show_reference(there.reference)

    async def show_history_of(self, reference: Reference) -> None:
        from kvaltui.tui.screens.history import HistoryScreen

        self._came_from = self.current_mode
        await self.switch_mode("history")
        if isinstance(self.screen, HistoryScreen):
            self.screen.show_history_of(reference)

    action_go = go_to

    def action_menu(self) -> None:
        """Show what can be done where a person stands."""
        from kvaltui.tui.screens.menu import open_menu

        open_menu(self)

    # Plans, periods, undo

    action_choose_screen = later("pickers:pick_screen")
    action_choose_job = later("pickers:pick_job")
    action_choose_plan = later("pickers:pick_plan")
    action_choose_period = later("pickers:pick_period")

    def action_period(self, way: int) -> None:
        periods = sorted(self.session.content.plan.periods)
        at = periods.index(self.session.period) + way if self.session.period in periods else -1
        if 0 <= at < len(periods):
            self.session.choose_period(periods[at])
        else:
            told = _("The plan has no later period") if way > 0 else _("The plan has no earlier period")
            self.speak(f"{told}. {_('{key} chooses one, or adds one.', key=self.key_of('period'))}")

    async def action_undo(self) -> None:
        from kvaltui.tui.undoing import take_back

        with self.complaints():
            await take_back(self)

    async def action_redo(self) -> None:
        from kvaltui.tui.undoing import put_back

        with self.complaints():
            await put_back(self)

    # Speaking

    def on_next_key(self) -> None:
        self._last_key = time.monotonic()
        if isinstance(self.screen, PlanScreen):
            self.screen.on_next_key()

    def _warn_of_place(self) -> None:
        """Say that the database lies where it is not safe, or is shared with those who may not use it."""
        from kvaltui.store import network_drive, sharing

        path, rule = self.session.database.path, self.session.database.backups
        told = network_drive.warning(path) if path is not None else None
        if told is None and path is not None and rule is not None and self.settings.shared:
            told = sharing.warning(path, rule.folder)
        if told is not None:
            self.speak(say(told), is_problem=True)

    def _tell_of_keys(self, problems: Sequence[KvaltuiError]) -> None:
        from kvaltui.tui.terminal.keymap import tell

        told = say(tell(problems[0]))
        if len(problems) > 1:
            told = _("{problem} (and {count} more: see Settings)", problem=told, count=len(problems) - 1)
        self.speak(told, is_problem=True)

    def action_tell_how_to_quit(self) -> None:
        self.speak(_("{key} quits. Every figure is already saved.", key=self.key_of("quit")))

    # Settings

    async def use_settings(self, settings: Config) -> None:
        """As `Program.use_settings`; other screens are built anew when they are gone to."""
        from kvaltui.store.author import current_author

        self.settings = settings
        self.use_keys(settings.keys)
        self.session.author = replace(self.session.author, name=current_author(settings.user_name).name)
        if isinstance(self.driver, CalmDriver):
            self.driver.use_mouse(settings.mouse)
        for mode in MODES:
            if mode.name != self.current_mode:
                await self.remove_mode(mode.name)
                self.add_mode(mode.name, mode.make)

    # What lies over the screen

    def action_palette(self) -> None:
        from kvaltui.tui.palette import PaletteScreen
        from kvaltui.tui.palette_entries import Palette, PaletteEntry
        from kvaltui.tui.screens.menu import leave_menu

        if isinstance(self.screen, PaletteScreen):
            return
        leave_menu(self)
        palette = Palette(self)
        if not palette.at_once and isinstance(self.screen, Dialog):
            self.screen.speak(_("{key} closes this first: then every command can be found.", key=key_name("escape")))
            return

        async def run_if_chosen(entry: PaletteEntry | None) -> None:
            if entry is not None:
                await invoke(entry.run)

        self.push_screen(PaletteScreen(palette), run_if_chosen)

    def action_help(self) -> None:
        from kvaltui.tui.screens.help import open_help

        open_help(self)

    def action_guide(self) -> None:
        from kvaltui.tui.screens.help import GuideScreen, section_on

        self.push_screen(GuideScreen(section_on(self.screen)))

    def open_guide(self, section: str) -> None:
        from kvaltui.tui.screens.help import GuideScreen

        self.push_screen(GuideScreen(section))

    def action_first_minutes(self) -> None:
        from kvaltui.tui.screens.tour import TourScreen

        self.push_screen(TourScreen())

    def action_legend(self) -> None:
        from kvaltui.tui.screens.reading_screen import ReadingScreen
        from kvaltui.tui.telling.guide import legend

        self.push_screen(ReadingScreen(_("Symbols"), legend(self.paint, is_ascii=self.is_ascii)[1:]))

    def action_tour(self) -> None:
        from kvaltui.tui.screens.reading_screen import ReadingScreen
        from kvaltui.tui.telling.guide import beginning

        title = _("Welcome: six things to begin with")
        self.push_screen(ReadingScreen(title, beginning(self.key_of), is_passing=True))


def first_mode(session: PlanSession) -> str:
    """Where to begin: where figures wait for this period, otherwise at the overview.

    A coordinator comes to enter figures, and whoever comes to read them comes when they are all in.
    """
    if not _has_waiting(session):
        session.read_rest()
    return "indicators" if _has_waiting(session) else "overview"


def _has_waiting(session: PlanSession) -> bool:
    counts = session.whole.counts
    return counts.reported < counts.of
