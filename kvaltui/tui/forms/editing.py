"""What every screen calls to change things of the plan: forms to edit and create, assess, retire and bring back.

Each works on whatever screen shows, says there that something is stored, and leaves the plan as it was when a rule or
the database refuses. Where the plan cannot be written, they say so and do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kvaltui.i18n import _, say, translated
from kvaltui.model.entities import ENTITY_TYPES, AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Result, Risk
from kvaltui.model.value import dataclass, replace
from kvaltui.tui.forms.draft import FormDraft, next_order
from kvaltui.tui.forms.fields import FORMS, REASSESSMENT, Form
from kvaltui.tui.forms.form_screen import FormScreen
from kvaltui.tui.program import Program, ProgramScreen
from kvaltui.words import capitalised, word
from kvaltui.work.naming import kind_and_period, name_of

Done = Callable[[AnyEntity], None]
"""Is called with the thing that has been stored."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a form is opened: written in at a field; `done` hears of what was stored, `along` is stored with it."""

    at: str = ""
    done: Done | None = None
    along: Sequence[AnyEntity] = ()


def edit(app: Program, entity: AnyEntity, *, at: str = "", done: Done | None = None) -> None:
    """Open the form of a thing, written in at the field `at`."""
    if entity.retired:
        _say(app, _("This is retired: bring it back first"))
    else:
        reference = Reference(entity.kind, entity.key)
        title = f"{kind_and_period(app.session.content, reference)}: {name_of(app.session.content, reference)}"
        _open(app, FORMS[entity.kind], title, entity, {}, Opening(at, done))


def create(
    app: Program, kind: Kind, *, done: Done | None = None, along: Sequence[AnyEntity] = (), **given: Any
) -> None:
    """Open a form for a new thing; `given` are values of its fields, such as the area that it is to lie in.

    `along` are things that change with it, and are stored in the same action.
    """
    form = FORMS[kind]
    if form.field("period") is not None:
        given.setdefault("period", app.session.period)
    if "order" in ENTITY_TYPES[kind].__dataclass_fields__:
        given.setdefault("order", next_order(app.session.content, kind))
    _open(app, form, translated(form.new_title), None, given, Opening(done=done, along=along))


def assess(app: Program, reference: Reference, *, done: Done | None = None) -> None:
    """Open the form for a person's assessment of an indicator, goal or area in the period that is looked at."""
    content, period = app.session.content, app.session.period
    title = f"{capitalised(word(Kind.ASSESSMENT))} {period}: {name_of(content, reference)}"
    known = content.assessment(reference, period)
    given = {"subject_kind": reference.kind, "subject": reference.key, "period": period}
    _open(app, FORMS[Kind.ASSESSMENT], title, known, {} if known else given, Opening("status", done))


def withdraw_assessment(app: Program, reference: Reference) -> None:
    """Take a person's assessment back: the computed status stands alone again."""
    known = app.session.content.assessment(reference, app.session.period)
    if known is None:
        _say(app, _("Nobody has assessed it for {period}", period=app.session.period))
    else:
        store(app, [replace(known, retired=True)], _("The assessment is taken back"))


def reassess(app: Program, risk: Risk, *, done: Done | None = None) -> None:
    """Open the form to assess a risk anew: likelihood, consequence, and why."""
    title = _("Assess anew: {name}", name=name_of(app.session.content, Reference(risk.kind, risk.key)))
    _open(app, REASSESSMENT, title, risk, {}, Opening("likelihood", done))


def record_result(app: Program, self_check: str, *, done: Done | None = None) -> None:
    """Open the form for the result of a self-check in the period that is looked at, written in at its status."""
    content, period = app.session.content, app.session.period
    name = name_of(content, Reference(Kind.SELF_CHECK, self_check))
    known = content.get(Result, f"{self_check}/{period}")
    if known is not None and known.retired:
        known = None
    title = _("Result {period}: {name}", period=str(period), name=name)
    given = {"self_check": self_check, "period": period}
    _open(app, FORMS[Kind.RESULT], title, known, {} if known else given, Opening("status", done))


def set_target(
    app: Program, indicator: str, *, period: Period | None = None, part: str = "", done: Done | None = None
) -> None:
    """Open the form for the target of an indicator, or of one of its parts, in a period."""
    content, period = app.session.content, period or app.session.period
    known = content.target(indicator, period, part)
    title = _(
        "Target {period}: {name}", period=str(period), name=name_of(content, Reference(Kind.INDICATOR, indicator))
    )
    given = {"indicator": indicator, "period": period, "part": part}
    _open(app, FORMS[Kind.TARGET], title, known, {} if known else given, Opening("value", done))


def edit_outcome(app: Program, indicator: str, *, part: str = "", at: str = "value", done: Done | None = None) -> None:
    """Open the form of an outcome in the period that is looked at: its figure, forecast, note and source."""
    content, period = app.session.content, app.session.period
    known = content.outcome(indicator, period, part)
    title = _(
        "Outcome {period}: {name}", period=str(period), name=name_of(content, Reference(Kind.INDICATOR, indicator))
    )
    given = {"indicator": indicator, "period": period, "part": part}
    _open(app, FORMS[Kind.OUTCOME], title, known, {} if known else given, Opening(at, done))


def retire(app: Program, entity: AnyEntity) -> None:
    """Put a thing away: it is kept and counts nowhere. Refused, with the reason, while something else needs it."""
    name = name_of(app.session.content, Reference(entity.kind, entity.key))
    store(app, [replace(entity, retired=True)], _("Retired: {name}", name=name))


def bring_back(app: Program, entity: AnyEntity, *, seen: int | None = None) -> None:
    """Bring back what was retired. `seen` as for `store`."""
    name = name_of(app.session.content, Reference(entity.kind, entity.key))
    store(app, [replace(entity, retired=False)], _("Brought back: {name}", name=name), seen=seen)


def store(app: Program, entities: Sequence[AnyEntity], told: str, *, seen: int | None = None) -> None:
    """Store things that were changed without a form, and say so with `told`.

    `seen` is the position of the content that they were taken from, where that is not the one that there is now: a
    question was asked in between, and what a colleague has changed meanwhile is not to be lost.
    """
    if app.session.is_read_only:
        say_read_only(app)
        return
    screen = app.screen
    try:
        app.session.record(entities, seen=seen)
    except KvaltuiError as error:
        if isinstance(screen, ProgramScreen):
            screen.complain(error)
        return
    if isinstance(screen, ProgramScreen):
        screen.speak_of_saving(told)


def _open(
    app: Program,
    form: Form,
    title: str,
    entity: AnyEntity | None,
    given: dict[str, Any],
    opening: Opening,
) -> None:
    session = app.session
    if session.is_read_only:
        say_read_only(app)
        return

    def tell(stored: AnyEntity | None) -> None:
        if stored is None:
            return
        if isinstance(app.screen, ProgramScreen):
            app.screen.speak_of_saving(name_of(session.content, Reference(stored.kind, stored.key)))
        if opening.done is not None:
            opening.done(stored)

    draft = FormDraft(form, lambda: session.content, entity, given, today=lambda: session.today)
    app.push_screen(FormScreen(draft, title, at=opening.at, along=opening.along), tell)


def say_read_only(app: Program) -> None:
    """Say that the plan cannot be changed here."""
    _say(app, say(app.session.read_only_error.message))


def _say(app: Program, text: str) -> None:
    if isinstance(app.screen, ProgramScreen):
        app.screen.speak(text, is_problem=True)
