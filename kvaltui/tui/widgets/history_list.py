"""Changes of the plan in rows: when, who, what, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from rich.style import Style
from textual.binding import Binding, BindingType
from textual.strip import Strip

from kvaltui.i18n import N_, _, is_ahead, say, told_moment
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.store.criteria import EVERYTHING, Criteria
from kvaltui.store.errors import DatabaseError
from kvaltui.store.history import Revision
from kvaltui.store.patience import DatabaseHeld
from kvaltui.tui.terminal.drawing import MARKER, Piece, cut_middle, left, width_of
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.words import capitalised, field_word, word
from kvaltui.work.naming import name_of
from kvaltui.work.session import PlanSession
from kvaltui.work.value_words import HIDDEN_FIELDS, FieldChange, changes_of

PAGE = 200
"""How many changes are read at a time; more are read as the cursor comes near the last."""
_TIME, _WHO = 17, 16
_LEAST_NAME = 16


class HistoryList(LineView):
    """Changes in rows, the newest first, all of them or those that are asked for."""

    HEAD: ClassVar[int] = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "find", N_("Find"), id="search"),
    ]

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._revisions: list[Revision] = []
        self._is_complete = False
        self._about: Reference | None = None
        self._only = EVERYTHING
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
    def revision(self) -> Revision | None:
        """The change that the cursor stands on."""
        return self._revisions[self.cursor] if self.cursor < len(self._revisions) else None

    @property
    def is_narrowed(self) -> bool:
        """Whether only some of the changes show."""
        return self._about is not None or self._only != EVERYTHING

    def narrow(self, about: Reference | None, only: Criteria) -> None:
        """Show the changes of one thing (None: of all), and of those only the ones that meet the criteria."""
        self._about, self._only = about, only
        self._revisions, self.cursor, self.top = [], 0, 0
        self.here = None
        self.read_anew()

    def read_anew(self) -> None:
        """Read the newest changes, and keep the cursor on the one that it stands on; as soon as the database is free.

        What cannot be read says why, and what was read before stays.
        """
        self.when_free(self._read)

    def _read(self) -> None:
        here = self.revision
        wanted = max(PAGE, len(self._revisions))
        try:
            self._revisions = list(self._session.history(limit=wanted, about=self._about, only=self._only))
        except DatabaseError as error:
            self._problem = error
            if self.is_mounted:
                self.redraw()
            return
        self._problem, self._is_read = None, True
        self._is_complete = len(self._revisions) < wanted
        if here is not None:
            offset = self.cursor - self.top
            at = next((at for at, each in enumerate(self._revisions) if each.id == here.id), self.cursor)
            # Whoever stands at the top wants to see the newest.
            self.cursor = at if self.cursor else 0
            self.top = max(0, self.cursor - offset)
        if self.is_mounted:
            self.clamp()
            self.redraw()

    def move_to(self, row: int) -> None:
        if row >= len(self._revisions) - 1 and not self._is_complete:
            offset = len(self._revisions)
            more = self._session.history(limit=PAGE, offset=offset, about=self._about, only=self._only)
            # What a colleague has just written has moved the others down: some come a second time.
            known = {each.id for each in self._revisions}
            self._revisions += (each for each in more if each.id not in known)
            self._is_complete = len(more) < PAGE
        super().move_to(row)

    def row_count(self) -> int:
        return len(self._revisions)

    def thing_at(self, row: int) -> object:
        return self._revisions[row].id if row < len(self._revisions) else None

    def text_at(self, row: int) -> str:
        return text_of(self._session.content, self._revisions[row])

    def draw_head(self, y: int, width: int) -> Strip:
        text = " " * MARKER + left(_("When"), _TIME) + left(_("Who"), _WHO) + _("What")
        return self.line([(text, self.paint.muted)], width)

    def draw_nothing(self, y: int, width: int) -> Strip:
        told = ""
        if y == 0 and self._problem is not None:
            told = say(self._problem.message)
        elif y == 0 and self._is_read and not self._revisions:
            told = _("Nothing that has happened matches.") if self.is_narrowed else _("Nothing has happened yet.")
        return self.line([(" " * MARKER, None), (told, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        pieces = revision_pieces(self._session.content, self._revisions[row], self.paint, width - MARKER)
        if is_here:
            pieces[0] = (pieces[0][0], self.paint.selected)
        return self.line([(self.marker(is_here=is_here), self.paint.accent), *pieces], width)


def revision_pieces(content: PlanContent, revision: Revision, paint: Paint, width: int) -> list[Piece]:
    """A change in one line of a width."""
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
    shown = cut_middle(_thing(content, revision.reference), max(least, room - width_of(what) - 2))
    when = told_moment(revision.at)
    return [(left(when, _TIME - 1), paint.muted), (f" {who}", paint.muted), (f"{shown}  ", text), (what, text)]


def text_of(content: PlanContent, revision: Revision) -> str:
    """The words by which a change is found: what was changed, and who did it."""
    return f"{_thing(content, revision.reference)} {clean(revision.author.name or revision.author.account)}"


def _thing(content: PlanContent, reference: Reference) -> str:
    """What was changed; of anything but the outcomes, which are the most by far, what sort of thing it is too."""
    name = name_of(content, reference)
    return name if reference.kind is Kind.OUTCOME else f"{capitalised(word(reference.kind))}: {name}"


def change_in_words(content: PlanContent, revision: Revision) -> str:
    """What a change did in few words: the value before and after, or which fields were set."""
    if "retired" in revision.changed and revision.before:
        return _("retired") if revision.after.get("retired") else _("brought back")
    changes = shown_changes(content, revision)
    if not revision.before:
        value = next((each.after for each in changes if each.field in ("value", "status")), "")
        return _("new: {value}", value=value) if value else _("new")
    if len(changes) == 1:
        return f"{changes[0].before} → {changes[0].after}"
    return ", ".join(field_word(each.field) for each in changes) or _("order")


def shown_changes(content: PlanContent, revision: Revision) -> Sequence[FieldChange]:
    """The changed fields that mean something to a reader, with texts that can be shown."""
    return [
        FieldChange(each.field, clean(each.before), clean(each.after))
        for each in changes_of(content, revision)
        if each.field not in HIDDEN_FIELDS
    ]
