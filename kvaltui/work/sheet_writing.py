"""What a row of a sheet becomes when texts are written in its cells: typed one by one, or pasted as a block."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.structure import Indicator
from kvaltui.model.value import dataclass
from kvaltui.work.sheet_cells import CellError, SheetCells
from kvaltui.work.sheet_columns import TARGET, SheetColumn
from kvaltui.work.sheet_rows import Role, SheetRow, SheetRows
from kvaltui.work.sheet_targets import as_its_target_says, is_surely_target, targets_of

_SAID_BY_TARGET: Final = ("unit", "direction")
"""What the first target of a new indicator says, where nobody else has: a figure typed there is the target."""


@dataclass(frozen=True, slots=True)
class Written:
    """What texts make of a row: the things as they shall be, the row's own first, and what is wrong, by column.

    Texts that something is wrong with have changed nothing.
    """

    things: tuple[AnyEntity, ...]
    problems: Mapping[str, KvaltuiError]

    def changed(self, content: PlanContent) -> list[AnyEntity]:
        """Those of the things that are others than in the plan."""
        return [each for each in self.things if _differs(each, content.find(Reference(each.kind, each.key)))]


def _differs(thing: AnyEntity, before: AnyEntity | None) -> bool:
    if before is None:
        return getattr(thing, "value", "") != "" or not hasattr(thing, "value")
    return thing != before


def meant_column(thing: AnyEntity, name: str, text: str, *, is_new: bool) -> str:
    """The column that a text is meant for: a figure in the unit of a new indicator is its target."""
    if is_new and isinstance(thing, Indicator) and name in _SAID_BY_TARGET and is_surely_target(text):
        return TARGET
    return name


def write(
    cells: SheetCells,
    thing: AnyEntity,
    texts: Mapping[str, str],
    decided: Collection[str] | None = None,
    marked: int | None = None,
    supposed: PlanContent | None = None,
) -> Written:
    """What texts in some columns make of a thing.

    `decided` are the columns of a new thing that a person has written in before, None for one that is not new; `marked`
    is the option that a person has before them. It is checked in the plan that is `supposed`, or else with itself
    alone.
    """
    meant = _meant(thing, texts, decided)
    problems: dict[str, KvaltuiError] = {}
    while True:
        kept = {name: text for name, text in meant.items() if name not in problems}
        things = _apply(cells, thing, kept, decided, marked, problems)
        try:
            cells.check(things, supposed or cells.content.with_entities(things))
        except RuleError as error:
            is_written = error.field in kept and error.field not in problems
            problems[error.field] = error
            if not is_written:
                return Written((), problems)
        else:
            return Written(things, problems)


def _meant(thing: AnyEntity, texts: Mapping[str, str], decided: Collection[str] | None) -> dict[str, str]:
    """The texts by the columns that they are meant for."""
    return {meant_column(thing, name, text, is_new=decided is not None): text for name, text in texts.items()}


def _apply(
    cells: SheetCells,
    thing: AnyEntity,
    texts: Mapping[str, str],
    decided: Collection[str] | None,
    marked: int | None,
    problems: dict[str, KvaltuiError],
) -> tuple[AnyEntity, ...]:
    along: tuple[AnyEntity, ...] = ()
    for name, text in texts.items():
        if name == TARGET:
            continue
        try:
            (thing,) = cells.with_text(thing, name, text, marked)
        except KvaltuiError as error:
            problems[name] = error
    if TARGET in texts and isinstance(thing, Indicator):
        said = thing
        if decided is not None:
            said = as_its_target_says(thing, texts[TARGET], {*decided, *(texts.keys() - problems.keys())})
        try:
            along = targets_of(cells.content, said, cells.period, texts[TARGET])
        except KvaltuiError as error:
            problems[TARGET] = error
        else:
            thing = said
    return thing, *along


# A pasted block


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A row of a pasted block: the row of the sheet that it is for (NEW: a new thing), and what it makes."""

    row: SheetRow
    name: str
    texts: Mapping[str, str]
    written: Written


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a pasted block makes, row by row, in the columns that it covers."""

    rows: tuple[PastedRow, ...]
    columns: tuple[SheetColumn, ...]

    def changed(self, content: PlanContent) -> list[AnyEntity]:
        """All things that are others than in the plan."""
        return [thing for row in self.rows for thing in row.written.changed(content)]

    @property
    def problems(self) -> list[tuple[int, str, KvaltuiError]]:
        """What is wrong: the row of the block from 0, the column, and why."""
        return [(at, name, why) for at, row in enumerate(self.rows) for name, why in row.written.problems.items()]


def lay_out(
    cells: SheetCells, rows: SheetRows, start: SheetRow, columns: Sequence[SheetColumn], block: Sequence[Sequence[str]]
) -> Pasted:
    """Lay a block of cells over rows of a group from `start` on, in `columns` from the first; read and check it.

    Rows beyond the last of the group make new things in it. An empty cell leaves its own as it is. Where the first row
    has the headings of columns, the block goes by these. Raises CellError where the block has more columns than there
    are.
    """
    block, columns = _by_headings(cells, block, columns)
    widest = max((len(row) for row in block), default=0)
    if widest > len(columns):
        raise CellError(
            Message(
                "{pasted} columns were pasted, but {columns} are left from here", pasted=widest, columns=len(columns)
            )
        )
    places = [row for row in rows if row.group == start.group and row.role is Role.THING]
    first = places.index(start) if start in places else len(places)
    made: list[tuple[SheetRow, AnyEntity, Mapping[str, str]]] = []
    above, taken = rows.above(start), list[str]()
    for at, row in enumerate(block):
        texts = {column.name: clean(cell) for column, cell in zip(columns, row, strict=False) if cell.strip()}
        if first + at < len(places):
            place = places[first + at]
            thing = rows.entity(place)
            assert thing is not None
        else:
            place = SheetRow(Role.NEW, start.group)
            thing = rows.begun(start.group, texts.get(cells.sheet.name_field, ""), above, taken)
            thing = cells.with_value(thing, "order", getattr(thing, "order", 0) + len(taken))
            taken.append(thing.key)
        if texts or place.role is Role.THING:
            made.append((place, thing, texts))
        above = thing if not texts else _first_of(cells, thing, texts, place)
    return Pasted(tuple(_checked(cells, made)), tuple(columns[:widest]))


def _first_of(cells: SheetCells, thing: AnyEntity, texts: Mapping[str, str], place: SheetRow) -> AnyEntity:
    """The row's own thing as it will be: what the next row takes from it."""
    decided = () if place.role is Role.NEW else None
    return _apply(cells, thing, _meant(thing, texts, decided), decided, None, {})[0]


def _checked(cells: SheetCells, made: Sequence[tuple[SheetRow, AnyEntity, Mapping[str, str]]]) -> list[PastedRow]:
    """The rows as they are written, each checked in the plan as it stands with all of them."""
    supposed = cells.content.with_entities([_first_of(cells, thing, texts, place) for place, thing, texts in made])
    rows = []
    for place, thing, texts in made:
        decided = () if place.role is Role.NEW else None
        written = write(cells, thing, texts, decided, supposed=supposed)
        name = texts.get(cells.sheet.name_field) or cells.text(thing, cells.sheet.name_field)
        rows.append(PastedRow(place, name, texts, written))
    return rows


def _by_headings(
    cells: SheetCells, block: Sequence[Sequence[str]], columns: Sequence[SheetColumn]
) -> tuple[Sequence[Sequence[str]], Sequence[SheetColumn]]:
    """The block without its headings, and the columns that it goes by."""
    known = {each.title(cells.period).casefold(): each for each in cells.sheet.columns}
    first = [cell.strip().casefold() for cell in block[0]] if len(block) > 1 else []
    if not first or not all(cell in known for cell in first):
        return block, columns
    return block[1:], [known[cell] for cell in first]
