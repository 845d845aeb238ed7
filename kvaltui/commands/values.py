"""The fields of stored things in words: their values, and what a thing is called in a list of changes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kvaltui.i18n import _, day, number
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.references import LIST_REFERENCES, REFERENCES
from kvaltui.model.rules import name_of
from kvaltui.words import capitalised, word


def said(content: PlanContent, kind: Kind, field: str, value: object) -> str:
    """A field's value as a person reads it; what it names, by name. "" for nothing."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(said(content, kind, field, each) for each in value)
    named = REFERENCES.get((kind, field)) or LIST_REFERENCES.get((kind, field))
    if named is not None:
        found = content.find(Reference(named, str(value)))
        return f"{name_of(found)} ({value})" if found else str(value)
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
