"""Pictures of the first start, the overview, the tree of areas, the dialogs that choose, and small windows."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from kvaltui.config import Config
from kvaltui.model.entities import AnyEntity
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.tui import first_start
from kvaltui.tui.first_start import FirstStart
from kvaltui.tui.terminal.theme import OWN_THEMES, Paint
from kvaltui.work.plan_maker import Beginning
from tests.tui.pictures import Picture, assert_as_expected, keys
from tests.tui.work import COORDINATOR, LINKOPING, NACKA, NARROW, WIDE, program

WAITING: list[AnyEntity] = [
    Outcome(indicator=key, period=Period(2022)) for key in ("sabo-mat-smakar", "sabo-maltid-trevlig")
]


@pytest.mark.parametrize("size", [pytest.param(NARROW, id="80x24"), pytest.param(WIDE, id="120x40")])
@pytest.mark.parametrize(("plan", "mode"), [(NACKA, "overview"), (LINKOPING, "areas")])
def test_screens(picture: Picture, tmp_path: Path, plan: str, mode: str, size: tuple[int, int]) -> None:
    also = WAITING if plan == NACKA else []
    assert picture(program(tmp_path, plan, mode=mode, also=also), keys(), size, is_whole=mode == "overview")


def test_the_overview_of_a_plan_in_tertials(picture: Picture, tmp_path: Path) -> None:
    assert picture(program(tmp_path, LINKOPING, mode="overview"), keys())


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_the_overview_is_drawn_in_the_same_styles_in_every_theme(picture: Picture, tmp_path: Path, theme: str) -> None:
    app = program(tmp_path, NACKA, mode="overview", also=WAITING, theme=theme)
    assert picture(app, keys(), is_whole=True, as_in="screens-nacka-2022-overview-80x24")


def test_the_overview_in_ascii(picture: Picture, tmp_path: Path) -> None:
    app = program(tmp_path, NACKA, mode="overview", also=WAITING, is_ascii=True)
    assert picture(app, keys(), is_whole=True)


def test_the_overview_without_colour(picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert picture(program(tmp_path, NACKA, mode="overview", also=WAITING, theme="ansi"), keys(), is_whole=True)


@pytest.mark.parametrize("theme", OWN_THEMES)
def test_the_swatch_of_a_theme(theme: str) -> None:
    """What each style is in colours: the only expectation that a change of the palette changes."""
    paint = Paint.of(OWN_THEMES[theme])
    swatch = "".join(f"{each.name}: {getattr(paint, each.name)}\n" for each in fields(paint))
    assert_as_expected(f"swatch-{theme}", swatch)


@pytest.mark.parametrize("pressed", [pytest.param("p", id="periods"), pytest.param("g", id="screens")])
def test_choosing(picture: Picture, tmp_path: Path, pressed: str) -> None:
    app = program(tmp_path, LINKOPING, mode="indicators")
    assert picture(app, keys("space", pressed))


@pytest.mark.parametrize("size", [pytest.param((40, 10), id="least"), pytest.param((20, 5), id="too-small")])
def test_small_windows(picture: Picture, tmp_path: Path, size: tuple[int, int]) -> None:
    assert picture(program(tmp_path, NACKA, mode="indicators"), keys(), size, is_whole=True)


class ThatYear(date):
    """The day on which the pictures are taken."""

    @classmethod
    def today(cls) -> ThatYear:
        return cls(2022, 6, 1)


@pytest.mark.parametrize("pressed", [pytest.param((), id="choice"), pytest.param(("down", "enter"), id="empty-plan")])
def test_the_first_start(
    picture: Picture,
    tmp_path: Path,
    pressed: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(first_start, "date", ThatYear)

    def never() -> None:
        raise AssertionError("nothing is made before something is chosen")

    beginning = Beginning(never, COORDINATOR)  # type: ignore[arg-type]
    app = FirstStart(beginning, "/hem/coordinator/db/kvaltui.db", Config(folder=tmp_path))
    assert picture(app, keys(*pressed))
