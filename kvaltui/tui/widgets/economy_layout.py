"""How the amounts of the economy share the room of its grid: which columns show, how wide, on which decimal line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kvaltui.columns import GAP
from kvaltui.decimal_line import at_line
from kvaltui.i18n import N_, number, translated
from kvaltui.model.economy_check import VARIANCE
from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import width_of
from kvaltui.work.economy_rows import AMOUNTS, AmountCell, EconomyLine, Look

TITLES: Mapping[str, str] = {
    "budget": N_("Budget"),
    "forecast": N_("Forecast"),
    "actual": N_("Actual"),
    "previous": N_("Last year"),
    "variance": N_("Variance"),
}
EDGE = 1
"""The cell at each side of a row: the cursor's mark, and one that stays empty."""
FLAG = 4
"""What is wrong with a row, or rounded in it."""
SIGN = 2
"""What tells of an amount below zero, after the amounts of a column that has any."""
_ALWAYS_WANTED = "actual"
_LEAST_AMOUNT, _LEAST_SHARE = 8, 5
_NAME_WITH_ALL, _NAME_WITH_ACTUAL, _NAME_WITH_SHARE, _NAME, _NAME_IN_NARROW = 34, 30, 22, 18, 14
"""The cells that a name has left at the least, with ever fewer columns beside it."""
_NOTHING = AmountCell("")


@dataclass(frozen=True, slots=True)
class AmountColumn:
    """A column of amounts: `width` cells, of which `hanging` lie to the right of the decimal line, and its sign."""

    column: str
    width: int
    hanging: int
    sign: int

    @property
    def taken(self) -> int:
        """The cells that it takes, with the gap before it."""
        return GAP + self.width + self.sign


@dataclass(frozen=True, slots=True)
class EconomyLayout:
    """The columns that show, those that the cursor goes to, and the room of the names; `share`: cells of per cent."""

    shown: tuple[AmountColumn, ...]
    columns: tuple[str, ...]
    name: int
    share: int

    @property
    def begins(self) -> Iterator[tuple[int, AmountColumn]]:
        """Each column with the cell at which its amounts begin."""
        at = EDGE + self.name
        for place in self.shown:
            yield at + GAP, place
            at += place.taken


def lay_out(lines: Sequence[EconomyLine], width: int, current: str) -> EconomyLayout:
    """The layout of some lines in a width; where there is little, with the column that the cursor stands in."""
    places = {column: _place(lines, column) for column in AMOUNTS}
    used = tuple(each for each in AMOUNTS if any(_cell(line, each).text for line in lines))
    share = max((width_of(share_text(line)) for line in lines), default=0)
    share = max(share, _LEAST_SHARE) if share else 0
    room = width - 2 * EDGE - FLAG

    def taken(columns: Sequence[str]) -> int:
        return sum(places[each].taken for each in columns)

    wanted = tuple(each for each in AMOUNTS if each in used or each in (_ALWAYS_WANTED, VARIANCE))
    for columns, with_share, least in (
        (AMOUNTS, True, _NAME_WITH_ALL),
        (wanted, True, _NAME_WITH_ACTUAL),
        (used or wanted, True, _NAME_WITH_SHARE),
        (used or wanted, False, _NAME),
    ):
        shares = share if with_share else 0
        name = room - taken(columns) - (GAP + shares if shares else 0)
        if name >= least:
            return EconomyLayout(tuple(places[each] for each in columns), columns, name, shares)
    columns = used or wanted
    kept = [current if current in columns else columns[0]]
    for each in sorted(columns, key=lambda each: each != VARIANCE):
        if each not in kept and room - taken([*kept, each]) >= _NAME_IN_NARROW:
            kept.append(each)
    shown = tuple(places[each] for each in columns if each in kept)
    return EconomyLayout(shown, columns, max(1, room - taken(kept)), 0)


def _cell(line: EconomyLine, column: str) -> AmountCell:
    return line.cells.get(column, _NOTHING)


def _place(lines: Sequence[EconomyLine], column: str) -> AmountColumn:
    cells = [_cell(line, column) for line in lines]
    hanging = max((hanging_of(each) for each in cells), default=0)
    whole = max((width_of(amount_text(each)) - hanging_of(each) for each in cells), default=0)
    heading = width_of(translated(TITLES[column]))
    sign = SIGN if any(each.is_negative for each in cells) else 0
    return AmountColumn(column, max(whole + hanging, heading, _LEAST_AMOUNT), hanging, sign)


def amount_text(cell: AmountCell) -> str:
    """An amount as it stands in its cell: one that is computed says so."""
    return f"={cell.text}" if cell.look is Look.COMPUTED else cell.text


def hanging_of(cell: AmountCell) -> int:
    """The cells of an amount to the right of the decimal line."""
    return width_of(at_line(cell.text)[1])


def share_text(line: EconomyLine) -> str:
    """The variance of a row in per cent of its budget; "" where that cannot be said."""
    return number(line.share, 1) if line.share is not None else ""
