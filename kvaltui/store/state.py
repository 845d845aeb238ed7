"""An entity's content as plain values and back: `state` in the journal and in bundles, and the columns of the rows.

A state is a dict of every content field (not the journal's marks) to text, number, truth value, None or a list of
those; a period, a date, an enum are their text. A column holds the same, but a list as JSON text and the name of
nothing ("") as NULL, so that foreign keys can hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from types import NoneType
from typing import Any, TypeAlias, TypeVar

from kvaltui.model.entities import ENTITY_TYPES, AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.fields import ContentField, Holds, content_fields
from kvaltui.model.message import KvaltuiError
from kvaltui.model.period import Period
from kvaltui.model.value import dataclass, replace

T = TypeVar("T")
State: TypeAlias = dict[str, Any]
Convert: TypeAlias = Callable[[Any], Any]
Fits: TypeAlias = Callable[[Any], bool]
_TOO_LARGE = 2**63
"""For a database to hold; what a field may hold is less (`model/limits`)."""

canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""JSON text that is the same for equal values: sorted keys, no spaces, characters as they are."""


@lru_cache(maxsize=4096)
def texts(column: str) -> tuple[str, ...]:
    """The texts of a JSON list in a column. Raises ValueError or TypeError for anything else."""
    return list_of(str, column)


def list_of(type_: type[T], column: str) -> tuple[T, ...]:
    """What is in a JSON list that holds values of one type only. Raises ValueError or TypeError for anything else."""
    found = json.loads(column)
    if type(found) is not list or any(type(each) is not type_ for each in found):
        raise ValueError("not a list of what belongs in it")
    return tuple(found)


class NotAState(ValueError):
    """What no state holds: in a `field` a `value` that cannot stand there, None where one is missing."""

    def __init__(self, field: str, value: object) -> None:
        super().__init__(field)
        self.field = field
        self.value = value


@dataclass(frozen=True, slots=True)
class Shape:
    """How a field's value is written in a state and in a column, and read again. None = as it is.

    `fits` says whether a value may stand in a state, whoever wrote it there; `in_columns` the types that a column
    without `from_column` may hold.
    """

    fits: Fits
    to_state: Convert | None = None
    from_state: Convert | None = None
    to_column: Convert | None = None
    from_column: Convert | None = None
    in_columns: frozenset[type] = frozenset()


def _converted(fits: Fits, write: Convert, read: Convert) -> Shape:
    """Of a value that stands as the same text in a state and in a column."""
    return Shape(fits, write, read, write, read)


def _or_none(one: Shape) -> Shape:
    def optional(convert: Convert | None) -> Convert | None:
        return None if convert is None else lambda value: None if value is None else convert(value)

    return Shape(
        lambda value: value is None or one.fits(value),
        optional(one.to_state),
        optional(one.from_state),
        optional(one.to_column),
        optional(one.from_column),
        one.in_columns | {NoneType} if one.in_columns else one.in_columns,
    )


def _list_of(one: Shape, type_: type) -> Shape:
    """Of several values that each stand in a state as a value of a type."""
    write, read = one.to_state, one.from_state
    to_state: Convert = list if write is None else lambda values: list(map(write, values))
    from_state: Convert = tuple if read is None else lambda values: tuple(map(read, values))
    return Shape(
        lambda value: type(value) is list and all(map(one.fits, value)),
        to_state,
        from_state,
        lambda values: canonical(to_state(values)),
        texts if one is TEXT else lru_cache(maxsize=1024)(lambda column: from_state(list_of(type_, column))),
    )


def _is_whole_number(value: Any) -> bool:
    return type(value) is int and -_TOO_LARGE < value < _TOO_LARGE


def _is_read_by(read: Convert) -> Fits:
    """Whether a text is read as something; what reads it raises ValueError or KvaltuiError for what is not."""

    def fits(value: Any) -> bool:
        if type(value) is not str:
            return False
        try:
            read(value)
        except (ValueError, KvaltuiError):
            return False
        return True

    return fits


_parse_period = cache(Period.parse)
TEXT = Shape(lambda value: type(value) is str, in_columns=frozenset({str}))
"""A text that is written as it is."""
_NAME_OR_NOTHING = replace(
    TEXT,
    to_column=lambda value: value or None,
    from_column=lambda column: "" if column is None else column,
    in_columns=frozenset({str, NoneType}),
)
_NUMBER = Shape(_is_whole_number, in_columns=frozenset({int}))
_TRUTH = Shape(lambda value: type(value) is bool, from_column={0: False, 1: True}.__getitem__)
_DAY = _converted(_is_read_by(date.fromisoformat), date.isoformat, date.fromisoformat)
_PERIOD = _converted(_is_read_by(_parse_period), str, _parse_period)


@cache
def _member_of(type_: type[StrEnum]) -> Shape:
    members = {member.value: member for member in type_}
    value_of = {member: member.value for member in type_}.__getitem__
    return _converted(lambda value: type(value) is str and value in members, value_of, members.__getitem__)


_shapes: dict[tuple[str, bool], Shape] = {}


def _shape_like(field: ContentField) -> Shape:
    """The shape of a field. Made once for all that hold the same, since every command begins with it."""
    same = field.annotation, field.may_name_nothing
    shape = _shapes.get(same)
    if shape is None:
        shape = _shapes[same] = _shape(field)
    return shape


def _shape(field: ContentField) -> Shape:
    one = _NAME_OR_NOTHING if field.may_name_nothing else _shape_of_one(field)
    if field.is_list:
        return _list_of(one, int if field.holds is Holds.NUMBER else str)
    return _or_none(one) if field.is_optional else one


def _shape_of_one(field: ContentField) -> Shape:
    match field.holds:
        case Holds.LINE | Holds.PROSE | Holds.AS_WRITTEN | Holds.KEY:
            return TEXT
        case Holds.NUMBER:
            return _NUMBER
        case Holds.MEMBER:
            return _member_of(field.members)
        case Holds.TRUTH:
            return _TRUTH
        case Holds.PERIOD:
            return _PERIOD
        case Holds.DAY:
            return _DAY


@dataclass(frozen=True, slots=True)
class Codec:
    """The content fields of one kind of entity in their order, and how each is written."""

    kind: Kind
    type: type[AnyEntity]
    names: tuple[str, ...]
    shapes: tuple[Shape, ...]
    fits: Mapping[str, Fits]
    required: frozenset[str]
    defaults: Mapping[str, Any]
    default_state: Mapping[str, Any]

    @staticmethod
    @cache
    def of(kind: Kind) -> Codec:
        """The codec of a kind. Made once."""
        content = content_fields(kind)
        shapes = {name: _shape_like(field) for name, field in content.items()}
        defaults = {name: field.default for name, field in content.items() if not field.is_required}
        in_state = {
            name: to_state(value) if (to_state := shapes[name].to_state) else value for name, value in defaults.items()
        }
        return Codec(
            kind,
            ENTITY_TYPES[kind],
            tuple(content),
            tuple(shapes.values()),
            {name: shape.fits for name, shape in shapes.items()},
            frozenset(content).difference(defaults),
            defaults,
            in_state,
        )

    def state(self, entity: AnyEntity) -> State:
        """The entity's content as plain values."""
        return {
            name: shape.to_state(getattr(entity, name)) if shape.to_state else getattr(entity, name)
            for name, shape in zip(self.names, self.shapes, strict=True)
        }

    def entity(self, state: Mapping[str, Any], **marks: Any) -> AnyEntity:
        """The entity of a state, which may lack fields that were added to the program later.

        Raises ValueError, KeyError or TypeError when the values are not what the fields take.
        """
        values: dict[str, Any] = dict(self.defaults)
        for name, shape in zip(self.names, self.shapes, strict=True):
            if name in state:
                values[name] = shape.from_state(state[name]) if shape.from_state else state[name]
        return self.type(**values, **marks)

    def require(self, state: Mapping[str, Any], *, is_whole: bool = False) -> None:
        """Raise NotAState unless each of the values may stand in a state of this kind.

        Those that have a default may be missing; all others as well unless it must be `is_whole`.
        """
        if is_whole and not self.required <= state.keys():
            raise NotAState(min(self.required - state.keys()), None)
        for name, value in state.items():
            fits = self.fits.get(name)
            if fits is None or not fits(value):
                raise NotAState(name, value)

    def columns(self, entity: AnyEntity) -> dict[str, Any]:
        """The entity's content as it stands in its row."""
        return {
            name: shape.to_column(getattr(entity, name)) if shape.to_column else getattr(entity, name)
            for name, shape in zip(self.names, self.shapes, strict=True)
        }
