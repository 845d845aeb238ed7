"""What the screens of the quality work have in common: a list, a panel about its row, and the same keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on

from kvaltui.i18n import _, say, translated
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.value import dataclass
from kvaltui.tui.forms import editing
from kvaltui.tui.screens.list_screen import ListScreen
from kvaltui.tui.screens.picker import Choice, pick
from kvaltui.tui.telling.work_lines import contested
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, width_of
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.panel import Panel, Paragraph
from kvaltui.tui.widgets.work_table import WorkRow, WorkTable
from kvaltui.work.session import Changes

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

    CHANGING = frozenset({"edit", "add", "retire", "main", "move"})

    def __init__(self) -> None:
        super().__init__()
        self._filter = ALL
        self._sought = ""

    # What subclasses say

    def filters(self) -> Sequence[Filter]:
        """What the list can be narrowed to, besides all and retired."""
        return ()

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
            self.narrow(ALL)
            view.go_to(reference)

    def narrow(self, chosen: str, sought: str = "") -> None:
        """Show what a filter keeps of the things that have what is sought."""
        self._filter, self._sought = chosen, sought
        self.show_rows()
        self.explain()

    def action_filter(self) -> None:
        choices = [Choice(ALL, _("All")), *(Choice(each.value, each.label) for each in self.filters())]
        choices.append(Choice(RETIRED, _("Retired")))
        pick(self.program, _("Filter"), choices, lambda value: self.narrow(value, self._sought), current=self._filter)

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


class WorkScreen(ThingsScreen):
    """The things of the quality work in a table that is searched as one types. Subclasses say which kinds and rows."""

    KINDS: ClassVar[tuple[Kind, ...]]
    TOUCHED_BY: ClassVar[tuple[Kind, ...]]
    NOTHING: ClassVar[tuple[str, str]]
    """What to say when the plan has none of these things: where it can only be read, and where `{key}` adds one."""
    BINDINGS = bindings.WORK_SCREEN

    # What subclasses say

    def rows(self, keeps: Callable[[AnyEntity], bool]) -> list[WorkRow]:
        """The rows of the things that are kept."""
        raise NotImplementedError

    def about(self, entity: AnyEntity) -> list[Paragraph]:
        """What there is to say about a thing."""
        raise NotImplementedError

    def text_of(self, entity: AnyEntity) -> str:
        """What of a thing is searched."""
        raise NotImplementedError

    def change(self, entity: AnyEntity) -> None:
        """Do what Enter does on a thing."""
        editing.edit(self.program, entity)

    # The frame

    @property
    def table(self) -> WorkTable:
        """The list."""
        return self.query_one(WorkTable)

    @property
    def reference(self) -> Reference | None:
        return self.table.reference

    def on_mount(self) -> None:
        self.show_rows()

    def take_in(self, changes: Changes) -> None:
        if changes.touches(*self.KINDS, *self.TOUCHED_BY):
            self.show_rows()
            self.explain()

    def show_rows(self) -> None:
        nothing = translated(self.NOTHING[0])
        if not self.session.is_read_only:
            nothing = translated(self.NOTHING[1], key=self.program.key_of("add"))
        if self._filter != ALL or self._sought:
            nothing = _("Nothing matches. {key} shows everything again.", key=self.program.key_of("show_all"))
        self.table.show(self.rows(self._keeps), nothing)
        self._show_title()

    def paragraphs(self) -> list[Paragraph]:
        entity = self.entity
        if entity is None:
            return []
        return [*contested(entity, self.program.paint, self.program.key_of("conflicts")), *self.about(entity)]

    def complain(self, error: KvaltuiError) -> None:
        """Say what went wrong; what is longer than its line stands whole in the panel until the cursor moves."""
        super().complain(error)
        told, entity = clean(say(error.message)), self.entity
        if width_of(told) > self.size.width - 2 and entity is not None:
            self.query_one(Panel).show([(told, self.program.paint.error), *self.about(entity)])

    # Narrowing

    def _keeps(self, entity: AnyEntity) -> bool:
        chosen = self.chosen_filter
        if entity.retired != (self._filter == RETIRED) or (chosen is not None and not chosen.keeps(entity)):
            return False
        text = self.text_of(entity).casefold()
        return all(word in text for word in self._sought.casefold().split())

    @on(WorkTable.Searched)
    def _search(self, event: WorkTable.Searched) -> None:
        self.narrow(self._filter, event.text)
        paint = self.program.paint
        told: list[Piece] = []
        if event.is_typing:
            label = f"{_('Search')}: "
            told = [(label, paint.muted), *self.table.search_pieces(max(4, self.size.width - width_of(label) - 2))]
        if event.problem is not None:
            told = [(say(event.problem.message), paint.warning)]
        self.query_one(SpeechLine).say(told)

    # Changing

    @on(LineView.Chosen)
    def action_main(self) -> None:
        """Do what Enter does."""
        entity = self.entity
        if entity is None:
            return
        if entity.retired:
            self.action_retire()
        else:
            self.change(entity)

    def action_add(self) -> None:
        editing.create(self.program, self.KINDS[0], done=self.go_to_new)
