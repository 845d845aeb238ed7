"""How every file is written: in a folder that is opened once, under a name that is nobody's, and then put in its place.

Nothing is written through a link, and nothing is replaced that has not been looked at in that folder. What a killed
program leaves behind is removed by the next that makes a file there (docs/files.md, How files are written).
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from kvaltui.model.pattern import pattern

_NAME = pattern(r"\.kvaltui-[0-9a-f]{20}\.new(?:-journal|-wal|-shm)?")
_MOST_ATTEMPTS = 50
_BETWEEN_ATTEMPTS = 0.01
"""Seconds."""
_COMPANIONS = ("", "-journal", "-wal", "-shm")


class NoOrdinaryFile(OSError):
    """What lies at a name is a link, a folder, a pipe, a device or a socket."""


def is_same(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether it is one file, unchanged: the number of one that is removed is given out anew."""
    return os.path.samestat(one, other) and (one.st_mode, one.st_size, one.st_ctime_ns) == (
        other.st_mode,
        other.st_size,
        other.st_ctime_ns,
    )


class Folder:
    """An open folder. Its names are looked up in it, wherever its path leads later; none of them is followed as a link.

    Use it in a `with`. One that `is_new` is no link itself either. Everything raises OSError.
    """

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        self.path = path
        self.handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | (os.O_NOFOLLOW if is_new else 0))

    def __enter__(self) -> Folder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        os.close(self.handle)

    def look(self, name: str) -> os.stat_result | None:
        """What lies at a name, a link being a link; None when nothing does."""
        try:
            return os.stat(name, dir_fd=self.handle, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def open(self, name: str) -> int:
        """An ordinary file, opened to be read; it never waits. Raises NoOrdinaryFile for everything else."""
        found = self.look(name)
        if found is not None and not stat.S_ISREG(found.st_mode):
            raise self.no_file(name)
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=self.handle)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise self.no_file(name)
        return handle

    def make(self, name: str, mode: int) -> int:
        """A new empty file with these rights, whatever the user's mask, opened to be written."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        handle = os.open(name, flags, 0o600, dir_fd=self.handle)
        os.fchmod(handle, mode)
        return handle

    def give_name(self, new: str, name: str) -> None:
        """Give a finished file its name for good. Raises FileExistsError when something has that name."""
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
            self._rename(new, name)
        self.sync()

    def replace(self, new: str, name: str, found: os.stat_result) -> None:
        """Put a finished file in the place of `found`. Raises FileExistsError when something else lies there by now."""
        now = self.look(name)
        if now is None or not is_same(now, found):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(self.path / name))
        self._rename(new, name)
        self.sync()

    def remove(self, name: str) -> None:
        """Remove a name, if it is there."""
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=self.handle)

    def sync(self) -> None:
        """Make what was renamed survive a power loss, where the system can."""
        with suppress(OSError):
            os.fsync(self.handle)

    def left_over(self) -> list[str]:
        """What a killed program of this person has left half made; nothing while anybody is making a file here."""
        try:
            with os.scandir(self.handle) as entries:
                found = [entry.name for entry in entries if _NAME.fullmatch(entry.name)]
            if not found:
                return []
            fcntl.flock(self.handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return []
        looked = [(name, self.look(name)) for name in sorted(found)]
        own = ((name, each) for name, each in looked if each is not None and each.st_uid == os.geteuid())
        return [name for name, status in own if stat.S_ISREG(status.st_mode)]

    def sweep(self) -> None:
        """Remove what is left over. Where it cannot be, it is in nobody's way."""
        for name in self.left_over():
            with suppress(OSError):
                self.remove(name)

    def is_being_used(self) -> None:
        """Hold the folder's lock, so that nobody takes what is made here for left over.

        Whoever looks for that holds it for a moment; somebody who keeps it is not waited for.
        """
        for _attempt in range(_MOST_ATTEMPTS):
            try:
                fcntl.flock(self.handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_BETWEEN_ATTEMPTS)
            except OSError:
                return  # a file system without locks
            else:
                return

    def _rename(self, new: str, name: str) -> None:
        os.rename(new, name, src_dir_fd=self.handle, dst_dir_fd=self.handle)

    def no_file(self, name: str) -> NoOrdinaryFile:
        """The error about what lies at a name."""
        return NoOrdinaryFile(errno.EINVAL, os.strerror(errno.EINVAL), str(self.path / name))


MayReplace = Callable[[Folder, str, os.stat_result], None]
"""Raises where an ordinary file, in its folder by its name and as it was found there, may not be replaced."""


def whatever_lies_there(_folder: Folder, _name: str, _found: os.stat_result) -> None:
    """Any ordinary file may be replaced: those of the program's own, in a folder that is the person's."""


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A name in the folder of `path` for a file that is to be made whole before it is put in its place.

    For what SQLite makes, which knows files by their names; other files are written by `write`. Whatever lies there in
    the end is removed. What a killed program has left in the folder is removed first: everybody who makes a file holds
    a lock on its folder meanwhile, which the system lets go of with the program. Where a file system has no such locks
    it is left, and in nobody's way. Raises OSError.
    """
    with _making(path) as (folder, new):
        yield folder.path / new


def write(path: Path, data: bytes, mode: int, may_replace: MayReplace | None = None) -> None:
    """Write a file whole, to the disk, and then by its name: a reader sees the old one or the new one.

    What lies there is replaced only where it is an ordinary file and `may_replace` lets it; it keeps its access rights
    and its group, and a new file gets `mode`. A link is never followed: `whose.followed` says where one leads.
    Raises FileExistsError for what is not to be replaced, or is another than was looked at; NoOrdinaryFile; OSError;
    and what `may_replace` raises. What was there is then as it was.
    """
    with _making(path) as (folder, new):
        found = _looked_at(folder, path, may_replace)
        if found is not None:
            mode = stat.S_IMODE(found.st_mode) & 0o777
        with os.fdopen(folder.make(new, mode), "wb") as file:
            if found is not None:
                _keep_group(file.fileno(), found, mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if found is None:
            folder.give_name(new, path.name)
        else:
            folder.replace(new, path.name, found)


def read(path: Path, most: int) -> bytes:
    """The first `most` bytes of an ordinary file that is no link. Raises NoOrdinaryFile, OSError; it never waits."""
    with Folder(path.parent) as folder, os.fdopen(folder.open(path.name), "rb") as file:
        return file.read(most)


def left_over(path: Path) -> list[Path]:
    """What a killed program has left half made in a folder; nothing where the folder is not there or cannot be read."""
    try:
        with Folder(path) as folder:
            return [path / name for name in folder.left_over()]
    except OSError:
        return []


def sweep(path: Path) -> None:
    """Remove what a killed program has left half made in a folder."""
    with suppress(OSError), Folder(path) as folder:
        folder.sweep()


def _looked_at(folder: Folder, path: Path, may_replace: MayReplace | None) -> os.stat_result | None:
    found = folder.look(path.name)
    if found is None:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise folder.no_file(path.name)
    if may_replace is None:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    may_replace(folder, path.name, found)
    return found


def _keep_group(handle: int, found: os.stat_result, mode: int) -> None:
    """Give a file the group of the one that it replaces; one that cannot have it has no rights for its group."""
    if os.fstat(handle).st_gid == found.st_gid:
        return
    try:
        os.fchown(handle, -1, found.st_gid)
    except OSError:
        mode &= ~0o070
    os.fchmod(handle, mode)


@contextmanager
def _making(path: Path) -> Iterator[tuple[Folder, str]]:
    with Folder(path.parent) as folder:
        folder.sweep()
        folder.is_being_used()
        new = f".kvaltui-{os.urandom(10).hex()}.new"
        try:
            yield folder, new
        finally:
            for ending in _COMPANIONS:
                with suppress(OSError):
                    folder.remove(new + ending)
