"""A picture of a screen: what shows on it as SVG or as plain text, also where there is no terminal to show it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.terminal_theme import TerminalTheme
from rich.text import Text
from textual.strip import Strip

from kvaltui.model.pattern import pattern
from kvaltui.tui.terminal.textual_private import strips_of

if TYPE_CHECKING:
    from kvaltui.tui.program import Program

SUFFIXES = (".svg", ".txt")
_BASE = [(12, 12, 12), (197, 15, 31), (19, 161, 14), (193, 156, 0), (0, 55, 218), (136, 23, 152), (58, 150, 221)]
_THEME = TerminalTheme((18, 20, 24), (226, 228, 232), [*_BASE, (204, 204, 204)], [*_BASE, (242, 242, 242)])
_FETCHED_FONT = pattern(r"@font-face \{[^}]*\}\s*")
_FONTS = "Cascadia Mono, Consolas, Menlo, DejaVu Sans Mono, monospace"
HELP = "help"
"""The page of help over the first screen; the other names are those of the screens."""


def strips_shown(app: Program) -> Sequence[Strip]:
    """What shows now, line by line, with whatever lies over the screen."""
    return strips_of(app)


def as_bytes(strips: Sequence[Strip], suffix: str, title: str) -> bytes:
    """A picture of lines, as a file with one of `SUFFIXES` holds it."""
    if suffix == ".txt":
        # With spaces that a person can search for.
        lines = (strip.text.replace("\N{NO-BREAK SPACE}", " ").rstrip() for strip in strips)
        return "".join(f"{line}\n" for line in lines).encode("utf-8")
    text = Text()
    for at, strip in enumerate(strips):
        text.append("\n" if at else "")
        for segment in strip:
            text.append(segment.text, segment.style)
    return svg(text, strips[0].cell_length if strips else 1, title).encode("utf-8")


def svg(printed: RenderableType, width: int, title: str, name: str = "screen") -> str:
    """What is printed in a terminal, as SVG. It names no font that would have to be fetched from somewhere."""
    console = Console(width=width, record=True, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(printed, end="", soft_wrap=True)
    picture = console.export_svg(title=title, theme=_THEME, unique_id=f"kvaltui-{name}")
    picture = _FETCHED_FONT.sub("", picture).replace("Fira Code, monospace", _FONTS)
    return "\n".join(line.rstrip() for line in picture.splitlines()) + "\n"


def taken_of(app: Program, screen: str, size: tuple[int, int]) -> Sequence[Strip]:
    """Run the program without a terminal, go to a screen or to `HELP`, and return what shows there."""

    async def take() -> Sequence[Strip]:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            if screen == HELP:
                app.action_help()
            else:
                app.go_to(screen)
            await pilot.pause()
            return strips_shown(app)

    return asyncio.run(take())
