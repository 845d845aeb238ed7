"""What has happened to the plan in rows under days: when, who, what; what was one action is one row, which opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip

from kvaltui.i18n import _, clock_here, day_here, day_in_words, is_ahead, say, told_moment
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.value import dataclass
from kvaltui.store.criteria import EVERYTHING, Criteria
from kvaltui.store.errors import DatabaseError
from kvaltui.store.history import Revision
from kvaltui.store.history_actions import HistoryAction, alone
from kvaltui.store.patience import DatabaseHeld
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, Short, cut, left, width_of
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.history_words import action_line, change_in_words, changed_thing, text_of
from kvaltui.work.session import PlanSession

PAGE = 200
"""How many actions are read at a time; more are read as the cursor comes near the last."""
_EDGE, _INDENT, _TIME, _MOMENT, _WHO = 1, 2, 7, 17, 16
_WHO_FROM = 60
"""The width of the list from which it says who."""
_LEAST_NAME = 16


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A day as a heading (`action` is None), an action, or one of the changes (`part`) of one that is opened."""

    action: HistoryAction | None = None
    part: Revision | None = None
    day: str = ""

    @property
    def revision(self) -> Revision | None:
        """The change that it tells of, or that stands for all of its action."""
        return self.part or (self.action.revision if self.action is not None else None)

    @property
    def is_several(self) -> bool:
        """Whether it stands for several changes."""
        return self.part is None and self.action is not None and self.action.count > 1


class HistoryList(LineView[HistoryRow]):
    """What has happened, the newest first, all of it or what is asked for."""

    HEAD: ClassVar[int] = 1
    BINDINGS = bindings.HISTORY_LIST

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._rows: Sequence[HistoryRow] = ()
        self._actions: list[HistoryAction] = []
        self._opened: dict[tuple[str, int], Sequence[Revision]] = {}
        self._is_complete = False
        self.about: Reference | None = None
        self.only = EVERYTHING
        self._problem: DatabaseError | None = None
        self._is_read = False
        with suppress(DatabaseHeld):
            self._read()

    def on_mount(self) -> None:
        self.read_what_is_missing()

    @property
    def revision(self) -> Revision | None:
        """The change that the cursor stands on; of an action that is not opened, the one that stands for it."""
        return self.row.revision if self.row is not None else None

    # Reading

    def read_what_is_missing(self) -> None:
        """Read what has happened if that has failed before."""
        if not self._is_read:
            self.read_anew()

    @property
    def is_narrowed(self) -> bool:
        """Whether only some of what has happened shows."""
        return self.about is not None or self.only != EVERYTHING

    def narrow(self, about: Reference | None, only: Criteria) -> None:
        """Show what has happened to one thing (None: to all), and of that only what meets the criteria."""
        self.about, self.only = about, only
        self._rows, self._actions, self._opened = (), [], {}
        self.cursor = self.top = 0
        self.here = None
        self.read_anew()

    def read_anew(self) -> None:
        """Read what is newest, and keep the cursor on the row that it stands on; as soon as the database is free.

        What cannot be read says why, and what was read before stays.
        """
        self.when_free(self._read)

    def _read(self) -> None:
        here, offset = self.row, self.cursor - self.top
        wanted = max(PAGE, len(self._actions))
        try:
            actions = self._page(wanted, None)
            known = {each.key: each for each in actions}
            opened: dict[tuple[str, int], Sequence[Revision]] = {
                key: self._session.changes_in(known[key], self.only) for key in self._opened if key in known
            }
        except DatabaseError as error:
            self._problem = error
            if self.is_mounted:
                self.redraw()
            return
        self._actions, self._opened = actions, opened
        self._problem, self._is_read = None, True
        self._is_complete = len(actions) < wanted
        self._rows = self._built()
        if self.is_mounted:
            # Whoever stands at the top wants to see the newest.
            is_first = self.cursor <= self._standing(0, 1)
            place = self.place_of(self.thing_of(here)) if here is not None and not is_first else None
            if is_first:
                self.cursor = self.top = 0
            self.stand_on(place, offset if place is not None else None)

    def _page(self, limit: int, before: int | None) -> list[HistoryAction]:
        """So many actions, the newest first; of one thing each change, which is what is asked for there."""
        session = self._session
        if self.about is None:
            return list(session.history_actions(limit=limit, before=before, only=self.only))
        skipped = len(self._actions) if before is not None else 0
        found = session.history(limit=limit, offset=skipped, about=self.about, only=self.only)
        return [alone(each) for each in found]

    def move_to(self, row: int) -> None:
        if row >= len(self._rows) - 1 and not self._is_complete and self._actions:
            more = self._page(PAGE, self._actions[-1].first)
            # What a colleague has just written has moved the others down: some come a second time.
            known = {each.key for each in self._actions}
            self._actions += (each for each in more if each.key not in known)
            self._is_complete = len(more) < PAGE
            self._take_built()
        super().move_to(row)

    def _take_built(self) -> None:
        self.take_rows(self._built())

    def _built(self) -> list[HistoryRow]:
        rows: list[HistoryRow] = []
        today, heading = self._session.today, ""
        for action in self._actions:
            day = day_here(action.at)
            told = day_in_words(day, today) if day is not None else action.at
            if told != heading:
                heading = told
                rows.append(HistoryRow(day=told))
            rows.append(HistoryRow(action))
            rows += [HistoryRow(action, part) for part in self._opened.get(action.key, ())]
        return rows

    # Opening

    def action_choose(self) -> None:
        """Open what was one action, or fold it; any other row is chosen."""
        if self.row is not None and self.row.is_several:
            assert self.row.action is not None
            self.action_fold_to(self.row.action.key in self._opened)
        else:
            super().action_choose()

    def action_fold_to(self, is_folded: bool) -> None:
        """Fold the action of the cursor's row, or open it."""
        row = self.row
        if row is None or row.action is None or row.action.count == 1:
            return
        if is_folded:
            if self._opened.pop(row.action.key, None) is None:
                return
            self.move_to(self._rows.index(HistoryRow(row.action)))
        elif row.action.key not in self._opened:
            self._opened[row.action.key] = self._session.changes_in(row.action, self.only)
        self._take_built()
        if not is_folded:
            self._show_parts(len(self._opened[row.action.key]))

    def _show_parts(self, count: int) -> None:
        """Scroll so that as many of the changes below the cursor's row show as there is room for."""
        last = min(self.cursor + count, self.cursor + self.page_height - 1)
        top = max(self.top, last + 1 - self.page_height)
        if top != self.top:
            self.top = top
            self.redraw()

    # Rows

    def thing_of(self, row: HistoryRow) -> object:
        if row.part is not None:
            return row.part.id
        return row.action.key if row.action is not None else None

    def can_stand(self, row: int) -> bool:
        return self._rows[row].action is not None

    def is_heading(self, row: int) -> bool:
        return self._rows[row].action is None

    def text_at(self, row: int) -> str:
        revision = self._rows[row].revision
        return text_of(self._session.content, revision) if revision is not None else ""

    def table_headings(self) -> Sequence[str]:
        return (_("When"), _("Who"), _("What"))

    def table_cells(self, row: int) -> Sequence[str]:
        shown = self._rows[row]
        revision = shown.revision
        if revision is None:
            return (shown.day,)
        thing, change, doubts = self._told(shown)
        return (told_moment(revision.at), revision.author.shown_name, f"{thing}  {change}{doubts}")

    def names(self) -> Iterable[str]:
        return (self._told(row)[0] for row in self._rows if row.action is not None)

    # Drawing

    def headings(self, width: int) -> str:
        who = left(_("Who"), _WHO) if width >= _WHO_FROM else ""
        return " " * _EDGE + left(_("When"), _INDENT + _TIME) + who + _("What")

    def nothing(self) -> str:
        if self._problem is not None:
            return say(self._problem.message)
        if not self._is_read:
            return ""
        if self.is_narrowed:
            return _("Nothing that has happened matches. {key} shows everything again.", key=self.key_of("show_all"))
        return _("Nothing has happened yet. What you enter and change is told here.")

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown, paint = self._rows[row], self.paint
        if shown.action is None:
            return self.line([(" " * _EDGE, None), (cut(shown.day, width - 2 * _EDGE), paint.strong)], width)
        revision = shown.part or shown.action.revision
        style: Style = paint.muted if revision.is_undone and not shown.is_several else paint.text
        pieces: list[Piece] = [(self.marker(is_here=is_here)[:_EDGE], paint.accent)]
        begin = _TIME + (_WHO if width >= _WHO_FROM else 0)
        if shown.part is None:
            who = f"{left(clean(revision.author.shown_name), _WHO - 2)}  " if width >= _WHO_FROM else ""
            pieces += [(" " * _INDENT + left(clock_here(shown.action.at), _TIME), paint.muted), (who, paint.muted)]
        else:
            pieces.append((" " * (_INDENT + begin + _INDENT), None))
            begin += _INDENT
        mark = self._fold_mark(shown)
        thing, change, doubts = self._told(shown)
        # A doubt is never cut: the name and what was changed give way to it.
        room = max(0, width - 2 * _EDGE - _INDENT - begin - width_of(mark) - width_of(doubts))
        least = min(width_of(thing) if shown.is_several else _LEAST_NAME, room // 2)
        name = self.short(thing, max(least, room - width_of(change) - 2))
        change = cut(change, max(0, room - width_of(name) - 2))
        return self.line(
            [*pieces, (mark, paint.accent), (f"{name}  ", style), (change, style), (doubts, paint.warning)], width
        )

    def _fold_mark(self, row: HistoryRow) -> str:
        if not row.is_several or row.action is None:
            return ""
        is_opened = row.action.key in self._opened
        if self.is_ascii:
            return "- " if is_opened else "+ "
        return "▾ " if is_opened else "▸ "

    def _told(self, row: HistoryRow) -> tuple[str, str, str]:
        """What was changed and how, and what is doubtful of that."""
        content, revision = self._session.content, row.revision
        if revision is None:
            return "", "", ""
        if row.part is None and row.action is not None:
            thing, change = action_line(content, row.action)
        else:
            thing, change = changed_thing(content, revision.reference), change_in_words(content, revision)
        return thing, change, _doubts_in_brackets(revision, row.action if row.part is None else None)


def _doubts_in_brackets(revision: Revision, action: HistoryAction | None = None) -> str:
    """What is doubtful of a change, or of an action that it stands for; "" where nothing is."""
    doubts = ", ".join(_doubts(revision, action or alone(revision)))
    return f" ({doubts})" if doubts else ""


def _doubts(revision: Revision, action: HistoryAction) -> Iterator[str]:
    if revision.is_undone:
        yield _("taken back")
    if action.is_unproved:
        yield _("cannot be proved")
    if is_ahead(action.at):
        yield _("the clock is ahead")


def revision_pieces(content: PlanContent, revision: Revision, paint: Paint, width: int, short: Short) -> list[Piece]:
    """A change in one line of a width, with its day; `short` shortens the name of what was changed."""
    text: Style = paint.muted if revision.is_undone else paint.text
    who = left(clean(revision.author.shown_name), _WHO - 1) + " "
    what = change_in_words(content, revision) + _doubts_in_brackets(revision)
    room = max(0, width - _MOMENT - _WHO)
    least = min(_LEAST_NAME, room // 2)
    shown = short(changed_thing(content, revision.reference), max(least, room - width_of(what) - 2))
    when = told_moment(revision.at)
    return [(left(when, _MOMENT - 1), paint.muted), (f" {who}", paint.muted), (f"{shown}  ", text), (what, text)]
