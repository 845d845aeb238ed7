"""A folder that people share (USB, file share, mail) as the meeting place of their copies.

Each copy writes one file there, its own bundle, and takes in everybody else's. Nobody writes in another's file, so that
nobody needs a lock, and a folder that is carried about joins as well as one on a network.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.exchange.bundle_file import SUFFIX, Bundle, join, read_bundle, write_bundle
from kvaltui.exchange.file_error import FileError, unreadable
from kvaltui.exchange.reading import read_bundle_in
from kvaltui.exchange.slug import slug
from kvaltui.exchange.writing import FileExists, write_there
from kvaltui.half_made import Folder, is_same
from kvaltui.model.clean import clean
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass

if TYPE_CHECKING:
    from kvaltui.store.bundle import Joined
    from kvaltui.store.database import Database

_MOST_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody's bundle that was taken in, and what it added."""

    bundle: Bundle
    joined: Joined


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that was not taken in, and why. It is left as it is; the others are taken in all the same."""

    name: str
    problem: Message


@dataclass(frozen=True, slots=True)
class Synced:
    """What a round through the folder did: the file that this copy wrote, and everybody else's."""

    written: Path
    taken: tuple[Taken, ...]
    passed: tuple[Passed, ...]


def sync(database: Database, plan: str, folder: Path) -> Synced:
    """Take in the bundles of the plan that lie in `folder`, and write this copy's own there, with all that it then has.

    This copy's own is taken in as well before it is replaced: after a restore it knows what the database does not.
    A bundle that is damaged or does not fit is passed by and told, and so is a link or what else is no file: the folder
    is one that others write in. Raises FileError when the folder cannot be read or written, or when something else lies
    where this copy's own bundle would, UnknownPlan, DatabaseError.
    """
    own = f"{plan}-{slug(database.device)}{SUFFIX}"
    taken: list[Taken] = []
    passed: list[Passed] = []
    names, mode = _bundles(folder, own)
    if own in names:
        _own_bundle(database, plan, folder / own)
    for name in names:
        try:
            bundle = _read(folder, name, database)[0]
            if bundle.plan != plan:
                continue
            joined = join(bundle, database)
            if name != own or joined.new:
                taken.append(Taken(bundle, joined))
        except FileError as error:
            passed.append(Passed(name, error.message))
    _write_own(database, plan, folder / own, mode)
    return Synced(folder / own, tuple(taken), tuple(passed))


def _read(folder: Path, name: str, database: Database) -> tuple[Bundle, os.stat_result]:
    try:
        with Folder(folder) as opened:
            data, status = read_bundle_in(opened, name, database.path)
    except OSError as error:
        raise unreadable(str(folder), error) from None
    return read_bundle(data, name), status


def _own_bundle(database: Database, plan: str, path: Path) -> os.stat_result:
    """What lies where this copy's bundle is written, if it is one of this copy's. Raises FileError."""
    try:
        bundle, status = _read(path.parent, path.name, database)
    except FileError as error:
        raise _not_ours(path, error.message) from None
    if (bundle.device, bundle.plan) != (clean(database.device), plan):
        raise _not_ours(path, Message("it is a bundle of {device}", device=bundle.device))
    return status


def _not_ours(path: Path, problem: Message) -> FileError:
    return FileError(
        Message(
            "{file} lies where the bundle of this copy is to be, and was left as it is: {problem}. Move it away first",
            file=str(path),
            problem=problem,
        )
    )


def _write_own(database: Database, plan: str, path: Path, mode: int) -> None:
    """Write this copy's bundle over nothing but an earlier one of its own; another of its windows may do so too."""

    def may_replace(_folder: Folder, _name: str, found: os.stat_result) -> None:
        if not is_same(found, _own_bundle(database, plan, path)):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))

    data = write_bundle(database, plan)
    for attempt in range(_MOST_ATTEMPTS):
        try:
            write_there(path, data, mode, may_replace)
            return
        except FileExists:
            _own_bundle(database, plan, path)
            if attempt == _MOST_ATTEMPTS - 1:
                raise _not_ours(path, Message("it has come there just now")) from None


def _bundles(folder: Path, own: str) -> tuple[list[str], int]:
    """The names of what lies in a folder as bundles, and the rights of a new one: of those who may read the folder."""
    try:
        with Folder(folder) as opened, os.scandir(opened.handle) as entries:
            names = sorted(entry.name for entry in entries if entry.name == own or _is_called_a_bundle(entry))
            mode = 0o600 | os.fstat(opened.handle).st_mode & 0o044
    except OSError as error:
        raise unreadable(str(folder), error) from None
    return names, mode


def _is_called_a_bundle(entry: os.DirEntry[str]) -> bool:
    has_name = entry.name.casefold().endswith(SUFFIX) and not entry.name.startswith(".")
    return has_name and not entry.is_dir(follow_symlinks=False)
