"""The group of a folder, whose members share what lies in it. On Windows there is none: its rights decide."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from kvaltui.model.value import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """A group by its number, and by its name, which is the number where it has none here."""

    number: int
    name: str


if sys.platform == "win32":

    def group_of(_folder: Path) -> Group | None:
        """The group that a folder belongs to: none."""
        return None

    def is_ours(_status: os.stat_result) -> bool:
        """Whether the person may give others rights to a file."""
        return True

    def give(_place: Path, _status: os.stat_result, _group: int, _rights: int) -> None:
        """Let a group have rights to a file: it has those that the folder gives."""

    def to_give(_place: Path, _group: int | None, _rights: str) -> Iterator[str]:
        """The commands by which its owner gives a file to a group."""
        yield from ()
else:
    import shlex
    import stat

    from kvaltui.system.folder_posix import Folder

    def group_of(folder: Path) -> Group | None:
        """The group that a folder belongs to. Raises OSError."""
        import grp

        number = folder.stat().st_gid
        try:
            return Group(number, grp.getgrgid(number).gr_name)
        except KeyError:
            return Group(number, str(number))

    def is_ours(status: os.stat_result) -> bool:
        """Whether the person may give others rights to a file."""
        return status.st_uid == os.geteuid()

    def give(place: Path, status: os.stat_result, group: int, rights: int) -> None:
        """Let a group have rights to what was found at a place, beside those that there are. Raises OSError.

        By name in the open folder: the live database is opened by nobody but SQLite.
        """
        with Folder(place.parent) as folder:
            found = folder.look(place.name)
            if found is None or not os.path.samestat(found, status):
                return
            if found.st_gid != group:
                os.chown(place.name, -1, group, dir_fd=folder.handle, follow_symlinks=False)
            os.chmod(place.name, stat.S_IMODE(found.st_mode) | rights, dir_fd=folder.handle)

    def to_give(place: Path, group: int | None, rights: str) -> Iterator[str]:
        """The commands by which its owner gives a file to a group, and the group rights; None and "": it has them."""
        quoted = shlex.quote(str(place))
        if group is not None:
            yield f"chgrp {group} {quoted}"
        if rights:
            yield f"chmod {rights} {quoted}"
