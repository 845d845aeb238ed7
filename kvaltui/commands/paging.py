"""Long texts for whoever sits at a terminal: shown in the pager that they like."""

from __future__ import annotations

import os
from shutil import which

from kvaltui.commands.output import write
from kvaltui.model.clean import clean

_LESS = "less"
_HOW_LESS_BEGINS = "FRX"
"""Colours as they are, nothing at all for what fits the screen, and no other screen: as git has it."""


def show_in_pager(text: str) -> None:
    """Show a text of the program's own, with its colours, in $PAGER or `less`; print it where there is neither."""
    pager = os.environ.get("PAGER", "").strip() or which(_LESS)
    if not pager or os.environ.get("TERM") == "dumb":
        write(without_colours(text))
        return
    import pydoc

    os.environ.setdefault("LESS", _HOW_LESS_BEGINS)
    os.environ["PAGER"] = pager
    pydoc.getpager()(text)


def without_colours(text: str) -> str:
    """The text without what colours it."""
    from rich.text import Text

    return clean(Text.from_ansi(text).plain, multiline=True)
