"""Områden: the tree of areas, goals and indicators, with the status on every level and why."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from kvaltui.i18n import N_, _, say
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.structure import Area, Goal
from kvaltui.model.tree import ROOT
from kvaltui.tui.drawing import Piece, cut_middle, left, width_of
from kvaltui.tui.figures import achieved_of, figure_cell, status_cell
from kvaltui.tui.naming import name_of
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.session import Changes, PlanSession
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.panel import Panel, Paragraph
from kvaltui.words import capitalised, word

_STATUS = 14
_NUMBERS = 12


class TreeView(LineView):
    """The plan, its areas, goals and indicators. Folded things stand alone."""

    HEAD: ClassVar[int] = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "fold", N_("Fold"), id="fold"),
        Binding("left", "fold_to(True)", N_("Fold up"), show=False, id="fold_up"),
        Binding("right", "fold_to(False)", N_("Unfold"), show=False, id="unfold"),
    ]

    def __init__(self, session: PlanSession, *, is_ascii: bool) -> None:
        super().__init__()
        self._session = session
        self._is_ascii = is_ascii
        self._folded: set[Reference] = set()
        self._rows: list[tuple[Reference, int]] = []
        self._build()

    def row_count(self) -> int:
        return len(self._rows)

    def thing_at(self, row: int) -> object:
        return self._rows[row][0] if row < len(self._rows) else None

    def take_in(self, changes: Changes) -> None:
        """Redraw what has changed; cursor and scroll stay."""
        if changes.is_whole:
            self._rebuild()
        else:
            self.redraw_rows(*(at for at, (node, _) in enumerate(self._rows) if node in changes.references))

    def go_to(self, reference: Reference) -> None:
        """Put the cursor on a thing, unfolding what hides it."""
        hiding = self._folded & set(self._session.content.tree.ancestors(reference))
        if hiding:
            self._folded -= hiding
            self._rebuild()
        at = next((at for at, (node, _) in enumerate(self._rows) if node == reference), None)
        if at is not None:
            self.move_to(at)

    def action_fold(self) -> None:
        if self._rows:
            self._fold(self._rows[self.cursor][0] not in self._folded)

    def action_fold_to(self, is_folded: bool) -> None:
        if self._rows:
            self._fold(is_folded)

    def _fold(self, is_folded: bool) -> None:
        tree = self._session.content.tree
        node = self._rows[self.cursor][0]
        if is_folded and (node in self._folded or not tree.children.get(node)):
            self.go_to(next(tree.ancestors(node), ROOT))
            return
        (self._folded.add if is_folded else self._folded.discard)(node)
        self._rebuild()

    def _rebuild(self) -> None:
        here, offset = self.thing_at(self.cursor), self.cursor - self.top
        self._build()
        self.cursor = next((at for at, (node, _) in enumerate(self._rows) if node == here), 0)
        self.top = max(0, self.cursor - offset)
        self.clamp()
        self.redraw()

    def _build(self) -> None:
        self._rows = []
        self._add(ROOT, 0)

    def _add(self, node: Reference, depth: int) -> None:
        self._rows.append((node, depth))
        if node not in self._folded:
            tree = self._session.content.tree
            for child in tree.children.get(node, ()):
                if tree.parents[child] == node:
                    self._add(child, depth + 1)

    def draw_head(self, y: int, width: int) -> Strip:
        name = max(8, width - 1 - _STATUS - _NUMBERS)
        text = " " + left(_("Area, goal, indicator"), name) + left(_("Status"), _STATUS) + _("Achieved")
        return self.line([(text, self.paint.muted)], width)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        node, depth = self._rows[row]
        session, paint = self._session, self.paint
        name = max(8, width - 1 - _STATUS - _NUMBERS)
        folded = ("+ " if self._is_ascii else "▸ ") if node in self._folded else ""
        indent = "  " * depth + folded
        label = indent + cut_middle(name_of(session.content, node), name - width_of(indent) - 1)
        is_branch = node.kind is not Kind.INDICATOR
        style = paint.selected if is_here else paint.strong if node.kind in (Kind.AREA, Kind.PLAN) else paint.text
        pieces: list[Piece] = [(" ", None), (left(label, name), style)]
        if is_branch:
            judged = session.result.nodes[node]
            numbers = achieved_of(judged.counts.achieved, judged.counts.of)
        else:
            judged = session.result.indicators[node.key]  # type: ignore[assignment]
            numbers = figure_cell(judged.outcome or "", session.indicator(node.key).scale)  # type: ignore[attr-defined]
        status = status_cell(judged.status, ascii=self._is_ascii, expected=session.is_expected)
        mark = "*" if judged.manual is not None else " "
        pieces += [(left(status + mark, _STATUS), paint.status(judged.status)), (numbers, paint.muted)]
        return self.line(pieces, width)


class AreasScreen(PlanScreen):
    """The tree of the plan."""

    MODE = "areas"
    KEYS: ClassVar[tuple[str, ...]] = ("help", "choose", "fold", "period", "go", "quit")
    CSS_PATH = "areas.tcss"

    def compose_body(self) -> ComposeResult:
        yield TreeView(self.session, is_ascii=self.program.is_ascii)
        yield SpeechLine()
        yield Panel()

    def on_mount(self) -> None:
        self.watch(self.query_one(TreeView), "here", self._explain, init=False)
        self._explain()

    def take_in(self, changes: Changes) -> None:
        self.query_one(TreeView).take_in(changes)
        self._explain()

    def show_reference(self, reference: Reference) -> None:
        self.query_one(TreeView).go_to(reference)

    @on(LineView.Chosen)
    async def _open(self, event: LineView.Chosen) -> None:
        match event.view.thing_at(event.view.cursor):
            case Reference(kind=Kind.INDICATOR) as reference:
                await self.program.show(reference)
            case Reference():
                self.query_one(TreeView).action_fold()

    def _explain(self) -> None:
        tree = self.query_one(TreeView)
        match tree.thing_at(tree.cursor):
            case Reference(kind=Kind.INDICATOR, key=key):
                judged = self.session.result.indicators[key]
                name = name_of(self.session.content, Reference(Kind.INDICATOR, key))
                paint = self.program.paint
                said: list[Paragraph] = [
                    (name, paint.strong),
                    (capitalised(clean(say(judged.verdict.reason))), paint.text),
                ]
                if judged.manual is not None:
                    said.append((self._assessed(judged.manual.motivation, is_stale=judged.is_stale), paint.text))
            case Reference() as node:
                said = self._about_node(node)
            case _:
                said = []
        self.query_one(Panel).show(said)

    def _about_node(self, node: Reference) -> list[Paragraph]:
        session, paint = self.session, self.program.paint
        judged = session.result.nodes[node]
        counts = judged.counts
        computed = status_cell(
            judged.computed, ascii=self.program.is_ascii, expected=session.is_expected, is_short=False
        )
        assessed = _("{assessed} of {of} assessed", assessed=counts.assessed, of=counts.of)
        said: list[Paragraph] = [(name_of(session.content, node), paint.strong)]
        said.append((_("Computed: {status} · {assessed}", status=computed, assessed=assessed), paint.text))
        if judged.manual is not None:
            said.append((self._assessed(judged.manual.motivation, is_stale=judged.is_stale), paint.text))
        entity = session.content.find(node)
        if isinstance(entity, Goal) and entity.intent:
            said.append((clean(entity.intent), paint.muted))
        if isinstance(entity, Area) and entity.note:
            said.append((clean(entity.note), paint.muted))
        return said

    def _assessed(self, motivation: str, *, is_stale: bool) -> str:
        told = _("Assessed by a person: {motivation}", motivation=clean(motivation))
        if is_stale:
            told = f"{told} ({_('the basis has changed since the assessment')})"
        return told


def kind_word(reference: Reference) -> str:
    """What sort of thing a node of the tree is."""
    return capitalised(word(reference.kind))
