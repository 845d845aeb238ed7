"""The columns of the entry table: which of them show in a width, and where each stands.

They take what their contents need, and the rest is for the names. Where room is short it is taken from the gaps, then
from the unit, then from the words of the statuses; the last earlier outcome gives way in very narrow windows alone.

How to add a column: give it its room in `Needs`, its place in `_laid_out`, from the right to the left, and in `_STEPS`
what it gives way before; `EntryDrawing` draws its heading and its cells.
"""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.decimal_line import DecimalLine
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass

TEXT = 1
"""Where text begins: the cell before it is the cursor's."""
INDENT = 2
"""Cells that each group moves what stands in it to the right."""
NAME_GAP = 2
"""Blank cells after a name that takes all of its room."""
STATUS = 12
NARROW_UNIT = 3
MOST_EARLIER = 6
ORDINARY_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Needs:
    """What the contents of the columns need: cells, and cells before and after the decimal line of figures.

    `name` is the widest name with what it is moved to the right. `target` is None where there is no target at all;
    `earlier` are the periods in which something is reported, the latest first.
    """

    name: int
    target: DecimalLine | None
    earlier: Sequence[Period]
    earlier_figure: DecimalLine
    outcome: DecimalLine
    unit: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a table stand: a column of figures by the cell after its last, the others by their first.

    Figures stand on their lines. `target` is None and `unit` has no width where they do not show; statuses are words
    only where `has_words`.
    """

    width: int
    name_end: int
    target: int | None
    target_line: DecimalLine
    earlier: tuple[tuple[Period, int], ...]
    earlier_line: DecimalLine
    outcome: int
    outcome_line: DecimalLine
    unit: int
    unit_width: int
    change: int
    status: int
    has_words: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """How much shows; it is taken where names have `least` cells in it, or what they need."""

    least: int
    gap: int = 1
    unit: int = NARROW_UNIT
    has_words: bool = True
    has_target: bool = True
    has_earlier: bool = True


_STEPS = (
    _Step(32, gap=3, unit=8),
    _Step(28, gap=2, unit=5),
    _Step(28, gap=2),
    _Step(24),
    _Step(20, has_words=False),
    _Step(16, has_words=False, has_target=False),
    _Step(0, has_words=False, has_target=False, has_earlier=False),
)


def lay_out(width: int, needs: Needs) -> Layout:
    """The columns in a table of `width` cells.

    More earlier periods than the last show in a table that is wider than usual, where all names are whole beside them.
    """
    count = 1 if needs.earlier else 0
    for step in _STEPS:
        layout = _laid_out(width, needs, step, count if step.has_earlier else 0)
        if layout.name_end >= min(needs.name, step.least):
            break
    most = min(len(needs.earlier), MOST_EARLIER) if width > ORDINARY_WIDTH and step.has_earlier else count
    while count < most:
        wider = _laid_out(width, needs, step, count + 1)
        if wider.name_end < needs.name:
            break
        layout, count = wider, count + 1
    spare = max(0, layout.name_end - needs.name)
    return _laid_out(width - spare, needs, step, len(layout.earlier), width)


def _laid_out(taken: int, needs: Needs, step: _Step, count: int, width: int = 0) -> Layout:
    """The columns in `taken` cells of a table of `width`, with so many earlier periods: from the right to the left."""
    status = taken - 1 - (STATUS if step.has_words else 1)
    change = status - 2
    unit_width = min(needs.unit, step.unit)
    unit = change - (1 + unit_width if unit_width else 0)
    outcome_gap, gap = (step.gap if count or needs.target is not None else NAME_GAP), min(step.gap, 2)
    outcome, outcome_line = unit - 1, needs.outcome.beside(outcome_gap)
    end = outcome - outcome_line.width
    earlier: list[tuple[Period, int]] = []
    earlier_line = needs.earlier_figure.beside(gap)
    for period in needs.earlier[:count]:
        earlier.append((period, end - (gap if earlier else outcome_gap)))
        end = earlier[-1][1] - earlier_line.width
    target, target_line = None, (needs.target or DecimalLine()).beside(NAME_GAP)
    if needs.target is not None and step.has_target:
        target = end - gap
        end = target - target_line.width
    return Layout(
        width=width or taken,
        name_end=end - NAME_GAP,
        target=target,
        target_line=target_line,
        earlier=tuple(reversed(earlier)),
        earlier_line=earlier_line,
        outcome=outcome,
        outcome_line=outcome_line,
        unit=unit,
        unit_width=unit_width,
        change=change,
        status=status,
        has_words=step.has_words,
    )
