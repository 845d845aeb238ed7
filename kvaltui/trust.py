"""Whose settings are believed: one's own, root's, and those that a person has said that they trust.

Settings say where figures are kept, and where backups are made and removed. A file that lies in the folder where
somebody happens to stand may be anybody's, so another's is not read before the person has said so, once, as git asks
about a safe.directory (docs/files.md, Whose settings are read).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from kvaltui import half_made
from kvaltui.model.message import Message
from kvaltui.system import rights

_MOST_BYTES = 2**20


def why_not(path: Path, file: os.stat_result, own: Callable[[], Path]) -> Message | None:
    """Why the settings at a path are not believed; None where they are.

    `file` is what was opened there, `own` gives the folder of the person's own settings, where it stands whom
    they trust. Raises OSError.
    """
    problem = _problem(path, file)
    if problem is None or path in trusted(own()):
        return None
    return Message(
        "{problem}. Settings say where figures and backups are kept. "
        "Look at the file, and if you trust whoever may write it, say so once: {command}",
        problem=problem,
        command="kvaltui --trust locate",
    )


def trusted(own: Path) -> tuple[Path, ...]:
    """The files that the person trusts though others may write them."""
    try:
        paths = half_made.read(_list(own), _MOST_BYTES).split(b"\0")
    except OSError:
        return ()
    return tuple(Path(os.fsdecode(each)) for each in paths if each)


def trust(path: Path, own: Path) -> None:
    """Remember in the `own` folder that the person trusts a file, whether it is there or not. Raises OSError."""
    known = trusted(own)
    if path in known:
        return
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    data = b"".join(os.fsencode(each) + b"\0" for each in (*known, path))
    half_made.write(_list(own), data, 0o600, half_made.whatever_lies_there)


def _list(own: Path) -> Path:
    return own / "trusted"


def _problem(path: Path, file: os.stat_result) -> Message | None:
    for status in (file, path.lstat()):
        if not rights.is_own(path, status):
            return Message("{file} belongs to {owner}", file=str(path), owner=rights.owner_of(path, status))
    if rights.everybody_may_write(path, file):
        return Message("Everybody on this computer may write {file}", file=str(path))
    for folder in (path.parent, path.resolve().parent):
        if rights.everybody_may_write_in(folder):
            return Message("Everybody on this computer may write in the folder of {file}", file=str(path))
    return None
