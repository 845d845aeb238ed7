"""The rules that only things of one kind have, one function for each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from kvaltui.model.economy import EconomyRow
from kvaltui.model.economy_check import COLUMNS, VARIANCE
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.facts import Facts
from kvaltui.model.figure import FigureError, parse_figure
from kvaltui.model.limits import RuleError
from kvaltui.model.message import Message
from kvaltui.model.number import NumberError, parse_number
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Result, Risk, SelfCheck
from kvaltui.model.references import ASSESSED
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.risk import risk_level
from kvaltui.model.scale import Scale
from kvaltui.model.self_check_judging import self_check_scale
from kvaltui.model.standing import stands
from kvaltui.model.structure import Indicator, Plan
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import TargetError, TargetInWordsError


def check_kind_alone(entity: AnyEntity) -> None:
    """Raise RuleError where the fields of an entity break a rule of its own kind, whatever else is in the plan."""
    check = _CHECKS_ALONE.get(entity.kind)
    if check is not None:
        check(entity)


def check_kind(entity: AnyEntity, facts: Facts) -> None:
    """Raise RuleError where the entity breaks a rule of its own kind about the rest of the plan."""
    check = _CHECKS.get(entity.kind)
    if check is not None:
        check(entity, facts)


def check_typed(entity: AnyEntity, before: AnyEntity, facts: Facts) -> None:
    """Raise RuleError for what may stand as it was written elsewhere, but is not taken from a person who types it.

    That is a target in words with a figure in it: in a file, and in what is stored, it is doubted instead.
    """
    if isinstance(entity, TargetValue) and isinstance(before, TargetValue) and entity.value != before.value:
        _check_readable(entity.value, _scale_of(entity, facts), "value", is_typed=True)
    elif isinstance(entity, SelfCheck) and isinstance(before, SelfCheck) and entity.threshold != before.threshold:
        _check_readable(entity.threshold, self_check_scale(entity), "threshold", is_typed=True)


def _check_has_what_stands(plan: Plan, facts: Facts) -> None:
    lacking = sorted(set(facts.periods_in_use()) - set(plan.periods))
    if lacking:
        raise RuleError(
            Message("There is something entered for {period}: the plan cannot be without it", period=lacking[0]),
            field="periods",
        )


def _check_has_parts_in_use(indicator: Indicator, facts: Facts) -> None:
    lacking = sorted(set(facts.parts_in_use(indicator.key)) - set(indicator.breakdown))
    if lacking:
        raise RuleError(
            Message(
                "There is something entered for “{part}”: “{name}” cannot be without it",
                part=lacking[0],
                name=indicator.shown_name,
            ),
            field="breakdown",
        )


def _check_plan(plan: Plan) -> None:
    _check_is_distinct((str(period) for period in plan.periods), "periods")


def _check_indicator(indicator: Indicator) -> None:
    _check_is_distinct(indicator.breakdown, "breakdown")
    for part in indicator.breakdown:
        if not part.strip() or ";" in part:
            raise RuleError(Message("Each part needs a name without semicolons"), field="breakdown")


def _check_target(target: TargetValue, facts: Facts) -> None:
    scale = _scale_of(target, facts)
    if not target.value:
        return  # no target: also left behind in a period that the plan no longer has
    _check_period(target.period, facts)
    _check_readable(target.value, scale, "value")


def _check_outcome(outcome: Outcome, facts: Facts) -> None:
    scale = _scale_of(outcome, facts)
    if stands(outcome):
        _check_period(outcome.period, facts)
    _check_figure(outcome.value, scale, "value")
    _check_figure(outcome.forecast, scale, "forecast")


def _check_comparison(comparison: Comparison, facts: Facts) -> None:
    indicator = facts.get(Indicator, comparison.indicator)
    _check_period(comparison.period, facts)
    _check_figure(comparison.value, indicator.scale if indicator else Scale(), "value")


def _check_assessment(assessment: Assessment) -> None:
    if assessment.subject_kind not in ASSESSED:
        raise RuleError(Message("Only indicators, goals and areas are assessed"), field="subject")
    if not assessment.motivation.strip():
        raise RuleError(Message("An assessment needs a motivation"), field="motivation")


def _check_completion(completion: Completion) -> None:
    if not completion.complete and not completion.motivation.strip():
        raise RuleError(Message("Reopening needs a motivation"), field="motivation")


def _check_risk(risk: Risk) -> None:
    if risk.likelihood is not None and risk.consequence is not None:
        level = risk_level(risk.likelihood, risk.consequence)
        if risk.level not in (level, None):
            message = Message(
                "The level is likelihood × consequence: {likelihood} × {consequence} = {level}",
                likelihood=risk.likelihood,
                consequence=risk.consequence,
                level=level,
            )
            raise RuleError(message, field="level")


def _check_self_check(self_check: SelfCheck) -> None:
    if self_check.threshold:
        _check_readable(self_check.threshold, self_check_scale(self_check), "threshold")


def _check_result(result: Result, facts: Facts) -> None:
    self_check = facts.get(SelfCheck, result.self_check)
    _check_period(result.period, facts)
    if self_check is not None:
        _check_figure(result.value, self_check_scale(self_check), "value")


def _check_measure(measure: Measure) -> None:
    if not (measure.risks or measure.self_checks or measure.indicators):
        raise RuleError(
            Message("A measure belongs to something: choose a risk, a self-check or an indicator"), field="risks"
        )


def _check_economy_row(row: EconomyRow) -> None:
    for column in (*COLUMNS, VARIANCE):
        text: str = getattr(row, column)
        if text:
            try:
                parse_number(text)
            except NumberError as error:
                raise RuleError(error.message, field=column) from error


def _check_its_period(entity: Assessment | Completion, facts: Facts) -> None:
    _check_period(entity.period, facts)


def _check_period(period: Period, facts: Facts) -> None:
    if period not in facts.plan.periods:
        raise RuleError(Message("The plan does not have the period {period}", period=period), field="period")


def _check_readable(target: str, scale: Scale, field: str, *, is_typed: bool = False) -> None:
    try:
        parse_target(target, scale)
    except TargetError as error:
        if is_typed or not isinstance(error, TargetInWordsError):
            raise RuleError(error.message, field=field) from error


def _check_figure(text: str, scale: Scale, field: str) -> None:
    if text:
        try:
            parse_figure(text, scale)
        except FigureError as error:
            raise RuleError(error.message, field=field) from error


def _scale_of(entity: Outcome | TargetValue, facts: Facts) -> Scale:
    """How the figures of the whole, or of one part, are written. Raises RuleError for a part that there is not."""
    indicator = facts.get(Indicator, entity.indicator)
    if indicator is None:
        return Scale()
    if not entity.part:
        return indicator.scale
    if entity.part not in indicator.breakdown:
        message = Message("“{part}” is not a part of “{name}”", part=entity.part, name=indicator.name)
        raise RuleError(message, field="part")
    return Scale(indicator.unit, indicator.direction)


def _check_is_distinct(values: Iterable[str], field: str) -> None:
    counted = Counter(" ".join(value.split()).casefold() for value in values)
    for value, count in counted.items():
        if count > 1:
            raise RuleError(Message("“{value}” stands twice", value=value), field=field)


_CHECKS_ALONE: Mapping[Kind, Callable[[Any], None]] = MappingProxyType(
    {
        Kind.PLAN: _check_plan,
        Kind.INDICATOR: _check_indicator,
        Kind.ASSESSMENT: _check_assessment,
        Kind.COMPLETION: _check_completion,
        Kind.RISK: _check_risk,
        Kind.SELF_CHECK: _check_self_check,
        Kind.MEASURE: _check_measure,
        Kind.ECONOMY_ROW: _check_economy_row,
    }
)
_CHECKS: Mapping[Kind, Callable[[Any, Facts], None]] = MappingProxyType(
    {
        Kind.PLAN: _check_has_what_stands,
        Kind.INDICATOR: _check_has_parts_in_use,
        Kind.TARGET: _check_target,
        Kind.OUTCOME: _check_outcome,
        Kind.COMPARISON: _check_comparison,
        Kind.ASSESSMENT: _check_its_period,
        Kind.COMPLETION: _check_its_period,
        Kind.RESULT: _check_result,
    }
)
