"""A widget that is drawn when it changes, and not each time that others do."""

from __future__ import annotations

from collections.abc import Iterable

from textual.geometry import Offset, Region
from textual.strip import Strip

from kvaltui.tui.terminal.patient import Patient
from kvaltui.tui.terminal.textual_private import HookedWidget


class DrawnOnce(HookedWidget, Patient):
    """A widget that is asked for its lines when others change, and then gives those that it gave before.

    Textual asks every widget of the screen with each key, and goes through the styles of all that have not changed.
    """

    _given: tuple[Region, list[Strip]] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._given is None or self._given[0] != crop:
            self._given = crop, super().render_lines(crop)
        return self._given[1]

    def note_dirty(self) -> None:
        self._given = None

    @property
    def place_of_keys(self) -> Offset:
        """Where in the widget the next key lands: the terminal's own cursor stands there, for screen readers,
        magnifiers and input methods.
        """
        return Offset(0, 0)

    def half_typed(self) -> Iterable[str]:
        """The texts that are being typed here and are stored nowhere yet."""
        return ()
