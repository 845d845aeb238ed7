"""The screens of a plan: their names, their keys, and what has its place on them.

How to add a screen
-------------------
1. Write `screens/<name>.py` (with `<name>.tcss` beside it if it needs any): a subclass of `PlanScreen` with a `MODE`,
   the ids of its footer's `KEYS`, `compose_body` and `take_in(changes)`; of `ListScreen` (`compose_list`,
   and `page` where it is not that of the row's thing) where it is a list and a page about its row. Every text goes
   through `_()`, every text from data through `clean()` and into pieces or `Content`, never into markup.
2. Add a line to `MODES` below: its mode, its name, its letter in the menu “Go to”, its class. It then has a tab, and a
   place in that menu and in the palette. The module is imported when the screen is first shown.
3. Lists are subclasses of `LineView` (a cursor over rows that are drawn), headings and facts of `Lines`; `PageView`
   shows a page. Dialogs are `ModalScreen[Result]`; `Picker` is one for choosing among things.
4. Change things by `self.session.record(...)` and say so with `speak_of_saving`; every screen then hears what has
   changed in its `take_in`, also when somebody else has changed it.
5. Its bindings stand in `terminal/bindings.py`, and its place with them. Each has an id, so that it can be changed
   under `[keys]` in config.toml; a key of its own for the screen is one of `PROGRAM`. No key of a command types a
   character: what is typed is always text. A command has a letter in the menu that Space opens (its key is then
   `space_<letter>`, the same letter for the same id on every screen), a key that types nothing, or both.
"""

from __future__ import annotations

from kvaltui.i18n import N_
from kvaltui.model.entity import Kind
from kvaltui.tui.program import PlanMode, later

MODES = (
    PlanMode("overview", N_("Overview"), "o", later("screens.overview:OverviewScreen"), (Kind.PLAN,)),
    PlanMode("areas", N_("Areas"), "m", later("screens.areas:AreasScreen"), (Kind.GOAL,)),
    PlanMode(
        "indicators", N_("Indicators"), "i", later("screens.indicators:IndicatorsScreen"), (Kind.INDICATOR, Kind.AREA)
    ),
    PlanMode("risks", N_("Risks"), "r", later("screens.risks:RisksScreen"), (Kind.RISK,)),
    PlanMode(
        "self_checks",
        N_("Self-checks"),
        "e",
        later("screens.self_checks:SelfChecksScreen"),
        (Kind.SELF_CHECK, Kind.RESULT),
    ),
    PlanMode(
        "measures", N_("Measures"), "a", later("screens.measures:MeasuresScreen"), (Kind.MEASURE, Kind.ASSIGNMENT)
    ),
    PlanMode(
        "economy", N_("Economy"), "k", later("screens.economy:EconomyScreen"), (Kind.ECONOMY_TABLE, Kind.ECONOMY_ROW)
    ),
    PlanMode("history", N_("History"), "h", later("screens.history:HistoryScreen")),
    PlanMode("settings", N_("Settings"), "s", later("screens.settings:SettingsScreen")),
)
"""The screens of a plan, in the order of their tabs."""
