"""An open folder on Windows, where names are looked up by their paths, and what is open cannot be replaced.

What another program has open for a moment (those that look for viruses open every new file) is waited for.
"""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from kvaltui.system.any_folder import HALF_MADE, AnyFolder, scanned
from kvaltui.system.security_windows import make_private_folder

_PRIVATE = os.O_BINARY | os.O_NOINHERIT
_IN_USE = "-using"
"""Ends the name of the empty file that is open while another is made."""
_MOST_ATTEMPTS = 50
_BETWEEN_ATTEMPTS = 0.02
"""Seconds."""


class Folder(AnyFolder):
    """A folder by its path. None of its names is followed as a link.

    Use it in a `with`. Everything raises OSError.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        if not stat.S_ISDIR(path.stat().st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))

    def close(self) -> None:
        """Nothing is held."""

    def look(self, name: str) -> os.stat_result | None:
        try:
            return os.lstat(self.path / name)
        except FileNotFoundError:
            return None

    def open(self, name: str) -> int:
        """An ordinary file, opened to be read. Raises NoOrdinaryFile for everything else."""
        self.refuse_odd(name)
        return self.checked(os.open(self.path / name, os.O_RDONLY | _PRIVATE), name)

    def append(self, name: str) -> int:
        """A file to append to, made with the folder's rights when there is none."""
        self.refuse_odd(name)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | _PRIVATE
        return self.checked(os.open(self.path / name, flags, 0o600), name)

    def make(self, name: str, mode: int) -> int:
        """A new empty file, opened to be written. It has the rights that its folder gives it."""
        return os.open(self.path / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PRIVATE, 0o600)

    def give_name(self, new: str, name: str) -> None:
        # A rename replaces nothing on this system.
        self._patiently(name, lambda: (self.path / new).rename(self.path / name))

    def put(self, new: str, name: str) -> None:
        self._patiently(name, lambda: (self.path / new).replace(self.path / name))

    def keep_group(self, handle: int, found: os.stat_result, mode: int) -> None:
        """Files have no group here."""

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            (self.path / name).unlink()

    def sync(self) -> None:
        """A folder is not synced here: the file system keeps a journal of its names."""

    def entries(self) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        return scanned(self.path)

    @contextmanager
    def making(self, new: str) -> Iterator[None]:
        """Hold a file beside it open: nobody can remove one that is, and of a killed program everybody can."""
        sign = new + _IN_USE
        handle = self.make(sign, 0o600)
        try:
            yield
        finally:
            os.close(handle)
            with suppress(OSError):
                self.remove(sign)

    def _unused(self, names: list[str]) -> list[str]:
        return [name for name in names if not self._is_in_use(name)]

    def _is_in_use(self, name: str) -> bool:
        own = HALF_MADE.fullmatch(name)
        assert own is not None
        try:
            self.remove(own[1] + _IN_USE)
        except OSError:
            return True
        return False

    def _patiently(self, name: str, rename: Callable[[], object]) -> None:
        """Rename, trying again while somebody has one of the files open. Raises OSError with EBUSY in the end."""
        for _attempt in range(_MOST_ATTEMPTS):
            try:
                rename()
            except FileExistsError:
                raise
            except PermissionError:
                time.sleep(_BETWEEN_ATTEMPTS)
            else:
                return
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(self.path / name))


def make_folder(folder: Path, *, shared: bool) -> None:
    """Make a folder, and those above it, for its owner alone; with `shared` for those who may use the one it lies in.

    Raises FileExistsError where something is there, OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if shared:
        folder.mkdir()
    else:
        make_private_folder(folder)
