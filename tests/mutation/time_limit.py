"""A plugin of pytest's for one mutant: no test is begun when the time is up. `$MUTANT_SECONDS` is how long it has."""

from __future__ import annotations

import os
import time

import pytest

_END = time.monotonic() + float(os.environ.get("MUTANT_SECONDS", "inf"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """Pass by what there is no time for."""
    return True if time.monotonic() > _END else None
