"""The command palette: everything that the program can do, every screen, period and plan, found by some letters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App
from textual.binding import ActiveBinding
from textual.strip import Strip

from kvaltui.i18n import _, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.value import dataclass
from kvaltui.tui.copying import copies_on
from kvaltui.tui.screens.picker import ListDialog
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal.drawing import Piece, left, right, width_of
from kvaltui.tui.terminal.keymap import MOVEMENT, commands_on
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.narrowed_list import NarrowedList
from kvaltui.work.name_search import best

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

_RARE = frozenset({"repaint", "interrupt"})
_LEAST_KEY = 6


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """Something that can be done: its name, what it belongs to, its key as it stands on the keyboard, and the doing."""

    name: str
    group: str
    run: Callable[[], Awaitable[object] | object]
    key: str = ""


class PaletteView(NarrowedList[PaletteEntry]):
    """What can be done, under the line in which one types what one looks for."""

    def __init__(self, entries: Sequence[PaletteEntry]) -> None:
        super().__init__(entries, partial(best, name=lambda entry: f"{entry.name} {entry.group}"))

    def draw_head(self, y: int, width: int) -> Strip:
        paint = self.paint
        if y > 0:
            return self.line((), width)
        if self._problem:
            return self.line([(" > ", paint.accent), (self._problem, paint.warning)], width)
        if not self._typed.text:
            told = _("Type what you are looking for")
            return self.line([(" > ", paint.accent), (told[:1], paint.caret), (told[1:], paint.muted)], width)
        typed = self._typed.pieces(width - 4, paint.text, paint.caret)
        return self.line([(" > ", paint.accent), *typed], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        entry, paint = self._rows[row], self.paint
        keys = min(max([_LEAST_KEY, *(width_of(each.key) for each in self._all)]), width // 4)
        groups = min(max([0, *(width_of(each.group) for each in self._all)]), width // 4)
        names = max(1, width - 6 - keys - groups)
        here: Piece = (self.marker(is_here=is_here)[:1], paint.accent)
        named = f"{left(clean(entry.name), names)}  "
        about = f"{left(entry.group, groups)}  {right(entry.key, keys)} "
        if is_here:
            return self.line([here, (named + about, paint.selected)], width)
        return self.line([here, (named, paint.text), (about, paint.muted)], width)


class PaletteScreen(ListDialog[PaletteEntry]):
    """Asks what to do. Returns the entry that was chosen."""

    CSS_PATH = "palette.tcss"

    def __init__(self, entries: Sequence[PaletteEntry]) -> None:
        super().__init__(PaletteView(entries))


def entries_of(app: Program) -> list[PaletteEntry]:
    """Everything that can be done from where a person stands; in a dialog, what the dialog can do."""
    here = list(_here(app))
    screen = app.screen
    if not isinstance(screen, PlanScreen):
        return here
    return [
        *here,
        *_copies(app, screen),
        *_screens(app),
        *_periods(app),
        *_plans(app),
        *_jobs(app),
        *_about_the_program(app),
        *_elsewhere(app, screen),
    ]


def _bound(app: Program) -> dict[str, ActiveBinding]:
    """The commands that work here, each by the first of its keys."""
    bound: dict[str, ActiveBinding] = {}
    for each in app.screen.active_bindings.values():
        if each.binding.id and each.binding.description:
            bound.setdefault(each.binding.id, each)
    return bound


def _here(app: Program) -> Iterator[PaletteEntry]:
    """The commands of the screen, those of the whole program, and the movements; screens have entries of their own."""
    modes = {mode.name for mode in app.modes}
    bound = [each for id_, each in _bound(app).items() if id_ not in modes and id_ != "palette"]
    told: set[str] = set()
    for each in sorted(bound, key=lambda each: (_commonness(each.binding.id), isinstance(each.node, App))):
        name = translated(each.binding.description)
        if name not in told:
            told.add(name)
            group = _("Everywhere") if isinstance(each.node, App) else _("Here")
            run = partial(app.run_action, each.binding.action, each.node)
            yield PaletteEntry(name, group, run, key_name(each.binding.key))


def _commonness(command: str | None) -> int:
    """0 for what one comes to the palette for, more for what one hardly looks for there."""
    return 2 if command in _RARE else 1 if command in MOVEMENT else 0


def _screens(app: Program) -> Iterator[PaletteEntry]:
    bound = _bound(app)
    for mode in app.modes:
        keys = [key_name(bound[mode.name].binding.key)] if mode.name in bound else []
        if "go" in bound:
            keys.append(f"{key_name(bound['go'].binding.key)} {mode.letter}")
        yield PaletteEntry(mode.label, _("Screen"), partial(app.go_to, mode.name), ", ".join(keys))


def _copies(app: Program, screen: PlanScreen) -> Iterator[PaletteEntry]:
    for copy in copies_on(screen):
        run = partial(copy.do, app, screen)
        yield PaletteEntry(copy.label, _("Copy"), run, f"{app.key_of('copy')} {copy.letter}")


def _periods(app: Program) -> Iterator[PaletteEntry]:
    for period in sorted(app.session.content.plan.periods, reverse=True):
        yield PaletteEntry(say(period), _("Period"), partial(app.session.choose_period, period))


def _plans(app: Program) -> Iterator[PaletteEntry]:
    for plan in app.session.plans():
        yield PaletteEntry(clean(plan.title), _("Plan"), partial(app.choose_plan, plan.key))


def _jobs(app: Program) -> Iterator[PaletteEntry]:
    bound = _bound(app)
    for job in app.jobs:
        key = f"{key_name(bound['jobs'].binding.key)} {job.letter}" if "jobs" in bound else ""
        yield PaletteEntry(job.label, _("Files, periods, plans"), partial(job.begin, app), key)


def _about_the_program(app: Program) -> Iterator[PaletteEntry]:
    group = _("Help")
    yield PaletteEntry(_("The six things to begin with"), group, app.action_tour)
    yield PaletteEntry(_("What the symbols mean"), group, app.action_legend)
    yield PaletteEntry(_("The user's guide"), group, app.action_guide)
    yield PaletteEntry(_("Screenshot: save what shows as a picture …"), group, app.save_picture)


def _elsewhere(app: Program, here: PlanScreen) -> Iterator[PaletteEntry]:
    """What the other screens can do: they are gone to first."""
    for mode in app.modes:
        if mode.name == here.MODE:
            continue
        for command in commands_on(mode.name):
            if command.id not in MOVEMENT:
                run = partial(_go_and_run, app, mode.name, command.id)
                yield PaletteEntry(command.label, mode.label, run, command.key_names)


async def _go_and_run(app: Program, mode: str, command: str) -> None:
    await app.switch_mode(mode)
    app.call_after_refresh(partial(_run_here, app, command))


async def _run_here(app: Program, command: str) -> None:
    found = _bound(app).get(command)
    if found is not None:
        await app.run_action(found.binding.action, found.node)
