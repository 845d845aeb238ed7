"""A database that a group shares: which rights its members need, giving them, and saying what is lacking."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store.sqlite_file import companions
from kvaltui.system.group import give, group_of, is_ours, to_give
from kvaltui.system.rights import owner_of

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
    def has_other_group(self) -> bool:
        return self.status.st_gid != self.group

    @property
    def lacks_rights(self) -> bool:
        return stat.S_IMODE(self.status.st_mode) & self.wanted != self.wanted


def share(path: Path, backups: Path) -> None:
    """Give the group of the database's folder its rights there, as far as they are this person's to give.

    The folder is opened to the group only where it holds nothing but what belongs to the database: another may be
    somebody's home. What could not be given is told by `warning`.
    """
    for lack in _lacks(path, backups):
        is_folder = stat.S_ISDIR(lack.status.st_mode)
        if not is_ours(lack.status) or (
            is_folder and lack.place == path.parent and not _holds_only_ours(path, backups)
        ):
            continue
        with suppress(OSError):
            give(lack.place, lack.status, lack.group, lack.wanted)


def warning(path: Path, backups: Path) -> Message | None:
    """What the group still lacks, and the commands by which the owner gives it; None where it lacks nothing."""
    lacks = list(_lacks(path, backups))
    group = group_of(path.parent) if lacks else None
    if group is None:
        return None
    return Message(
        "The database is shared (shared = true), but the group “{group}” may not use all of it. "
        "Whoever owns it ({owner}) opens it with: {commands}",
        group=group.name,
        owner=owner_of(lacks[0].place, lacks[0].status),
        commands=" && ".join(command for lack in lacks for command in _commands(lack)),
    )


def _lacks(path: Path, backups: Path) -> Iterator[_Lack]:
    """What lacks rights, files before the folders that let others reach them."""
    try:
        owning = group_of(path.parent)
        if owning is None:
            return
        group = owning.number
        yield from _lack(path, SHARED_FILE, group)
        if backups.parent == path.parent and backups.is_dir() and not backups.is_symlink():
            for each in sorted(backups.glob(f"{path.stem}-*{path.suffix}")):
                if is_ours(each.lstat()):
                    yield from _lack(each, SHARED_FILE, group)
            yield from _lack(backups, SHARED_FOLDER, group)
        yield from _lack(path.parent, SHARED_FOLDER, group)
    except OSError:
        return  # what may not be looked at is told when it is opened


def _lack(place: Path, wanted: int, group: int) -> Iterator[_Lack]:
    status = place.lstat()
    lack = _Lack(place, status, wanted, group)
    is_known = stat.S_ISDIR(status.st_mode) or (stat.S_ISREG(status.st_mode) and status.st_nlink == 1)
    if is_known and (lack.has_other_group or lack.lacks_rights):
        yield lack


def _holds_only_ours(path: Path, backups: Path) -> bool:
    known = {path.name, *(each.name for each in companions(path)), *_BESIDE}
    if backups.parent == path.parent:
        known.add(backups.name)
    with os.scandir(path.parent) as entries:
        return all(
            entry.name in known or entry.name.startswith((".kvaltui-", "kvaltui.log")) for entry in entries
        ) and path.parent != Path(os.path.expanduser("~"))  # noqa: PTH111 - does not raise without a home


def _commands(lack: _Lack) -> Iterator[str]:
    group = lack.group if lack.has_other_group else None
    return to_give(lack.place, group, f"{lack.wanted:o}" if lack.lacks_rights else "")
