"""Reading the rows of a plan's entities, as the dataclasses of the model."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial, reduce
from itertools import islice, repeat
from operator import or_
from typing import TYPE_CHECKING, Any, TypeVar

from kvaltui.model.clean import excerpt
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import LARGEST_NUMBER, LONGEST_PROSE, RULES
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.references import OWNED, fields_naming
from kvaltui.model.value import dataclass
from kvaltui.store.errors import DamagedDatabase
from kvaltui.store.reading import Readable
from kvaltui.store.state import TEXT, Codec, Shape, texts

if TYPE_CHECKING:
    from kvaltui.store.database import Database

T = TypeVar("T")
_CHUNK = 500
"""Keys in one query: SQLite takes 999 values in its older versions."""
_ROWS = 1_000
"""Rows taken in at a time."""
_SHOWN = 80
_LONGEST = LONGEST_PROSE
"""Characters of a text in a row: more are not taken in, whatever column they stand in."""
_A_TIME = "2022-11-30T12:00:00.000Z"
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError, KvaltuiError)
"""What reading a value raises that is not what it should be."""


def chunks(items: Iterable[T], size: int = _CHUNK) -> Iterator[tuple[T, ...]]:
    """The items in their order, at most `size` at a time."""
    iterator = iter(items)
    while chunk := tuple(islice(iterator, size)):
        yield chunk


_BEGINNINGS = ("table", "slug", "subject_kind", "subject", "indicator", "area", "self_check", "period")
"""The fields that the keys of what is owned begin with, in their order."""


@dataclass(frozen=True, slots=True)
class _Column:
    """How the values of a column become those of a field; `requires` raises for what may not stand there."""

    name: str
    set_field: Callable[[Any, Any], None]
    convert: Callable[[Any], Any] | None
    requires: tuple[Callable[[Sequence[Any]], None], ...]


class Reader:
    """Reads the entities of one kind. What a row holds that its thing cannot hold is refused: see `DamagedDatabase`.

    The queries are plain SQL of the kind that every database speaks: Peewee's models and query builder would cost a
    reader of a small plan as much as all the rest (`status` must be there before the key is let go of).
    """

    def __init__(self, kind: Kind) -> None:
        codec = Codec.of(kind)
        shapes = (*codec.shapes, Shape(TEXT.fits, from_column=texts), TEXT, TEXT)
        names = (*codec.names, "contested", "changed_at", "changed_by")
        # They fill a frozen object's slots: quicker than its __init__, which finds each slot by its name once more.
        setters = [getattr(codec.type, name).__set__ for name in names]
        self._type = codec.type
        self._kind = kind
        self._columns = [
            _Column(name, set_field, shape.from_column, tuple(_requirements(kind, name, shape)))
            for name, shape, set_field in zip(names, shapes, setters, strict=True)
        ]
        columns = names if "key" in names else (*names, "key")
        self._key = columns.index("key")
        # What a figure's key begins with: taken from the fields, so that a row that says otherwise is found.
        self._begins = tuple(names.index(name) for name in _BEGINNINGS if name in names) if kind in OWNED else ()
        # With the table's name before it, since SQLite takes a name in quotes that no column has for a text.
        listed = ", ".join(f'"{kind.value}"."{name}"' for name in columns)
        self._select = f'SELECT {listed} FROM "{kind.value}" WHERE '
        self._plan = '"key" = ' if kind is Kind.PLAN else '"plan" = '
        self._order = ' ORDER BY "order", "key"' if "order" in names else ' ORDER BY "key"'

    @staticmethod
    @cache
    def of(kind: Kind) -> Reader:
        """The reader of a kind. Made once."""
        return Reader(kind)

    def read(self, database: Readable, plan: str | None, keys: Sequence[str] | None = None) -> dict[str, AnyEntity]:
        """The entities of a plan (None: of all plans) by key, in the plan's order; with `keys` only those.

        Only within `database.reading()` or `writing()`. Raises DamagedDatabase, naming the row and the field that hold
        what they cannot hold.
        """
        found: dict[str, AnyEntity] = {}
        kept: dict[Any, Any] = {}
        for cursor in self._cursors(database, plan, keys):
            while rows := cursor.fetchmany(_ROWS):
                found.update(self._entities(rows, kept))
        return found

    def read_what_can_be_read(
        self, database: Readable, plan: str | None
    ) -> tuple[dict[str, AnyEntity], dict[Any, DamagedDatabase]]:
        """As `read`, and by their keys what is wrong with the rows that cannot be read."""
        found: dict[str, AnyEntity] = {}
        faults: dict[Any, DamagedDatabase] = {}
        for cursor in self._cursors(database, plan, None):
            while rows := cursor.fetchmany(_ROWS):
                try:
                    found.update(self._entities(rows, {}))
                except DamagedDatabase:
                    for row in rows:
                        try:
                            found.update(self._entities([row], {}))
                        except DamagedDatabase as error:
                            faults[row[self._key]] = error
        return found, faults

    def _cursors(self, database: Readable, plan: str | None, keys: Sequence[str] | None) -> Iterator[Any]:
        mark = database.mark
        select, values = (self._select + "1 = 1", ()) if plan is None else (self._select + self._plan + mark, (plan,))
        if keys is None:
            yield database.execute_sql(select + self._order, values)
            return
        for chunk in chunks(keys):
            narrowed = f'{select} AND "key" IN ({", ".join([mark] * len(chunk))}){self._order}'
            yield database.execute_sql(narrowed, (*values, *chunk))

    def _entities(self, rows: Sequence[tuple[Any, ...]], kept: dict[Any, Any]) -> dict[str, AnyEntity]:
        """Column by column, so that no step is taken in Python for each of a hundred thousand values.

        A text that stands in several rows is kept once: most do, and they would be half of a large plan's memory.
        """
        columns = list(zip(*rows, strict=True))
        entities = list(map(object.__new__, repeat(self._type, len(rows))))
        for column, raw in zip(self._columns, columns, strict=False):
            values: Sequence[Any]
            try:
                if column.convert is None:
                    values = list(map(kept.setdefault, raw, raw))
                else:
                    values = list(map(column.convert, raw))
                for require in column.requires:
                    require(raw if column.convert is None else values)
            except UNREADABLE:
                raise self._unreadable(column, columns) from None
            deque(map(column.set_field, entities, values), maxlen=0)
        if not {str}.issuperset(map(type, columns[self._key])):
            raise next(unreadable(self._kind.value, "key", key) for key in columns[self._key] if type(key) is not str)
        if self._begins:
            self._require_own_keys(columns)
        return dict(zip(columns[self._key], entities, strict=True))

    def _require_own_keys(self, columns: Sequence[Sequence[Any]]) -> None:
        keys, beginnings = columns[self._key], zip(*(columns[place] for place in self._begins), strict=True)
        beginning = "/".join(["%s"] * len(self._begins))
        if not all(map(str.startswith, keys, map(beginning.__mod__, beginnings))):
            for key, *parts in zip(keys, *(columns[place] for place in self._begins), strict=True):
                if not key.startswith("/".join(map(str, parts))):
                    raise unreadable(f"{self._kind.value}/{key}", "key", key)

    def _unreadable(self, column: _Column, columns: Sequence[Sequence[Any]]) -> DamagedDatabase:
        """The error about the first row in which a column holds what it cannot hold."""
        raw = columns[self._columns.index(column)]
        for key, value in zip(columns[self._key], raw, strict=True):
            try:
                converted = value if column.convert is None else column.convert(value)
                for require in column.requires:
                    require([converted])
            except UNREADABLE:
                return unreadable(f"{self._kind.value}/{key}", column.name, value)
        return unreadable(self._kind.value, column.name, None)


def unreadable(thing: str, field: str, value: object) -> DamagedDatabase:
    """The error about a value in the database that is not what the program has ever put there."""
    return DamagedDatabase(
        Message(
            "“{thing}” cannot be read: {field} holds {value}. Run “kvaltui check”, then restore a whole backup",
            thing=excerpt(thing, _SHOWN),
            field=field,
            value=excerpt(value if isinstance(value, str) else repr(value), _SHOWN),
        )
    )


def require_texts(rows: Sequence[tuple[Any, ...]], table: str) -> Sequence[tuple[Any, ...]]:
    """The rows of a table, if all that they hold is text. Raises DamagedDatabase."""
    for row in rows:
        for value in row:
            if type(value) is not str:
                raise unreadable(table, "text", value)
    return rows


def _requirements(kind: Kind, name: str, shape: Shape) -> Iterator[Callable[[Sequence[Any]], None]]:
    """What the values of a column must be, of many at once: nearly always they are."""
    types = shape.in_columns
    if types == {str}:
        yield _require_texts
    elif types:
        yield partial(_require_types, types)
    if int in types:
        yield _require_numbers
    if name == "changed_at":
        yield _require_times
    rule = RULES.get(kind, {}).get(name)
    if rule is not None:
        yield partial(_require_rule, rule)


def _require_texts(values: Sequence[Any]) -> None:
    if len("".join(values)) > _LONGEST and max(map(len, values)) > _LONGEST:
        raise ValueError("too long")


def _require_types(types: frozenset[type], values: Sequence[Any]) -> None:
    if not types.issuperset(map(type, values)):
        raise TypeError("another type")


def _require_numbers(values: Sequence[Any]) -> None:
    if any(number is not None and not -LARGEST_NUMBER <= number <= LARGEST_NUMBER for number in set(values)):
        raise ValueError("too large")


def _require_times(values: Sequence[Any]) -> None:
    for value in set(values):
        if len(value) != len(_A_TIME):
            raise ValueError("no time")
        datetime.fromisoformat(value)


def _require_rule(rule: Callable[[Any], None], values: Sequence[Any]) -> None:
    for value in set(values):
        rule(value)


def read_one(database: Readable, plan: str, reference: Reference) -> AnyEntity | None:
    """One entity, or None. Only within `database.reading()` or `writing()`."""
    return Reader.of(reference.kind).read(database, plan, [reference.key]).get(reference.key)


def keys_by_kind(references: Iterable[Reference]) -> dict[Kind, list[str]]:
    """The keys of some things, kind by kind, in their order."""
    found: dict[Kind, list[str]] = {}
    for kind, key in references:
        found.setdefault(kind, []).append(key)
    return found


def read_several(database: Readable, plan: str, references: Iterable[Reference]) -> dict[Reference, AnyEntity]:
    """Those of some entities that there are, kind by kind. Only within `database.reading()` or `writing()`."""
    return {
        Reference(kind, key): entity
        for kind, keys in keys_by_kind(references).items()
        for key, entity in Reader.of(kind).read(database, plan, keys).items()
    }


def naming(database: Database, plan: str, kind: Kind, reference: Reference) -> dict[str, AnyEntity]:
    """The entities of a kind that name another one, by key, and perhaps a few that only seem to.

    Only within `database.reading()` or `writing()`.
    """
    from peewee import SQL, Table

    conditions = [
        SQL(f'"{field.name}"') ** f'%"{reference.key}"%' if field.is_list else SQL(f'"{field.name}"') == reference.key
        for field in fields_naming(kind, reference.kind)
    ]
    query = Table(kind.value).select(SQL('"key"')).where((SQL('"plan"') == plan) & reduce(or_, conditions))
    found = require_texts(database.execute(query).fetchall(), kind.value)
    return Reader.of(kind).read(database, plan, [key for (key,) in found])
