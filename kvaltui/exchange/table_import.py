"""Figures from a table: which column is what, which row is which indicator, and what is to be stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kvaltui.exchange.plan_reader import PlanDocument
from kvaltui.exchange.table_file import Grid, TableFileError, wrong_cell
from kvaltui.exchange.table_rows import HEADINGS, Column
from kvaltui.i18n import catalogue
from kvaltui.model.clean import clean
from kvaltui.model.content import AnyEntity, PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.figure import parse_figure
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.period import Period, PeriodError
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Indicator
from kvaltui.model.target import TargetInWordsError, parse_target
from kvaltui.model.written_period import parse_written_period
from kvaltui.setting import did_you_mean

_ALSO_KNOWN_AS = {
    "id": Column.KEY,
    "indikator": Column.NAME,
    "indicator": Column.NAME,
    "nyckeltal": Column.NAME,
    "mått": Column.NAME,
    "value": Column.OUTCOME,
    "värde": Column.OUTCOME,
    "resultat": Column.OUTCOME,
    "målnivå": Column.TARGET,
    "helårsprognos": Column.FORECAST,
    "kommentar": Column.NOTE,
    "comment": Column.NOTE,
    "år": Column.PERIOD,
    "year": Column.PERIOD,
    "skäl": Column.REASON,
    "status": Column.STATUS,
}
_FIGURE_FIELDS = {Column.OUTCOME: "value", Column.FORECAST: "forecast", Column.NOTE: "note", Column.SOURCE: "source"}
_ROWS_BEFORE_HEADINGS = 20
_DAY = re.compile(r"(\d{4}-\d\d)-(\d\d)(?: .*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class TableImport:
    """What a table holds: a document to be compared with the plan, the row of each thing, and the columns not read."""

    document: PlanDocument
    rows: Mapping[Reference, int]
    ignored: tuple[str, ...]


def read_table(grid: Grid, content: PlanContent, period: Period | None) -> TableImport:
    """Find the outcomes, forecasts, notes, sources and targets of a table, for indicators that the plan has.

    Columns are found by their Swedish or English headings: key or name, period (without it, `period` holds), part, and
    what is to be entered; those that an export has beside them are passed over. An empty cell changes nothing. Raises
    TableFileError that names row and column; nothing of a table with an error is used.
    """
    headings, columns = _columns(grid)
    return _Reader(grid, content, period, headings, columns).read()


def known_headings() -> Mapping[str, Column]:
    """Every heading that is understood, in small letters."""
    swedish = catalogue("sv")
    headings = {str(column): column for column in Column}
    headings |= {swedish(message.text).casefold(): column for column, message in HEADINGS.items()}
    return headings | _ALSO_KNOWN_AS


def _columns(grid: Grid) -> tuple[int, dict[Column, int]]:
    """The place of the row of headings, and the place of each column in it."""
    known = known_headings()
    for place, (_number, cells) in enumerate(grid.rows[:_ROWS_BEFORE_HEADINGS]):
        names = [clean(cell).strip().casefold() for cell in cells]
        columns: dict[Column, int] = {}
        for index, name in enumerate(names):
            if name in known:
                columns.setdefault(known[name], index)
        if columns.keys() & {Column.KEY, Column.NAME} and columns.keys() & {*_FIGURE_FIELDS, Column.TARGET}:
            return place, columns
    raise TableFileError(
        Message(
            "{file}: there is no row of headings with {key} or {name}, and {outcome}",
            file=grid.name,
            key=HEADINGS[Column.KEY],
            name=HEADINGS[Column.NAME],
            outcome=HEADINGS[Column.OUTCOME],
        )
    )


@dataclass(slots=True)
class _Reader:
    grid: Grid
    content: PlanContent
    period: Period | None
    headings: int
    columns: Mapping[Column, int]
    entities: dict[Reference, AnyEntity] = field(default_factory=dict)
    given: dict[Reference, frozenset[str]] = field(default_factory=dict)
    rows: dict[Reference, int] = field(default_factory=dict)
    by_name: dict[str, list[Indicator]] = field(default_factory=dict)

    def read(self) -> TableImport:
        for indicator in self.content.active(Indicator):
            for name in {indicator.name.casefold(), indicator.display_name.casefold()} - {""}:
                self.by_name.setdefault(name, []).append(indicator)
        ignored = self._ignored()
        for number, cells in self.grid.rows[self.headings + 1 :]:
            self._read_row(number, {column: _cell(cells, index) for column, index in self.columns.items()})
        entities = [self.content.plan, *self.entities.values()]
        plan = Reference(self.content.plan.kind, self.content.plan.key)
        document = PlanDocument(self.grid.name, PlanContent.of(entities), {**self.given, plan: frozenset()})
        return TableImport(document, self.rows, ignored)

    def _ignored(self) -> tuple[str, ...]:
        known = known_headings()
        number, names = self.grid.rows[self.headings]
        ignored: list[str] = []
        for index, cell in enumerate(names):
            name = clean(cell).strip()
            if not name or index in self.columns.values():
                continue
            if name.casefold() in known:
                raise wrong_cell(self.grid.name, number, name, Message("the column stands twice"))
            ignored.append(name)
        passed_over = {Column.AREA, Column.GOAL, Column.UNIT, Column.STATUS, Column.REASON} & self.columns.keys()
        return (*ignored, *(clean(names[self.columns[column]]) for column in Column if column in passed_over))

    def _read_row(self, number: int, cells: Mapping[Column, str]) -> None:
        if not any(cells.get(column) for column in (*_FIGURE_FIELDS, Column.TARGET)):
            return
        indicator = self._indicator(number, cells)
        period = self._period(number, cells.get(Column.PERIOD, ""))
        part = self._part(number, indicator, cells.get(Column.PART, ""))
        scale = Scale(indicator.unit, indicator.direction) if part else indicator.scale
        place: dict[str, Any] = {"indicator": indicator.key, "period": period, "part": part}
        self._add_outcome(number, Outcome(**place), scale, cells)
        self._add_target(number, TargetValue(**place), scale, cells.get(Column.TARGET, ""))

    def _add_outcome(self, number: int, outcome: Outcome, scale: Scale, cells: Mapping[Column, str]) -> None:
        before = self.content.get(Outcome, outcome.key)
        values: dict[str, Any] = {}
        for column, name in _FIGURE_FIELDS.items():
            if text := cells.get(column, ""):
                if column in (Column.OUTCOME, Column.FORECAST):
                    text = self._figure(number, column, text, getattr(before, name, ""), scale)
                values[name] = text
        if values:
            self._add(number, Column.OUTCOME, replace(outcome, **values), frozenset(values))

    def _add_target(self, number: int, target: TargetValue, scale: Scale, text: str) -> None:
        if not text:
            return
        try:
            meaning = parse_target(text, scale)
            before = self.content.get(TargetValue, target.key)
            if before and before.value and _means(parse_target, before.value, scale) == meaning:
                text = before.value
        except TargetInWordsError:
            pass  # it stands as it was written, and is doubted
        except KvaltuiError as error:
            raise self._error(number, Column.TARGET, error.message) from None
        self._add(number, Column.TARGET, replace(target, value=text), frozenset({"value"}))

    def _figure(self, number: int, column: Column, text: str, before: str, scale: Scale) -> str:
        """The text to be stored: that of before where it means the same, so that a table taken back changes nothing."""
        try:
            meaning = parse_figure(text, scale)
        except KvaltuiError as error:
            problem = error.message
            if _DAY.fullmatch(text):
                problem = Message("“{text}” is a date: write a ratio such as 8/10 as “8 av 10”", text=text)
            raise self._error(number, column, problem) from None
        return before if before and _means(parse_figure, before, scale) == meaning else text

    def _add(self, number: int, column: Column, entity: AnyEntity, given: frozenset[str]) -> None:
        reference = Reference(entity.kind, entity.key)
        if reference in self.rows:
            problem = Message("the same figure stands in row {row} already", row=str(self.rows[reference]))
            raise self._error(number, column, problem)
        self.entities[reference] = entity
        self.given[reference] = given
        self.rows[reference] = number

    def _indicator(self, number: int, cells: Mapping[Column, str]) -> Indicator:
        if key := cells.get(Column.KEY, ""):
            indicator = self.content.get(Indicator, key)
            if indicator is None or indicator.retired:
                hint = did_you_mean(key, [each.key for each in self.content.active(Indicator)])
                raise self._error(
                    number, Column.KEY, Message("There is no indicator “{name}”{hint}", name=key, hint=hint)
                )
            return indicator
        name = cells.get(Column.NAME, "")
        found = self.by_name.get(name.casefold(), [])
        if len(found) == 1:
            return found[0]
        if found:
            keys = ", ".join(indicator.key for indicator in found)
            problem = Message("several indicators have this name: write the key of one ({keys})", keys=keys)
        else:
            known = {name: indicators[0].name for name, indicators in self.by_name.items()}
            problem = Message("There is no indicator “{name}”{hint}", name=name, hint=did_you_mean(name, known))
        raise self._error(number, Column.NAME, problem)

    def _period(self, number: int, text: str) -> Period:
        text = text.removeprefix("'")
        day = _DAY.fullmatch(text)
        try:
            if text:
                # A spreadsheet makes the first day of the month of 2022-04.
                return parse_written_period(day[1] if day and day[2] == "01" else text)
        except PeriodError as error:
            raise self._error(number, Column.PERIOD, error.message) from None
        if self.period is None:
            raise self._error(number, Column.PERIOD, Message("the period is missing"))
        return self.period

    def _part(self, number: int, indicator: Indicator, text: str) -> str:
        found = next((part for part in indicator.breakdown if part.casefold() == text.casefold()), None)
        if text and found is None:
            parts = ", ".join(indicator.breakdown)
            problem = (
                Message("the indicator has no part “{text}”; it has {parts}", text=text, parts=parts)
                if parts
                else Message("the indicator has no parts")
            )
            raise self._error(number, Column.PART, problem)
        return found or ""

    def _error(self, number: int, column: Column, problem: Message) -> TableFileError:
        index = self.columns.get(column)
        heading = HEADINGS[column] if index is None else clean(self.grid.rows[self.headings][1][index])
        return wrong_cell(self.grid.name, number, heading, problem)


def _cell(cells: tuple[str, ...], index: int) -> str:
    return clean(cells[index], multiline=True).strip() if index < len(cells) else ""


def _means(parse: Callable[[str, Scale], object], text: str, scale: Scale) -> object:
    try:
        return parse(text, scale)
    except KvaltuiError:
        return None
