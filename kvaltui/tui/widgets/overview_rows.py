"""The rows of Översikt: what stands in them, and how the lines of each sort share the rows that a window has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from kvaltui.i18n import _
from kvaltui.model.branches import Branch, Moved, Reached
from kvaltui.model.entity import Reference
from kvaltui.model.fulfilment import NodeResult
from kvaltui.model.period import Period
from kvaltui.model.status import Status
from kvaltui.model.value import dataclass, replace
from kvaltui.tui.terminal.drawing import width_of, wrap
from kvaltui.work.summary_lines import Destination, Sort, SummaryLine, SummarySection

LABELS_FROM = 70
"""Cells of a list from which the names of the sorts stand in its margin, and not in rows of their own."""
DOUBT = "!"
"""The mark of what looks wrong."""
_MARGIN, _INDENT, _REASON_LINES = 15, 6, 3
"""What a reason below its line leaves free to the left and to the right, and how many lines it takes at the most."""
_RUN = 2
"""So many empty rows are too many: then a line that takes more of them is shown as far as it goes."""
_LEAST_CHANGED = 4
_FOR_REASONS = 55
"""How much of a row a figure and its reason may take, in per cent."""
_LEAST = 2
"""So many lines of each sort are shown before any other gets more."""


@dataclass(frozen=True, slots=True)
class Total:
    """The whole: its verdict and how its figures have moved, or with `is_bar` the bar of all indicators."""

    node: NodeResult
    moved: Moved
    since: Period | None
    is_bar: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """The name of a sort in a row of its own, with how many there are."""

    text: str
    count: int | None = None
    sort: Sort | None = None


@dataclass(frozen=True, slots=True)
class More:
    """How many lines of a sort are not shown."""

    count: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: why a line looks wrong, or that there is nothing to do."""

    text: str
    is_reason: bool = False


Content: TypeAlias = Total | Title | Branch | SummaryLine | Reached | More | Sentence | None


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A row: what stands in it, in which block, where it leads, and the name of its block where it stands beside it."""

    content: Content = None
    block: str = ""
    leads_to: Reference | Destination | None = None
    label: Title | None = None

    @property
    def thing(self) -> object:
        """What tells the row from all others, however many there are of them."""
        if isinstance(self.content, Branch):
            return self.content.reference
        if isinstance(self.content, SummaryLine):
            return self.block, self.leads_to, self.content.name
        if self.content is None or isinstance(self.content, Sentence):
            return None
        return self.block, type(self.content)


BLANK = OverviewRow()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one sort. Each is the rows that it takes; where there is no room for all, `leads_to` has the rest.

    `is_extra`: it is left out where there is no room for it beside all others. `least`: so many lines are shown in any
    case, and not as many as of the others. `is_whole`: all of it is always shown. `is_latest`: the last lines are
    shown, and not the first.
    """

    name: str
    title: Title | None
    lines: Sequence[Sequence[OverviewRow]]
    leads_to: Reference | Destination | None = None
    all_of: int = 0
    is_extra: bool = False
    least: int | None = None
    is_whole: bool = False
    is_latest: bool = False
    has_air: bool = True

    @property
    def hidden(self) -> int:
        """How many lines there are besides those that are told one by one."""
        return max(0, self.all_of - len(self.lines))

    def rows(self, shown: int, *, has_labels: bool) -> list[OverviewRow]:
        """The rows with so many lines shown; none of an extra block without any."""
        if self.is_extra and not shown:
            return []
        lines = self.lines[len(self.lines) - shown :] if self.is_latest else self.lines[:shown]
        rows = [row for line in lines for row in line]
        more = len(self.lines) - shown + self.hidden
        is_title = self.title is not None and (not has_labels or not rows)
        if more and not self.is_latest and (rows or not is_title):
            rows.append(OverviewRow(More(more), self.name, self.leads_to))
        if self.title is None:
            return rows
        if is_title:
            return [OverviewRow(self.title, self.name, self.leads_to if not shown else None), *rows]
        return [replace(rows[0], label=self.title), *rows[1:]]


def arranged(blocks: Sequence[Block], height: int, *, has_labels: bool, least: int = _LEAST) -> list[OverviewRow]:
    """The rows of some blocks in a window of a height, which they fill as long as there is something to say.

    Each block gets its first lines; then air, where all of that fits; then block by block one line more, the extra
    blocks last. What does not fit even so is scrolled to.
    """
    shown = [_first(block, least) for block in blocks]
    pieces = [block.rows(count, has_labels=has_labels) for block, count in zip(blocks, shown, strict=True)]
    used = sum(map(len, pieces))
    airs = sum(1 for block, rows in zip(blocks, pieces, strict=True) if rows and block.has_air)
    has_air = used + airs - 1 <= height
    room = height - used - (max(0, airs - 1) if has_air else 0)
    for is_extra in (False, True):
        growing = [at for at, block in enumerate(blocks) if block.is_extra is is_extra]
        while growing:
            at = min(growing, key=lambda each: (shown[each], each))
            block = blocks[at]
            step = 1 if block.lines else 0
            if not step or shown[at] >= len(block.lines):
                growing.remove(at)
                continue
            grown = block.rows(shown[at] + 1, has_labels=has_labels)
            cost = len(grown) - len(pieces[at])
            if is_extra and not shown[at] and has_air and block.has_air:
                cost += 1
            if cost > room and room < _RUN:
                growing.remove(at)
                continue
            shown[at] += 1
            pieces[at] = grown
            room -= cost
    for at, block in enumerate(blocks):
        if shown[at] and not block.hidden and shown[at] == len(block.lines) - 1:
            pieces[at] = block.rows(len(block.lines), has_labels=has_labels)  # it says more than that there is one
    rows: list[OverviewRow] = []
    for block, piece in zip(blocks, pieces, strict=True):
        if piece:
            rows += [*([BLANK] if has_air and block.has_air and rows else []), *piece]
    return rows


def _first(block: Block, least: int) -> int:
    """How many lines of a block are shown in any case; the one that is left where only one would not be."""
    count = len(block.lines)
    if block.is_whole:
        return count
    if block.is_extra:
        return 0
    least = least if block.least is None else block.least
    return count if count + block.hidden <= least + 1 and least else min(least, count)


def section_blocks(told: Iterable[SummarySection], width: int, *, has_labels: bool) -> Iterator[Block]:
    """The blocks of what there is to do. A reason stands at the end of its line where it fits, else below it."""
    for at, section in enumerate(told):
        name = section.sort.value
        title = Title(section.title, section.count, section.sort)
        figures = max((width_of(line.figure) for line in section.lines), default=0)
        reason_room = width * _FOR_REASONS // 100 - figures - width_of(DOUBT)
        below = width - (_MARGIN if has_labels else 0) - _INDENT
        lines = [_rows_of(line, name, reason_room, below) for line in section.lines]
        has_air = not (has_labels and at)
        yield Block(name, title, lines, section.leads_to, section.all_of, has_air=has_air)


def _rows_of(line: SummaryLine, block: str, reason_room: int, below: int) -> list[OverviewRow]:
    """A line with its reasons: one at its end where there is `reason_room` for it, else all `below`."""
    if len(line.reasons) == 1 and not line.end and width_of(line.reasons[0]) <= reason_room:
        line = replace(line, end=f"{DOUBT} {line.reasons[0]}", reasons=())
    rows = [OverviewRow(line, block, line.leads_to)]
    for reason in line.reasons:
        for at, text in enumerate(wrap(reason, below, _REASON_LINES)):
            rows.append(OverviewRow(Sentence(text if at else f"{DOUBT} {text}", is_reason=True), block))
    return rows


def total_block(node: NodeResult, moved: Moved, since: Period | None) -> Block:
    """The whole, in two rows."""
    lines = [[OverviewRow(Total(node, moved, since, is_bar), "total")] for is_bar in (False, True)]
    return Block("total", None, lines, all_of=len(lines), is_whole=True)


def branch_block(branches: Sequence[Branch], *, with_goals: bool) -> Block:
    """The areas, with or without the goals in them; goals that lie in no area stand beside the areas."""
    shown = branches if with_goals else [each for each in branches if each.is_area or not each.area]
    lines = [[OverviewRow(each, "areas", each.reference)] for each in shown]
    return Block("areas", None, lines, all_of=len(lines), is_whole=True)


def goal_block(branches: Sequence[Branch]) -> Block:
    """The goals that lie in areas, where there is room for them below everything else."""
    goals = [each for each in branches if each.area and not each.is_area]
    top = min((each.depth for each in goals), default=0)
    lines = [[OverviewRow(each._replace(depth=each.depth - top), "goals", each.reference)] for each in goals]
    return Block("goals", Title(_("Goals")), lines, Destination("areas"), len(lines), is_extra=True)


def change_block(lines: Sequence[SummaryLine], title: str, all_of: int, *, is_extra: bool) -> Block:
    """What has changed most."""
    rows = [[OverviewRow(line, "changed", line.leads_to)] for line in lines]
    return Block(
        "changed", Title(title), rows, Destination("indicators"), all_of, is_extra=is_extra, least=_LEAST_CHANGED
    )


def past_block(reached: Sequence[Reached], title: str, now: Period, *, is_extra: bool) -> Block:
    """How it has gone, the latest last; an earlier period is looked at when it is chosen."""
    lines = []
    for each in reached:
        place = Destination("overview", period=each.period) if each.period != now else None
        lines.append([OverviewRow(each, f"past/{each.period}", place)])
    return Block("past", Title(title), lines, None, len(lines), is_extra=is_extra, least=_LEAST_CHANGED, is_latest=True)


def status_of(section: Sort | None) -> Status | None:
    """The status whose colour the name of a sort has; most have none."""
    return Status.NOT_ACHIEVED if section is Sort.NOT_ACHIEVED else None
