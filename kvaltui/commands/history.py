"""The journal as a person reads it: who changed what, when, from what to what; and taking a change back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from kvaltui.commands.context import Context, find_reference
from kvaltui.commands.errors import DONE, WRONG_USAGE, UsageError, note_done
from kvaltui.commands.output import complain, write, write_json
from kvaltui.commands.pieces import plain
from kvaltui.commands.saving import say_saved
from kvaltui.i18n import _, say, told_moment
from kvaltui.model.clean import clean, excerpt
from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message
from kvaltui.store.errors import LaterChanges
from kvaltui.store.history import Revision, by_ids, history
from kvaltui.store.undo import undo as take_back
from kvaltui.words import field_word
from kvaltui.work.value_words import called, changes_of, remarks

USUAL_LIMIT = 20
MOST = 10**9
"""No history has more changes: who asks for more asks for all."""


def show_history(context: Context) -> int:
    """Print the changes of the plan, or of one thing and what belongs to it, the newest first."""
    limit = _limit(context.arguments.limit)
    with context.open() as database, database.reading():
        content = context.content(database)
        key: str | None = context.arguments.key
        about = find_reference(content, key) if key else None
        found = history(database, content.plan.key, about, limit=limit)
    if context.arguments.json:
        write_json([_value(each) for each in found])
    elif found:
        blocks = (
            "\n".join(_action_lines(content, list(same))) for _id, same in groupby(found, lambda each: each.action)
        )
        write("\n\n".join(blocks))
    else:
        write(_("Nothing has been changed yet."))
    return DONE


def _limit(text: str | None) -> int:
    if text is None:
        return USUAL_LIMIT
    if not text.isdecimal() or not text.strip("0"):
        raise UsageError(Message("--limit takes a whole number from 1 up, not “{text}”", text=excerpt(text)))
    return int(text) if len(text) <= len(str(MOST)) else MOST


def undo(context: Context) -> int:
    """Take back a change: one of the history, or one's own latest."""
    chosen = clean(context.arguments.revision) if context.arguments.revision is not None else None
    with context.open() as database:
        content = context.content(database)
        try:
            action = take_back(
                database,
                content.plan.key,
                chosen,
                by=context.author,
                confirm=context.arguments.anyway,
            )
        except LaterChanges as later:
            complain(say(later.message))
            for revision in later.depends:
                complain("\n".join(_lines(content, revision)))
            which = f"{chosen} " if chosen else ""
            complain(_("Take it back all the same with: {command}", command=f"kvaltui undo {which}--anyway"))
            return WRONG_USAGE
        note_done()
        taken = by_ids(database, content.plan.key, action.revisions)
    for revision in taken:
        write(_changes(content, revision))
    say_saved(action)
    return DONE


def _action_lines(content: PlanContent, revisions: list[Revision]) -> Iterator[str]:
    """One step of a person, with everything that it changed."""
    first = revisions[0]
    yield f"{told_moment(first.at)}  {first.author.shown_name}"
    yield from (f"  {remark}" for remark in remarks(first))
    for revision in revisions:
        yield from _lines(content, revision)


def _lines(content: PlanContent, revision: Revision) -> Iterator[str]:
    undone = f"  ({_('taken back')})" if revision.is_undone else ""
    yield f"  {revision.sequence:>5}  {_changes(content, revision)}{undone}"


def _changes(content: PlanContent, revision: Revision) -> str:
    """What was changed, and from what to what."""
    changes = []
    for each in changes_of(content, revision):
        value = plain(f"{each.before} → {each.after}" if each.before else each.after)
        changes.append(f"{field_word(each.field)}: {value}")
    told = "; ".join(changes)
    thing = called(revision.reference)
    is_new = not revision.before
    return f"{thing} ({_('new')}): {told}" if is_new and told else f"{thing}: {told}" if told else thing


def _value(revision: Revision) -> dict[str, Any]:
    return {
        "revision": revision.sequence,
        "id": revision.id,
        "action": revision.action,
        "kind": revision.reference.kind,
        "key": revision.reference.key,
        "changes": [
            {"field": field, "before": revision.before.get(field), "after": revision.after.get(field)}
            for field in revision.changed
        ],
        "author": revision.author.name,
        "account": revision.author.account,
        "device": revision.device,
        "at": revision.at,
        "reason": revision.reason,
        "origin": revision.origin,
        "received_from": revision.received_from or None,
        "undone": revision.is_undone,
        "unproved": revision.unproved,
    }
