"""How the program came to where it runs, and so how a person gets a newer one.

Known by what those who install leave beside it, the same on every system: nothing is asked of a registry.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from zipfile import is_zipfile

from kvaltui.model.message import Message

_NAME = "kvaltui"
_BY_RECEIPT = {"pipx_metadata.json": f"pipx upgrade {_NAME}", "uv-receipt.toml": f"uv tool upgrade {_NAME}"}
"""What pipx and uv leave in an environment of their own, and their command."""


def how_to_upgrade() -> Message:
    """What a person does to get a newer version of the program, in the way that this one was installed."""
    for receipt, command in _BY_RECEIPT.items():
        if Path(sys.prefix, receipt).exists():
            return _by(command)
    program, start = Path(__file__).parent, Path(sys.argv[0])
    if (program.parent / "pyproject.toml").exists():
        return Message("Fetch the newer version into the folder {folder}", folder=str(program.parent))
    python = Path(sys.executable)
    if any(python.parent.glob("python*._pth")):
        return Message(
            "Replace the folder {folder} with the newer version", folder=os.path.commonpath([python, program])
        )
    if start.suffix != ".exe" and is_zipfile(start):
        return Message("Replace the file {file} with the newer version", file=str(start.absolute()))
    if not _has_distribution():
        return Message("Replace the folder {folder} with the newer version", folder=str(program.parent))
    here = f'"{python}"' if " " in str(python) else str(python)
    own = "--user " if _is_of_user(program) else ""
    return _by(f"{here} -m pip install {own}--upgrade {_NAME}")


def _by(command: str) -> Message:
    return Message("Upgrade the program with: {command}", command=command)


def _has_distribution() -> bool:
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        distribution(_NAME)
    except PackageNotFoundError:
        return False
    return True


def _is_of_user(program: Path) -> bool:
    from site import getusersitepackages

    return program.is_relative_to(getusersitepackages())
