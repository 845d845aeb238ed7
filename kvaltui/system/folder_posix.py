"""An open folder where a folder can be held open: its names are looked up in it, wherever its path leads later."""

from __future__ import annotations

import sys

assert sys.platform != "win32"

import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from kvaltui.system.any_folder import AnyFolder, scanned

_MOST_ATTEMPTS = 50
_BETWEEN_ATTEMPTS = 0.01
"""Seconds."""


class Folder(AnyFolder):
    """An open folder. Its names are looked up in it, wherever its path leads later; none of them is followed as a link.

    Use it in a `with`. One that `is_new` is no link itself either. Everything raises OSError.
    """

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        super().__init__(path)
        self.handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | (os.O_NOFOLLOW if is_new else 0))

    def close(self) -> None:
        os.close(self.handle)

    def look(self, name: str) -> os.stat_result | None:
        try:
            return os.stat(name, dir_fd=self.handle, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def open(self, name: str) -> int:
        self.refuse_odd(name)
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=self.handle)
        return self.checked(handle, name)

    def append(self, name: str) -> int:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
        return self.checked(os.open(name, flags, 0o600, dir_fd=self.handle), name)

    def make(self, name: str, mode: int) -> int:
        """A new empty file with these rights, whatever the user's mask, opened to be written."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        handle = os.open(name, flags, 0o600, dir_fd=self.handle)
        os.fchmod(handle, mode)
        return handle

    def give_name(self, new: str, name: str) -> None:
        made, placed = self.look(new), None
        try:
            # By its path: a folder that is exchanged by now holds no file with the name of what was made in this one.
            os.link(self.path / new, self.path / name)
            placed = self.look(name)
        except FileExistsError:
            raise
        except OSError:
            pass  # a file system without links, such as a memory stick's
        if made is None or placed is None or not os.path.samestat(made, placed):
            # Take the name first, then put the file there.
            os.close(self.make(name, 0o600))
            self.put(new, name)
        self.sync()

    def put(self, new: str, name: str) -> None:
        os.rename(new, name, src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def keep_group(self, handle: int, found: os.stat_result, mode: int) -> None:
        """Give an open file the group of the one that it replaces; one that cannot have it has no rights for it."""
        if os.fstat(handle).st_gid == found.st_gid:
            return
        try:
            os.fchown(handle, -1, found.st_gid)
        except OSError:
            mode &= ~0o070
        os.fchmod(handle, mode)

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self.handle)

    def sync(self) -> None:
        with suppress(OSError):
            os.fsync(self.handle)

    def entries(self) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        return scanned(self.handle)

    @contextmanager
    def making(self, new: str) -> Iterator[None]:
        """Hold the folder's lock, which the system lets go of with the program.

        Whoever looks for what is left over holds it for a moment; somebody who keeps it is not waited for.
        """
        for _attempt in range(_MOST_ATTEMPTS):
            try:
                fcntl.flock(self.handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_BETWEEN_ATTEMPTS)
            except OSError:
                break  # a file system without locks
            else:
                break
        yield

    def _unused(self, names: list[str]) -> list[str]:
        fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        looked = [(name, self.look(name)) for name in names]
        own = ((name, each) for name, each in looked if each is not None and each.st_uid == os.geteuid())
        return [name for name, status in own if stat.S_ISREG(status.st_mode)]


def make_folder(folder: Path, *, shared: bool) -> None:
    """Make a folder, and those above it, for its owner alone, or with `shared` for its group, whose its files are then.

    Raises FileExistsError where something is there, OSError.
    """
    folder.mkdir(mode=0o700, parents=True)
    with Folder(folder, is_new=True) as made:
        os.fchmod(made.handle, 0o2770 if shared else 0o700)
