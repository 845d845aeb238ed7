"""What an ordinary run takes of a walk, and what it leaves for `make thorough`."""

from __future__ import annotations

import pytest

from tests.sampled import sampled

THOROUGH = pytest.mark.thorough.mark


@pytest.mark.parametrize(
    ("keep", "kept"), [(1, [0]), (2, [0, 5]), (3, [0, 3, 6]), (10, list(range(10))), (99, list(range(10)))]
)
def test_an_ordinary_run_takes_so_many_spread_evenly_and_a_thorough_one_the_rest(keep: int, kept: list[int]) -> None:
    cases = sampled(range(10), keep)
    assert [each.values for each in cases] == [(at,) for at in range(10)]
    assert [at for at, each in enumerate(cases) if THOROUGH not in each.marks] == kept


def test_a_case_of_several_arguments_keeps_its_name_and_its_marks() -> None:
    named = pytest.param("c", 3, id="third", marks=pytest.mark.full)
    first, second, third = sampled([("a", 1), ("b", 2), named])
    assert (first.values, second.values, third.values) == (("a", 1), ("b", 2), ("c", 3))
    assert (third.id, third.marks) == ("third", [*named.marks, THOROUGH])


def test_none_is_a_sample_of_none() -> None:
    assert sampled([]) == []
