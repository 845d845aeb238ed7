"""What every screen of a plan has: tabs, title, what is said, keys, and ears for every change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.strip import Strip

from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.entity import Reference
from kvaltui.model.facts import AreaIsComplete
from kvaltui.model.message import KvaltuiError
from kvaltui.model.status import COUNTED
from kvaltui.tui.offers import Offer
from kvaltui.tui.program import ProgramScreen
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, cut, line, width_of, wrap
from kvaltui.tui.terminal.drawn_once import DrawnOnce
from kvaltui.tui.widgets.chrome import KeyBar, Tab, TabBar, TitleLine
from kvaltui.tui.widgets.finding import Sought
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.typing_view import TypingView
from kvaltui.words import status_symbol
from kvaltui.work.session import Changes

if TYPE_CHECKING:
    from kvaltui.model.entities import AnyEntity
    from kvaltui.tui.widgets.page import Paragraph
    from kvaltui.work.selection import Selection
    from kvaltui.work.unstored import Cell, Unstored

LEAST_WIDTH, LEAST_HEIGHT = 40, 10
"""The smallest window that a screen is drawn in."""
TWO_PANES_WIDTH = 120
"""From here on a list has the page of its row beside it."""


class PlanScreen(ProgramScreen[None], DrawnOnce):
    """A screen of the open plan. Subclasses name themselves, compose their body, and take in changes.

    `MODE` is the screen's name in the app, `KEYS` has at most six ids, and `CHANGING` the actions that are not there
    where the plan can only be read; of what stands on it, “choose” where Enter writes.
    """

    MODE: ClassVar[str]
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "edit", "search", "undo", "palette")
    CHANGING: ClassVar[frozenset[str]] = frozenset()
    BINDINGS = bindings.PLAN_SCREEN
    HORIZONTAL_BREAKPOINTS = [
        (0, "-tiny"),
        (LEAST_WIDTH, "-narrow"),
        (TWO_PANES_WIDTH, "-wide"),
        (160, "-wider"),
        (200, "-widest"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (LEAST_HEIGHT, "-low"), (20, "-medium"), (34, "-high")]

    def __init__(self) -> None:
        super().__init__()
        # Nothing is drawn of a screen before all of it is there.
        self._until_whole = ExitStack()

    # What subclasses say

    def compose_body(self) -> ComposeResult:
        """What stands between the title and the footer."""
        raise NotImplementedError

    def take_in(self, changes: Changes) -> None:
        """Redraw what has changed, and nothing else."""

    def show_reference(self, reference: Reference) -> None:
        """Put the cursor on a thing that has its place here."""

    def narrow_to(self, wanted: Selection | str) -> None:
        """Show only what is asked for, where the screen has a list that can be narrowed so."""

    def settle(self) -> None:
        """Leave the cells that are typed in: what can be stored is stored, and the rest is kept on its row."""
        for view in self._typing_views():
            view.settle()

    def left_open(self, why: KvaltuiError) -> Iterator[Unstored]:
        """What stands in cells that are typed in, as texts that are not stored."""
        return (left for view in self._typing_views() if (left := view.left_open(why)) is not None)

    def open_cell(self, cell: Cell) -> None:
        """Open a cell of what has its place here, with what was typed for it."""
        for view in self._typing_views():
            view.open_cell(cell)

    @property
    def is_typing(self) -> bool:
        """Whether a cell is open to be typed in, or with a text that was refused."""
        return any(view.is_editing for view in self._typing_views())

    def _typing_views(self) -> Iterator[TypingView[Any]]:
        # Textual knows a widget by the first of its bases only.
        return (view for view in self.query(LineView) if isinstance(view, TypingView))

    def offers(self) -> Sequence[Offer]:
        """What can be chosen from the closed lists of the screen. It is asked whether it shows or not."""
        return ()

    @property
    def reference(self) -> Reference | None:
        """The thing that the cursor stands on; None where it stands on none."""
        return None

    @property
    def entity(self) -> AnyEntity | None:
        """The thing that the cursor stands on, as it is now."""
        return self.session.content.find(self.reference) if self.reference is not None else None

    def go_to_new(self, entity: AnyEntity) -> None:
        """Put the cursor on what has just been made."""
        self.show_reference(Reference(entity.kind, entity.key))

    # The frame

    def compose(self) -> ComposeResult:
        if not self.is_mounted:
            self._until_whole.enter_context(self.app.batch_update())
        yield TabBar([Tab(mode.name, mode.label) for mode in self.program.modes], self.MODE)
        yield TitleLine()
        yield from self.compose_body()
        yield KeyBar()

    def on_mount(self) -> None:
        self.program.listeners.add(self, self._hear)
        self._show_title()
        self._until_whole.close()
        self.check_idle()

    def on_screen_resume(self) -> None:
        if self.is_active:  # with a dialog over it already, Textual would ask that what can be done here
            self.show_keys()

    def on_screen_suspend(self) -> None:
        if self.program.current_mode != self.MODE:
            # What was said here is not said again when the person comes back.
            self.speak("")

    def _hear(self, changes: Changes) -> None:
        self._show_title()
        self.take_in(changes)

    def on_tab_bar_selected(self, event: TabBar.Selected) -> None:
        self.program.go_to(event.mode)

    def _show_title(self) -> None:
        session = self.session
        plan = session.content.plan
        period = _("period {period}", period=session.period)
        aside = _("read-only") if session.is_read_only else ""
        self.query_one(TitleLine).show(f"{clean(plan.title)} · {period}", self._facts(), aside)

    def _facts(self) -> Sequence[Piece]:
        """How many of the whole plan have each status, and how many figures are in; nothing before all has been read.

        A list that is narrowed says so in a line of its own: these numbers are those of `status`.
        """
        if not self.session.is_whole:
            return ()
        counts = self.session.whole.counts
        paint, is_ascii = self.program.paint, self.program.is_ascii
        pieces: list[Piece] = [
            (f"{status_symbol(status, ascii=is_ascii)} {number}  ", paint.status(status))
            for status, number in zip(COUNTED, counts.counted, strict=True)
        ]
        entered = _("{reported} of {all} entered", reported=counts.reported, all=counts.of)
        return [*pieces, (f" {entered}", paint.muted)]

    # Speaking

    def on_next_key(self) -> None:
        """Take away what was said of the key before."""
        if (speech := self.speech) is not None:
            speech.on_next_key()

    def complain(self, error: KvaltuiError) -> None:
        """Say what went wrong, and how to go on where that is known."""
        told = say(error.message)
        if isinstance(error, AreaIsComplete):
            # How to go on stands first: the name of the area may be longer than the line.
            key = self.program.key_of("complete")
            how = _("{key} opens it again", key=key) if key else _("open it again in Areas")
            told = f"{_('Locked')}, {how}: {told}"
        self.speak(told, is_problem=True)
        if width_of(told) > self.size.width - 2:
            self.tell_in_page([(told, self.program.paint.error)])

    def tell_in_page(self, paragraphs: Sequence[Paragraph]) -> None:
        """Say what the line for it has no room for where the page of the row stands, until the cursor moves."""

    def tell_sought(self, event: Sought) -> None:
        """Say what is looked for; where nothing is and a figure may have been meant, why none can be entered."""
        if self.session.is_read_only and not event.is_found:
            self.complain(self.session.read_only_error)
        else:
            super().tell_sought(event)

    # What the cursor stands on

    async def action_show_history(self) -> None:
        """Show what has happened to the thing that the cursor stands on."""
        if self.reference is not None:
            await self.program.show_history_of(self.reference)

    def contested_here(self) -> Reference | None:
        """What has values from two sides where the cursor stands; None where nothing has."""
        return self.reference if self.entity is not None and self.entity.contested else None

    # Taking out

    @property
    def list_here(self) -> LineView[Any] | None:
        """The list that a person stands in, or the first one; None on a screen that has none."""
        views = list(self.query(LineView))
        return next((view for view in views if view.has_focus), views[0] if views else None)

    @property
    def name_of_list(self) -> str:
        """What a file is called that the list is saved in."""
        return next(mode.label for mode in self.program.modes if mode.name == self.MODE)

    def page_as_text(self) -> str:
        """What there is to say about the row, in lines, to be copied; "" where nothing is said of rows."""
        return ""

    def action_copy(self) -> None:
        """Ask what to copy: the row, the table, the page about the row."""
        self.program.ask_what_to_copy(self)

    def action_decide(self) -> None:
        """Show the values that stand against each other where the cursor stands, or else all that do in the plan."""
        from kvaltui.tui.screens.conflicts import decide_conflicts

        decide_conflicts(self.program, self.contested_here())

    # A plan that can only be read

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "copy":
            return self.list_here is not None
        return not (self.session.is_read_only and (action in self.CHANGING or action == "decide"))

    def on_key(self, event: events.Key) -> None:
        """Say why nothing happens: a key that comes here and is bound is one of those that change something."""
        if self.session.is_read_only and self.is_refused(event.key):
            event.stop()
            self.complain(self.session.read_only_error)

    def is_refused(self, key: str) -> bool:
        """Whether a key is bound to something that cannot be done here now."""
        return any(
            not binding.priority and not self.program.can_do(binding.action, node)
            for node, bound in self.bindings_in_reach
            for binding in bound.key_to_bindings.get(key, ())
        )

    # A window that is too small

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        if width >= LEAST_WIDTH and height >= LEAST_HEIGHT:
            return super().render_line(y)
        told = wrap(_("The window is too small."), width, 2)
        told.append(cut(_("At least {width} × {height}", width=LEAST_WIDTH, height=LEAST_HEIGHT), width))
        return line([(told[y] if y < len(told) else "", None)], width, self.program.paint.text)
