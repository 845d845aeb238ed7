"""Which other things a thing names: read from its fields, and the only answer to it, for rules and store alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fields import NAMED_BY, ContentField, content_fields
from kvaltui.model.reporting import Assessment

ASSESSED = frozenset({Kind.AREA, Kind.GOAL, Kind.INDICATOR})
"""Kinds of things that a person assesses."""

OWNED = frozenset(
    {Kind.TARGET, Kind.OUTCOME, Kind.COMPARISON, Kind.ASSESSMENT, Kind.COMPLETION, Kind.RESULT, Kind.ECONOMY_ROW}
)
"""Kinds that live and rest with what they name: they never hinder it from being retired."""

NAMED = frozenset(NAMED_BY.values())
"""The kinds of things that other things name."""


def references_of(entity: AnyEntity) -> Iterator[tuple[str, Reference]]:
    """What an entity names, each with the field that names it. An assessment names its subject."""
    if isinstance(entity, Assessment):
        yield "subject", entity.subject_reference
        return
    for field, named, is_list in _naming(entity.kind):
        value = getattr(entity, field)
        if is_list:
            for key in value:
                yield field, Reference(named, key)
        elif value:
            yield field, Reference(named, value)


def is_named_by(reference: Reference, entity: AnyEntity) -> bool:
    """Whether an entity names another one."""
    return any(named == reference for _, named in references_of(entity))


@cache
def fields_naming(user: Kind, kind: Kind) -> tuple[ContentField, ...]:
    """The fields by which things of one kind may name those of another; of an assessment, its subject."""
    known = content_fields(user)
    if user is Kind.ASSESSMENT:
        return (known["subject"],) if kind in ASSESSED else ()
    return tuple(each for each in known.values() if each.names is kind)


@cache
def kinds_naming(kind: Kind) -> tuple[Kind, ...]:
    """The kinds of things that may name one of a kind, in the order of kinds."""
    return tuple(user for user in Kind if fields_naming(user, kind))


@cache
def _naming(kind: Kind) -> tuple[tuple[str, Kind, bool], ...]:
    """The fields that name something: those of one thing first, since what is wrong is told in that order."""
    found = [(each.name, each.names, each.is_list) for each in content_fields(kind).values() if each.names is not None]
    return tuple(sorted(found, key=lambda each: each[2]))
