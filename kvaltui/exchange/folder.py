"""A folder that people share (USB, file share, mail) as the meeting place of their copies.

Each copy writes one file there, its own bundle, and takes in everybody else's. Nobody writes in another's file, so that
nobody needs a lock, and a folder that is carried about joins as well as one on a network.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.exchange.bundle_file import SUFFIX, Bundle, join
from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.meeting_folder import bundles_in, check_own, read_there, write_own
from kvaltui.exchange.slug import slug
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass

if TYPE_CHECKING:
    from kvaltui.store.bundle import Joined
    from kvaltui.store.database import Database


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
    A bundle that is damaged or does not fit is passed by and told. Raises FileError when the folder cannot be read or
    written, or something else lies where this copy's own would, UnknownPlan, DatabaseError.
    """
    own = folder / f"{plan}-{slug(database.device)}{SUFFIX}"
    taken: list[Taken] = []
    passed: list[Passed] = []
    check_own(own, database, plan)
    for path in bundles_in(folder, own.name):
        try:
            bundle = read_there(path, database)
            if bundle.plan != plan:
                continue
            joined = join(bundle, database)
            if path.name != own.name or joined.new:
                taken.append(Taken(bundle, joined))
        except FileError as error:
            passed.append(Passed(path.name, error.message))
    write_own(own, database, plan)
    return Synced(own, tuple(taken), tuple(passed))
