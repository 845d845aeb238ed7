"""Risker: the gravest risk and what is being done about it at once, the matrix, re-assessing and earlier levels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, MeasureStatus, Result, ResultStatus, Risk, SelfCheck
from kvaltui.model.structure import Plan
from kvaltui.tui.screens.risks import RisksScreen
from tests.tui.work import HUDDINGE, NARROW, WIDE, at_work, program

GRAVEST, UNSAFE = "vald-ingen-insats", "barn-far-inte-stod-rattssakert"
PLAN = read_starter(HUDDINGE)


def risk(key: str, **changed: object) -> Risk:
    found = PLAN.get(Risk, key)
    assert found is not None
    return replace(found, **changed)  # type: ignore[arg-type]


def measure(key: str, **changed: object) -> Measure:
    found = PLAN.get(Measure, key)
    assert found is not None
    return replace(found, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_gravest_risk_and_what_is_done_about_it_without_a_key_press(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    late = measure("hanvisa-valdsutovare", due=date(2024, 6, 1), status=MeasureStatus.ONGOING, responsible="Enheten")
    async with at_work(program(tmp_path, also=[late]), size) as work:
        page = " ".join(line[80 if size == WIDE else 0 :].strip() for line in work.lines)
        assert "Barn, unga och vuxna riskerar att fortsatt fara illa efter upptäckt av våld i nära" in page
        assert "✗ Hög, 9" in page
        if size == NARROW:
            assert "Åtgärd (2024-06-01 försenad, Enheten): Implementera arbetssätt" in page
        else:
            assert "Åtgärder  1 sen ✗ Implementera arbetssätt" in page
            assert "2024-06-01 försenad, Enheten" in page
            assert "2024-09-02  ✗ 9, Samordnaren" in page
        assert "1 sen" in work.line_with("›")


async def test_risks_stand_by_level_and_then_by_consequence(tmp_path: Path) -> None:
    graver = risk("barnperspektiv-saknas", likelihood=2, consequence=4, level=8)
    as_grave = risk("inget-samordnat-stod", likelihood=4, consequence=2, level=8)
    async with at_work(program(tmp_path, also=[as_grave, graver])) as work:
        listed = work.lines[3:8]
        assert [line.split()[1 if "›" in line else 0] for line in listed] == ["9", "9", "8", "8", "4"]
        assert "barnpersp" in listed[2].casefold()
        assert "familjer" in listed[3].casefold()


@pytest.mark.thorough
async def test_linked_self_checks_stand_with_the_risk(tmp_path: Path) -> None:
    result = Result(
        self_check="aktualiseringar-14-dagar", period=Period(2024), status=ResultStatus.NOT_APPROVED, value="61 %"
    )
    async with at_work(program(tmp_path, also=[result]), WIDE) as work:
        await work.press("down")
        page = " ".join(line[80:].strip() for line in work.lines)
        assert "✗ Andel aktualiseringar avslutade inom 14 dagar ej godkänt" in page or "61 %" in page
        assert "– Andel utredningar" in page
        assert "resultatet okänt 2023" in page


async def test_likelihood_and_consequence_stand_with_the_level_where_they_are_given(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        assert "S×K" not in work.lines[2]
    graver = tmp_path / "graver"
    graver.mkdir()
    async with at_work(program(graver, also=[risk(GRAVEST, likelihood=5, consequence=4, level=20)])) as work:
        assert work.lines[2].split()[:3] == ["Nivå", "S×K", "Risk"]
        assert work.line_with("›").startswith("› 20 ✗ Hög    5×4  Barn, unga")


async def test_the_level_before_says_whether_it_has_become_better(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        assert "Förut" not in work.lines[2]
        for each in (risk(GRAVEST, level=4), risk("barnperspektiv-saknas", level=6)):
            work.app.session.record([each])
        await work.pilot.pause()
        assert "Förut" in work.lines[2]
        assert "9 ↑" in next(row for row in work.listed if "Barn, unga och vuxna" in row)
        assert "3 ↓" in next(row for row in work.listed if "barnperspektiv" in row)
        await work.press("ctrl+z")
        assert "3 ↓" not in "".join(work.listed)


async def test_a_risk_that_nobody_has_assessed_has_no_level(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, also=[risk(GRAVEST, level=None)])) as work:
        assert work.listed[-1].startswith("   – ")


async def test_bands_follow_the_plan(tmp_path: Path) -> None:
    plan = replace(PLAN.plan, risk_bands=(3, 6))
    assert isinstance(plan, Plan)
    async with at_work(program(tmp_path, also=[plan])) as work:
        assert "✗ Hög 3" in work.lines[1]
        assert "▲ Medel 2" in work.lines[1]


@pytest.mark.thorough
async def test_a_risk_is_assessed_anew_and_keeps_its_earlier_levels(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("enter", "2", "tab", "2", "tab", "tab")
        await work.type("Snabbspåren används")
        await work.press("enter")
        changed = work.find(Risk, GRAVEST)
        assert isinstance(changed, Risk)
        assert (changed.likelihood, changed.consequence, changed.level) == (2, 2, 4)
        # The cursor stays on the risk, which now stands further down.
        assert work.line_with("›").startswith("›  4 ▲ Medel  2×2  Barn, unga")
        told = work.shown.replace("\N{NO-BREAK SPACE}", " ")
        assert "▲ Medel, 4 2 × 2 ↑ bättre, från 9" in " ".join(told.split())
        assert "Snabbspåren används" in told
        await work.press("ctrl+z")
        assert work.find(Risk, GRAVEST) == risk(GRAVEST)
        assert "bättre, från" not in work.shown


@pytest.mark.thorough
async def test_a_used_risk_is_not_retired_and_an_unused_one_is_brought_back(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, also=[risk("inget-samordnat-stod", title="Oanvänd")])) as work:
        await work.press("delete")
        assert "används av" in work.shown
        assert not work.find(Risk, GRAVEST).retired
        await work.press("ctrl+n")
        await work.type("Zebra")
        await work.press("enter", "delete")
        assert work.find(Risk, "zebra").retired
        assert "Arkiverat: Zebra" in work.shown
        assert not any("Zebra" in line for line in work.lines[3:9])
        await work.press("space", "f", "end", "enter")
        assert "Filter: Arkiverade" in work.lines[1]
        assert "Zebra" in work.line_with("›")
        await work.press("delete")
        assert not work.find(Risk, "zebra").retired
        await work.press("escape")
        assert any("Zebra" in line for line in work.lines[3:9])


@pytest.mark.thorough
async def test_the_measures_of_a_risk_are_worked_on_over_it(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("space", "m")
        assert "Åtgärder: Barn, unga och vuxna" in work.shown
        await work.press("enter", "p", "å", "g", "enter")
        assert "Pågår" in work.shown
        await work.press("ctrl+n")
        await work.type("Utbilda alla")
        await work.press("enter")
        made = work.find(Measure, "utbilda-alla")
        assert isinstance(made, Measure)
        assert made.risks == (GRAVEST,)
        assert "Utbilda alla" in work.line_with("│› ")
        await work.press("delete")
        assert work.find(Measure, "utbilda-alla").retired
        await work.press("escape")
        assert isinstance(work.app.screen, RisksScreen)
        assert "Åtgärd (pågår): Implementera arbetssätt för att tidigt hänvisa" in work.shown


@pytest.mark.thorough
async def test_searching_and_filtering_narrow_the_list(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("slash")
        await work.type("förebygg stöd")
        assert "Sök: förebygg stöd" in work.shown
        assert [line for line in work.lines[3:8] if line.strip("0123456789 ×✗▲✓")[:1] == "›"] != []
        assert "Barn och unga och deras föräldrar" in work.lines[3]
        await work.press("enter", "escape")
        assert "Sök" not in work.lines[1]
        await work.press("space", "f", "down", "down", "enter")
        assert "Filter: Medel" in work.lines[1]
        assert "▲ Medel" in work.lines[3]
        await work.press("slash")
        await work.type("finns inte")
        assert "Inget stämmer. Esc visar allt igen." in work.shown


async def test_a_colleagues_risk_shows_without_moving_the_cursor(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("down", "down")
        here = work.app.screen.reference  # type: ignore[attr-defined]
        work.app.session.record([risk("barnperspektiv-saknas", likelihood=5, consequence=5, level=25)])
        await work.pilot.pause()
        assert work.app.screen.reference == here  # type: ignore[attr-defined]
        assert work.lines[3].split()[0] == "25"


@pytest.mark.thorough
async def test_an_empty_list_says_what_to_do(tmp_path: Path) -> None:
    kinds: tuple[type[Measure] | type[SelfCheck] | type[Risk], ...] = (Measure, SelfCheck, Risk)
    gone = [replace(each, retired=True) for kind in kinds for each in PLAN.active(kind)]
    async with at_work(program(tmp_path, also=gone)) as work:
        assert "Planen har inga risker än. Ctrl+N lägger till den första." in work.shown
        await work.press("down", "enter", "f2", "space", "m", "delete")


async def test_colour_is_never_alone(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, is_ascii=True)) as work:
        assert work.lines[3].startswith(">  9 x Hög")
        assert all(character.isascii() or character.isalpha() or character in "…·–" for character in work.lines[4])


@pytest.mark.thorough
async def test_a_measure_of_something_else_is_linked_and_its_link_taken_away(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("space", "m", "space", "l")
        await work.type("avboka")
        await work.press("enter")
        linked = work.find(Measure, "nyttja-avbokade-tider")
        assert isinstance(linked, Measure)
        assert linked.risks == (GRAVEST,)
        assert linked.self_checks == ("familjeradgivning-forsta-besok",)
        assert "Kopplad: Nyttja avbokade tider" in work.shown
        await work.press("space", "l")
        await work.type("hänvisa")
        assert "[x] Implementera arbetssätt för att tidigt hänvisa" in work.shown
        await work.press("enter")
        # It belonged to nothing else: a measure is never left without something that it belongs to.
        assert "En åtgärd hör till något" in work.shown
        await work.press("space", "l")
        await work.type("avboka")
        await work.press("enter")
        assert work.find(Measure, "nyttja-avbokade-tider") == measure("nyttja-avbokade-tider")


@pytest.mark.thorough
async def test_help_and_undo_work_in_dialogs_too(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        await work.press("space", "m", "enter", "p", "å", "g", "enter")
        assert any(each.status is MeasureStatus.ONGOING for each in work.content.active(Measure))
        await work.press("ctrl+z")
        assert not any(each.status is MeasureStatus.ONGOING for each in work.content.active(Measure))
        await work.press("f1")
        assert "Hjälp" in work.shown
        await work.press("escape", "ctrl+n", "f1")
        assert "sparar allt i formuläret" in work.shown.casefold()


@pytest.mark.thorough
async def test_the_history_of_a_risk_is_one_key_away(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, also=[risk(GRAVEST, likelihood=2, consequence=2, level=4)])) as work:
        await work.press("down", "down")
        assert "Barn, unga" in work.line_with("›")
        await work.press("space", "h")
        assert "[Historik]" in work.lines[0]
        assert "Barn, unga" in work.shown


async def test_a_risk_changed_on_two_sides_says_so(tmp_path: Path) -> None:
    async with at_work(program(tmp_path)) as work:
        session, seen = work.app.session, work.content.position
        session.record([risk(GRAVEST, title="Annas rubrik")], seen=seen)
        session.record([risk(GRAVEST, title="Bos rubrik")], seen=seen)
        await work.pilot.pause()
        assert "! Ändrat på två håll: rubrik. Mellanslag j avgör." in work.shown


@pytest.mark.parametrize("size", [(64, 18), (50, 12), (40, 10)])
async def test_a_small_window_still_shows_the_gravest_risk(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(program(tmp_path), size) as work:
        assert work.lines[3].startswith("›  9 ✗")
        assert any(line.startswith(" ✗ Hög, 9") for line in work.lines[4:])
