"""PlanContent -> plan file, and the same as JSON: always the same text for the same plan.

In TOML a key has one line, with its list in it, and prose several, as it was written, for those who read and compare.
Of tomli_w, which writes config.toml, it is the other way round.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any

from kvaltui.exchange.plan_notation import TomlValue
from kvaltui.exchange.plan_schema import FORMAT, PLAN, POLICY, TABLES, Key, PlanTable
from kvaltui.exchange.slug import slug
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow
from kvaltui.model.entities import AnyEntity
from kvaltui.model.standing import stands
from kvaltui.model.structure import Indicator
from kvaltui.model.value import dataclass

_Children = Mapping[tuple[str, str], list[AnyEntity]]


@dataclass(frozen=True, slots=True)
class _Written:
    """A table as it is to stand in a file: its name, its keys with their values, and the tables in it."""

    name: str
    values: Mapping[str, TomlValue]
    children: tuple[_Written, ...] = ()


def write_plan(content: PlanContent) -> str:
    """The whole plan as the text of a plan file (docs/files.md, Plan files), retired things included and marked so.

    Everything stands in the plan's order, and figures by period, so that the text depends on nothing but the content.
    """
    lines = [key_line("format", FORMAT)]
    for name, values in _plan_values(content).items():
        lines += ["", f"[{name}]", *_key_lines(values)]
    for written in _tables(content):
        lines += ["", f"[[{written.name}]]", *_key_lines(written.values)]
        for child in written.children:
            lines += [f"[[{written.name}.{child.name}]]", *_key_lines(child.values)]
    return "\n".join([*lines, ""])


def write_plan_json(content: PlanContent) -> str:
    """The whole plan as JSON: the tables and keys of its plan file, as objects and lists of objects."""
    found: dict[str, Any] = {"format": FORMAT, **_plan_values(content), **{table.name: [] for table in TABLES}}
    for written in _tables(content):
        children: dict[str, list[Any]] = defaultdict(list)
        for child in written.children:
            children[child.name].append(child.values)
        found[written.name].append({**written.values, **children})
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _plan_values(content: PlanContent) -> dict[str, Mapping[str, TomlValue]]:
    return {
        PLAN.name: _values(PLAN, PLAN.keys, content.plan),
        POLICY.name: _values(POLICY, POLICY.keys, content.plan),
    }


def _tables(content: PlanContent) -> Iterator[_Written]:
    children = _by_parent(content)
    for table in TABLES:
        for entity in sorted(_held(table, content), key=lambda entity: (_order(entity), entity.key)):
            below = tuple(written for child in table.children for written in _child_tables(child, children, entity))
            yield _Written(table.name, _values(table, table.keys, entity), below)


def _held(table: PlanTable, content: PlanContent) -> Iterator[AnyEntity]:
    for entity in content.all(table.type_).values():
        if all(getattr(entity, name) == value for name, value in table.fixed.items()):
            yield entity


def _order(entity: AnyEntity) -> int:
    return int(getattr(entity, "order", 0))


def _by_parent(content: PlanContent) -> _Children:
    """What stands in tables of others, by the name of its table and the key of what it stands in."""
    found: dict[tuple[str, str], list[AnyEntity]] = defaultdict(list)
    # Indicators and core volumes share their tables: each is gone through once.
    for child in {id(child): child for table in TABLES for child in table.children}.values():
        for entity in _held(child, content):
            found[_place(child, str(getattr(entity, child.parent_field)))].append(entity)
    return found


def _place(child: PlanTable, parent: str) -> tuple[str, str]:
    return f"{child.name} of {child.fixed.get('subject_kind', child.parent_field)}", parent


def _child_tables(table: PlanTable, children: _Children, parent: AnyEntity) -> Iterator[_Written]:
    breakdown = parent.breakdown if isinstance(parent, Indicator) else ()
    parts = {part: index for index, part in enumerate(breakdown)}
    slugs: set[str] = set()
    for entity in sorted(children.get(_place(table, parent.key), ()), key=lambda entity: _sorting(entity, parts)):
        part = getattr(entity, "part", "")
        if part and part not in parts and not (entity.retired or stands(entity)):
            continue  # it was left behind blank when the part was taken away
        keys = table.keys
        if isinstance(entity, EconomyRow):
            if entity.slug == slug(entity.name, slugs):
                keys = tuple(key for key in keys if key.field != "slug")
            slugs.add(entity.slug)
        yield _Written(table.name, _values(table, keys, entity))


def _sorting(entity: Any, parts: Mapping[str, int]) -> tuple[object, ...]:
    """Rows of economy in their own order; all else by period, then the whole before its parts, then by name."""
    if isinstance(entity, EconomyRow):
        return entity.order, entity.key
    part = getattr(entity, "part", "")
    place = parts.get(part, len(parts)) if part else -1
    return entity.period, place, part, getattr(entity, "reading", 0), getattr(entity, "name", "")


def _values(table: PlanTable, keys: tuple[Key, ...], entity: AnyEntity) -> dict[str, TomlValue]:
    unset = table.defaults
    values: dict[str, TomlValue] = {}
    for key in keys:
        value = getattr(entity, key.field)
        if key.is_extension and key.field in unset and value == unset[key.field]:
            continue
        written = key.notation.write(value)
        if written is not None:
            values[key.name] = written
    return values


def _key_lines(values: Mapping[str, TomlValue]) -> Iterator[str]:
    return (key_line(key, value) for key, value in values.items())


def key_line(key: str, value: TomlValue) -> str:
    """A key and its value, without the end of the line."""
    return f"{key} = {_value(value)}"


def _value(value: TomlValue) -> str:
    if isinstance(value, str):
        return _prose(value) if "\n" in value else _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return f"[{_joined(value)}]"


def _joined(values: Iterable[str] | Iterable[int]) -> str:
    return ", ".join(_string(each) if isinstance(each, str) else str(each) for each in values)


def _string(text: str) -> str:
    # A basic string of TOML is escaped as a string of JSON; only DEL is allowed there and not here.
    return encode_basestring(text).replace("\x7f", "\\u007f")


def _prose(text: str) -> str:
    lines = (_string(line)[1:-1] for line in text.split("\n"))
    return '"""\n' + "\n".join(lines) + '"""'
