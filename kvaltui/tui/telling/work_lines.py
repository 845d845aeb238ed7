"""Measures and self-checks in one line each, as they stand in the panel of something that they belong to."""

from __future__ import annotations

from kvaltui.i18n import _, day
from kvaltui.model.clean import clean
from kvaltui.model.content import AnyEntity
from kvaltui.model.quality_work import Measure
from kvaltui.model.self_check_judging import SelfCheckResult
from kvaltui.model.summary import is_overdue
from kvaltui.tui.telling.cells import result_cell, result_style
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.panel import Paragraph
from kvaltui.words import field_word, word
from kvaltui.work.session import PlanSession


def contested(entity: AnyEntity, paint: Paint, key: str) -> Paragraph:
    """Which fields of a thing have been changed on two sides, and the key that decides between them."""
    fields = ", ".join(field_word(name) for name in entity.contested)
    return _("! Changed on two sides: {fields}. {key} decides.", fields=fields, key=key), paint.warning


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
