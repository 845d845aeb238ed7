"""Which rows the entry table shows, in what order, and where each stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from kvaltui.model.entity import Reference
from kvaltui.model.tree import ROOT
from kvaltui.work.entry_rows import EntryRow, Matches, SortKey, build_rows
from kvaltui.work.session import PlanSession
from kvaltui.work.unstored import Cell

Answer = TypeVar("Answer")


class EntryList:
    """The rows of the open plan by place, from 0: narrowed, sorted and folded as the person has asked for.

    They are built anew with `build`; what is asked of it holds for the rows as they were built last.
    """

    def __init__(self, session: PlanSession) -> None:
        self._session = session
        self._folded: set[Reference] = set()
        self._matches: Matches | None = None
        self._sort_key: SortKey | None = None
        self._rows: list[EntryRow] = []
        self._places: dict[tuple[Reference, str], int] = {}
        self.build()

    def build(self) -> None:
        """Take the rows from the plan as it is now."""
        self._rows = build_rows(self._session.content, self._folded, self._matches, self._sort_key)
        self._places = {(row.reference, row.part): at for at, row in enumerate(self._rows)}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> EntryRow:
        return self._rows[place]

    # What is shown

    def narrow(self, matches: Matches | None) -> None:
        """Show the indicators that match now, or all of them. One that no longer matches stays until the next call."""
        self._matches = self._as_now(matches)
        self.build()

    def show_sorted(self, matches: Matches | None, sort_key: SortKey | None) -> None:
        """Both at once, of a plan whose indicators may be others than those that were asked about before."""
        self._matches, self._sort_key = self._as_now(matches), self._as_now(sort_key)
        self.build()

    def sort_by(self, sort_key: SortKey | None) -> None:
        """Sort the indicators of each group as they are now, or leave them in the plan's order."""
        self._sort_key = self._as_now(sort_key)
        self.build()

    def _as_now(self, asked: Callable[[str], Answer] | None) -> Callable[[str], Answer] | None:
        """What is answered of each indicator now: no row goes away or changes places while figures are entered."""
        if asked is None:
            return None
        answers = {key: asked(key) for key in self._session.content.tree.indicators_below(ROOT)}
        return answers.__getitem__

    @property
    def is_narrowed(self) -> bool:
        """Whether only some indicators are shown."""
        return self._matches is not None

    @property
    def is_everything(self) -> bool:
        """Whether no row of the plan is left out or folded up."""
        return self._matches is None and not self._folded

    def shown_and_all(self, group: Reference) -> tuple[int, int]:
        """How many of a group's indicators match, and how many it has."""
        below = list(self._session.content.tree.indicators_below(group))
        return (len(below) if self._matches is None else sum(map(self._matches, below))), len(below)

    @property
    def indicators(self) -> list[str]:
        """The keys of the indicators that match, also those in folded groups, in the order of the rows."""
        rows = build_rows(self._session.content, (), self._matches, self._sort_key)
        return [row.indicator for row in rows if not row.is_group and not row.part]

    # Folding

    def is_folded(self, row: EntryRow) -> bool:
        """Whether what stands in a group is hidden."""
        return row.reference in self._folded

    def fold(self, row: EntryRow, *, is_folded: bool) -> EntryRow | None:
        """Fold up or unfold a group or an indicator's parts, or the group that a row without parts stands in.

        Returns the row that is folded; None when it was so already.
        """
        if not row.is_group and not self._has_parts(row):
            row = self._group_of(row)
        if self.is_folded(row) == is_folded:
            return None
        (self._folded.add if is_folded else self._folded.discard)(row.reference)
        return self._rows[self._places[row.reference, ""]]

    def unfold_to(self, reference: Reference) -> bool:
        """Unfold what hides a thing. Returns whether anything did."""
        hiding = self._folded & {reference, *self._session.content.tree.ancestors(reference)}
        self._folded -= hiding
        return bool(hiding)

    def _group_of(self, row: EntryRow) -> EntryRow:
        at = self._places[row.reference, ""]
        while at > 0 and not self._rows[at].is_group:
            at -= 1
        return self._rows[at]

    def _has_parts(self, row: EntryRow) -> bool:
        return bool(self._session.indicator(row.indicator).breakdown)

    # Places

    def place_of(self, reference: Reference, part: str = "") -> int | None:
        """Where a row stands; None when it is not shown."""
        return self._places.get((reference, part))

    def places_of(self, reference: Reference) -> range:
        """Where a thing stands with its parts."""
        at = end = self._places.get((reference, ""), 0)
        while end < len(self._rows) and self._rows[end].reference == reference:
            end += 1
        return range(at, end)

    def to_enter(self, places: range) -> Iterator[int]:
        """The places of indicators and parts among some places."""
        return (at for at in places if not self._rows[at].is_group)

    def after(self, place: int) -> int | None:
        """The next indicator or part."""
        return next(self.to_enter(range(place + 1, len(self._rows))), None)

    def before(self, place: int) -> int | None:
        """The indicator or part before."""
        return next(self.to_enter(range(place - 1, -1, -1)), None)

    def waiting_after(self, place: int) -> int | None:
        """The next row whose figure waits."""
        waits, rows = self._session.waits, self._rows
        following = self.to_enter(range(place + 1, len(rows)))
        return next((at for at in following if waits(rows[at].indicator, rows[at].part)), None)

    def first(self) -> int:
        """Where to begin: the first row that waits, otherwise the first with a figure."""
        found = self.waiting_after(-1)
        return found if found is not None else self.after(-1) or 0

    def single_figures(self, place: int) -> list[EntryRow]:
        """The rows from a place downward that take one figure each: parts, and indicators without parts."""
        rows = (self._rows[at] for at in self.to_enter(range(place, len(self._rows))))
        return [row for row in rows if row.part or not self._has_parts(row)]


def cell_of(session: PlanSession, row: EntryRow) -> Cell:
    """The cell of a row's figure for the open period."""
    return Cell(session.key, session.period, row.reference, "value", row.part)
