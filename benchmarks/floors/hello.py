"""The smallest Textual program: the floor that every start is held against."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One text, and q to leave."""

    BINDINGS: ClassVar = [("ctrl+q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static("Ready")


Hello().run()
