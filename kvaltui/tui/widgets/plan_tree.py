"""The tree of the plan: areas, goals and indicators with the status on every level, computed beside assessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from textual.strip import Strip

from kvaltui.columns import GAP
from kvaltui.decimal_line import DecimalLine, line_for, on_line
from kvaltui.figure_words import outcome_cell
from kvaltui.i18n import _
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import NodeResult
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.reporting_round import complete_area
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.tree import ROOT
from kvaltui.status_cells import achieved_of, status_cell
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import MARKER, Piece, cut, left, right, width_of
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.quiet import quiet
from kvaltui.tui.widgets.work_table import fitted
from kvaltui.words import word
from kvaltui.work.naming import name_of
from kvaltui.work.session import Changes, PlanSession

_EDGE = 1
"""The cell at each side of a row: the cursor's mark, and one that stays empty."""
_STATUS, _NUMBERS, _LEAST_NAME = 12, 9, 8
_INDENT = 2
_MOST_MEASURED = 500
"""So many figures decide how much room all of them have: more hardly say anything else."""
_WORDS_FROM, _MARKS_FROM, _BESIDE_FROM = 56, 60, 66
"""The widths of a tree from which statuses show in words, areas that are complete or wait, and what is computed."""

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
        self._columns: tuple[object, int, _Columns] | None = None
        self._rows: list[TreeRow] = self._built()

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
            return
        before, self._columns = self._columns, None
        width = self.size.width
        if changes.touches(Kind.COMPLETION) or (before is not None and before[2] != self._laid_out(width)):
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

    def _laid_out(self, width: int) -> _Columns:
        """The widths of the columns beside the names: what no row has anything in takes no room."""
        known = self._columns
        if known is None or known[0] is not self._rows or known[1] != width:
            shown = [] if self._shows_retired else [row.node for row in self._rows]
            marks = max((width_of(self._mark(each)[0]) for each in shown), default=0)
            beside = max((sum(width_of(text) for text, _style in self._beside(each)) for each in shown), default=0)
            figures = (self._numbers(each, self.judged(each)) for each in shown if each.kind is Kind.INDICATOR)
            line = line_for(islice(figures, _MOST_MEASURED))
            known = self._columns = self._rows, width, _columns(width, marks, beside, line)
        return known[2]

    def headings(self, width: int) -> str:
        if self._shows_retired:
            return f" {_('Area, goal, indicator')}"
        columns = self._laid_out(width)
        text = " " + left(_("Area, goal, indicator"), columns.name)
        for heading, wide in (
            ("", columns.mark),
            (_("Status") if columns.has_words else "", columns.status),
            (_("Computed"), columns.beside),
        ):
            text += " " * GAP + left(heading, wide) if wide else ""
        return text + " " * GAP + right(_("Achieved"), columns.numbers)

    def is_heading(self, row: int) -> bool:
        return not self._shows_retired and self._rows[row].node.kind is Kind.AREA and self._rows[row].depth == 1

    def table_headings(self) -> Sequence[str]:
        others = () if self._shows_retired else (_("Status"), _("Computed"), _("Achieved"), "")
        return (_("Area, goal, indicator"), *others)

    def table_cells(self, row: int) -> Sequence[str]:
        node = self._rows[row].node
        name = name_of(self._session.content, node)
        if self._shows_retired:
            return (f"{name} ({word(node.kind)})",)
        judged = self.judged(node)
        beside = "".join(text for text, _style in self._beside(node))
        status = status_cell(judged.status, ascii=self.is_ascii)
        return (name, status, beside, self._numbers(node, judged), self._mark(node)[0])

    def nothing(self) -> str:
        if self._keeps is not None:
            return _("Nothing matches. {key} shows everything again.", key=self.key_of("show_all"))
        return _("Nothing has been retired. {key} shows everything again.", key=self.key_of("show_all"))

    def draw_nothing(self, y: int, width: int) -> Strip:
        if y != 1 or len(self._rows) != 1 or self._shows_retired:
            return super().draw_nothing(y, width)
        if self._keeps is not None:
            told = self.nothing()
        elif self._session.content.tree.children:
            told = ""
        elif self._session.is_read_only:
            told = _("The plan is empty.")
        else:
            told = _("The plan is empty. {key} adds an area, a goal or an indicator.", key=self.key_of("add"))
        return self.line([(" " * MARKER, None), (told, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown, paint = self._rows[row], self.paint
        edge: Piece = (self.marker(is_here=is_here)[:_EDGE], paint.accent)
        style = paint.strong if shown.node.kind in (Kind.AREA, Kind.PLAN) else paint.text
        if self._shows_retired:
            text = f"{name_of(self._session.content, shown.node)} ({word(shown.node.kind)})"
            return self.line([edge, (cut(text, width - 2 * _EDGE), paint.text)], width)
        columns, judged = self._laid_out(width), self.judged(shown.node)
        folded = ("+ " if self.is_ascii else "▸ ") if shown.node in self._folded else ""
        indent = " " * (_INDENT * max(0, shown.depth - 1)) + folded
        name = self.short(name_of(self._session.content, shown.node), columns.name - width_of(indent))
        pieces: list[Piece] = [edge, (left(indent + name, columns.name), style)]
        if columns.mark:
            mark, of_mark = self._mark(shown.node)
            pieces.append((" " * GAP + left(mark, columns.mark), of_mark))
        told = self._told(judged.status)
        pieces += [(" " * GAP, None), *fitted(told if columns.has_words else told[:1], columns.status)]
        if columns.beside:
            beside = self._beside(shown.node)
            beside = beside if columns.has_words else beside[:-1]
            pieces += [(" " * GAP, None), *fitted(tuple(beside), columns.beside)]
        numbers = self._numbers(shown.node, judged)
        if shown.node.kind is Kind.INDICATOR:
            numbers, _taken = on_line(numbers, columns.line, columns.numbers)
        pieces.append((" " * GAP + right(numbers, columns.numbers), paint.muted))
        return self.line(pieces, width)

    def judged(self, node: Reference) -> NodeResult | IndicatorResult:
        """What a thing has come to."""
        result = self._session.result
        return result.indicators[node.key] if node.kind is Kind.INDICATOR else result.nodes[node]

    def _numbers(self, node: Reference, judged: NodeResult | IndicatorResult) -> str:
        """The figure of an indicator, and of anything else how many are achieved."""
        if isinstance(judged, NodeResult):
            return achieved_of(judged.counts.achieved, judged.counts.of)
        return outcome_cell(judged, self._session.indicator(node.key).scale)

    def _mark(self, node: Reference) -> Piece:
        """That an area is marked complete, or how much of it waits."""
        if node.kind is not Kind.AREA:
            return "", None
        session, paint = self._session, self.paint
        if complete_area(session.content, node.key, session.period):
            return _("complete"), paint.muted
        waiting = session.result.nodes[node].counts.waiting
        return (_("{count} waiting", count=waiting) if waiting else ""), paint.accent

    def _beside(self, node: Reference) -> list[Piece]:
        """What is computed beside a person's assessment, where that is another; and that the assessment is stale."""
        judged, paint = self.judged(node), self.paint
        if judged.manual is None:
            return []
        computed = judged.computed if isinstance(judged, NodeResult) else judged.verdict.status
        pieces: list[Piece] = [("!", paint.chip), (" ", None)] if judged.is_stale else []
        if computed == judged.status:
            return [*pieces, (_("as assessed"), paint.muted)]
        return [*pieces, *self._told(computed)]

    def _told(self, status: Status) -> tuple[Piece, ...]:
        """A status in symbol and word."""
        return quiet(status_cell(status, ascii=self.is_ascii), status, self.paint)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The widths of the columns of a tree; `has_words`: statuses stand in words too."""

    name: int
    mark: int
    status: int
    beside: int
    numbers: int
    line: DecimalLine
    has_words: bool


def _columns(width: int, mark: int, beside: int, line: DecimalLine) -> _Columns:
    has_words = width >= _WORDS_FROM
    status, numbers = (_STATUS if has_words else 1), _NUMBERS
    mark = mark if width >= _MARKS_FROM else 0
    beside = max(beside, width_of(_("Computed"))) if beside and width >= _BESIDE_FROM else min(beside, 3)
    taken = 2 * _EDGE + sum(GAP + each for each in (mark, status, beside, numbers) if each)
    return _Columns(max(_LEAST_NAME, width - taken), mark, status, beside, numbers, line, has_words)
