"""What is picked from a list in every screen: another screen, a job with the whole plan, a plan, a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvaltui.i18n import _, say
from kvaltui.model.period import Period
from kvaltui.tui.screens.picker import Choice, pick

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

_NEW = " new"
"""What is chosen among plans or periods that is none of them; no key of a plan and no period looks so."""


def pick_screen(app: Program) -> None:
    """Ask which screen to go to."""
    pick(app, _("Go to"), [Choice(mode.name, mode.label, key=mode.letter) for mode in app.modes], app.go_to)


def pick_job(app: Program) -> None:
    """Ask what to do with the whole plan: files, periods, plans."""
    is_read_only = app.session.is_read_only
    choices = [Choice(job, job.label, key=job.letter) for job in app.jobs if not (job.changes and is_read_only)]
    pick(app, _("Files, periods, plans"), choices, lambda job: job.begin(app))


def pick_plan(app: Program) -> None:
    """Ask which plan to open, or begin a new one."""

    def open_plan(key: str) -> None:
        if key == _NEW:
            from kvaltui.tui.new_plan import new_plan

            new_plan(app)
        else:
            app.choose_plan(key)

    choices = [Choice(plan.key, plan.title, detail=plan.organisation) for plan in app.session.plans()]
    if not app.session.is_read_only:
        choices.append(Choice(_NEW, _("New plan …")))
    pick(app, _("Plan"), choices, open_plan, current=app.session.key)


def pick_period(app: Program) -> None:
    """Ask which period to look at, or begin a new one."""

    def look_at(text: str) -> None:
        if text == _NEW:
            from kvaltui.tui.rounds import new_period

            new_period(app)
        else:
            app.session.choose_period(Period.parse(text))

    periods = sorted(app.session.content.plan.periods, reverse=True)
    choices = [Choice(str(period), say(period)) for period in periods]
    if not app.session.is_read_only:
        choices.append(Choice(_NEW, _("New period …")))
    pick(app, _("Period"), choices, look_at, current=str(app.session.period))
