"""What there is to say about a thing in the tree of the plan: its status and why, what is assessed, what waits."""

from __future__ import annotations

from kvaltui.assessment_words import assessed, why_stale
from kvaltui.i18n import _, say, told_day
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import NodeResult
from kvaltui.model.reporting import Assessment
from kvaltui.model.reporting_round import complete_area, completion
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal
from kvaltui.status_cells import status_cell
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.page import Paragraph
from kvaltui.words import capitalised
from kvaltui.work.naming import name_of
from kvaltui.work.session import PlanSession


class About:
    """Says something of the open plan, in the program's colours and symbols."""

    def __init__(self, session: PlanSession, paint: Paint, *, is_ascii: bool) -> None:
        self._session = session
        self._paint = paint
        self._is_ascii = is_ascii

    def status(self, status: Status) -> str:
        """A computed status in symbol and words."""
        return status_cell(status, ascii=self._is_ascii, expected=self._session.is_expected, is_short=False)

    def assessment(self, manual: Assessment) -> str:
        """A person's assessment: who, what and why."""
        return clean(assessed(manual, self.status(manual.status)))

    def assessed(self, manual: Assessment, *, is_stale: bool) -> list[Paragraph]:
        """A person's assessment, and what has changed under it since."""
        said: list[Paragraph] = [(self.assessment(manual), self._paint.text)]
        if is_stale:
            said.append((clean(why_stale(self._session.content, manual)), self._paint.warning))
        return said


class AboutNode(About):
    """Says it in paragraphs, those that matter most first."""

    def paragraphs(self, node: Reference) -> list[Paragraph]:
        """All there is to say about a node of the tree."""
        if node.kind is Kind.INDICATOR:
            return self._about_indicator(node)
        return self._about_branch(node)

    def _about_indicator(self, node: Reference) -> list[Paragraph]:
        paint = self._paint
        judged = self._session.result.indicators[node.key]
        computed = self.status(judged.verdict.status)
        reason = capitalised(clean(say(judged.verdict.reason)))
        said: list[Paragraph] = [(name_of(self._session.content, node), paint.strong)]
        if judged.manual is None:
            return [*said, (reason, paint.text)]
        said += self.assessed(judged.manual, is_stale=judged.is_stale)
        return [*said, (_("Computed: {status}. {reason}", status=computed, reason=reason), paint.text)]

    def _about_branch(self, node: Reference) -> list[Paragraph]:
        session, paint = self._session, self._paint
        judged = session.result.nodes[node]
        said: list[Paragraph] = [(name_of(session.content, node), paint.strong)]
        if judged.manual is not None:
            said += self.assessed(judged.manual, is_stale=judged.is_stale)
        said.append((self._computed(judged), paint.text))
        said += self._round(node, judged)
        entity = session.content.find(node)
        if isinstance(entity, Goal) and entity.intent:
            said.append((clean(entity.intent), paint.muted))
        if isinstance(entity, Area) and entity.note:
            said.append((clean(entity.note), paint.muted))
        return said

    def _computed(self, judged: NodeResult) -> str:
        counts = judged.counts
        assessed = _("{assessed} of {of} assessed", assessed=counts.assessed, of=counts.of)
        return _("Computed: {status} · {assessed}", status=self.status(judged.computed), assessed=assessed)

    def _round(self, node: Reference, judged: NodeResult) -> list[Paragraph]:
        """Whether an area is complete for the period, and otherwise which figures wait below a thing."""
        session, paint = self._session, self._paint
        if node.kind is Kind.AREA:
            locking = complete_area(session.content, node.key, session.period)
            if locking:
                return [(self._complete(locking, session), paint.text)]
            opened = completion(session.content, node.key, session.period)
            if opened.motivation:
                return [(_("Opened again: {motivation}", motivation=clean(opened.motivation)), paint.text)]
        results = session.result.indicators
        missing = [
            name_of(session.content, Reference(Kind.INDICATOR, key))
            for key in session.content.tree.indicators_below(node)
            if not results[key].is_reported and results[key].status is not Status.NOT_APPLICABLE
        ]
        if not missing:
            return []
        return [(_("{count} waiting: {names}", count=judged.counts.waiting, names=" · ".join(missing)), paint.text)]

    def _complete(self, area: str, session: PlanSession) -> str:
        mark = completion(session.content, area, session.period)
        name = name_of(session.content, Reference(Kind.AREA, area))
        if not mark.changed_at:
            return _("{area} is complete: its figures are locked", area=name)
        return _(
            "{area} was marked complete {day} by {who}: its figures are locked",
            area=name,
            day=told_day(mark.changed_at),
            who=clean(mark.changed_by),
        )
