"""Historik: everything that has happened, newest first; whose, of what, which day; taking back, and conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from kvaltui.i18n import N_, _, say, told_moment
from kvaltui.model.clean import clean
from kvaltui.model.day import Towards
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.value import replace
from kvaltui.store import criteria
from kvaltui.store.criteria import EVERYTHING, Criteria
from kvaltui.store.errors import DatabaseError
from kvaltui.store.history_actions import HistoryAction
from kvaltui.store.patience import DatabaseHeld
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.questions import Answers, Questions, QuestionScreen
from kvaltui.tui.screens.list_screen import ListScreen
from kvaltui.tui.screens.take_back import take_back
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.terminal.keys import key_name
from kvaltui.tui.widgets.history_list import HistoryList
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.page import Page, Paragraph
from kvaltui.words import capitalised, word
from kvaltui.work.controls import Day, OneOf, Option
from kvaltui.work.history_words import action_line
from kvaltui.work.naming import name_of, shown_at
from kvaltui.work.session import Changes

_LATER = 0.5
"""Seconds until it is asked again for what a database that somebody else holds did not give."""
_PERSON, _KIND, _DAY = "person", "kind", "day"


class HistoryScreen(ListScreen):
    """What has happened to the plan."""

    MODE = "history"
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "choose", "search", "take_back")
    CHANGING = frozenset({"take_back"})
    BINDINGS = bindings.HISTORY

    def __init__(self) -> None:
        super().__init__()
        self._plan = self.session.key

    def compose_list(self) -> ComposeResult:
        yield HistoryList(self.session)

    @property
    def rows(self) -> HistoryList:
        """The changes."""
        return self.query_one(HistoryList)

    def on_screen_resume(self) -> None:
        self.rows.read_what_is_missing()

    def take_in(self, changes: Changes) -> None:
        if self._plan != self.session.key:
            self._plan = self.session.key
            self._narrow(None, EVERYTHING)
        self.rows.read_anew()
        self.explain()

    # Narrowing

    def show_history_of(self, about: Reference) -> None:
        """Show only what has happened to one thing and what belongs to it."""
        self._narrow(about, EVERYTHING)

    def action_filter(self) -> None:
        """Ask for whose changes, of what, and of which day."""
        people, kinds, only = self._people(), self._kinds(), self.rows.only
        fields = (
            FormField(_PERSON, OneOf(among=lambda _content: people), named=N_("Who")),
            FormField(_KIND, OneOf(among=lambda _content: kinds, of=_kind_or_none), named=N_("What")),
            FormField(
                _DAY, Day(towards=Towards.PAST), N_("Such as 31/3 or 2026-03-31; blank: all days"), named=N_("Day")
            ),
        )
        given = {
            _PERSON: only.person,
            _KIND: only.kind.value if only.kind else "",
            _DAY: str(only.day) if only.day else "",
        }

        def narrow(answers: Answers) -> None:
            self._narrow(self.rows.about, Criteria(answers[_PERSON], answers[_KIND], answers[_DAY]))

        questions = Questions(fields, lambda: self.session.content, given, today=lambda: self.session.today)
        self.program.push_screen(QuestionScreen(_("Show"), questions, narrow, _("Show")))

    def _people(self) -> Sequence[Option]:
        people = criteria.people(self.session.database, self.session.key)
        return [Option("", _("Everybody")), *(Option(each, clean(each)) for each in people)]

    def _kinds(self) -> Sequence[Option]:
        kinds = criteria.kinds(self.session.database, self.session.key)
        return [Option("", _("Everything")), *(Option(each.value, capitalised(word(each))) for each in kinds)]

    def _narrow(self, about: Reference | None, only: Criteria) -> None:
        self.rows.narrow(about, only)
        self._show_title()
        self.explain()

    def action_show_all(self) -> None:
        """Show everything again, and go back to the row whose history this was."""
        is_of_one = self.rows.about is not None
        if self.rows.is_narrowed:
            self.speak("")
            self._narrow(None, EVERYTHING)
        if is_of_one:
            self.program.go_back()

    def _facts(self) -> Sequence[Piece]:
        """What the list is narrowed to, and how many conflicts wait."""
        paint, content, about, only = self.program.paint, self.session.content, self.rows.about, self.rows.only
        parts = [name_of(content, about)] if about is not None else []
        parts += [clean(only.person)] if only.person else []
        parts += [word(only.kind)] if only.kind is not None else []
        parts += [str(only.day)] if only.day is not None else []
        pieces: list[Piece] = []
        if parts:
            pieces.append((f"{_('Filter')}: {' · '.join(parts)}  ", paint.accent))
        waiting = sum(len(entity.contested) for entity in content)
        if waiting:
            told = _("{count} conflict to decide" if waiting == 1 else "{count} conflicts to decide", count=waiting)
            pieces.append((told, paint.warning))
        return pieces

    # What can be done

    def action_take_back(self) -> None:
        row = self.rows.row
        if row is not None and row.revision is not None:
            take_back(self.program, row.revision, is_whole=row.is_several)

    @property
    def reference(self) -> Reference | None:
        return self.rows.revision.reference if self.rows.revision is not None else None

    def contested_here(self) -> Reference | None:
        """Here all conflicts of the plan are gone through, wherever the cursor stands."""
        return None

    @on(LineView.Chosen)
    async def _go_there(self) -> None:
        """Go to where the thing stands that was changed."""
        if self.reference is not None:
            await self.program.show(shown_at(self.session.content, self.reference))

    def page(self) -> Page | None:
        """The page of the change, with what else was changed in the same action."""
        from kvaltui.tui.telling.history_page import MOST_TOLD, history_page

        row, revision = self.rows.row, self.rows.revision
        if row is None or revision is None:
            return None
        problem: tuple[Paragraph, ...] = ()
        try:
            along = self.session.along(revision, limit=MOST_TOLD + 1)
        except DatabaseHeld:
            self.set_timer(_LATER, self.explain)
            along = ()
        except DatabaseError as error:
            along, problem = (), ((clean(say(error.message)), self.program.paint.error),)
        page = history_page(self.teller, revision, along)
        if row.is_several and row.action is not None:
            page = self._of_several(page, row.action)
        return replace(page, head=(*page.head, *problem))

    def _of_several(self, page: Page, action: HistoryAction) -> Page:
        """The page of an action that is not opened: what it was, and how its changes are seen."""
        paint = self.program.paint
        thing, change = action_line(self.session.content, action)
        who = clean(action.revision.author.shown_name)
        told_by = _("{when} by {who}", when=told_moment(action.at), who=who)
        head: list[Paragraph] = [(change, paint.text), (told_by, paint.text)]
        if action.is_unproved:
            head.append((f"! {capitalised(_('cannot be proved'))}", paint.warning))
        told = _("{count} changes, made in one step. {key} shows them.", count=action.count, key=key_name("enter"))
        return replace(page, title=thing, head=(*head, (told, paint.muted)), brief=())


def _kind_or_none(text: str) -> Kind | None:
    return Kind(text) if text else None
