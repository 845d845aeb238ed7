"""`kvaltui guide`: the user's guide, in a pager where somebody sits at a terminal, and as Markdown elsewhere."""

from __future__ import annotations

import sys

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, UsageError
from kvaltui.commands.output import width, write
from kvaltui.model.message import Message
from kvaltui.setting import did_you_mean
from kvaltui.terminal import is_terminal
from kvaltui.work.user_guide import guide_sections, guide_text, sections_about, without_pictures

_WIDEST = 100
"""Columns: longer lines are hard to read."""


def guide(context: Context) -> int:
    """Show the guide, or its sections about something. Raises UsageError where no section is."""
    words: str | None = context.arguments.section
    text = "\n".join(each.markdown for each in sections_about(words)) if words else guide_text()
    if not text:
        titles = [each.title for each in guide_sections()]
        hint = did_you_mean(words or "", titles)
        raise UsageError(
            Message(
                "The guide has nothing about “{words}”{hint}. Its headings: {titles}",
                words=words or "",
                hint=hint,
                titles=", ".join(titles),
            )
        )
    if is_terminal(sys.stdout) and is_terminal(sys.stdin):
        from kvaltui.commands.paging import show_in_pager

        show_in_pager(_set(without_pictures(text)))
    else:
        write(text.rstrip("\n"))
    return DONE


def _set(markdown: str) -> str:
    """The text as it is read in a terminal."""
    from io import StringIO

    from rich.console import Console
    from rich.markdown import Markdown

    from kvaltui.commands.display import is_colourful

    out = StringIO()
    console = Console(
        file=out, width=min(width(), _WIDEST), force_terminal=is_colourful(), no_color=not is_colourful(), emoji=False
    )
    console.print(Markdown(markdown, hyperlinks=False))
    return out.getvalue()
