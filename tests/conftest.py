"""What every test needs: a person with no settings of their own, in a world that always looks the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kvaltui import i18n

settings.register_profile("kvaltui", deadline=None)
settings.load_profile("kvaltui")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, so that nobody's settings or figures are read or touched."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("KVALTUI_CONFIG", "NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(autouse=True)
def swedish_is_spoken() -> Iterator[None]:
    """Swedish is spoken before and after every test."""
    i18n.install("sv")
    yield
    i18n.install("sv")
