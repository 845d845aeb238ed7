"""A pasted column of figures: which row each is for and what it would mean, before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kvaltui.model.clean import clean
from kvaltui.model.entering import with_value
from kvaltui.model.figure import parse_figure
from kvaltui.model.fulfilment import IndicatorResult, judge_again
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.value import dataclass, replace
from kvaltui.tui.session import OpenEntry, PlanSession
from kvaltui.tui.widgets.entry_rows import EntryRow

if TYPE_CHECKING:
    from kvaltui.store.journal import Action


class PasteError(KvaltuiError):
    """What was pasted is not a column that fits here."""


@dataclass(frozen=True, slots=True)
class PastedFigure:
    """A pasted text and the row that it is for. `problem` says why it cannot be read; `judged` what it would mean."""

    row: EntryRow
    entry: OpenEntry
    text: str
    problem: Message | None = None
    judged: IndicatorResult | None = None


def read_column(text: str) -> list[str]:
    """The figures of a pasted column, one a line; a blank line leaves its row as it is.

    Raises PasteError when several columns were pasted.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if any("\t" in line.strip() for line in lines):
        raise PasteError(Message("several columns were pasted: copy one column of figures at a time"))
    return [clean(line).strip() for line in lines]


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
    readable = [with_value(each.entry.outcome, each.text) for each in figures if each.problem is None]
    supposed = session.content.with_entities(readable)
    keys = {each.row.indicator for each in figures}
    judged = judge_again(session.result, supposed, keys, session.today).indicators
    return [replace(each, judged=judged.get(each.row.indicator)) for each in figures]


def _read(session: PlanSession, row: EntryRow, text: str) -> PastedFigure:
    entry = session.open_entry(row.indicator, row.part)
    try:
        parse_figure(text, session.indicator(row.indicator).scale)
    except KvaltuiError as error:
        return PastedFigure(row, entry, text, error.message)
    return PastedFigure(row, entry, text)


def store(session: PlanSession, figures: Sequence[PastedFigure]) -> Action:
    """Store all the figures as one change. Raises a KvaltuiError, and stores nothing, when one of them is refused."""
    seen = min(each.entry.position for each in figures)
    return session.record([with_value(each.entry.outcome, each.text) for each in figures], seen=seen)
