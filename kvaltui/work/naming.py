"""What a reader calls a thing that has a reference."""

from __future__ import annotations

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Result
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.structure import Indicator
from kvaltui.words import capitalised, word


def name_of(content: PlanContent, reference: Reference) -> str:
    """The name, the title, or for what belongs to something else that thing's name; the key of what is not there."""
    entity = content.find(reference)
    match entity:
        case None:
            return content.plan.title if reference.kind is Kind.PLAN else reference.key
        case Indicator():
            return clean(entity.shown_name)
        case Outcome() | TargetValue() | Comparison():
            name = name_of(content, Reference(Kind.INDICATOR, entity.indicator))
            return _with_part(name, "" if isinstance(entity, Comparison) else entity.part)
        case Assessment():
            return name_of(content, entity.subject_reference)
        case Completion():
            return name_of(content, Reference(Kind.AREA, entity.area))
        case Result():
            return name_of(content, Reference(Kind.SELF_CHECK, entity.self_check))
    for field in ("name", "title", "label"):
        found = getattr(entity, field, "")
        if found:
            return clean(str(found))
    return reference.key


def title_of(indicator: Indicator, part: str = "") -> str:
    """The name of an indicator, and of a part of it."""
    return _with_part(clean(indicator.shown_name), part)


def _with_part(name: str, part: str) -> str:
    return f"{name}: {clean(part)}" if part else name


def kind_and_period(content: PlanContent, reference: Reference) -> str:
    """What sort of thing it is, with its period where it has one: "Utfall 2022"."""
    period = getattr(content.find(reference), "period", None)
    kind = capitalised(word(reference.kind))
    return _("{kind} {period}", kind=kind, period=str(period)) if period is not None else kind


def shown_at(content: PlanContent, reference: Reference) -> Reference:
    """Where a thing is shown: at what it belongs to, for what has no row of its own."""
    entity = content.find(reference)
    match entity:
        case Outcome() | TargetValue() | Comparison():
            return Reference(Kind.INDICATOR, entity.indicator)
        case Assessment():
            return entity.subject_reference
        case Completion():
            return Reference(Kind.AREA, entity.area)
        case Result():
            return Reference(Kind.SELF_CHECK, entity.self_check)
    return reference
