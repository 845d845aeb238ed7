"""What is stored, in words: the fields of things, their values, and what was changed in them and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from kvaltui.i18n import _, day, number
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.references import LIST_REFERENCES, REFERENCES
from kvaltui.model.reporting import Assessment, Outcome, TargetValue
from kvaltui.model.rules import name_of
from kvaltui.model.staleness import changed_since
from kvaltui.model.structure import Indicator
from kvaltui.store.conflicts import Conflict, Side
from kvaltui.store.history import Revision
from kvaltui.store.state import Codec
from kvaltui.words import capitalised, status_word, word

NOTHING = "–"
_MOST_TOLD = 3
_SAID_BY_THE_KEY = frozenset(
    {"key", "indicator", "period", "part", "reading", "subject", "subject_kind", "self_check", "table", "slug", "order"}
)


class FieldChange(NamedTuple):
    """A field by its name, and its values as a person reads them; `before` is "" in what is new."""

    field: str
    before: str
    after: str


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


def changes_of(content: PlanContent, revision: Revision) -> tuple[FieldChange, ...]:
    """What a change has set; of a new thing, what its key does not say already."""
    kind = revision.reference.kind
    before, after = _entity(kind, revision.before), _entity(kind, revision.after)
    return tuple(
        FieldChange(
            field,
            said(content, kind, field, getattr(before, field)) or NOTHING if before is not None else "",
            said(content, kind, field, getattr(after, field)) or NOTHING,
        )
        for field in revision.changed
        if before is not None or field not in _SAID_BY_THE_KEY
    )


def assessed(manual: Assessment, status: str) -> str:
    """A person's assessment: who, what (`status`, as it is shown) and why."""
    return _(
        "Assessed by {author}: {status}. {motivation}",
        author=manual.changed_by or NOTHING,
        status=status,
        motivation=manual.motivation,
    )


def why_stale(content: PlanContent, manual: Assessment) -> str:
    """That an assessment is out of date, with what has changed under it since it was made, the latest first."""
    changed = changed_since(content, manual.subject_reference, manual.period, manual.changed_at)
    if not changed:
        return _("What the assessment rests on has changed since.")
    told = "; ".join(_as_it_is_now(content, each) for each in changed[:_MOST_TOLD])
    if len(changed) > _MOST_TOLD:
        told = _("{some} and {count} more", some=told, count=len(changed) - _MOST_TOLD)
    return _("What the assessment rests on has changed since: {what}", what=told)


def _as_it_is_now(content: PlanContent, reference: Reference) -> str:
    """A figure, a target or an assessment as it stands now, with the name of what it is of."""
    found = content.find(reference)
    match found:
        case Outcome() | TargetValue():
            indicator = content.get(Indicator, found.indicator)
            name = (indicator.display_name or indicator.name) if indicator is not None else found.indicator
            value = NOTHING if found.retired or not found.value else found.value
            return f"{name}{f' ({found.part})' if found.part else ''}: {word(found.kind)} {value}"
        case Assessment():
            value = NOTHING if found.retired else status_word(found.status)
            subject = content.find(found.subject_reference)
            name = name_of(subject) if subject is not None else found.subject
            return f"{name}: {word(found.kind)} {value}"
    return called(reference)


def _entity(kind: Kind, state: Any) -> Any:
    return Codec.of(kind).entity(state) if state else None


def remarks(revision: Revision) -> Iterator[str]:
    """Why a change was made, and where it comes from when it was not typed in here."""
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


def side_of(content: PlanContent, conflict: Conflict, side: Side) -> str:
    """One of the values of a contested field, as a person reads it."""
    reference, field = conflict.reference, conflict.field
    entity = content.find(reference)
    assert entity is not None
    codec = Codec.of(reference.kind)
    typed = codec.entity({**codec.state(entity), field: side.value})
    return said(content, reference.kind, field, getattr(typed, field)) or NOTHING
