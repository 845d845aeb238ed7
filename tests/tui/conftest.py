"""What every test of the screens needs."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def steady_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Times are shown where they are the same for everybody."""
    monkeypatch.setenv("TZ", "UTC")
