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
from typing import Any, NamedTuple, TypeAlias

from kvaltui.model import economy, period, quality_work, scale, status, structure
from kvaltui.model.content import ENTITY_TYPES, AnyEntity
from kvaltui.model.entity import MARKS, Kind
from kvaltui.model.period import Period
from kvaltui.model.references import REFERENCES
from kvaltui.model.value import MISSING, Field, fields

State: TypeAlias = dict[str, Any]
Convert: TypeAlias = Callable[[Any], Any]

canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""JSON text that is the same for equal values: sorted keys, no spaces, characters as they are."""


@lru_cache(maxsize=4096)
def texts(column: str) -> tuple[str, ...]:
    """The texts of a JSON list in a column."""
    return tuple(json.loads(column))


@lru_cache(maxsize=1024)
def _numbers(column: str) -> tuple[int, ...]:
    return tuple(json.loads(column))


@lru_cache(maxsize=1024)
def _periods(column: str) -> tuple[Period, ...]:
    return tuple(Period.parse(text) for text in json.loads(column))


class Shape(NamedTuple):
    """How a field's value is written in a state and in a column, and read again. None = as it is."""

    to_state: Convert | None = None
    from_state: Convert | None = None
    to_column: Convert | None = None
    from_column: Convert | None = None


def _optional(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _or_nothing(column: str | None) -> str:
    return column or ""


_PARSE_PERIOD = cache(Period.parse)
_IS_PLAIN = Shape()
_REFERENCE = Shape(to_column=lambda value: value or None, from_column=_or_nothing)
_SHAPES: dict[str, Shape] = {
    "str": _IS_PLAIN,
    "str | None": _IS_PLAIN,
    "int": _IS_PLAIN,
    "int | None": _IS_PLAIN,
    "bool": Shape(from_column=bool),
    "date | None": Shape(
        _optional(date.isoformat),
        _optional(date.fromisoformat),
        _optional(date.isoformat),
        _optional(date.fromisoformat),
    ),
    "Period": Shape(str, _PARSE_PERIOD, str, _PARSE_PERIOD),
    "tuple[str, ...]": Shape(list, tuple, canonical, texts),
    "tuple[int, ...]": Shape(list, tuple, canonical, _numbers),
    "tuple[Period, ...]": Shape(
        lambda value: [str(each) for each in value],
        lambda value: tuple(Period.parse(each) for each in value),
        lambda value: canonical([str(each) for each in value]),
        _periods,
    ),
}


def _of_enum(type_: type[Enum]) -> Shape:
    members = {member.value: member for member in type_}
    value_of = {member: member.value for member in type_}.__getitem__
    return Shape(value_of, members.__getitem__, value_of, members.__getitem__)


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
    return Codec(kind, type_, names, shapes, defaults, in_state)


def _shape(kind: Kind, field: Field[Any]) -> Shape:
    if (kind, field.name) in REFERENCES and field.default == "":
        return _REFERENCE
    # Annotations are texts here (from __future__ import annotations): a table of texts needs no evaluation at start.
    return _SHAPES[str(field.type)]
