"""PlanContent -> plan file, always the same text for the same plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from kvaltui.exchange.plan_schema import FORMAT, PLAN, POLICY, TABLES, Key, Table
from kvaltui.exchange.slug import slug
from kvaltui.exchange.toml_text import key_line
from kvaltui.model.content import AnyEntity, PlanContent
from kvaltui.model.economy import EconomyRow
from kvaltui.model.structure import Indicator

_Children = Mapping[tuple[str, str], list[AnyEntity]]


def write_plan(content: PlanContent) -> str:
    """The whole plan as the text of a plan file (CONTRACT.md, Plan file), retired things included and marked so.

    Everything stands in the plan's order, and figures by period, so that the text depends on nothing but the content.
    """
    return "\n".join(_lines(content))


def _lines(content: PlanContent) -> Iterator[str]:
    yield key_line("format", FORMAT)
    for table in (PLAN, POLICY):
        keys = table.keys if table is PLAN else table.own_keys
        yield ""
        yield f"[{table.name}]"
        yield from _key_lines(table, keys, content.plan)
    children = _by_parent(content)
    for table in TABLES:
        entities = sorted(_held(table, content), key=lambda entity: (_order(entity), entity.key))
        for entity in entities:
            yield ""
            yield f"[[{table.name}]]"
            yield from _key_lines(table, table.keys, entity)
            for child in table.children:
                yield from _child_lines(f"{table.name}.{child.name}", child, children, entity)
    yield ""


def _held(table: Table, content: PlanContent) -> Iterator[AnyEntity]:
    for entity in content.all(table.type_).values():
        if all(getattr(entity, name) == value for name, value in table.fixed.items()):
            yield entity


def _order(entity: AnyEntity) -> int:
    return int(getattr(entity, "order", 0))


def _by_parent(content: PlanContent) -> _Children:
    """What stands in tables of others, by the name of its table and the key of what it stands in."""
    found: dict[tuple[str, str], list[AnyEntity]] = defaultdict(list)
    for child in {id(child): child for table in TABLES for child in table.children}.values():
        for entity in _held(child, content):
            found[_place(child, table_key(child, entity))].append(entity)
    return found


def table_key(child: Table, entity: AnyEntity) -> str:
    """The key of the entity that `entity`'s table stands in."""
    return str(getattr(entity, child.parent_field))


def _place(child: Table, parent: str) -> tuple[str, str]:
    return f"{child.name}/{child.fixed.get('subject_kind', child.parent_field)}", parent


def _child_lines(header: str, table: Table, children: _Children, parent: AnyEntity) -> Iterator[str]:
    entities = children.get(_place(table, parent.key), [])
    breakdown = parent.breakdown if isinstance(parent, Indicator) else ()
    parts = {part: index for index, part in enumerate(breakdown)}
    slugs: set[str] = set()
    for entity in sorted(entities, key=lambda entity: _sorting(entity, parts)):
        yield f"[[{header}]]"
        keys = table.keys
        if isinstance(entity, EconomyRow):
            if entity.slug == slug(entity.name, slugs):
                keys = tuple(key for key in keys if key.field != "slug")
            slugs.add(entity.slug)
        yield from _key_lines(table, keys, entity)


def _sorting(entity: Any, parts: Mapping[str, int]) -> tuple[object, ...]:
    """Rows of economy in their own order; all else by period, then the whole before its parts, then by name."""
    if isinstance(entity, EconomyRow):
        return entity.order, entity.key
    part = getattr(entity, "part", "")
    place = parts.get(part, len(parts)) if part else -1
    return entity.period, place, part, getattr(entity, "reading", 0), getattr(entity, "name", "")


def _key_lines(table: Table, keys: tuple[Key, ...], entity: AnyEntity) -> Iterator[str]:
    unset = table.defaults
    for key in keys:
        value = getattr(entity, key.attribute)
        if key.is_extension and key.attribute in unset and value == unset[key.attribute]:
            continue
        written = key.codec.write(value)
        if written is not None:
            yield key_line(key.name, written)
