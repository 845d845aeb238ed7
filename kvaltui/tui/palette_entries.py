"""Everything that the palette finds: commands, screens, periods, plans, choices of lists, settings, things of the plan.

What can be done where a person stands is there at once. The rest is gathered when something is first looked for, and
compared after that: a plan may have thousands of things.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.app import App
from textual.binding import ActiveBinding
from textual.screen import Screen

from kvaltui.i18n import N_, _, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.value import dataclass
from kvaltui.tui.copying import copies_on
from kvaltui.tui.offers import Offer
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.synonyms import SYNONYMS
from kvaltui.tui.terminal.bindings import PLAN_SCREEN
from kvaltui.tui.terminal.keymap import MOVEMENT, bound, commands_on
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.words import capitalised, word
from kvaltui.work.name_search import Findable, Likeness, words_of

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

_RARE = frozenset({"repaint", "interrupt"})
_NOTHING_TO_SEE = frozenset({"repaint", "quit", "menu"}) | MOVEMENT
"""The commands of which nothing is told where nothing else follows."""
_NEEDS_WRITING = frozenset({"undo", "redo", "conflicts"})
"""The commands of every screen that change the plan; those of one screen are in its `CHANGING`."""
_ABOUT_A_ROW = frozenset(
    {
        *("edit", "edit_whole", "note", "assess", "withdraw", "measures_of_row", "link", "set_target", "place"),
        *("take_back", "retire", "row_history", "explain", "complete", "move_up", "move_down"),
        "choose",
    }
)
"""The commands about what the cursor stands on; where it stands on nothing of the sort they do nothing."""
_BY_NAME = frozenset({Likeness.SAME, Likeness.WORDS, Likeness.BEGINS})
_THINGS = (
    *(Kind.AREA, Kind.GOAL, Kind.INDICATOR, Kind.RISK, Kind.SELF_CHECK, Kind.MEASURE, Kind.ASSIGNMENT),
    *(Kind.ECONOMY_TABLE, Kind.ECONOMY_ROW, Kind.QUALITY_FACTOR),
)
_HELP = (
    (N_("The first five minutes"), "action_first_minutes"),
    (N_("The six things to begin with"), "action_tour"),
    (N_("What the symbols mean"), "action_legend"),
    (N_("The user's guide"), "action_guide"),
    (N_("Screenshot: save what shows as a picture …"), "save_picture"),
)
_GUIDE_ON = (
    (N_("Restore a backup: how it is done"), "Rapporter och filer"),
    (N_("If something goes wrong"), "Om något går fel"),
)
"""What the guide alone tells of, and its headings, which are in Swedish."""


class EntryKind(IntEnum):
    """What an entry is, in the order in which those stand that fit what is sought equally well."""

    HERE = 0
    SCREEN = 1
    JOB = 2
    CHOICE = 3
    HELP = 4
    ELSEWHERE = 5
    THING = 6
    SETTING = 7


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """Something that can be done: its name, what it belongs to, the doing, and its key as it stands on the keyboard.

    `also` is what finds it besides: each of its other names, its key in the plan, and other words for it.
    """

    name: str
    group: str
    run: Callable[[], Awaitable[object] | object]
    kind: EntryKind
    key: str = ""
    also: tuple[str, ...] = ()


class Palette:
    """What can be found from where a person stands: `at_once` before anything is sought, and `found` by what is."""

    def __init__(self, app: Program) -> None:
        self._app = app
        self._screen = app.screen
        self.at_once = tuple(entries_here(app))
        self._ready: list[tuple[Findable, PaletteEntry]] = []

    @property
    def _all(self) -> list[tuple[Findable, PaletteEntry]]:
        if not self._ready:
            entries = (*self.at_once, *_beyond(self._app, self._screen))
            self._ready = [(Findable.of(each.name, *each.also, each.group), each) for each in entries]
        return self._ready

    def found(self, typed: str) -> list[PaletteEntry]:
        """What has all the words that are typed: commands of the place first, then what is called just so."""
        words = words_of(typed)
        found: list[tuple[tuple[bool, int, EntryKind], PaletteEntry]] = []
        for findable, entry in self._all:
            likely = findable.likely(words)
            if likely is not None:
                is_of_place = entry.kind is EntryKind.HERE and likely.likeness in _BY_NAME
                found.append(((not is_of_place, likely.order, entry.kind), entry))
        return [entry for _order, entry in sorted(found, key=lambda each: each[0])]


def entries_here(app: Program) -> Iterator[PaletteEntry]:
    """What can be done at once: the commands that work here and, but in a dialog, the ways to everything else."""
    yield from _commands_here(app)
    screen = app.screen
    if isinstance(screen, PlanScreen):
        yield from _copies(app, screen)
        yield from _screens(app)
        yield from _periods(app)
        yield from _plans(app)
        yield from _jobs(app)
        yield from _help(app)
        yield from _elsewhere(app, screen)


def entries_of(app: Program) -> Sequence[PaletteEntry]:
    """Everything that can be done from where a person stands; in a dialog, what the dialog can do."""
    return [*entries_here(app), *_beyond(app, app.screen)]


def _beyond(app: Program, screen: Screen[object]) -> Iterator[PaletteEntry]:
    """What is found when something is looked for: choices of lists, settings, the things of the plan."""
    if isinstance(screen, PlanScreen):
        yield from _offers(app)
        yield from _exports(app)
        yield from _beginnings(app)
        yield from _things(app)
        yield from _settings(app)


# Where a person stands


def _bound(app: Program) -> dict[str, ActiveBinding]:
    """The commands that work here, each by the first of its keys."""
    found: dict[str, ActiveBinding] = {}
    for each in app.screen.active_bindings.values():
        if each.binding.id and each.binding.description:
            found.setdefault(each.binding.id, each)
    return found


def _commands_here(app: Program) -> Iterator[PaletteEntry]:
    """The commands of the screen, those of the whole program, and the movements; screens have entries of their own."""
    modes = {mode.name for mode in app.modes}
    found = [(id_, each) for id_, each in _bound(app).items() if id_ not in modes and id_ != "palette"]
    told: set[str] = set()

    def place(named: tuple[str, ActiveBinding]) -> tuple[int, bool, bool]:
        id_, each = named
        return _commonness(id_), isinstance(each.node, App), not each.binding.show

    for id_, each in sorted(found, key=place):
        name = translated(each.binding.description)
        is_refused = app.session.is_read_only and (id_ in _NEEDS_WRITING or id_ in _changing(app.screen))
        if name not in told and not is_refused:
            told.add(name)
            group = _("Everywhere") if isinstance(each.node, App) else _("Here")
            run = partial(run_command, app, id_)
            yield PaletteEntry(
                name, group, run, EntryKind.HERE, key_name(each.binding.key), _also(id_, each.binding.description)
            )


def _also(named: str, *more: str) -> tuple[str, ...]:
    """What else finds something: what it is called in English, and the other words for it."""
    return *more, SYNONYMS.get(named, "")


def _commonness(command: str) -> int:
    """0 for what one comes to the palette for, more for what one hardly looks for there."""
    return 2 if command in _RARE else 1 if command in MOVEMENT else 0


def _changing(screen: object) -> frozenset[str]:
    """The actions of a screen that change the plan."""
    return screen.CHANGING if isinstance(screen, PlanScreen) else frozenset()


async def run_command(app: Program, command: str) -> None:
    """Do what a command does where a person stands; say so where it does nothing there."""
    found = _bound(app).get(command)
    if found is None:
        app.speak(_("That cannot be done here now"), is_problem=True)
        return
    before = _state(app)
    await app.run_action(found.binding.action, found.node)
    is_silent = app.speaker is None or app.speaker.speech is None or not app.speaker.speech.text
    if command not in _NOTHING_TO_SEE and is_silent and _state(app) == before:
        label = translated(found.binding.description)
        if command in _ABOUT_A_ROW:
            told = _("Put the cursor on the row that it is about first: {command}", command=label)
        else:
            told = _("There is nothing to do for it here now: {command}", command=label)
        app.speak(told, is_problem=True)


def _state(app: Program) -> object:
    """What is different where a command has done something: what shows, where the next key lands, what is chosen."""
    session, focused = app.session, app.focused
    shown = (focused.top, focused.row_count(), focused.sought) if isinstance(focused, LineView) else ()
    return app.screen, focused, shown, app.cursor_position, session.key, session.period, session.content.position


# Ways to everything else


def _copies(app: Program, screen: PlanScreen) -> Iterator[PaletteEntry]:
    for copy in copies_on(screen):
        run, key = partial(copy.do, app, screen), f"{app.key_of('copy')} {copy.letter}"
        yield PaletteEntry(copy.label, _("Copy"), run, EntryKind.CHOICE, key, _also("copy", copy.title))


def _screens(app: Program) -> Iterator[PaletteEntry]:
    keys_here = _bound(app)
    for mode in app.modes:
        keys = [key_name(keys_here[mode.name].binding.key)] if mode.name in keys_here else []
        if "go" in keys_here:
            keys.append(f"{key_name(keys_here['go'].binding.key)} {mode.letter}")
        go, also = partial(app.go_to, mode.name), _also(mode.name, mode.title)
        yield PaletteEntry(mode.label, _("Screen"), go, EntryKind.SCREEN, ", ".join(keys), also)


def _periods(app: Program) -> Iterator[PaletteEntry]:
    for period in sorted(app.session.content.plan.periods, reverse=True):
        choose = partial(app.session.choose_period, period)
        yield PaletteEntry(say(period), _("Period"), choose, EntryKind.CHOICE, also=(str(period),))


def _plans(app: Program) -> Iterator[PaletteEntry]:
    for plan in app.session.plans():
        also, choose = (plan.key, plan.organisation), partial(app.choose_plan, plan.key)
        yield PaletteEntry(clean(plan.title), _("Plan"), choose, EntryKind.CHOICE, also=also)


def _jobs(app: Program) -> Iterator[PaletteEntry]:
    keys_here = _bound(app)
    for job in app.jobs:
        if not (job.changes and app.session.is_read_only):
            key = f"{key_name(keys_here['jobs'].binding.key)} {job.letter}" if "jobs" in keys_here else ""
            begin, also = partial(job.begin, app), _also(job.title, job.title)
            yield PaletteEntry(job.label, _("Files, periods, plans"), begin, EntryKind.JOB, key, also)


def _help(app: Program) -> Iterator[PaletteEntry]:
    for name, method in _HELP:
        run = cast("Callable[[], object]", getattr(app, method))
        yield PaletteEntry(translated(name), _("Help"), run, EntryKind.HELP, also=_also(name, name))
    for name, section in _GUIDE_ON:
        run = partial(app.open_guide, section)
        yield PaletteEntry(translated(name), _("Help"), run, EntryKind.HELP, also=_also(name, name))


def _elsewhere(app: Program, here: PlanScreen) -> Iterator[PaletteEntry]:
    """What the other screens can do that not all of them can: they are gone to first."""
    everywhere = MOVEMENT | (bound((PLAN_SCREEN,)).keys() & _bound(app).keys())
    for mode in app.modes:
        if mode.name == here.MODE:
            continue
        refused = _changing(mode.make()) if app.session.is_read_only else frozenset()
        for command in commands_on(mode.name):
            if command.id not in everywhere and command.actions.isdisjoint(refused):
                run = partial(_go_and, app, mode.name, partial(run_command, app, command.id))
                also = _also(command.id, command.text)
                yield PaletteEntry(command.label, mode.label, run, EntryKind.ELSEWHERE, command.key_names, also)


async def _go_and(app: Program, mode: str, then: Callable[[], Awaitable[object] | object]) -> None:
    """Go to a screen, and do something when it shows."""
    if app.current_mode != mode:
        app.go_to(mode)
    app.call_after_refresh(then)


# What is found when something is looked for


def _offers(app: Program) -> Iterator[PaletteEntry]:
    for mode in app.modes:
        screen = mode.make()
        for offer in screen.offers() if isinstance(screen, PlanScreen) else ():
            if not (offer.changes and app.session.is_read_only):
                run = partial(_go_and, app, mode.name, partial(_take, app, offer))
                yield PaletteEntry(offer.name, f"{offer.about} · {mode.label}", run, EntryKind.CHOICE)


def _take(app: Program, offer: Offer) -> None:
    offer.take(app.screen)


def _exports(app: Program) -> Iterator[PaletteEntry]:
    from kvaltui.tui.files import export_as
    from kvaltui.work.exporting import FORMATS

    for suffix, label in FORMATS:
        run, also = partial(export_as, app, suffix), _also(suffix, suffix, label)
        yield PaletteEntry(f"{translated(label)} ({suffix})", _("Export"), run, EntryKind.JOB, also=also)


def _beginnings(app: Program) -> Iterator[PaletteEntry]:
    from kvaltui.tui.new_plan import begin_plan, beginnings

    if not app.session.is_read_only:
        for choice in beginnings():
            run, also = partial(begin_plan, app, choice.value), (choice.value, choice.detail)
            yield PaletteEntry(clean(choice.label), _("New plan"), run, EntryKind.CHOICE, also=also)


def _things(app: Program) -> Iterator[PaletteEntry]:
    """The things that are not retired, by all names that they have and by their keys."""
    content = app.session.content
    for kind in _THINGS:
        called = capitalised(word(kind))
        for key, entity in content.entities[kind].items():
            if entity.retired:
                continue
            names = [getattr(entity, field, "") for field in ("display_name", "name", "title", "label")]
            known = [clean(each) for each in names if each] or [key]
            run = partial(_show_thing, app, Reference(kind, key))
            also = (key, *known[1:], clean(getattr(entity, "service", "")))
            yield PaletteEntry(known[0], called, run, EntryKind.THING, also=also)


async def _show_thing(app: Program, reference: Reference) -> None:
    """Go to where a thing stands; say so where it has no row."""
    if reference.kind is Kind.QUALITY_FACTOR:
        app.go_to("indicators")
        app.call_after_refresh(_show_factor, app, reference.key)
        return
    await app.show(reference)
    if isinstance(app.screen, PlanScreen) and app.screen.reference != reference:
        await app.switch_mode("areas")  # an area without indicators has its row there alone
        if isinstance(app.screen, PlanScreen):
            app.screen.show_reference(reference)


def _show_factor(app: Program, key: str) -> None:
    from kvaltui.tui.screens.indicators import IndicatorsScreen
    from kvaltui.work.selection import Selection, quality_factors

    if any(each.key == key for each in quality_factors(app.session)) and isinstance(app.screen, IndicatorsScreen):
        app.screen.narrow_to(Selection(quality_factor=key))
    else:
        app.speak(_("No indicator has that quality factor"))


def _settings(app: Program) -> Iterator[PaletteEntry]:
    from kvaltui.tui.settings_form import named_settings

    for each in named_settings():
        run = partial(_go_and, app, "settings", partial(_go_to_setting, app, each.field))
        also = _also(each.field, each.field, each.choices)
        yield PaletteEntry(each.label, _("Setting"), run, EntryKind.SETTING, also=also)


def _go_to_setting(app: Program, field: str) -> None:
    from kvaltui.tui.screens.settings import SettingsScreen

    if isinstance(app.screen, SettingsScreen):
        app.screen.view.go_to(field)
