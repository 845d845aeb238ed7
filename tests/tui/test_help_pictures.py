"""Pictures of help, palette, settings and the page for beginners, at both sizes and in every look."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kvaltui.tui.app import KvaltuiApp
from tests.tui.pictures import SIZES, Compare
from tests.tui.work import LINKOPING, NARROW, program

LOOKS = [
    pytest.param({"is_ascii": True}, id="ascii"),
    pytest.param({"theme": "light"}, id="light"),
    pytest.param({"theme": "high-contrast"}, id="high-contrast"),
    pytest.param({"spacing": "compact"}, id="compact"),
]
Act = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture(autouse=True)
def steady_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colours are shown as they are for everybody."""
    monkeypatch.setenv("TERM", "xterm-256color")


def keys(*pressed: str) -> Act:
    async def act(pilot: Pilot[None]) -> None:
        await pilot.press(*pressed)

    return act


async def tour(pilot: Pilot[None]) -> None:
    assert isinstance(pilot.app, KvaltuiApp)
    pilot.app.action_tour()


async def legend(pilot: Pilot[None]) -> None:
    assert isinstance(pilot.app, KvaltuiApp)
    pilot.app.action_legend()


SHOWN: dict[str, tuple[str, Act]] = {
    "settings": ("settings", keys()),
    "settings-choosing": ("settings", keys("space", "down")),
    "settings-wrong": ("settings", keys("up", "up", "up", *"2022-T9", "down")),
    "palette": ("settings", keys("ctrl+p", *"symb")),
    "palette-many": ("overview", keys("ctrl+p", *"egenk")),
    "palette-nothing": ("settings", keys("ctrl+p", *"qqq")),
    "help": ("settings", keys("f1")),
    "help-overview": ("overview", keys("f1")),
    "help-figures": ("indicators", keys("f1", "pagedown")),
    "tour": ("settings", tour),
    "legend": ("settings", legend),
}


def opened(folder: Path, mode: str, **look: object) -> KvaltuiApp:
    """The program in a folder that has the same name everywhere."""
    app = program(folder, LINKOPING, mode=mode, **look)  # type: ignore[arg-type]
    app.settings = replace(app.settings, path=Path("/home/anna/kvalitet/config.toml"))
    return app


def then(act: Act) -> Act:
    async def before(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await act(pilot)
        await pilot.pause()

    return before


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shown", SHOWN)
def test_what_is_shown(snap_compare: Compare, tmp_path: Path, shown: str, size: tuple[int, int]) -> None:
    mode, act = SHOWN[shown]
    assert snap_compare(opened(tmp_path, mode), terminal_size=size, run_before=then(act))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("shown", ["settings", "palette", "help", "tour"])
def test_other_looks(snap_compare: Compare, tmp_path: Path, shown: str, look: dict[str, object]) -> None:
    mode, act = SHOWN[shown]
    assert snap_compare(opened(tmp_path, mode, **look), terminal_size=NARROW, run_before=then(act))


@pytest.mark.parametrize("shown", ["settings", "palette", "help", "tour"])
def test_without_colour(snap_compare: Compare, tmp_path: Path, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    mode, act = SHOWN[shown]
    assert snap_compare(opened(tmp_path, mode, theme="ansi"), terminal_size=NARROW, run_before=then(act))
