"""One revision as the journal keeps it: reading and writing the rows of `revision`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from json.encoder import encode_basestring as _quoted
from types import NoneType
from typing import Any

from peewee import SQL, Table

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.joining import Joining
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass, field, fields, replace
from kvaltui.store.database import Database
from kvaltui.store.errors import DamagedDatabase
from kvaltui.store.merge import Writing
from kvaltui.store.origin import Origin, origin_of
from kvaltui.store.rows import UNREADABLE, chunks, unreadable
from kvaltui.store.state import Codec, State, canonical, list_of, texts

_FEW = 50
"""Up to so many entities are looked at one by one; of more, all revisions are read at once."""
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
        return text_of(
            self.account,
            self.action,
            self.at,
            canonical(self.changed),
            self.device,
            self.id,
            self.key,
            self.kind,
            self.name,
            self.origin.text,
            canonical(self.parents),
            self.plan,
            self.reason,
            canonical(self.state),
            self.number,
        )

    def fields(self) -> dict[str, Any]:
        """The entry as plain values by name, as it travels: one that was not counted has no number."""
        names = NAMES if self.number else UNCOUNTED
        return {name: getattr(self, name) for name in names} | {"origin": self.origin.text}


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
_LISTS = ("parents", "changed", "state")
_TABLE = Table("revision")
_LOCAL = ("here_at", "received_at", "received_from", "proof", "chain", "seal")
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


def select() -> Any:
    """The query for `stored`, to be narrowed and ordered by columns named in `SQL`."""
    return _TABLE.select(_COLUMNS)


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


def unreadable_revision(sequence: object) -> DamagedDatabase:
    """The error about a revision in the database that is not what the program has ever put there."""
    return DamagedDatabase(Message("Revision {sequence} of the journal cannot be read", sequence=str(sequence)))


def _require(each: Stored) -> None:
    """Raise one of UNREADABLE for what no revision holds."""
    entry = each.entry
    told = (
        entry.account,
        entry.name,
        entry.device,
        entry.reason,
        entry.origin.text,
        each.received_from,
        each.chain,
        each.seal,
    )
    "".join((entry.id, entry.plan, entry.key, entry.action, *told, each.proof or ""))  # a TypeError for what is no text
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
    found: dict[Reference, list[Stored]] = {}
    for kind, keys in _keys_by_kind(references).items():
        for chunk in chunks(keys):
            narrowed = _narrowed(select(), plan, kind, chunk)
            for row in database.execute(narrowed.where(SQL('"sequence"') >= since) if since else narrowed):
                each = stored(row)
                found.setdefault(Reference(kind, each.entry.key), []).append(each)
    for of_it in found.values():
        if len(of_it) > 1:
            require_order(of_it)
    return found


def recent(
    database: Database, plan: str, references: Collection[Reference], until: int
) -> dict[Reference, list[Stored]]:
    """What merging needs of some entities to know them as they were at the sequence number `until`, and since.

    Where each revision builds on the one before it, the last one then says all: it stands here as if it were the first,
    and what was before it, which may be hundreds of changes of one figure, is not read.
    """
    if len(references) > _FEW:
        return of_entities(database, plan, references)
    found: dict[Reference, list[Stored]] = {}
    for reference in references:
        start = _end_of_line(database, plan, reference, until)
        since = of_entities(database, plan, [reference], start)
        for first, *later in since.values():
            found[reference] = [replace(first, entry=replace(first.entry, parents=())) if start else first, *later]
    return found


def _end_of_line(database: Database, plan: str, reference: Reference, until: int) -> int:
    """The sequence number of an entity's last revision up to `until`, where it says all for what came after it.

    0 where the revisions up to it do not stand in one line, or where a later one does not build on it: what came from
    another copy may build on any earlier one, or on none.
    """
    query = _narrowed(_TABLE.select(SQL('"sequence", "id", "parents"')), plan, reference.kind, [reference.key])
    last, expected = 0, "[]"
    known: set[str] = set()
    for sequence, id_, parents in database.execute(query):
        if sequence <= until:
            if parents != expected:
                return 0
            last, expected, known = sequence, f'["{id_}"]', {id_}
            continue
        builds_on = json.loads(parents)
        if not builds_on or not known.issuperset(builds_on):
            return 0
        known.add(id_)
    return last


def _keys_by_kind(references: Iterable[Reference]) -> dict[Kind, list[str]]:
    by_kind: dict[Kind, list[str]] = {}
    for kind, key in references:
        by_kind.setdefault(kind, []).append(key)
    return by_kind


def _narrowed(query: Any, plan: str, kind: Kind, keys: Sequence[str]) -> Any:
    return query.where((SQL('"plan"') == plan) & (SQL('"kind"') == kind.value) & SQL('"key"').in_(keys)).order_by(
        SQL('"sequence"')
    )


def by_ids(database: Database, ids: Iterable[str], columns: str = "") -> list[tuple[Any, ...]]:
    """The rows of `select()`, or only some columns of them, of the revisions with these ids."""
    query = _TABLE.select(SQL(columns)) if columns else select()
    rows: list[tuple[Any, ...]] = []
    for chunk in chunks(ids):
        rows += database.execute(query.where(SQL('"id"').in_(chunk)).order_by(SQL('"sequence"')))
    return rows


def last(database: Database) -> tuple[int, str]:
    """Sequence and chain of the journal's last revision; (0, NO_CHAIN) when it is empty."""
    newest_first = _TABLE.select(SQL('"sequence", "chain"')).order_by(SQL('"sequence" DESC')).limit(1)
    for sequence, chain_ in database.execute(newest_first):
        if type(sequence) is not int or type(chain_) is not str:
            raise unreadable_revision(sequence)
        return sequence, chain_
    return 0, NO_CHAIN


def last_number(database: Database, plan: str) -> int:
    """How many revisions of a plan this device has written: the number of the last one."""
    mark = database.mark
    proved = f"SELECT max(number) FROM revision WHERE plan = {mark} AND device = {mark} AND proof = {mark}"
    ((number,),) = database.execute_sql(proved, (plan, database.device, ""))
    if type(number) not in (int, NoneType):
        raise unreadable("revision", "number", number)
    return number or 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a revision comes into the journal: when and with which bundle, and why it cannot be proved who wrote it."""

    entry: Entry
    received_at: str = ""
    received_from: str = ""
    proof: str = ""


def append(database: Database, arrivals: Iterable[Arrival], after: str) -> None:
    """Write revisions at the journal's end, `after` being its last chain. Only within `database.writing()`."""
    from kvaltui.store.row_writing import placeholders
    from kvaltui.store.tables import RevisionRow

    fields_by_name = {name: RevisionRow._meta.fields[name] for name in (*NAMES, *_LOCAL)}
    sql, names = database.compile(RevisionRow.insert(placeholders(fields_by_name)))
    rows = []
    for each in arrivals:
        entry = replace(each.entry, here_at=min(each.entry.at, each.received_at or each.entry.at))
        after = chain(after, entry, each.received_at, each.received_from, each.proof)
        columns: Mapping[str, Any] = {
            **entry.fields(),
            **{name: canonical(getattr(entry, name)) for name in _LISTS},
            "number": entry.number,
            "here_at": entry.here_at,
            "received_at": each.received_at,
            "received_from": each.received_from,
            "proof": each.proof,
            "chain": after,
            "seal": "" if each.received_at else database.identity.seal(after),
        }
        rows.append(tuple([columns[name] for name in names]))
    database.execute_many(sql.partition(" RETURNING ")[0], rows)
