"""What is said of an outcome while it is typed and when it is stored: how it is read, what it means, every doubt."""

from __future__ import annotations

from collections.abc import Callable

from kvaltui.figure_words import figure_cell
from kvaltui.i18n import _, say
from kvaltui.model.clean import clean
from kvaltui.model.indicator_result import IndicatorResult, doubts_about
from kvaltui.model.status import Status
from kvaltui.status_cells import status_cell
from kvaltui.tui.terminal.drawing import Piece, cut
from kvaltui.tui.terminal.theme import Paint
from kvaltui.tui.widgets.typing_view import CellStored
from kvaltui.words import word
from kvaltui.work.session import OpenEntry, PlanSession

_MOST_FIGURE = 24
"""The cells that a figure takes in the line at most: the status and the doubts are to have room after it."""


class EntryWords:
    """Says it in pieces for one line, what may be cut last, and beside it the doubts one by one."""

    def __init__(self, session: PlanSession, paint: Paint, *, is_ascii: bool) -> None:
        self._session = session
        self._paint = paint
        self._is_ascii = is_ascii

    def reading(self, entry: OpenEntry, text: str) -> tuple[list[Piece], list[str]]:
        """How a text is read and what it would mean. Raises FigureError when it cannot be read."""
        judged = self._session.preview(entry, text)
        part = entry.outcome.part
        pieces, doubts = self._meaning(self._figure(entry.outcome.indicator, text), judged, part)
        verdict = judged.verdict_of(part)
        reason = clean(say(verdict.reason))
        if verdict.status is not Status.NOT_ASSESSED:
            # Its beginning repeats the figure and the target, which stand beside it.
            reason = reason.partition(": ")[2] or reason
        return [*pieces, (f": {reason}", self._paint.text)], doubts

    def stored(self, stored: CellStored, saved: str, key_of: Callable[[str], str]) -> tuple[list[Piece], list[str]]:
        """What is stored, or that it stood there already; before it what of the period is not stored.

        Where somebody else has written another figure meanwhile it says so, and which key (`key_of`) decides.
        """
        session, paint = self._session, self._paint
        indicator, part = stored.opened.outcome.indicator, stored.opened.outcome.part
        judged = session.result.indicators.get(indicator)
        figure = self._figure(indicator, stored.text) if stored.text else _("emptied")
        doubts: list[str] = []
        meaning: list[Piece] = [(figure, paint.text)]
        if judged is not None and stored.text:
            meaning, doubts = self._meaning(figure, judged, part)
            outcome = session.content.outcome(indicator, session.period, part)
            if outcome is not None and outcome.contested:
                doubts = [_("changed on two sides, {key} decides", key=key_of("conflicts")), *doubts]
                meaning = [meaning[0], (f"! {', '.join(doubts)}", paint.warning)]
        pieces: list[Piece] = []
        left = [each for each in session.unstored.values() if each.cell.period == session.period]
        if left:
            more = f" (+{len(left) - 1})" if len(left) > 1 else ""
            pieces.append((f"{left[0].told}{more}  ", paint.error))
        told = saved if stored.is_new else _("Unchanged")
        pieces.append((f"{told} !  " if doubts else f"{told}  ", paint.warning if doubts else paint.text))
        return [*pieces, *meaning], doubts

    def _figure(self, indicator: str, text: str) -> str:
        return cut(figure_cell(text, self._session.indicator(indicator).scale), _MOST_FIGURE)

    def _meaning(self, figure: str, judged: IndicatorResult, part: str) -> tuple[list[Piece], list[str]]:
        """A figure, the status that it gives, and what looks wrong about it."""
        paint, session = self._paint, self._session
        status = judged.verdict_of(part).status if part else judged.status
        doubts = [word(doubt) for doubt in doubts_about(judged, part)]
        is_doubtful = bool(doubts) and status is Status.ACHIEVED
        symbol, _space, words = status_cell(status, ascii=self._is_ascii, expected=session.is_expected).partition(" ")
        pieces: list[Piece] = [
            (f"{figure} ", paint.strong),
            ("-> " if self._is_ascii else "→ ", paint.muted),
            (f"{symbol} ", paint.warning if is_doubtful else paint.status(status)),
            (words, paint.status_word(status)),
        ]
        if doubts:
            pieces += [(" ", None), ("!", paint.chip), (f" {', '.join(doubts)}", paint.warning)]
        return pieces, doubts
