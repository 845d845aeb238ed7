"""A folder that people share (USB, file share, mail) as the meeting place of their copies.

Each copy writes one file there, its own bundle, and takes in everybody else's. Nobody writes in another's file, so that
nobody needs a lock, and a folder that is carried about joins as well as one on a network.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kvaltui.exchange.bundle_file import SUFFIX, Bundle, UnprovedBundle, join
from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.meeting_folder import bundles_in, check_own, read_there, write_own
from kvaltui.exchange.slug import slug
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass, replace
from kvaltui.store.bundle import what_lacks
from kvaltui.store.dropping import only_tried

if TYPE_CHECKING:
    from kvaltui.store.bundle import Joined
    from kvaltui.store.changes import PlanChange
    from kvaltui.store.database import Database


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody's bundle that was taken in, and what it added.

    `giving` is, of what is only tried, what its copy lacks, as far as the bundle tells, and would get from this one.
    """

    bundle: Bundle
    joined: Joined
    giving: tuple[PlanChange, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(self.joined.new or self.joined.claims or self.giving)


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that was not taken in, and why. It is left as it is; the others are taken in all the same.

    `is_unproved`: it would be, if a person said that what cannot be proved is to be taken in.
    """

    name: str
    problem: Message
    is_unproved: bool = False


@dataclass(frozen=True, slots=True)
class Synced:
    """What a round through the folder did: the file that this copy wrote, and everybody else's."""

    written: Path
    taken: tuple[Taken, ...]
    passed: tuple[Passed, ...]


def try_sync(database: Database, plan: str, folder: Path, *, accepts_unproved: bool = False) -> Synced:
    """What `sync` would do: nothing is stored here nor written in the folder. Raises as that does."""
    own = _own_file(database, plan, folder)
    with only_tried(database):
        taken, passed = _take_in(database, plan, own, accepts_unproved)
        taken = tuple(replace(each, giving=what_lacks(database, plan, each.bundle.lines)) for each in taken)
        return Synced(own, taken, passed)


def sync(database: Database, plan: str, folder: Path, *, accepts_unproved: bool = False) -> Synced:
    """Take in the bundles of the plan that lie in `folder`, and write this copy's own there, with all that it then has.

    This copy's own is taken in as well before it is replaced: after a restore it knows what the database does not.
    A bundle that is damaged or does not fit is passed by and told; so is one of which it cannot be proved who wrote
    what is new in it, unless a person `accepts_unproved`. Raises FileError when the folder cannot be read or written,
    or something else lies where this copy's own would, UnknownPlan, DatabaseError.
    """
    own = _own_file(database, plan, folder)
    check_own(own, database, plan)
    taken, passed = _take_in(database, plan, own, accepts_unproved)
    write_own(own, database, plan)
    return Synced(own, taken, passed)


def _own_file(database: Database, plan: str, folder: Path) -> Path:
    return folder / f"{plan}-{slug(database.device)}{SUFFIX}"


def _take_in(
    database: Database, plan: str, own: Path, accepts_unproved: bool
) -> tuple[tuple[Taken, ...], tuple[Passed, ...]]:
    """Take in every bundle of the plan beside this copy's own file, one after the other."""
    taken: list[Taken] = []
    passed: list[Passed] = []
    unproved: list[Bundle] = []

    def take_in(bundle: Bundle) -> None:
        joined = join(bundle, database, accepts_unproved=accepts_unproved)
        if bundle.name != own.name or joined.new:
            taken.append(Taken(bundle, joined))

    for path in bundles_in(own.parent, own.name):
        try:
            bundle, _status = read_there(path, database)
            if bundle.plan == plan:
                take_in(bundle)
        except UnprovedBundle:
            unproved.append(bundle)
        except FileError as error:
            passed.append(Passed(path.name, error.message))
    # What one bundle cannot prove another may have brought, signed by who wrote it.
    for bundle in unproved:
        try:
            take_in(bundle)
        except FileError as error:
            passed.append(Passed(bundle.name, error.message, isinstance(error, UnprovedBundle)))
    return tuple(taken), tuple(passed)
