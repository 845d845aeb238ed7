"""Pictures of the first start, the overview, the tree of areas, the dialogs that choose, and small windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.config import Config
from kvaltui.model.content import AnyEntity
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.tui.beginning import Beginning
from kvaltui.tui.first_start import FirstStart
from tests.tui.pictures import SIZES, Compare, keys
from tests.tui.work import COORDINATOR, HUDDINGE, LINKOPING, NACKA, NARROW, program

WAITING: list[AnyEntity] = [
    Outcome(indicator=key, period=Period(2022)) for key in ("sabo-mat-smakar", "sabo-maltid-trevlig")
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("plan", "mode"),
    [
        (NACKA, "overview"),
        (HUDDINGE, "overview"),
        (LINKOPING, "overview"),
        (LINKOPING, "areas"),
    ],
)
def test_screens(snap_compare: Compare, tmp_path: Path, plan: str, mode: str, size: tuple[int, int]) -> None:
    also = WAITING if plan == NACKA else []
    assert snap_compare(program(tmp_path, plan, mode=mode, also=also), terminal_size=size, run_before=keys())


@pytest.mark.parametrize("mode", ["overview", "areas"])
@pytest.mark.parametrize(
    ("theme", "is_ascii"),
    [
        pytest.param("dark", True, id="ascii"),
        pytest.param("light", False, id="light"),
        pytest.param("high-contrast", False, id="high-contrast"),
    ],
)
def test_other_looks(snap_compare: Compare, tmp_path: Path, mode: str, theme: str, is_ascii: bool) -> None:
    app = program(tmp_path, NACKA, mode=mode, also=WAITING, theme=theme, is_ascii=is_ascii)
    assert snap_compare(app, terminal_size=NARROW, run_before=keys())


@pytest.mark.parametrize("mode", ["overview", "areas"])
def test_without_colour(snap_compare: Compare, tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = program(tmp_path, NACKA, mode=mode, also=WAITING)
    assert snap_compare(app, terminal_size=NARROW, run_before=keys())


@pytest.mark.parametrize("pressed", [pytest.param("p", id="periods"), pytest.param("g", id="screens")])
def test_choosing(snap_compare: Compare, tmp_path: Path, pressed: str) -> None:
    app = program(tmp_path, LINKOPING, mode="indicators")
    assert snap_compare(app, terminal_size=NARROW, run_before=keys("space", pressed))


@pytest.mark.parametrize("size", [pytest.param((40, 10), id="least"), pytest.param((20, 5), id="too-small")])
def test_small_windows(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    assert snap_compare(program(tmp_path, NACKA, mode="indicators"), terminal_size=size, run_before=keys())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pressed", [pytest.param((), id="choice"), pytest.param(("end", "enter"), id="empty-plan")])
def test_the_first_start(
    snap_compare: Compare,
    tmp_path: Path,
    size: tuple[int, int],
    pressed: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Beginning, "period_of", staticmethod(lambda day: "2022"))

    def never() -> None:
        raise AssertionError("nothing is made before something is chosen")

    beginning = Beginning(never, COORDINATOR)  # type: ignore[arg-type]
    app = FirstStart(beginning, "/hem/coordinator/db/kvaltui.db", Config(folder=tmp_path))
    assert snap_compare(app, terminal_size=size, run_before=keys(*pressed))
