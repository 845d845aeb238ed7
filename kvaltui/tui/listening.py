"""Telling the screens what has changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias
from weakref import WeakKeyDictionary

from kvaltui.model.message import KvaltuiError
from kvaltui.work.session import Changes

if TYPE_CHECKING:
    from kvaltui.tui.terminal.calm_app import CalmApp
    from kvaltui.tui.terminal.calm_screen import CalmScreen

Ear: TypeAlias = Callable[[Changes], object]


class Listeners:
    """Whoever is told of changes, as soon as they are there.

    What goes wrong with one of them keeps nothing from the others, and nothing from what goes on afterwards: what was
    changed is stored. It is not kept silent, as Textual's own signals do: who cannot read the database says so, and
    what nobody has foreseen ends the program with what is typed kept.
    """

    def __init__(self, app: CalmApp[None]) -> None:
        self._app = app
        self._ears: WeakKeyDictionary[CalmScreen[Any], Ear] = WeakKeyDictionary()

    def add(self, node: CalmScreen[Any], ear: Ear) -> None:
        """Let a screen hear of changes for as long as there is one."""
        self._ears[node] = ear

    def tell(self, changes: Changes) -> None:
        """Tell everyone of changes."""
        for node, ear in list(self._ears.items()):
            if node.is_running and node.is_attached:
                try:
                    node.when_free(partial(ear, changes))
                except KvaltuiError as error:
                    self._app.held.complain(error)
                except Exception as error:  # noqa: BLE001  # whatever it is, the app ends with it in its own way
                    self._app.end_for(error)
