"""Which fields name other things in the plan: the one list of them, for the rules and for the database's keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.reporting import Assessment

REFERENCES: Mapping[tuple[Kind, str], Kind] = MappingProxyType(
    {
        (Kind.AREA, "parent"): Kind.AREA,
        (Kind.GOAL, "area"): Kind.AREA,
        (Kind.GOAL, "parent"): Kind.GOAL,
        (Kind.INDICATOR, "area"): Kind.AREA,
        (Kind.INDICATOR, "goal"): Kind.GOAL,
        (Kind.TARGET, "indicator"): Kind.INDICATOR,
        (Kind.OUTCOME, "indicator"): Kind.INDICATOR,
        (Kind.COMPARISON, "indicator"): Kind.INDICATOR,
        (Kind.COMPLETION, "area"): Kind.AREA,
        (Kind.RISK, "area"): Kind.AREA,
        (Kind.RISK, "goal"): Kind.GOAL,
        (Kind.SELF_CHECK, "area"): Kind.AREA,
        (Kind.RESULT, "self_check"): Kind.SELF_CHECK,
        (Kind.ECONOMY_ROW, "table"): Kind.ECONOMY_TABLE,
    }
)
"""Fields that name one other entity, "" for none."""

LIST_REFERENCES: Mapping[tuple[Kind, str], Kind] = MappingProxyType(
    {
        (Kind.INDICATOR, "quality_factors"): Kind.QUALITY_FACTOR,
        (Kind.SELF_CHECK, "risks"): Kind.RISK,
        (Kind.MEASURE, "risks"): Kind.RISK,
        (Kind.MEASURE, "self_checks"): Kind.SELF_CHECK,
        (Kind.MEASURE, "indicators"): Kind.INDICATOR,
    }
)
"""Fields that name several."""

ASSESSED = frozenset({Kind.AREA, Kind.GOAL, Kind.INDICATOR})
"""Kinds of things that a person assesses."""

OWNED = frozenset(
    {Kind.TARGET, Kind.OUTCOME, Kind.COMPARISON, Kind.ASSESSMENT, Kind.COMPLETION, Kind.RESULT, Kind.ECONOMY_ROW}
)
"""Kinds that live and rest with what they name: they never hinder it from being retired."""


def references_of(entity: AnyEntity) -> Iterator[tuple[str, Reference]]:
    """What an entity names, each with the field that names it. An assessment names its subject."""
    if isinstance(entity, Assessment):
        yield "subject", entity.subject_reference
        return
    kind = entity.kind
    for field, named in _FIELDS.get(kind, ()):
        key = getattr(entity, field)
        if key:
            yield field, Reference(named, key)
    for field, named in _LIST_FIELDS.get(kind, ()):
        for key in getattr(entity, field):
            yield field, Reference(named, key)


def is_named_by(reference: Reference, entity: AnyEntity) -> bool:
    """Whether an entity names another one."""
    return any(named == reference for _, named in references_of(entity))


def kinds_naming(kind: Kind) -> tuple[Kind, ...]:
    """The kinds of things that may name one of a kind, in the order of kinds."""
    naming = {user for (user, _), named in (*REFERENCES.items(), *LIST_REFERENCES.items()) if named is kind}
    if kind in ASSESSED:
        naming.add(Kind.ASSESSMENT)
    return tuple(each for each in Kind if each in naming)


def _by_kind(fields: Mapping[tuple[Kind, str], Kind]) -> dict[Kind, list[tuple[str, Kind]]]:
    found: dict[Kind, list[tuple[str, Kind]]] = {}
    for (kind, field), named in fields.items():
        found.setdefault(kind, []).append((field, named))
    return found


_FIELDS = _by_kind(REFERENCES)
_LIST_FIELDS = _by_kind(LIST_REFERENCES)
