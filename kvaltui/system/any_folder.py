"""What an open folder can do on every system, and what each system has to bring along for it."""

from __future__ import annotations

import errno
import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from kvaltui.model.pattern import pattern

HALF_MADE = pattern(r"(\.kvaltui-[0-9a-f]{20}\.new)(?:-journal|-wal|-shm)?")
"""The names that files have before they are put in their places; the first group is the file's own."""


class NoOrdinaryFile(OSError):
    """What lies at a name is a link, a folder, a pipe, a device or a socket."""


def is_same(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether it is one file, unchanged: the number of one that is removed is given out anew."""
    return os.path.samestat(one, other) and _unchanging(one) == _unchanging(other)


def _unchanging(status: os.stat_result) -> tuple[int, ...]:
    return status.st_mode, status.st_size, status.st_ctime_ns, status.st_mtime_ns


class AnyFolder(ABC):
    """An open folder, by the names in it; none of them is followed as a link.

    Use it in a `with`. Everything raises OSError.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of the folder."""

    @abstractmethod
    def look(self, name: str) -> os.stat_result | None:
        """What lies at a name, a link being a link; None when nothing does."""

    @abstractmethod
    def open(self, name: str) -> int:
        """An ordinary file, opened to be read; it never waits. Raises NoOrdinaryFile for everything else."""

    @abstractmethod
    def append(self, name: str) -> int:
        """A file to append to, made for its owner alone when there is none."""

    @abstractmethod
    def make(self, name: str, mode: int) -> int:
        """A new empty file with these rights, whatever the user's mask, opened to be written.

        Where rights are no such numbers, the file has those that its folder gives it.
        """

    @abstractmethod
    def give_name(self, new: str, name: str) -> None:
        """Give a finished file its name for good. Raises FileExistsError when something has that name."""

    @abstractmethod
    def put(self, new: str, name: str) -> None:
        """Put a finished file in the place of whatever lies at a name."""

    @abstractmethod
    def keep_group(self, handle: int, found: os.stat_result, mode: int) -> None:
        """Give an open file the group of the one that it replaces; one that cannot have it lets no group in."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a name, if it is there."""

    @abstractmethod
    def sync(self) -> None:
        """Make what was renamed survive a power loss, where the system can."""

    @abstractmethod
    def entries(self) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        """What lies in the folder."""

    @abstractmethod
    def making(self, new: str) -> AbstractContextManager[None]:
        """Meanwhile nobody takes the file that is made under a name for left over."""

    @abstractmethod
    def _unused(self, names: list[str]) -> list[str]:
        """Those of the half-made files that are this person's and that no running program is making."""

    def left_over(self) -> list[str]:
        """What a killed program of this person has left half made."""
        try:
            with self.entries() as entries:
                found = sorted(entry.name for entry in entries if HALF_MADE.fullmatch(entry.name))
            return self._unused(found) if found else []
        except OSError:
            return []

    def sweep(self) -> None:
        """Remove what is left over. Where it cannot be, it is in nobody's way."""
        for name in self.left_over():
            with suppress(OSError):
                self.remove(name)

    def replace(self, new: str, name: str, found: os.stat_result) -> None:
        """Put a finished file in the place of `found`. Raises FileExistsError when something else lies there by now."""
        now = self.look(name)
        if now is None or not is_same(now, found):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(self.path / name))
        self.put(new, name)
        self.sync()

    def no_file(self, name: str) -> NoOrdinaryFile:
        """The error about what lies at a name."""
        return NoOrdinaryFile(errno.EINVAL, os.strerror(errno.EINVAL), str(self.path / name))

    def refuse_odd(self, name: str) -> None:
        """Raise NoOrdinaryFile where something else lies at a name than a file."""
        found = self.look(name)
        if found is not None and not stat.S_ISREG(found.st_mode):
            raise self.no_file(name)

    def checked(self, handle: int, name: str) -> int:
        """The handle of what was opened at a name, closed again where it is no file. Raises NoOrdinaryFile."""
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise self.no_file(name)
        return handle


@contextmanager
def scanned(place: int | Path) -> Iterator[Iterator[os.DirEntry[str]]]:
    """What lies in a folder, by its path or as it is open."""
    with os.scandir(place) as entries:
        yield entries
