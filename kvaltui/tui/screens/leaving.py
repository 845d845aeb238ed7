"""Leaving with something typed that is not stored: what can be is stored, and of the rest a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvaltui.i18n import _
from kvaltui.tui.screens.picker import Choice, Picker
from kvaltui.tui.unstored import Unstored

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp

_STAY, _LEAVE = "stay", "leave"


class LeaveQuestion(Picker):
    """Asks whether to stay with what is not stored, or to leave without it."""

    def __init__(self, left: list[Unstored]) -> None:
        title = left[0].told if len(left) == 1 else _("{count} texts are not saved", count=len(left))
        choices = [
            Choice(_STAY, _("Stay"), detail=left[0].reason if len(left) == 1 else left[0].told),
            Choice(_LEAVE, _("Quit without it") if len(left) == 1 else _("Quit without them")),
        ]
        super().__init__(title, choices)


def ask_before_leaving(app: KvaltuiApp) -> bool:
    """Store what is half typed, and ask about what cannot be. Returns whether there is nothing to ask about."""
    app.settle()
    left = list(app.session.unstored.values())
    if not left:
        return True

    async def leave_or_go_there(choice: str | None) -> None:
        if choice == _LEAVE:
            app.exit()
        else:
            await app.go_to_unstored(left[0])

    if not isinstance(app.screen, LeaveQuestion):
        app.push_screen(LeaveQuestion(left), leave_or_go_there)
    return False
