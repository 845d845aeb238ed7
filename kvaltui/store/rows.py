"""Reading the rows of a plan's entities, as the dataclasses of the model."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, reduce
from itertools import islice, repeat
from operator import or_
from typing import TYPE_CHECKING, Any, TypeVar

from kvaltui.model.content import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.references import LIST_REFERENCES, REFERENCES
from kvaltui.store.reading import Readable
from kvaltui.store.state import Codec, Shape, texts

if TYPE_CHECKING:
    from kvaltui.store.database import Database

T = TypeVar("T")
_CHUNK = 500
"""Keys in one query: SQLite takes 999 values in its older versions."""
_ROWS = 1_000
"""Rows taken in at a time."""


def chunks(items: Iterable[T], size: int = _CHUNK) -> Iterator[tuple[T, ...]]:
    """The items in their order, at most `size` at a time."""
    iterator = iter(items)
    while chunk := tuple(islice(iterator, size)):
        yield chunk


class Reader:
    """Reads the entities of one kind.

    The queries are plain SQL of the kind that every database speaks: Peewee's models and query builder would cost a
    reader of a small plan as much as all the rest (`status` must be there before the key is let go of).
    """

    def __init__(self, kind: Kind) -> None:
        codec = Codec.of(kind)
        shapes = (*codec.shapes, Shape(from_column=texts), Shape(), Shape())
        names = (*codec.names, "contested", "changed_at", "changed_by")
        # They fill a frozen object's slots: quicker than its __init__, which finds each slot by its name once more.
        setters = [getattr(codec.type, name).__set__ for name in names]
        self._type = codec.type
        self._fields = [(set_field, shape.from_column) for shape, set_field in zip(shapes, setters, strict=True)]
        columns = names if "key" in names else (*names, "key")
        self._key = columns.index("key")
        self._select = f"""SELECT {", ".join(f'"{name}"' for name in columns)} FROM "{kind.value}" WHERE """
        self._plan = '"key" = ' if kind is Kind.PLAN else '"plan" = '
        self._order = ' ORDER BY "order", "key"' if "order" in names else ' ORDER BY "key"'

    @staticmethod
    def of(kind: Kind) -> Reader:
        """The reader of a kind. Made once."""
        return _reader(kind)

    def read(self, database: Readable, plan: str | None, keys: Sequence[str] | None = None) -> dict[str, AnyEntity]:
        """The entities of a plan (None: of all plans) by key, in the plan's order; with `keys` only those.

        Only within `database.reading()` or `writing()`.
        """
        mark = database.mark
        select, values = (self._select + "1 = 1", ()) if plan is None else (self._select + self._plan + mark, (plan,))
        if keys is None:
            return self._entities(database.execute_sql(select + self._order, values))
        found: dict[str, AnyEntity] = {}
        for chunk in chunks(keys):
            among = f' AND "key" IN ({", ".join([mark] * len(chunk))})'
            found |= self._entities(database.execute_sql(select + among + self._order, (*values, *chunk)))
        return found

    def _entities(self, cursor: Any) -> dict[str, AnyEntity]:
        """Column by column, so that no step is taken in Python for each of a hundred thousand values.

        A text that stands in several rows is kept once: most do, and they would be half of a large plan's memory.
        """
        found: dict[str, AnyEntity] = {}
        kept: dict[Any, Any] = {}
        while rows := cursor.fetchmany(_ROWS):
            columns = list(zip(*rows, strict=True))
            entities = list(map(object.__new__, repeat(self._type, len(rows))))
            for (set_field, convert), column in zip(self._fields, columns, strict=False):
                values = map(kept.setdefault, column, column) if convert is None else map(convert, column)
                deque(map(set_field, entities, values), maxlen=0)
            found.update(zip(columns[self._key], entities, strict=True))
        return found


@cache
def _reader(kind: Kind) -> Reader:
    return Reader(kind)


def read_one(database: Readable, plan: str, reference: Reference) -> AnyEntity | None:
    """One entity, or None. Only within `database.reading()` or `writing()`."""
    return Reader.of(reference.kind).read(database, plan, [reference.key]).get(reference.key)


def naming(database: Database, plan: str, kind: Kind, reference: Reference) -> dict[str, AnyEntity]:
    """The entities of a kind that name another one, by key, and perhaps a few that only seem to.

    Only within `database.reading()` or `writing()`.
    """
    from peewee import SQL, Table

    fields = [field for (of_kind, field), named in REFERENCES.items() if (of_kind, named) == (kind, reference.kind)]
    lists = [field for (of_kind, field), named in LIST_REFERENCES.items() if (of_kind, named) == (kind, reference.kind)]
    conditions = [SQL(f'"{field}"') == reference.key for field in fields]
    conditions += [SQL(f'"{field}"') ** f'%"{reference.key}"%' for field in lists]
    if kind is Kind.ASSESSMENT:
        conditions.append(SQL('"subject"') == reference.key)
    query = Table(kind.value).select(SQL('"key"')).where((SQL('"plan"') == plan) & reduce(or_, conditions))
    return Reader.of(kind).read(database, plan, [key for (key,) in database.execute(query)])
