"""Egenkontroller: a result is typed on its row, judged by the threshold, and shows as the result everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.value import replace
from kvaltui.tui.screens.self_checks import SelfChecksScreen
from tests.tui.work import HUDDINGE, Work, at_work, program

YEAR = Period(2024)
CHECK = SelfCheck(key="dokumentation", name="Dokumentation", unit="%", threshold="minst 95 %", order=-1)


async def stand_on(work: Work, key: str = CHECK.key) -> None:
    screen = work.app.screen
    assert isinstance(screen, SelfChecksScreen)
    screen.show_reference(Reference(Kind.SELF_CHECK, key))
    await work.pilot.pause()


def result(work: Work) -> Result | None:
    found = work.content.get(Result, f"{CHECK.key}/{YEAR}")
    return found if isinstance(found, Result) and not found.retired else None


async def test_a_figure_is_judged_as_it_is_typed_and_is_the_result_when_it_is_stored(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="self_checks", also=[CHECK])) as work:
        await stand_on(work)
        await work.type("92")
        assert "✗ Ej godkänt: 92 % mot minst 95 %" in work.shown.replace("\xa0", " ")
        assert result(work) is None
        await work.press("enter")
        assert result(work) == Result(self_check=CHECK.key, period=YEAR, value="92")
        assert "✗ Ej godkänt" in work.line_with("Dokumentation")
        assert "✗ 1   12 väntar" in work.lines[1]
        assert "Sparat" in work.shown
        assert work.app.screen.reference != Reference(Kind.SELF_CHECK, CHECK.key)  # type: ignore[attr-defined]


async def test_a_threshold_in_per_cent_is_unit_enough(tmp_path: Path) -> None:
    check = replace(CHECK, unit="")
    async with at_work(program(tmp_path, HUDDINGE, mode="self_checks", also=[check])) as work:
        await stand_on(work)
        await work.type("92")
        assert "✗ Ej godkänt: 92 % mot minst 95 %: 3 procentenheter" in work.shown.replace("\xa0", " ")


async def test_a_figure_that_nothing_judges_says_so(tmp_path: Path) -> None:
    check = replace(CHECK, unit="", threshold="")
    async with at_work(program(tmp_path, HUDDINGE, mode="self_checks", also=[check])) as work:
        await stand_on(work)
        await work.type("92")
        assert "Resultatet okänt: inget gränsvärde avgör, skriv godkänt eller ej godkänt" in work.shown


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("godkänt", ResultStatus.APPROVED),
        ("Ej godkänt", ResultStatus.NOT_APPROVED),
        ("delvis godkänt", ResultStatus.PARTLY),
        ("ej utförd", ResultStatus.NOT_PERFORMED),
    ],
)
async def test_a_word_says_the_result(tmp_path: Path, typed: str, status: ResultStatus) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="self_checks", also=[CHECK])) as work:
        await stand_on(work)
        await work.type(typed)
        await work.press("enter")
        assert result(work) == Result(self_check=CHECK.key, period=YEAR, status=status)


async def test_what_cannot_be_read_stays_selected_and_is_replaced_by_typing(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="self_checks", also=[CHECK])) as work:
        await stand_on(work)
        await work.type("12.500")
        await work.press("enter")
        assert "12.500" in work.line_with("Dokumentation")
        assert "menar du 12" in work.shown
        assert result(work) is None
        await work.type("96")
        await work.press("enter")
        assert result(work) == Result(self_check=CHECK.key, period=YEAR, value="96")
        assert "✓ Godkänt" in work.line_with("Dokumentation")


async def test_whoever_drops_it_leaves_the_result_as_it_was_and_whoever_goes_on_keeps_it(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="self_checks", also=[CHECK])) as work:
        await stand_on(work)
        await work.type("92")
        await work.press("escape")
        assert result(work) is None
        assert "väntar" in work.line_with("Dokumentation")
        await work.type("92")
        await work.press("down")
        assert result(work) == Result(self_check=CHECK.key, period=YEAR, value="92")


async def test_several_pasted_lines_are_no_result(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="self_checks", also=[CHECK])) as work:
        await stand_on(work)
        work.app.post_message(events.Paste("12\r120\r"))
        await work.pilot.pause()
        assert "2 celler klistrades in" in work.shown
        assert result(work) is None


async def test_whoever_leaves_for_another_screen_keeps_what_was_typed(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, HUDDINGE, mode="self_checks", also=[CHECK])) as work:
        await stand_on(work)
        await work.type("92")
        await work.press("f3")
        assert result(work) == Result(self_check=CHECK.key, period=YEAR, value="92")
