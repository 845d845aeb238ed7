"""Entering an outcome, and a person's assessment, with the verdict that follows."""

from __future__ import annotations

from kvaltui.commands.context import ASSESSED_KINDS, Context, find_indicator, find_reference
from kvaltui.commands.errors import DONE, UsageError
from kvaltui.commands.output import write
from kvaltui.commands.pieces import Symbols, figure_text
from kvaltui.commands.saving import say_saved, store
from kvaltui.i18n import _, say
from kvaltui.model.content import PlanContent
from kvaltui.model.entering import as_entered, changed_by, outcome_to_write
from kvaltui.model.entity import Kind
from kvaltui.model.fulfilment import PlanResult, judge_plan
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Outcome
from kvaltui.model.rules import told_name
from kvaltui.model.status import Status
from kvaltui.model.structure import Indicator
from kvaltui.model.value import replace
from kvaltui.setting import did_you_mean
from kvaltui.store.plans import load_changes, news_of
from kvaltui.words import word


def enter(context: Context) -> int:
    """Store one outcome as written, and print the verdict, its reason and what looks wrong about the figure."""
    text: str = context.arguments.value
    with context.open() as database:
        content = context.content(database)
        indicator = find_indicator(content, context.arguments.key)
        outcome = _outcome(context, content, indicator)
        entered = tuple(_with_remarks(context, each) for each in as_entered(content, outcome, text))
        changed = changed_by(content, outcome, entered)
        action = store(context, database, content, changed)
        content = (news_of(content, action) or load_changes(database, content)).content
    result = judge_plan(content, outcome.period, context.today)
    _write_verdict(context, indicator, replace(outcome, value=text), result)
    if not changed and outcome.value:
        write(_("Unchanged: {figure} stood there already", figure=figure_text(outcome.value, indicator)))
    else:
        say_saved(action)
    return DONE


def _outcome(context: Context, content: PlanContent, indicator: Indicator) -> Outcome:
    """The outcome that is meant, as it stands; a blank one where there is none."""
    part = _part(indicator, context.arguments.part) if context.arguments.part else ""
    return outcome_to_write(content, indicator.key, context.period(content.plan), part)


def _with_remarks(context: Context, outcome: Outcome) -> Outcome:
    """The outcome with the note, source and forecast that were given, which decide what stood against them."""
    given = {name: vars(context.arguments)[name] for name in ("note", "source", "forecast")}
    changed = {name: value for name, value in given.items() if value is not None}
    undecided = tuple(name for name in outcome.contested if name not in changed)
    return replace(outcome, contested=undecided, **changed)


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
    write(indicator.shown_name)
    what = f"{say(outcome.period)}, {outcome.part}" if outcome.part else say(outcome.period)
    shown = figure_text(outcome.value, indicator) or _("no outcome")
    if judged is None:
        write(f"{what}: {shown}")
        return
    part = judged.part(outcome.part)
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
        content = (news_of(content, action) or load_changes(database, content)).content
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
    name = told_name(entity) if entity is not None else assessment.subject
    return f"{name}, {say(period)}"
