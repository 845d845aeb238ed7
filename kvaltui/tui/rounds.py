"""The reporting round on the screens: a new period, an area marked complete, and opened again with a motivation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kvaltui.i18n import N_, _, say
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.period import Period
from kvaltui.model.reporting_round import marked_complete, next_period, reopened, with_period
from kvaltui.tui.forms import editing
from kvaltui.tui.forms.fields import FormField
from kvaltui.tui.forms.questions import Answers, Questions, QuestionScreen
from kvaltui.words import capitalised
from kvaltui.work.controls import OneOf, Option, PeriodText
from kvaltui.work.filling_in import LONG_TEXT
from kvaltui.work.rounds import CompleteAbove, area_name, completed_in_words, doubtful_in, is_complete

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

_PERIOD, _COPY_FROM, _MOTIVATION = "period", "copy_from", "motivation"


def new_period(app: Program) -> None:
    """Ask for a period that the plan is to have, and whose targets it takes over; then look at it."""
    if not editing.may_change(app):
        return
    session = app.session
    plan = session.content.plan
    given = {
        _PERIOD: str(next_period(plan, session.today)),
        _COPY_FROM: str(plan.current_period) if plan.current_period else "",
    }

    def check(answers: Answers) -> str:
        targets = len(with_period(session.content, answers[_PERIOD], answers[_COPY_FROM])) - 1
        return _("{count} target is copied." if targets == 1 else "{count} targets are copied.", count=targets)

    def add(answers: Answers) -> None:
        session.record(with_period(session.content, answers[_PERIOD], answers[_COPY_FROM]))

    def look(answers: Answers | None) -> None:
        if answers is not None:
            session.choose_period(answers[_PERIOD])
            app.speak_of_saving(_("The plan now has the period {period}.", period=say(answers[_PERIOD])))

    fields = (
        FormField(
            _PERIOD,
            PeriodText(),
            N_("Such as 2023, 2023-H1, 2023-T1, 2023-Q1 or 2023-01"),
            named=N_("New period"),
            is_required=True,
        ),
        FormField(
            _COPY_FROM,
            OneOf(among=_periods, of=_period_or_none),
            N_("Its targets hold for the new period too, until you change them"),
            named=N_("Targets from"),
        ),
    )
    questions = Questions(fields, lambda: session.content, given, check)
    app.push_screen(QuestionScreen(_("New period"), questions, add, _("Add")), look)


def _periods(content: PlanContent) -> Sequence[Option]:
    periods = sorted(content.plan.periods, reverse=True)
    return [Option("", _("No targets are copied")), *(Option(str(each), capitalised(say(each))) for each in periods)]


def _period_or_none(text: str) -> Period | None:
    return Period.parse(text) if text else None


def turn_completion(app: Program, node: Reference | None) -> None:
    """Mark the area of a node of the tree complete for the period that is looked at, or open it again where it is."""
    session = app.session
    area = session.content.tree.area_of(node) if node is not None else ""
    if not area:
        app.speak(_("Put the cursor on an area to mark it complete"), is_problem=True)
        return
    if not editing.may_change(app):
        return
    try:
        is_open = not is_complete(session.content, session.result, area)
    except CompleteAbove as error:
        app.speak(say(error.message), is_problem=True)
        return
    if is_open:
        _mark_complete(app, area)
    else:
        _reopen(app, area)


def _mark_complete(app: Program, area: str) -> None:
    """Mark an area complete; where figures in it look wrong, only when a person wants that all the same."""
    from kvaltui.tui.screens.completing import COMPLETE, DoubtsBeforeComplete

    session = app.session
    doubtful = doubtful_in(session.content, session.result, area)
    if not doubtful:
        _complete(app, area)
        return

    async def go_on(answer: Reference | str | None) -> None:
        if answer == COMPLETE:
            _complete(app, area)
        elif isinstance(answer, Reference):
            await app.show(answer)

    app.push_screen(DoubtsBeforeComplete(area_name(app.session.content, area), doubtful), go_on)


def _complete(app: Program, area: str) -> None:
    session = app.session
    told = completed_in_words(session.content, session.result, area)
    editing.store(app, [marked_complete(session.content, area, session.period)], told)


def _reopen(app: Program, area: str) -> None:
    session = app.session
    period, content = session.period, session.content
    name = area_name(content, area)

    def open_again(answers: Answers) -> None:
        motivation = answers[_MOTIVATION]
        session.record([reopened(content, area, period, motivation)], seen=content.position, reason=motivation)

    def tell(answers: Answers | None) -> None:
        if answers is not None:
            app.speak_of_saving(_("{area} is open again for {period}.", area=name, period=period))

    field = FormField(
        _MOTIVATION, LONG_TEXT, N_("Why its figures have to be changed; it stands in the history"), is_required=True
    )
    title = _("Open again: {area}, {period}", area=name, period=period)
    questions = Questions([field], lambda: session.content)
    app.push_screen(QuestionScreen(title, questions, open_again, _("Open again")), tell)
