"""How a command waits while another program holds the database: with words, and Ctrl+C ends it."""

from __future__ import annotations

from kvaltui.commands.output import complain
from kvaltui.i18n import _

LONGEST = 30.0
"""Seconds until a command gives up."""
SILENT = 0.4
"""Seconds in which most that others write is written: what takes longer is told of."""


class WaitingWithWords:
    """A way to wait (`kvaltui.store.patience`). It says once that it waits; the answer then speaks for itself."""

    def __init__(self) -> None:
        self._has_told = False

    def __call__(self, waited: float) -> bool:
        """Whether to go on waiting after so many seconds."""
        if waited >= SILENT and not self._has_told:
            self._has_told = True
            complain(_("Waiting for the database … Another program is using it. Ctrl+C stops waiting."))
        return waited < LONGEST
