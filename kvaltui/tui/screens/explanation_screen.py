"""The reading view of a row of the entry table: everything there is to say about it."""

from __future__ import annotations

from kvaltui.tui.screens.reading_screen import ReadingScreen
from kvaltui.tui.telling.explanation import Explanation
from kvaltui.tui.terminal.theme import Paint
from kvaltui.work.entry_rows import EntryRow
from kvaltui.work.naming import name_of, title_of
from kvaltui.work.session import PlanSession


class ExplanationScreen(ReadingScreen):
    """Explains an indicator, a part of one, or a group."""

    def __init__(self, session: PlanSession, row: EntryRow, paint: Paint, *, is_ascii: bool) -> None:
        explanation = Explanation(session, paint, is_ascii=is_ascii)
        if row.is_group:
            super().__init__(name_of(session.content, row.reference), explanation.of_branch(row.reference))
        else:
            indicator = session.indicator(row.indicator)
            super().__init__(title_of(indicator, row.part), explanation.of_indicator(row))
