"""Which area a thing of a plan stands in, whatever sort of thing it is."""

from __future__ import annotations

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.quality_work import Measure, Result, Risk, SelfCheck
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.rules import area_of_indicator
from kvaltui.model.structure import Area, Goal, Indicator


def area_of(content: PlanContent, reference: Reference) -> str:
    """The key of the area that a thing stands in, by itself or through what it is of; "" for none."""
    entity = content.find(reference)
    match entity:
        case Area() | Completion():
            return entity.key if isinstance(entity, Area) else entity.area
        case Indicator():
            return area_of_indicator(entity.key, content)
        case Outcome() | TargetValue() | Comparison():
            return area_of_indicator(entity.indicator, content)
        case Goal() | Risk():
            goal = entity.parent if isinstance(entity, Goal) else entity.goal
            return entity.area or content.tree.area_of(Reference(Kind.GOAL, goal))
        case Assessment():
            return area_of(content, entity.subject_reference)
        case Result():
            return area_of(content, Reference(Kind.SELF_CHECK, entity.self_check))
        case SelfCheck():
            return entity.area
        case Measure():
            linked = (
                *(Reference(Kind.INDICATOR, key) for key in entity.indicators),
                *(Reference(Kind.RISK, key) for key in entity.risks),
                *(Reference(Kind.SELF_CHECK, key) for key in entity.self_checks),
            )
            return next((area for each in linked if (area := area_of(content, each))), "")
    return ""
