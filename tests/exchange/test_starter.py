"""The starter plans that come with the program."""

from __future__ import annotations

import pytest

from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.starter import read_starter, starter_plans


def test_there_are_five_and_their_keys_are_those_of_the_plans() -> None:
    keys = [starter.key for starter in starter_plans()]
    assert keys == ["ekero-2016", "huddinge-2024", "linkoping-2019-t1", "nacka-2022", "socialnamnd-2020"]
    for starter in starter_plans():
        plan = read_starter(starter.key).plan
        assert (plan.key, plan.title, plan.organisation) == (starter.key, starter.title, starter.organisation)


@pytest.mark.parametrize("key", ["nacka", "../nacka-2022", "", "nacka-2022.toml"])
def test_one_that_there_is_not(key: str) -> None:
    with pytest.raises(FileError, match="There is no starter plan"):
        read_starter(key)
