"""Changes of the plan in rows: when, who, what, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip

from kvaltui.i18n import _, is_ahead, say, told_moment
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.store.criteria import EVERYTHING, Criteria
from kvaltui.store.errors import DatabaseError
from kvaltui.store.history import Revision
from kvaltui.store.patience import DatabaseHeld
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import MARKER, Piece, left, width_of
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.history_words import change_in_words, changed_thing, text_of
from kvaltui.work.session import PlanSession

PAGE = 200
"""How many changes are read at a time; more are read as the cursor comes near the last."""
_TIME, _WHO = 17, 16
_LEAST_NAME = 16


class HistoryList(LineView[Revision]):
    """Changes in rows, the newest first, all of them or those that are asked for."""

    HEAD: ClassVar[int] = 1
    BINDINGS = bindings.HISTORY_LIST

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._rows: list[Revision] = []
        self._is_complete = False
        self.about: Reference | None = None
        self.only = EVERYTHING
        self._problem: DatabaseError | None = None
        self._is_read = False
        with suppress(DatabaseHeld):
            self._read()

    def on_mount(self) -> None:
        self.read_what_is_missing()

    def read_what_is_missing(self) -> None:
        """Read the changes if that has failed before."""
        if not self._is_read:
            self.read_anew()

    @property
    def is_narrowed(self) -> bool:
        """Whether only some of the changes show."""
        return self.about is not None or self.only != EVERYTHING

    def narrow(self, about: Reference | None, only: Criteria) -> None:
        """Show the changes of one thing (None: of all), and of those only the ones that meet the criteria."""
        self.about, self.only = about, only
        self._rows, self.cursor, self.top = [], 0, 0
        self.here = None
        self.read_anew()

    def read_anew(self) -> None:
        """Read the newest changes, and keep the cursor on the one that it stands on; as soon as the database is free.

        What cannot be read says why, and what was read before stays.
        """
        self.when_free(self._read)

    def _read(self) -> None:
        here, offset = self.row, self.cursor - self.top
        wanted = max(PAGE, len(self._rows))
        try:
            self._rows = list(self._session.history(limit=wanted, about=self.about, only=self.only))
        except DatabaseError as error:
            self._problem = error
            if self.is_mounted:
                self.redraw()
            return
        self._problem, self._is_read = None, True
        self._is_complete = len(self._rows) < wanted
        if self.is_mounted:
            # Whoever stands at the top wants to see the newest.
            self.stand_on(self.place_of(here.id) if here is not None and self.cursor else None, offset)

    def move_to(self, row: int) -> None:
        if row >= len(self._rows) - 1 and not self._is_complete:
            offset = len(self._rows)
            more = self._session.history(limit=PAGE, offset=offset, about=self.about, only=self.only)
            # What a colleague has just written has moved the others down: some come a second time.
            known = {each.id for each in self._rows}
            self._rows += (each for each in more if each.id not in known)
            self._is_complete = len(more) < PAGE
        super().move_to(row)

    def thing_of(self, row: Revision) -> str:
        return row.id

    def text_at(self, row: int) -> str:
        return text_of(self._session.content, self._rows[row])

    def names(self) -> Iterable[str]:
        return (changed_thing(self._session.content, each.reference) for each in self._rows)

    def headings(self, width: int) -> str:
        return " " * MARKER + left(_("When"), _TIME) + left(_("Who"), _WHO) + _("What")

    def nothing(self) -> str:
        if self._problem is not None:
            return say(self._problem.message)
        if not self._is_read:
            return ""
        return _("Nothing that has happened matches.") if self.is_narrowed else _("Nothing has happened yet.")

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        pieces = revision_pieces(self._session.content, self._rows[row], self.paint, width - MARKER, self.short)
        if is_here:
            pieces[0] = (pieces[0][0], self.paint.selected)
        return self.line([(self.marker(is_here=is_here), self.paint.accent), *pieces], width)


def revision_pieces(
    content: PlanContent, revision: Revision, paint: Paint, width: int, short: Callable[[str, int], str]
) -> list[Piece]:
    """A change in one line of a width; `short` shortens the name of what was changed."""
    text: Style = paint.muted if revision.is_undone else paint.text
    who = left(clean(revision.author.shown_name), _WHO - 1) + " "
    what = change_in_words(content, revision)
    doubts = [
        *([_("taken back")] if revision.is_undone else []),
        *([_("cannot be proved")] if revision.unproved is not None else []),
        *([_("the clock is ahead")] if is_ahead(revision.at) else []),
    ]
    if doubts:
        what = f"{what} ({', '.join(doubts)})"
    room = max(0, width - _TIME - _WHO)
    least = min(_LEAST_NAME, room // 2)
    shown = short(changed_thing(content, revision.reference), max(least, room - width_of(what) - 2))
    when = told_moment(revision.at)
    return [(left(when, _TIME - 1), paint.muted), (f" {who}", paint.muted), (f"{shown}  ", text), (what, text)]
