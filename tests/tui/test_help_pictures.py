"""Pictures of help, palette, settings and the page for beginners."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kvaltui.tui.app import KvaltuiApp
from tests.sampled import sampled
from tests.tui.pictures import Picture
from tests.tui.work import LINKOPING, program

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
    "palette-nothing": ("settings", keys("ctrl+p", *"qqq")),
    "help": ("settings", keys("f1")),
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


@pytest.mark.parametrize("shown", SHOWN)
def test_what_is_shown(picture: Picture, tmp_path: Path, shown: str) -> None:
    mode, act = SHOWN[shown]
    assert picture(opened(tmp_path, mode), then(act))


def test_the_settings_with_little_room(picture: Picture, tmp_path: Path) -> None:
    mode, act = SHOWN["settings"]
    assert picture(opened(tmp_path, mode, spacing="compact"), then(act), is_whole=True)


@pytest.mark.parametrize("shown", sampled(["settings", "palette", "help"], keep=1))
@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_it_is_drawn_in_the_same_styles_in_every_theme(
    picture: Picture, tmp_path: Path, shown: str, theme: str
) -> None:
    mode, act = SHOWN[shown]
    assert picture(opened(tmp_path, mode, theme=theme), then(act), as_in=f"help-what_is_shown-{shown}")


@pytest.mark.thorough
def test_the_help_in_ascii(picture: Picture, tmp_path: Path) -> None:
    mode, act = SHOWN["help"]
    assert picture(opened(tmp_path, mode, is_ascii=True), then(act))
