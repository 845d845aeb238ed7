"""Dataclasses, frozen and with slots, that cost next to nothing to define: `status` is to be there at once.

The standard library's `dataclass` compiles several methods of every class when it is defined; of some forty classes
that is half of what a short command costs (docs/decisions/values.md). These share their methods instead, and compile
`__init__` when the first instance is made. To type checkers they are dataclasses, and to whoever asks: `is_dataclass`,
`dataclasses.fields` and `dataclasses.replace` know them too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

__all__ = ["MISSING", "Field", "dataclass", "field", "fields", "replace"]

_MISSING: Any = object()
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class _Field:
    """A field of a class: its name, its annotation as a text, and what `dataclasses.Field` says of it otherwise."""

    __slots__ = ("compare", "default", "default_factory", "kw_only", "metadata", "name", "type")

    def __init__(
        self, default: Any = _MISSING, default_factory: Any = _MISSING, compare: bool = True, metadata: Any = _NOTHING
    ) -> None:
        self.name = self.type = ""
        self.default = default
        self.default_factory = default_factory
        self.compare = compare
        self.metadata = metadata
        self.kw_only = False


def _dataclass(*, frozen: bool, slots: bool, kw_only: bool = False) -> Callable[[type], type]:
    """As `dataclasses.dataclass` for a class that is frozen, has slots, and inherits from one such at most.

    Annotations must be texts (`from __future__ import annotations`). There is no `__post_init__`.
    """
    if not (frozen and slots):
        raise TypeError("only frozen classes with slots: take dataclasses.dataclass for others")

    def define(cls: type) -> type:
        body = dict(vars(cls))
        known: dict[str, _Field] = dict(getattr(cls, "__value_fields__", _NOTHING))
        inherited = frozenset(known)
        for name, annotation in body.get("__annotations__", _NOTHING).items():
            if not annotation.startswith("ClassVar["):
                given = body.pop(name, _MISSING)
                each = known[name] = given if isinstance(given, _Field) else _Field(given)
                each.name, each.type, each.kw_only = name, annotation, kw_only
        for name in ("__dict__", "__weakref__"):
            body.pop(name, None)
        body |= {
            "__slots__": tuple(name for name in known if name not in inherited),
            "__match_args__": tuple(name for name, each in known.items() if not each.kw_only),
            "__value_fields__": known,
            "__value_compared__": attrgetter(*(name for name, each in known.items() if each.compare)),
            "__dataclass_fields__": _AS_DATACLASS,
        }
        made = type(cls.__name__, cls.__bases__, _METHODS | body)
        made.__qualname__ = cls.__qualname__
        return made

    return define


def _init(self: Any, /, *args: Any, **values: Any) -> None:
    """Make the first instance of a class: write the `__init__` of all others, and go on with that."""
    owner: Any = next(each for each in type(self).__mro__ if "__value_fields__" in vars(each))
    owner.__init__ = _written_init(owner)
    owner.__init__(self, *args, **values)


def _written_init(owner: type) -> Any:
    parameters: dict[bool, list[str]] = {False: [], True: ["*"]}
    lines = []
    names: dict[str, Any] = {"MISSING": _MISSING}
    for place, each in enumerate(_fields(owner)):
        # A slot's own __set__ passes by the __setattr__ that refuses.
        names[f"set_{place}"] = getattr(owner, each.name).__set__
        given = each.name
        if each.default_factory is not _MISSING:
            names[f"make_{place}"] = each.default_factory
            given = f"make_{place}() if {given} is MISSING else {given}"
        names[f"default_{place}"] = each.default
        is_required = each.default is _MISSING and each.default_factory is _MISSING
        parameters[each.kw_only].append(each.name if is_required else f"{each.name}=default_{place}")
        lines.append(f" set_{place}(self, {given})")
    keyword_only = parameters[True] if len(parameters[True]) > 1 else []
    head = f"def __init__({', '.join(['self', *parameters[False], *keyword_only])}):"
    exec("\n".join([head, *lines]), names)
    names["__init__"].__qualname__ = f"{owner.__qualname__}.__init__"
    return names["__init__"]


def _repr(self: Any) -> str:
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__value_fields__)
    return f"{type(self).__qualname__}({values})"


def _eq(self: Any, other: Any) -> Any:
    if type(self) is not type(other):
        return NotImplemented
    compared = self.__value_compared__
    return compared(self) == compared(other)


def _hash(self: Any) -> int:
    return hash(self.__value_compared__(self))


def _setattr(self: Any, name: str, _value: object, /) -> None:
    raise AttributeError(f"cannot assign to field {name!r} of {type(self).__qualname__}")


def _delattr(self: Any, name: str) -> None:
    raise AttributeError(f"cannot delete field {name!r} of {type(self).__qualname__}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__value_fields__]


def _setstate(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__value_fields__, state, strict=True):
        object.__setattr__(self, name, value)


_METHODS = {
    "__init__": _init,
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}


class _AsDataclass:
    """The fields as the standard library's own functions want them, made when one of those asks."""

    def __get__(self, _instance: object, owner: Any) -> Any:
        import dataclasses

        described = [
            (
                each.name,
                each.type,
                dataclasses.field(
                    **{
                        name: getattr(each, name)
                        for name in ("default", "default_factory", "compare", "kw_only", "metadata")
                        if getattr(each, name) is not _MISSING
                    }
                ),
            )
            for each in _fields(owner)
        ]
        found = dataclasses.fields(dataclasses.make_dataclass(owner.__name__, described))
        owner.__dataclass_fields__ = {each.name: each for each in found}
        return owner.__dataclass_fields__


_AS_DATACLASS = _AsDataclass()


def _fields(class_or_instance: Any) -> tuple[_Field, ...]:
    """As `dataclasses.fields`, of a class made here."""
    return tuple(class_or_instance.__value_fields__.values())


def _replace(value: Any, /, **changes: Any) -> Any:
    """As `dataclasses.replace`, of an instance of a class made here."""
    for name in value.__value_fields__:
        if name not in changes:
            changes[name] = getattr(value, name)
    return type(value)(**changes)


if TYPE_CHECKING:
    from dataclasses import MISSING, Field, dataclass, field, fields, replace
else:
    MISSING, Field, dataclass, field, fields, replace = _MISSING, _Field, _dataclass, _Field, _fields, _replace
