"""Writing a file in one step: a reader sees the old one or the new one, whole, and never anything between."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from kvaltui.config import FILE_NAME
from kvaltui.exchange.file_error import FileError, unwritable
from kvaltui.half_made import beside
from kvaltui.model.message import Message
from kvaltui.store.sqlite_file import HEADER, companions, put_in_place

_MOST_LINKS = 40


class FileExists(FileError):
    """A file that is there already and that nobody has agreed to have replaced."""


def check_place(path: Path, keep: Iterable[Path] = ()) -> Path:
    """The place, links followed, that a file may be written to, whatever lies there now.

    Never to be written over are the settings of a working folder, a database with its journal, what is no ordinary
    file, and the files of `keep`, by whatever name they are called. Raises FileError.
    """
    if not path.name or "\0" in str(path):
        raise FileError(Message("Write a name for the file"))
    try:
        place = Path(os.path.abspath(path)).resolve()  # noqa: PTH100 - a link is followed, not replaced
        found = place.stat() if os.path.lexists(place) else None
        is_open_elsewhere = _leads_to_open_file(path)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        known = error if isinstance(error, OSError) else OSError(errno.ELOOP, str(error))
        raise unwritable(str(path), known) from None
    if FILE_NAME in (path.name.casefold(), place.name.casefold()):
        raise FileError(
            Message("{file} is the name of the settings of a working folder: choose another name", file=str(path))
        )
    if is_open_elsewhere or (found is not None and not stat.S_ISREG(found.st_mode)):
        raise FileError(Message("{file} is no ordinary file and is left as it is", file=str(path)))
    if any(_is_same(place, found, each) for each in keep):
        raise FileError(Message("{file} belongs to kvaltui itself and is never written over", file=str(path)))
    if found is not None and _is_database(place):
        raise FileError(Message("{file} is a database and is never written over", file=str(path)))
    return place


def own_files(database: Path | None, settings: Path | None) -> list[Path]:
    """What nothing may be written over: the database with what SQLite keeps beside it, and the settings around it."""
    files = [Path(FILE_NAME)]
    if settings is not None:
        files.append(settings)
    if database is not None:
        folders = (database.parent, database.parent.parent)
        files += [database, *companions(database), *(folder / FILE_NAME for folder in folders)]
    return files


def write_file(
    path: Path, data: bytes, mode: int = 0o600, *, replaces: bool = False, keep: Iterable[Path] = ()
) -> None:
    """Write `data` under a temporary name, to the disk, and then by its own name.

    What is there is replaced only where that `replaces`, and keeps its access rights; a new file gets `mode`. What
    `check_place` keeps is never replaced. Raises FileExists, FileError; what was there is then as it was.
    """
    place = check_place(path, keep)
    try:
        is_there = place.exists()
        if is_there and not replaces:
            raise _exists(path)
        if is_there:
            mode = stat.S_IMODE(place.stat().st_mode)
        with beside(place) as new:
            _write(new, data, mode)
            if is_there:
                new.replace(place)
                _sync_folder(place.parent)
            else:
                put_in_place(new, place)
    except FileExistsError:
        raise _exists(path) from None
    except OSError as error:
        raise unwritable(str(place), error) from None


def _exists(path: Path) -> FileExists:
    return FileExists(
        Message("{file} is there already and was left as it is; {option} replaces it", file=str(path), option="--force")
    )


def _is_same(place: Path, found: os.stat_result | None, other: Path) -> bool:
    """Whether two names are of one file, through links of every kind."""
    try:
        if place == other.resolve():
            return True
        return found is not None and os.path.samestat(found, other.stat())
    except (OSError, RuntimeError):
        return False


def _leads_to_open_file(path: Path) -> bool:
    """Whether a path leads through what a process has open, as /dev/stdout does: no place for a file of its own."""
    here = Path(os.path.abspath(path))  # noqa: PTH100 - links are followed one by one
    for _link in range(_MOST_LINKS):
        here = here.parent.resolve() / here.name
        if here.is_relative_to("/proc"):
            return True
        if not here.is_symlink():
            return False
        here = here.parent / here.readlink()
    return False


def _is_database(place: Path) -> bool:
    try:
        with place.open("rb") as file:
            return file.read(len(HEADER)) == HEADER
    except OSError:
        return False  # what cannot be read is told when it is to be written


def _write(path: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
        path.chmod(mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some shared folders cannot be synced; the file itself has been
    finally:
        os.close(descriptor)
