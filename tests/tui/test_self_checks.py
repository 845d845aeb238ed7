"""Egenkontroller: by section, with the results so far; a result in three keys, judged against its threshold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.model.entities import AnyEntity
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Result, ResultStatus, Risk, SelfCheck
from kvaltui.model.reporting import Completion
from kvaltui.model.structure import Area
from tests.tui.work import HUDDINGE, WIDE, at_work, program

PLAN = read_starter(HUDDINGE)
YEAR = Period(2024)


def self_check(key: str, **changed: object) -> SelfCheck:
    found = PLAN.get(SelfCheck, key)
    assert found is not None
    return replace(found, **changed)  # type: ignore[arg-type]


async def test_self_checks_stand_by_section_with_what_waits(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="self_checks"), WIDE) as work:
        listed = [line.strip("› ").split("  ")[0] for line in work.lines[3:26]]
        sections = [each.section for each in PLAN.active(SelfCheck)]
        assert [line for line in listed if line in sections] == list(dict.fromkeys(sections))
        assert sum(row.endswith("väntar") for row in work.listed) == 12
        assert "12 väntar" in work.lines[1]
        assert work.lines[2].split() == ["Egenkontroll", "Varje", "Gräns", "2023", "2024", "Resultat"]
        row = next(row for row in work.listed if "Loggkontroll" in row)
        assert row.split() == ["›", "Loggkontroll", "år", "✓", "_____", "väntar"]
        page = " ".join(" ".join(line[80:] for line in work.lines).split())
        assert "Kontrollera att medarbetarna följer sekretessreglerna" in page
        assert "2023: ✓ Godkänt" in page


@pytest.mark.thorough
async def test_a_result_in_three_keys(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="self_checks")) as work:
        await work.press("enter", "g", "enter", "enter")
        assert work.find(Result, "loggkontroll/2024") == Result(
            self_check="loggkontroll", period=YEAR, status=ResultStatus.APPROVED
        )
        assert "✓ Godkänt" in work.line_with("›")
        assert "✓ 1   11 väntar" in work.lines[1]
        await work.press("enter", "d", "tab", "tab")
        await work.type("Två av tre enheter")
        await work.press("enter")
        assert work.find(Result, "loggkontroll/2024") == Result(
            self_check="loggkontroll", period=YEAR, status=ResultStatus.PARTLY, note="Två av tre enheter"
        )
        await work.press("ctrl+z", "ctrl+z")
        found = work.content.get(Result, "loggkontroll/2024")
        assert found is None or found.retired
        assert "väntar" in work.line_with("›")


@pytest.mark.thorough
async def test_a_figure_is_judged_against_the_threshold_while_it_is_typed(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="self_checks")) as work:
        work.app.screen.show_reference(_reference("familjeradgivning-forsta-besok"))  # type: ignore[attr-defined]
        await work.press("enter", "e", "tab")
        await work.type("14")
        assert "Läses som 14 → ✗ Ej uppnått" in work.shown
        await work.type(" %")
        assert "!" in work.shown
        await work.press("enter")
        assert "Inget är sparat än" in work.shown
        await work.press("end", "backspace", "backspace", "enter")
        assert "14" in work.line_with("›")
        assert "✗ Ej godkänt 14 14 dagar mot högst 10: 4 dagar över" in " ".join(
            work.shown.replace("\N{NO-BREAK SPACE}", " ").split()
        )


def _reference(key: str) -> object:
    from kvaltui.model.entity import Kind, Reference

    return Reference(Kind.SELF_CHECK, key)


@pytest.mark.thorough
async def test_risks_and_measures_stand_with_the_self_check(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="self_checks"), WIDE) as work:
        await work.press("down", "down")
        page = " ".join(" ".join(line[80:] for line in work.lines).split())
        assert "✗ 9 Barn och unga får inte sitt behov av stöd och skydd" in page
        assert "· Arbetsgrupp för utveckling av första linjens utredningar" in page
        await work.press("space", "m", "ctrl+n")
        await work.type("Ny åtgärd")
        await work.press("enter", "escape")
        made = work.find(Measure, "ny-atgard")
        assert isinstance(made, Measure)
        assert made.self_checks == ("utredningar-lagstadgad-tid",)
        await work.press("space", "v", "pagedown")
        assert "· Ny åtgärd planerad" in " ".join(work.shown.split())


@pytest.mark.thorough
async def test_a_locked_area_refuses_a_result_and_nothing_is_stored(tmp_path: Path) -> None:
    locked: list[AnyEntity] = [
        Area(key="gemensamt", name="Gemensamt"),
        self_check("loggkontroll", area="gemensamt"),
        Completion(area="gemensamt", period=YEAR),
    ]
    async with at_work(program(tmp_path, mode="self_checks", also=locked)) as work:
        await work.press("enter", "g", "enter", "enter")
        assert "”Gemensamt” är klarmarkerat för 2024" in work.shown
        await work.press("escape", "escape")
        assert work.content.get(Result, "loggkontroll/2024") is None


async def test_a_retired_self_check_takes_no_result_until_it_is_brought_back(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="self_checks")) as work:
        await work.press("delete", "space", "f")
        await work.type("arkiv")
        await work.press("enter")
        assert "Loggkontroll" in work.line_with("›")
        await work.press("g")
        assert "Det här är arkiverat: ta tillbaka det först" in work.shown
        assert work.content.get(Result, "loggkontroll/2024") is None


@pytest.mark.thorough
async def test_filters_say_what_is_to_be_done(tmp_path: Path) -> None:
    done = [
        Result(self_check="loggkontroll", period=YEAR, status=ResultStatus.APPROVED),
        Result(self_check="paborjade-fbi", period=YEAR, status=ResultStatus.NOT_PERFORMED),
    ]
    async with at_work(program(tmp_path, mode="self_checks", also=done)) as work:
        await work.press("space", "f", "down", "enter")
        assert "Filter: Att göra" in work.lines[1]
        assert "Loggkontroll" not in "".join(work.lines[3:])
        await work.press("space", "f", "down", "enter")
        assert "Ej genomförd" in work.line_with("›")
        await work.press("space", "f", "down", "enter")
        assert "Filter: Kopplade till en risk" in work.lines[1]


@pytest.mark.thorough
async def test_a_new_self_check_lies_in_the_section_and_can_be_moved_in_it(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="self_checks")) as work:
        await work.press("down", "ctrl+n")
        await work.type("Fler kontroller")
        await work.press("enter")
        made = work.find(SelfCheck, "fler-kontroller")
        assert isinstance(made, SelfCheck)
        assert made.section == "Myndighetsutövning"
        await work.press("ctrl+up")
        assert "Flyttat: Fler kontroller" in work.shown
        assert "Fler kontroller" in work.line_with("›")
        section = [
            each.key
            for each in sorted(work.content.active(SelfCheck), key=lambda each: each.order)
            if each.section == "Myndighetsutövning"
        ]
        assert section[-2:] == ["fler-kontroller", "barnkonsekvensanalys"]
        assert len({each.order for each in work.content.active(SelfCheck)}) == 13


async def test_a_risk_that_is_retired_is_not_shown_with_it(tmp_path: Path) -> None:
    risk = PLAN.get(Risk, "barnperspektiv-saknas")
    assert risk is not None
    alone: list[AnyEntity] = [
        self_check("barnkonsekvensanalys", risks=()),
        *(
            replace(each, risks=(), self_checks=("barnkonsekvensanalys",))
            for each in PLAN.active(Measure)
            if risk.key in each.risks
        ),
        replace(risk, retired=True),
    ]
    async with at_work(program(tmp_path, mode="self_checks", also=alone), WIDE) as work:
        await work.press("down", "down", "down")
        assert "Risk (" not in work.shown
