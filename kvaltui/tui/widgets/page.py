"""What there is to say of a thing: a page that stands beside a list, in the panel beneath it, or over the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kvaltui.model.value import dataclass
from kvaltui.tui.terminal.drawing import Piece
from kvaltui.tui.widgets.reading import Block, Styled

Paragraph = Piece
"""A text that may take several lines, and its style."""


def _no_shelves() -> Sequence[Block]:
    return ()


@dataclass(frozen=True, slots=True)
class Page:
    """A thing, told in the order in which it matters.

    `head`: what must be said at once, as its verdict, the reason and every doubt. `brief`: what a panel of a few lines
    says beneath that, in a line each. `shelves` gives the rest in blocks: it is asked for only when there is time.
    """

    title: str
    head: tuple[Paragraph, ...] = ()
    brief: tuple[Paragraph, ...] = ()
    shelves: Callable[[], Sequence[Block]] = _no_shelves

    @property
    def blocks(self) -> list[Block]:
        """All but the title, to be read over the screen."""
        return [*(Styled(text, style) for text, style in self.head), *self.shelves()]
