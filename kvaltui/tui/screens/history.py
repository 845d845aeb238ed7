"""Historik: everything that has happened, newest first, and taking back anything of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from kvaltui.i18n import N_, _, clock, day
from kvaltui.model.clean import clean
from kvaltui.model.message import KvaltuiError
from kvaltui.store.errors import LaterChanges
from kvaltui.store.history import Revision
from kvaltui.tui.drawing import Piece, cut_middle, left, width_of
from kvaltui.tui.naming import kind_and_period, name_of
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.session import Changes, PlanSession
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.panel import Panel, Paragraph
from kvaltui.words import field_word

PAGE = 200
"""How many changes are read at a time; more are read as the cursor comes near the last."""
_TIME, _WHO = 17, 16
_HIDDEN_FIELDS = frozenset({"order", "key"})


class HistoryView(LineView):
    """Changes in rows, the newest first."""

    HEAD: ClassVar[int] = 1

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._revisions: list[Revision] = []
        self._is_complete = False
        self.read_anew()

    @property
    def revision(self) -> Revision | None:
        """The change that the cursor stands on."""
        return self._revisions[self.cursor] if self._revisions else None

    def read_anew(self) -> None:
        """Read the newest changes, and keep the cursor on the one that it stands on."""
        here = self.revision
        wanted = max(PAGE, len(self._revisions))
        self._revisions = list(self._session.history(limit=wanted))
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
            more = self._session.history(limit=PAGE, offset=len(self._revisions))
            self._revisions += more
            self._is_complete = len(more) < PAGE
        super().move_to(row)

    def row_count(self) -> int:
        return len(self._revisions)

    def thing_at(self, row: int) -> object:
        return self._revisions[row].id if row < len(self._revisions) else None

    def draw_head(self, y: int, width: int) -> Strip:
        text = " " + left(_("When"), _TIME) + left(_("Who"), _WHO) + _("What")
        return self.line([(text, self.paint.muted)], width)

    def draw_nothing(self, y: int, width: int) -> Strip:
        told = _("Nothing has happened yet.") if y == 0 and not self._revisions else ""
        return self.line([(" ", None), (told, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        revision, paint = self._revisions[row], self.paint
        at = datetime.fromisoformat(revision.at)
        text = paint.muted if revision.is_undone else paint.text
        who = left(clean(revision.author.name or revision.author.account), _WHO - 1) + " "
        what = change_of(revision)
        if revision.is_undone:
            what = f"{what} ({_('taken back')})"
        room = max(0, width - 1 - _TIME - _WHO)
        name = name_of(self._session.content, revision.reference)
        shown = cut_middle(name, max(0, room - min(width_of(what), room // 2) - 2))
        pieces: list[Piece] = [
            (" ", None),
            (left(f"{day(at)} {clock(at)}", _TIME - 1), paint.selected if is_here else paint.muted),
            (f" {who}", paint.muted),
            (f"{shown}  ", text),
            (what, text),
        ]
        return self.line(pieces, width)


def change_of(revision: Revision) -> str:
    """What a change did in few words: the value before and after, or which fields were set."""
    if revision.changed == ("value",):
        return f"{_shown(revision.before.get('value'))} → {_shown(revision.after.get('value'))}"
    if not revision.before:
        value = revision.after.get("value")
        return _("new: {value}", value=_shown(value)) if value else _("new")
    if "retired" in revision.changed:
        return _("retired") if revision.after.get("retired") else _("brought back")
    fields = [field_word(name) for name in revision.changed if name not in _HIDDEN_FIELDS]
    return ", ".join(fields) or _("order")


def _shown(value: object) -> str:
    if value is None or value in ("", [], ()):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (list, tuple)):
        return ", ".join(clean(str(each)) for each in value)
    return clean(str(value))


class HistoryScreen(PlanScreen):
    """What has happened to the plan."""

    MODE = "history"
    KEYS: ClassVar[tuple[str, ...]] = ("help", "take_back", "undo", "redo", "go", "quit")
    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "take_back", N_("Take back"), id="take_back"),
    ]

    def __init__(self, session: PlanSession) -> None:
        super().__init__(session)
        self._confirmed = ""

    def compose_body(self) -> ComposeResult:
        yield HistoryView(self.session)
        yield SpeechLine()
        yield Panel()

    def on_mount(self) -> None:
        self.watch(self.query_one(HistoryView), "here", self._explain, init=False)
        self._explain()

    def take_in(self, changes: Changes) -> None:
        self.query_one(HistoryView).read_anew()
        self._explain()

    def action_take_back(self) -> None:
        revision = self.query_one(HistoryView).revision
        if revision is None:
            return
        try:
            self.session.take_back(revision.id, confirm=self._confirmed == revision.id)
        except LaterChanges as error:
            self._confirmed = revision.id
            count = len(error.depends)
            told = _(
                "{count} later change builds on this one."
                if count == 1
                else "{count} later changes build on this one.",
                count=count,
            )
            again = _("{key} once more takes them back too.", key=self.program.key_of("take_back"))
            self.speak(f"{told} {again}", is_problem=True)
        except KvaltuiError as error:
            self.complain(error)
        else:
            self._confirmed = ""
            self.speak_of_saving(_("Taken back."))

    def _explain(self) -> None:
        view, paint = self.query_one(HistoryView), self.program.paint
        revision = view.revision
        if revision is None:
            self.query_one(Panel).show([])
            return
        reference = revision.reference
        what = f"{kind_and_period(self.session.content, reference)}: {name_of(self.session.content, reference)}"
        said: list[Paragraph] = [(what, paint.strong)]
        fields = [name for name in revision.changed if name not in _HIDDEN_FIELDS]
        said += [
            (
                f"{field_word(name)}: {_shown(revision.before.get(name))} → {_shown(revision.after.get(name))}",
                paint.text,
            )
            for name in fields
        ]
        where = _("on {device}", device=clean(revision.device))
        source = [clean(text) for text in (revision.reason, revision.origin, revision.received_from) if text]
        said.append((" · ".join([where, *source]), paint.muted))
        self.query_one(Panel).show(said)
