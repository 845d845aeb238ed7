"""One revision as the journal keeps it: reading and writing the rows of `revision`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from json.encoder import encode_basestring as _quoted
from operator import attrgetter
from types import NoneType
from typing import Any, NamedTuple

from peewee import SQL, Table

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.joining import Joining
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass, field, fields, replace
from kvaltui.store.author import Author
from kvaltui.store.database import Database
from kvaltui.store.errors import DamagedDatabase
from kvaltui.store.merge import Writing, merge
from kvaltui.store.origin import Origin, origin_of
from kvaltui.store.rows import UNREADABLE, chunks, keys_by_kind, unreadable
from kvaltui.store.state import Codec, State, canonical, list_of, texts

NO_CHAIN = "0" * 64
"""What the first revision's chain builds on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision: who set which fields of what to what, when, why, and on which earlier revisions it builds.

    The same on every copy. `at` is when its author's computer says that it was written; nothing is ordered by it.
    `number` counts the revisions of its device in its plan, from 1; 0 is one from before they were counted. `here_at`
    is this copy's alone: when it had the revision first, and never later than `at`.
    """

    id: str
    plan: str
    kind: str
    key: str
    action: str
    parents: tuple[str, ...]
    changed: tuple[str, ...]
    state: State
    account: str
    name: str
    device: str
    at: str
    reason: str
    origin: Origin
    number: int = 0
    here_at: str = field(default="", compare=False)

    @property
    def author(self) -> Author:
        """Who wrote it, as it says."""
        return Author(self.account, self.name)

    @property
    def reference(self) -> Reference:
        """What it is a revision of."""
        return Reference(Kind(self.kind), self.key)

    @property
    def writing(self) -> Writing:
        """The part of it that merging goes by."""
        joining = Joining.of(Kind(self.kind))
        return Writing(self.id, self.parents, frozenset(self.changed), self.state, joining)

    def text(self) -> str:
        """The entry as canonical JSON: a line in a bundle, and what the chain is computed over."""
        lists = {name: canonical(getattr(self, name)) for name in _LISTS}
        values = dict(zip(IN_TEXT, _in_text(self), strict=True), **lists, origin=self.origin.text)
        return text_of(*values.values(), self.number)

    def fields(self) -> dict[str, Any]:
        """The entry as plain values by name, as it travels: one that was not counted has no number."""
        names = NAMES if self.number else UNCOUNTED
        return {name: getattr(self, name) for name in names} | {"origin": self.origin.text}


def merged_entity(entries: Sequence[Entry]) -> AnyEntity:
    """The entity that its revisions (at least one) make. Raises ValueError for a circle of parents."""
    merged = merge([entry.writing for entry in entries])
    by = next(entry for entry in entries if entry.id == merged.heads[-1])
    codec = Codec.of(by.reference.kind)
    return codec.entity(merged.state, contested=merged.contested, changed_at=by.here_at, changed_by=by.name)


def text_of(*content: Any) -> str:
    """The canonical JSON of an entry, whose values come in the order of their names, lists as JSON, the number last.

    As `canonical` of its fields would be, in a third of the time: a bundle of ten thousand is signed and checked by it.
    """
    account, action, at, changed, device, id_, key, kind, name, origin, parents, plan, reason, state, number = content
    counted = f'"number":{number},' if number else ""
    return (
        f'{{"account":{_quoted(account)},"action":{_quoted(action)},"at":{_quoted(at)},"changed":{changed},'
        f'"device":{_quoted(device)},"id":{_quoted(id_)},"key":{_quoted(key)},"kind":{_quoted(kind)},'
        f'"name":{_quoted(name)},{counted}"origin":{_quoted(origin)},"parents":{parents},'
        f'"plan":{_quoted(plan)},"reason":{_quoted(reason)},"state":{state}}}'
    )


NAMES = tuple(each.name for each in fields(Entry) if each.compare)
UNCOUNTED = tuple(name for name in NAMES if name != "number")
"""What a revision from before they were counted has: its text, and so its chain, is what it was then."""
IN_TEXT = tuple(sorted(UNCOUNTED))
"""The order in which `text_of` takes what a revision has."""
_in_text = attrgetter(*IN_TEXT)
_texts = attrgetter("id", "plan", "key", "action", "account", "name", "device", "reason")
_LISTS = ("parents", "changed", "state")
_TABLE = Table("revision")
_LOCAL = ("here_at", "received_at", "received_from", "proof", "chain", "seal")
_ID, _KEY, _PARENTS = map(NAMES.index, ("id", "key", "parents"))
_SEQUENCE = len(NAMES)
_COLUMNS = SQL(", ".join(f'"{name}"' for name in (*NAMES, "sequence", *_LOCAL)))


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry with what only this copy knows of it: its place in the order of arrival, and how it came here.

    `proof` says why it could not be proved who wrote it, "" where that is proved or it was written here; None for one
    from before that was asked. `seal` is what only the device that wrote it here can say about `chain`.
    """

    entry: Entry
    sequence: int
    received_at: str
    received_from: str
    proof: str | None
    chain: str
    seal: str

    @property
    def is_from_here(self) -> bool:
        """Whether it was written in this copy, by whoever had it then."""
        return not self.received_at


def chain(previous: str, entry: Entry, received_at: str, received_from: str, proof: str | None) -> str:
    """The digest, as 64 hexadecimal digits, that ties a row of the journal to all before it."""
    return chain_of_text(previous, entry.text(), entry.here_at, received_at, received_from, proof)


def chain_of_text(
    previous: str, text: str, here_at: str, received_at: str, received_from: str, proof: str | None
) -> str:
    """As `chain`, of an entry's text."""
    texts = [previous, text, received_at, received_from]
    if proof is not None:
        texts += [here_at, proof]
    return hashlib.sha256("\n".join(texts).encode(errors="surrogatepass")).hexdigest()


def select(where: Any = None, *order: str) -> Any:
    """The query for `stored`, narrowed by a condition on columns named in `SQL`, in the order of some columns."""
    query = _TABLE.select(_COLUMNS).order_by(*(SQL(f'"{name}"') for name in order))
    return query if where is None else query.where(where)


def stored(row: Sequence[Any]) -> Stored:
    """Read a row of `select()`. Raises DamagedDatabase for one that holds what no revision holds."""
    try:
        values = dict(zip(NAMES, row, strict=False))
        values["parents"] = () if values["parents"] == "[]" else list_of(str, values["parents"])
        values["changed"] = texts(values["changed"])
        values["state"] = json.loads(values["state"])
        values["origin"] = origin_of(values["origin"])
        sequence, here_at, *local = row[len(NAMES) :]
        each = Stored(Entry(**values, here_at=here_at), sequence, *local)
        _require(each)
    except UNREADABLE as error:
        raise unreadable_revision(row[_SEQUENCE]) from error
    return each


def read(database: Database, where: Any = None, *order: str) -> Iterator[Stored]:
    """The revisions that such a query finds. Only within `database.reading()` or `writing()`."""
    return map(stored, database.execute(select(where, *order)))


def unreadable_revision(sequence: object) -> DamagedDatabase:
    """The error about a revision in the database that is not what the program has ever put there."""
    return DamagedDatabase(Message("Revision {sequence} of the journal cannot be read", sequence=str(sequence)))


def _require(each: Stored) -> None:
    """Raise one of UNREADABLE for what no revision holds."""
    entry = each.entry
    here = (each.received_from, each.chain, each.seal, each.proof or "")
    "".join((*_texts(entry), entry.origin.text, *here))  # a TypeError for what is no text
    for time in {entry.at, entry.here_at or entry.at, each.received_at or entry.at}:
        datetime.fromisoformat(time)
    if type(each.sequence) is not int or type(entry.number) is not int:
        raise TypeError("not a number")
    Codec.of(Kind(entry.kind)).require(entry.state, is_whole=True)


def require_order(found: Sequence[Stored]) -> None:
    """Raise DamagedDatabase where revisions of one thing do not stand after what they build on."""
    places = {each.entry.id: place for place, each in enumerate(found)}
    for place, each in enumerate(found):
        if any(places.get(parent, -1) >= place for parent in each.entry.parents):
            raise unreadable_revision(each.sequence)


def of_entities(
    database: Database, plan: str, references: Iterable[Reference], since: int = 0
) -> dict[Reference, list[Stored]]:
    """All revisions of some entities from a sequence number on, oldest first; entities without any are left out."""
    return {
        reference: _in_order(rows) for reference, rows in _rows_of_entities(database, plan, references, since).items()
    }


def recent(database: Database, plan: str, references: Iterable[Reference], until: int) -> dict[Reference, list[Stored]]:
    """What merging needs of some entities to know them as they were at the sequence number `until`, and since.

    Where each revision builds on the one before it, the last one then says all: it stands here as if it were the first,
    and what was before it, which may be hundreds of changes of one figure, is not taken in.
    """
    found = {}
    for reference, rows in _rows_of_entities(database, plan, references).items():
        start = _end_of_line(rows, until)
        first, *later = _in_order(rows[start or 0 :])
        found[reference] = [first if start is None else replace(first, entry=replace(first.entry, parents=())), *later]
    return found


def _rows_of_entities(
    database: Database, plan: str, references: Iterable[Reference], since: int = 0
) -> dict[Reference, list[tuple[Any, ...]]]:
    """The rows of `select()` of some entities' revisions from a sequence number on, oldest first."""
    found: dict[Reference, list[tuple[Any, ...]]] = {}
    for kind, keys in keys_by_kind(references).items():
        for chunk in chunks(keys):
            of_kind = (SQL('"plan"') == plan) & (SQL('"kind"') == kind.value) & SQL('"key"').in_(chunk)
            if since:
                of_kind &= SQL('"sequence"') >= since
            for row in database.execute(select(of_kind, "sequence")):
                found.setdefault(Reference(kind, row[_KEY]), []).append(row)
    return found


def _in_order(rows: Iterable[Sequence[Any]]) -> list[Stored]:
    found = [stored(row) for row in rows]
    if len(found) > 1:
        require_order(found)
    return found


def _end_of_line(rows: Sequence[Sequence[Any]], until: int) -> int | None:
    """The place of an entity's last revision up to `until`, where it says all for what came after it.

    None where the revisions up to it do not stand in one line, or where a later one does not build on it: what came
    from another copy may build on any earlier one, or on none.
    """
    last, expected = None, "[]"
    known: set[str] = set()
    for place, row in enumerate(rows):
        id_, parents = row[_ID], row[_PARENTS]
        if row[_SEQUENCE] <= until:
            if parents != expected:
                return None
            last, expected, known = place, f'["{id_}"]', {id_}
            continue
        builds_on = json.loads(parents)
        if not builds_on or not known.issuperset(builds_on):
            return None
        known.add(id_)
    return last


def by_ids(database: Database, ids: Iterable[str]) -> list[Stored]:
    """The revisions with these ids, those of them that there are."""
    return [each for chunk in chunks(ids) for each in read(database, SQL('"id"').in_(chunk), "sequence")]


class End(NamedTuple):
    """The journal's last revision, and how many revisions of a plan this device has written."""

    sequence: int
    id: str
    chain: str
    number: int


def end(database: Database, plan: str = "") -> End:
    """Where the journal ends (one that is empty: at 0, with NO_CHAIN), and how far a plan's count by this device is."""
    mark = database.mark
    own = f"SELECT max(number) FROM revision WHERE plan = {mark} AND device = {mark} AND proof = ''"
    last = f"SELECT sequence, id, chain, ({own}) FROM revision ORDER BY sequence DESC LIMIT 1"
    for sequence, id_, chain_, number in database.execute_sql(last, (plan, database.device if plan else "")):
        if type(sequence) is not int or type(id_) is not str or type(chain_) is not str:
            raise unreadable_revision(sequence)
        if type(number) not in (int, NoneType):
            raise unreadable("revision", "number", number)
        return End(sequence, id_, chain_, number or 0)
    return End(0, "", NO_CHAIN, 0)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a revision comes into the journal: when and with which bundle, and why it cannot be proved who wrote it."""

    entry: Entry
    received_at: str = ""
    received_from: str = ""
    proof: str = ""


def append(database: Database, arrivals: Iterable[Arrival], after: End) -> int:
    """Write revisions at the journal's end, which is `after`, and return the sequence number of the last one.

    Only within `database.writing()`.
    """
    from kvaltui.store.row_writing import placeholders
    from kvaltui.store.tables import RevisionRow

    fields_by_name = {name: RevisionRow._meta.fields[name] for name in (*NAMES, *_LOCAL)}
    sql, names = database.compile(RevisionRow.insert(placeholders(fields_by_name)))
    rows, previous = [], after.chain
    for each in arrivals:
        entry = replace(each.entry, here_at=min(each.entry.at, each.received_at or each.entry.at))
        previous = chain(previous, entry, each.received_at, each.received_from, each.proof)
        columns: Mapping[str, Any] = {
            **entry.fields(),
            **{name: canonical(getattr(entry, name)) for name in _LISTS},
            "number": entry.number,
            "here_at": entry.here_at,
            "received_at": each.received_at,
            "received_from": each.received_from,
            "proof": each.proof,
            "chain": previous,
            "seal": "" if each.received_at else database.identity.seal(previous),
        }
        rows.append(tuple([columns[name] for name in names]))
    return database.insert(sql.partition(" RETURNING ")[0], rows) if rows else after.sequence
