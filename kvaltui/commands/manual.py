"""`kvaltui man`: the manual page, opened where somebody sits at a terminal, and printed as roff elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import which

from kvaltui.commands.context import Context
from kvaltui.commands.declarations import COMMANDS, EVERYWHERE, OPEN
from kvaltui.commands.errors import DONE
from kvaltui.commands.help_text import help_of
from kvaltui.commands.manual_page import manual_page
from kvaltui.commands.output import write
from kvaltui.commands.paging import show_in_pager
from kvaltui.commands.parser import PROGRAM
from kvaltui.terminal import is_terminal

_READER = "man"


def run(_context: Context) -> int:
    """Open the page with `man`; where there is none, show what `--help` says of every command."""
    if not (is_terminal(sys.stdout) and is_terminal(sys.stdin)):
        write(manual_page().rstrip("\n"))
    elif not _is_opened():
        whole = (
            help_of(OPEN, EVERYWHERE, COMMANDS.values()),
            *(help_of(each, EVERYWHERE) for each in COMMANDS.values()),
        )
        show_in_pager("\n\n\n".join(whole) + "\n")
    return DONE


def _is_opened() -> bool:
    """Whether `man` has shown the page. It is given a file by a path, which every kind of `man` takes."""
    reader = which(_READER)
    if reader is None:
        return False
    import subprocess
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="kvaltui-man-") as folder:
        page = Path(folder) / f"{PROGRAM}.1"
        page.write_text(manual_page(), encoding="ascii")
        try:
            return subprocess.run([reader, str(page)], check=False).returncode == 0
        except OSError:
            return False
