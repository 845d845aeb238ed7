"""A plugin of pytest's for one mutant: the quick tests come first, and none is begun when its time is up.

`$MUTANT_SECONDS` is how long it may compute, its own processes included, so that a busy computer makes no difference.
"""

from __future__ import annotations

import os

import pytest

_MOST = float(os.environ.get("MUTANT_SECONDS", "inf"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Most mutants are noticed by what an ordinary run tries, and what is thorough takes longer."""
    items.sort(key=lambda item: item.get_closest_marker("thorough") is not None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """Pass by what there is no time for."""
    return True if sum(os.times()[:4]) > _MOST else None
