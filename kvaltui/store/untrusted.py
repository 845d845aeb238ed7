"""Reading a revision that comes from outside: nothing that is not exactly one is let in."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from kvaltui.model.clean import clean, excerpt
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import LONGEST_LINE, LONGEST_NAME_OF_AUTHOR, LONGEST_PROSE, RuleError, check_text
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.rules import check_alone, check_key
from kvaltui.store.entry import NAMES, UNCOUNTED, Entry
from kvaltui.store.errors import BundleError
from kvaltui.store.origin import origin_of
from kvaltui.store.state import Codec, NotAState

MAX_LINE = 1_000_000
"""Characters in one revision; the longest text of a real plan has a few thousand."""

_SHOWN = 80
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_MOST_REVISIONS_OF_A_DEVICE = 2**31
_MOST_PARENTS = 1_000
"""Sides of one thing that were joined by one change: as many copies as it can have been changed in at once."""


class _Refused(Exception):
    """The line is not a revision."""


def read_line(line: str) -> Entry:
    """Read a line of a bundle, which must be a revision in canonical form, with content that its kind can have.

    Raises BundleError, which says which rule of the model the content breaks where it does.
    """
    try:
        if len(line) > MAX_LINE:
            raise _Refused
        line.encode()
        entry = _entry(json.loads(line))
        entity = _entity(entry)
        # Also refuses what JSON reads in two ways: a name given twice, escapes of half characters.
        if entry.text() != line:
            raise _Refused
        entry.text().encode()
    except BundleError:
        raise
    except (_Refused, KvaltuiError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BundleError(Message("The bundle is damaged, or was made by a later version of kvaltui")) from error
    _require_rules(entry, entity)
    return entry


def _entry(values: Any) -> Entry:
    if type(values) is not dict or values.keys() not in (set(NAMES), set(UNCOUNTED)):
        raise _Refused
    _require(
        "number" not in values
        or (type(values["number"]) is int and 1 <= values["number"] < _MOST_REVISIONS_OF_A_DEVICE)
    )
    for name in UNCOUNTED:
        value = values[name]
        if name in ("parents", "changed"):
            _require(type(value) is list and all(type(each) is str for each in value))
            values[name] = tuple(value)
        else:
            _require(type(value) is (dict if name == "state" else str))
    values["origin"] = origin_of(values["origin"])
    entry = Entry(**values)
    for repeated in (entry.parents, entry.changed):
        _require(len(repeated) <= _MOST_PARENTS and len(set(repeated)) == len(repeated))
    _require("\0" not in entry.reason)
    _require(all(_UUID.fullmatch(id_) for id_ in (entry.id, entry.action, *entry.parents)))
    _require(_TIME.fullmatch(entry.at))
    datetime.fromisoformat(entry.at)
    return entry


def _entity(entry: Entry) -> AnyEntity:
    kind = Kind(entry.kind)
    codec = Codec.of(kind)
    try:
        codec.require(entry.state, is_whole=True)
    except NotAState as error:
        shown = excerpt(error.value if isinstance(error.value, str) else repr(error.value), _SHOWN)
        problem = Message("“{value}” cannot stand there; perhaps a later version of kvaltui wrote it", value=shown)
        raise broken_rule(entry.reference, RuleError(problem, field=excerpt(error.field))) from error
    _require(set(entry.changed) <= set(codec.names))
    entity = codec.entity(entry.state)
    _require(codec.state(entity) == {**codec.default_state, **entry.state})
    _require(entity.key == entry.key)
    check_key(entry.plan)
    if kind is Kind.PLAN:
        _require(entry.key == entry.plan)
    return entity


def _require_rules(entry: Entry, entity: AnyEntity) -> None:
    """What may not be stored by anybody is not let in; what depends on the rest of the plan is for the joining."""
    try:
        for field, text in (("account", entry.account), ("name", entry.name), ("device", entry.device)):
            check_text(text, LONGEST_NAME_OF_AUTHOR, field)
        check_text(entry.origin.text, LONGEST_LINE, "origin")
        # Earlier versions stored some reasons as they were typed: they are cleaned when they are shown.
        check_text(clean(entry.reason, multiline=True), LONGEST_PROSE, "reason")
        check_alone(entity)
    except RuleError as error:
        raise broken_rule(entry.reference, error) from error


def broken_rule(thing: Reference, error: RuleError) -> BundleError:
    """The error about a thing in a bundle that breaks a rule of the model: which thing, which field and which rule."""
    return BundleError(
        Message(
            "It holds what may not be stored: {thing}, {field}: {problem}",
            thing=excerpt(str(thing), _SHOWN),
            field=error.field or "key",
            problem=error.message,
        )
    )


def _require(condition: object) -> None:
    if not condition:
        raise _Refused
