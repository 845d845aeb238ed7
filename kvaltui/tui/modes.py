"""The screens of a plan: their names, their keys, and what has its place on them.

How to add a screen
-------------------
1. Write `screens/<name>.py` (with `<name>.tcss` beside it if it needs any): a subclass of `PlanScreen` with a `MODE`,
   the ids of its footer's `KEYS`, `compose_body` and `take_in(changes)`. Every text goes through `_()`, every text from
   data through `clean()` and into pieces or `Content`, never into markup.
2. Add a line to `MODES` below: its mode, its name, its letter in the menu “Go to”, its class. It then has a tab, and a
   place in that menu and in the palette. The module is imported when the screen is first shown.
3. Lists are subclasses of `LineView` (a cursor over rows that are drawn), headings and facts of `Lines`; `Panel` holds
   paragraphs. Dialogs are `ModalScreen[Result]`; `Picker` is one for choosing among things.
4. Change things by `self.session.record(...)` and say so with `speak_of_saving`; every screen then hears what has
   changed in its `take_in`, also when somebody else has changed it.
5. Its bindings stand in `terminal/bindings.py`, and its place with them. Each has an id, so that it can be changed
   under `[keys]` in config.toml; a key of its own for the screen is one of `PROGRAM`. No key of a command types a
   character: what is typed is always text. A command has a letter in the menu that Space opens (its key is then
   `space_<letter>`, the same letter for the same id on every screen), a key that types nothing, or both.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from textual.screen import Screen

from kvaltui.i18n import N_
from kvaltui.model.entity import Kind
from kvaltui.tui.program import PlanMode


def _screen(named: str) -> Callable[[], Screen[None]]:
    """What makes a screen of `screens/`, which is imported when it is first gone to."""

    def make() -> Screen[None]:
        module, _colon, name = named.partition(":")
        screen: Screen[None] = getattr(import_module(f"kvaltui.tui.screens.{module}"), name)()
        return screen

    return make


MODES = (
    PlanMode("overview", N_("Overview"), "o", _screen("overview:OverviewScreen"), (Kind.PLAN,)),
    PlanMode("areas", N_("Areas"), "m", _screen("areas:AreasScreen"), (Kind.GOAL,)),
    PlanMode("indicators", N_("Indicators"), "i", _screen("indicators:IndicatorsScreen"), (Kind.INDICATOR, Kind.AREA)),
    PlanMode("risks", N_("Risks"), "r", _screen("risks:RisksScreen"), (Kind.RISK,)),
    PlanMode(
        "self_checks",
        N_("Self-checks"),
        "e",
        _screen("self_checks:SelfChecksScreen"),
        (Kind.SELF_CHECK, Kind.RESULT),
    ),
    PlanMode("measures", N_("Measures"), "a", _screen("measures:MeasuresScreen"), (Kind.MEASURE, Kind.ASSIGNMENT)),
    PlanMode("economy", N_("Economy"), "k", _screen("economy:EconomyScreen"), (Kind.ECONOMY_TABLE, Kind.ECONOMY_ROW)),
    PlanMode("history", N_("History"), "h", _screen("history:HistoryScreen")),
    PlanMode("settings", N_("Settings"), "s", _screen("settings:SettingsScreen")),
)
"""The screens of a plan, in the order of their tabs."""
