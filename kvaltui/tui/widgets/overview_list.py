"""The list of Översikt: the whole, the areas and what there is to do, drawn in the width that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rich.style import Style
from textual import events
from textual.strip import Strip

from kvaltui.i18n import _, number
from kvaltui.model.branches import Branch, Reached
from kvaltui.model.status import Status
from kvaltui.model.summary import Summary
from kvaltui.status_cells import achieved_of, status_cell
from kvaltui.tui.terminal.drawing import Piece, cut, left, right, width_of
from kvaltui.tui.widgets.bar import blocks
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.overview_rows import (
    LABELS_FROM,
    More,
    OverviewRow,
    Sentence,
    Title,
    Total,
    status_of,
)
from kvaltui.words import status_symbol
from kvaltui.work.naming import name_of
from kvaltui.work.session import PlanSession
from kvaltui.work.summary_lines import Sort, SummaryLine, moved_told

Arrange = Callable[[int, int], Sequence[OverviewRow]]
"""The rows for a width and a height."""
_GAP = 2
_LABEL_GAP = 1
_STATUS = 12
_MOVED = 12
_LEAST_NAME = 16
_LEAST_END = 12
_SYMBOLS_ALONE = 50
"""Cells below which an area has a symbol and no word."""
_NARROW = 60


class Widths(NamedTuple):
    """The columns of the lines of a sort: the name, the figure, what stands beside it, and the end."""

    name: int
    figure: int
    beside: int
    end: int


class OverviewList(LineView[OverviewRow]):
    """Rows of Översikt. Their number follows the height of the list, so that it is filled."""

    def __init__(self, session: PlanSession, arrange: Arrange, *, id: str) -> None:
        super().__init__(id=id)
        self._session = session
        self._arrange = arrange
        self._summary: Summary | None = None
        self._widths: dict[str, Widths] = {}
        self._margin = 0

    # Rows

    def show(self, summary: Summary) -> None:
        """Show what a summary says, in the room that there is."""
        self._summary = summary
        self.build()

    def build(self) -> None:
        """Lay the rows out anew."""
        width, height = self.size
        if self._summary is None or not width:
            return
        rows = list(self._arrange(width, height))
        labels = [row.label for row in rows if row.label is not None]
        self._margin = self._margin_of(labels) if labels else 0
        widths = self._widths_of(rows, width - 2 - self._margin)
        if rows == list(self._rows) and widths != self._widths:
            self.redraw()
        self._widths = widths
        self.take_rows(rows)

    def on_resize(self, event: events.Resize) -> None:
        self.build()
        self.clamp()

    def thing_of(self, row: OverviewRow) -> object:
        return row.thing

    def can_stand(self, row: int) -> bool:
        return self._rows[row].leads_to is not None

    def text_at(self, row: int) -> str:
        match self._rows[row].content:
            case SummaryLine(name=name):
                return name
            case Title(text=text):
                return text
            case Branch(reference=reference):
                return name_of(self._session.content, reference)
            case Reached(period=period):
                return str(period)
        return ""

    # Widths

    @staticmethod
    def _margin_of(labels: Iterable[Title]) -> int:
        """The width of the names of the sorts with their counts, where these stand in the margin."""
        labels = list(labels)
        names = max(width_of(each.text) for each in labels)
        counts = max((width_of(number(each.count)) for each in labels if each.count is not None), default=0)
        return names + _LABEL_GAP + counts + 1

    def _widths_of(self, rows: Sequence[OverviewRow], room: int) -> dict[str, Widths]:
        by_block: dict[str, list[SummaryLine]] = {}
        for row in rows:
            if isinstance(row.content, SummaryLine):
                by_block.setdefault(row.block, []).append(row.content)
        return {block: _columns(lines, room) for block, lines in by_block.items()}

    # Drawing

    @property
    def _has_symbols(self) -> bool:
        """Whether a bar is made of the statuses' symbols: where no colours tell them apart."""
        return self.is_ascii or self.calm_app.no_color

    def draw_row(self, row: int, width: int, *, is_here: bool) -> Strip:
        shown = self._rows[row]
        mark = self.marker(is_here=is_here and self.has_focus)[:1]
        label = self._label(shown) if self._margin and shown.block not in ("", "areas") else []
        return self.line([(mark, self.paint.accent), *label, *self._pieces(shown, width)], width)

    def _label(self, row: OverviewRow) -> list[Piece]:
        """The name of the row's sort in the margin, on the first of its rows."""
        if row.label is None:
            return [(" " * self._margin, None)]
        count = number(row.label.count) if row.label.count is not None else ""
        room = self._margin - 1 - width_of(count)
        return [(left(row.label.text, room), self._title_style(row.label)), (f"{count} ", self.paint.muted)]

    def _title_style(self, title: Title) -> Style:
        paint, status = self.paint, status_of(title.sort)
        if status is not None:
            return paint.status(status)
        return paint.accent if title.sort is Sort.WAITING else paint.strong

    def _pieces(self, row: OverviewRow, width: int) -> list[Piece]:
        paint = self.paint
        match row.content:
            case Total(is_bar=True):
                counts = self._session.whole.counts
                return blocks(counts, width - 2, paint, is_ascii=self.is_ascii, has_symbols=self._has_symbols, fills=True)
            case Total():
                return self._total(width)
            case Branch() as branch:
                return self._branch(branch, width)
            case SummaryLine() as line:
                return self._line(line, self._widths[row.block])
            case Title() as title:
                count = f"  {number(title.count)}" if title.count is not None else ""
                return [(title.text, self._title_style(title)), (count, paint.muted)]
            case More(count=count):
                return [(_("and {count} more", count=number(count)), paint.muted)]
            case Sentence(text=text, is_reason=True):
                return [(f"  ! {text}", paint.warning)]
            case Sentence(text=text):
                return [(text, paint.muted)]
            case Reached() as reached:
                return self._reached(reached, width)
        return []

    def _total(self, width: int) -> list[Piece]:
        """The verdict on the whole, how many are reached, and how the figures have moved."""
        session, paint, summary = self._session, self.paint, self._summary
        whole = session.whole
        told = status_cell(whole.status, ascii=self.is_ascii, expected=session.is_expected, is_short=False)
        counts = whole.counts
        reached = _("{reached} reached", reached=achieved_of(counts.achieved, counts.assessed)) if counts.assessed else ""
        pieces: list[Piece] = [(told, paint.status(whole.status))]
        if reached and width_of(told) + width_of(reached) + 4 <= width:
            pieces.append((f", {reached}", paint.text))
        moved = self._moved(summary) if summary is not None else ""
        room = width - 2 - sum(width_of(text) for text, _style in pieces)
        if moved and width_of(moved) + _GAP <= room:
            pieces.append((right(moved, room), paint.muted))
        return pieces

    @staticmethod
    def _moved(summary: Summary) -> str:
        better, worse = summary.moved.better, summary.moved.worse
        told = [
            f"{arrow} {number(count)} {word}"
            for arrow, count, word in (("↑", better, _("better")), ("↓", worse, _("worse")))
            if count
        ]
        if told and summary.since is not None:
            told.insert(0, _("since {period}", period=summary.since))
        return "  ".join(told)

    def _branch(self, branch: Branch, width: int) -> list[Piece]:
        """An area or a goal: name, a block an indicator, status, what has moved, and how much is entered."""
        session, paint, node = self._session, self.paint, branch.node
        counts, status = node.counts, node.status
        name = "  " * branch.depth + name_of(session.content, branch.reference)
        is_tight = width < _NARROW
        words = width >= _SYMBOLS_ALONE
        if branch.is_complete:
            end = _("marked complete") if not is_tight else _("complete")
        elif width >= LABELS_FROM:
            end = _("{reported} of {all} entered", reported=counts.reported, all=counts.of)
        elif words:
            end = achieved_of(counts.reported, counts.of)
        else:
            end = f"{counts.reported}/{counts.of}"
        told = status_cell(status, ascii=self.is_ascii, is_short=status is not Status.NOT_ACHIEVED)
        state = left(told, _STATUS) if words else status_symbol(status, ascii=self.is_ascii) + " "
        moved = left(moved_told(branch.moved.better, branch.moved.worse), _MOVED) if width >= LABELS_FROM else ""
        end_room = max(width_of(end), self._end_room(width))
        room = width - 2 - width_of(state) - width_of(moved) - end_room - _GAP
        bar_room = self._bar_room(room) if words else 0
        style = paint.text if branch.is_area else paint.muted
        pieces: list[Piece] = [(left(cut(name, room - bar_room - 1), room - bar_room), style)]
        if bar_room:
            bar = blocks(counts, bar_room - 2, paint, is_ascii=self.is_ascii, has_symbols=self._has_symbols)
            used = sum(width_of(text) for text, _style in bar)
            pieces += [*bar, (" " * (bar_room - used), None)]
        pieces += [(state, paint.status(status)), (moved, paint.text), (" " * _GAP, None)]
        return [*pieces, (right(end, end_room), paint.muted)]

    def _end_room(self, width: int) -> int:
        """What the words for how much is entered take, the same on all rows."""
        counts = [row.content.node.counts for row in self._rows if isinstance(row.content, Branch)]
        most = max((each.of for each in counts), default=0)
        if width >= LABELS_FROM:
            return width_of(_("{reported} of {all} entered", reported=most, all=most))
        return width_of(achieved_of(most, most)) if width >= _SYMBOLS_ALONE else width_of(f"{most}/{most}")

    def _bar_room(self, room: int) -> int:
        """The column of the blocks: as many as the largest area has, with two cells after them, or half of the room."""
        counts = [row.content.node.counts for row in self._rows if isinstance(row.content, Branch)]
        most = max((each.of for each in counts), default=0)
        return min(most, max(4, (room - _GAP) * 2 // 5)) + _GAP if most else 0

    def _line(self, line: SummaryLine, widths: Widths) -> list[Piece]:
        paint = self.paint
        pieces: list[Piece] = [(left(line.name, widths.name), paint.text)]
        for text, room, style in (
            (right(line.figure, widths.figure), widths.figure, self._style(line.status, paint.text)),
            (left(line.beside, widths.beside), widths.beside, self._style(None, paint.muted)),
            (right(line.end, widths.end), widths.end, self._style(line.end_status, paint.muted)),
        ):
            if room:
                pieces += [(" " * _GAP, None), (text, style)]
        return pieces

    def _style(self, status: Status | None, otherwise: Style) -> Style:
        return self.paint.status(status) if status is not None else otherwise

    def _reached(self, reached: Reached, width: int) -> list[Piece]:
        """A period that has been: its name, its bar, and how many were reached."""
        paint, counts = self.paint, reached.counts
        period, told = f"{reached.period}  ", achieved_of(counts.achieved, counts.assessed)
        room = width - 2 - self._margin - width_of(period) - width_of(told) - _GAP
        bar = blocks(counts, room, paint, is_ascii=self.is_ascii, has_symbols=self._has_symbols)
        used = sum(width_of(text) for text, _style in bar)
        return [(period, paint.text), *bar, (" " * (room - used + _GAP), None), (told, paint.muted)]


def _columns(lines: Sequence[SummaryLine], room: int) -> Widths:
    """The columns of some lines: the name has what the others leave, which give way where that is too little."""
    name, figure, beside, end = (
        max((width_of(text) for text in texts), default=0)
        for texts in zip(*((each.name, each.figure, each.beside, each.end) for each in lines), strict=True)
    )

    def left_over() -> int:
        return room - sum(each + _GAP for each in (figure, beside, end) if each)

    wanted = min(name, max(_LEAST_NAME, room * 2 // 5))
    for least in (_LEAST_END, 0):
        if left_over() < wanted:
            beside = max(least, beside - (wanted - left_over())) if beside > least else beside
        if left_over() < wanted and end > _LEAST_END:
            end = max(_LEAST_END, end - (wanted - left_over()))
    if left_over() < wanted:
        figure = max(min(figure, _LEAST_END), figure - (wanted - left_over()))
    if left_over() < min(wanted, _LEAST_END):
        end = 0
    return Widths(max(1, left_over()), figure, beside, end)
