"""Whatever waits for a decision is told in words, whatever type its field has."""

from __future__ import annotations

from typing import Any

import pytest

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.joining import ORDERED, Joining
from kvaltui.store.author import Author
from kvaltui.store.conflicts import ConflictOption, Decision, Side
from kvaltui.store.state import Codec
from kvaltui.work.conflict_words import fields_in_words, option_in_words
from tests.sampled import sampled
from tests.store.plan import THINGS

CONTENT = PlanContent.of(THINGS)
SIDE = Side(None, "", Author("a", "Anna"), "dator", "2022-01-01T00:00:00.000Z")
WAITING = [(kind, name) for kind in Kind for name in Codec.of(kind).names if name not in Joining.of(kind).sets]


@pytest.mark.parametrize(("kind", "field"), sampled(WAITING, 40), ids=str)
def test_no_value_is_told_as_a_program_writes_it(kind: Kind, field: str) -> None:
    entity = next(iter(CONTENT.entities[kind].values()))
    state = Codec.of(kind).state(entity)
    others: list[Any] = [state[field]]
    if isinstance(state[field], bool):
        others.append(not state[field])
    elif isinstance(state[field], list):
        others.append([2, 6])
    reference = Reference(kind, entity.key)
    together = Joining.of(kind).together.get(field, (field,))
    options = tuple(
        ConflictOption({**{each: state[each] for each in together}, field: value}, SIDE) for value in others
    )
    decision = Decision(reference, (field, *(each for each in together if each != field)), (field,), options)
    assert fields_in_words(decision)
    for option in options:
        told = option_in_words(CONTENT, decision, option)
        assert told
        assert not any(mark in told for mark in ("[", "]", "None", "True", "False", "Status.", "Period("))


def test_what_is_no_set_and_yet_a_list_can_be_contested() -> None:
    assert set(WAITING) >= ORDERED
