"""What `kvaltui status` shows, as tables: the whole, areas, goals, what is wrong, what waits and what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvaltui.columns import Column, GivesWay
from kvaltui.commands.context import real_today
from kvaltui.commands.hyperlinks import address_in
from kvaltui.commands.layout import Headline, Share, Style, Table, TableCell, cells
from kvaltui.commands.pieces import (
    STYLES,
    Symbols,
    in_tree,
    outcome_text,
    plain,
    result_text,
    risk_cell,
    status_heading,
    target_text,
)
from kvaltui.doubt_words import MOST_SHOWN, doubtful_rows
from kvaltui.i18n import _, day, number
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import NodeResult, PlanResult
from kvaltui.model.status import COUNTED, Status
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.summary import Summary
from kvaltui.model.tree import ROOT
from kvaltui.status_cells import status_fill
from kvaltui.store.backup_folder import LastBackup
from kvaltui.words import open_measures
from kvaltui.work.backup_words import last_backup_words

MOST_ROWS = 5
"""So many rows of a list that may be long; below it stands how many more there are."""
_NAME = Column(gives_way=GivesWay.LAST)
_BESIDE = Column(gives_way=GivesWay.FIRST)


class StatusView:
    """A judged plan, or one area of it, as the tables of `status`."""

    def __init__(
        self,
        content: PlanContent,
        result: PlanResult,
        summary: Summary,
        symbols: Symbols,
        area: Area | None,
        backup: LastBackup | None = None,
    ) -> None:
        self.content = content
        self.result = result
        self.summary = summary
        self.symbols = symbols
        self.backup = backup
        self.name = area.name if area else ""
        self.top = Reference(Kind.AREA, area.key) if area else ROOT
        below = tuple(self.content.tree.below(self.top))
        self.indicators = frozenset(node.key for node in below if node.kind is Kind.INDICATOR)
        self.goals = frozenset(node.key for node in below if node.kind is Kind.GOAL)
        self.waiting = tuple(key for key in summary.missing if key in self.indicators)
        self.doubts = tuple(each for each in summary.doubts if self.is_whole or each.reference.key in self.indicators)
        self.risks = tuple(each for each in summary.risks if self.is_within(each.risk.area, each.risk.goal))
        self.self_checks = tuple(each for each in summary.self_checks if self.is_within(each.self_check.area))
        self.due_self_checks = tuple(each for each in self.self_checks if each.due)

    @property
    def is_whole(self) -> bool:
        """Whether the whole plan is shown, and not one area."""
        return self.top == ROOT

    def is_within(self, area: str, goal: str = "") -> bool:
        """Whether something that belongs to an area or a goal lies in what is shown."""
        tree = self.content.tree
        return self.is_whole or self.top.key in tree.area_path(area or tree.area_of(Reference(Kind.GOAL, goal)))

    def statuses(self) -> Iterator[Status]:
        """The status of every indicator, goal and area that is shown, and of the whole."""
        yield self.result.nodes[self.top].status
        for node in self.content.tree.below(self.top):
            if node.kind is Kind.INDICATOR:
                yield self.result.indicators[node.key].status
            else:
                yield self.result.nodes[node].status

    def headline(self) -> Headline:
        """The plan's title, the verdict on the whole, and the counts of indicators."""
        node = self.result.nodes[self.top]
        counts = list(zip(COUNTED, node.counts.counted, strict=True))
        return Headline(
            title=" · ".join(text for text in (self.content.plan.title, self.name) if text),
            text=_("Goal fulfilment {period}", period=self.result.period),
            verdict=self.symbols.cell(node.status, is_expected=self.result.is_unfinished),
            counts=[
                TableCell(f"{self.symbols.of(status)} {number(count)}", STYLES[status]) for status, count in counts
            ],
            remark=_(
                "{assessed} of {of} assessed, {reported} reported",
                assessed=node.counts.assessed,
                of=node.counts.of,
                reported=node.counts.reported,
            ),
            bar=[
                Share(count, status_fill(status, ascii=self.symbols.is_ascii), STYLES[status])
                for status, count in counts
            ],
        )

    def tables(self) -> Iterator[Table]:
        """Everything below the headline; what there is none of is left out."""
        candidates = (
            self._areas(),
            self._goals(),
            self._not_achieved(),
            self._doubtful(),
            self._missing(MOST_ROWS),
            self._risks(),
            self._self_checks(),
            self._not_approved(),
            self._measures(),
            self._remarks(),
            self._backup(),
        )
        return (table for table in candidates if table.rows)

    def missing(self) -> Iterator[Table]:
        """Every indicator that waits for an outcome, area by area, by the key to enter it with."""
        by_area: dict[str, list[str]] = {}
        for key in self.waiting:
            by_area.setdefault(self.content.tree.area_of(Reference(Kind.INDICATOR, key)), []).append(key)
        for area, keys in by_area.items():
            found = self.content.get(Area, area)
            name = found.name if found else _("In no area")
            rows = [cells(f"  {key}", self._name(key)) for key in keys]
            yield Table((Column(), _NAME), rows, _("{area}: {count} waiting", area=name, count=len(keys)))

    def _areas(self) -> Table:
        symbols = [Column(self.symbols.of(status), is_right=True) for status in COUNTED]
        columns = (
            Column(_("Area"), gives_way=GivesWay.LAST),
            Column(status_heading(self.result)),
            *symbols,
            Column(_("Reported"), is_right=True),
        )
        rows = []
        for key, depth in in_tree(self.content.tree, Kind.AREA, self.top):
            node = self.result.nodes[Reference(Kind.AREA, key)]
            name = TableCell("  " * depth + self.content.all(Area)[key].name)
            counted = cells(*map(number, node.counts.counted))
            reported = TableCell(f"{node.counts.reported}/{node.counts.of}")
            rows.append((name, self._status(node), *counted, reported))
        return Table(columns, rows)

    def _goals(self) -> Table:
        rows = []
        for key, depth in in_tree(self.content.tree, Kind.GOAL, self.top):
            node = self.result.nodes[Reference(Kind.GOAL, key)]
            name = TableCell("  " * depth + self.content.all(Goal)[key].name)
            rows.append((name, self._status(node), TableCell(self._beside(node), Style.QUIET)))
        columns = (Column(_("Goal"), gives_way=GivesWay.LAST), Column(status_heading(self.result)), Column())
        return Table(columns, rows)

    def _status(self, node: NodeResult) -> TableCell:
        return self.symbols.cell(node.status, is_short=True)

    def _beside(self, node: NodeResult) -> str:
        """What is to be said beside a person's assessment: what is computed, and whether its ground has changed."""
        if node.manual is None:
            return ""
        computed = "" if node.computed is node.status else _("computed {symbol}", symbol=self.symbols.of(node.computed))
        return ", ".join(text for text in (computed, _("out of date") if node.is_stale else "") if text)

    def _not_achieved(self) -> Table:
        columns = (_NAME, Column(is_right=True, gives_way=GivesWay.FIRST), _BESIDE)
        rows = []
        for key, judged in self.result.indicators.items():
            if judged.status is Status.NOT_ACHIEVED and key in self.indicators:
                indicator = self.content.all(Indicator)[key]
                target = target_text(judged.target, indicator)
                target = _("target {target}", target=target) if target else ""
                outcome = TableCell(outcome_text(judged, indicator), Style.NOT_ACHIEVED)
                rows.append((self._linked_name(key), outcome, TableCell(target, Style.QUIET)))
        return _limited(_("Not achieved ({count})", count=len(rows)), columns, rows, MOST_ROWS)

    def _doubtful(self) -> Table:
        """Every figure that looks wrong, and below it why it does."""
        found = doubtful_rows(self.content, self.result, self.doubts)
        rows: list[tuple[TableCell, TableCell]] = []
        for each in found[:MOST_SHOWN]:
            name = TableCell(f"  {each.name}", address=self._source(each.reference.key))
            rows.append((name, TableCell(plain(each.figure), Style.PARTIALLY)))
            rows += [(TableCell(f"    ! {reason}", Style.PARTIALLY), TableCell("")) for reason in each.reasons]
        more = len(found) - MOST_SHOWN
        remark = _("  and {count} more", count=more) if more > 0 else ""
        columns = (_NAME, Column(is_right=True, gives_way=GivesWay.FIRST))
        return Table(columns, rows, _("Looks wrong ({count})", count=len(found)), remark)

    def _name(self, indicator: str) -> str:
        return self.content.all(Indicator)[indicator].shown_name

    def _linked_name(self, indicator: str) -> TableCell:
        """The name of an indicator, which leads to the page that its figures come from where one is noted."""
        return TableCell(f"  {self._name(indicator)}", address=self._source(indicator))

    def _source(self, indicator: str) -> str:
        outcome = self.content.outcome(indicator, self.result.period)
        noted = (outcome.source, outcome.note) if outcome is not None else ()
        found = self.content.get(Indicator, indicator)  # a doubt may be about a row of the economy too
        return address_in(*noted, found.source) if found is not None else ""

    def _missing(self, most: int) -> Table:
        rows = []
        for key in self.waiting:
            area = self.content.get(Area, self.content.tree.area_of(Reference(Kind.INDICATOR, key)))
            rows.append((self._linked_name(key), TableCell(area.name if area else "")))
        title = _("Waiting for an outcome ({count})", count=len(self.waiting))
        return _limited(title, (_NAME, _BESIDE), rows, most)

    def _risks(self) -> Table:
        columns = (Column(is_right=True), Column(), _NAME, Column())
        rows = []
        for each in self.risks:
            if each.level is None:
                continue
            level = TableCell(f"  {number(each.level)}", Style.STRONG)
            rows.append(
                (
                    level,
                    risk_cell(each.band, self.symbols),
                    TableCell(each.risk.title),
                    TableCell(open_measures(each), Style.QUIET),
                )
            )
        return _limited(_("Highest risks"), columns, rows, MOST_ROWS)

    def _self_checks(self) -> Table:
        rows = [cells(f"  {each.self_check.name}", each.self_check.section) for each in self.due_self_checks]
        title = _("Self-checks to be done ({count})", count=len(rows))
        return _limited(title, (_NAME, _BESIDE), rows, MOST_ROWS)

    def _not_approved(self) -> Table:
        rows = [
            (TableCell(f"  {each.self_check.name}"), TableCell(result_text(each), Style.NOT_ACHIEVED))
            for each in self.summary.not_approved_self_checks
            if each in self.self_checks
        ]
        title = _("Self-checks that are not approved ({count})", count=len(rows))
        return _limited(title, (_NAME, Column()), rows, MOST_ROWS)

    def _measures(self) -> Table:
        columns = (Column(), _NAME, _BESIDE)
        rows = [
            (TableCell(f"  {day(measure.due)}", Style.NOT_ACHIEVED), *cells(measure.title, measure.responsible))
            for measure in self.summary.overdue_measures
            if measure.due is not None
        ]
        return _limited(_("Overdue measures ({count})", count=len(rows)), columns, rows, MOST_ROWS)

    def _remarks(self) -> Table:
        """What a person should look at again, each with the command that shows it."""
        stale, conflicts = len(self.summary.stale), self.summary.conflicts
        remarks = (
            (
                stale,
                _(
                    "{count} assessment is out of date: what it rests on has changed"
                    if stale == 1
                    else "{count} assessments are out of date: what they rest on has changed",
                    count=stale,
                ),
                "kvaltui list goals",
            ),
            (
                conflicts,
                _("{count} conflict to decide" if conflicts == 1 else "{count} conflicts to decide", count=conflicts),
                "kvaltui conflicts",
            ),
        )
        rows = [(TableCell(f"  {text}"), TableCell(command, Style.QUIET)) for count, text, command in remarks if count]
        return Table((_NAME, Column()), rows, _("Look at again"))

    def _backup(self) -> Table:
        """When the last good backup was made; long only where something is wrong."""
        if self.backup is None:
            return Table((), ())
        is_late = self.backup.wanted is not None
        text = last_backup_words(self.backup, real_today())
        column = Column(gives_way=GivesWay.LAST, wraps=is_late)
        return Table((column,), [(TableCell(text, Style.NOT_ACHIEVED if is_late else Style.QUIET),)])


def _limited(title: str, columns: Sequence[Column], rows: Sequence[Sequence[TableCell]], most: int) -> Table:
    more = len(rows) - most
    remark = _("  and {count} more", count=more) if more > 0 else ""
    return Table(columns, rows[:most], title, remark)
