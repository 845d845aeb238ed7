"""What the screens have in common that set the levels of risks against those that they had before."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from kvaltui.model.entity import Kind
from kvaltui.model.message import KvaltuiError
from kvaltui.store.patience import DatabaseHeld
from kvaltui.tui.screens.work_screen import WorkScreen
from kvaltui.work.risk_levels import levels_before
from kvaltui.work.session import Changes


class LevelsScreen(WorkScreen):
    """Knows the earlier levels of the risks, which are in the journal: read when something has changed, never drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: Mapping[str, int] = {}
        """The levels that risks had when the period before ended, by their keys."""
        self._is_read = False
        with suppress(DatabaseHeld, KvaltuiError):
            self._read_levels()

    def on_mount(self) -> None:
        if not self._is_read:
            self.when_free(self._read_again)

    def take_in(self, changes: Changes) -> None:
        super().take_in(changes)
        if changes.touches(Kind.RISK):
            self.when_free(self._read_again)

    def _read_levels(self) -> None:
        self.levels = levels_before(self.session)
        self._is_read = True

    def _read_again(self) -> None:
        """Read the earlier levels; what cannot be read is told, and the rows show without."""
        before = self.levels
        try:
            self._read_levels()
        except KvaltuiError as error:
            self.complain(error)
        if before != self.levels:
            self.show_rows()
