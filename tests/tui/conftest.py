"""What every test of the screens needs."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.tui.settling import settled


@pytest.fixture(autouse=True)
def steady_times() -> Iterator[None]:
    """Times are shown where they are the same for everybody, wherever the tests are run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def exact_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test goes on when the program has nothing left to do."""
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", settled)
