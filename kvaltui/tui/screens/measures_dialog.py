"""The measures of one thing, a risk, a self-check or an indicator; and saying with two keys how far one has come."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.widget import Widget

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Assignment, AssignmentStatus, Measure, MeasureStatus
from kvaltui.model.value import replace
from kvaltui.tui.dialog import Dialog
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.telling.measure_page import measure_page
from kvaltui.tui.telling.teller import Teller
from kvaltui.tui.terminal import bindings
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.measure_table import MeasureTable, WorkList, WorkOrder
from kvaltui.tui.widgets.page_view import Panel
from kvaltui.words import capitalised, word
from kvaltui.work.naming import name_of
from kvaltui.work.session import Changes, PlanSession

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

FIELDS = {Kind.RISK: "risks", Kind.SELF_CHECK: "self_checks", Kind.INDICATOR: "indicators"}
"""What can have measures, and the field of a measure that names it."""


def show_measures(app: Program, reference: Reference) -> None:
    """Show the measures of a thing, to be read and worked on."""
    app.push_screen(MeasuresDialog(app.session, reference))


class MeasuresDialog(Dialog[None]):
    """A work list of what belongs to one thing."""

    DEFAULT_CSS = """
    MeasuresDialog > Vertical { height: 18; }
    MeasuresDialog Panel { height: 4; }
    """
    KEYS = ("menu", "choose", "edit", "add", "retire", "back")
    BINDINGS = bindings.MEASURES_DIALOG

    def __init__(self, session: PlanSession, reference: Reference) -> None:
        super().__init__(_("Measures: {name}", name=name_of(session.content, reference)))
        self._about = reference

    def compose_body(self) -> Iterable[Widget]:
        yield MeasureTable()
        yield Panel()

    def on_mount(self) -> None:
        self.program.listeners.add(self, self._hear)
        self._show()
        self.set_focus(self.query_one(MeasureTable))
        self.watch(self.query_one(MeasureTable), "here", self._explain, init=False)

    def _hear(self, changes: Changes) -> None:
        if changes.touches(Kind.MEASURE):
            self._show()

    def _show(self) -> None:
        content = self.session.content
        found = [each for each in content.active(Measure) if self._is_linked(each)]
        work = WorkList(content, self.session.today, self.program.paint, self.program.is_ascii)
        nothing = _(
            "There are no measures yet. {key} adds one, {link} links one that there is.",
            key=self.program.key_of("add"),
            link=self.program.key_of("place"),
        )
        if self.session.is_read_only:
            nothing = _("There are no measures.")
        self.query_one(MeasureTable).show(work.rows(found, WorkOrder.DUE), nothing)
        self._explain()

    @property
    def _measure(self) -> Measure | None:
        reference = self.query_one(MeasureTable).reference
        found = self.session.content.find(reference) if reference is not None else None
        return found if isinstance(found, Measure) else None

    def _explain(self) -> None:
        measure = self._measure
        program = self.program
        teller = Teller(self.session, program.paint, is_ascii=program.is_ascii, key_of=program.key_of)
        self.query_one(Panel).show(measure_page(teller, measure) if measure is not None else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (self.session.is_read_only and action in ("main", "edit", "add", "link", "retire"))

    @on(LineView.Chosen)
    def action_main(self) -> None:
        """Say how far the measure has come."""
        if self._measure is not None:
            choose_status(self.program, self._measure)

    def action_edit(self) -> None:
        if self._measure is not None:
            editing.edit(self.program, self._measure)

    def action_add(self) -> None:
        given: dict[str, Any] = {FIELDS[self._about.kind]: (self._about.key,)}
        editing.create(self.program, Kind.MEASURE, done=self._go_to, **given)

    def _go_to(self, entity: AnyEntity) -> None:
        self.query_one(MeasureTable).go_to(Reference(entity.kind, entity.key))

    def action_link(self) -> None:
        """Choose among the plan's other measures one that belongs to this too, or that does so no longer."""
        content = self.session.content
        choices = [
            Choice(each, each.title, mark="[x]" if self._is_linked(each) else "[ ]") for each in content.active(Measure)
        ]
        if not choices:
            self.speak(_("The plan has no measures to link."))
            return
        title = _("Link a measure, or take its link away")
        pick(self.program, title, choices, lambda measure: self._turn_link(measure, content.position))

    def _is_linked(self, measure: Measure) -> bool:
        return self._about.key in getattr(measure, FIELDS[self._about.kind])

    def _turn_link(self, measure: Measure, seen: int) -> None:
        """Link a measure, as it was at the position `seen`, to what this is about, or take its link away."""
        field = FIELDS[self._about.kind]
        linked: tuple[str, ...] = getattr(measure, field)
        if self._is_linked(measure):
            changed: dict[str, Any] = {field: tuple(key for key in linked if key != self._about.key)}
            told = _("No longer linked: {name}", name=clean(measure.title))
        else:
            changed = {field: (*linked, self._about.key)}
            told = _("Linked: {name}", name=clean(measure.title))
        editing.store(self.program, [replace(measure, **changed)], told, seen=seen)

    def action_retire(self) -> None:
        if self._measure is not None:
            editing.retire(self.program, self._measure)


def choose_status(app: Program, work: Measure | Assignment) -> None:
    """Ask how far it has come, and store the answer."""
    if not editing.may_change(app):
        return
    seen = app.session.content.position
    choices = [Choice(status, capitalised(word(status))) for status in type(work.status)]
    store = partial(store_status, app, work, seen=seen)
    pick(app, _("Status"), choices, store, current=work.status)


def store_status(
    app: Program, work: Measure | Assignment, status: MeasureStatus | AssignmentStatus, seen: int | None = None
) -> None:
    """Store how far it has come, as the person saw it at the position `seen` (None: as it is now)."""
    if status is not work.status:
        changed = replace(cast(Any, work), status=status)
        editing.store(app, [changed], capitalised(word(status)), seen=seen)
