"""Bundles (.kvb): all revisions of one plan in a file, for joining copies that have been apart.

In the sealed container (`sealed_file`) the first line is a header, `{"device": …, "plan": …, "revisions": …,
"statements": […], "title": …}`, and each further line is a revision. Each statement tells what one device has written,
signed by it. It is read as data, never opened as a database.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kvaltui.exchange.reading import MOST_OF_A_BUNDLE, read_file
from kvaltui.exchange.sealed_file import BundleFileError, not_a_bundle, seal, unseal
from kvaltui.model.clean import clean
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store.bundle import Joined, UnprovedRevisions, add_revisions, revisions
from kvaltui.store.errors import BundleError
from kvaltui.store.plans import load_plan
from kvaltui.store.signing import Statement
from kvaltui.store.statements import keep_own_statement, statements
from kvaltui.store.writers import keep_tip

if TYPE_CHECKING:
    from kvaltui.store.database import Database
    from kvaltui.store.proving import Claim

SUFFIX = ".kvb"
_HEADER = {"device": str, "plan": str, "revisions": int, "title": str}
_STATEMENT = {"device": str, "digest": str, "key": str, "revisions": int, "signature": str}
_DIGITS = {"digest": 64, "key": 64, "signature": 128}
_MOST_REVISIONS = 2**31
_HEXADECIMAL = re.compile("[0-9a-f]*").fullmatch


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle as it was read: which plan it is of, from which device, the revisions' lines, and what was signed."""

    name: str
    plan: str
    title: str
    device: str
    lines: tuple[str, ...]
    statements: tuple[Statement, ...] = ()


class UnprovedBundle(BundleFileError):
    """A bundle of which it cannot be proved who wrote what is new in it. Nothing of it has been used."""

    def __init__(self, name: str, claims: Sequence[Claim]) -> None:
        self.claims = tuple(each for each in claims if each.why is not None and each.revisions)
        told = Message("{file} was not taken in: {problem}", file=name, problem=self.claims[0].message)
        if more := len(self.claims) - 1:
            told = Message("{some} and {count} more", some=told, count=more)
        super().__init__(told)


def write_bundle(database: Database, plan: str) -> bytes:
    """All revisions of a plan as a bundle, with what this device and others have signed of them.

    Raises UnknownPlan, DatabaseError.
    """
    keep_own_statement(database, plan)
    keep_tip(database)
    with database.reading():
        title = load_plan(database, plan).plan.title
        lines = revisions(database, plan)
        signed = statements(database, plan)
    header = {
        "device": database.device,
        "plan": plan,
        "revisions": len(lines),
        "statements": [_written(each) for each in signed],
        "title": title,
    }
    return seal([json.dumps(header, ensure_ascii=False), *lines])


def _written(statement: Statement) -> dict[str, Any]:
    return {
        "device": statement.device,
        "digest": statement.digest,
        "key": statement.public_key,
        "revisions": statement.revisions,
        "signature": statement.signature,
    }


def read_bundle(data: bytes, name: str) -> Bundle:
    """Read a bundle; `name` is what messages and the history call it.

    Raises BundleFileError for what is no bundle, is altered or cut anywhere, or is of a later format. The revisions
    themselves are proved when they are joined.
    """
    lines = iter(unseal(data, name))
    header = _header(next(lines, ""), name)
    plan = header["plan"]
    signed = tuple(_statement(plan, each, name) for each in header.pop("statements", ()))
    bundle = Bundle(name, plan, clean(header["title"]), clean(header["device"]), tuple(lines), signed)
    is_one_each = len({each.device for each in signed}) == len(signed)
    if len(bundle.lines) != header["revisions"] or not is_one_each:
        raise not_a_bundle(name)
    return bundle


def _header(line: str, name: str) -> dict[str, Any]:
    found = _values(line, name)
    types = {key: type(value) for key, value in found.items()}
    if types not in (_HEADER, {**_HEADER, "statements": list}):
        raise not_a_bundle(name)
    return found


def _statement(plan: str, value: Any, name: str) -> Statement:
    """A statement of the header. What it says is proved when the bundle is joined."""
    if type(value) is not dict or {key: type(each) for key, each in value.items()} != _STATEMENT:
        raise not_a_bundle(name)
    are_digits = all(len(value[key]) == length and _HEXADECIMAL(value[key]) for key, length in _DIGITS.items())
    if not are_digits or not 0 < value["revisions"] < _MOST_REVISIONS:
        raise not_a_bundle(name)
    return Statement(plan, value["device"], value["key"], value["revisions"], value["digest"], value["signature"])


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


def join(bundle: Bundle, database: Database, *, accepts_unproved: bool = False) -> Joined:
    """Add the revisions of a bundle that are missing here, all or none.

    Raises UnprovedBundle where it cannot be proved who wrote what is new, unless a person `accepts_unproved`;
    BundleFileError for a bundle whose revisions do not fit each other, its header or the plan that is here; and
    DatabaseError. Nothing is stored then.
    """
    devices = set()
    for line in bundle.lines:
        values = _values(line, bundle.name)
        if values.get("plan") != bundle.plan:
            raise not_a_bundle(bundle.name)
        devices.add(str(values.get("device")))
    # Only those who have written something can have signed it: so many signatures, and no more, are checked.
    if not {each.device for each in bundle.statements} <= devices:
        raise not_a_bundle(bundle.name)
    try:
        return add_revisions(
            database,
            bundle.lines,
            received_from=bundle.name,
            statements=bundle.statements,
            accepts_unproved=accepts_unproved,
        )
    except UnprovedRevisions as error:
        raise UnprovedBundle(bundle.name, error.claims) from error
    except BundleError as error:
        raise BundleFileError(Message("{file}: {problem}", file=bundle.name, problem=error.message)) from error
