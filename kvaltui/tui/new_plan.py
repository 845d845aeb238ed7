"""A new plan beside those that are there: a copy of a starter plan, the plan in a file, or an empty one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kvaltui.exchange.starter import starter_plans
from kvaltui.i18n import N_, _
from kvaltui.model.message import KvaltuiError
from kvaltui.tui.files import import_file
from kvaltui.tui.forms import editing
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.questions import Answers, Questions, QuestionScreen
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.work.controls import PeriodText
from kvaltui.work.plan_maker import Beginning

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

_FILE, _EMPTY = " file", " empty"
"""What is chosen that is no starter plan; no key looks so."""
_TITLE, _ORGANISATION, _PERIOD = "title", "organisation", "period"


def new_plan(app: Program) -> None:
    """Ask what to begin with, make the plan and open it."""
    if editing.may_change(app):
        pick(app, _("What do you want to begin with?"), beginnings(), partial(begin_plan, app))


def beginnings() -> list[Choice[str]]:
    """What a new plan can be begun with."""
    choices = [Choice(_EMPTY, _("An empty plan …")), Choice(_FILE, _("A file of your own …"))]
    return choices + [Choice(each.key, each.title, detail=each.organisation) for each in starter_plans()]


def begin_plan(app: Program, chosen: str) -> None:
    """Begin a new plan with one of these, and open it."""
    if chosen == _EMPTY:
        _ask_for_empty(app)
    elif chosen == _FILE:
        import_file(app)
    else:
        _copy_starter(app, chosen)


def _copy_starter(app: Program, key: str) -> None:
    try:
        _another(app).from_starter(key)
    except KvaltuiError as error:
        app.complain(error)
        return
    app.call_later(_open, app, key)  # a step of its own: the plan is made, whether it can be opened at once or not


def _another(app: Program) -> Beginning:
    session = app.session
    return Beginning(lambda: session.database, session.author, is_first=False)


def _ask_for_empty(app: Program) -> None:
    session = app.session
    fields = (
        FormField(_TITLE, is_required=True),
        FormField(_ORGANISATION),
        FormField(_PERIOD, PeriodText(), N_("The first one; more can be added: 2026, 2026-T1"), is_required=True),
    )
    given = {_PERIOD: str(session.today.year)}
    made: list[str] = []

    def make(answers: Answers) -> None:
        made.append(_another(app).empty(answers[_TITLE], str(answers[_PERIOD]), answers[_ORGANISATION]))

    def look(answers: Answers | None) -> None:
        if answers is not None:
            _open(app, made[-1])
            app.go_to("areas")

    questions = Questions(fields, lambda: session.content, given)
    app.push_screen(QuestionScreen(_("An empty plan"), questions, make, _("Add")), look)


def _open(app: Program, key: str) -> None:
    app.choose_plan(key)
    app.speak_of_saving(_("The plan is open: {title}", title=app.session.content.plan.title))
