"""Åtgärder: every measure and assignment as a work list: what is late, due and ongoing, and who answers for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import methodcaller
from typing import ClassVar

from textual.app import ComposeResult

from kvaltui.i18n import N_, _, translated
from kvaltui.model.alphabet import swedish_order
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.quality_work import Assignment, AssignmentStatus, Measure, MeasureStatus
from kvaltui.model.status import Status
from kvaltui.model.summary import is_overdue
from kvaltui.model.value import replace
from kvaltui.tui.offers import Offer
from kvaltui.tui.screens.levels_screen import LevelsScreen
from kvaltui.tui.screens.measures_dialog import choose_status, store_status
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.screens.things_screen import Filter
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.widgets.measure_table import ORDER_NAMES, MeasureTable, Work, WorkList, WorkOrder
from kvaltui.tui.widgets.work_table import WorkRow
from kvaltui.words import capitalised, status_symbol, word
from kvaltui.work.effects import effects

_OVER = frozenset({MeasureStatus.DONE, MeasureStatus.CANCELLED, AssignmentStatus.DONE})
_ONGOING = frozenset({MeasureStatus.ONGOING, AssignmentStatus.ONGOING})


class MeasuresScreen(LevelsScreen):
    """The measures and assignments of the plan."""

    MODE = "measures"
    KINDS = (Kind.MEASURE, Kind.ASSIGNMENT)
    TOUCHED_BY = (Kind.RISK, Kind.SELF_CHECK, Kind.RESULT, Kind.INDICATOR)
    NOTHING = (
        N_("The plan has no measures and no assignments."),
        N_("The plan has no measures and no assignments yet. {key} adds one."),
    )
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "choose", "edit", "add", "search")
    BINDINGS = bindings.MEASURES

    _order = WorkOrder.DUE

    def compose_list(self) -> ComposeResult:
        yield MeasureTable()

    # The list

    @property
    def work(self) -> WorkList:
        """What makes the rows, as things stand today."""
        return WorkList(self.session.content, self.session.today, self.program.paint, self.program.is_ascii)

    def rows(self, keeps: Callable[[AnyEntity], bool]) -> list[WorkRow]:
        work = replace(self.work, effects=effects(self.session, self.levels))
        return work.rows([each for each in self._all() if keeps(each)], self._order)

    def _all(self) -> list[Work]:
        content = self.session.content
        return [*content.all(Measure).values(), *content.all(Assignment).values()]

    def text_of(self, entity: AnyEntity) -> str:
        if isinstance(entity, Measure):
            return f"{entity.title} {entity.description} {entity.responsible} {self.work.origin(entity)}"
        assert isinstance(entity, Assignment)
        return f"{entity.name} {entity.comment} {entity.assignment_kind}"

    def filters(self) -> Sequence[Filter]:
        today = self.session.today
        measures = self.session.content.active(Measure)
        responsible = sorted({each.responsible for each in measures if each.responsible}, key=swedish_order)
        return [
            Filter("late", _("Late"), lambda each: isinstance(each, Measure) and is_overdue(each, today)),
            Filter("open", _("Still to be done"), lambda each: getattr(each, "status", None) not in _OVER),
            Filter("ongoing", _("Ongoing"), lambda each: getattr(each, "status", None) in _ONGOING),
            Filter("over", _("Done or cancelled"), lambda each: getattr(each, "status", None) in _OVER),
            Filter("measures", _("Measures only"), lambda each: isinstance(each, Measure)),
            Filter("assignments", _("Assignments only"), lambda each: isinstance(each, Assignment)),
            Filter("nobody", _("Nobody responsible"), lambda each: isinstance(each, Measure) and not each.responsible),
            *(
                Filter(f"responsible/{who}", _("Responsible: {who}", who=clean(who)), _answers_for(who))
                for who in responsible
            ),
        ]

    def summary(self) -> Sequence[Piece]:
        work, paint = self.work, self.program.paint
        things = [each for each in self._all() if not each.retired]
        late = sum(1 for each in things if work.is_late(each))
        left = sum(1 for each in things if each.status not in _OVER)
        pieces: list[Piece] = [(f"{_('{left} of {all} left', left=left, all=len(things))}  ", paint.muted)]
        if late:
            symbol = status_symbol(Status.NOT_ACHIEVED, ascii=self.program.is_ascii)
            told = _("{count} overdue" if late == 1 else "{count} are overdue", count=late)
            pieces.insert(0, (f"{symbol} {told}   ", paint.error))
        return pieces

    def action_sort(self) -> None:
        """Sort in the next way, and say which."""
        orders = list(WorkOrder)
        self.sort(orders[(orders.index(self._order) + 1) % len(orders)])

    def sort(self, order: WorkOrder) -> None:
        """Sort in a way, and say which."""
        self._order = order
        self.show_rows()
        self.speak(_("Sorted {how}", how=translated(ORDER_NAMES[self._order])))

    # Changing

    def change(self, entity: AnyEntity) -> None:
        if isinstance(entity, Measure | Assignment):
            choose_status(self.program, entity)

    def set_status(self, status: MeasureStatus | AssignmentStatus) -> None:
        """Let what the cursor stands on have come so far; say why not where it is another sort of thing."""
        entity = self.entity
        if isinstance(entity, Measure | Assignment) and type(entity.status) is type(status):
            store_status(self.program, entity, status)
        else:
            kind = Kind.MEASURE if isinstance(status, MeasureStatus) else Kind.ASSIGNMENT
            told = _("Put the cursor on what it is for first: {kind}", kind=word(kind))
            self.speak(told, is_problem=True)

    def offers(self) -> Sequence[Offer]:
        orders = (
            Offer(capitalised(translated(ORDER_NAMES[each])), _("Sort"), methodcaller("sort", each))
            for each in WorkOrder
        )
        statuses = (
            Offer(
                f"{capitalised(word(kind))}: {word(each)}", _("Status"), methodcaller("set_status", each), changes=True
            )
            for kind, values in ((Kind.MEASURE, MeasureStatus), (Kind.ASSIGNMENT, AssignmentStatus))
            for each in values
        )
        return [*super().offers(), *orders, *statuses]

    def action_add(self) -> None:
        choices = [Choice(kind, capitalised(word(kind))) for kind in self.KINDS]
        pick(self.program, _("New"), choices, self.add)


def _answers_for(who: str) -> Callable[[AnyEntity], bool]:
    return lambda each: isinstance(each, Measure) and each.responsible == who
