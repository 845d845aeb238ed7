"""Another day with the window open: what depends on the day follows, and what a person is doing stays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.tui.screens.indicators import IndicatorsScreen
from tests.tui.work import HUDDINGE, TODAY, WIDE, Work, at_work, program

YEAR = Period(2024)
RISK, INDICATOR = "vald-ingen-insats", "barnavardsutredningar-90-dagar"
ENTERED = (
    TargetValue(indicator=INDICATOR, period=YEAR, value="95 %"),
    Outcome(indicator=INDICATOR, period=YEAR, value="97 %"),
)


async def comes(work: Work, monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """The clock says another day, and the program looks at it as it does twice a second."""
    monkeypatch.setitem(TODAY, HUDDINGE, day)
    work.app._follow()
    await work.pilot.pause()


@pytest.mark.thorough
async def test_what_is_expected_is_so_no_more_in_the_new_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TODAY, HUDDINGE, date(2024, 12, 31))
    async with at_work(program(tmp_path, mode="indicators", also=ENTERED), WIDE) as work:
        screen = work.app.screen
        assert isinstance(screen, IndicatorsScreen)
        screen.show_reference(Reference(Kind.INDICATOR, INDICATOR))
        await work.pilot.pause()
        assert "örvänta" in work.shown
        await comes(work, monkeypatch, date(2025, 1, 1))
        assert "örvänta" not in work.shown
        await comes(work, monkeypatch, date(2024, 12, 31))
        assert "örvänta" in work.shown


@pytest.mark.parametrize("mode", ["measures", "overview", "risks"])
async def test_a_measure_is_overdue_the_day_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    due = Measure(key="forst", title="Aaa först", risks=(RISK,), due=date(2024, 10, 1))
    async with at_work(program(tmp_path, mode=mode, also=[due])) as work:
        before = work.lines
        await comes(work, monkeypatch, date(2024, 10, 2))
        changed = " ".join(new for new, old in zip(work.lines, before, strict=True) if new != old)
        assert "örsenad" in changed


@pytest.mark.thorough
async def test_what_is_being_typed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(program(tmp_path, mode="indicators")) as work:
        await work.press("pagedown", "down", *"12")
        before = work.lines
        await comes(work, monkeypatch, date(2025, 1, 1))
        assert work.lines == before
        await work.press(*"34", "enter")
        assert "1 234 % → – Ej bedömt" in work.shown


async def test_what_a_figure_being_typed_would_mean_follows_the_day_and_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TODAY, HUDDINGE, date(2024, 12, 31))
    async with at_work(program(tmp_path, mode="indicators", also=ENTERED)) as work:
        screen, session = work.app.screen, work.app.session
        assert isinstance(screen, IndicatorsScreen)
        screen.show_reference(Reference(Kind.INDICATOR, INDICATOR))
        await work.type("91")
        assert "4 procentenheter under målet" in work.shown
        target = replace(ENTERED[0], value="90 %")
        with open_database(tmp_path / "kvaltui.db") as elsewhere:
            record(elsewhere, session.key, [target], by=Author("eva", "Eva Berg"), seen=10**9)
        session.refresh_if_changed()
        await work.pilot.pause()
        assert "91 % →" in work.shown
        assert "4 procentenheter under målet" not in work.shown
        assert "1 procentenhet över målet" in work.shown
