"""An open folder, whose names are looked up in it: the one way in which files are made, replaced and removed."""

from __future__ import annotations

import sys

from kvaltui.system.any_folder import NoOrdinaryFile, is_same

if sys.platform == "win32":
    from kvaltui.system.folder_windows import Folder, make_folder
else:
    from kvaltui.system.folder_posix import Folder, make_folder

__all__ = ["Folder", "NoOrdinaryFile", "is_same", "make_folder"]
