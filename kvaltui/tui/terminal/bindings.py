"""Every command of the program that has a key: by the screens, dialogs and widgets that have it, and where they meet.

A command is a binding with an id. Each class takes its `BINDINGS` from here, so that the user's own keys can be checked
against all of them, and the palette tell of all of them, without any of the classes. A command of a new screen or
widget is written here, and in `PLACES` where it stands (`tests/tui/test_keys.py` finds what has been forgotten); a
screen of the plan without commands of its own needs neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from textual.binding import Binding, BindingType

from kvaltui.i18n import N_
from kvaltui.model.value import dataclass

Bindings: TypeAlias = list[BindingType]

# The program

PROGRAM: Bindings = [
    Binding("space", "menu", N_("Menu"), id="menu"),
    Binding("f1", "help", N_("Help"), id="help", priority=True),
    Binding("f3", "go('overview')", N_("Overview"), show=False, id="overview"),
    Binding("f4", "go('areas')", N_("Areas"), show=False, id="areas"),
    Binding("f5", "go('indicators')", N_("Indicators"), show=False, id="indicators"),
    Binding("f6", "go('risks')", N_("Risks"), show=False, id="risks"),
    Binding("f7", "go('self_checks')", N_("Self-checks"), show=False, id="self_checks"),
    Binding("f8", "go('measures')", N_("Measures"), show=False, id="measures"),
    Binding("f9", "go('history')", N_("History"), show=False, id="history"),
    Binding("space_g", "choose_screen", N_("Go to"), id="go"),
    Binding("space_a", "choose_job", N_("Files and more"), show=False, id="jobs"),
    Binding("space_p", "choose_period", N_("Period"), id="period"),
    Binding("space_o", "choose_plan", N_("Change plan"), show=False, id="plan"),
    Binding("ctrl+left", "period(-1)", N_("Earlier period"), show=False, id="earlier_period"),
    Binding("ctrl+right", "period(1)", N_("Later period"), show=False, id="later_period"),
    Binding("ctrl+p", "palette", N_("Commands"), id="palette", priority=True),
    Binding("ctrl+z,space_u", "undo", N_("Undo"), id="undo"),
    Binding("ctrl+y", "redo", N_("Redo"), id="redo"),
]
EVERY_APP: Bindings = [
    Binding("ctrl+l", "repaint", N_("Repaint the screen"), show=False, id="repaint"),
    Binding("ctrl+q,space_q", "quit", N_("Quit"), show=False, id="quit", priority=True),
    Binding("ctrl+c", "tell_how_to_quit", N_("How to quit"), show=False, id="interrupt", system=True),
]

# Screens and dialogs

_BUILD = Binding("space_i", "build", N_("Build"), id="build")
_CHANGED = (
    Binding("f2", "edit", N_("Edit"), id="edit"),
    Binding("space_e", "edit", N_("Edit"), show=False, id="edit_whole"),
    Binding("ctrl+n,space_y", "add", N_("New"), id="add"),
)
_SHOW = Binding("space_v", "explain", N_("Show"), id="explain")
BACK: Bindings = [Binding("escape", "leave", N_("Back"), id="back")]
FIRST_START: Bindings = [Binding("f1", "help", N_("Help"), id="help", priority=True)]
BEGIN_SCREEN: Bindings = [
    Binding("space", "app.menu", N_("Menu"), id="menu"),
    Binding("tab,shift+tab", "switch", N_("Try it, or choose"), id="switch"),
    Binding("space_1", "choose_language", N_("Language"), id="language"),
    Binding("space_2", "choose_colours", N_("Colours"), id="colours"),
    Binding("space_3", "first_minutes", N_("The first five minutes"), id="first_minutes"),
    Binding("escape", "app.quit", N_("Quit"), id="back"),
]
AREAS: Bindings = [
    *_CHANGED,
    _BUILD,
    Binding("space_b", "assess", N_("Assess"), id="assess"),
    Binding("space_w", "withdraw", N_("Take the assessment back"), show=False, id="withdraw"),
    Binding("space_k", "complete", N_("Mark complete"), id="complete"),
    Binding("space_l", "place", N_("Lay under something else"), show=False, id="place"),
    Binding("ctrl+up", "shift(-1)", N_("Move up"), show=False, id="move_up"),
    Binding("ctrl+down", "shift(1)", N_("Move down"), show=False, id="move_down"),
    Binding("delete,space_d", "retire", N_("Retire or bring back"), id="retire"),
    _SHOW,
    Binding("space_t", "set_target", N_("Target"), show=False, id="set_target"),
    Binding("space_f", "filter", N_("Filter"), id="filter"),
    Binding("escape", "show_all", N_("Show all"), show=False, id="show_all"),
]
CONFLICT_DIALOG: Bindings = [
    Binding("escape", "leave", N_("Back"), id="back"),
    Binding("pagedown", "turn(1)", N_("Next conflict"), show=False, id="page_down"),
    Binding("pageup", "turn(-1)", N_("Conflict before"), show=False, id="page_up"),
]
ECONOMY: Bindings = [
    Binding("f2", "edit", N_("Edit row"), id="edit"),
    Binding("space_e", "edit", N_("Edit row"), show=False, id="edit_whole"),
    Binding("ctrl+n,space_y", "add", N_("New"), id="add"),
    Binding("delete,space_d", "retire", N_("Retire"), id="retire"),
    _BUILD,
    Binding("space_z", "bring_back", N_("Bring back a retired one"), id="bring_back"),
    _SHOW,
    Binding("ctrl+up", "move(-1)", N_("Move up"), show=False, id="move_up"),
    Binding("ctrl+down", "move(1)", N_("Move down"), show=False, id="move_down"),
]
FILTER_DIALOG: Bindings = [
    Binding("escape", "leave", N_("Back"), id="back"),
    Binding("delete", "show_all", N_("Show all"), id="ask_for_nothing"),
]
HISTORY: Bindings = [
    Binding("space_r", "take_back", N_("Take back"), id="take_back"),
    _SHOW,
    Binding("space_f", "filter", N_("Filter"), id="filter"),
    Binding("escape", "show_all", N_("Show all"), show=False, id="show_all"),
]
INDICATORS: Bindings = [
    Binding("f2", "edit", N_("Edit"), id="edit"),
    Binding("slash,ctrl+f", "search", N_("Search"), id="search"),
    Binding("space_f", "filter", N_("Filter"), id="filter"),
    Binding("space_s", "sort", N_("Sort"), id="sort"),
    Binding("space_n", "note", N_("Note"), id="note"),
    Binding("space_m", "measures", N_("Measures"), id="measures_of_row"),
    _SHOW,
    Binding("space_x", "export", N_("Export what shows"), show=False, id="export"),
    Binding("space_k", "complete", N_("Mark complete"), show=False, id="complete"),
    Binding("ctrl+n,space_y", "add", N_("New indicator"), show=False, id="add"),
    _BUILD,
    Binding("space_e", "edit_indicator", N_("Edit the indicator"), show=False, id="edit_whole"),
    Binding("space_t", "set_target", N_("Target"), show=False, id="set_target"),
    Binding("delete,space_d", "retire", N_("Retire"), show=False, id="retire"),
    Binding("escape", "show_all", N_("Show all"), show=False, id="show_all"),
]
INTAKE_DIALOG: Bindings = [
    Binding("enter", "take_in", N_("Take it in"), id="take_in"),
    Binding("escape", "leave", N_("Back"), id="back"),
]
MEASURES: Bindings = [Binding("space_s", "sort", N_("Sort"), id="sort")]
MEASURES_DIALOG: Bindings = [
    Binding("space", "app.menu", N_("Menu"), id="menu"),
    *_CHANGED,
    Binding("space_l", "link", N_("Link"), id="place"),
    Binding("delete,space_d", "retire", N_("Retire"), id="retire"),
    Binding("ctrl+z,space_u", "app.undo", N_("Undo"), show=False, id="undo"),
    Binding("ctrl+y", "app.redo", N_("Redo"), show=False, id="redo"),
    Binding("escape", "leave", N_("Back"), id="back"),
]
MENU_SCREEN: Bindings = [Binding("escape,space", "leave", N_("Back"), id="back")]
OVERVIEW: Bindings = [
    Binding("slash,ctrl+f", "find", N_("Find"), id="search"),
    Binding("tab,left,right", "switch", N_("Other list"), id="switch"),
]
PASTE_DIALOG: Bindings = [
    Binding("enter", "store", N_("Store all"), id="choose", priority=True),
    Binding("escape", "leave", N_("Drop"), id="back"),
]
SHEET_PASTE_DIALOG: Bindings = [
    Binding("enter", "store", N_("Store the rest"), id="choose", priority=True),
    Binding("escape", "leave", N_("Drop"), id="back"),
]
PLAN_SCREEN: Bindings = [
    Binding("space_c", "copy", N_("Copy …"), show=False, id="copy"),
    Binding("space_h", "show_history", N_("History of the row"), show=False, id="row_history"),
    Binding("space_j", "decide", N_("Decide a conflict"), show=False, id="conflicts"),
]
READING_SCREEN: Bindings = [Binding("escape,enter", "leave", N_("Back"), id="back")]
HELP_SCREEN: Bindings = [Binding("tab", "first_minutes", N_("The first five minutes"), id="first_minutes")]
TOUR_SCREEN: Bindings = [
    Binding("space", "app.menu", N_("Menu"), id="menu"),
    Binding("enter", "next", N_("Next step"), id="choose"),
    Binding("escape", "leave", N_("Leave the tour"), id="back"),
]
RISKS: Bindings = [Binding("space_m", "measures", N_("Measures"), id="measures_of_row")]
SELF_CHECKS: Bindings = [
    Binding("space_m", "measures", N_("Measures"), id="measures_of_row"),
    Binding("ctrl+up", "move(-1)", N_("Move up"), show=False, id="move_up"),
    Binding("ctrl+down", "move(1)", N_("Move down"), show=False, id="move_down"),
]
SHEET_SCREEN: Bindings = [
    Binding("delete,space_d", "retire", N_("Retire"), id="retire"),
    Binding("space_e", "edit_whole", N_("All fields"), show=False, id="edit_whole"),
    Binding("escape", "leave", N_("Done"), id="back"),
    Binding("space_i", "leave", N_("Done"), show=False, id="build"),
]
WORK_SCREEN: Bindings = [
    *_CHANGED,
    _BUILD,
    _SHOW,
    Binding("delete,space_d", "retire", N_("Retire or bring back"), id="retire"),
    Binding("space_f", "filter", N_("Filter"), id="filter"),
    Binding("escape", "show_all", N_("Show all"), show=False, id="show_all"),
]

# What stands on them

ENTRY_TABLE: Bindings = [
    Binding("left", "fold_to(True)", N_("Fold up"), show=False, id="fold_up"),
    Binding("right", "fold_to(False)", N_("Unfold"), show=False, id="unfold"),
]
FILTER_VIEW: Bindings = [Binding("space", "choose", N_("On or off"), show=False, id="turn")]
RISK_TABLE: Bindings = [Binding("enter", "screen.main", N_("Assess anew"), id="choose")]
LATER_LIST: Bindings = [Binding("enter", "choose", N_("Take these back too"), id="choose")]
ECONOMY_GRID: Bindings = [
    Binding("enter", "choose", N_("Edit amount"), id="choose"),
    Binding("slash,ctrl+f", "find", N_("Find"), id="search"),
    Binding("left", "column(-1)", N_("Column to the left"), show=False, id="column_left"),
    Binding("right", "column(1)", N_("Column to the right"), show=False, id="column_right"),
]
HISTORY_LIST: Bindings = [
    Binding("slash,ctrl+f", "find", N_("Find"), id="search"),
    Binding("left", "fold_to(True)", N_("Fold up"), show=False, id="fold_up"),
    Binding("right", "fold_to(False)", N_("Unfold"), show=False, id="unfold"),
]
LINE_VIEW: Bindings = [
    Binding("down", "move(1)", N_("Down"), show=False, id="down"),
    Binding("up", "move(-1)", N_("Up"), show=False, id="up"),
    Binding("pagedown", "page(1)", N_("Page down"), show=False, id="page_down"),
    Binding("pageup", "page(-1)", N_("Page up"), show=False, id="page_up"),
    Binding("home", "first", N_("First row"), show=False, id="first"),
    Binding("end", "last", N_("Last row"), show=False, id="last"),
    Binding("enter", "choose", N_("Open"), show=False, id="choose"),
]
MEASURE_TABLE: Bindings = [Binding("enter", "screen.main", N_("Status"), id="choose")]
PLAN_TREE: Bindings = [
    Binding("slash,ctrl+f", "find", N_("Find"), id="search"),
    Binding("left", "fold_to(True)", N_("Fold up"), show=False, id="fold_up"),
    Binding("right", "fold_to(False)", N_("Unfold"), show=False, id="unfold"),
]
READING: Bindings = [
    Binding("down", "scroll_by(1)", N_("Down"), show=False, id="down"),
    Binding("up", "scroll_by(-1)", N_("Up"), show=False, id="up"),
    Binding("pagedown,space", "page(1)", N_("Page down"), show=False, id="page_down"),
    Binding("pageup", "page(-1)", N_("Page up"), show=False, id="page_up"),
    Binding("home", "to(0)", N_("First row"), show=False, id="first"),
    Binding("end", "to(-1)", N_("Last row"), show=False, id="last"),
]
TRIAL_ROW: Bindings = [
    Binding("ctrl+z,space_u", "undo", N_("Undo"), id="undo"),
    Binding("space_v", "explain", N_("Show"), id="explain"),
]
SELF_CHECK_TABLE: Bindings = [Binding("enter", "screen.main", N_("Record result"), id="choose")]
SHEET_VIEW: Bindings = [
    Binding("enter", "choose", N_("Next row"), id="choose"),
    Binding("tab", "next_cell(1)", N_("Next cell"), id="next_cell"),
    Binding("shift+tab", "next_cell(-1)", N_("Cell before"), show=False, id="previous_cell"),
    Binding("ctrl+d", "copy_down", N_("As above"), id="copy_down"),
    Binding("f2", "edit_cell", N_("Edit"), id="edit"),
    Binding("backspace", "empty_cell", N_("Empty the cell"), show=False, id="empty_cell"),
    Binding("left", "column(-1)", N_("Column to the left"), show=False, id="column_left"),
    Binding("right", "column(1)", N_("Column to the right"), show=False, id="column_right"),
    Binding("ctrl+up,alt+up", "shift(-1)", N_("Move up"), show=False, id="move_up"),
    Binding("ctrl+down,alt+down", "shift(1)", N_("Move down"), show=False, id="move_down"),
    Binding("slash,ctrl+f", "find", N_("Find"), id="search"),
]
WORK_TABLE: Bindings = [Binding("slash,ctrl+f", "search", N_("Search"), id="search")]


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where a person can be: the bindings of a screen or dialog, and of each thing on it that can have the focus.

    Each is given by its class and those that it is made from, the nearest first. Over a dialog the commands of the
    whole program do not work, but for those that always do.
    """

    own: tuple[Bindings, ...]
    inside: tuple[tuple[Bindings, ...], ...] = ()
    is_dialog: bool = True


def _screen(*own: Bindings, of: tuple[Bindings, ...] = ()) -> KeyPlace:
    """A screen of the plan with lists on it, which are `of` more than plain lines."""
    return KeyPlace((*own, PLAN_SCREEN), ((*of, LINE_VIEW),), is_dialog=False)


_IN_A_LIST = ((LINE_VIEW,),)
PLACES: Mapping[str, KeyPlace] = {
    "areas": _screen(AREAS, of=(PLAN_TREE,)),
    "DoubtsBeforeComplete": KeyPlace((BACK,), _IN_A_LIST),
    "ConflictDialog": KeyPlace((CONFLICT_DIALOG,)),
    "economy": _screen(ECONOMY, of=(ECONOMY_GRID,)),
    "FilterDialog": KeyPlace((FILTER_DIALOG,), ((FILTER_VIEW, LINE_VIEW),)),
    "history": _screen(HISTORY, of=(HISTORY_LIST,)),
    "indicators": _screen(INDICATORS, of=(ENTRY_TABLE,)),
    "IntakeDialog": KeyPlace((INTAKE_DIALOG,), ((READING,),)),
    "measures": _screen(MEASURES, WORK_SCREEN, of=(MEASURE_TABLE, WORK_TABLE)),
    "MeasuresDialog": KeyPlace((MEASURES_DIALOG,), ((MEASURE_TABLE, WORK_TABLE, LINE_VIEW),)),
    "ReadingScreen": KeyPlace((READING_SCREEN,), ((READING,),)),
    "MenuScreen": KeyPlace((MENU_SCREEN,)),
    "overview": _screen(OVERVIEW),
    "PaletteScreen": KeyPlace((BACK,), _IN_A_LIST),
    "PasteDialog": KeyPlace((PASTE_DIALOG,), _IN_A_LIST),
    "PathDialog": KeyPlace((BACK,)),
    "Picker": KeyPlace((BACK,), _IN_A_LIST),
    "risks": _screen(RISKS, WORK_SCREEN, of=(RISK_TABLE, WORK_TABLE)),
    "self_checks": _screen(SELF_CHECKS, WORK_SCREEN, of=(SELF_CHECK_TABLE, WORK_TABLE)),
    "SheetScreen": KeyPlace((SHEET_SCREEN, PLAN_SCREEN), ((SHEET_VIEW, LINE_VIEW),), is_dialog=False),
    "SheetPasteDialog": KeyPlace((SHEET_PASTE_DIALOG,), _IN_A_LIST),
    "LaterChangesDialog": KeyPlace((BACK,), ((LATER_LIST, LINE_VIEW),)),
    "BeginScreen": KeyPlace((BEGIN_SCREEN,), ((LINE_VIEW,), (TRIAL_ROW, LINE_VIEW)), is_dialog=False),
    "HelpScreen": KeyPlace((HELP_SCREEN, READING_SCREEN), ((READING,),)),
    "TourScreen": KeyPlace((TOUR_SCREEN,), ((TRIAL_ROW, LINE_VIEW),)),
}
"""The screens of the plan by their modes, and the other screens and dialogs by their classes; those that are made from
one of these have its bindings.
"""


def place_called(name: str) -> KeyPlace:
    """Where a person is on a screen or dialog of `PLACES`; a screen that does not stand there has what all have."""
    return PLACES.get(name) or _screen()
