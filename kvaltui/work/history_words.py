"""Changes of the plan in few words: what was changed, from what to what, and of a whole action what it comes to."""

from __future__ import annotations

from collections.abc import Sequence

from kvaltui.i18n import _
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.store.history import Revision
from kvaltui.words import capitalised, field_word, word
from kvaltui.work.naming import name_of
from kvaltui.work.value_words import HIDDEN_FIELDS, FieldInWords, changes_of


def text_of(content: PlanContent, revision: Revision) -> str:
    """The words by which a change is found: what was changed, and who did it."""
    return f"{changed_thing(content, revision.reference)} {clean(revision.author.name or revision.author.account)}"


def changed_thing(content: PlanContent, reference: Reference) -> str:
    """What was changed; of anything but the outcomes, which are the most by far, what sort of thing it is too."""
    name = name_of(content, reference)
    return name if reference.kind is Kind.OUTCOME else f"{capitalised(word(reference.kind))}: {name}"


def change_in_words(content: PlanContent, revision: Revision) -> str:
    """What a change did in few words: the value before and after, or which fields were set."""
    if "retired" in revision.changed and revision.before:
        return _("retired") if revision.after.get("retired") else _("brought back")
    changes = shown_changes(content, revision)
    if not revision.before:
        value = next((each.after for each in changes if each.field in ("value", "status")), "")
        return _("new: {value}", value=value) if value else _("new")
    if len(changes) == 1:
        return f"{changes[0].before} → {changes[0].after}"
    return ", ".join(field_word(each.field) for each in changes) or _("order")


def shown_changes(content: PlanContent, revision: Revision) -> Sequence[FieldInWords]:
    """The changed fields that mean something to a reader, with texts that can be shown."""
    return [
        FieldInWords(each.field, clean(each.before), clean(each.after))
        for each in changes_of(content, revision)
        if each.field not in HIDDEN_FIELDS
    ]
