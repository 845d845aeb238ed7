"""Measures and assignments as rows of a work list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from kvaltui.columns import Column
from kvaltui.i18n import N_, _, short_day
from kvaltui.model.alphabet import swedish_order
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Assignment, AssignmentStatus, Measure, MeasureStatus
from kvaltui.model.status import Status
from kvaltui.model.summary import is_overdue
from kvaltui.model.value import dataclass, field
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.quiet import arrow, quiet
from kvaltui.tui.widgets.work_table import Cell, WorkRow, WorkTable, cell
from kvaltui.words import capitalised, status_symbol, word
from kvaltui.work.effects import Effect
from kvaltui.work.naming import name_of

Work = Measure | Assignment
_RESPONSIBLE, _ORIGIN = 13, 26
_WORDS_FROM, _RESPONSIBLE_FROM, _EFFECT_FROM, _ORIGIN_FROM = 56, 70, 76, 112
"""The widths of a table from which show: statuses in words, who answers, what has come of it, where it comes from."""


class WorkOrder(StrEnum):
    """How a work list is sorted."""

    DUE = "due"
    RESPONSIBLE = "responsible"
    STATUS = "status"
    ORIGIN = "origin"


ORDER_NAMES = {
    WorkOrder.DUE: N_("by due date"),
    WorkOrder.RESPONSIBLE: N_("by responsible"),
    WorkOrder.STATUS: N_("by status"),
    WorkOrder.ORIGIN: N_("by where it comes from"),
}
_BY_STATUS = (
    MeasureStatus.ONGOING, MeasureStatus.PLANNED, AssignmentStatus.ONGOING, AssignmentStatus.NOT_STARTED,
    AssignmentStatus.UNKNOWN, MeasureStatus.DONE, AssignmentStatus.DONE, MeasureStatus.CANCELLED,
)  # fmt: skip


class MeasureTable(WorkTable):
    """A work list."""

    BINDINGS = bindings.MEASURE_TABLE

    def __init__(self) -> None:
        super().__init__(
            (
                Column(_("Status"), 11, shows_from=_WORDS_FROM),
                Column("", shows_below=_WORDS_FROM, may_be_left_out=True),
                Column(_("By"), is_right=True, may_be_left_out=True),
                Column(_("Measure"), 8, takes_rest=True),
                Column(_("Responsible"), _RESPONSIBLE, shows_from=_RESPONSIBLE_FROM, may_be_left_out=True),
                Column(_("Effect"), shows_from=_EFFECT_FROM, may_be_left_out=True),
                Column(_("Comes from"), _ORIGIN, shows_from=_ORIGIN_FROM),
            ),
        )


@dataclass(frozen=True, slots=True)
class WorkList:
    """Makes the rows of things to be done, as they stand on a day."""

    content: PlanContent
    today: date
    paint: Paint
    is_ascii: bool
    effects: Mapping[str, Effect] = field(default_factory=dict)
    """What has come of measures, by their keys."""

    def rows(self, things: Iterable[Work], order: WorkOrder) -> list[WorkRow]:
        """The rows in an order; by responsible and by where they come from they stand under headings."""
        things = sorted(things, key=lambda each: (self._place(each, order), *self._by_due(each)))
        rows: list[WorkRow] = []
        heading = None
        for each in things:
            group = self._group(each, order)
            if group is not None and group != heading:
                heading = group
                rows.append(WorkRow(None, heading=group))
            # What stands in the heading is not said again in every row.
            rows.append(self.row(each, names_responsible=order is not WorkOrder.RESPONSIBLE))
        return rows

    def row(self, each: Work, *, names_responsible: bool = True) -> WorkRow:
        """The row of one thing."""
        paint = self.paint
        due = each.due if isinstance(each, Measure) else None
        responsible = clean(each.responsible) if isinstance(each, Measure) else ""
        title = clean(each.title if isinstance(each, Measure) else each.name)
        status, symbol = self.status(each)
        cells = (
            status,
            symbol,
            cell(short_day(due, self.today) if due else "–", paint.error if self.is_late(each) else paint.muted),
            cell(title, paint.muted if each.retired else paint.text),
            cell((responsible or "–") if names_responsible else "", paint.muted),
            self.effect(each),
            cell(self.origin(each), paint.muted),
        )
        return WorkRow(Reference(each.kind, each.key), cells)

    def is_late(self, each: Work) -> bool:
        """Whether it should have been done before today."""
        return isinstance(each, Measure) and is_overdue(each, self.today)

    def status(self, each: Work) -> tuple[Cell, Cell]:
        """How far it has come; of what is late, that it is late; and the same for a narrow table."""
        paint = self.paint
        if self.is_late(each):
            symbol = status_symbol(Status.NOT_ACHIEVED, ascii=self.is_ascii)
            return (
                quiet(f"{symbol} {_('Late')}", Status.NOT_ACHIEVED, paint),
                quiet(f"{symbol} {_('behind')}", Status.NOT_ACHIEVED, paint),
            )
        text = capitalised(word(each.status))
        if each.status in (MeasureStatus.DONE, AssignmentStatus.DONE):
            told = quiet(f"{status_symbol(Status.ACHIEVED, ascii=self.is_ascii)} {text}", Status.ACHIEVED, paint)
            return told, told[:1]
        is_ongoing = each.status in (MeasureStatus.ONGOING, AssignmentStatus.ONGOING)
        style = paint.text if is_ongoing else paint.muted
        return cell(f"  {text}", style), cell("", style)

    def effect(self, each: Work) -> Cell:
        """How what it belongs to stands now, and whether it has become better."""
        found = self.effects.get(each.key) if isinstance(each, Measure) else None
        if found is None:
            return cell("")
        symbol = status_symbol(found.status, ascii=self.is_ascii)
        return (
            (f"{symbol} ", self.paint.status(found.status)),
            arrow(found.change, self.paint, is_ascii=self.is_ascii),
        )

    def origins(self, each: Work) -> Sequence[Reference]:
        """What a measure belongs to."""
        if isinstance(each, Assignment):
            return ()
        return [
            *(Reference(Kind.RISK, key) for key in each.risks),
            *(Reference(Kind.SELF_CHECK, key) for key in each.self_checks),
            *(Reference(Kind.INDICATOR, key) for key in each.indicators),
        ]

    def origin(self, each: Work) -> str:
        """Where it comes from, in few words."""
        if isinstance(each, Assignment):
            kind = clean(each.assignment_kind)
            return _("Assignment: {kind}", kind=kind) if kind else _("Assignment")
        origins = self.origins(each)
        first = name_of(self.content, origins[0]) if origins else ""
        return f"{first} +{len(origins) - 1}" if len(origins) > 1 else first

    def _group(self, each: Work, order: WorkOrder) -> str | None:
        if order is WorkOrder.RESPONSIBLE:
            responsible = clean(each.responsible) if isinstance(each, Measure) else ""
            return responsible or _("Nobody named")
        return self.origin(each) if order is WorkOrder.ORIGIN else None

    def _place(self, each: Work, order: WorkOrder) -> tuple[object, ...]:
        match order:
            case WorkOrder.DUE:
                return ()
            case WorkOrder.STATUS:
                return (_BY_STATUS.index(each.status),)
            case WorkOrder.RESPONSIBLE:
                responsible = each.responsible if isinstance(each, Measure) else ""
                return (not responsible, swedish_order(responsible))
            case WorkOrder.ORIGIN:
                return (isinstance(each, Assignment), swedish_order(self.origin(each)))

    def _by_due(self, each: Work) -> tuple[object, ...]:
        """What is still to be done before what is over, the earliest day first, what has no day last."""
        is_over = each.status in (MeasureStatus.DONE, MeasureStatus.CANCELLED, AssignmentStatus.DONE)
        due = each.due if isinstance(each, Measure) else None
        return is_over, due or date.max, isinstance(each, Assignment), each.order
