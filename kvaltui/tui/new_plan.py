"""A new plan beside those that are there: a copy of a starter plan, the plan in a file, or an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvaltui.exchange.slug import slug
from kvaltui.i18n import N_, _
from kvaltui.model.clean import tidy
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.structure import Plan
from kvaltui.tui.files import import_file
from kvaltui.tui.forms import editing
from kvaltui.tui.forms.controls import PeriodText
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.questions import Answers, Questions, QuestionScreen
from kvaltui.tui.screens.picker import Choice, Picker
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.work.plan_maker import Beginning, BeginningError

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp

_FILE, _EMPTY = " file", " empty"
"""What is chosen that is no starter plan; no key looks so."""
_TITLE, _ORGANISATION, _PERIOD = "title", "organisation", "period"


def new_plan(app: KvaltuiApp) -> None:
    """Ask what to begin with, make the plan and open it."""
    if app.session.is_read_only:
        editing.say_read_only(app)
        return
    starters = Beginning.starters()
    choices = [Choice(_EMPTY, _("An empty plan …")), Choice(_FILE, _("A file of your own …"))]
    choices += [Choice(each.key, each.title, detail=each.organisation) for each in starters]

    def begin(chosen: str | None) -> None:
        if chosen == _EMPTY:
            _ask_for_empty(app)
        elif chosen == _FILE:
            import_file(app)
        elif chosen is not None:
            _copy_starter(app, chosen)

    app.push_screen(Picker(_("What do you want to begin with?"), choices), begin)


def _copy_starter(app: KvaltuiApp, key: str) -> None:
    session = app.session
    try:
        _check_is_new(app, key)
        Beginning(lambda: session.database, session.author, is_first=False).from_starter(key)
    except KvaltuiError as error:
        if isinstance(app.screen, PlanScreen):
            app.screen.complain(error)
        return
    app.call_later(_open, app, key)  # a step of its own: the plan is made, whether it can be opened at once or not


def _check_is_new(app: KvaltuiApp, key: str) -> None:
    if key in app.session.plan_keys():
        raise BeginningError(Message("The plan “{plan}” is in the database already", plan=key), field=_TITLE)


def _ask_for_empty(app: KvaltuiApp) -> None:
    session = app.session
    fields = (
        FormField(_TITLE, is_required=True),
        FormField(_ORGANISATION),
        FormField(_PERIOD, PeriodText(), N_("The first one; more can be added: 2026, 2026-T1"), is_required=True),
    )
    given = {_PERIOD: Beginning.period_of(session.today)}
    made: list[str] = []

    def make(answers: Answers) -> None:
        from kvaltui.store.journal import record

        title = tidy(answers[_TITLE])
        key = slug(title, session.plan_keys())
        plan = Plan(key=key, title=title, organisation=answers[_ORGANISATION], periods=(answers[_PERIOD],))
        record(session.database, key, [plan], by=session.author, seen=0)
        made.append(key)

    def look(answers: Answers | None) -> None:
        if answers is not None:
            _open(app, made[-1])
            app.go_to("areas")

    questions = Questions(fields, lambda: session.content, given)
    app.push_screen(QuestionScreen(session, _("An empty plan"), questions, make, _("Add")), look)


def _open(app: KvaltuiApp, key: str) -> None:
    app.choose_plan(key)
    app.speak_of_saving(_("The plan is open: {title}", title=app.session.content.plan.title))
