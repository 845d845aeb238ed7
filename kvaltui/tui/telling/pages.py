"""The page of whatever there is in a plan, by what it is."""

from __future__ import annotations

from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Assignment, Measure, Risk, SelfCheck
from kvaltui.model.structure import QualityFactor
from kvaltui.model.tree import ROOT
from kvaltui.tui.telling.branch_page import branch_page, factor_page
from kvaltui.tui.telling.economy_page import row_page, table_page
from kvaltui.tui.telling.indicator_page import indicator_page
from kvaltui.tui.telling.measure_page import assignment_page, measure_page
from kvaltui.tui.telling.risk_page import risk_page
from kvaltui.tui.telling.self_check_page import self_check_page
from kvaltui.tui.telling.teller import Teller
from kvaltui.tui.widgets.page import Page
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.naming import name_of, shown_at


def page_of(teller: Teller, reference: Reference, part: str = "") -> Page | None:
    """The page of a thing, or of a part of an indicator; of what has no row of its own, that of what it belongs to.

    None where there is no such thing. The earlier levels of a risk are not on it: whoever shows it reads those.
    """
    content = teller.content
    shown = shown_at(content, reference)
    if shown.kind is Kind.PLAN:
        return branch_page(teller, ROOT)
    entity = content.find(shown)
    if entity is None:
        return None
    match entity:
        case Risk():
            return risk_page(teller, entity, ())
        case SelfCheck():
            return self_check_page(teller, entity)
        case Measure():
            return measure_page(teller, entity)
        case Assignment():
            return assignment_page(teller, entity)
        case EconomyTable():
            return table_page(teller, entity)
        case EconomyRow():
            return row_page(teller, entity)
        case QualityFactor():
            return factor_page(teller, entity)
    if shown.kind is Kind.INDICATOR:
        return indicator_page(teller, EntryRow(shown, part or getattr(content.find(reference), "part", "")))
    page = branch_page(teller, shown)
    return page if page is not None else Page(name_of(content, shown), tuple(teller.retired(entity)))
