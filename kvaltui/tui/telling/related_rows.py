"""The things that one stands in relation to, each in a row with its own status: on every page in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from kvaltui.figure_words import figure_cell, outcome_cell, target_words, with_unit
from kvaltui.i18n import _, number
from kvaltui.model.clean import clean
from kvaltui.model.economy import EconomyRow
from kvaltui.model.economy_check import variance_of
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Measure, MeasureStatus, Risk
from kvaltui.model.risk import band, level_of
from kvaltui.model.self_check_judging import self_check_scale
from kvaltui.model.status import Status
from kvaltui.model.structure import Indicator
from kvaltui.model.summary import is_overdue
from kvaltui.status_cells import BAND_STATUS, RESULT_STATUS, achieved_of
from kvaltui.tui.telling.teller import Teller
from kvaltui.tui.telling.typeset import RelatedRow, related
from kvaltui.tui.widgets.page import Paragraph
from kvaltui.tui.widgets.reading import Block, Drawn, Shelf
from kvaltui.words import word
from kvaltui.work.naming import name_of

_NO_SIGN: Paragraph = ("", None)
_DOT, _ASCII_DOT = "·", "."


def related_rows(teller: Teller, references: Iterable[Reference]) -> list[RelatedRow]:
    """The rows of some things, in their order."""
    return [_row(teller, each) for each in references]


def related_shelf(teller: Teller, label: str, references: Sequence[Reference], rows: int = 0, aside: str = "") -> Shelf:
    """A shelf of things under its label, with something short beside that; nothing where there are no things."""
    if not references:
        return Shelf((), rows, label)
    paint = teller.paint
    heading = Drawn(lambda _width: [((" ", None), (label, paint.strong), (f"  {aside}" if aside else "", paint.error))])
    return Shelf((heading, related(related_rows(teller, references))), rows, label)


def measures_shelf(teller: Teller, reference: Reference, rows: int = 0) -> Shelf:
    """The measures of a thing, those that are late first."""
    measures = teller.measures_of(reference)
    found = [Reference(Kind.MEASURE, each.key) for each in measures]
    return related_shelf(teller, _("Measures"), found, rows, teller.late(measures))


def other_shelves(teller: Teller, relations: Iterable[Reference], told: Iterable[Kind]) -> list[Block]:
    """What is left of the relations of a thing, kind by kind."""
    known = frozenset(told)
    left: dict[Kind, list[Reference]] = {}
    for each in relations:
        if each.kind not in known:
            left.setdefault(each.kind, []).append(each)
    return [related_shelf(teller, heading_of(kind), found) for kind, found in left.items()]


def heading_of(kind: Kind) -> str:
    """What things of a kind are called together."""
    return {
        Kind.AREA: _("Areas"),
        Kind.GOAL: _("Goals"),
        Kind.INDICATOR: _("Indicators"),
        Kind.QUALITY_FACTOR: _("Quality factors"),
        Kind.RISK: _("Risks"),
        Kind.SELF_CHECK: _("Self-checks"),
        Kind.MEASURE: _("Measures"),
        Kind.ASSIGNMENT: _("Assignments"),
        Kind.ECONOMY_TABLE: _("Tables"),
        Kind.ECONOMY_ROW: _("Rows"),
    }[kind]


def _row(teller: Teller, reference: Reference) -> RelatedRow:
    sign, standing = _SAID.get(reference.kind, _plainly)(teller, reference)
    name = name_of(teller.content, reference)
    if reference.kind is Kind.ECONOMY_ROW:
        row = teller.content.get(EconomyRow, reference.key)
        name = clean(row.name) if row is not None else name
    return RelatedRow(reference, sign, (name, teller.paint.text), standing)


def _plainly(_teller: Teller, _reference: Reference) -> tuple[Paragraph, Paragraph]:
    return _NO_SIGN, _NO_SIGN


def _node(teller: Teller, reference: Reference) -> tuple[Paragraph, Paragraph]:
    node, paint = teller.session.result.nodes.get(reference), teller.paint
    if node is None:
        return _NO_SIGN, _NO_SIGN
    sign = teller.symbol(node.status), paint.status(node.status)
    return sign, (achieved_of(node.counts.achieved, node.counts.of) if node.counts.of else "", paint.muted)


def _indicator(teller: Teller, reference: Reference) -> tuple[Paragraph, Paragraph]:
    session, paint = teller.session, teller.paint
    judged = session.result.indicators.get(reference.key)
    indicator = teller.content.get(Indicator, reference.key)
    if judged is None or indicator is None:
        return _NO_SIGN, _NO_SIGN
    if session.waits(reference.key):
        return (_dot(teller), paint.muted), (_("waiting"), paint.accent)
    cell = outcome_cell(judged, indicator.scale) if judged.outcome else ""
    figure = with_unit(cell, judged.figure, indicator.scale)
    doubt = "! " if judged.doubts else ""
    sign = teller.symbol(judged.status), paint.status(judged.status)
    return sign, (doubt + figure, paint.warning if doubt else paint.text)


def _risk(teller: Teller, reference: Reference) -> tuple[Paragraph, Paragraph]:
    risk, paint = teller.content.get(Risk, reference.key), teller.paint
    level = level_of(risk) if risk is not None else None
    where = band(level, teller.content.plan.risk_bands)
    if level is None or where is None:
        return (_dot(teller), paint.muted), (_("Not assessed"), paint.muted)
    status = BAND_STATUS[where]
    return (f"{teller.symbol(status)} {level}", paint.status(status)), (word(where), paint.muted)


def _self_check(teller: Teller, reference: Reference) -> tuple[Paragraph, Paragraph]:
    found, paint = teller.self_checks.get(reference.key), teller.paint
    if found is None:
        return _NO_SIGN, _NO_SIGN
    result, status = found.result, found.status
    if result is None or status is None:
        return (_dot(teller), paint.muted), (_("no result yet"), paint.muted)
    looks = RESULT_STATUS[status]
    scale = self_check_scale(found.self_check)
    told = f"{word(status)} {result.period}"
    if result.value:
        told = figure_cell(result.value, scale)
        if found.self_check.threshold:
            wanted = target_words(found.self_check.threshold, scale)
            told = _("{figure} against {threshold}", figure=told, threshold=wanted)
        told = f"{told}, {result.period}"
    return (teller.symbol(looks), paint.status(looks)), (told, paint.muted)


def _measure(teller: Teller, reference: Reference) -> tuple[Paragraph, Paragraph]:
    measure, paint = teller.content.get(Measure, reference.key), teller.paint
    if measure is None:
        return _NO_SIGN, _NO_SIGN
    sign: Paragraph = (_dot(teller), paint.muted)
    if is_overdue(measure, teller.session.today):
        sign = teller.symbol(Status.NOT_ACHIEVED), paint.error
    elif measure.status is MeasureStatus.DONE:
        sign = teller.symbol(Status.ACHIEVED), paint.achieved
    return sign, teller.measure_standing(measure)


def _economy_row(teller: Teller, reference: Reference) -> tuple[Paragraph, Paragraph]:
    found, paint = teller.economy.get(reference.key), teller.paint
    variance = variance_of(found) if found is not None else None
    if variance is None:
        return _NO_SIGN, _NO_SIGN
    sign = "v" if teller.is_ascii else "▼"
    shown = (number(variance), paint.error if variance < 0 else paint.text)
    return (sign if variance < 0 else "", paint.error), shown


def _dot(teller: Teller) -> str:
    """What stands where a thing has no verdict of its own yet."""
    return _ASCII_DOT if teller.is_ascii else _DOT


_SAID: Mapping[Kind, Callable[[Teller, Reference], tuple[Paragraph, Paragraph]]] = MappingProxyType(
    {
        Kind.AREA: _node,
        Kind.GOAL: _node,
        Kind.INDICATOR: _indicator,
        Kind.RISK: _risk,
        Kind.SELF_CHECK: _self_check,
        Kind.MEASURE: _measure,
        Kind.ECONOMY_ROW: _economy_row,
    }
)
"""The sign and the standing of things of each kind."""
