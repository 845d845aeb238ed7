"""Områden: the tree of areas, goals and indicators, with the status on every level and why; and all work on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult

from kvaltui.i18n import _
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.status import Status
from kvaltui.model.structure import Indicator
from kvaltui.model.tree import ROOT
from kvaltui.tui.forms import editing, ordering
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.screens.reading_screen import explain
from kvaltui.tui.telling.about_node import AboutNode
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.panel import Panel, Paragraph
from kvaltui.tui.widgets.plan_tree import PlanTree
from kvaltui.words import capitalised, word
from kvaltui.work import moving
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.naming import name_of
from kvaltui.work.session import Changes

_ALL, _WAITING, _ASSESSED, _STALE, _RETIRED = "all", "waiting", "assessed", "stale", "retired"


class AreasScreen(PlanScreen):
    """The tree of the plan."""

    MODE = "areas"
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "edit", "add", "search", "assess")
    CSS_PATH = "areas.tcss"
    CHANGING = frozenset({"edit", "add", "retire", "assess", "withdraw", "complete", "place", "shift", "set_target"})
    BINDINGS = bindings.AREAS

    def __init__(self) -> None:
        super().__init__()
        self._filter = _ALL

    def compose_body(self) -> ComposeResult:
        yield PlanTree(self.session)
        yield SpeechLine()
        yield Panel(whole=1)

    @property
    def tree_view(self) -> PlanTree:
        """The tree."""
        return self.query_one(PlanTree)

    @property
    def reference(self) -> Reference | None:
        """The thing that the cursor stands on; the plan by its own key."""
        node = self.tree_view.node
        return Reference(Kind.PLAN, self.session.key) if node == ROOT else node

    def on_mount(self) -> None:
        self.watch(self.tree_view, "here", self._explain, init=False)
        self._explain()

    def take_in(self, changes: Changes) -> None:
        self.tree_view.take_in(changes)
        self._explain()

    def show_reference(self, reference: Reference) -> None:
        if not self.tree_view.go_to(reference):
            self.action_show_all()
            self.tree_view.go_to(reference)

    @on(LineView.Chosen)
    async def _open(self) -> None:
        node = self.tree_view.node
        if self._filter == _RETIRED:
            self.action_retire()
        elif node is not None and node.kind is Kind.INDICATOR:
            await self.program.show(node)
        else:
            self.tree_view.action_fold()

    def _explain(self) -> None:
        node = self.tree_view.node
        said: list[Paragraph] = []
        if node is not None and self._filter == _RETIRED:
            told = _("Retired: it counts nowhere. {key} brings it back.", key=self.program.key_of("retire"))
            said = [
                (name_of(self.session.content, node), self.program.paint.strong),
                (told, self.program.paint.text),
            ]
        elif node is not None:
            about = AboutNode(self.session, self.program.paint, is_ascii=self.program.is_ascii)
            said = about.paragraphs(node)
        self.query_one(Panel).show(said)

    def action_explain(self) -> None:
        """Show all there is to say about the thing, whole: an assessment's motivation too."""
        node = self.tree_view.node
        if node is not None and self._filter != _RETIRED:
            explain(self.program, EntryRow(node))

    # Narrowing

    def _filters(self) -> dict[str, str]:
        return {
            _ALL: _("All"),
            _WAITING: _("Waiting for an outcome"),
            _ASSESSED: _("Assessed by a person"),
            _STALE: _("Assessments out of date"),
            _RETIRED: _("Retired"),
        }

    def action_filter(self) -> None:
        choices = [Choice(value, label) for value, label in self._filters().items()]
        pick(self.program, _("Filter"), choices, self._narrow, current=self._filter)

    def _narrow(self, value: str) -> None:
        self._filter = value
        if value == _RETIRED:
            self.tree_view.show_retired()
        else:
            self.tree_view.show_only(self._is_kept if value != _ALL else None)
        self._show_title()
        self._explain()

    def _is_kept(self, node: Reference) -> bool:
        result = self.session.result
        judged = result.indicators[node.key] if node.kind is Kind.INDICATOR else result.nodes[node]
        if self._filter == _ASSESSED:
            return judged.manual is not None
        if self._filter == _STALE:
            return judged.is_stale
        each = result.indicators.get(node.key) if node.kind is Kind.INDICATOR else None
        return each is not None and not each.is_reported and each.status is not Status.NOT_APPLICABLE

    def action_show_all(self) -> None:
        if self._filter != _ALL:
            self.speak("")
            self._narrow(_ALL)

    def _facts(self) -> Sequence[Piece]:
        if self._filter == _ALL:
            return super()._facts()
        label = self._filters()[self._filter]
        return [(f"{_('Filter')}: {label}  ", self.program.paint.accent), *super()._facts()]

    # Changing

    def action_edit(self) -> None:
        if self.entity is not None:
            editing.edit(self.program, self.entity)

    def action_add(self) -> None:
        """Ask what is to be made where the cursor stands."""
        node = self.tree_view.node or ROOT
        place = node if node.kind is not Kind.INDICATOR else next(self.session.content.tree.ancestors(node), ROOT)
        kinds = [Kind.GOAL, Kind.INDICATOR] if place.kind is Kind.GOAL else [Kind.AREA, Kind.GOAL, Kind.INDICATOR]
        if place == ROOT:
            kinds.append(Kind.QUALITY_FACTOR)
        choices = [Choice(kind, capitalised(word(kind))) for kind in kinds]
        title = _("New under {name}", name=name_of(self.session.content, place))
        pick(self.program, title, choices, lambda kind: self._create(kind, place))

    def _create(self, kind: Kind, place: Reference) -> None:
        given: dict[str, Any] = {}
        if kind is not Kind.QUALITY_FACTOR:
            given |= moving.values_under(self.session.content, kind, place)
        editing.create(self.program, kind, done=self.go_to_new, **given)

    def action_retire(self) -> None:
        entity = self.entity
        if entity is None or entity.kind is Kind.PLAN:
            return
        if not entity.retired:
            editing.retire(self.program, entity)
            return
        reference = Reference(entity.kind, entity.key)
        editing.bring_back(self.program, entity)
        if reference in self.session.content.tree.parents:
            self._narrow(_ALL)
            self.tree_view.go_to(reference)

    def action_assess(self) -> None:
        node = self.tree_view.node
        if node is None or self._filter == _RETIRED:
            return
        if node == ROOT:
            self.speak(_("Areas, goals and indicators are assessed; the whole follows from them"), is_problem=True)
        else:
            editing.assess(self.program, node)

    def action_withdraw(self) -> None:
        node = self.tree_view.node
        if node is not None and node != ROOT:
            editing.withdraw_assessment(self.program, node)

    def action_complete(self) -> None:
        """Mark the area that the cursor stands in complete, or open it again."""
        self.program.turn_completion(self.tree_view.node)

    def action_set_target(self) -> None:
        entity = self.entity
        if isinstance(entity, Indicator) and not entity.retired:
            editing.set_target(self.program, entity.key)

    # Places

    def action_place(self) -> None:
        """Ask under what the thing is to lie instead."""
        content, node = self.session.content, self.tree_view.node
        thing = moving.placed(content, node) if node is not None else None
        if node is None or thing is None or thing.retired:
            return
        tree = content.tree
        choices = [
            Choice(
                place,
                "  " * (sum(1 for _above in tree.ancestors(place)) if place != ROOT else 0) + name_of(content, place),
                detail=word(place.kind),
            )
            for place in moving.places_for(content, node)
        ]
        title = _("Lay {name} under", name=name_of(content, node))
        above = next(tree.ancestors(node), ROOT)
        pick(self.program, title, choices, partial(self._place_under, node, content), current=above)

    def _place_under(self, node: Reference, content: PlanContent, under: Reference) -> None:
        """Store the answer, given for the plan as it stood when the question was asked."""
        changed = moving.moved(content, node, under)
        if changed:
            told = _("Now under {place}: {name}", place=name_of(content, under), name=name_of(content, node))
            editing.store(self.program, changed, told, seen=content.position)
            self.show_reference(node)

    def action_shift(self, way: int) -> None:
        """Move the thing up or down among those of its kind that lie beside it."""
        content, node = self.session.content, self.tree_view.node
        thing = moving.placed(content, node) if node is not None else None
        if node is None or thing is None or thing.retired:
            return
        ordering.move(self.program, thing, way, moving.beside(content, node))
