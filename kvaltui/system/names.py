"""Which names a file can have, and the address by which SQLite opens one."""

from __future__ import annotations

import sys
from pathlib import Path, PurePath
from urllib.parse import quote

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
