"""What has changed under an assessment since a person made it (docs/rules.md, A person's assessment)."""

from __future__ import annotations

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Outcome, TargetValue


def changed_since(content: PlanContent, node: Reference, period: Period, at: str) -> tuple[Reference, ...]:
    """The outcomes, targets and assessments below a node for a period that have changed after a moment.

    The latest first. `at` is a moment as the journal writes it. These are what makes an assessment out of date.
    """
    tree = content.tree
    indicators = {node.key} if node.kind is Kind.INDICATOR else set(tree.indicators_below(node))
    below = {each for each in tree.below(node) if each != node} | {Reference(Kind.INDICATOR, key) for key in indicators}
    figures: list[Outcome | TargetValue] = [*content.all(Outcome).values(), *content.all(TargetValue).values()]
    changed: list[Outcome | TargetValue | Assessment] = [
        each for each in figures if each.period == period and each.indicator in indicators and each.changed_at > at
    ]
    changed += [
        each
        for each in content.all(Assessment).values()
        if each.period == period
        and each.subject_reference != node
        and each.subject_reference in below
        and each.changed_at > at
    ]
    changed.sort(key=lambda each: (each.changed_at, each.key), reverse=True)
    return tuple(Reference(each.kind, each.key) for each in changed)
