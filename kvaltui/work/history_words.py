"""Changes of the plan in few words: what was changed, from what to what, and of a whole action what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kvaltui.i18n import N_, _, translated
from kvaltui.model.clean import clean
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.store.history import Revision
from kvaltui.store.origin import How
from kvaltui.words import capitalised, field_word, word
from kvaltui.work.naming import name_of
from kvaltui.work.value_words import HIDDEN_FIELDS, FieldInWords, changes_of

if TYPE_CHECKING:
    from kvaltui.store.history_actions import HistoryAction
    from kvaltui.store.journal import Action
    from kvaltui.work.session import PlanSession


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


def action_line(content: PlanContent, action: HistoryAction) -> tuple[str, str]:
    """What an action has done in few words: what it was, or the thing that it changed, and what of that."""
    revision = action.revision
    if action.count == 1:
        return changed_thing(content, revision.reference), change_in_words(content, revision)
    counted = ", ".join(
        _counted(kind, count) for kind, count in sorted(action.kinds.items(), key=lambda each: -each[1])
    )
    match revision.origin.how:
        case How.FILE:
            return _("From {file}", file=clean(revision.origin.what)), counted
        case How.UNDO:
            return _("Taken back"), counted
        case How.REDO:
            return _("Put back"), counted
    if revision.reference.kind is Kind.PLAN and "periods" in revision.changed:
        if not revision.before:
            return _("New plan"), counted
        known = set(revision.before.get("periods", ()))
        new = [clean(str(each)) for each in revision.after.get("periods", ()) if each not in known]
        return _("New period {period}", period=", ".join(new)) if new else _("Periods"), counted
    return counted, name_of(content, revision.reference)


def _counted(kind: Kind, count: int) -> str:
    """How many things of a kind: "3 åtgärder"."""
    return translated(_MANY[kind], count=count) if count != 1 else f"1 {word(kind)}"


_MANY = {
    Kind.PLAN: N_("{count} changes of the plan"),
    Kind.QUALITY_FACTOR: N_("{count} quality factors"),
    Kind.AREA: N_("{count} areas"),
    Kind.GOAL: N_("{count} goals"),
    Kind.INDICATOR: N_("{count} indicators"),
    Kind.TARGET: N_("{count} targets"),
    Kind.OUTCOME: N_("{count} figures"),
    Kind.COMPARISON: N_("{count} comparisons"),
    Kind.ASSESSMENT: N_("{count} assessments"),
    Kind.COMPLETION: N_("{count} areas marked complete"),
    Kind.RISK: N_("{count} risks"),
    Kind.SELF_CHECK: N_("{count} self-checks"),
    Kind.RESULT: N_("{count} results"),
    Kind.MEASURE: N_("{count} measures"),
    Kind.ASSIGNMENT: N_("{count} assignments"),
    Kind.ECONOMY_TABLE: N_("{count} economy tables"),
    Kind.ECONOMY_ROW: N_("{count} economy rows"),
}


def shown_changes(content: PlanContent, revision: Revision) -> Sequence[FieldInWords]:
    """The changed fields that mean something to a reader, with texts that can be shown."""
    return [
        FieldInWords(each.field, clean(each.before), clean(each.after))
        for each in changes_of(content, revision)
        if each.field not in HIDDEN_FIELDS
    ]


def remarks(revision: Revision) -> Iterator[str]:
    """Why a change was made, where it comes from when it was not typed in here, and that who made it is not proved."""
    if revision.unproved is not None:
        yield _(
            "says that it is {who} on {device}, which cannot be proved: {why}",
            who=revision.author.shown_name,
            device=revision.device,
            why=revision.unproved,
        )
    if revision.reason:
        yield _("because: {reason}", reason=revision.reason)
    match revision.origin.how:
        case How.FILE:
            yield _("from the file {file}", file=revision.origin.what)
        case How.UNDO:
            yield _("a change taken back")
        case How.REDO:
            yield _("a change put back")
        case How.RESTORE:
            yield _("restored from {file}", file=revision.origin.what)
    if revision.received_from:
        yield _("came with {bundle} from {device}", bundle=revision.received_from, device=revision.device)


class ActionInWords(NamedTuple):
    """What an action has changed: the first thing by name, its change, "" where it is not known, and how many more."""

    name: str
    change: str
    more: int


def action_in_words(session: PlanSession, action: Action) -> ActionInWords | None:
    """What an action comes to; None where it has changed nothing."""
    if not action.changed:
        return None
    first = action.changed[0]
    known = session.history(limit=len(action.revisions), about=first)
    revision = next((each for each in known if each.id in action.revisions and each.reference == first), None)
    change = change_in_words(session.content, revision) if revision is not None else ""
    return ActionInWords(f"{word(first.kind)} {name_of(session.content, first)}", change, len(action.changed) - 1)
