"""What a form says about what is being written: how a target or a figure is read, and what a risk's level means."""

from __future__ import annotations

from kvaltui.figure_words import figure_cell
from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.entities import AnyEntity
from kvaltui.model.figure import FigureError, parse_figure
from kvaltui.model.quality_work import Result, Risk, SelfCheck
from kvaltui.model.reporting import TargetValue
from kvaltui.model.risk import band, level_of
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.self_check_judging import judge_result, self_check_scale
from kvaltui.model.structure import Indicator
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import TargetError
from kvaltui.model.target_writing import write_target
from kvaltui.model.value import replace
from kvaltui.status_cells import band_cell, status_cell
from kvaltui.tui.forms.draft import FormDraft
from kvaltui.tui.forms.fields import TARGET

_LEVEL_FIELDS = frozenset({"likelihood", "consequence", "level"})


def remark_on(draft: FormDraft, field: str, *, is_ascii: bool) -> str:
    """A line about the field that is written in, "" where there is nothing to say."""
    entity = draft.entity
    wrong = draft.told_errors().keys()
    if field in wrong:
        return ""
    match entity:
        case Risk() if field in _LEVEL_FIELDS and wrong.isdisjoint(_LEVEL_FIELDS):
            return _level(draft, entity, is_ascii=is_ascii)
        case SelfCheck() if field in ("threshold", "unit") and entity.threshold:
            return _target(entity.threshold, entity)
        case Result() if field == "value" and entity.value:
            return _result(draft, entity, is_ascii=is_ascii)
        case Indicator() if field == TARGET and draft.text(TARGET).strip():
            return _target(draft.text(TARGET), entity)
        case TargetValue() if field == "value" and entity.value:
            return _target(entity.value, draft.content.get(Indicator, entity.indicator), entity.part)
    return ""


def _level(draft: FormDraft, risk: Risk, *, is_ascii: bool) -> str:
    level = level_of(risk)
    where = band(level, draft.content.plan.risk_bands)
    if level is None or where is None:
        return ""
    return _("Level {level}: {band}", level=level, band=band_cell(where, is_ascii=is_ascii))


def _target(text: str, of: AnyEntity | None, part: str = "") -> str:
    """How a target is read, whichever way is better said with it."""
    if isinstance(of, SelfCheck):
        scale = self_check_scale(of)
    elif isinstance(of, Indicator):
        scale = of.scale if not part else Scale(of.unit, of.direction)
    else:
        return ""
    try:
        read = write_target(parse_target(text, scale), replace(scale, direction=Direction.NEUTRAL))
    except TargetError:
        return ""
    return _("Read as {text}", text=clean(read))


def _result(draft: FormDraft, result: Result, *, is_ascii: bool) -> str:
    """How a result's figure is read, and what it means against the threshold."""
    self_check = draft.content.get(SelfCheck, result.self_check)
    if self_check is None:
        return ""
    scale = self_check_scale(self_check)
    try:
        parse_figure(result.value, scale)
    except FigureError:
        return ""
    told = _("Read as {text}", text=figure_cell(result.value, scale))
    verdict = judge_result(self_check, result)
    if verdict is None:
        return told
    status = status_cell(verdict.status, ascii=is_ascii, is_short=False)
    return f"{told}  {'->' if is_ascii else '→'} {status}: {clean(say(verdict.reason))}"
