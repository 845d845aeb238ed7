"""What is stored, in words: the fields of things, their values, and what was changed in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from kvaltui.figure_words import as_written
from kvaltui.i18n import _, day, number
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fields import content_fields
from kvaltui.model.references import OWNED, references_of
from kvaltui.model.reporting import Comparison, Outcome, TargetValue
from kvaltui.model.rules import told_name
from kvaltui.model.structure import Indicator
from kvaltui.store.history import Revision
from kvaltui.store.state import Codec
from kvaltui.words import capitalised, field_word, word

NOTHING = "–"
HIDDEN_FIELDS = frozenset({"order", "key"})
"""What is not told of a change: where a thing stands among others, and what it is known by."""
SAID_BY_THE_KEY = frozenset(
    {"key", "indicator", "period", "part", "reading", "subject", "subject_kind", "self_check", "table", "slug", "order"}
)
_FIGURES = frozenset({"value", "forecast"})
"""The fields of outcomes, targets and comparisons that are written in the unit of their indicator."""


class FieldInWords(NamedTuple):
    """A field by its name, and its values as a person reads them; `before` is "" in what is new."""

    field: str
    before: str
    after: str

    @property
    def told(self) -> str:
        """The field by its word, and from what to what: `värde: 86 % → 91 %`."""
        return f"{field_word(self.field)}: {f'{self.before} → {self.after}' if self.before else self.after}"


def said(content: PlanContent, entity: AnyEntity, field: str) -> str:
    """A field of a thing as a person reads it; what it names, by name. "" for nothing.

    A figure or a target stands as it was written: a journal tells `94 % (2022)` and `94 %` apart.
    """
    value = getattr(entity, field)
    if value and field in _FIGURES and isinstance(entity, Outcome | TargetValue | Comparison):
        indicator = content.all(Indicator).get(entity.indicator)
        return as_written(value, indicator.scale) if indicator else str(value)
    return _value(content, content_fields(entity.kind)[field].names, value)


def _value(content: PlanContent, named: Kind | None, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(_value(content, named, each) for each in value)
    if named is not None:
        found = content.find(Reference(named, str(value)))
        return f"{told_name(found)} ({value})" if found else str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, StrEnum):
        return word(value)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else str(value)


def called(reference: Reference) -> str:
    """What a thing is called by its kind and key: `Utfall sabo-trygghet 2022`, `Bedömning mål framkant 2022`."""
    pieces = [piece for piece in reference.key.split("/") if piece]
    if reference.kind is Kind.ASSESSMENT and pieces:
        pieces[0] = word(Kind(pieces[0]))
    return " ".join((capitalised(word(reference.kind)), *pieces))


def named(content: PlanContent, reference: Reference) -> str:
    """What a thing is called by its names: `Utfall: Andel trygga, BOU, 2022`; by its key where it is not there."""
    entity = content.find(reference)
    if entity is None:
        return called(reference)
    above = next((content.find(each) for _field, each in references_of(entity)), None) if entity.kind in OWNED else None
    own = told_name(entity)
    names = [told_name(above) if above is not None else own]
    names += [own] if above is not None and own != entity.key else []
    names += [text for field in ("part", "period") if (text := str(getattr(entity, field, "")))]
    return f"{capitalised(word(entity.kind))}: {', '.join(names)}"


def changes_of(content: PlanContent, revision: Revision) -> tuple[FieldInWords, ...]:
    """What a change has set; of a new thing, what its key does not say already."""
    kind = revision.reference.kind
    before, after = _entity(kind, revision.before), _entity(kind, revision.after)
    fields = (each for each in revision.changed if before is not None or each not in SAID_BY_THE_KEY)
    return _in_words(content, before, after, fields)


def changes_between(content: PlanContent, before: AnyEntity | None, after: AnyEntity) -> tuple[FieldInWords, ...]:
    """The fields in which a thing would be another; of a new one (`before` is None) those that say something."""
    codec = Codec.of(after.kind)
    fields = (
        each
        for each in codec.names
        if getattr(after, each) != (codec.defaults.get(each) if before is None else getattr(before, each))
    )
    return _in_words(content, before, after, fields)


def _in_words(
    content: PlanContent, before: AnyEntity | None, after: AnyEntity, fields: Iterable[str]
) -> tuple[FieldInWords, ...]:
    return tuple(
        FieldInWords(
            field,
            said(content, before, field) or NOTHING if before is not None else "",
            said(content, after, field) or NOTHING,
        )
        for field in fields
    )


def _entity(kind: Kind, state: Any) -> Any:
    return Codec.of(kind).entity(state) if state else None


def said_of(content: PlanContent, reference: Reference, field: str, value: object) -> str:
    """A plain value that a field of a thing may have, as a person reads it."""
    entity = content.find(reference)
    assert entity is not None
    codec = Codec.of(reference.kind)
    return said(content, codec.entity({**codec.state(entity), field: value}), field) or NOTHING
