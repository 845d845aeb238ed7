"""Entering an outcome, and a person's assessment, with the verdict that follows."""

from __future__ import annotations

from kvaltui.commands.context import Context, find_indicator, find_reference
from kvaltui.commands.errors import DONE, UsageError
from kvaltui.commands.output import write
from kvaltui.commands.pieces import Symbols
from kvaltui.commands.saving import say_saved, store
from kvaltui.i18n import _, say
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind
from kvaltui.model.fulfilment import PlanResult, judge_plan
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Outcome
from kvaltui.model.status import Status
from kvaltui.model.structure import Indicator
from kvaltui.model.value import replace
from kvaltui.setting import did_you_mean
from kvaltui.store.plans import load_changes
from kvaltui.words import word

ASSESSED_KINDS = (Kind.INDICATOR, Kind.GOAL, Kind.AREA)


def enter(context: Context) -> int:
    """Store one outcome as written, and print the verdict, its reason and what looks wrong about the figure."""
    with context.open() as database:
        content = context.content(database)
        indicator = find_indicator(content, context.arguments.key)
        outcome = _outcome(context, content, indicator)
        action = store(context, database, content, [outcome])
        content = load_changes(database, content)
    result = judge_plan(content, outcome.period, context.today)
    _write_verdict(context, indicator, outcome, result)
    say_saved(action)
    return DONE


def _outcome(context: Context, content: PlanContent, indicator: Indicator) -> Outcome:
    """The outcome as it shall be: what is there already, with what was given in place of it."""
    given = context.arguments
    period = context.period(content.plan)
    part = _part(indicator, given.part) if given.part else ""
    unwritten = Outcome(indicator=indicator.key, period=period, part=part)
    before = content.get(Outcome, unwritten.key) or unwritten
    values = {"note": given.note, "source": given.source, "forecast": given.forecast}
    changed = {name: value for name, value in values.items() if value is not None}
    undecided = tuple(name for name in before.contested if name not in {"value", *changed})
    return replace(before, value=given.value, retired=False, contested=undecided, **changed)


def _part(indicator: Indicator, name: str) -> str:
    """The part as the breakdown spells it. Raises UsageError with those there are."""
    spelled = next((part for part in indicator.breakdown if part.casefold() == name.casefold()), None)
    if spelled is not None:
        return spelled
    if not indicator.breakdown:
        raise UsageError(Message("“{key}” has no parts; leave --part out", key=indicator.key))
    parts, hint = ", ".join(indicator.breakdown), did_you_mean(name, indicator.breakdown)
    raise UsageError(
        Message(
            "“{key}” has no part “{name}”; it has {parts}{hint}", key=indicator.key, name=name, parts=parts, hint=hint
        )
    )


def _write_verdict(context: Context, indicator: Indicator, outcome: Outcome, result: PlanResult) -> None:
    symbols = Symbols(context.settings)
    judged = result.indicators.get(indicator.key)
    write(indicator.name)
    what = f"{say(outcome.period)}, {outcome.part}" if outcome.part else say(outcome.period)
    shown = outcome.value or _("no outcome")
    if judged is None:
        write(f"{what}: {shown}")
        return
    part = next((each for each in judged.parts if each.part == outcome.part), None)
    verdict = part.verdict if part and outcome.part else judged.verdict
    write(f"{what}: {shown}  {symbols.cell(verdict.status).text}")
    write(say(verdict.reason))
    if outcome.part:
        write(_("The whole: {status}", status=symbols.cell(judged.status).text))
    if judged.manual is not None:
        status = symbols.cell(judged.manual.status).text
        write(_("A person's assessment stands: {status}", status=status))
    for doubt in judged.doubts:
        write(_("Look again: {doubt}", doubt=word(doubt)))


def assess(context: Context) -> int:
    """Store a person's assessment, and print it beside the computed verdict."""
    with context.open() as database:
        content = context.content(database)
        subject = find_reference(content, context.arguments.key, ASSESSED_KINDS)
        period = context.period(content.plan)
        assessment = Assessment(
            subject_kind=subject.kind,
            subject=subject.key,
            period=period,
            status=Status(context.arguments.status),
            motivation=context.arguments.motivation,
        )
        action = store(context, database, content, [assessment])
        content = load_changes(database, content)
    result = judge_plan(content, period, context.today)
    computed = (
        result.indicators[subject.key].verdict.status
        if subject.kind is Kind.INDICATOR
        else result.nodes[subject].computed
    )
    symbols = Symbols(context.settings)
    write(_name(content, assessment, period))
    write(_("Assessed: {status}", status=symbols.cell(assessment.status).text))
    write(_("Computed: {status}", status=symbols.cell(computed).text))
    say_saved(action)
    return DONE


def _name(content: PlanContent, assessment: Assessment, period: Period) -> str:
    entity = content.find(assessment.subject_reference)
    return f"{getattr(entity, 'name', assessment.subject)}, {say(period)}"
