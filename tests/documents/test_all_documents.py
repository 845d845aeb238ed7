"""What holds for the five starter plans together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest

Table = dict[str, Any]
PLANS = ("nacka-2022", "huddinge-2024", "socialnamnd-2020", "linkoping-2019-t1", "ekero-2016")
NAMED = (
    "quality_factor",
    "area",
    "goal",
    "indicator",
    "core_volume",
    "risk",
    "self_check",
    "measure",
    "assignment",
    "economy_table",
)


def texts(value: object) -> Iterator[str]:
    """Every text in a plan, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


def test_122_distinct_indicators_in_all(plan_file: Callable[[str], Table]) -> None:
    counts = {key: len({each["key"] for each in plan_file(key)["indicator"]}) for key in PLANS}
    assert counts == {
        "nacka-2022": 34,
        "huddinge-2024": 22,
        "socialnamnd-2020": 14,
        "linkoping-2019-t1": 38,
        "ekero-2016": 14,
    }
    assert sum(counts.values()) == 122


@pytest.mark.parametrize("key", PLANS)
def test_a_plan_is_called_as_its_file(plan_file: Callable[[str], Table], key: str) -> None:
    plan = plan_file(key)
    assert plan["format"] == 1
    assert plan["plan"]["key"] == key


@pytest.mark.parametrize("key", PLANS)
def test_keys_can_be_typed_and_name_one_thing_only(plan_file: Callable[[str], Table], key: str) -> None:
    keys = [each["key"] for table in NAMED for each in plan_file(key).get(table, [])]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in keys)


@pytest.mark.parametrize("key", PLANS)
def test_texts_carry_no_traces_of_the_page(plan_file: Callable[[str], Table], key: str) -> None:
    for text in texts(plan_file(key)):
        assert text == unicodedata.normalize("NFC", text)
        assert text == " ".join(text.split()), "broken lines are joined and blanks collapsed"
        assert not re.search(r"[\N{SOFT HYPHEN}\N{BULLET}\ue000-\uf8ff]", text)


@pytest.mark.parametrize("key", PLANS)
def test_nobody_can_be_reached_through_a_plan(plan_file: Callable[[str], Table], key: str) -> None:
    for text in texts(plan_file(key)):
        assert not re.search(r"@|https?:|www\.|\b0\d{1,3}[- ]\d{2,3} ?\d{2} ?\d{2}\b", text), text
    assert not any(each.get("responsible") for each in plan_file(key).get("measure", []))


@pytest.mark.parametrize("key", PLANS)
def test_every_value_stands_in_a_period_of_the_plan(plan_file: Callable[[str], Table], key: str) -> None:
    plan = plan_file(key)
    for table, inner in (
        ("indicator", ("target", "outcome", "comparison", "assessment")),
        ("core_volume", ("target", "outcome")),
        ("goal", ("assessment",)),
        ("self_check", ("result",)),
    ):
        for each in plan.get(table, []):
            for value in (value for word in inner for value in each.get(word, [])):
                assert value["period"] in plan["plan"]["periods"]
                assert value.get("part", "") in ["", *each.get("breakdown", [])]
