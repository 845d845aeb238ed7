"""An entity's content as plain values and back: `state` in the journal and in bundles, and the columns of the rows.

A state is a dict of every content field (not the journal's marks) to text, number, truth value, None or a list of
those; a period, a date, an enum are their text. A column holds the same, but a list as JSON text and the name of
nothing ("") as NULL, so that foreign keys can hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from types import NoneType
from typing import Any, NamedTuple, TypeAlias, TypeVar

from kvaltui.model import economy, period, quality_work, scale, status, structure
from kvaltui.model.entities import ENTITY_TYPES, AnyEntity
from kvaltui.model.entity import MARKS, Kind
from kvaltui.model.message import KvaltuiError
from kvaltui.model.period import Period
from kvaltui.model.references import REFERENCES
from kvaltui.model.value import MISSING, Field, fields

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


@lru_cache(maxsize=1024)
def _numbers(column: str) -> tuple[int, ...]:
    return list_of(int, column)


@lru_cache(maxsize=1024)
def _periods(column: str) -> tuple[Period, ...]:
    return tuple(Period.parse(text) for text in list_of(str, column))


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


class Shape(NamedTuple):
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


def _optional(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _or_nothing(column: str | None) -> str:
    return "" if column is None else column


def _is(*types: type) -> Fits:
    return lambda value: type(value) in types


def _is_list_of(type_: type) -> Fits:
    return lambda value: type(value) is list and all(type(each) is type_ for each in value)


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


_PARSE_PERIOD = cache(Period.parse)
_IS_PERIOD = _is_read_by(_PARSE_PERIOD)
_IS_DATE = _is_read_by(date.fromisoformat)
_TRUTH: dict[Any, bool] = {0: False, 1: True}
_IS_TEXT: frozenset[type] = frozenset({str})
_IS_TEXT_OR_NONE: frozenset[type] = frozenset({str, NoneType})
TEXT = Shape(_is(str), in_columns=_IS_TEXT)
"""A text that is written as it is."""
_REFERENCE = Shape(
    _is(str), to_column=lambda value: value or None, from_column=_or_nothing, in_columns=_IS_TEXT_OR_NONE
)
_SHAPES: dict[str, Shape] = {
    "str": TEXT,
    "str | None": Shape(_is(str, NoneType), in_columns=_IS_TEXT_OR_NONE),
    "int": Shape(_is_whole_number, in_columns=frozenset({int})),
    "int | None": Shape(lambda value: value is None or _is_whole_number(value), in_columns=frozenset({int, NoneType})),
    "bool": Shape(_is(bool), from_column=_TRUTH.__getitem__),
    "date | None": Shape(
        lambda value: value is None or _IS_DATE(value),
        _optional(date.isoformat),
        _optional(date.fromisoformat),
        _optional(date.isoformat),
        _optional(date.fromisoformat),
    ),
    "Period": Shape(_IS_PERIOD, str, _PARSE_PERIOD, str, _PARSE_PERIOD),
    "tuple[str, ...]": Shape(_is_list_of(str), list, tuple, canonical, texts),
    "tuple[int, ...]": Shape(
        lambda value: type(value) is list and all(map(_is_whole_number, value)), list, tuple, canonical, _numbers
    ),
    "tuple[Period, ...]": Shape(
        lambda value: type(value) is list and all(map(_IS_PERIOD, value)),
        lambda value: [str(each) for each in value],
        lambda value: tuple(Period.parse(each) for each in value),
        lambda value: canonical([str(each) for each in value]),
        _periods,
    ),
}


def _of_enum(type_: type[Enum]) -> Shape:
    members = {member.value: member for member in type_}
    value_of = {member: member.value for member in type_}.__getitem__
    return Shape(
        lambda value: type(value) is str and value in members,
        value_of,
        members.__getitem__,
        value_of,
        members.__getitem__,
    )


_ENUMS: tuple[type[Enum], ...] = (
    Kind,
    structure.RollUp,
    structure.IndicatorStatus,
    structure.Aggregate,
    scale.Direction,
    period.Frequency,
    status.Status,
    quality_work.MeasureStatus,
    quality_work.AssignmentStatus,
    quality_work.ResultStatus,
    economy.RowKind,
)
_SHAPES |= {type_.__name__: _of_enum(type_) for type_ in _ENUMS}


class Codec(NamedTuple):
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
    def of(kind: Kind) -> Codec:
        """The codec of a kind. Made once."""
        return _codec(kind)

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


@cache
def _codec(kind: Kind) -> Codec:
    type_ = ENTITY_TYPES[kind]
    content = tuple(field for field in fields(type_) if field.name not in MARKS)
    names = tuple(field.name for field in content)
    shapes = tuple(_shape(kind, field) for field in content)
    defaults = {field.name: field.default for field in content if field.default is not MISSING}
    in_state = {
        name: shape.to_state(defaults[name]) if shape.to_state else defaults[name]
        for name, shape in zip(names, shapes, strict=True)
        if name in defaults
    }
    fits = {name: shape.fits for name, shape in zip(names, shapes, strict=True)}
    return Codec(kind, type_, names, shapes, fits, frozenset(names).difference(defaults), defaults, in_state)


def _shape(kind: Kind, field: Field[Any]) -> Shape:
    if (kind, field.name) in REFERENCES and field.default == "":
        return _REFERENCE
    # Annotations are texts here (from __future__ import annotations): a table of texts needs no evaluation at start.
    return _SHAPES[str(field.type)]
