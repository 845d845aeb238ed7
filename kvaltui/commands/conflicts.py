"""Values that were entered on two sides: showing them, and deciding."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from kvaltui.commands.context import Context
from kvaltui.commands.errors import DONE, WRONG_USAGE, UsageError
from kvaltui.commands.output import complain, write, write_json
from kvaltui.commands.saving import say_saved
from kvaltui.i18n import _, moment
from kvaltui.model.content import PlanContent
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.setting import did_you_mean
from kvaltui.store.conflicts import Conflict, Side, conflicts
from kvaltui.store.conflicts import resolve as decide
from kvaltui.terminal import is_terminal
from kvaltui.value_words import called, side_of
from kvaltui.words import capitalised, field_word


def show_conflicts(context: Context) -> int:
    """Print every field that was changed on two sides, with both values, who and when."""
    with context.open() as database:
        content = context.content(database)
        found = conflicts(database, content.plan.key)
    if context.arguments.json:
        write_json([_value(each) for each in found])
        return DONE
    if not found:
        write(_("There are no conflicts."))
        return DONE
    blocks = ("\n".join(_lines(content, list(_choices([each])))) for each in found)
    write("\n\n".join(blocks) + "\n")
    write(_("Decide with: {command}", command="kvaltui resolve NYCKEL --take 1"))
    return DONE


def resolve(context: Context) -> int:
    """Decide a conflict: the number of the value to keep is given, or asked for at the terminal."""
    key: str = context.arguments.key
    with context.open() as database:
        content = context.content(database)
        every = conflicts(database, content.plan.key)
        choices = list(_choices(_about(key, every)))
        number: str | None = context.arguments.take
        if number is None:
            write("\n".join(_lines(content, choices)))
            number = _asked(len(choices))
            if number is None:
                complain(_("Say which value to keep with --take and its number."))
                return WRONG_USAGE
        chosen = next((choice for choice in choices if str(choice.number) == number), None)
        if chosen is None:
            raise UsageError(
                Message("“{number}” is not one of the numbers 1 to {last}", number=number, last=len(choices))
            )
        action = decide(
            database,
            content.plan.key,
            chosen.conflict.reference,
            {chosen.conflict.field: chosen.side.value},
            by=context.author,
            seen=content.position,
        )
    told = f"{called(chosen.conflict.reference)}, {field_word(chosen.conflict.field)}"
    write(f"{told}: {side_of(content, chosen.conflict, chosen.side)}")
    say_saved(action)
    return DONE


@dataclass(frozen=True, slots=True)
class _Choice:
    """A value that somebody entered, with the number to choose it by."""

    number: int
    conflict: Conflict
    side: Side


def _choices(found: Sequence[Conflict]) -> Iterator[_Choice]:
    number = 0
    for conflict in found:
        for side in conflict.sides:
            number += 1
            yield _Choice(number, conflict, side)


def _about(key: str, found: Sequence[Conflict]) -> list[Conflict]:
    """The conflicts of the one thing that a key means: its own key, that of its indicator or area, or kind and key.

    Raises UsageError when there is none, and when conflicts of several things could be meant.
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


def _lines(content: PlanContent, choices: Sequence[_Choice]) -> Iterator[str]:
    conflict: Conflict | None = None
    for choice in choices:
        if choice.conflict is not conflict:
            conflict = choice.conflict
            yield str(conflict.reference)
            yield f"  {capitalised(field_word(conflict.field))}:"
        side = choice.side
        when = moment(datetime.fromisoformat(side.at))
        value = side_of(content, conflict, side)
        yield f"  {choice.number:>3}  {value}  ({side.author.shown_name}, {when}, {side.device})"


def _value(conflict: Conflict) -> dict[str, Any]:
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
            }
            for side in conflict.sides
        ],
    }
