"""Which names a file can have, and the address by which SQLite opens one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import PurePath, PureWindowsPath

from kvaltui.model.clean import clean, excerpt
from kvaltui.model.message import Message
from kvaltui.model.pattern import pattern

_LONGEST_NAME = 255
_RESERVED = pattern(r"(?i:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:[.:].*)?")
"""What Windows takes for a device, whatever stands after it (Microsoft, Naming Files, Paths, and Namespaces)."""
_FORBIDDEN = '<>:"|?*'

if sys.platform == "win32":
    _LONGEST_PATH = 32_000

    def why_no_path(path: str) -> Message | None:
        """Why a text can be the path of nothing here; None where it can."""
        return _too_long(path, len) or why_no_windows_path(path)
else:
    _LONGEST_PATH = 4095

    def why_no_path(path: str) -> Message | None:
        """Why a text can be the path of nothing here; None where it can."""
        return _too_long(path, lambda text: len(text.encode(errors="replace")))


def why_no_windows_path(path: str) -> Message | None:
    """Why a text can be the path of nothing on Windows; None where it can."""
    written = PureWindowsPath(path)
    for name in written.parts[1 if written.anchor else 0 :]:
        if any(sign in _FORBIDDEN or ord(sign) < ord(" ") for sign in name):
            signs = " ".join(_FORBIDDEN)
            return Message("“{path}” is no path here: a name cannot hold any of {signs}", path=clean(path), signs=signs)
        if name != ".." and name[-1] in ". ":
            return Message("“{path}” is no path here: a name cannot end with a dot or a space", path=path)
        if _RESERVED.fullmatch(name):
            return Message("“{path}” is no path here: “{name}” is the name of a device", path=path, name=name)
    return None


def database_address(path: PurePath) -> str:
    """The address by which SQLite opens the file at an absolute path: for it a share's name is a part of the path.

    Not by `as_uri`, which loads the network's modules from Python 3.14 on: `status` would wait for them.
    """
    from urllib.parse import quote

    if not path.drive:
        return f"file://{quote(os.fsencode(path))}"
    letter = "" if path.drive.startswith("\\\\") else f"/{path.drive}"
    return f"file://{letter}{quote(path.as_posix().removeprefix(path.drive if letter else ''))}"


def _too_long(path: str, measure: Callable[[str], int]) -> Message | None:
    if measure(path) <= _LONGEST_PATH and max(map(measure, path.replace(os.sep, "/").split("/"))) <= _LONGEST_NAME:
        return None
    return Message(
        "“{path}” is too long for a path: a name has at most {name} bytes, and the whole {whole}",
        path=excerpt(path),
        name=_LONGEST_NAME,
        whole=_LONGEST_PATH,
    )
