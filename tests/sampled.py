"""A sample of a walk for every step, and the rest of it for `make thorough`."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from _pytest.mark import ParameterSet

MOST_CASES = 8
"""Of a test with more cases, an ordinary run takes so many all the same (`tests/conftest.py`)."""


def spread(count: int, keep: int) -> frozenset[int]:
    """Which of so many are kept: all of few, otherwise the first and others evenly after it."""
    return frozenset(number * count // keep for number in range(keep)) if keep < count else frozenset(range(count))


def sampled(values: Iterable[object], keep: int = 1) -> list[ParameterSet]:
    """The parameters of a walk, of which an ordinary run takes `keep`, spread evenly from the first on.

    The sample is always the same, so that an ordinary run fails for what has been changed. Several arguments of one
    case are a tuple, as for `parametrize`; what is a `pytest.param` already keeps its marks and its name.
    """
    cases = [_as_parameters(each) for each in values]
    kept = spread(len(cases), keep)
    return [each if at in kept else _only_thorough(each) for at, each in enumerate(cases)]


def _as_parameters(value: object) -> ParameterSet:
    if isinstance(value, ParameterSet):
        return value
    return pytest.param(*value) if isinstance(value, tuple) else pytest.param(value)


def _only_thorough(case: ParameterSet) -> ParameterSet:
    return pytest.param(*case.values, marks=[*case.marks, pytest.mark.thorough.mark], id=case.id)
