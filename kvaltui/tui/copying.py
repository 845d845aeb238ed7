"""What is copied of a list: its row, the whole of it, or the page about the row; and what can be said of where it went.

Each has a letter after the menu's `c`, the same on every screen, and a place in the palette.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kvaltui.i18n import N_, _, translated
from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.clipboard import MOST_BYTES, Handed, Reach, hand_over
from kvaltui.tui.terminal.drawing import cut_middle, width_of
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.reading_blocks import Heading, Pair, Prose, TextBlock
from kvaltui.work.text_table import TextTable

if TYPE_CHECKING:
    from kvaltui.tui.program import Program
    from kvaltui.tui.screens.plan_screen import PlanScreen

TERMINALS: Final = ("Windows Terminal", "kitty, WezTerm, foot", "Ghostty, Alacritty", "iTerm2", "tmux")
TMUX_SETTING: Final = "set -s set-clipboard on"
"""What tmux is to be told in its settings where it keeps what is copied for itself."""
COMMAND: Final = "copy"
"""The command that asks what to copy."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Something to copy: its letter and its name, what does it, and whether there is any of it on a screen."""

    letter: str
    title: str
    do: Callable[[Program, PlanScreen], None]
    is_there: Callable[[PlanScreen], bool]

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return translated(self.title)


def ask(app: Program, screen: PlanScreen) -> None:
    """Ask what to copy of the list that a person stands in."""
    from kvaltui.tui.screens.picker import Choice, pick

    choices = [Choice(each, each.label, _detail(each, screen), key=each.letter) for each in copies_on(screen)]
    pick(app, _("Copy"), choices, lambda copy: copy.do(app, screen))


def copies_on(screen: PlanScreen) -> list[Copy]:
    """What can be copied on a screen."""
    return [each for each in COPIES if each.is_there(screen)]


def _detail(copy: Copy, screen: PlanScreen) -> str:
    view = screen.list_here
    return _rows(view.row_count()) if copy.do is _copy_table and view is not None else ""


def _rows(count: int) -> str:
    return _("1 row") if count == 1 else _("{count} rows", count=count)


def _has_row(screen: PlanScreen) -> bool:
    return screen.list_here is not None and screen.list_here.row is not None


def _has_rows(screen: PlanScreen) -> bool:
    return screen.list_here is not None and screen.list_here.row_count() > 0


def _has_page(screen: PlanScreen) -> bool:
    return _has_row(screen) and bool(screen.page_as_text())


def _copy_row(app: Program, screen: PlanScreen) -> None:
    if (view := screen.list_here) is not None:
        _send(app, screen, view.row_as_table().as_text(), _("the row"))


def _copy_table(app: Program, screen: PlanScreen) -> None:
    if (view := screen.list_here) is not None:
        table = view.as_table()
        _send(app, screen, table.as_text(), _rows(len(table.rows)))


def _copy_page(app: Program, screen: PlanScreen) -> None:
    _send(app, screen, screen.page_as_text(), _("the page"))


def _save_table(app: Program, screen: PlanScreen) -> None:
    if (view := screen.list_here) is not None:
        _ask_for_file(app, screen, view, "")


def _tell_more(app: Program, _screen: PlanScreen) -> None:
    from kvaltui.tui.screens.reading_screen import ReadingScreen

    app.push_screen(ReadingScreen(_("About the clipboard"), about_clipboard(app.handed)))


COPIES: Final = (
    Copy("r", N_("Copy the row"), _copy_row, _has_row),
    Copy("t", N_("Copy the table"), _copy_table, _has_rows),
    Copy("s", N_("Copy the page about the row"), _copy_page, _has_page),
    Copy("f", N_("Save the table as a file …"), _save_table, _has_rows),
    Copy("u", N_("About the clipboard: what to do if nothing is there"), _tell_more, lambda _screen: True),
)
"""What can be copied, in the order in which it is asked."""


# On its way


def _send(app: Program, screen: PlanScreen, text: str, what: str) -> None:
    size = len(text.encode(errors="replace"))
    if size <= MOST_BYTES:
        app.call_later(partial(_hand_over, app, text, what))
        return
    told = _(
        "Too long for the clipboard: {size} kB, and terminals take {most} kB",
        size=-(-size // 1000),
        most=MOST_BYTES // 1000,
    )
    if (view := screen.list_here) is not None and view.row_count() > 1:
        _ask_for_file(app, screen, view, told)
    else:
        app.speak(told, is_problem=True)


async def _hand_over(app: Program, text: str, what: str) -> None:
    driver = app.driver
    if driver is None:
        return
    handed = await hand_over(text, driver.write, os.environ)
    is_first, app.handed = app.handed != handed, handed
    told = told_of(handed, what)
    more = remedy(handed, app.key_of(COMMAND), app.size.width - width_of(told) - 3) if is_first else ""
    app.speak(f"{told} {more}".rstrip(), is_problem=handed.reach is Reach.NOWHERE)


def told_of(handed: Handed, what: str) -> str:
    """Where a text has gone, and no more than is known."""
    match handed.reach:
        case Reach.TMUX:
            return _("Copied in tmux and sent on: {what}.", what=what)
        case Reach.ONLY_TMUX:
            return _("Copied, but in tmux alone: {what}.", what=what)
        case Reach.BROWSER:
            return _("Sent to the browser's clipboard: {what}.", what=what)
        case Reach.NOWHERE:
            return _("This terminal has no clipboard.")
        case Reach.TERMINAL | Reach.PERHAPS_TMUX:
            return _("Sent to the clipboard: {what}.", what=what)


def remedy(handed: Handed, key: str, room: int) -> str:
    """What to do where nothing is in the clipboard, in so many cells at the most: the setting, or where it is told."""
    if handed.reach is Reach.NOWHERE:
        return _("{key} f saves it as a file.", key=key)
    told = _("Not there: {setting}", setting=handed.setting)
    return told if handed.setting and width_of(told) <= room else _("Not there: {setting}", setting=f"{key} u")


def about_clipboard(handed: Handed | None) -> Sequence[TextBlock]:
    """What there is to know of the clipboard, first of all of the one that was last sent to."""
    blocks: list[TextBlock] = []
    if handed is not None:
        blocks.append(Prose(told_of(handed, _("what you copied last"))))
    if handed is not None and handed.setting:
        blocks += [Prose(_("Put this line into ~/.tmux.conf, and start tmux anew:")), Prose(f"    {handed.setting}")]
    about: Sequence[tuple[str, str]] = (
        (TERMINALS[0], _("takes what is copied.")),
        (TERMINALS[1], _("take what is copied.")),
        (TERMINALS[2], _("take what is copied.")),
        (TERMINALS[3], _("takes it when “Applications in terminal may access clipboard” is on, in its settings.")),
        (
            _("GNOME Terminal, Linux console"),
            _("take nothing from programs: save a file, or mark text with Shift and the mouse."),
        ),
        (TERMINALS[4], _("hands it on where it runs on the same computer as the program. Over SSH it wants the line")),
        ("", TMUX_SETTING),
        (_("browser"), _("takes it over https, and from the same computer.")),
    )
    return [
        *blocks,
        Heading(_("How copying works")),
        Prose(
            _(
                "The program asks your terminal to put the text into the clipboard of the computer that you sit at, "
                "over SSH too. No terminal answers, so the program cannot know whether it did."
            )
        ),
        *(Pair(term, text) for term, text in about),
    ]


# As a file


def _ask_for_file(app: Program, screen: PlanScreen, view: LineView[Any], why: str) -> None:
    from kvaltui.exchange.table_formats import TABLE_SUFFIXES
    from kvaltui.tui.forms.fields import FormField
    from kvaltui.tui.forms.questions import Questions, ShortQuestion
    from kvaltui.work.taking_out import suggested_name, table_writer

    table: TextTable = view.as_table()
    write = table_writer(app.session, table, screen.name_of_list, partial(_tell_written, screen), app.settings.path)
    title = f"{why}. {_('Save it as a file')}" if why else _("Save the table as a file")
    endings = _(" or ").join(TABLE_SUFFIXES)
    questions = Questions(
        [FormField("file", named=N_("File"))], given={"file": suggested_name(app.session, screen.name_of_list)}
    )
    app.push_screen(ShortQuestion(f"{title} ({endings})", questions, lambda answers: write(answers["file"])))


def _tell_written(screen: PlanScreen, path: Path) -> None:
    screen.speak(cut_middle(_("Wrote {file}", file=str(path)), screen.size.width - 2))
