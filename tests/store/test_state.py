"""Entities to plain values, to rows, and back."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from datetime import date
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.entities import ENTITY_TYPES, AnyEntity
from kvaltui.model.entity import MARKS, Kind
from kvaltui.model.period import Frequency, Period
from kvaltui.store.plans import load_plan
from kvaltui.store.state import _ENUMS, Codec, canonical
from tests.properties import examples
from tests.store.plan import PLAN, THINGS

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
periods = st.builds(Period, st.integers(1990, 2100)) | st.builds(
    Period, st.integers(1990, 2100), st.just(Frequency.MONTH), st.integers(1, 12)
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "str": texts,
    "str | None": st.none() | texts,
    "int": st.integers(-1000, 1000),
    "int | None": st.none() | st.integers(0, 9),
    "bool": st.booleans(),
    "date | None": st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    "Period": periods,
    "tuple[str, ...]": st.lists(texts, max_size=3).map(tuple),
    "tuple[int, ...]": st.lists(st.integers(0, 20), max_size=3).map(tuple),
    "tuple[Period, ...]": st.lists(periods, max_size=3).map(tuple),
    **{type_.__name__: st.sampled_from(type_) for type_ in _ENUMS},
}


def entities(kind: Kind) -> st.SearchStrategy[AnyEntity]:
    content = {field.name: VALUES[str(field.type)] for field in fields(ENTITY_TYPES[kind]) if field.name not in MARKS}
    return st.builds(ENTITY_TYPES[kind], **content)


@pytest.mark.parametrize("kind", Kind)
@examples(25)
@given(data=st.data())
def test_an_entity_survives_its_state(kind: Kind, data: st.DataObject) -> None:
    entity = data.draw(entities(kind))
    codec = Codec.of(kind)
    state = codec.state(entity)
    assert codec.entity(json.loads(canonical(state))) == entity
    assert not any(isinstance(value, Enum) for value in state.values())


@pytest.mark.parametrize("kind", Kind)
def test_every_content_field_is_in_the_state_and_a_field_that_came_later_may_be_missing(kind: Kind) -> None:
    type_ = ENTITY_TYPES[kind]
    codec = Codec.of(kind)
    assert set(codec.names) == {field.name for field in fields(type_)} - MARKS
    thing = next(each for each in THINGS if each.kind is kind)
    needed = {field.name for field in fields(type_) if field.default is MISSING}
    old = {name: value for name, value in codec.state(thing).items() if name in needed}
    assert codec.state(codec.entity(old)) == {**codec.default_state, **old}


def test_every_kind_is_loaded_as_it_was_recorded(database: Any) -> None:
    content = load_plan(database, PLAN)
    assert sorted(map(repr, content)) != []
    for thing in THINGS:
        assert content.get(type(thing), thing.key) == thing
    assert sum(1 for _ in content) == len(THINGS)
    assert {each.kind for each in THINGS} == set(Kind)


def test_what_is_loaded_has_the_types_that_the_fields_say(database: Any) -> None:
    for entity in load_plan(database, PLAN):
        assert Codec.of(entity.kind).entity(Codec.of(entity.kind).state(entity)) == entity
        for field in fields(entity):
            value = getattr(entity, field.name)
            if str(field.type) in ("bool", "int", "str"):
                assert type(value).__name__ == str(field.type)
