"""What a reader calls a thing that has a reference."""

from __future__ import annotations

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.references import OWNED, references_of
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
    shown = shown_at(content, reference)
    if shown != reference:
        return _with_part(name_of(content, shown), getattr(entity, "part", ""))
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
    if entity is None or entity.kind not in OWNED or entity.kind is Kind.ECONOMY_ROW:
        return reference
    return next(each for _field, each in references_of(entity))
