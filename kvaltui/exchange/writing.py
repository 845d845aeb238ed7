"""Writing a file in one step: a reader sees the old one or the new one, whole, and never anything between."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from kvaltui import half_made
from kvaltui.config import FILE_NAME
from kvaltui.exchange.file_error import FileError, unwritable
from kvaltui.half_made import MayReplace
from kvaltui.model.message import Message
from kvaltui.store.sqlite_file import HEADER, companions
from kvaltui.system.folder import Folder, NoOrdinaryFile
from kvaltui.system.links import ForeignLink, OpenElsewhere, followed


class FileExists(FileError):
    """A file that is there already and that nobody has agreed to have replaced."""


def check_place(path: Path, keep: Iterable[Path] = ()) -> Path:
    """The place, links followed, that a file may be written to, whatever lies there now.

    Never to be written over are the settings of a working folder, a database with its journal, what is no ordinary
    file, what is write-protected, and the files of `keep`, by whatever name they are called. A link that somebody else
    has made is not followed. Raises FileError.
    """
    place = _followed(path)
    if FILE_NAME in (path.name.casefold(), place.name.casefold()):
        raise FileError(
            Message("{file} is the name of the settings of a working folder: choose another name", file=str(path))
        )
    if any(_is_same(place, None, each) for each in keep):
        raise _own(path)
    try:
        with Folder(place.parent) as folder:
            found = folder.look(place.name)
            if found is None:
                return place
            if not stat.S_ISREG(found.st_mode):
                raise folder.no_file(place.name)
            _may_be_replaced(path, keep)(folder, place.name, found)
    except FileNotFoundError:
        return place  # its folder is not there: whoever writes makes it or says so
    except OSError as error:
        raise _told(path, error) from None
    return place


def _followed(path: Path) -> Path:
    if not path.name or "\0" in str(path):
        raise FileError(Message("Write a name for the file"))
    try:
        return followed(path)
    except OSError as error:
        raise _told(path, error) from None


def _may_be_replaced(path: Path, keep: Iterable[Path]) -> MayReplace:
    """What refuses to have a file replaced that belongs to the program, or that its owner has protected."""

    def look(folder: Folder, name: str, found: os.stat_result) -> None:
        # By what it is first: a live database is never opened, not even to see what it is.
        if any(_is_same(folder.path / name, found, each) for each in keep):
            raise _own(path)
        if not found.st_mode & 0o222:
            raise FileError(Message("{file} is write-protected and was left as it is", file=str(path)))
        with os.fdopen(folder.open(name), "rb") as file:
            if file.read(len(HEADER)) == HEADER:
                raise FileError(Message("{file} is a database and is never written over", file=str(path)))

    return look


def _own(path: Path) -> FileError:
    return FileError(Message("{file} belongs to kvaltui itself and is never written over", file=str(path)))


def _told(path: Path, error: OSError) -> FileError:
    """What hinders the writing of a file, in words."""
    if isinstance(error, ForeignLink):
        return FileError(
            Message("{file} leads elsewhere by a link that somebody else has made; it is not followed", file=str(path))
        )
    if isinstance(error, NoOrdinaryFile | OpenElsewhere):
        return FileError(Message("{file} is no ordinary file and is left as it is", file=str(path)))
    return unwritable(str(path), error)


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
    write_there(place, data, mode, _may_be_replaced(path, keep) if replaces else None, called=path)


def write_there(
    place: Path, data: bytes, mode: int, may_replace: MayReplace | None, *, called: Path | None = None
) -> None:
    """Write a file at a place of which no link is followed; `may_replace` is asked about what lies there (None: no).

    Messages name it as it is `called`. Raises FileExists, FileError; what was there is then as it was.
    """
    name = called or place
    try:
        half_made.write(place, data, mode, may_replace)
    except FileExistsError:
        raise FileExists(
            Message(
                "{file} is there already and was left as it is; {option} replaces it", file=str(name), option="--force"
            )
        ) from None
    except OSError as error:
        raise _told(name, error) from None


def _is_same(place: Path, found: os.stat_result | None, other: Path) -> bool:
    """Whether two names are of one file, through links of every kind."""
    try:
        if place == other.resolve():
            return True
        return found is not None and os.path.samestat(found, other.stat())
    except (OSError, RuntimeError):
        return False
