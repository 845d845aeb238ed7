"""What is stored, in words: the fields of things, their values, and what was changed in them and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from kvaltui.figure_words import as_written
from kvaltui.i18n import _, day, number
from kvaltui.model.content import AnyEntity, PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.references import LIST_REFERENCES, OWNED, REFERENCES, references_of
from kvaltui.model.reporting import Comparison, Outcome, TargetValue
from kvaltui.model.rules import name_of
from kvaltui.model.structure import Indicator
from kvaltui.store.conflicts import Decision, Option
from kvaltui.store.history import Revision
from kvaltui.store.signing import Unproved
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


class FieldChange(NamedTuple):
    """A field by its name, and its values as a person reads them; `before` is "" in what is new."""

    field: str
    before: str
    after: str


def said(content: PlanContent, entity: AnyEntity, field: str) -> str:
    """A field of a thing as a person reads it; what it names, by name. "" for nothing.

    A figure or a target stands as it was written: a journal tells `94 % (2022)` and `94 %` apart.
    """
    value = getattr(entity, field)
    if value and field in _FIGURES and isinstance(entity, Outcome | TargetValue | Comparison):
        indicator = content.all(Indicator).get(entity.indicator)
        return as_written(value, indicator.scale) if indicator else str(value)
    return _value(content, entity.kind, field, value)


def _value(content: PlanContent, kind: Kind, field: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(_value(content, kind, field, each) for each in value)
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


def named(content: PlanContent, reference: Reference) -> str:
    """What a thing is called by its names: `Utfall: Andel trygga, BOU, 2022`; by its key where it is not there."""
    entity = content.find(reference)
    if entity is None:
        return called(reference)
    above = next((content.find(each) for _field, each in references_of(entity)), None) if entity.kind in OWNED else None
    own = name_of(entity)
    names = [name_of(above) if above is not None else own]
    names += [own] if above is not None and own != entity.key else []
    names += [text for field in ("part", "period") if (text := str(getattr(entity, field, "")))]
    return f"{capitalised(word(entity.kind))}: {', '.join(names)}"


def changes_of(content: PlanContent, revision: Revision) -> tuple[FieldChange, ...]:
    """What a change has set; of a new thing, what its key does not say already."""
    kind = revision.reference.kind
    before, after = _entity(kind, revision.before), _entity(kind, revision.after)
    return tuple(
        FieldChange(
            field,
            said(content, before, field) or NOTHING if before is not None else "",
            said(content, after, field) or NOTHING,
        )
        for field in revision.changed
        if before is not None or field not in SAID_BY_THE_KEY
    )


def _entity(kind: Kind, state: Any) -> Any:
    return Codec.of(kind).entity(state) if state else None


def claimed(who: str, device: str, why: Unproved) -> str:
    """That a change says who made it, and why that cannot be proved."""
    return _("says that it is {who} on {device}, which cannot be proved: {why}", who=who, device=device, why=why)


def remarks(revision: Revision) -> Iterator[str]:
    """Why a change was made, where it comes from when it was not typed in here, and that who made it is not proved."""
    if revision.unproved is not None:
        yield claimed(revision.author.shown_name, revision.device, revision.unproved)
    if revision.reason:
        yield _("because: {reason}", reason=revision.reason)
    how, _space, what = revision.origin.partition(" ")
    if how == "file":
        yield _("from the file {file}", file=what)
    elif how == "undo":
        yield _("a change taken back")
    elif how == "redo":
        yield _("a change put back")
    elif how == "restore":
        yield _("restored from {file}", file=what)
    if revision.received_from:
        yield _("came with {bundle} from {device}", bundle=revision.received_from, device=revision.device)


def fields_in_words(decision: Decision) -> str:
    """What is decided: the field, or those of several that belong together in which the sides differ."""
    *firsts, last = (field_word(field) for field in decision.differing)
    return _("{first} and {last}", first=", ".join(firsts), last=last) if firsts else last


def option_in_words(content: PlanContent, decision: Decision, option: Option) -> str:
    """What one side has, as a person reads it: `91 % – intervju – källa: Kolada`. A note needs no word before it."""
    told = {field: said_of(content, decision.reference, field, option.values[field]) for field in decision.differing}
    first, *others = told
    others = [each for each in others if told[each] != NOTHING]
    return " – ".join(
        (told[first], *(told[each] if each == "note" else f"{field_word(each)}: {told[each]}" for each in others))
    )


def said_of(content: PlanContent, reference: Reference, field: str, value: object) -> str:
    """A plain value that a field of a thing may have, as a person reads it."""
    entity = content.find(reference)
    assert entity is not None
    codec = Codec.of(reference.kind)
    return said(content, codec.entity({**codec.state(entity), field: value}), field) or NOTHING
