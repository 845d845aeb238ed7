"""Pictures of Indikatorer and what opens over it: every look, an open editor, dialogs, the reading view."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from kvaltui.exchange.starter import read_starter
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.reporting_round import with_period
from kvaltui.tui.screens.indicators import IndicatorsScreen
from kvaltui.work.pasted import cells_of
from tests.tui.pictures import Before, Picture
from tests.tui.work import LINKOPING, NACKA, NARROW, WIDE, program

YEAR = Period(2023)
ENTERED = {"sabo-trygghet": "91", "sabo-mat-smakar": "71 %", "sabo-maltid-trevlig": "38 % (271 av 705)"}
NEXT_YEAR: list[AnyEntity] = [
    *with_period(read_starter(NACKA), YEAR, Period(2022)),
    *(Outcome(indicator=key, period=YEAR, value=value) for key, value in ENTERED.items()),
]


def keys(*pressed: str, at: str = "", paste: str = "") -> Before:
    """Put the cursor on an indicator and press keys before the picture is taken."""

    async def before(pilot: Pilot[None]) -> None:
        screen = pilot.app.screen
        assert isinstance(screen, IndicatorsScreen)
        await pilot.pause()
        if at:
            screen.show_reference(Reference(Kind.INDICATOR, at))
        await pilot.press(*pressed)
        await pilot.pause()
        if paste:
            screen.table.post_message(screen.table.BlockPasted(cells_of(paste)))
            await pilot.pause()
        await pilot.pause()

    return before


@pytest.mark.thorough
@pytest.mark.parametrize("size", [pytest.param(NARROW, id="80x24"), pytest.param(WIDE, id="120x40")])
def test_the_entry_table(picture: Picture, tmp_path: Path, size: tuple[int, int]) -> None:
    app = program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)
    assert picture(app, keys(at="sabo-mat-smakar"), size, is_whole=True)


@pytest.mark.parametrize("theme", ["light", "high-contrast"])
def test_it_is_drawn_in_the_same_styles_in_every_theme(picture: Picture, tmp_path: Path, theme: str) -> None:
    app = program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR, theme=theme)
    like = "entry-the_entry_table-80x24"
    assert picture(app, keys(at="sabo-mat-smakar"), is_whole=True, as_in=like)


def test_parts_and_genders(picture: Picture, tmp_path: Path) -> None:
    app = program(tmp_path, LINKOPING, mode="indicators")
    assert picture(app, keys("down", at="total-sjukfranvaro"))


def test_ascii(picture: Picture, tmp_path: Path) -> None:
    app = program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR, is_ascii=True)
    assert picture(app, keys("7", "1", at="sabo-mat-smakar"))


@pytest.mark.thorough
def test_no_colour(picture: Picture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR, theme="ansi")
    assert picture(app, keys("6", "6", at="sabo-narvaro-dodsogonblick"))


@pytest.mark.parametrize(
    ("pressed", "at"),
    [
        pytest.param(("6", "6"), "sabo-narvaro-dodsogonblick", id="editor"),
        pytest.param((*"12", "full_stop", *"500", "enter"), "sabo-narvaro-dodsogonblick", id="refused"),
        pytest.param(("slash", *"boende"), "", id="search"),
        pytest.param(("space", "f", "down", "space", "escape"), "", id="filtered"),
        pytest.param(("slash", *"xyz"), "", id="nothing"),
        pytest.param(
            (
                "space",
                "s",
            ),
            "",
            id="sort",
        ),
        pytest.param(
            (
                "space",
                "x",
            ),
            "",
            id="export",
        ),
        pytest.param(("home", "left"), "", id="folded"),
    ],
)
def test_at_work(picture: Picture, tmp_path: Path, pressed: tuple[str, ...], at: str) -> None:
    app = program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)
    assert picture(app, keys(*pressed, at=at))


@pytest.mark.parametrize(
    "column", [pytest.param("66\nja\n100\n72-100\n", id="right"), pytest.param("66\n12.500\n100\n", id="wrong")]
)
def test_paste(picture: Picture, tmp_path: Path, column: str) -> None:
    app = program(tmp_path, NACKA, mode="indicators", also=NEXT_YEAR)
    before = keys(at="sabo-narvaro-dodsogonblick", paste=column)
    assert picture(app, before)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("plan", "at", "pressed"),
    [
        pytest.param(
            NACKA,
            "sabo-maltid-trevlig",
            (
                "space",
                "v",
            ),
            id="indicator",
        ),
        pytest.param(NACKA, "sabo-mat-smakar", ("home", "space", "v"), id="area"),
        pytest.param(
            LINKOPING,
            "utredningstid",
            (
                "space",
                "v",
            ),
            id="parts",
        ),
    ],
)
def test_reading(picture: Picture, tmp_path: Path, plan: str, at: str, pressed: tuple[str, ...]) -> None:
    app = program(tmp_path, plan, mode="indicators", also=NEXT_YEAR if plan == NACKA else ())
    assert picture(app, keys(*pressed, at=at))
