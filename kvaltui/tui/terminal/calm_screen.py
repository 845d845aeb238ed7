"""The ground of all screens and dialogs: nothing of Textual's own on them, and patient with the database."""

from __future__ import annotations

from typing import TypeVar

from textual.screen import ModalScreen

from kvaltui.tui.terminal.patient import Patient
from kvaltui.tui.terminal.textual_private import HookedScreen

Answer = TypeVar("Answer")


class CalmScreen(HookedScreen[Answer], Patient):
    """A screen that shows only what the program puts there."""


class CalmModal(ModalScreen[Answer], CalmScreen[Answer]):
    """The same as a box over another screen, which stays to be seen."""

    def action_leave(self) -> None:
        """Go back with no answer."""
        self.dismiss(None)
