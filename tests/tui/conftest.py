"""What every test of the screens needs."""

from __future__ import annotations

import pytest

from tests.tui.settling import settled


@pytest.fixture(autouse=True)
def steady_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Times are shown where they are the same for everybody."""
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture(autouse=True)
def exact_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test goes on when the program has nothing left to do."""
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", settled)
