"""What a thing of a plan stands in relation to: what it names, and what names it, none of it retired.

Figures, assessments and marks are no relations: they belong to what they name, and are told as what it has.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.references import OWNED, kinds_naming, references_of

_Index = Mapping[Reference, tuple[Reference, ...]]
_read: dict[Kind, tuple[Mapping[str, AnyEntity], _Index]] = {}
"""Who names what, by the kind of who names, as it was last read. What a change does not touch is shared between the
contents before and after it, so that nothing is read again when a figure is entered.
"""


def named_by(content: PlanContent, entity: AnyEntity) -> tuple[Reference, ...]:
    """The things that one names, in the order of its fields."""
    named = dict.fromkeys(reference for _field, reference in references_of(entity))
    return tuple(each for each in named if _is_there(content, each))


def naming(content: PlanContent, reference: Reference) -> tuple[Reference, ...]:
    """The things that name one, kind by kind; rows of the economy among them, but no figures."""
    kinds = [each for each in kinds_naming(reference.kind) if each not in OWNED or each is Kind.ECONOMY_ROW]
    return tuple(each for kind in kinds for each in _index(content, kind).get(reference, ()))


def comparing(content: PlanContent, indicator: Reference) -> tuple[str, ...]:
    """The keys of what others have of an indicator."""
    return tuple(each.key for each in _index(content, Kind.COMPARISON).get(indicator, ()))


def relations(content: PlanContent, entity: AnyEntity) -> tuple[Reference, ...]:
    """Both, each once: what it names first."""
    own = Reference(entity.kind, entity.key)
    return tuple(dict.fromkeys((*named_by(content, entity), *naming(content, own))))


def _is_there(content: PlanContent, reference: Reference) -> bool:
    found = content.find(reference)
    return found is not None and not found.retired


def _index(content: PlanContent, kind: Kind) -> _Index:
    things = content.entities[kind]
    known = _read.get(kind)
    if known is not None and known[0] is things:
        return known[1]
    found: dict[Reference, list[Reference]] = {}
    for entity in things.values():
        if not entity.retired:
            for named in dict.fromkeys(reference for _field, reference in references_of(entity)):
                found.setdefault(named, []).append(Reference(kind, entity.key))
    index = MappingProxyType({named: tuple(by) for named, by in found.items()})
    _read[kind] = things, index
    return index
