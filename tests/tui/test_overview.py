"""Översikt: what it counts, what it says is to be done, and where Enter goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Indicator
from kvaltui.tui.screens.indicators import IndicatorsScreen
from kvaltui.tui.screens.risks import RisksScreen
from tests.tui.work import HUDDINGE, NACKA, WIDE, at_work, program


async def test_the_areas_and_the_whole(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="overview")) as work:
        assert "Måluppfyllelse 2022" in work.shown
        assert "▲ Delvis uppnått" in work.lines[2]
        assert work.line_with("Äldreomsorg").split()[-6:] == ["Delvis", "1", "2", "2", "–", "5/5"]
        assert work.line_with("Kultur- och fritid").split()[-5:] == ["9", "–", "2", "–", "11/11"]
        assert "Ingenting väntar" not in work.shown, "two figures look wrong"
        assert "2 utfall ser fel ut ! Fritidsgårdar - andel besök av flickor: 36 %" in work.shown


async def test_it_moves_with_every_figure(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="overview")) as work:
        session = work.app.session
        session.enter_outcome(session.open_entry("sabo-trygghet"), "100 %")
        await work.pilot.pause()
        assert work.line_with("Äldreomsorg").split()[-6:] == ["Delvis", "2", "1", "2", "–", "5/5"]
        assert "✓ 20" in work.lines[3]


@pytest.mark.thorough
async def test_what_is_to_be_done(tmp_path: Path) -> None:
    emptied = Outcome(indicator="sabo-trygghet", period=Period(2022))
    async with at_work(program(tmp_path, NACKA, mode="overview", also=[emptied])) as work:
        assert "Att göra 1 utfall väntar för 2022" in work.shown
        await work.press("tab", "enter")
        assert isinstance(work.app.screen, IndicatorsScreen)
        assert "›" in work.line_with("som känner sig trygga")


@pytest.mark.thorough
async def test_the_highest_risk_is_seen_without_a_key(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="overview")) as work:
        assert "Högsta risker" in work.shown
        assert "9 ✗" in work.shown
        assert "3 öppna åtgärder" in work.shown
        await work.press("tab", "down", "down", "enter")
        assert isinstance(work.app.screen, RisksScreen)


async def test_enter_on_an_area_goes_to_its_figures(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="overview")) as work:
        await work.press("down", "down", "enter")
        assert isinstance(work.app.screen, IndicatorsScreen)
        assert "›" in work.line_with("Familj och arbete")


async def test_wide_windows_show_both_lists_side_by_side(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="overview"), WIDE) as work:
        assert "Att göra" in work.line_with("Område ")


@pytest.mark.thorough
async def test_nothing_waits_where_nothing_looks_wrong(tmp_path: Path) -> None:
    named_apart = replace(indicator_of(NACKA, "fritidsgardar-besok-flickor"), name="Fritidsgårdar – besök av flickor")
    async with at_work(program(tmp_path, NACKA, mode="overview", also=[named_apart])) as work:
        assert "Ingenting väntar för 2022." in work.shown


@pytest.mark.thorough
async def test_a_figure_that_looks_wrong_is_told_with_its_reasons_and_leads_to_its_row(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="overview")) as work:
        session = work.app.session
        session.enter_outcome(session.open_entry("sabo-trygghet"), "3 500")
        await work.pilot.pause()
        assert "3 utfall ser fel ut" in work.shown
        name = "Särskilt boende - andel kunder som känner sig trygga"
        assert f"! {name}: 3 500 % en procentsats utanför 0–100 långt från" in work.shown
        await work.press("tab", "enter")
        assert isinstance(work.app.screen, IndicatorsScreen)
        assert "›" in work.line_with("som känner sig trygga")


async def test_a_self_check_that_is_not_approved_is_told(tmp_path: Path) -> None:
    check = next(read_starter(HUDDINGE).active(SelfCheck))
    failed = Result(self_check=check.key, period=Period(2024), status=ResultStatus.NOT_APPROVED)
    async with at_work(program(tmp_path, HUDDINGE, mode="overview", also=[failed])) as work:
        assert "1 egenkontroll är inte godkänd" in work.shown


def indicator_of(plan: str, key: str) -> Indicator:
    return read_starter(plan).all(Indicator)[key]
