"""Figures from a table: which column is what, which row is which indicator, and what is to be stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kvaltui.exchange.decimal_sign import DecimalSign, DecimalSigns
from kvaltui.exchange.file_error import together
from kvaltui.exchange.plan_reader import PlanDocument
from kvaltui.exchange.table_file import Grid, TableFileError, UnreadableFigures, wrong_cell
from kvaltui.exchange.table_rows import TableField
from kvaltui.i18n import catalogue
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entering import as_entered
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Reference
from kvaltui.model.figure import parse_figure
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.number import NumberError
from kvaltui.model.period import Period, PeriodError
from kvaltui.model.quantity import refuse_joined
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Indicator
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import Target, TargetInWordsError
from kvaltui.model.written_period import parse_written_period
from kvaltui.setting import did_you_mean

_ALSO_KNOWN_AS = {
    "id": TableField.KEY,
    "indikator": TableField.NAME,
    "indicator": TableField.NAME,
    "nyckeltal": TableField.NAME,
    "mått": TableField.NAME,
    "value": TableField.OUTCOME,
    "värde": TableField.OUTCOME,
    "resultat": TableField.OUTCOME,
    "målnivå": TableField.TARGET,
    "helårsprognos": TableField.FORECAST,
    "kommentar": TableField.NOTE,
    "comment": TableField.NOTE,
    "år": TableField.PERIOD,
    "year": TableField.PERIOD,
    "skäl": TableField.REASON,
}
_REMARKS = {TableField.NOTE: "note", TableField.SOURCE: "source"}
_ENTERED = (TableField.OUTCOME, TableField.FORECAST, TableField.TARGET, *_REMARKS)
_PASSED_OVER = (TableField.AREA, TableField.GOAL, TableField.UNIT, TableField.STATUS, TableField.REASON)
_ROWS_BEFORE_HEADINGS = 20
_DAY = re.compile(r"(\d{4}-\d\d)-(\d\d)(?: .*)?", re.ASCII)
_SHORT_DAY = re.compile(
    r"\d{1,2}[-. ](?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*\.?", re.IGNORECASE
)
_THREE_DECIMALS = re.compile(r"(?<=,)[0-9]{3}(?![0-9])", re.ASCII)
_FIGURES = (TableField.OUTCOME, TableField.FORECAST, TableField.TARGET)


@dataclass(frozen=True, slots=True)
class TableImport:
    """What a table holds: a document to be compared with the plan, the row of each thing, and the columns not read."""

    document: PlanDocument
    rows: Mapping[Reference, int]
    ignored: tuple[str, ...]


def read_table(
    grid: Grid, content: PlanContent, period: Period | None, decimal: DecimalSign | None = None
) -> TableImport:
    """Find the outcomes, forecasts, notes, sources and targets of a table, for indicators that the plan has.

    Columns are found by their Swedish or English headings: key or name, period (without it, `period` holds), part, and
    what is to be entered; those that an export has beside them are passed over. An empty cell changes nothing. What
    stands before decimals is what `decimal` says, or what the file's own numbers tell. Raises TableFileError that names
    row and column of everything that is wrong; nothing of a table with an error is used.
    """
    headings, columns = _columns(grid)
    places = [columns[column] for column in _FIGURES if column in columns]
    texts = (
        _cell(cells, index)
        for number, cells in grid.rows[headings + 1 :]
        for index in places
        if (number, index) not in grid.numbers
    )
    signs = DecimalSigns.of(texts, decimal, is_strict=grid.is_strict)
    return _Reader(grid, content, period, headings, columns, signs).read()


def known_headings() -> Mapping[str, TableField]:
    """Every heading that is understood, in small letters."""
    swedish = catalogue("sv")
    headings = {str(column): column for column in TableField}
    headings |= {swedish(column).casefold(): column for column in TableField}
    return headings | _ALSO_KNOWN_AS


def _columns(grid: Grid) -> tuple[int, dict[TableField, int]]:
    """The place of the row of headings, and the place of each column in it."""
    known = known_headings()
    for place, (_number, cells) in enumerate(grid.rows[:_ROWS_BEFORE_HEADINGS]):
        names = [clean(cell).strip().casefold() for cell in cells]
        columns: dict[TableField, int] = {}
        for index, name in enumerate(names):
            if name in known:
                columns.setdefault(known[name], index)
        if columns.keys() & {TableField.KEY, TableField.NAME} and columns.keys() & set(_ENTERED):
            return place, columns
    raise TableFileError(
        Message(
            "{file}: there is no row of headings with {key} or {name}, and {outcome}",
            file=grid.name,
            key=TableField.KEY.message,
            name=TableField.NAME.message,
            outcome=TableField.OUTCOME.message,
        )
    )


@dataclass(slots=True)
class _Reader:
    grid: Grid
    content: PlanContent
    period: Period | None
    headings: int
    columns: Mapping[TableField, int]
    signs: DecimalSigns
    faults: list[TableFileError] = field(default_factory=list)
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
            try:
                self._read_row(number, {column: _cell(cells, index) for column, index in self.columns.items()})
            except TableFileError as error:
                self.faults.append(error)
        if self.faults:
            are_figures = all(isinstance(fault, UnreadableFigures) for fault in self.faults)
            told = together([fault.message for fault in self.faults])
            raise (UnreadableFigures if are_figures else TableFileError)(told, field=self.faults[0].field)
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
        passed_over = (column for column in _PASSED_OVER if column in self.columns)
        return (*ignored, *(clean(names[self.columns[column]]) for column in passed_over))

    def _read_row(self, number: int, cells: Mapping[TableField, str]) -> None:
        if not any(cells.get(column) for column in _ENTERED):
            return
        indicator = self._indicator(number, cells)
        period = self._period(number, cells.get(TableField.PERIOD, ""))
        part = self._part(number, indicator, cells.get(TableField.PART, ""))
        scale = Scale(indicator.unit, indicator.direction) if part else indicator.scale
        place: dict[str, Any] = {"indicator": indicator.key, "period": period, "part": part}
        self._add_outcome(number, Outcome(**place), scale, cells)
        self._add_target(number, TargetValue(**place), scale, cells.get(TableField.TARGET, ""))

    def _add_outcome(self, number: int, outcome: Outcome, scale: Scale, cells: Mapping[TableField, str]) -> None:
        """Take in what a row has for an outcome; what is written for the parts all at once goes to the parts."""
        remarks: dict[str, Any] = {name: cells[column] for column, name in _REMARKS.items() if cells.get(column)}
        if forecast := cells.get(TableField.FORECAST, ""):
            remarks["forecast"] = self._figure(number, TableField.FORECAST, forecast, scale)
        text = cells.get(TableField.OUTCOME, "")
        if not text:
            if remarks:
                self._add(number, TableField.OUTCOME, replace(outcome, **remarks), frozenset(remarks))
            return
        text = self._figure(number, TableField.OUTCOME, text, scale)
        for entered in as_entered(self.content, outcome, text):
            before = self.content.get(Outcome, entered.key)
            of_one = scale if entered.part == outcome.part else replace(scale, breakdown=())
            value = _as_before(parse_figure, before.value if before else "", entered.value, of_one)
            decided = ("retired", "contested") if before and (before.retired or before.contested) else ()
            given = frozenset(("value", *decided, *remarks))
            self._add(
                number, TableField.OUTCOME, replace(entered, value=value, **self._kept(before, scale, remarks)), given
            )

    def _kept(self, before: Outcome | None, scale: Scale, remarks: Mapping[str, str]) -> dict[str, Any]:
        """The remarks for an outcome, with the forecast that stands there where it means the same."""
        kept: dict[str, Any] = dict(remarks)
        if before and "forecast" in kept:
            kept["forecast"] = _as_before(parse_figure, before.forecast, kept["forecast"], scale)
        return kept

    def _add_target(self, number: int, target: TargetValue, scale: Scale, text: str) -> None:
        if not text:
            return
        text = self._figure(number, TableField.TARGET, text, scale, _target_or_words)
        before = self.content.get(TargetValue, target.key)
        value = _as_before(_target_or_words, before.value if before else "", text, scale)
        self._add(number, TableField.TARGET, replace(target, value=value), frozenset({"value"}))

    def _figure(
        self,
        number: int,
        column: TableField,
        text: str,
        scale: Scale,
        parse: Callable[[str, Scale], object] = parse_figure,
    ) -> str:
        """A cell's text as a person would type it. Raises UnreadableFigures, by the same words as for what is typed."""
        place = (number, self.columns[column])
        if problem := self.grid.problems.get(place):
            raise self._unreadable(number, column, problem)
        if (_DAY.fullmatch(text) or _SHORT_DAY.fullmatch(text)) and not scale.is_text:
            told = Message("“{text}” is a date: write a ratio such as 8/10 as “8 av 10”", text=text)
            raise self._unreadable(number, column, told)
        is_number = place in self.grid.numbers
        try:
            if not is_number and not scale.is_text:
                is_number, text = self.signs.sign_for(text) is not None, self.signs.read(text)
            return _readable(text, scale, parse, is_number=is_number)
        except KvaltuiError as error:
            raise self._unreadable(number, column, error.message) from None

    def _add(self, number: int, column: TableField, entity: AnyEntity, given: frozenset[str]) -> None:
        reference = Reference(entity.kind, entity.key)
        if reference in self.rows:
            problem = Message("the same figure stands in row {row} already", row=str(self.rows[reference]))
            raise self._error(number, column, problem)
        self.entities[reference] = entity
        self.given[reference] = given
        self.rows[reference] = number

    def _indicator(self, number: int, cells: Mapping[TableField, str]) -> Indicator:
        if key := cells.get(TableField.KEY, ""):
            indicator = self.content.get(Indicator, key)
            if indicator is None or indicator.retired:
                hint = did_you_mean(key, [each.key for each in self.content.active(Indicator)])
                raise self._error(
                    number, TableField.KEY, Message("There is no indicator “{name}”{hint}", name=key, hint=hint)
                )
            return indicator
        name = cells.get(TableField.NAME, "")
        found = self.by_name.get(name.casefold(), [])
        if len(found) == 1:
            return found[0]
        if found:
            keys = ", ".join(indicator.key for indicator in found)
            problem = Message("several indicators have this name: write the key of one ({keys})", keys=keys)
        else:
            known = {name: indicators[0].name for name, indicators in self.by_name.items()}
            problem = Message("There is no indicator “{name}”{hint}", name=name, hint=did_you_mean(name, known))
        raise self._error(number, TableField.NAME, problem)

    def _period(self, number: int, text: str) -> Period:
        text = text.removeprefix("'")
        day = _DAY.fullmatch(text)
        try:
            if text:
                # A spreadsheet makes the first day of the month of 2022-04.
                return parse_written_period(day[1] if day and day[2] == "01" else text)
        except PeriodError as error:
            raise self._error(number, TableField.PERIOD, error.message) from None
        if self.period is None:
            raise self._error(number, TableField.PERIOD, Message("the period is missing"))
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
            raise self._error(number, TableField.PART, problem)
        return found or ""

    def _unreadable(self, number: int, column: TableField, problem: Message) -> UnreadableFigures:
        error = self._error(number, column, problem)
        return UnreadableFigures(error.message, field=error.field)

    def _error(self, number: int, column: TableField, problem: Message) -> TableFileError:
        index = self.columns.get(column)
        heading = column.message if index is None else clean(self.grid.rows[self.headings][1][index])
        return wrong_cell(self.grid.name, number, heading, problem)


def _cell(cells: tuple[str, ...], index: int) -> str:
    """The text of a cell, "" past the row's end. A tab between figures stays a border between them."""
    text = cells[index] if index < len(cells) else ""
    try:
        refuse_joined(text)
    except NumberError:
        text = text.replace("\t", " | ")
    return clean(text, multiline=True).strip()


def _readable(text: str, scale: Scale, parse: Callable[[str, Scale], object], *, is_number: bool) -> str:
    """A text that can be read. Where it `is_number`, three decimals that may be thousands become four."""
    try:
        parse(text, scale)
    except KvaltuiError:
        longer = _THREE_DECIMALS.sub(r"\g<0>0", text) if is_number else text
        if longer == text:
            raise
        parse(longer, scale)
        return longer
    return text


def _target_or_words(text: str, scale: Scale) -> Target | str:
    """What a target means; a sentence that no rule can be read from stands as it was written, and is doubted."""
    try:
        return parse_target(text, scale)
    except TargetInWordsError:
        return text


def _as_before(parse: Callable[[str, Scale], object], before: str, text: str, scale: Scale) -> str:
    """The text that stands there where it means the same, so that a table taken back changes nothing."""
    try:
        return before if before and parse(before, scale) == parse(text, scale) else text
    except KvaltuiError:
        return text
