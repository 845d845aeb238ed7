"""The figures of a plan as a table: a row per indicator, period and part, for spreadsheets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from kvaltui.i18n import N_, say
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.figure import Figure, FigureError, parse_figure
from kvaltui.model.fulfilment import PlanResult
from kvaltui.model.message import Message
from kvaltui.model.reporting import TargetValue
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.tree import ROOT
from kvaltui.model.value import dataclass
from kvaltui.model.verdict import Verdict
from kvaltui.words import status_word


class TableField(StrEnum):
    """The columns of the table, in their order, by their headings."""

    KEY = N_("key")
    AREA = N_("area")
    GOAL = N_("goal")
    NAME = N_("name")
    PART = N_("part")
    PERIOD = N_("period")
    UNIT = N_("unit")
    TARGET = N_("target")
    OUTCOME = N_("outcome")
    FORECAST = N_("forecast")
    STATUS = N_("status")
    REASON = N_("reason")
    NOTE = N_("note")
    SOURCE = N_("source")

    @property
    def message(self) -> Message:
        """Its heading."""
        return Message(self)


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A plain number, to be calculated with; `is_percentage` numbers are in percent (86 is 86 %)."""

    value: Decimal
    is_percentage: bool = False


Cell: TypeAlias = str | NumberCell
Row: TypeAlias = tuple[Cell, ...]

_RATIO = re.compile(r"(\d+) ?/ ?(\d+)", re.ASCII)


def table_rows(
    content: PlanContent, results: Sequence[PlanResult], indicators: Collection[str] | None = None
) -> list[Row]:
    """The rows for the periods of `results`, a cell per `Column`; `indicators` (keys) narrows them.

    An indicator with parts has a row for the whole and one for each part, in each period.
    """
    rows: list[Row] = []
    for key in content.tree.indicators_below(ROOT):
        indicator = content.get(Indicator, key)
        if indicator is None or (indicators is not None and key not in indicators):
            continue
        for result in results:
            rows += _rows_of(content, indicator, result)
    return rows


def _rows_of(content: PlanContent, indicator: Indicator, result: PlanResult) -> Iterator[Row]:
    found = result.indicators[indicator.key]
    yield _row(content, indicator, result, "", found.verdict, status_word(found.status))
    by_part = {part.part: part.verdict for part in found.parts}
    for part in indicator.breakdown:
        verdict = by_part.get(part)
        yield _row(content, indicator, result, part, verdict, status_word(verdict.status) if verdict else "")


def _row(
    content: PlanContent, indicator: Indicator, result: PlanResult, part: str, verdict: Verdict | None, status: str
) -> Row:
    area, goal = content.get(Area, indicator.area), content.get(Goal, indicator.goal)
    target = content.target(indicator.key, result.period, part)
    outcome = content.outcome(indicator.key, result.period, part)
    scale = indicator.scale if not part else Scale(indicator.unit, indicator.direction)
    cells: Row = (
        indicator.key,
        area.name if area else "",
        goal.name if goal else "",
        indicator.name,
        part,
        str(result.period),
        indicator.unit,
        number_or_text(target.value, scale) if isinstance(target, TargetValue) else "",
        number_or_text(outcome.value, scale) if outcome else "",
        number_or_text(outcome.forecast, scale) if outcome else "",
        status,
        say(verdict.reason) if verdict else "",
        outcome.note if outcome else "",
        outcome.source if outcome else "",
    )
    return tuple(clean(cell, multiline=True) if isinstance(cell, str) else cell for cell in cells)


def number_or_text(text: str, scale: Scale) -> Cell:
    """A number where the text is one and nothing more; otherwise the text as written.

    `8/10` is written out as `8 av 10`, which means the same: a spreadsheet would take it for a day in October.
    """
    if not text:
        return ""
    try:
        figure = parse_figure(text, scale)
    except FigureError:
        return text
    if figure.exact is not None and figure == Figure(figure.exact, figure.exact):
        return NumberCell(figure.exact, scale.is_percentage)
    return _RATIO.sub(r"\1 av \2", text) if _RATIO.fullmatch(text) else text
