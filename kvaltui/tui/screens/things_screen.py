"""A screen with a list of things of the plan that can be narrowed, changed, put away and brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import methodcaller
from typing import Any

from kvaltui.i18n import _
from kvaltui.model.entity import Reference
from kvaltui.model.value import dataclass
from kvaltui.tui.forms import editing
from kvaltui.tui.offers import Offer
from kvaltui.tui.screens.list_screen import ListScreen
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.work.selection import Selection

ALL, RETIRED = "all", "retired"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list can be narrowed to: its value, its name in the reader's language, and which things it keeps."""

    value: str
    label: str
    keeps: Callable[[Any], bool]


class ThingsScreen(ListScreen):
    """A list of things of the plan, which can be narrowed, and a panel about the one that the cursor stands on.

    Retired things show only under their own filter, where they can be brought back.
    """

    CHANGING = frozenset({"edit", "add", "retire", "main", "move", "build"})

    def __init__(self) -> None:
        super().__init__()
        self._filter = ALL
        self._sought = ""

    # What subclasses say

    def filters(self) -> Sequence[Filter]:
        """What the list can be narrowed to, besides all and retired."""
        return ()

    def offers(self) -> Sequence[Offer]:
        return [Offer(label, _("Filter"), methodcaller("narrow", value)) for value, label in self._filter_names()]

    def show_rows(self) -> None:
        """Show the rows as they are now."""
        raise NotImplementedError

    def summary(self) -> Sequence[Piece]:
        """What is counted in the title."""
        return super()._facts()

    # Narrowing

    def show_reference(self, reference: Reference) -> None:
        view = self.query_one(LineView)
        if not view.go_to(reference):
            thing = self.session.content.find(reference)
            self.narrow(RETIRED if thing is not None and thing.retired else ALL)
            view.go_to(reference)

    def narrow_to(self, wanted: Selection | str) -> None:
        if isinstance(wanted, str):
            self.narrow(wanted)

    def narrow(self, chosen: str, sought: str = "") -> None:
        """Show what a filter keeps of the things that have what is sought."""
        self._filter, self._sought = chosen, sought
        self.show_rows()
        self.explain()

    def action_filter(self) -> None:
        choices = [Choice(value, label) for value, label in self._filter_names()]
        pick(self.program, _("Filter"), choices, lambda value: self.narrow(value, self._sought), current=self._filter)

    def _filter_names(self) -> Sequence[tuple[str, str]]:
        """What the list can be narrowed to, and what each is called."""
        return [(ALL, _("All")), *((each.value, each.label) for each in self.filters()), (RETIRED, _("Retired"))]

    @property
    def chosen_filter(self) -> Filter | None:
        """The filter that is chosen; None for all things and for those that are retired."""
        return next((each for each in self.filters() if each.value == self._filter), None)

    def action_show_all(self) -> None:
        if self._filter != ALL or self._sought:
            self.speak("")
            self.narrow(ALL)

    def _facts(self) -> Sequence[Piece]:
        """What the list is narrowed to, and how many there are."""
        paint, chosen = self.program.paint, self.chosen_filter
        label = _("Retired") if self._filter == RETIRED else chosen.label if chosen is not None else ""
        pieces: list[Piece] = [(f"{_('Filter')}: {label}  ", paint.accent)] if label else []
        if self._sought:
            pieces.append((f"{_('Search')}: {self._sought}  ", paint.accent))
        return [*pieces, *self.summary()]

    # Changing

    def action_edit(self) -> None:
        if self.entity is not None:
            editing.edit(self.program, self.entity)

    def action_retire(self) -> None:
        entity = self.entity
        if entity is None:
            return
        if entity.retired:
            editing.bring_back(self.program, entity)
        else:
            editing.retire(self.program, entity)
