"""Setting tables on the screen: with Rich where somebody sits at a terminal, otherwise in plain text."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from kvaltui.commands.layout import Headline, Table, plain_text
from kvaltui.commands.output import printing, width, write
from kvaltui.system.console import obeys_sequences, surroundings
from kvaltui.system.console_kind import is_dumb
from kvaltui.terminal import is_terminal, wished_colours


def display(tables: Sequence[Table], headline: Headline | None = None, *, is_plain: bool = False) -> None:
    """Print tables with a blank line between, under a headline if there is one."""
    if is_plain or not is_colourful():
        write(plain_text(headline, tables, width()))
        return
    from kvaltui.commands.colour import print_coloured

    with printing():
        print_coloured(headline, tables, width())


def is_colourful() -> bool:
    """Whether colours and bars are welcome: as the person's surroundings say, or where a terminal can show them."""
    wished = wished_colours(os.environ)
    if wished is False or sys.stdout is None:
        return False
    if not is_terminal(sys.stdout):
        return wished is True
    return (wished is True or not is_dumb(os.environ, surroundings())) and obeys_sequences(sys.stdout)
