"""The command palette: everything that the program can do, every screen, period and plan, found by some letters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from kvaltui.i18n import N_, _, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass
from kvaltui.tui.jobs import JOBS
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal.drawing import Piece, left, right, width_of
from kvaltui.tui.terminal.keymap import MOVEMENT, commands_on
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.terminal.patient import Patient
from kvaltui.tui.widgets.line_editor import LineEditor, text_of_key
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.name_search import best
from kvaltui.work.pasted import as_one_line

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp

_RARE = frozenset({"repaint", "interrupt"})
_LEAST_KEY = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be done: its name, what it belongs to, its key as it stands on the keyboard, and the doing."""

    name: str
    group: str
    run: Callable[[], Awaitable[object] | object]
    key: str = ""

    @property
    def sought_in(self) -> str:
        """What is searched: the name and what it belongs to."""
        return f"{self.name} {self.group}"


class PaletteView(LineView):
    """What can be done, under the line in which one types what one looks for."""

    HEAD: ClassVar[int] = 2

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._all = tuple(entries)
        self._shown = list(entries)
        self._search = LineEditor()
        self._problem = ""

    @property
    def chosen(self) -> Entry | None:
        """The entry that the cursor stands on."""
        return self._shown[self.cursor] if self._shown else None

    @property
    def shown(self) -> Sequence[Entry]:
        """The entries that match."""
        return tuple(self._shown)

    def row_count(self) -> int:
        return len(self._shown)

    def draw_head(self, y: int, width: int) -> Strip:
        paint = self.paint
        if y > 0:
            return self.line((), width)
        if self._problem:
            return self.line([(" > ", paint.accent), (self._problem, paint.warning)], width)
        if not self._search.text:
            told = _("Type what you are looking for")
            return self.line([(" > ", paint.accent), (told[:1], paint.caret), (told[1:], paint.muted)], width)
        typed = self._search.pieces(width - 4, paint.text, paint.caret)
        return self.line([(" > ", paint.accent), *typed], width)

    def draw_nothing(self, y: int, width: int) -> Strip:
        told = _("Nothing matches.") if y == 0 and not self._shown else ""
        return self.line([(" ", None), (told, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        entry, paint = self._shown[row], self.paint
        keys = min(max([_LEAST_KEY, *(width_of(each.key) for each in self._all)]), width // 4)
        groups = min(max([0, *(width_of(each.group) for each in self._all)]), width // 4)
        names = max(1, width - 6 - keys - groups)
        here: Piece = (self.marker(is_here=is_here)[:1], paint.accent)
        named = f"{left(clean(entry.name), names)}  "
        about = f"{left(entry.group, groups)}  {right(entry.key, keys)} "
        if is_here:
            return self.line([here, (named + about, paint.selected)], width)
        return self.line([here, (named, paint.text), (about, paint.muted)], width)

    def on_key(self, event: events.Key) -> None:
        if self._search.press(event.key):
            self._narrow()
        elif typed := text_of_key(event):
            self._insert(typed)
        else:
            return
        event.stop()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._insert(as_one_line(event.text))

    def _insert(self, typed: str) -> None:
        has_room = self._search.insert(typed)
        self._narrow()
        if not has_room:
            self._problem = say(self._search.no_room.message)

    def on_click(self, event: events.Click) -> None:
        super().on_click(event)
        if event.y >= self.HEAD and self.top + event.y - self.HEAD < len(self._shown) and event.chain == 1:
            self.action_choose()

    def _narrow(self) -> None:
        self._problem = ""
        self._shown = best(self._search.text, self._all, lambda entry: entry.sought_in)
        self.cursor = self.top = 0
        self.clamp()
        self.redraw()


class PaletteScreen(ModalScreen[Entry | None], Patient):
    """Asks what to do. Returns the entry that was chosen, or None when the person leaves."""

    CSS_PATH = "palette.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", N_("Back"), id="back")]

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._view = PaletteView(entries)

    def compose(self) -> ComposeResult:
        yield self._view

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """No tooltips and no toasts."""

    @on(LineView.Chosen)
    def _choose(self) -> None:
        self.dismiss(self._view.chosen)

    def action_leave(self) -> None:
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        if event.widget is self:
            self.dismiss(None)


def entries_of(app: KvaltuiApp) -> list[Entry]:
    """Everything that can be done from where a person stands; in a dialog, what the dialog can do."""
    here = list(_here(app))
    screen = app.screen
    if not isinstance(screen, PlanScreen):
        return here
    return [
        *here,
        *_screens(app),
        *_periods(app),
        *_plans(app),
        *_jobs(app),
        *_about_the_program(app),
        *_elsewhere(app, screen),
    ]


def _bound(app: KvaltuiApp) -> dict[str, ActiveBinding]:
    """The commands that work here, each by the first of its keys."""
    bound: dict[str, ActiveBinding] = {}
    for each in app.screen.active_bindings.values():
        if each.binding.id and each.binding.description:
            bound.setdefault(each.binding.id, each)
    return bound


def _here(app: KvaltuiApp) -> Iterator[Entry]:
    """The commands of the screen, those of the whole program, and the movements; screens have entries of their own."""
    modes = {mode.name for mode in app.tabs()}
    bound = [each for id_, each in _bound(app).items() if id_ not in modes and id_ != "palette"]
    told: set[str] = set()
    for each in sorted(bound, key=lambda each: (_commonness(each.binding.id), isinstance(each.node, App))):
        name = translated(each.binding.description)
        if name not in told:
            told.add(name)
            group = _("Everywhere") if isinstance(each.node, App) else _("Here")
            run = partial(app.run_action, each.binding.action, each.node)
            yield Entry(name, group, run, key_name(each.binding.key))


def _commonness(command: str | None) -> int:
    """0 for what one comes to the palette for, more for what one hardly looks for there."""
    return 2 if command in _RARE else 1 if command in MOVEMENT else 0


def _screens(app: KvaltuiApp) -> Iterator[Entry]:
    bound = _bound(app)
    for mode in app.tabs():
        keys = [key_name(bound[mode.name].binding.key)] if mode.name in bound else []
        if "go" in bound:
            keys.append(f"{key_name(bound['go'].binding.key)} {mode.letter}")
        yield Entry(mode.label, _("Screen"), partial(app.go_to, mode.name), ", ".join(keys))


def _periods(app: KvaltuiApp) -> Iterator[Entry]:
    def choose(period: Period) -> None:
        app.session.choose_period(period)

    for period in sorted(app.session.content.plan.periods, reverse=True):
        yield Entry(say(period), _("Period"), partial(choose, period))


def _plans(app: KvaltuiApp) -> Iterator[Entry]:
    for plan in app.session.plans():
        yield Entry(clean(plan.title), _("Plan"), partial(app.choose_plan, plan.key))


def _jobs(app: KvaltuiApp) -> Iterator[Entry]:
    bound = _bound(app)
    for job in JOBS:
        key = f"{key_name(bound['jobs'].binding.key)} {job.letter}" if "jobs" in bound else ""
        yield Entry(job.label, _("Files, periods, plans"), partial(job.begin, app), key)


def _about_the_program(app: KvaltuiApp) -> Iterator[Entry]:
    group = _("Help")
    yield Entry(_("The six things to begin with"), group, app.action_tour)
    yield Entry(_("What the symbols mean"), group, app.action_legend)


def _elsewhere(app: KvaltuiApp, here: PlanScreen) -> Iterator[Entry]:
    """What the other screens can do: they are gone to first."""
    for mode in app.tabs():
        if mode.name == here.MODE:
            continue
        for command in commands_on(mode.load()):
            if command.id not in MOVEMENT:
                run = partial(_go_and_run, app, mode.name, command.id)
                yield Entry(command.label, mode.label, run, command.key_names)


async def _go_and_run(app: KvaltuiApp, mode: str, command: str) -> None:
    await app.switch_mode(mode)
    app.call_after_refresh(partial(_run_here, app, command))


async def _run_here(app: KvaltuiApp, command: str) -> None:
    found = _bound(app).get(command)
    if found is not None:
        await app.run_action(found.binding.action, found.node)
