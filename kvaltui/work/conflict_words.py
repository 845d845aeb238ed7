"""What waits for a decision between several sides, in words: what is decided, and what each side has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kvaltui.i18n import _, told_moment
from kvaltui.model.content import PlanContent
from kvaltui.store.conflicts import ConflictOption, Decision
from kvaltui.store.signing import Unproved
from kvaltui.words import field_word
from kvaltui.work.value_words import NOTHING, said_of


class SideInWords(NamedTuple):
    """One of the values: itself, who entered it, when, on which device, and what is doubtful of it, "" for nothing."""

    value: str
    who: str
    when: str
    where: str
    doubt: str = ""


def sides_in_words(content: PlanContent, decision: Decision, unproved: Mapping[str, Unproved]) -> Iterator[SideInWords]:
    """What each side has; `unproved` says of which revisions it cannot be proved who wrote them, by their ids."""
    for option in decision.options:
        side = option.side
        why = unproved.get(side.revision)
        yield SideInWords(
            option_in_words(content, decision, option),
            side.author.shown_name,
            told_moment(side.at),
            side.device,
            _("cannot be proved: {why}", why=why) if why is not None else "",
        )


def fields_in_words(decision: Decision) -> str:
    """What is decided: the field, or those of several that belong together in which the sides differ."""
    *firsts, last = (field_word(field) for field in decision.differing)
    return _("{first} and {last}", first=", ".join(firsts), last=last) if firsts else last


def option_in_words(content: PlanContent, decision: Decision, option: ConflictOption) -> str:
    """What one side has, as a person reads it: `91 % – intervju – källa: Kolada`. A note needs no word before it."""
    told = {field: said_of(content, decision.reference, field, option.values[field]) for field in decision.differing}
    first, *others = told
    others = [each for each in others if told[each] != NOTHING]
    return " – ".join(
        (told[first], *(told[each] if each == "note" else f"{field_word(each)}: {told[each]}" for each in others))
    )
