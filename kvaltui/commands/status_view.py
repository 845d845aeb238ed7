"""What `kvaltui status` shows, as tables: the whole, areas, goals, what is wrong, what waits and what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kvaltui.columns import Column, GivesWay
from kvaltui.commands.context import real_today
from kvaltui.commands.hyperlinks import address_in
from kvaltui.commands.layout import Headline, Share, Style, Table, TableCell, cells
from kvaltui.commands.pieces import STYLES, Symbols, plain, status_heading
from kvaltui.i18n import _, number
from kvaltui.model.branches import Branch
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fulfilment import NodeResult, PlanResult
from kvaltui.model.status import COUNTED, Status
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.model.summary import Summary, narrowed
from kvaltui.model.tree import ROOT
from kvaltui.status_cells import achieved_of, status_fill
from kvaltui.store.backup_folder import LastBackup
from kvaltui.work.backup_words import last_backup_words
from kvaltui.work.summary_lines import SummarySection, changes_told, moved_told, nothing_told, sections

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
        self.symbols = symbols
        self.backup = backup
        self.name = area.name if area else ""
        self.top = Reference(Kind.AREA, area.key) if area else ROOT
        self.summary = narrowed(summary, content, result, area.key) if area else summary
        below = tuple(self.content.tree.below(self.top))
        self.indicators = frozenset(node.key for node in below if node.kind is Kind.INDICATOR)
        self.goals = frozenset(node.key for node in below if node.kind is Kind.GOAL)

    @property
    def is_whole(self) -> bool:
        """Whether the whole plan is shown, and not one area."""
        return self.top == ROOT

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
        told = sections(self.content, self.result, self.summary, is_ascii=self.symbols.is_ascii)
        candidates = (self._areas(), self._goals(), *map(self._section, told), self._nothing(told), self._past())
        yield from (table for table in (*candidates, self._changed(), self._backup()) if table.rows)

    def missing(self) -> Iterator[Table]:
        """Every indicator that waits for an outcome, area by area, by the key to enter it with."""
        by_area: dict[str, list[str]] = {}
        for key in self.summary.missing:
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
            Column(),
            Column(),
        )
        rows = []
        for each in self.summary.branches:
            if each.is_area and each.reference != self.top:
                node = each.node
                name = TableCell("  " * self._depth(each) + self.content.all(Area)[each.reference.key].name)
                counted = cells(*map(number, node.counts.counted))
                reported = TableCell(f"{node.counts.reported}/{node.counts.of}")
                complete = TableCell(_("marked complete") if each.is_complete else "", Style.QUIET)
                rows.append((name, self._status(node), *counted, reported, _moved(each), complete))
        return _without_empty(columns, rows)

    def _goals(self) -> Table:
        columns = (
            Column(_("Goal"), gives_way=GivesWay.LAST),
            Column(status_heading(self.result)),
            Column(),
            Column(),
        )
        rows = []
        for each in self.summary.branches:
            if not each.is_area:
                name = TableCell("  " * self._depth(each) + self.content.all(Goal)[each.reference.key].name)
                beside = TableCell(self._beside(each.node), Style.QUIET)
                rows.append((name, self._status(each.node), _moved(each), beside))
        return _without_empty(columns, rows)

    def _depth(self, branch: Branch) -> int:
        """How deep an area lies among areas, or a goal among goals."""
        kind, above = branch.reference.kind, self.content.tree.ancestors(branch.reference)
        return sum(1 for each in above if each.kind is kind and each != self.top)

    def _status(self, node: NodeResult) -> TableCell:
        return self.symbols.cell(node.status, is_short=True)

    def _beside(self, node: NodeResult) -> str:
        """What is to be said beside a person's assessment: what is computed, and whether its ground has changed."""
        if node.manual is None:
            return ""
        computed = "" if node.computed is node.status else _("computed {symbol}", symbol=self.symbols.of(node.computed))
        return ", ".join(text for text in (computed, _("out of date") if node.is_stale else "") if text)

    def _section(self, section: SummarySection) -> Table:
        """The lines of a section, and below each why it looks wrong where it does."""
        columns = (_NAME, Column(is_right=True, gives_way=GivesWay.FIRST), _BESIDE, _BESIDE)
        rows: list[tuple[TableCell, ...]] = []
        for each in section.lines:
            name = TableCell(f"  {each.name}", address=self._source(each.leads_to))
            figure = TableCell(plain(each.figure), _style(each.status))
            rows.append(
                (
                    name,
                    figure,
                    TableCell(plain(each.beside), Style.QUIET),
                    TableCell(plain(each.end), _style(each.end_status)),
                )
            )
            rows += [(TableCell(f"    ! {reason}", Style.PARTIALLY), *cells("", "", "")) for reason in each.reasons]
        more = section.all_of - len(section.lines)
        remark = _("  and {count} more", count=more) if more > 0 else ""
        title = section.title if section.count is None else f"{section.title} ({number(section.count)})"
        told = _without_empty(columns, rows)
        return Table(told.columns, told.rows, title, remark)

    def _nothing(self, told: Sequence[SummarySection]) -> Table:
        """That there is nothing to do, or nothing at all."""
        if not self.result.indicators:
            return Table((_NAME,), [cells(_("The plan is empty."))])
        return Table((_NAME,), [] if told else [cells(nothing_told(self.result))])

    def _past(self) -> Table:
        rows = [
            (TableCell(f"  {each.period}"), TableCell(achieved_of(each.counts.achieved, each.counts.assessed)))
            for each in self.summary.reached
        ]
        return Table((_NAME, Column(is_right=True)), rows, _("How it has gone"))

    def _changed(self) -> Table:
        lines = changes_told(self.content, self.result, self.summary)
        rows = [
            (
                TableCell(f"  {each.name}", address=self._source(each.leads_to)),
                TableCell(plain(each.end), _style(each.end_status)),
            )
            for each in lines
        ]
        since = self.summary.since
        title = _("Changed most since {period}", period=since) if since is not None else _("Changed most")
        return Table((_NAME, Column()), rows, title)

    def _name(self, indicator: str) -> str:
        return self.content.all(Indicator)[indicator].shown_name

    def _source(self, leads_to: object) -> str:
        """The page that the figures of an indicator come from where one is noted, for its name to lead to."""
        found = self.content.find(leads_to) if isinstance(leads_to, Reference) else None
        if not isinstance(found, Indicator):
            return ""
        outcome = self.content.outcome(found.key, self.result.period)
        noted = (outcome.source, outcome.note) if outcome is not None else ()
        return address_in(*noted, found.source)

    def _backup(self) -> Table:
        """When the last good backup was made; long only where something is wrong."""
        if self.backup is None:
            return Table((), ())
        is_late = self.backup.wanted is not None
        text = last_backup_words(self.backup, real_today())
        column = Column(gives_way=GivesWay.LAST, wraps=is_late)
        return Table((column,), [(TableCell(text, Style.NOT_ACHIEVED if is_late else Style.QUIET),)])


def _moved(branch: Branch) -> TableCell:
    return TableCell(moved_told(branch.moved.better, branch.moved.worse))


def _without_empty(columns: Sequence[Column], rows: Sequence[Sequence[TableCell]]) -> Table:
    """A table without the columns that have neither a heading nor anything in any row."""
    shown = [at for at, column in enumerate(columns) if column.heading or any(row[at].text for row in rows)]
    return Table([columns[at] for at in shown], [[row[at] for at in shown] for row in rows])


def _style(status: Status | None) -> Style:
    return STYLES[status] if status is not None else Style.PLAIN
