"""Reading a revision that comes from outside: nothing that is not exactly one is let in."""

from __future__ import annotations

import json
import re
from datetime import datetime
from types import NoneType
from typing import Any

from kvaltui.model.entity import Kind
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.references import OWNED
from kvaltui.model.rules import check_key
from kvaltui.model.value import fields
from kvaltui.store.entry import NAMES, UNCOUNTED, Entry
from kvaltui.store.errors import BundleError
from kvaltui.store.state import Codec

MAX_LINE = 1_000_000
"""Characters in one revision; the longest text of a real plan has a few thousand."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_PLAIN: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "str | None": (str, NoneType),
    "int": (int,),
    "int | None": (int, NoneType),
    "bool": (bool,),
}
_LISTS: dict[str, type] = {"tuple[str, ...]": str, "tuple[int, ...]": int}
_MAX_INT = 2**31


class _Refused(Exception):
    """The line is not a revision."""


def read_line(line: str) -> Entry:
    """Read a line of a bundle, which must be a revision in canonical form, with content that its kind can have.

    Raises BundleError.
    """
    try:
        if len(line) > MAX_LINE:
            raise _Refused
        line.encode()
        entry = _entry(json.loads(line))
        _require_content(entry)
        # Also refuses what JSON reads in two ways: a name given twice, escapes of half characters.
        if entry.text() != line:
            raise _Refused
        entry.text().encode()
    except (_Refused, KvaltuiError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BundleError(Message("The bundle is damaged, or was made by a later version of kvaltui")) from error
    return entry


def _entry(values: Any) -> Entry:
    if type(values) is not dict or values.keys() not in (set(NAMES), set(UNCOUNTED)):
        raise _Refused
    _require("number" not in values or (type(values["number"]) is int and 1 <= values["number"] < _MAX_INT))
    for name in UNCOUNTED:
        value = values[name]
        if name in ("parents", "changed"):
            _require(type(value) is list and all(type(each) is str for each in value))
            values[name] = tuple(value)
        else:
            _require(type(value) is (dict if name == "state" else str))
    entry = Entry(**values)
    _require(not any("\0" in text for text in (entry.account, entry.name, entry.device, entry.reason, entry.origin)))
    _require(all(_UUID.fullmatch(id_) for id_ in (entry.id, entry.action, *entry.parents)))
    _require(_TIME.fullmatch(entry.at))
    datetime.fromisoformat(entry.at)
    return entry


def _require_content(entry: Entry) -> None:
    kind = Kind(entry.kind)
    codec = Codec.of(kind)
    _require(entry.state.keys() <= set(codec.names) and set(entry.changed) <= set(codec.names))
    for field in fields(codec.type):
        if field.name in entry.state:
            _require_type(str(field.type), entry.state[field.name])
    entity = codec.entity(entry.state)
    _require(codec.state(entity) == {**codec.default_state, **entry.state})
    _require(entity.key == entry.key)
    check_key(entry.plan)
    if kind not in OWNED:
        check_key(entry.key)
    if kind is Kind.PLAN:
        _require(entry.key == entry.plan)


def _require_type(annotation: str, value: Any) -> None:
    expected = _PLAIN.get(annotation)
    if expected is not None:
        _require(type(value) in expected)
    elif annotation in _LISTS:
        _require(type(value) is list and all(type(each) is _LISTS[annotation] for each in value))
    for each in value if type(value) is list else [value]:
        _require(type(each) is not int or abs(each) < _MAX_INT)
        _require(type(each) is not str or "\0" not in each)


def _require(condition: object) -> None:
    if not condition:
        raise _Refused
