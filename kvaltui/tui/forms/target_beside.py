"""The target of an indicator, written in the form of the indicator: a thing of its own, for one period."""

from __future__ import annotations

from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.facts import Facts
from kvaltui.model.kind_rules import check_typed
from kvaltui.model.limits import RuleError
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.model.reporting import TargetValue
from kvaltui.model.rules import check_entity
from kvaltui.model.value import dataclass, replace


@dataclass(frozen=True, slots=True)
class TargetBeside:
    """The target of an indicator as a whole in a period."""

    period: Period

    def written(self, indicator: str, content: PlanContent) -> str:
        """The target as it stands in the plan; "" for none."""
        known = content.target(indicator, self.period)
        return known.value if known is not None else ""

    def made(self, indicator: AnyEntity, text: str, content: PlanContent) -> TargetValue:
        """The target that a text means; what else is said of it stays."""
        new = TargetValue(indicator=indicator.key, period=self.period)
        known = content.get(TargetValue, new.key)
        return replace(known or new, value=clean(text).strip(), retired=False)

    def problem(self, indicator: AnyEntity, text: str, facts: Facts) -> Message | None:
        """Why a text cannot be the target of the indicator as it is written; None where it can."""
        target = TargetValue(indicator=indicator.key, period=self.period, value=clean(text).strip())
        try:
            check_entity(target, facts)
            check_typed(target, replace(target, value=""), facts)
        except RuleError as error:
            return error.message
        return None
