"""The tree of the plan: areas, goals and indicators with the status on every level, computed beside assessed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.strip import Strip

from kvaltui.figure_words import outcome_cell
from kvaltui.i18n import _
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import NodeResult
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.reporting_round import complete_area
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.tree import ROOT
from kvaltui.status_cells import achieved_of, status_cell
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import MARKER, Piece, left, width_of
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.words import status_symbol, word
from kvaltui.work.naming import name_of
from kvaltui.work.session import Changes, PlanSession

_STATUS = 13
_NUMBERS = 10
_LEAST_NAME = 8
_INDENT = 2

Keeps = Callable[[Reference], bool]
"""Whether a thing is shown; what it lies under is shown with it."""


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A thing and how deep it lies."""

    node: Reference
    depth: int


class PlanTree(LineView[TreeRow]):
    """The plan, its areas, goals and indicators. Folded things stand alone."""

    HEAD: ClassVar[int] = 1
    BINDINGS = bindings.PLAN_TREE

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session
        self._folded: set[Reference] = set()
        self._keeps: Keeps | None = None
        self._shows_retired = False
        self._rows = self._built()

    # Rows

    @property
    def node(self) -> Reference | None:
        """The thing that the cursor stands on."""
        return self.row.node if self.row is not None else None

    def thing_of(self, row: TreeRow) -> Reference:
        return row.node

    def text_at(self, row: int) -> str:
        return name_of(self._session.content, self._rows[row].node)

    def take_in(self, changes: Changes) -> None:
        """Redraw what has changed; cursor and scroll stay."""
        if changes.is_whole or self._keeps is not None or self._shows_retired:
            self._rebuild()
        elif changes.touches(Kind.COMPLETION, Kind.ASSESSMENT):
            # What is marked complete shows on areas below it, and the first assessment adds a column.
            self.redraw()
        else:
            self.redraw_things(changes.references)

    def show_only(self, keeps: Keeps | None) -> None:
        """Show what is kept and what it lies under, or everything."""
        self._keeps, self._shows_retired = keeps, False
        self._rebuild()

    def show_retired(self) -> None:
        """Show what has been retired, area by goal by indicator, instead of the tree."""
        self._keeps, self._shows_retired = None, True
        self._rebuild()

    def go_to(self, thing: Reference) -> bool:
        """Put the cursor on a thing, unfolding what hides it. Returns whether it is there."""
        hiding = self._folded & set(self._session.content.tree.ancestors(thing))
        if hiding:
            self._folded -= hiding
            self._rebuild()
        return super().go_to(thing)

    def _rebuild(self) -> None:
        here, offset = self.node, self.cursor - self.top
        self._rows = self._built()
        self.stand_on(self.place_of(here), offset)

    def _built(self) -> list[TreeRow]:
        content = self._session.content
        if self._shows_retired:
            return [
                TreeRow(Reference(type_.kind, each.key), 0)
                for type_ in (Area, Goal, Indicator)
                for each in content.all(type_).values()
                if each.retired
            ]
        return self._with_below(TreeRow(ROOT, 0))

    def _with_below(self, row: TreeRow) -> list[TreeRow]:
        """A thing with what lies under it; nothing where none of that is kept."""
        tree = self._session.content.tree
        children = (each for each in tree.children.get(row.node, ()) if tree.parents[each] == row.node)
        below = [each for child in children for each in self._with_below(TreeRow(child, row.depth + 1))]
        if not below and self._keeps is not None and row.node != ROOT and not self._keeps(row.node):
            return []
        return [row] if row.node in self._folded else [row, *below]

    # Folding

    def action_fold(self) -> None:
        self.action_fold_to(self.node not in self._folded)

    def action_fold_to(self, is_folded: bool) -> None:
        node, tree = self.node, self._session.content.tree
        if node is None:
            return
        if is_folded and (node in self._folded or not tree.children.get(node)):
            self.go_to(next(tree.ancestors(node), ROOT))
            return
        (self._folded.add if is_folded else self._folded.discard)(node)
        self._rebuild()

    # Drawing

    def _name_width(self, width: int) -> int:
        taken = MARKER + (0 if self._shows_retired else _STATUS + _NUMBERS)
        return max(_LEAST_NAME, width - taken)

    def headings(self, width: int) -> str:
        text = " " * MARKER + left(_("Area, goal, indicator"), self._name_width(width))
        if not self._shows_retired:
            text += left(_("Status"), _STATUS) + _("Achieved")
        return text

    def nothing(self) -> str:
        return _("Nothing has been retired.")

    def draw_nothing(self, y: int, width: int) -> Strip:
        if y != 2 or len(self._rows) != 1 or self._session.content.tree.children:
            return super().draw_nothing(y, width)
        told = _("The plan is empty. {key} adds an area, a goal or an indicator.", key=self.key_of("add"))
        return self.line([(" " * MARKER, None), (told, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown, paint = self._rows[row], self.paint
        name = self._name_width(width)
        mark = self.marker(is_here=is_here)
        style = paint.strong if shown.node.kind in (Kind.AREA, Kind.PLAN) else paint.text
        if is_here:
            style = paint.selected
        if self._shows_retired:
            text = f"{name_of(self._session.content, shown.node)} ({word(shown.node.kind)})"
            return self.line([(mark, paint.accent), (left(text, name), style)], width)
        judged = self.judged(shown.node)
        aside = self._aside(shown.node, judged)
        taken = sum(width_of(text) for text, _style in aside)
        folded = ("+ " if self.is_ascii else "▸ ") if shown.node in self._folded else ""
        indent = " " * (_INDENT * shown.depth) + folded
        label = self.short(name_of(self._session.content, shown.node), name - width_of(indent) - taken - 1)
        gap = " " * (name - width_of(indent) - width_of(label) - taken)
        return self.line(
            [
                (mark, paint.accent),
                (indent, None),
                (label, style),
                (gap, None),
                *aside,
                (left(status_cell(judged.status, ascii=self.is_ascii), _STATUS), paint.status(judged.status)),
                (self._numbers(shown.node, judged), paint.muted),
            ],
            width,
        )

    def judged(self, node: Reference) -> NodeResult | IndicatorResult:
        """What a thing has come to."""
        result = self._session.result
        return result.indicators[node.key] if node.kind is Kind.INDICATOR else result.nodes[node]

    def _numbers(self, node: Reference, judged: NodeResult | IndicatorResult) -> str:
        """The figure of an indicator, and of anything else how many are achieved."""
        if isinstance(judged, NodeResult):
            return achieved_of(judged.counts.achieved, judged.counts.of)
        return outcome_cell(judged, self._session.indicator(node.key).scale)

    def _aside(self, node: Reference, judged: NodeResult | IndicatorResult) -> list[Piece]:
        """What there is to say beside a status: that an area is complete or waits, and what is computed beside it."""
        session, paint = self._session, self.paint
        pieces: list[Piece] = []
        if node.kind is Kind.AREA:
            waiting = session.result.nodes[node].counts.waiting
            if complete_area(session.content, node.key, session.period):
                pieces.append((f" {_('complete')} ", paint.muted))
            elif waiting:
                pieces.append((f" {_('{count} waiting', count=waiting)} ", paint.muted))
        if judged.manual is not None:
            computed = judged.computed if isinstance(judged, NodeResult) else judged.verdict.status
            symbol = status_symbol(computed, ascii=self.is_ascii)
            told = (
                _("out of date · computed {status}", status=symbol)
                if judged.is_stale
                else _("assessed · computed {status}", status=symbol)
            )
            pieces.append((f" {told} ", paint.warning if judged.is_stale else paint.muted))
        return pieces
