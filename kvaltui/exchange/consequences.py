"""What the figures of a file would mean: verdict and doubts of each, before anything is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from kvaltui.exchange.preview import Preview
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Reference
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.status import Doubt, Status
from kvaltui.model.value import dataclass


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an outcome or a target would mean: the verdict that follows, why, and what looks wrong about the figure."""

    status: Status
    is_expected: bool
    reason: Message
    doubts: tuple[Doubt, ...]


Consequences: TypeAlias = Mapping[Reference, Consequence]


def consequences(shown: Preview, after: PlanContent, today: date) -> Consequences:
    """The consequences of each outcome and target that a preview would add or change; `after` is the plan then."""
    by_period: dict[Period, list[Outcome | TargetValue]] = defaultdict(list)
    for entity in shown.entities:
        if isinstance(entity, Outcome | TargetValue):
            by_period[entity.period].append(entity)
    found: dict[Reference, Consequence] = {}
    for period, entities in by_period.items():
        result = judge_plan(after, period, today)
        for entity in entities:
            judged = result.indicators.get(entity.indicator)
            if judged is None or (isinstance(entity, TargetValue) and not judged.doubts):
                continue
            part = judged.part(entity.part) if entity.part else None
            verdict = part.verdict if part else judged.verdict
            reference = Reference(entity.kind, entity.key)
            found[reference] = Consequence(verdict.status, result.is_unfinished, verdict.reason, judged.doubts)
    return found
