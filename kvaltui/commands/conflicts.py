"""Values that were entered on two sides: showing them, and deciding."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, WRONG_USAGE, UsageError, note_done
from kvaltui.commands.output import complain, write, write_json
from kvaltui.commands.parser import Arguments
from kvaltui.commands.pieces import plain
from kvaltui.commands.saving import say_saved
from kvaltui.i18n import _
from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message
from kvaltui.setting import did_you_mean
from kvaltui.store.conflicts import Conflict, Decision, can_hold, conflicts, decisions, otherwise
from kvaltui.store.conflicts import resolve as decide
from kvaltui.store.proving import unproved_of
from kvaltui.store.signing import Unproved
from kvaltui.terminal import is_terminal
from kvaltui.words import capitalised, field_word
from kvaltui.work.conflict_words import fields_in_words, sides_in_words
from kvaltui.work.value_words import called, said_of


def show_conflicts(context: Context) -> int:
    """Print everything that was changed on two sides, with the values, who and when, and how to decide it."""
    with context.open() as database, database.reading():
        content = context.content(database)
        found = decisions(database, content.plan.key)
        every = conflicts(database, content.plan.key)
        unproved = unproved_of(database, content.plan.key, [side.revision for each in every for side in each.sides])
    if context.arguments.json:
        write_json([_value(each, unproved) for each in every])
        return DONE
    if not found:
        write(_("There are no conflicts."))
        return DONE
    write("\n\n".join("\n".join(_lines(content, each, unproved)) for each in found) + "\n")
    write(_("Decide with: {command}", command="kvaltui resolve NYCKEL --take 1"))
    return DONE


def resolve(context: Context) -> int:
    """Decide what was changed on two sides: for a side, for another value, or as is answered at the terminal.

    Whatever waits, the same command never decides something else than the person saw: where several fields wait, one
    has to be named.
    """
    given = context.arguments
    with context.open() as database:
        # Of one moment: what is decided is what is shown.
        with database.reading():
            content = context.content(database)
            waiting = decisions(database, content.plan.key)
            revisions = [option.side.revision for each in waiting for option in each.options]
            unproved = unproved_of(database, content.plan.key, revisions)

        def shown(decision: Decision) -> str:
            return "\n".join(_lines(content, decision, unproved))

        decision = _meant(given.key, given.field, waiting, shown)
        values = _chosen(content, decision, given, database.device, shown)
        if values is None:
            complain(_("Say which value to keep with --take and its number."))
            return WRONG_USAGE
        action = decide(
            database, content.plan.key, decision.reference, values, by=context.author, seen=content.position
        )
    note_done()
    for field in (each for each in values if each in decision.differing):
        value = values[field]
        told = plain(said_of(content, decision.reference, field, value))
        write(f"{called(decision.reference)}, {field_word(field)}: {told}")
    say_saved(action)
    return DONE


def _meant(key: str, field: str | None, found: Sequence[Decision], shown: Callable[[Decision], str]) -> Decision:
    """The one decision that a key and a field mean. Raises UsageError when there are none or several."""
    waiting = _about(key, found)
    if field is not None:
        wanted = field.casefold()
        names = {name: each for each in waiting for field_ in each.fields for name in (field_, field_word(field_))}
        if wanted not in names:
            hint = did_you_mean(wanted, names)
            raise UsageError(
                Message(
                    "Nothing is in conflict about the field “{name}” of “{key}”{hint}", name=field, key=key, hint=hint
                )
            )
        return names[wanted]
    if len(waiting) > 1:
        write("\n\n".join(shown(each) for each in waiting) + "\n")
        fields = ", ".join(each.fields[0] for each in waiting)
        raise UsageError(
            Message(
                "Several fields of “{key}” are in conflict: choose one with --field: {fields}", key=key, fields=fields
            )
        )
    return waiting[0]


def _chosen(
    content: PlanContent, decision: Decision, given: Arguments, device: str, shown: Callable[[Decision], str]
) -> Mapping[str, Any] | None:
    """The values that shall hold; None when nobody says which. Raises UsageError for what cannot be chosen."""
    ways = [given.ours, given.theirs, given.take is not None, given.value is not None]
    if sum(ways) > 1:
        raise UsageError(Message("Choose in one way: --ours, --theirs, --take or --value"))
    if given.ours or given.theirs:
        found = [each for each in decision.options if (each.side.device == device) is given.ours]
        if len(found) != 1:
            raise UsageError(
                Message("{count} of the values are from there: choose one with --take and its number", count=len(found))
            )
        return found[0].values
    if given.value is not None:
        return _other_value(content, decision, given.field, given.value)
    number: str | None = given.take
    if number is None:
        write(shown(decision))
        number = _asked(len(decision.options))
        if number is None:
            return None
    if number not in map(str, range(1, len(decision.options) + 1)):
        raise UsageError(
            Message("“{number}” is not one of the numbers 1 to {last}", number=number, last=len(decision.options))
        )
    return decision.options[int(number) - 1].values


def _other_value(content: PlanContent, decision: Decision, field: str | None, value: str) -> Mapping[str, Any]:
    """A value that neither side has; what is decided with it, such as the note, stays as the plan shows it."""
    named = next((each for each in decision.fields if field and field.casefold() in (each, field_word(each))), None)
    decided = named or decision.fields[0]
    value = value.strip()
    if not can_hold(decision, decided, value):
        raise UsageError(
            Message("“{field}” is not written freely: choose a value with --take and its number", field=decided)
        )
    entity = content.find(decision.reference)
    assert entity is not None
    return otherwise(entity, decision, decided, value)


def _about(key: str, found: Sequence[Decision]) -> list[Decision]:
    """The decisions about the one thing that a key means: its own key, that of its indicator or area, or kind and key.

    Raises UsageError when there is none, and when several things could be meant.
    """
    wanted = key.rstrip("/")
    exact = [each for each in found if wanted in (str(each.reference).rstrip("/"), each.reference.key.rstrip("/"))]
    belonging = [each for each in found if f"/{each.reference}".find(f"/{wanted}/") >= 0]
    meant = exact or belonging
    references = {each.reference: str(each.reference) for each in meant}
    if not meant:
        hint = did_you_mean(key, [str(each.reference) for each in found])
        raise UsageError(Message("There is no conflict about “{name}”{hint}", name=key, hint=hint))
    if len(references) > 1:
        names = ", ".join(references.values())
        raise UsageError(Message("“{key}” has several conflicts: write one of {choices}", key=key, choices=names))
    return meant


def _asked(count: int) -> str | None:
    """The number that a person at the terminal chooses; None where nobody sits there."""
    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        return None
    try:
        return input(_("Which one is to be kept? (1–{count}) ", count=count)).strip() or None
    except EOFError:
        return None


def _lines(content: PlanContent, decision: Decision, unproved: Mapping[str, Unproved]) -> Iterator[str]:
    reference = decision.reference
    yield str(reference)
    yield f"  {capitalised(fields_in_words(decision))} (--field {decision.fields[0]}):"
    for number, side in enumerate(sides_in_words(content, decision, unproved), 1):
        yield f"  {number:>3}  {plain(side.value)}  ({side.who}, {side.when}, {side.where})"
        if side.doubt:
            yield f"       ! {side.doubt}"


def _value(conflict: Conflict, unproved: Mapping[str, Unproved]) -> dict[str, Any]:
    return {
        "kind": conflict.reference.kind,
        "key": conflict.reference.key,
        "field": conflict.field,
        "values": [
            {
                "value": side.value,
                "author": side.author.name,
                "account": side.author.account,
                "device": side.device,
                "at": side.at,
                "id": side.revision,
                "unproved": unproved.get(side.revision),
            }
            for side in conflict.sides
        ],
    }
