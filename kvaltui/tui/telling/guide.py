"""What the program tells of itself: what each place is for, what can be typed there, and what the symbols mean."""

from __future__ import annotations

from collections.abc import Callable

from kvaltui.i18n import _, say
from kvaltui.model.message import Message
from kvaltui.model.status import Status
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.reading import Block, StyledPair
from kvaltui.words import capitalised, status_symbol, status_word
from kvaltui.work.reading_blocks import Heading, Pair, Prose

PURPOSES = {
    "OverviewScreen": Message(
        "The whole plan in one look: how far the goals are fulfilled, area by area, and what still waits. "
        "Enter on a row goes to what it is about."
    ),
    "AreasScreen": Message(
        "The plan as a tree, with the status of every area, goal and indicator. "
        "The line below tells why a status is what it is, and whether a person has assessed it."
    ),
    "IndicatorsScreen": Message(
        "The figures of the period are entered here: put the cursor on a row and type. "
        "Below, the program says how the figure is read and what it means for the target."
    ),
    "RisksScreen": Message(
        "The risks of the plan by how grave they are, with the level before: ↑ is better, ↓ is worse. "
        "The page of a risk has the matrix, its measures and its self-checks."
    ),
    "SelfChecksScreen": Message(
        "The self-checks, section by section. A line is where a result waits: put the cursor there and type it. "
        "What it comes to against the limit shows beside it at once."
    ),
    "MeasuresScreen": Message(
        "Everything that somebody has undertaken to do: measures and assignments, what is overdue first. "
        "Effect is how what a measure belongs to stands now, and whether that has become better."
    ),
    "EconomyScreen": Message(
        "The economy tables of the plan, with their variances and sums computed. "
        "Where what is printed differs from what is computed, the row is marked."
    ),
    "SheetScreen": Message(
        "Here the plan is built as in Excel: a row is a thing, a cell a field. Typing begins the cell where the cursor "
        "stands, Enter goes to a new row, rows copied from Excel are pasted. Esc leads back to the list."
    ),
    "HistoryScreen": Message(
        "Everything that has happened to the plan, the newest first. "
        "What was one action is one row, which Enter opens. "
        "Any of it can be taken back; taking back is itself a change that can be taken back."
    ),
    "SettingsScreen": Message(
        "The settings of the program, each explained where it stands. "
        "What you choose is shown at once and written to config.toml when you press Enter."
    ),
    "MeasuresDialog": Message(
        "The measures of what you came from: link those that there are, or add new ones. Esc goes back."
    ),
    "Picker": Message(
        "A list to choose one thing from. Typing finds a row, Enter chooses, Esc leaves everything as it was."
    ),
    "FormScreen": Message(
        "A form that is checked while you write: what is wrong stands below its field. "
        "Enter saves everything in it, Esc leaves."
    ),
    "QuestionScreen": Message(
        "A few questions, checked while you write: what is wrong stands below its field. "
        "Enter does what the heading says, Esc leaves everything as it was."
    ),
    "ConflictDialog": Message(
        "The same thing was changed on two sides: both values stand here, with who and when. "
        "Choose the one that shall hold, or write another."
    ),
    "FilterDialog": Message(
        "What the table shows: choose as many as you like, they all have to hold. The counts follow what is shown."
    ),
    "PasteDialog": Message(
        "What you have pasted, a figure to a row, and how each is read. "
        "Enter stores all of them at once, or none if one cannot be read."
    ),
    "LaterChangesDialog": Message(
        "Later changes build on the one that you take back. "
        "They are listed here, and are taken back with it if you say so."
    ),
    "Overlay": Message("Something to be done before you go on. Its keys stand below; Esc leaves everything as it was."),
    "PathDialog": Message(
        "The path of a file or a folder. Tab completes what you have typed, the arrows choose among the names below, "
        "and Enter goes into a folder or takes the file."
    ),
    "IntakeDialog": Message(
        "What a file would add and change. Enter stores all of it, or if anything is wrong nothing; Esc leaves."
    ),
    "MenuScreen": Message(
        "What can be done where you stand, each with a letter that does it. Esc or Space closes it and changes nothing."
    ),
    "PaletteScreen": Message(
        "Everything that the program can do, and every screen, plan and period. "
        "Type some letters of what you are looking for, and press Enter."
    ),
    "TourScreen": Message(
        "The first five minutes: what one does all day, tried on a row that is thrown away. Esc ends it."
    ),
    "ReadingScreen": Message("A text to read. The arrows scroll, Esc goes back."),
    "BeginScreen": Message(
        "Nothing is there yet: choose how to begin. Everything can be changed later. "
        "On the row below, anything can be tried: it is kept nowhere."
    ),
}
"""What a screen or a dialog is for, in two sentences, by the name of its class."""

_FORMS, _FILES, _TOGETHER = "Fylla i ett formulär", "Rapporter och filer", "Flera som arbetar samtidigt"
_QUALITY_WORK, _HISTORY = "Risker, egenkontroller och åtgärder", "Historik och ångra"
GUIDE_SECTIONS = {
    "OverviewScreen": "Översikt",
    "AreasScreen": "När du vet bättre än siffrorna",
    "IndicatorsScreen": "Lägga in utfall",
    "RisksScreen": _QUALITY_WORK,
    "SelfChecksScreen": _QUALITY_WORK,
    "MeasuresScreen": _QUALITY_WORK,
    "MeasuresDialog": _QUALITY_WORK,
    "EconomyScreen": _QUALITY_WORK,
    "HistoryScreen": _HISTORY,
    "LaterChangesDialog": _HISTORY,
    "SettingsScreen": "Inställningar",
    "FormScreen": _FORMS,
    "QuestionScreen": _FORMS,
    "ConflictDialog": _TOGETHER,
    "FilterDialog": "Hitta bland raderna",
    "PasteDialog": "Många siffror på en gång",
    "SheetScreen": "Bygga planen",
    "PathDialog": _FILES,
    "IntakeDialog": _FILES,
    "BeginScreen": "Första starten",
    "TourScreen": "Första starten",
}
"""The headings of the user's guide, which is in Swedish alone, that tell of a screen or a dialog."""

_TYPING = {
    "TrialRow": (
        (Message("any character"), Message("begins what is entered on the row")),
        (Message("Enter"), Message("saves, as if in a plan")),
        (Message("Ctrl+Z"), Message("takes it back")),
        (Message("Esc"), Message("drops what is typed")),
    ),
    "EntryTable": (
        (Message("any character"), Message("begins what is entered on the row; on a heading it finds a row")),
        (Message("Space"), Message("opens the menu, before anything is typed")),
        (Message("/"), Message("searches, before anything is typed")),
        (Message("Enter"), Message("saves and goes to the next row that waits")),
        (Message("Tab, down"), Message("saves and goes to the next row")),
        (Message("Shift+Tab, up"), Message("saves and goes back")),
        (Message("Esc"), Message("drops what is typed")),
    ),
    "SheetView": (
        (Message("any character"), Message("begins the cell that the cursor stands in")),
        (Message("Enter"), Message("saves and goes to the next row; in a new row to another new one")),
        (Message("Tab, Shift+Tab"), Message("saves and goes to the next cell, or the one before")),
        (Message("Up, down"), Message("saves and goes to another row; in a list of words marks another")),
        (Message("Esc"), Message("drops what is typed")),
    ),
    "FormView": (
        (Message("Enter"), Message("saves everything in the form")),
        (Message("Tab, down"), Message("the next field")),
        (Message("Shift+Tab, up"), Message("the field before")),
        (Message("Letters, Space"), Message("opens a list: type the word, Enter takes the marked one")),
        (Message("Ctrl+Z"), Message("puts back what stood in the field")),
        (Message("Ctrl+N"), Message("a new line in a longer text")),
        (Message("Esc"), Message("leaves without saving")),
    ),
}
"""Keys that are no commands, since they write, by the class of the widget that they write in."""

_FIGURES = (
    ("86   25,06   1 473 495   −3 420", Message("a number; comma or point, spaces between thousands")),
    ("86 %   12 dagar", Message("a number with its unit")),
    ("72–100 %   72 till 100", Message("an interval")),
    (">98 %   minst 98   <5   högst 14", Message("more or less than")),
    ("271 av 705   38 % (271/705)", Message("a ratio, with or without its value")),
    ("~98   ca 98   bedömd till 98 %", Message("an estimate")),
    ("BOU 121; VUX 49; LSS 130", Message("the named parts, all at once")),
    ("79 % resp 84 %", Message("two parts, in their order")),
    ("25,06 % (2016)   1 (Malmslätt)", Message("a figure with a note")),
    ("ja   delvis   nej", Message("an answer")),
    ("-   ej mätt   uppgift saknas", Message("why there is no figure")),
)
"""How an outcome can be written (docs/rules.md): examples, which are data, and what they are."""


def beginning(key: Callable[[str], str]) -> tuple[Block, ...]:
    """The six things that a beginner needs. `key` gives the key that a command has now."""
    save = _("Put the cursor on a row and type the figure. Enter saves it and goes to the next one that waits.")
    see = _("While you type, the line below says how the figure is read and what it means for the target.")
    undo = _("Nothing is lost: {undo} takes the latest change back, and the history any other.", undo=key("undo"))
    go = _(
        "{menu} shows what can be done here, each with its letter. {go} and a letter goes to another screen; "
        "{palette} finds everything by name.",
        menu=key("menu"),
        go=key("go"),
        palette=key("palette"),
    )
    period = _(
        "{period} chooses the period; {earlier} and {later} go to the one before and after.",
        period=key("period"),
        earlier=key("earlier_period"),
        later=key("later_period"),
    )
    leave = _(
        "{help} explains where you are, {quit} quits. There is no save button: every figure is saved at once.",
        help=key("help"),
        quit=key("quit"),
    )
    things = (
        (_("Type"), save),
        (_("See"), see),
        (_("Undo"), undo),
        (_("Menu"), go),
        (_("Period"), period),
        (_("Help"), leave),
    )
    blocks: list[Block] = []
    for name, told in things:
        blocks += [Prose(""), Pair(name, told)] if blocks else [Pair(name, told)]
    return tuple(blocks)


def typing_keys(names: tuple[str, ...]) -> tuple[Block, ...]:
    """What the keys do while one is typing in a widget, given the names of its classes; nothing where there is none."""
    known = next((_TYPING[name] for name in names if name in _TYPING), ())
    if not known:
        return ()
    return Heading(_("While you type")), *(Pair(say(key), say(text)) for key, text in known)


def figures() -> tuple[Block, ...]:
    """How a figure can be written."""
    return (
        Heading(_("How a figure can be written")),
        *(Pair(example, say(text)) for example, text in _FIGURES),
        Prose(_("The unit may be left out. What cannot be read is refused with the reason, and nothing is stored.")),
    )


def legend(paint: Paint, *, is_ascii: bool) -> tuple[Block, ...]:
    """What the symbols mean."""
    warning = paint.warning
    statuses = (
        StyledPair(status_symbol(each, ascii=is_ascii), capitalised(status_word(each)), style=paint.status(each))
        for each in Status
    )
    return (
        Heading(_("Symbols")),
        *statuses,
        StyledPair("!", _("The figure looks doubtful: it is stored, and the panel says why"), style=warning),
        StyledPair(
            _("! Conflict"),
            _("Two people have entered different values: “Decide a conflict” in the menu shows both"),
            style=warning,
        ),
        StyledPair("*", _("A person has assessed it; the computed status stands below"), style=paint.text),
        StyledPair("~", _("The figure is estimated"), style=paint.text),
        StyledPair("…", _("The text continues; the panel shows all of it"), style=paint.text),
    )
