"""What a person types to run the program again."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from shutil import which

from kvaltui.commands.parser import PROGRAM


def own_command() -> str:
    """What a person types to run this program here: its name, or where the program lies when it is not on the path."""
    script = Path(sys.executable).with_name(PROGRAM)
    found = which(PROGRAM)
    if not script.exists() or (found is not None and Path(found).samefile(script)):
        return PROGRAM
    near = os.path.relpath(script)
    return shlex.quote(str(script) if near.startswith(os.pardir) else near)
