"""What every test needs: a person with no settings of their own, in a world that always looks the same."""

from __future__ import annotations

import signal
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import Phase, is_hypothesis_test, settings

from kvaltui import i18n
from tests.properties import IS_FULL

# Who starts the tests in the background has Ctrl+C ignored, and so would every program that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# An ordinary run takes the same examples each time, and so fails for what has been changed; a full run takes new ones.
# Explaining a failure takes a trace of every line of every example, ten times the time of the examples themselves.
settings.register_profile(
    "ordinary", deadline=None, derandomize=True, phases=set(Phase) - {Phase.explain}, max_examples=40
)
settings.register_profile("full", deadline=None, max_examples=500)
_LONGEST_IN_A_NAME = 200
settings.load_profile("full" if IS_FULL else "ordinary")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Properties have a marker."""
    for item in items:
        if is_hypothesis_test(getattr(item, "function", None)):
            item.add_marker("property")


def pytest_make_parametrize_id(val: object) -> str | None:
    """A long text gives a test a short name: names are sent between the processes that run tests, and printed."""
    if isinstance(val, str | bytes) and len(val) > _LONGEST_IN_A_NAME:
        return f"{val[:20]!a} and so on, {len(val)} in all"
    return None


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, so that nobody's settings or figures are read or touched."""
    homes = tmp_path_factory.getbasetemp() / "homes"
    homes.mkdir(exist_ok=True)
    home = Path(mkdtemp(dir=homes))
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    for name in ("LC_ALL", "LC_CTYPE", "KVALTUI_CONFIG", "NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(autouse=True)
def swedish_is_spoken() -> None:
    """Swedish is spoken when a test begins, whatever was spoken in the one before."""
    i18n.install("sv")
