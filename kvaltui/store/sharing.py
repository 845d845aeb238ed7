"""A database that a group shares: which rights its members need, giving them, and saying what is lacking."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kvaltui.half_made import Folder
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store.sqlite_file import companions
from kvaltui.whose import owner_of

SHARED_FILE = 0o660
SHARED_FOLDER = 0o2770
_BESIDE = ("README.md", "schema.sql", ".gitignore", "config.toml")


@dataclass(frozen=True, slots=True)
class _Lack:
    """A file or folder whose group is another, or may not do in it what it has to."""

    place: Path
    status: os.stat_result
    wanted: int
    group: int

    @property
    def is_ours(self) -> bool:
        return self.status.st_uid == os.geteuid()


def share(path: Path, backups: Path) -> None:
    """Give the group of the database's folder its rights there, as far as they are this person's to give.

    The folder is opened to the group only where it holds nothing but what belongs to the database: another may be
    somebody's home. What could not be given is told by `warning`.
    """
    for lack in _lacks(path, backups):
        is_folder = stat.S_ISDIR(lack.status.st_mode)
        if not lack.is_ours or (is_folder and lack.place == path.parent and not _holds_only_ours(path, backups)):
            continue
        with suppress(OSError):
            _give(lack)


def warning(path: Path, backups: Path) -> Message | None:
    """What the group still lacks, and the commands by which the owner gives it; None where it lacks nothing."""
    lacks = list(_lacks(path, backups))
    if not lacks:
        return None
    return Message(
        "The database is shared (shared = true), but the group “{group}” may not use all of it. "
        "Whoever owns it ({owner}) opens it with: {commands}",
        group=group_of(path.parent),
        owner=owner_of(lacks[0].status),
        commands=" && ".join(command for lack in lacks for command in _commands(lack)),
    )


def group_of(folder: Path) -> str:
    """The group that a folder belongs to, or its number where it has no name here."""
    import grp

    number = folder.stat().st_gid
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def _lacks(path: Path, backups: Path) -> Iterator[_Lack]:
    """What lacks rights, files before the folders that let others reach them."""
    try:
        group = path.parent.stat().st_gid
        yield from _lack(path, SHARED_FILE, group)
        if backups.parent == path.parent and backups.is_dir() and not backups.is_symlink():
            for each in sorted(backups.glob(f"{path.stem}-*{path.suffix}")):
                if each.lstat().st_uid == os.geteuid():
                    yield from _lack(each, SHARED_FILE, group)
            yield from _lack(backups, SHARED_FOLDER, group)
        yield from _lack(path.parent, SHARED_FOLDER, group)
    except OSError:
        return  # what may not be looked at is told when it is opened


def _lack(place: Path, wanted: int, group: int) -> Iterator[_Lack]:
    status = place.lstat()
    is_known = stat.S_ISDIR(status.st_mode) or (stat.S_ISREG(status.st_mode) and status.st_nlink == 1)
    if is_known and (stat.S_IMODE(status.st_mode) & wanted != wanted or status.st_gid != group):
        yield _Lack(place, status, wanted, group)


def _give(lack: _Lack) -> None:
    """Change group and rights by name in the open folder: the live database is opened by nobody but SQLite."""
    with Folder(lack.place.parent) as folder:
        found = folder.look(lack.place.name)
        if found is None or not os.path.samestat(found, lack.status):
            return
        if found.st_gid != lack.group:
            os.chown(lack.place.name, -1, lack.group, dir_fd=folder.handle, follow_symlinks=False)
        os.chmod(lack.place.name, stat.S_IMODE(found.st_mode) | lack.wanted, dir_fd=folder.handle)


def _holds_only_ours(path: Path, backups: Path) -> bool:
    known = {path.name, *(each.name for each in companions(path)), *_BESIDE}
    if backups.parent == path.parent:
        known.add(backups.name)
    with os.scandir(path.parent) as entries:
        return all(
            entry.name in known or entry.name.startswith((".kvaltui-", "kvaltui.log")) for entry in entries
        ) and path.parent != Path(os.path.expanduser("~"))  # noqa: PTH111 - does not raise without a home


def _commands(lack: _Lack) -> Iterator[str]:
    place = shlex.quote(str(lack.place))
    if lack.status.st_gid != lack.group:
        yield f"chgrp {lack.group} {place}"
    if stat.S_IMODE(lack.status.st_mode) & lack.wanted != lack.wanted:
        yield f"chmod {lack.wanted:o} {place}"
