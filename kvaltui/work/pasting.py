"""A pasted column of figures: which row each is for and what it would mean, before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.model.clean import excerpt
from kvaltui.model.entering import as_entered, is_as_before
from kvaltui.model.fulfilment import judge_again
from kvaltui.model.indicator_result import IndicatorResult, doubts_about
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.reporting import Outcome
from kvaltui.model.status import Doubt, Status
from kvaltui.model.value import dataclass, replace
from kvaltui.work.entry_list import cell_of
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.session import OpenEntry, PlanSession


class PasteError(KvaltuiError):
    """What was pasted is not a column that fits here."""


@dataclass(frozen=True, slots=True)
class PastedFigure:
    """A pasted text, the row that it is for and the outcomes that it gives.

    `problem` says why it cannot be read; `judged` what all the pasted figures together would mean.
    """

    row: EntryRow
    entry: OpenEntry
    text: str
    outcomes: tuple[Outcome, ...] = ()
    problem: Message | None = None
    judged: IndicatorResult | None = None

    @property
    def is_new(self) -> bool:
        """Whether it says something else than what stands there."""
        return not all(is_as_before(each, self.entry.outcome) for each in self.outcomes)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What looks wrong about it."""
        return doubts_about(self.judged, self.row.part) if self.judged is not None else ()

    @property
    def status(self) -> Status | None:
        """What it gives; None where nothing is judged."""
        if self.judged is None:
            return None
        return self.judged.verdict_of(self.row.part).status if self.row.part else self.judged.status


def read_column(cells: Sequence[Sequence[str]]) -> list[str]:
    """The figures of a pasted column, one a row; a blank row leaves its own as it is.

    Raises PasteError when several columns were pasted: the first cells in one row may be two figures, or one that was
    cut in two.
    """
    row = next((row for row in cells if len([cell for cell in row if cell]) > 1), None)
    if row is not None:
        first, second = [excerpt(cell, 20) for cell in row if cell][:2]
        raise PasteError(
            Message(
                "“{first}” and “{second}” are two cells: two figures, or “{first} {second}”? Paste one column",
                first=first,
                second=second,
            )
        )
    return [next((cell for cell in row if cell), "") for row in cells]


def lay_out(session: PlanSession, rows: Sequence[EntryRow], texts: Sequence[str]) -> list[PastedFigure]:
    """Match figures with rows from the first one downward, read them, and judge what all of them together would mean.

    Raises PasteError when there are more figures than rows.
    """
    if len(texts) > len(rows):
        raise PasteError(
            Message(
                "{figures} figures were pasted, but {rows} rows are left from here", figures=len(texts), rows=len(rows)
            )
        )
    figures = [_read(session, row, text) for row, text in zip(rows, texts, strict=False) if text]
    supposed = session.content.with_entities([outcome for each in figures for outcome in each.outcomes])
    keys = {each.row.indicator for each in figures}
    judged = judge_again(session.result, supposed, keys, session.today).indicators
    return [replace(each, judged=judged.get(each.row.indicator)) for each in figures]


def _read(session: PlanSession, row: EntryRow, text: str) -> PastedFigure:
    entry = session.open_entry(row.indicator, row.part)
    try:
        return PastedFigure(row, entry, text, as_entered(session.content, entry.outcome, text))
    except KvaltuiError as error:
        return PastedFigure(row, entry, text, problem=error.message)


def store(session: PlanSession, figures: Sequence[PastedFigure]) -> None:
    """Store all the figures as one change. Raises a KvaltuiError, and stores nothing, when one of them is refused."""
    changed = [outcome for each in figures if each.is_new for outcome in each.outcomes]
    if changed:
        session.record(changed, seen=min(each.entry.position for each in figures))
    for each in figures:
        session.unstored.pop(cell_of(session, each.row), None)
