"""`kvaltui list`: everything of one kind, with what matters about it for the period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from kvaltui.columns import Column, GivesWay
from kvaltui.commands.context import Context
from kvaltui.commands.display import display
from kvaltui.commands.errors import DONE
from kvaltui.commands.layout import Style, Table, TableCell, cells
from kvaltui.commands.output import width, write, write_json
from kvaltui.commands.pieces import Symbols, in_tree, outcome_text, result_text, risk_cell, status_heading, target_text
from kvaltui.exchange.status_json import status_object
from kvaltui.i18n import _, day, number
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import PlanResult, judge_plan
from kvaltui.model.quality_work import Assignment, Measure
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.summary import Summary, by_due, is_overdue, summarise
from kvaltui.words import capitalised, open_measures, word

_WIDE = 100


def run(context: Context) -> int:
    """Print the list that was asked for."""
    what: str = context.arguments.what
    if what == "periods":
        from kvaltui.commands.periods import list_periods

        return list_periods(context)
    if what == "plans":
        return _list_plans(context)
    with context.open_to_read() as database:
        content = context.content(database)
    listing = Listing(context, content)
    if context.arguments.json:
        write_json(list(listing.values(what)))
        return DONE
    table = listing.table(what)
    if table.rows:
        display([table])
    else:
        write(_("There are none in the plan “{plan}”.", plan=content.plan.title))
    return DONE


def _list_plans(context: Context) -> int:
    from kvaltui.store.plans import plans_to_choose

    with context.open_to_read() as database:
        plans = plans_to_choose(database)
    if context.arguments.json:
        write_json([_plan_value(plan) for plan in plans])
    elif not plans:
        write(_("There is no plan yet. Take one in with: {command}", command="kvaltui import FIL"))
    else:
        columns = (
            Column(_("Key")),
            Column(_("Title"), gives_way=GivesWay.LAST),
            Column(_("Organisation"), gives_way=GivesWay.FIRST),
        )
        rows = [cells(each.key, each.title, each.organisation, str(each.current_period or "")) for each in plans]
        display([Table((*columns, Column(_("Period"))), rows)])
    return DONE


def _plan_value(plan: Plan) -> dict[str, Any]:
    names = ("key", "title", "organisation", "committee", "registry_number")
    return {name: getattr(plan, name) for name in names} | {"periods": [str(period) for period in plan.periods]}


class Listing:
    """A plan judged for a period, as lists of one kind each."""

    def __init__(self, context: Context, content: PlanContent) -> None:
        self.context = context
        self.content = content
        self.symbols = Symbols(context.settings)

    @cached_property
    def result(self) -> PlanResult:
        """The plan's verdicts for the period that was asked for."""
        return judge_plan(self.content, self.context.period(self.content.plan), self.context.today)

    @cached_property
    def summary(self) -> Summary:
        """What the plan's risks, self-checks and measures amount to."""
        return summarise(self.content, self.result, self.context.today)

    def values(self, what: str) -> Iterator[dict[str, Any]]:
        """The list as JSON values. What `status --json` has too looks as it does there."""
        if what == "measures":
            yield from map(self._measure_value, by_due(self.content.active(Measure)))
        elif what == "assignments":
            yield from map(_assignment_value, self.content.active(Assignment))
        else:
            yield from status_object(self.content, self.result, self.summary)[what.replace("-", "_")]

    def table(self, what: str) -> Table:
        """The list as a table."""
        tables: Mapping[str, Callable[[], Table]] = {
            "areas": self._areas,
            "goals": self._goals,
            "indicators": self._indicators,
            "risks": self._risks,
            "measures": self._measures,
            "self-checks": self._self_checks,
            "assignments": self._assignments,
        }
        return tables[what]()

    def _areas(self) -> Table:
        columns = (
            Column(_("Key")),
            Column(_("Area"), gives_way=GivesWay.LAST),
            Column(_("Kind")),
            Column(status_heading(self.result)),
            Column(_("Reported"), is_right=True),
        )
        rows = []
        for key, depth in in_tree(self.content.tree, Kind.AREA):
            area, node = self.content.all(Area)[key], self.result.nodes[Reference(Kind.AREA, key)]
            name = "  " * depth + area.name
            reported = f"{node.counts.reported}/{node.counts.of}"
            rows.append(
                (*cells(key, name, area.area_kind), self.symbols.cell(node.status, is_short=True), TableCell(reported))
            )
        return Table(columns, rows)

    def _goals(self) -> Table:
        columns = (
            Column(_("Key")),
            Column(_("Goal"), gives_way=GivesWay.LAST),
            Column(_("Area"), gives_way=GivesWay.FIRST),
            Column(status_heading(self.result)),
        )
        rows = []
        for key, depth in in_tree(self.content.tree, Kind.GOAL):
            goal, node = self.content.all(Goal)[key], self.result.nodes[Reference(Kind.GOAL, key)]
            area = self.content.get(Area, goal.area)
            texts = cells(key, "  " * depth + goal.name, area.name if area else "")
            rows.append((*texts, self.symbols.cell(node.status, is_short=True)))
        return Table(columns, rows)

    def _indicators(self) -> Table:
        # Keys stand whole, to be typed; where that leaves no room for the names, the targets are left to `show`.
        has_targets = width() >= _WIDE
        columns = [Column(_("Key")), Column(_("Indicator"), gives_way=GivesWay.LAST)]
        columns += [Column(_("Target"), is_right=True, gives_way=GivesWay.FIRST)] if has_targets else []
        columns += [Column(_("Outcome"), is_right=True, gives_way=GivesWay.FIRST), Column(status_heading(self.result))]
        rows = []
        for indicator in self.content.active(Indicator):
            judged = self.result.indicators.get(indicator.key)
            if judged is not None:
                targets = cells(target_text(judged.target, indicator)) if has_targets else ()
                texts = cells(indicator.key, indicator.shown_name)
                status = self.symbols.cell(judged.status, is_short=True)
                if judged.doubts:
                    status = TableCell(f"{status.text} !", Style.PARTIALLY)
                rows.append((*texts, *targets, TableCell(outcome_text(judged, indicator)), status))
        return Table(columns, rows)

    def _risks(self) -> Table:
        columns = (
            Column(_("Level"), is_right=True),
            Column(),
            Column(_("Key")),
            Column(_("Risk"), gives_way=GivesWay.LAST),
            Column(_("Measures"), gives_way=GivesWay.FIRST),
        )
        rows = []
        for each in self.summary.risks:
            level = number(each.level) if each.level is not None else ""
            texts = cells(each.risk.key, each.risk.title, open_measures(each))
            rows.append((TableCell(level), risk_cell(each.band, self.symbols), *texts))
        return Table(columns, rows)

    def _measures(self) -> Table:
        columns = (
            Column(_("Due")),
            Column(_("Status")),
            Column(_("Key")),
            Column(_("Measure"), gives_way=GivesWay.LAST),
            Column(_("Responsible"), gives_way=GivesWay.FIRST),
        )
        rows = []
        for measure in by_due(self.content.active(Measure)):
            is_late = is_overdue(measure, self.context.today)
            due = TableCell(day(measure.due) if measure.due else "", Style.NOT_ACHIEVED if is_late else Style.PLAIN)
            status = _("{status}, late", status=word(measure.status)) if is_late else word(measure.status)
            texts = cells(capitalised(status), measure.key, measure.title, measure.responsible)
            rows.append((due, *texts))
        return Table(columns, rows)

    def _self_checks(self) -> Table:
        columns = (
            Column(_("Section"), gives_way=GivesWay.FIRST),
            Column(_("Key")),
            Column(_("Self-check"), gives_way=GivesWay.LAST),
            Column(_("Result")),
        )
        rows = []
        for each in self.summary.self_checks:
            told = _("to be done") if each.due else result_text(each)
            rows.append(cells(each.self_check.section, each.self_check.key, each.self_check.name, capitalised(told)))
        return Table(columns, rows)

    def _assignments(self) -> Table:
        columns = (
            Column(_("Status")),
            Column(_("Key")),
            Column(_("Assignment"), gives_way=GivesWay.LAST),
            Column(_("Kind"), gives_way=GivesWay.FIRST),
        )
        rows = [
            cells(capitalised(word(each.status)), each.key, each.name, each.assignment_kind)
            for each in self.content.active(Assignment)
        ]
        return Table(columns, rows)

    def _measure_value(self, measure: Measure) -> dict[str, Any]:
        return {
            "key": measure.key,
            "title": measure.title,
            "description": measure.description,
            "status": measure.status,
            "responsible": measure.responsible,
            "due": measure.due.isoformat() if measure.due else None,
            "overdue": is_overdue(measure, self.context.today),
            "risks": list(measure.risks),
            "self_checks": list(measure.self_checks),
            "indicators": list(measure.indicators),
        }


def _assignment_value(assignment: Assignment) -> dict[str, Any]:
    return {
        "key": assignment.key,
        "name": assignment.name,
        "kind": assignment.assignment_kind,
        "status": assignment.status or None,
        "comment": assignment.comment,
    }
