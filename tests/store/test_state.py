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
from kvaltui.model.fields import ContentField, Holds, content_fields
from kvaltui.model.period import Frequency, Period
from kvaltui.store.plans import load_plan
from kvaltui.store.state import Codec, canonical
from tests.properties import examples
from tests.store.plan import PLAN, THINGS

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
periods = st.builds(Period, st.integers(1990, 2100)) | st.builds(
    Period, st.integers(1990, 2100), st.just(Frequency.MONTH), st.integers(1, 12)
)
VALUES: dict[Holds, st.SearchStrategy[Any]] = {
    **dict.fromkeys((Holds.LINE, Holds.PROSE, Holds.AS_WRITTEN, Holds.KEY), texts),
    Holds.NUMBER: st.integers(-1000, 1000),
    Holds.TRUTH: st.booleans(),
    Holds.DAY: st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    Holds.PERIOD: periods,
}


def values(field: ContentField) -> st.SearchStrategy[Any]:
    """Whatever a field can hold."""
    one = st.sampled_from(field.members) if field.holds is Holds.MEMBER else VALUES[field.holds]
    if field.is_list:
        return st.lists(one, max_size=3).map(tuple)
    return st.none() | one if field.is_optional else one


def entities(kind: Kind) -> st.SearchStrategy[AnyEntity]:
    type_ = ENTITY_TYPES[kind]
    return st.builds(type_, **{name: values(field) for name, field in content_fields(kind).items()})


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


TYPES = {
    **dict.fromkeys((Holds.LINE, Holds.PROSE, Holds.AS_WRITTEN, Holds.KEY), str),
    Holds.NUMBER: int,
    Holds.TRUTH: bool,
    Holds.DAY: date,
    Holds.PERIOD: Period,
}


def test_what_is_loaded_has_the_types_that_the_fields_say(database: Any) -> None:
    for entity in load_plan(database, PLAN):
        assert Codec.of(entity.kind).entity(Codec.of(entity.kind).state(entity)) == entity
        for field in content_fields(entity.kind).values():
            value = getattr(entity, field.name)
            assert field.is_list == (type(value) is tuple)
            assert value is not None or field.is_optional
            type_ = field.members if field.holds is Holds.MEMBER else TYPES[field.holds]
            for each in value if field.is_list else [value] if value is not None else []:
                assert type(each) is type_
