"""What every screen calls to change things of the plan: forms to edit and create, assess, retire and bring back.

Each works on whatever screen shows, says there that something is stored, and leaves the plan as it was when a rule or
the database refuses. Where the plan cannot be written, they say so and do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import methodcaller
from typing import Any

from kvaltui.i18n import _, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.entities import ENTITY_TYPES, AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.quality_work import Result, Risk
from kvaltui.model.value import replace
from kvaltui.tui.forms.draft import FormDraft, next_order
from kvaltui.tui.forms.fields import FORMS, REASSESSMENT, Form
from kvaltui.tui.forms.form_screen import FormScreen
from kvaltui.tui.offers import Offer
from kvaltui.tui.program import Program, ProgramScreen
from kvaltui.words import capitalised, word
from kvaltui.work.naming import kind_and_period, name_of

Done = Callable[[AnyEntity], None]
"""Is called with the thing that has been stored."""


def edit(app: Program, entity: AnyEntity, *, at: str = "") -> None:
    """Open the form of a thing, written in at the field `at`."""
    if entity.retired:
        _say(app, _("This is retired: bring it back first"))
    else:
        reference = Reference(entity.kind, entity.key)
        title = f"{kind_and_period(app.session.content, reference)}: {name_of(app.session.content, reference)}"
        _open(app, FORMS[entity.kind], title, entity, at=at)


def create(
    app: Program, kind: Kind, *, done: Done | None = None, along: Sequence[AnyEntity] = (), **given: Any
) -> None:
    """Open a form for a new thing; `given` are values of its fields, such as the area that it is to lie in.

    `done` hears of what was stored. `along` are things that change with it, and are stored in the same action.
    """
    form = FORMS[kind]
    if form.field("period") is not None:
        given.setdefault("period", app.session.period)
    if "order" in ENTITY_TYPES[kind].__dataclass_fields__:
        given.setdefault("order", next_order(app.session.content, kind))
    _open(app, form, translated(form.new_title), None, given, done=done, along=along)


def offers_to_add(kinds: Iterable[Kind]) -> list[Offer]:
    """What can be added on a screen that has a method `add` for each of these kinds."""
    return [
        Offer(translated(FORMS[kind].new_title), _("New"), methodcaller("add", kind), changes=True) for kind in kinds
    ]


def assess(app: Program, reference: Reference) -> None:
    """Open the form for a person's assessment of an indicator, goal or area in the period that is looked at."""
    known = app.session.content.assessment(reference, app.session.period)
    given = {"subject_kind": reference.kind, "subject": reference.key}
    _open_for_period(app, Kind.ASSESSMENT, reference, known, given, at="status")


def withdraw_assessment(app: Program, reference: Reference) -> None:
    """Take a person's assessment back: the computed status stands alone again."""
    known = app.session.content.assessment(reference, app.session.period)
    if known is None:
        _say(app, _("Nobody has assessed it for {period}", period=app.session.period))
    else:
        store(app, [replace(known, retired=True)], _("The assessment is taken back"))


def reassess(app: Program, risk: Risk) -> None:
    """Open the form to assess a risk anew: likelihood, consequence, and why."""
    title = _("Assess anew: {name}", name=name_of(app.session.content, Reference(risk.kind, risk.key)))
    _open(app, REASSESSMENT, title, risk, at="likelihood")


def record_result(app: Program, self_check: str) -> None:
    """Open the form for the result of a self-check in the period that is looked at, written in at its status."""
    known = app.session.content.get(Result, f"{self_check}/{app.session.period}")
    if known is not None and known.retired:
        known = None
    about = Reference(Kind.SELF_CHECK, self_check)
    _open_for_period(app, Kind.RESULT, about, known, {"self_check": self_check}, at="status")


def set_target(app: Program, indicator: str, *, part: str = "") -> None:
    """Open the form for the target of an indicator, or of one of its parts, in the period that is looked at."""
    known = app.session.content.target(indicator, app.session.period, part)
    about = Reference(Kind.INDICATOR, indicator)
    _open_for_period(app, Kind.TARGET, about, known, {"indicator": indicator, "part": part}, at="value")


def edit_outcome(app: Program, indicator: str, *, part: str = "", at: str = "value") -> None:
    """Open the form of an outcome in the period that is looked at: its figure, forecast, note and source."""
    known = app.session.content.outcome(indicator, app.session.period, part)
    about = Reference(Kind.INDICATOR, indicator)
    _open_for_period(app, Kind.OUTCOME, about, known, {"indicator": indicator, "part": part}, at=at)


def _open_for_period(
    app: Program, kind: Kind, about: Reference, known: AnyEntity | None, given: Mapping[str, Any], *, at: str
) -> None:
    """Open the form of what is said `about` a thing in the period that is looked at: what is `known`, or a new one."""
    period = app.session.period
    title = f"{capitalised(word(kind))} {period}: {name_of(app.session.content, about)}"
    if given.get("part"):
        title = f"{title}, {clean(given['part'])}"
    _open(app, FORMS[kind], title, known, {**given, "period": period}, at=at)


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
    if not may_change(app):
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
    given: Mapping[str, Any] | None = None,
    *,
    at: str = "",
    done: Done | None = None,
    along: Sequence[AnyEntity] = (),
) -> None:
    session = app.session
    if not may_change(app):
        return

    def tell(stored: AnyEntity | None) -> None:
        if stored is None:
            return
        if isinstance(app.screen, ProgramScreen):
            app.screen.speak_of_saving(name_of(session.content, Reference(stored.kind, stored.key)))
        if done is not None:
            done(stored)

    draft = FormDraft(form, lambda: session.content, entity, given, lambda: session.today, period=session.period)
    app.push_screen(FormScreen(draft, title, at=at, along=along), tell)


def may_change(app: Program) -> bool:
    """Whether the plan can be changed here; where it cannot, it is said why."""
    if app.session.is_read_only:
        _say(app, say(app.session.read_only_error.message))
    return not app.session.is_read_only


def _say(app: Program, text: str) -> None:
    if isinstance(app.screen, ProgramScreen):
        app.screen.speak(text, is_problem=True)
