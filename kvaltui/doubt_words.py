"""What looks wrong in the figures, as a person reads it: the same rows in the same words wherever they are told."""

from __future__ import annotations

from collections.abc import Iterable

from kvaltui.figure_words import figure_cell, outcome_cell
from kvaltui.i18n import _
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entity import Reference
from kvaltui.model.fulfilment import PlanResult
from kvaltui.model.indicator_result import IndicatorResult
from kvaltui.model.structure import Indicator
from kvaltui.model.summary import Doubtful, doubts_by_row
from kvaltui.model.value import dataclass
from kvaltui.words import word

MOST_SHOWN = 20
"""So many doubtful figures are told one by one; below them stands how many more there are."""


@dataclass(frozen=True, slots=True)
class DoubtfulRow:
    """A figure that looks wrong: what it is of, its name, how it is written, and in words why it looks wrong."""

    reference: Reference
    part: str
    name: str
    figure: str
    reasons: tuple[str, ...]

    @property
    def named_figure(self) -> str:
        """Name and figure in one text."""
        return f"{self.name}: {self.figure}" if self.figure else self.name


def doubtful_rows(content: PlanContent, result: PlanResult, doubts: Iterable[Doubtful]) -> list[DoubtfulRow]:
    """The figures that some doubts are about, each of them once and in the order of the doubts."""
    rows = []
    for (reference, part), found in doubts_by_row(doubts).items():
        name, figure = _name_and_figure(content, result, reference, part)
        rows.append(DoubtfulRow(reference, part, name, figure, tuple(word(doubt) for doubt in found)))
    return rows


def how_many_look_wrong(count: int) -> str:
    """How many figures look wrong."""
    return _("{count} figure looks wrong" if count == 1 else "{count} figures look wrong", count=count)


def _name_and_figure(content: PlanContent, result: PlanResult, reference: Reference, part: str) -> tuple[str, str]:
    entity = content.find(reference)
    if isinstance(entity, Indicator):
        judged = result.indicators.get(entity.key)
        name = f"{entity.shown_name}: {part}" if part else entity.shown_name
        return name, _figure(judged, entity, part) if judged is not None else ""
    if isinstance(entity, EconomyRow):
        table = content.get(EconomyTable, entity.table)
        return f"{table.title}: {entity.name}" if table is not None else entity.name, entity.variance
    return reference.key, ""


def _figure(judged: IndicatorResult, indicator: Indicator, part: str) -> str:
    if part:
        found = judged.part(part)
        return figure_cell(found.outcome, indicator.scale) if found is not None and found.outcome else ""
    return outcome_cell(judged, indicator.scale) if judged.outcome else ""
