"""One revision as the journal keeps it: reading and writing the rows of `revision`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from peewee import SQL, Table

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.value import dataclass, fields, replace
from kvaltui.store.database import Database
from kvaltui.store.merge import Writing
from kvaltui.store.rows import chunks
from kvaltui.store.state import State, canonical

_FEW = 50
"""Up to so many entities are looked at one by one; of more, all revisions are read at once."""
NO_CHAIN = "0" * 64
"""What the first revision's chain builds on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision: who set which fields of what to what, when, why, and on which earlier revisions it builds.

    The same on every copy. `origin` says where it comes from: "" (typed in), "file …", "bundle …", "undo …", "redo …".
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
    origin: str

    @property
    def reference(self) -> Reference:
        """What it is a revision of."""
        return Reference(Kind(self.kind), self.key)

    @property
    def writing(self) -> Writing:
        """The part of it that merging goes by."""
        return Writing(self.id, self.at, self.parents, frozenset(self.changed), self.state)

    def text(self) -> str:
        """The entry as canonical JSON: a line in a bundle, and what the chain is computed over."""
        return canonical(self.fields())

    def fields(self) -> dict[str, Any]:
        """The entry as plain values by name."""
        return {name: getattr(self, name) for name in NAMES}


NAMES = tuple(field.name for field in fields(Entry))
_LISTS = ("parents", "changed", "state")
_TABLE = Table("revision")
_LOCAL = ("received_at", "received_from", "chain")
_COLUMNS = SQL(", ".join(f'"{name}"' for name in (*NAMES, "sequence", *_LOCAL)))


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry with what only this copy knows of it: its place in the order of arrival, and how it came here."""

    entry: Entry
    sequence: int
    received_at: str
    received_from: str
    chain: str


def chain(previous: str, entry: Entry, received_at: str, received_from: str) -> str:
    """The digest, as 64 hexadecimal digits, that ties a row of the journal to all before it."""
    text = "\n".join((previous, entry.text(), received_at, received_from))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def select() -> Any:
    """The query for `stored`, to be narrowed and ordered by columns named in `SQL`."""
    return _TABLE.select(_COLUMNS)


def stored(row: Sequence[Any]) -> Stored:
    """Read a row of `select()`."""
    values = dict(zip(NAMES, row, strict=False))
    for name in ("parents", "changed"):
        values[name] = tuple(json.loads(values[name]))
    values["state"] = json.loads(values["state"])
    return Stored(Entry(**values), *row[len(NAMES) :])


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
    """The sequence number of an entity's last revision up to `until`, 0 where they do not stand in one line."""
    query = _narrowed(_TABLE.select(SQL('"sequence", "id", "parents"')), plan, reference.kind, [reference.key])
    last, expected = 0, "[]"
    for sequence, id_, parents in database.execute(query):
        if sequence > until:
            break
        if parents != expected:
            return 0
        last, expected = sequence, f'["{id_}"]'
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
        return sequence, chain_
    return 0, NO_CHAIN


def latest_time(database: Database, plan: str) -> str:
    """The latest time in a plan's journal, "" when it is empty."""
    ((at,),) = database.execute(_TABLE.select(SQL('max("at")')).where(SQL('"plan"') == plan))
    return at or ""


def append(
    database: Database, entries: Iterable[Entry], after: str, received_at: str = "", received_from: str = ""
) -> None:
    """Write entries at the journal's end, `after` being its last chain. Only within `database.writing()`."""
    from kvaltui.store.row_writing import placeholders
    from kvaltui.store.tables import RevisionRow

    fields_by_name = {name: RevisionRow._meta.fields[name] for name in (*NAMES, *_LOCAL)}
    sql, names = database.compile(RevisionRow.insert(placeholders(fields_by_name)))
    rows = []
    for entry in entries:
        after = chain(after, entry, received_at, received_from)
        columns: Mapping[str, Any] = {
            **entry.fields(),
            **{name: canonical(getattr(entry, name)) for name in _LISTS},
            "received_at": received_at,
            "received_from": received_from,
            "chain": after,
        }
        rows.append(tuple([columns[name] for name in names]))
    database.execute_many(sql.partition(" RETURNING ")[0], rows)
