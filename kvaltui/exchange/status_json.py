"""The object that `status --json` prints: exactly what docs/commands.md promises to other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kvaltui.i18n import say
from kvaltui.model.branches import Branch
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import Counts, PlanResult
from kvaltui.model.indicator_result import IndicatorResult, PartResult, Previous
from kvaltui.model.reporting import Assessment
from kvaltui.model.self_check_judging import SelfCheckResult
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.summary import Doubtful, RiskSummary, Summary
from kvaltui.model.tree import ROOT
from kvaltui.words import word

if TYPE_CHECKING:
    from decimal import Decimal

    from kvaltui.model.economy_total import EconomyTotal

Object = dict[str, Any]


def status_object(content: PlanContent, result: PlanResult, summary: Summary) -> Object:
    """A plan judged for a period, as values that JSON knows. Reasons are in the reader's language; the rest is not."""
    areas = [each for each in summary.branches if each.is_area]
    goals = [node.key for node in content.tree.below(ROOT) if node.kind is Kind.GOAL]
    return {
        "plan": content.plan.key,
        "title": content.plan.title,
        "period": str(result.period),
        "total": {"status": result.total.status, **_counts(result.total.counts)},
        "areas": [_area(content, each) for each in areas],
        "goals": [_goal(content, result, key) for key in goals],
        "indicators": [
            indicator_object(content.all(Indicator)[key], found) for key, found in result.indicators.items()
        ],
        "risks": [_risk(each) for each in summary.risks],
        "self_checks": [_self_check(each) for each in summary.self_checks],
        "missing": list(summary.missing),
        "conflicts": summary.conflicts,
        "doubts": [_doubt(each) for each in summary.doubts],
        "changes": summary.moved._asdict(),
        "waiting": _waiting(summary),
        "overdue_measures": [measure.key for measure in summary.overdue_measures],
        "economy": [_economy(each) for each in summary.economy],
    }


def _waiting(summary: Summary) -> list[Object]:
    """How many outcomes wait for whom; those that wait for nobody in particular together and last."""
    counts: dict[str, int] = {}
    for each in summary.waiting:
        counts[each.responsible] = counts.get(each.responsible, 0) + len(each.indicators)
    return [{"responsible": responsible, "unit": "", "count": count} for responsible, count in counts.items()]


def _economy(each: EconomyTotal) -> Object:
    return {
        "table": each.table.key,
        "row": each.reference.key,
        "name": each.name,
        "unit": each.table.unit,
        "amount": _written(each.amount),
        "variance": _written(each.variance),
    }


def _written(number: Decimal | None) -> str | None:
    """An amount as text, so that no program makes it less exact."""
    return None if number is None else f"{number:f}"


def _doubt(each: Doubtful) -> Object:
    text = word(each.doubt)
    return {"key": each.reference.key, "unit": "", "part": each.part, "warning": each.doubt, "text": text}


def _counts(counts: Counts) -> Object:
    return {str(name): getattr(counts, name) for name in (*Status, "of", "reported")}


def _area(content: PlanContent, branch: Branch) -> Object:
    key, node = branch.reference.key, branch.node
    return {
        "key": key,
        "name": content.all(Area)[key].name,
        "status": node.status,
        "computed": node.computed,
        "stale": node.is_stale,
        **_counts(node.counts),
        "changes": branch.moved._asdict(),
        "complete": branch.is_complete,
    }


def _goal(content: PlanContent, result: PlanResult, key: str) -> Object:
    goal, node = content.all(Goal)[key], result.nodes[Reference(Kind.GOAL, key)]
    return {
        "key": key,
        "area": goal.area or None,
        "name": goal.name,
        "status": node.status,
        "computed": node.computed,
        "manual": _manual(node.manual),
        "stale": node.is_stale,
    }


def indicator_object(indicator: Indicator, found: IndicatorResult) -> Object:
    """One indicator, judged for a period."""
    return {
        "key": indicator.key,
        "name": indicator.name,
        "area": indicator.area or None,
        "goal": indicator.goal or None,
        "unit": indicator.unit,
        "target": found.target,
        "outcome": found.outcome,
        "status": found.status,
        "computed": found.verdict.status,
        "rule": found.verdict.rule,
        "reason": say(found.verdict.reason),
        "change": found.change,
        "previous": _previous(found.previous),
        "missing": found.missing,
        "estimated": found.is_estimated,
        "warnings": list(found.doubts),
        "conflict": found.is_contested,
        "parts": [_part(part) for part in found.parts],
        "manual": _manual(found.manual),
        "stale": found.is_stale,
        "responsible": indicator.responsible,
    }


def _part(part: PartResult) -> Object:
    return {"part": part.part, "target": part.target, "outcome": part.outcome, "status": part.verdict.status}


def _previous(previous: Previous | None) -> Object | None:
    return {"period": str(previous.period), "value": previous.text} if previous else None


def _manual(assessment: Assessment | None) -> Object | None:
    if assessment is None:
        return None
    return {
        "status": assessment.status,
        "motivation": assessment.motivation,
        "author": assessment.changed_by,
        "at": assessment.changed_at,
    }


def _risk(found: RiskSummary) -> Object:
    return {
        "key": found.risk.key,
        "title": found.risk.title,
        "level": found.level,
        "band": found.band,
        "open_measures": len(found.open_measures),
        "overdue_measures": len(found.overdue_measures),
        "responsible": found.risk.responsible,
    }


def _self_check(found: SelfCheckResult) -> Object:
    return {
        "key": found.self_check.key,
        "name": found.self_check.name,
        "section": found.self_check.section,
        "status": found.status,
        "period": str(found.result.period) if found.result else None,
        "due": found.due,
        "responsible": found.self_check.responsible,
    }
