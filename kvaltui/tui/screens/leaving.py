"""Leaving with something typed that is not stored: what can be is stored, and of the rest a person is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from kvaltui.i18n import _
from kvaltui.tui.screens.picker import Choice, Picker
from kvaltui.tui.working import WorkingDialog
from kvaltui.work.unstored import Unstored

if TYPE_CHECKING:
    from kvaltui.tui.app import KvaltuiApp

_STAY, _LEAVE = "stay", "leave"


@runtime_checkable
class HalfWritten(Protocol):
    """A screen or a dialog in which something is written that is stored only when the person says so."""

    @property
    def is_half_written(self) -> bool:
        """Whether something is written that is not stored."""


class LeaveQuestion(Picker):
    """Asks whether to stay with what is not stored, or to leave without it."""

    def __init__(self, left: list[Unstored]) -> None:
        """`left` are the texts of cells; with none of them it is a form that is half written."""
        if not left:
            title, detail = _("What is written is not saved"), ""
        elif len(left) == 1:
            title, detail = left[0].told, left[0].reason
        else:
            title, detail = _("{count} texts are not saved", count=len(left)), left[0].told
        without = _("Quit without it") if len(left) < 2 else _("Quit without them")
        super().__init__(title, [Choice(_STAY, _("Stay"), detail=detail), Choice(_LEAVE, without)])


def ask_before_leaving(app: KvaltuiApp) -> bool:
    """Store what is half typed, and ask about what cannot be. Returns whether there is nothing to ask about.

    Long work that is under way is stopped first; the key once more leaves then.
    """
    if isinstance(app.screen, WorkingDialog) and not app.screen.leave():
        return False
    app.settle()
    left = list(app.session.unstored.values())
    written = [mode for mode, screen in app.all_screens() if isinstance(screen, HalfWritten) and screen.is_half_written]
    if not left and not written:
        return True

    async def leave_or_go_there(choice: str | None) -> None:
        if choice == _LEAVE:
            app.exit()
        elif written:
            app.go_to(app.current_mode if app.current_mode in written else written[0])
        else:
            await _close_dialogs(app)
            await app.go_to_unstored(left[0])

    if not isinstance(app.screen, LeaveQuestion):
        app.push_screen(LeaveQuestion(left), leave_or_go_there)
    return False


async def _close_dialogs(app: KvaltuiApp) -> None:
    """Close what lies over the screen, in which nothing is written."""
    while app.screen.is_modal:
        await app.screen.dismiss(None)
