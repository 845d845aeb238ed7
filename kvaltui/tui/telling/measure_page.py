"""The pages of measures and assignments: how far they have come, who answers for them, and what they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from kvaltui.i18n import _, day
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind
from kvaltui.model.quality_work import Assignment, AssignmentStatus, Measure, MeasureStatus
from kvaltui.model.status import Status
from kvaltui.model.summary import is_open, is_overdue
from kvaltui.tui.telling.related_rows import heading_of, other_shelves, related_rows, related_shelf
from kvaltui.tui.telling.teller import GAP, Teller
from kvaltui.tui.widgets.page import Page, Paragraph
from kvaltui.tui.widgets.reading import Block
from kvaltui.words import capitalised, word
from kvaltui.work.relations import named_by, relations

_TOLD = frozenset({"title", "name", "description", "comment", "status", "responsible", "due"})
_BELONGS_TO = (Kind.RISK, Kind.SELF_CHECK, Kind.INDICATOR)
_DONE = (MeasureStatus.DONE, AssignmentStatus.DONE)


def measure_page(teller: Teller, measure: Measure) -> Page:
    """The page of a measure."""
    paint = teller.paint

    def head() -> Iterator[Paragraph]:
        yield from teller.retired(measure)
        yield from teller.contested(measure)
        yield _standing(teller, measure)
        if measure.responsible:
            yield _("Responsible: {who}", who=clean(measure.responsible)), paint.text
        elif is_open(measure):
            yield _("Nobody is responsible for it"), paint.warning

    def brief() -> Iterator[Paragraph]:
        if measure.description:
            yield clean(measure.description), paint.text
        for row in related_rows(teller, named_by(teller.content, measure)):
            kind = capitalised(word(row.reference.kind))
            sign = f"{row.sign[0]} " if row.sign[0] else ""
            standing = f"{GAP}{row.standing[0]}" if row.standing[0] else ""
            yield f"{kind}: {sign}{row.name[0]}{standing}", row.sign[1] or paint.text

    def shelves() -> Iterator[Block]:
        yield teller.shelf(_("Description"), measure.description, 5)
        for kind in _BELONGS_TO:
            yield related_shelf(teller, heading_of(kind), teller.named(measure, kind))
        yield from other_shelves(teller, relations(teller.content, measure), _BELONGS_TO)
        yield teller.last_shelf(measure, _TOLD | {"risks", "self_checks", "indicators"})

    return Page(clean(measure.title), tuple(head()), tuple(brief()), lambda: tuple(shelves()))


def assignment_page(teller: Teller, assignment: Assignment) -> Page:
    """The page of an assignment."""
    style = teller.paint.achieved if assignment.status in _DONE else teller.paint.text
    kind = clean(assignment.assignment_kind)
    head = (
        *teller.retired(assignment),
        *teller.contested(assignment),
        (_sign(teller, assignment) + capitalised(word(assignment.status)), style),
        (_("Assignment: {kind}", kind=kind) if kind else _("Assignment"), teller.paint.muted),
    )
    brief = ((clean(assignment.comment), teller.paint.text),) if assignment.comment else ()

    def shelves() -> Iterator[Block]:
        yield teller.shelf(_("Comment"), assignment.comment, 5)
        yield from other_shelves(teller, relations(teller.content, assignment), ())
        yield teller.last_shelf(assignment, _TOLD)

    return Page(clean(assignment.name), head, brief, lambda: tuple(shelves()))


def _standing(teller: Teller, measure: Measure) -> Paragraph:
    """How far it has come and by when, or how late it is."""
    paint, today = teller.paint, teller.session.today
    status = capitalised(word(measure.status))
    if measure.due is not None and is_overdue(measure, today):
        days = (today - measure.due).days
        late = _("{days} day late" if days == 1 else "{days} days late", days=days)
        due = _("due {day}", day=day(measure.due))
        return GAP.join((f"{teller.symbol(Status.NOT_ACHIEVED)} {capitalised(late)}", f"{status}, {due}")), paint.error
    told = [_sign(teller, measure) + status]
    if measure.due is not None:
        told.append(_("due {day}", day=day(measure.due)))
    return GAP.join(told), paint.achieved if measure.status in _DONE else paint.text


def _sign(teller: Teller, work: Measure | Assignment) -> str:
    return f"{teller.symbol(Status.ACHIEVED)} " if work.status in _DONE else ""
