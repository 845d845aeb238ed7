"""Översikt: the whole in one look, and what is to be done. Enter on anything goes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.strip import Strip

from kvaltui.doubt_words import MOST_SHOWN, DoubtfulRow, doubtful_rows, how_many_look_wrong
from kvaltui.i18n import N_, _, translated
from kvaltui.model.clean import clean
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.status import COUNTED
from kvaltui.model.structure import Area
from kvaltui.model.summary import Summary, summarise
from kvaltui.model.tree import ROOT
from kvaltui.model.value import dataclass
from kvaltui.status_cells import BAND_STATUS, status_cell
from kvaltui.tui.screens.plan_screen import PlanScreen
from kvaltui.tui.terminal import bindings
from kvaltui.tui.terminal.drawing import Piece, cut_middle, left, right, width_of
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.bar import bar, bar_with_numbers
from kvaltui.tui.widgets.chrome import SpeechLine
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.lines import Lines
from kvaltui.words import open_measures, status_symbol
from kvaltui.work.naming import name_of
from kvaltui.work.session import Changes, PlanSession

MOST_RISKS = 5
_STATUS, _COUNT, _REPORTED = 14, 5, 9
_BAR = 20
_REASON = 40


class TotalView(Lines):
    """The plan's fulfilment for the period: its status, and a bar of how many have which."""

    DEFAULT_CSS = "TotalView { height: 2; }"

    def __init__(self, session: PlanSession) -> None:
        super().__init__()
        self._session = session

    def draw(self, y: int, width: int) -> Strip:
        session, paint = self._session, self.paint
        whole = session.whole
        if y == 1:
            pieces = bar_with_numbers(whole.counts, width - 2, paint, is_ascii=self.is_ascii)
            return self.line([(" ", None), *pieces], width)
        told = status_cell(whole.status, ascii=self.is_ascii, expected=session.is_expected, is_short=False)
        heading = _("Goal fulfilment {period}", period=session.period)
        gap = " " * max(2, width - 2 - width_of(heading) - width_of(told))
        return self.line(
            [(" ", None), (heading, paint.heading), (gap, None), (told, paint.status(whole.status))], width
        )


class AreaView(LineView[tuple[Reference, int]]):
    """A row for each area: its status, its counts, how much is reported, and where there is room a bar."""

    HEAD: ClassVar[int] = 1
    DEFAULT_CSS = "AreaView { height: auto; }"

    def __init__(self, session: PlanSession) -> None:
        super().__init__(id="areas")
        self._session = session
        self.build()

    def build(self) -> None:
        """Read the areas anew."""
        tree = self._session.content.tree
        self._rows = [
            (node, sum(1 for above in tree.ancestors(node) if above.kind is Kind.AREA))
            for node in tree.below(ROOT)
            if node.kind is Kind.AREA
        ]

    def get_content_height(self, *_sizes: object) -> int:
        return len(self._rows) + self.HEAD

    def thing_of(self, row: tuple[Reference, int]) -> Reference:
        return row[0]

    def text_at(self, row: int) -> str:
        return name_of(self._session.content, self._rows[row][0])

    def _widths(self, width: int) -> tuple[int, int]:
        """The widths of the name and of the bar."""
        room = width - 1 - _STATUS - _COUNT * len(COUNTED) - _REPORTED
        bar_width = _BAR if room >= _BAR + 44 else 0
        return max(8, room - bar_width), bar_width

    def headings(self, width: int) -> str:
        name, bar_width = self._widths(width)
        text = " " + left(_("Area"), name) + " " * bar_width + left(_("Status"), _STATUS)
        for status in COUNTED:
            text += right(status_symbol(status, ascii=self.is_ascii), _COUNT)
        return text + right(_("entered"), _REPORTED)

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        reference, depth = self._rows[row]
        session, paint = self._session, self.paint
        node = session.result.nodes[reference]
        area = session.content.all(Area)[reference.key]
        name, bar_width = self._widths(width)
        counts = node.counts
        is_focused = is_here and self.has_focus
        label = left("  " * depth + clean(area.name), name - 1) + " "
        mark: Piece = (self.marker(is_here=is_focused)[:1], paint.accent)
        pieces: list[Piece] = [mark, (label, paint.selected if is_focused else paint.text)]
        if bar_width:
            pieces += [*bar(counts, bar_width - 2, paint, is_ascii=self.is_ascii), ("  ", None)]
        status = status_cell(node.status, ascii=self.is_ascii, expected=session.is_expected)
        pieces.append((left(status, _STATUS), paint.status(node.status)))
        numbers = "".join(right(str(number) if number else "–", _COUNT) for number in counts.counted)
        reported = f"{counts.reported}/{counts.of}"
        pieces += [(numbers, paint.text), (right(reported, _REPORTED), paint.muted)]
        return self.line(pieces, width)


@dataclass(frozen=True, slots=True)
class ToDo:
    """A line of what is to be done: what it says, and the thing or screen that it leads to; a heading has none.

    `end` stands after the pieces and is kept whole where the line has no room for all.
    """

    pieces: tuple[Piece, ...]
    leads_to: Reference | str | None = None
    end: str = ""

    def fitted(self, width: int) -> tuple[Piece, ...]:
        """The pieces in a width, the last of them shortened where the end would find no room."""
        if not self.end:
            return self.pieces
        *before, (text, style) = self.pieces
        room = width - sum(width_of(each) for each, _style in before) - width_of(self.end)
        return (*before, (f"{cut_middle(text, max(1, room))}{self.end}", style))


class ToDoView(LineView[ToDo]):
    """What waits for the period, and the highest risks with what is being done about them."""

    DEFAULT_CSS = "ToDoView { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__(id="todo")
        self._rows: Sequence[ToDo] = ()

    def show(self, rows: Sequence[ToDo]) -> None:
        """Set the lines."""
        if rows != self._rows:
            self._rows = rows
            self.clamp()
            self.redraw()

    def can_stand(self, row: int) -> bool:
        return self._rows[row].leads_to is not None

    def text_at(self, row: int) -> str:
        return "".join(text for text, _style in self._rows[row].pieces)

    def thing_of(self, row: ToDo) -> Reference | str | None:
        return row.leads_to

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown = self._rows[row]
        pieces = shown.fitted(width - 2)
        if shown.leads_to is not None and is_here and self.has_focus:
            text = "".join(text for text, _ in pieces)
            mark: Piece = (self.marker(is_here=True)[:1], self.paint.accent)
            return self.line([mark, (left(text, width - 2), self.paint.selected)], width)
        return self.line([(" ", None), *pieces], width)


def doubt_lines(doubtful: Sequence[DoubtfulRow], paint: Paint) -> list[ToDo]:
    """The figures that look wrong: how many, each of them leading to its row, and why it looks wrong."""
    if not doubtful:
        return []
    lines = [ToDo(((f"  {how_many_look_wrong(len(doubtful))}", paint.warning),))]
    for each in doubtful[:MOST_SHOWN]:
        figure = f": {clean(each.figure)}" if each.figure else ""
        lines.append(ToDo(((f"  ! {clean(each.name)}", paint.text),), each.reference, figure))
        lines += [ToDo(((f"      {reason}", paint.muted),)) for reason in each.reasons]
    more = len(doubtful) - MOST_SHOWN
    if more > 0:
        lines.append(ToDo(((_("  and {count} more", count=more), paint.muted),), "indicators"))
    return lines


class OverviewScreen(PlanScreen):
    """The whole in one look."""

    MODE = "overview"
    KEYS: ClassVar[tuple[str, ...]] = ("menu", "help", "choose", "switch", "quit")
    CSS_PATH = "overview.tcss"
    BINDINGS = bindings.OVERVIEW

    def compose_body(self) -> ComposeResult:
        yield TotalView(self.session)
        with Horizontal(id="body"):
            yield AreaView(self.session)
            yield ToDoView()
        yield SpeechLine()

    def on_mount(self) -> None:
        self._show_to_do()

    @property
    def reference(self) -> Reference | None:
        view = next((view for view in self.query(LineView) if view.has_focus), None)
        here = view.thing_at(view.cursor) if view is not None else None
        return here if isinstance(here, Reference) else None

    def take_in(self, changes: Changes) -> None:
        self.query_one(TotalView).redraw()
        areas = self.query_one(AreaView)
        if changes.is_whole:
            areas.build()
            areas.clamp()
            areas.refresh(layout=True)
        else:
            areas.redraw_things(changes.references)
        self._show_to_do()

    def action_find(self) -> None:
        """Look for a row in the list that the cursor stands in."""
        for view in self.query(LineView):
            if view.has_focus:
                view.action_find()

    def action_switch(self) -> None:
        views = list(self.query(LineView))
        other = next(view for view in views if not view.has_focus)
        if other.row_count():
            self.set_focus(other)
            for view in views:
                view.redraw()

    @on(LineView.Chosen)
    async def _go_there(self, event: LineView.Chosen) -> None:
        match event.view.thing_at(event.view.cursor):
            case Reference() as reference:
                await self.program.show(reference)
            case "conflicts":
                self.action_decide()
            case str() as mode:
                self.program.go_to(mode)

    def _show_to_do(self) -> None:
        session = self.session
        paint = self.program.paint
        summary = summarise(session.content, session.result, session.today)
        rows = [*self._about_backups(), ToDo(((_("To do"), paint.strong),)), *self._to_do(summary)]
        risks = self._risks(summary)
        if risks:
            rows += [ToDo(()), ToDo(((_("Highest risks"), paint.strong),)), *risks]
        self.query_one(ToDoView).show(rows)

    def _about_backups(self) -> list[ToDo]:
        """What is wrong with the backups, until it is mended; it leads to the settings, where their folder stands."""
        watch, paint = self.session.backups, self.program.paint
        if not watch.warning:
            return []
        rows = [ToDo(((watch.warning, paint.warning),), "settings")]
        if reason := clean(watch.reason):
            # A path stands first and what is wrong with it last: it is the path that gives way.
            rows.append(ToDo(((f"  {reason[:-_REASON]}", paint.muted),), end=reason[-_REASON:]))
        return [*rows, ToDo(())]

    def _to_do(self, summary: Summary) -> list[ToDo]:
        """What waits, the first of each leading to where it can be done."""
        rows: list[ToDo] = []
        for count, one, many, leads_to in _waiting(summary):
            text = translated(one if count == 1 else many, count=count, period=self.session.period)
            rows.append(ToDo(((f"  {text}", self.program.paint.text),), leads_to))
        session = self.session
        rows += doubt_lines(doubtful_rows(session.content, session.result, summary.doubts), self.program.paint)
        if not self.session.result.indicators:
            key = self.program.key_of("areas")
            told = _("The plan is empty: {key} goes to Areas, to add areas, goals and indicators", key=key)
            rows.append(ToDo(((f"  {told}", self.program.paint.text),), "areas"))
        elif not rows:
            nothing = _("Nothing waits for {period}.", period=self.session.period)
            rows.append(ToDo(((f"  {nothing}", self.program.paint.muted),)))
        return rows

    def _risks(self, summary: Summary) -> list[ToDo]:
        rows: list[ToDo] = []
        paint = self.program.paint
        for each in summary.risks[:MOST_RISKS]:
            symbol, style = "", paint.text
            if each.band is not None:
                status = BAND_STATUS[each.band]
                symbol, style = f" {status_symbol(status, ascii=self.program.is_ascii)}", paint.status(status)
            level = f"{each.level}" if each.level is not None else "–"
            title: Piece = (f" {name_of(self.session.content, Reference(Kind.RISK, each.risk.key))}", paint.text)
            rows.append(ToDo(((f"  {right(level, 2)}{symbol}", style), title), Reference(Kind.RISK, each.risk.key)))
            rows.append(ToDo(((f"       {open_measures(each)}", paint.muted),)))
        return rows


def _waiting(summary: Summary) -> Iterator[tuple[int, str, str, Reference | str]]:
    """How much waits of each sort, what it is called, one and many, and where the first of it is to be done."""
    if summary.conflicts:
        yield summary.conflicts, N_("{count} conflict to decide"), N_("{count} conflicts to decide"), "conflicts"
    if missing := summary.missing:
        one, many = N_("{count} outcome waits for {period}"), N_("{count} outcomes wait for {period}")
        yield len(missing), one, many, Reference(Kind.INDICATOR, missing[0])
    if stale := summary.stale:
        one, many = N_("{count} assessment whose basis has changed"), N_("{count} assessments whose basis has changed")
        yield len(stale), one, many, stale[0]
    if due := summary.due_self_checks:
        one, many = N_("{count} self-check to be done"), N_("{count} self-checks to be done")
        yield len(due), one, many, Reference(Kind.SELF_CHECK, due[0].self_check.key)
    if overdue := summary.overdue_measures:
        one, many = N_("{count} measure overdue"), N_("{count} measures overdue")
        yield len(overdue), one, many, Reference(Kind.MEASURE, overdue[0].key)
    if not_approved := summary.not_approved_self_checks:
        one, many = N_("{count} self-check is not approved"), N_("{count} self-checks are not approved")
        yield len(not_approved), one, many, Reference(Kind.SELF_CHECK, not_approved[0].self_check.key)
