"""Measures and self-checks in one line each, in the panel of something that they belong to; the styles of the work."""

from __future__ import annotations

from rich.style import Style

from kvaltui.i18n import _, day
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.quality_work import Measure, ResultStatus
from kvaltui.model.risk import Band
from kvaltui.model.self_check_judging import SelfCheckResult
from kvaltui.model.summary import is_overdue
from kvaltui.status_cells import BAND_STATUS, RESULT_STATUS, result_cell
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.page import Paragraph
from kvaltui.words import field_word, word
from kvaltui.work.session import PlanSession


def band_style(band: Band | None, paint: Paint) -> Style:
    """The style of a band, beside its symbol and word."""
    return paint.status(BAND_STATUS[band]) if band is not None else paint.muted


def result_style(status: ResultStatus, paint: Paint) -> Style:
    """The style of a result, beside its symbol and word."""
    return paint.status(RESULT_STATUS[status])


def contested(entity: AnyEntity, paint: Paint, key: str) -> list[Paragraph]:
    """Which fields of a thing have been changed on two sides, if any, and the key that decides between them."""
    fields = ", ".join(field_word(name) for name in entity.contested)
    told = _("! Changed on two sides: {fields}. {key} decides.", fields=fields, key=key)
    return [(told, paint.warning)] if fields else []


def measure_line(measure: Measure, session: PlanSession, paint: Paint) -> Paragraph:
    """A measure with its status, who answers for it and when it is due."""
    is_late = is_overdue(measure, session.today)
    facts = [word(measure.status)]
    if measure.responsible:
        facts.append(clean(measure.responsible))
    if measure.due is not None:
        facts.append(_("{day} late", day=day(measure.due)) if is_late else day(measure.due))
    told = _("Measure ({facts}): {title}", facts=", ".join(facts), title=clean(measure.title))
    return told, paint.error if is_late else paint.text


def self_check_line(each: SelfCheckResult, paint: Paint, *, is_ascii: bool) -> Paragraph:
    """A self-check with its latest result."""
    if each.result is None or each.status is None:
        result, style = _("no result yet"), paint.muted
    else:
        cell = result_cell(each.status, is_ascii=is_ascii)
        result, style = f"{cell} {each.result.period}", result_style(each.status, paint)
    return _("Self-check ({result}): {name}", result=result, name=clean(each.self_check.name)), style
