"""The list of Översikt: the whole, the areas and what there is to do, drawn in the width that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from kvaltui.i18n import _, number
from kvaltui.model.branches import Branch, Reached
from kvaltui.model.status import Status
from kvaltui.status_cells import achieved_of, status_cell
from kvaltui.tui.terminal.drawing import Piece, left, right, width_of
from kvaltui.tui.widgets.bar import blocks
from kvaltui.tui.widgets.line_view import LineView
from kvaltui.tui.widgets.overview_rows import (
    DOUBT,
    LABELS_FROM,
    More,
    OverviewRow,
    Sentence,
    Title,
    Total,
    status_of,
)
from kvaltui.work.naming import name_of
from kvaltui.work.session import PlanSession
from kvaltui.work.summary_lines import Sort, SummaryLine, moved_told

Arrange = Callable[[int, int], Sequence[OverviewRow]]
"""The rows for a width and a height."""
_WITHOUT_LABEL = frozenset({"", "total", "areas"})
_GAP = 2
_UNCUT = 200
_LABEL_GAP = 1
_LEAST_BLOCKS = 8, 8, 16
"""So many blocks an area has room for at least, the more words there is room for."""
_LEAST_NAME = 14
_LEAST_FIGURE, _LEAST_BESIDE, _LEAST_END = 12, 8, 18
_SYMBOLS_ALONE = 50
"""Cells below which an area has a symbol and no word."""


class Widths(NamedTuple):
    """The columns of the lines of a sort: the name, the figure, what stands beside it, and the end."""

    name: int
    figure: int
    beside: int
    end: int


class BranchColumns(NamedTuple):
    """The columns of the areas, 0 for one that is not there; `form`: how many words the ends have, from 0 to 2."""

    name: int
    blocks: int
    status: int
    moved: int
    end: int
    form: int


class OverviewList(LineView[OverviewRow]):
    """Rows of Översikt. Their number follows the height of the list, so that it is filled."""

    def __init__(self, session: PlanSession, arrange: Arrange, *, id: str) -> None:
        super().__init__(id=id)
        self._rows: Sequence[OverviewRow] = ()
        self._session = session
        self._arrange = arrange
        self._widths: dict[str, Widths] = {}
        self._branches: dict[str, BranchColumns] = {}
        self._margin = 0

    # Rows

    def build(self) -> None:
        """Lay the rows out anew."""
        width, height = self.size
        if not width:
            return
        rows = list(self._arrange(width, height))
        labels = [row.label for row in rows if row.label is not None]
        before = self._margin, self._widths, self._branches
        self._margin = self._margin_of(labels) if labels else 0
        self._widths = self._widths_of(rows, width - 2 - self._margin)
        self._branches = self._branch_columns(rows, width)
        if (self._margin, self._widths, self._branches) != before:
            self.redraw()
        self.take_rows(rows)

    def on_resize(self) -> None:
        self.build()
        self.clamp()

    def thing_of(self, row: OverviewRow) -> object:
        return row.thing

    @property
    def is_standing(self) -> bool:
        """Whether there is a row that the cursor can stand on."""
        return any(row.leads_to is not None for row in self._rows)

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

    # Taking out

    def table_headings(self) -> Sequence[str]:
        return ("", _("Indicator"), _("Outcome"), "", "")

    def table_cells(self, row: int) -> Sequence[str]:
        shown = self._rows[row]
        label = shown.label.text if shown.label is not None else ""
        match shown.content:
            case SummaryLine() as line:
                return (label, line.name, line.figure, line.beside, line.end)
            case Branch() as branch:
                moved = moved_told(branch.moved.better, branch.moved.worse)
                return (label, self.text_at(row), self._status_of(branch), moved, self._end_of(branch, 2))
            case Reached(period=period, counts=counts):
                return (label, str(period), achieved_of(counts.achieved, counts.assessed))
            case Title(text=text, count=count):
                return (text, "", number(count) if count is not None else "")
            case Total(is_bar=True):
                return ()
        return (label, "".join(text for text, _style in self._pieces(shown, _UNCUT)))

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
        label = self._label(shown) if self._margin and shown.block not in _WITHOUT_LABEL else []
        return self.line([(" ", None), *label, *self._pieces(shown, width - (self._margin if label else 0))], width)

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
            case Total(is_bar=True, node=node):
                counts = node.counts
                return blocks(
                    counts, width - 2, paint, is_ascii=self.is_ascii, has_symbols=self._has_symbols, fills=True
                )
            case Total() as total:
                return self._total(total, width)
            case Branch() as branch:
                return self._branch(branch, self._branches[row.block])
            case SummaryLine() as line:
                return self._line(line, self._widths[row.block])
            case Title() as title:
                count = f"  {number(title.count)}" if title.count is not None else ""
                return [(title.text, self._title_style(title)), (count, paint.muted)]
            case More(count=count):
                return [(_("and {count} more", count=number(count)), paint.muted)]
            case Sentence(text=text, is_reason=True):
                return [("  ", None), *self._with_chip(text if text.startswith(DOUBT) else f"  {text}", paint.muted)]
            case Sentence(text=text):
                return [(text, paint.muted)]
            case Reached() as reached:
                return self._reached(reached, width)
        return []

    def _total(self, total: Total, width: int) -> list[Piece]:
        """The verdict on the whole, how many are reached, and how the figures have moved."""
        paint, whole, counts = self.paint, total.node, total.node.counts
        is_expected = self._session.is_expected
        told = status_cell(whole.status, ascii=self.is_ascii, expected=is_expected, is_short=False)
        reached = (
            _("{reached} reached", reached=achieved_of(counts.achieved, counts.assessed)) if counts.assessed else ""
        )
        pieces: list[Piece] = [(told, paint.status(whole.status))]
        if reached and width_of(told) + width_of(reached) + 4 <= width:
            pieces.append((f", {reached}", paint.text))
        room = width - 2 - sum(width_of(text) for text, _style in pieces)
        for moved in self._moved(total):
            if width_of(moved) + _GAP <= room:
                return [*pieces, (right(moved, room), paint.muted)]
        return pieces

    @staticmethod
    def _moved(total: Total) -> Sequence[str]:
        """How many figures are better and worse, and since when: in fewer and fewer words."""
        better, worse = total.moved.better, total.moved.worse
        told = "  ".join(
            f"{arrow} {number(count)} {word}"
            for arrow, count, word in (("↑", better, _("better")), ("↓", worse, _("worse")))
            if count
        )
        since = [_("since {period}", period=total.since)] if total.since is not None else []
        return ("  ".join([*since, told]), told, moved_told(better, worse)) if told else ()

    def _branch(self, branch: Branch, columns: BranchColumns) -> list[Piece]:
        """An area or a goal: name, a block an indicator, status, what has moved, and how much of an area is entered."""
        paint, counts, status = self.paint, branch.node.counts, branch.node.status
        symbol, _space, word = self._status_of(branch).partition(" ")
        indent, style = "  " * branch.depth, paint.text if branch.is_area else paint.muted
        name = indent + self.short(self._name_of(branch).strip(), columns.name - len(indent))
        pieces: list[Piece] = [(left(name, columns.name), style), (" ", None)]
        if columns.blocks:
            bar = blocks(counts, columns.blocks, paint, is_ascii=self.is_ascii, has_symbols=self._has_symbols)
            used = sum(width_of(text) for text, _style in bar)
            pieces += [*bar, (" " * (columns.blocks - used + _GAP), None)]
        pieces.append((f"{symbol} ", paint.status(status)))
        if columns.status:
            pieces.append((left(word, columns.status - 2), paint.status_word(status)))
        if columns.moved:
            moved = moved_told(branch.moved.better, branch.moved.worse)
            pieces += [(" " * _GAP, None), (left(moved, columns.moved), paint.text)]
        return [*pieces, (" " * _GAP, None), (right(self._end_of(branch, columns.form), columns.end), paint.muted)]

    def _name_of(self, branch: Branch) -> str:
        return "  " * branch.depth + name_of(self._session.content, branch.reference)

    def _status_of(self, branch: Branch) -> str:
        status = branch.node.status
        return status_cell(status, ascii=self.is_ascii, is_short=status is not Status.NOT_ACHIEVED)

    @staticmethod
    def _end_of(branch: Branch, form: int) -> str:
        """Whether an area is marked complete, or else how much is entered, in as many words as there is room for."""
        counts = branch.node.counts
        if branch.is_complete:
            return _("marked complete") if form > 1 else _("complete")
        if not branch.is_area or not counts.of:
            return ""
        told = achieved_of(counts.reported, counts.of) if form else f"{counts.reported}/{counts.of}"
        return _("{reached} entered", reached=told) if form > 1 else told

    def _branch_columns(self, rows: Sequence[OverviewRow], width: int) -> dict[str, BranchColumns]:
        by_block: dict[str, list[Branch]] = {}
        for row in rows:
            if isinstance(row.content, Branch):
                by_block.setdefault(row.block, []).append(row.content)
        return {
            block: self._columns_of(branches, width - (0 if block in _WITHOUT_LABEL else self._margin))
            for block, branches in by_block.items()
        }

    def _columns_of(self, branches: Sequence[Branch], width: int) -> BranchColumns:
        """The columns of some areas: the name has what it needs, then the blocks; the words at the end stand apart."""
        form = 2 if width >= LABELS_FROM else int(width >= _SYMBOLS_ALONE)
        end = max(width_of(self._end_of(each, form)) for each in branches)
        status = max(width_of(self._status_of(each)) for each in branches) if form else 0
        moved = max(width_of(moved_told(each.moved.better, each.moved.worse)) for each in branches) if form > 1 else 0
        room = width - 3 - end - _GAP - (status or 2) - (moved + _GAP if moved else 0)
        longest = max(width_of(self._name_of(each)) for each in branches)
        most = max(each.node.counts.of for each in branches) if form else 0
        least = min(most, _LEAST_BLOCKS[form])
        name = min(longest, room - least - _GAP) if most else room
        found = min(most, room - name - _GAP) if most else 0
        return BranchColumns(
            name if found else room, found, status, moved, end + (room - name - found - _GAP if found else 0), form
        )

    def _line(self, line: SummaryLine, widths: Widths) -> list[Piece]:
        paint = self.paint
        pieces: list[Piece] = [(left(self.short(line.name, widths.name), widths.name), paint.text)]
        for text, room, style in (
            (right(line.figure, widths.figure), widths.figure, self._style(line.status, paint.text)),
            (left(line.beside, widths.beside), widths.beside, self._style(None, paint.muted)),
            (right(line.end, widths.end), widths.end, self._style(line.end_status, paint.muted)),
        ):
            if room:
                pieces += [(" " * _GAP, None), *self._with_chip(text, style)]
        return pieces

    def _with_chip(self, text: str, style: Style) -> list[Piece]:
        """A text; the mark of a doubt before it stands out."""
        told = text.lstrip(" ")
        if not told.startswith(f"{DOUBT} "):
            return [(text, style)]
        return [(text[: len(text) - len(told)], None), (DOUBT, self.paint.chip), (told.removeprefix(DOUBT), style)]

    def _style(self, status: Status | None, otherwise: Style) -> Style:
        return self.paint.status(status) if status is not None else otherwise

    def _reached(self, reached: Reached, width: int) -> list[Piece]:
        """A period that has been: its name, its bar, and how many were reached."""
        paint, counts = self.paint, reached.counts
        period, told = f"{reached.period}  ", achieved_of(counts.achieved, counts.assessed)
        room = width - 2 - width_of(period) - width_of(told) - _GAP
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

    wanted = min(name, room * 3 // 10)
    beside = max(min(beside, _LEAST_BESIDE), beside - max(0, wanted - left_over()))
    end = max(min(end, _LEAST_END), end - max(0, wanted - left_over()))
    wanted = min(name, _LEAST_NAME)
    figure = max(min(figure, _LEAST_FIGURE), figure - max(0, wanted - left_over()))
    if left_over() < wanted:
        beside = 0
    if left_over() < min(wanted, _LEAST_FIGURE):
        end = 0
    return Widths(max(1, left_over()), figure, beside, end)
