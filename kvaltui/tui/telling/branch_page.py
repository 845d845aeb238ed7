"""The pages of the plan, its areas and goals, and of quality factors: how they stand, why, and what lies below."""

from __future__ import annotations

from collections.abc import Iterator

from kvaltui.i18n import _, told_day
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import NodeResult
from kvaltui.model.reporting import Assessment
from kvaltui.model.reporting_round import complete_area, completion
from kvaltui.model.status import COUNTED, Status
from kvaltui.model.structure import Area, Goal, QualityFactor
from kvaltui.model.summary import doubts_by_row, doubts_of
from kvaltui.model.tree import ROOT
from kvaltui.status_cells import status_cell
from kvaltui.tui.telling.related_rows import measures_shelf, other_shelves, related_shelf
from kvaltui.tui.telling.series import chart_of_shares
from kvaltui.tui.telling.teller import GAP, Teller
from kvaltui.tui.widgets.page import Page, Paragraph
from kvaltui.tui.widgets.reading import Block, Drawn, Shelf
from kvaltui.work.development import branch_stages
from kvaltui.work.naming import name_of
from kvaltui.work.reading_blocks import Heading
from kvaltui.work.relations import relations

_MOST_PERIODS = 5
_MOST_NAMED, _MOST_WAITING = 6, 50
_TOLD = frozenset({"name", "title", "area", "parent", "responsible", "intent", "note"})


def branch_page(teller: Teller, node: Reference) -> Page | None:
    """The page of the plan (`ROOT`), an area or a goal; None where there is none that is judged."""
    judged = teller.session.result.nodes.get(node)
    if judged is None:
        return None
    return _BranchPage(teller, node, judged).page()


def factor_page(teller: Teller, factor: QualityFactor) -> Page:
    """The page of a quality factor: the indicators that are sorted under it."""
    own = Reference(factor.kind, factor.key)
    found = teller.naming(own, Kind.INDICATOR)
    told = _("{count} indicator" if len(found) == 1 else "{count} indicators", count=len(found))
    head = (*teller.retired(factor), *teller.contested(factor), (told, teller.paint.text))
    return Page(clean(factor.name), head, (), lambda: (related_shelf(teller, _("Indicators"), found),))


class _BranchPage:
    def __init__(self, teller: Teller, node: Reference, judged: NodeResult) -> None:
        self.teller = teller
        self.node, self.judged = node, judged
        self.session, self.content, self.paint = teller.session, teller.content, teller.paint
        entity = self.content.plan if node == ROOT else self.content.find(node)
        assert entity is not None
        self.entity: AnyEntity = entity

    def page(self) -> Page:
        """Title and head at once, the rest when it is asked for."""
        title = name_of(self.content, self.node)
        return Page(title, tuple(self._head()), tuple(self._brief()), lambda: tuple(self._shelves()))

    def _head(self) -> Iterator[Paragraph]:
        teller, judged, paint = self.teller, self.judged, self.paint
        yield from teller.retired(self.entity)
        yield from teller.contested(self.entity, judged.manual)
        counts = judged.counts
        told = _("{assessed} of {of} assessed", assessed=counts.assessed, of=counts.of)
        if judged.manual is None:
            yield f"{teller.status(judged.computed)}{GAP}{told}", paint.status(judged.status)
        else:
            yield teller.status(judged.status), paint.status(judged.status)
            yield from teller.assessed(judged.manual, is_stale=judged.is_stale)
            computed = _("Computed: {status} · {assessed}", status=teller.status(judged.computed), assessed=told)
            yield computed, paint.muted
        yield self._counts(), paint.text
        doubts = self._doubtful()
        if doubts:
            told = _("{count} figure looks wrong" if doubts == 1 else "{count} figures look wrong", count=doubts)
            yield f"! {told}", paint.warning

    def _counts(self) -> str:
        """How many indicators below have each status, in symbols, and how many wait."""
        counts = self.judged.counts
        told = [
            f"{self.teller.symbol(status)}\N{NO-BREAK SPACE}{count}"
            for status, count in zip(COUNTED, counts.counted, strict=True)
        ]
        if counts.waiting:
            told.append(_("{count} waiting", count=counts.waiting))
        return GAP.join(told)

    def _below(self) -> list[str]:
        return list(self.content.tree.indicators_below(self.node))

    def _doubtful(self) -> int:
        """How many figures below look wrong."""
        results = self.session.result.indicators
        if self.node == ROOT:
            return len(doubts_by_row(doubts_of(results)))
        return len(doubts_by_row(doubts_of({key: results[key] for key in self._below() if key in results})))

    def _brief(self) -> Iterator[Paragraph]:
        yield from self._round()
        prose = self._prose()
        if prose:
            yield clean(prose), self.paint.muted

    def _prose(self) -> str:
        entity = self.entity
        return entity.intent if isinstance(entity, Goal) else entity.note if isinstance(entity, Area) else ""

    def _round(self) -> Iterator[Paragraph]:
        """Whether an area is complete for the period, and otherwise which figures wait below a thing."""
        paint, content = self.paint, self.content
        if self.node.kind is Kind.AREA:
            yield from self._completion()
            if complete_area(content, self.node.key, self.session.period):
                return
        waiting = list(self._waiting())
        if waiting:
            names = " · ".join(name_of(content, each) for each in waiting[:_MOST_NAMED])
            if len(waiting) > _MOST_NAMED:
                names = _("{some} and {count} more", some=names, count=len(waiting) - _MOST_NAMED)
            yield _("{count} waiting: {names}", count=self.judged.counts.waiting, names=names), paint.text

    def _completion(self) -> Iterator[Paragraph]:
        """The mark of an area for the period, where it has one."""
        locking = complete_area(self.content, self.node.key, self.session.period)
        opened = completion(self.content, self.node.key, self.session.period)
        if locking:
            yield self._complete(locking), self.paint.text
        elif opened.motivation:
            yield _("Opened again: {motivation}", motivation=clean(opened.motivation)), self.paint.text

    def _waiting(self) -> Iterator[Reference]:
        results = self.session.result.indicators
        for key in self._below():
            if not results[key].is_reported and results[key].status is not Status.NOT_APPLICABLE:
                yield Reference(Kind.INDICATOR, key)

    def _complete(self, area: str) -> str:
        mark = completion(self.content, area, self.session.period)
        name = name_of(self.content, Reference(Kind.AREA, area))
        if not mark.changed_at:
            return _("{area} is complete: its figures are locked", area=name)
        return _(
            "{area} was marked complete {day} by {who}: its figures are locked",
            area=name,
            day=told_day(mark.changed_at),
            who=clean(mark.changed_by),
        )

    # Shelf by shelf

    def _shelves(self) -> Iterator[Block]:
        teller = self.teller
        yield self._development()
        yield from self._children()
        yield teller.shelf(_("Intent") if isinstance(self.entity, Goal) else _("Note"), self._prose())
        yield Shelf(tuple(self._mark()))
        yield self._waiting_elsewhere()
        yield measures_shelf(teller, self.node)
        yield from self._assessments()
        told = (Kind.MEASURE, Kind.AREA, Kind.GOAL, Kind.INDICATOR)
        yield from other_shelves(teller, relations(self.content, self.entity), told)
        yield teller.last_shelf(self.entity, _TOLD)

    def _development(self) -> Shelf:
        stages = branch_stages(self.session, self.node)
        chart = chart_of_shares(self.teller, _("Achieved"), stages[-_MOST_PERIODS:])
        return Shelf((Drawn(chart.lines),), 1 + min(_MOST_PERIODS, len(self.content.plan.periods)), _("Achieved"))

    def _children(self) -> Iterator[Shelf]:
        """What lies directly below: areas and goals as one, indicators by themselves; and what names it besides."""
        below = self.content.tree.children.get(self.node, ())
        named = self.teller.naming(self.node, Kind.AREA, Kind.GOAL, Kind.INDICATOR)
        every = dict.fromkeys((*below, *named))
        for kind, label in (
            (Kind.AREA, _("Areas")),
            (Kind.GOAL, _("Goals")),
            (Kind.INDICATOR, _("Indicators")),
        ):
            yield related_shelf(self.teller, label, [each for each in every if each.kind is kind])

    def _mark(self) -> Iterator[Block]:
        """Whether an area is marked complete for the period, or has been opened again, by whom and why."""
        if self.node.kind is Kind.AREA:
            for text, style in self._completion():
                yield self.teller.labelled(_("Complete"), text, style)

    def _waiting_elsewhere(self) -> Shelf:
        """What waits below and is not listed among what lies directly there."""
        listed = self.content.tree.children.get(self.node, ())
        waiting = [each for each in self._waiting() if each not in listed]
        told = _("Waiting") if len(waiting) <= _MOST_WAITING else _("Waiting, the first of them")
        return related_shelf(self.teller, told, waiting[:_MOST_WAITING])

    def _assessments(self) -> Iterator[Block]:
        """What persons have said of it, the latest period first, with why."""
        found = [
            each
            for period in sorted(self.content.plan.periods, reverse=True)
            if self.node != ROOT and (each := self.content.assessment(self.node, period)) is not None
        ]
        if found:
            yield Shelf((Heading(_("Assessments")), *(assessment_block(self.teller, each) for each in found)))


def assessment_block(teller: Teller, manual: Assessment, *, is_expected: bool = True) -> Block:
    """A person's assessment beside its period: what it says, why, and who has said so when."""
    expected = is_expected and manual.period == teller.session.period and teller.session.is_expected
    status = status_cell(manual.status, ascii=teller.is_ascii, expected=expected, is_short=False)
    who = teller.changed(manual)
    return teller.labelled(str(manual.period), f"{status}. {manual.motivation}" + (f" ({who})" if who else ""))
