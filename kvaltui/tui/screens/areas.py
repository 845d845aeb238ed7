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
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.status import Status
from kvaltui.model.structure import Indicator
from kvaltui.model.tree import ROOT
from kvaltui.tui.forms import editing, ordering
from kvaltui.tui.offers import Offer
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.screens.things_screen import ALL, RETIRED, Filter, ThingsScreen
from kvaltui.tui.terminal import bindings
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.plan_tree import PlanTree
from kvaltui.words import capitalised, word
from kvaltui.work import moving
from kvaltui.work.naming import name_of
from kvaltui.work.session import Changes

_ADDED = (Kind.AREA, Kind.GOAL, Kind.INDICATOR, Kind.QUALITY_FACTOR)


class AreasScreen(ThingsScreen):
    """The tree of the plan."""

    MODE = "areas"
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "edit", "add", "search", "assess")
    CHANGING = frozenset(
        {"edit", "add", "retire", "assess", "withdraw", "complete", "place", "shift", "set_target", "build"}
    )
    BINDINGS = bindings.AREAS

    def compose_list(self) -> ComposeResult:
        yield PlanTree(self.session)

    @property
    def tree_view(self) -> PlanTree:
        """The tree."""
        return self.query_one(PlanTree)

    @property
    def reference(self) -> Reference | None:
        """The thing that the cursor stands on; the plan by its own key."""
        node = self.tree_view.node
        return Reference(Kind.PLAN, self.session.key) if node == ROOT else node

    def take_in(self, changes: Changes) -> None:
        self.tree_view.take_in(changes)
        self.explain()

    @on(LineView.Chosen)
    async def _open(self) -> None:
        node = self.tree_view.node
        if self._filter == RETIRED:
            self.action_retire()
        elif node is not None and node.kind is Kind.INDICATOR:
            await self.program.show(node)
        else:
            self.tree_view.action_fold()

    # Narrowing

    def filters(self) -> Sequence[Filter]:
        def waits(node: Reference) -> bool:
            each = self.tree_view.judged(node)
            if not isinstance(each, IndicatorResult) or each.status is Status.NOT_APPLICABLE:
                return False
            return not each.is_reported

        def has_been_assessed(node: Reference) -> bool:
            return self.tree_view.judged(node).manual is not None

        def is_stale(node: Reference) -> bool:
            return self.tree_view.judged(node).is_stale

        return [
            Filter("waiting", _("Waiting for an outcome"), waits),
            Filter("assessed", _("Assessed by a person"), has_been_assessed),
            Filter("stale", _("Assessments out of date"), is_stale),
        ]

    def show_rows(self) -> None:
        if self._filter == RETIRED:
            self.tree_view.show_retired()
        else:
            self.tree_view.show_only(self.chosen_filter.keeps if self.chosen_filter is not None else None)
        self._show_title()

    # Changing

    def action_add(self) -> None:
        """Ask what is to be made where the cursor stands."""
        place = self._place_for_new()
        choices = [Choice(kind, capitalised(word(kind))) for kind in _ADDED if _can_lie(kind, place)]
        title = _("New under {name}", name=name_of(self.session.content, place))
        pick(self.program, title, choices, lambda kind: self._create(kind, place))

    def _place_for_new(self) -> Reference:
        """What a new thing is to lie under: what the cursor stands on, or what an indicator there lies under."""
        node = self.tree_view.node or ROOT
        return node if node.kind is not Kind.INDICATOR else next(self.session.content.tree.ancestors(node), ROOT)

    def offers(self) -> Sequence[Offer]:
        return [*super().offers(), *editing.offers_to_add(_ADDED)]

    def add(self, kind: Kind) -> None:
        """Make a thing of a kind where the cursor stands, or in the plan itself where none can lie there."""
        place = self._place_for_new()
        self._create(kind, place if _can_lie(kind, place) else ROOT)

    def _create(self, kind: Kind, place: Reference) -> None:
        given: dict[str, Any] = {}
        if kind is not Kind.QUALITY_FACTOR:
            given |= moving.values_under(self.session.content, kind, place)
        editing.create(self.program, kind, done=self.go_to_new, **given)

    def action_retire(self) -> None:
        reference, entity = self.reference, self.entity
        if reference is None or entity is None or entity.kind is Kind.PLAN:
            return
        super().action_retire()
        if entity.retired and reference in self.session.content.tree.parents:
            self.narrow(ALL)
            self.tree_view.go_to(reference)

    def action_assess(self) -> None:
        node = self.tree_view.node
        if node is None or self._filter == RETIRED:
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


def _can_lie(kind: Kind, place: Reference) -> bool:
    """Whether a thing of a kind can lie under a place in the tree."""
    if kind is Kind.QUALITY_FACTOR:
        return place == ROOT
    return kind is not Kind.AREA or place.kind is not Kind.GOAL
