"""Bundles (.kvb): all revisions of one plan in a file, for joining copies that have been apart.

In the sealed container (`sealed_file`) the first line is a header, `{"device": …, "plan": …, "revisions": …,
"title": …}`, and each further line is a revision. It is read as data, never opened as a database.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kvaltui.exchange.reading import MOST_OF_A_BUNDLE, read_file
from kvaltui.exchange.sealed_file import BundleFileError, not_a_bundle, seal, unseal
from kvaltui.model.clean import clean
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store.bundle import Joined, add_revisions, revisions
from kvaltui.store.errors import BundleError
from kvaltui.store.plans import load_plan

if TYPE_CHECKING:
    from kvaltui.store.database import Database

SUFFIX = ".kvb"
_HEADER = {"device": str, "plan": str, "revisions": int, "title": str}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as it was read: which plan it is of, from which device, and the revisions' lines."""

    name: str
    plan: str
    title: str
    device: str
    lines: tuple[str, ...]


def write_bundle(database: Database, plan: str) -> bytes:
    """All revisions of a plan as a bundle. Raises UnknownPlan, DatabaseError."""
    with database.reading():
        title = load_plan(database, plan).plan.title
        lines = revisions(database, plan)
    header = {"device": database.device, "plan": plan, "revisions": len(lines), "title": title}
    return seal([json.dumps(header, ensure_ascii=False), *lines])


def read_bundle(data: bytes, name: str) -> Bundle:
    """Read a bundle; `name` is what messages and the history call it.

    Raises BundleFileError for what is no bundle, is altered or cut anywhere, or is of a later format. The revisions
    themselves are proved when they are joined.
    """
    lines = iter(unseal(data, name))
    header = _header(next(lines, ""), name)
    bundle = Bundle(name, header["plan"], clean(header["title"]), clean(header["device"]), tuple(lines))
    if len(bundle.lines) != header["revisions"]:
        raise not_a_bundle(name)
    return bundle


def _header(line: str, name: str) -> dict[str, Any]:
    found = _values(line, name)
    if {key: type(value) for key, value in found.items()} != _HEADER:
        raise not_a_bundle(name)
    return found


def _values(line: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        raise not_a_bundle(name) from None
    if not isinstance(found, dict):
        raise not_a_bundle(name)
    return found


def read_bundle_file(path: Path) -> Bundle:
    """Read a bundle from disk. Raises BundleFileError, FileError when it cannot be opened."""
    return read_bundle(read_file(path, MOST_OF_A_BUNDLE), path.name)


def join(bundle: Bundle, database: Database, *, try_only: bool = False) -> Joined:
    """Add the revisions of a bundle that are missing here, all or none; with `try_only` only say what that would do.

    Raises BundleFileError for a bundle whose revisions do not fit each other, its header or the plan that is here, and
    DatabaseError; nothing is stored then.
    """
    if any(_values(line, bundle.name).get("plan") != bundle.plan for line in bundle.lines):
        raise not_a_bundle(bundle.name)
    try:
        return add_revisions(database, bundle.lines, received_from=bundle.name, try_only=try_only)
    except BundleError as error:
        raise BundleFileError(Message("{file}: {problem}", file=bundle.name, problem=error.message)) from error
