"""Åtgärder: the work list, how far each thing has come in two keys, filters and orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.model.entities import AnyEntity
from kvaltui.model.quality_work import Assignment, AssignmentStatus, Measure, MeasureStatus
from tests.tui.work import HUDDINGE, LINKOPING, WIDE, Work, at_work, program

PLAN = read_starter(HUDDINGE)


def measure(key: str, **changed: object) -> Measure:
    found = PLAN.get(Measure, key)
    assert found is not None
    return replace(found, **changed)  # type: ignore[arg-type]


SOME: list[AnyEntity] = [
    measure("nyttja-avbokade-tider", due=date(2024, 12, 1), responsible="Familjerådgivningen"),
    measure("samverkan-externa-aktorer", due=date(2024, 5, 1), responsible="Enhetschef", status=MeasureStatus.ONGOING),
    measure("rutin-familjeorienterat", due=date(2024, 3, 1), responsible="Enhetschef", status=MeasureStatus.DONE),
    Assignment(key="avgifter", name="Se över avgifterna", assignment_kind="kommungemensamt"),
]


def titles(work: Work) -> list[str]:
    """The rows of the list, headings too."""
    return [row.strip("› ") for row in work.listed]


async def test_what_is_late_comes_first_and_what_is_done_last(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures", also=SOME), WIDE) as work:
        rows = titles(work)
        assert rows[0].split()[:4] == ["✗", "Försenad", "1", "maj"]
        assert rows[1].split()[:3] == ["Planerad", "1", "dec"]
        assert rows[-1].split()[:4] == ["✓", "Genomförd", "1", "mar"]
        assert "1 försenad" in work.lines[1]
        assert "10 av 11 kvar" in work.lines[1]
        assert "Enhetschef" in rows[0]
        page = " ".join(" ".join(line[80:] for line in work.lines).split())
        assert "▲ 4 Barn och unga och deras föräldrar i behov av stöd" in page


@pytest.mark.thorough
async def test_status_in_three_keys_and_taken_back(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures", also=SOME)) as work:
        await work.press("enter", "g", "enter")
        changed = work.find(Measure, "samverkan-externa-aktorer")
        assert isinstance(changed, Measure)
        assert changed.status is MeasureStatus.DONE
        assert "Sparat" in work.shown
        assert "försenad" not in work.lines[1]
        await work.press("ctrl+z")
        assert work.find(Measure, "samverkan-externa-aktorer") == SOME[1]
        assert "1 försenad" in work.lines[1]
        await work.press("enter", "escape")
        assert work.find(Measure, "samverkan-externa-aktorer") == SOME[1]


@pytest.mark.thorough
async def test_assignments_have_their_own_statuses(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, LINKOPING, mode="measures")) as work:
        await work.press("down", "enter", "g", "enter")
        changed = work.find(Assignment, "centrala-forvaltningar")
        assert isinstance(changed, Assignment)
        assert changed.status is AssignmentStatus.DONE
        assert "✓ Genomfört" in work.line_with("›")


@pytest.mark.thorough
async def test_the_list_is_sorted_in_four_ways(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures", also=SOME), WIDE) as work:
        await work.press("space", "s")
        assert "Sorterat efter ansvarig" in work.shown
        assert titles(work)[0] == "Enhetschef"
        assert titles(work)[3] == "Familjerådgivningen"
        assert titles(work)[5] == "Ingen angiven"
        await work.press("space", "s")
        assert titles(work)[0].startswith("✗ Försenad")
        assert titles(work)[-1].startswith("✓ Genomförd")
        await work.press("space", "s")
        assert titles(work)[-2] == "Uppdrag: kommungemensamt"
        await work.press("space", "s")
        assert "Sorterat efter när det ska vara klart" in work.shown


@pytest.mark.thorough
async def test_filters_by_responsible_and_by_what_is_late(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures", also=SOME)) as work:
        await work.press("space", "f", "down", "enter")
        assert "Filter: Försenad" in work.lines[1]
        assert len(titles(work)) == 1
        await work.press("escape", "space", "f", "end", "up", "up", "enter")
        assert "Filter: Ansvarig: Enhetschef" in work.lines[1]
        assert len(titles(work)) == 2


@pytest.mark.thorough
async def test_a_new_measure_has_to_belong_to_something(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures")) as work:
        await work.press("ctrl+n", "enter")
        await work.type("Utbildning")
        await work.press("enter")
        assert "En åtgärd hör till något: välj en risk, en egenkontroll eller en indikator" in work.shown
        await work.type("samordnat")
        await work.press("enter", "enter")
        made = work.find(Measure, "utbildning")
        assert isinstance(made, Measure)
        assert made.risks == ("inget-samordnat-stod",)
        assert "Utbildning" in work.line_with("›")


@pytest.mark.thorough
async def test_a_new_assignment(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, mode="measures")) as work:
        await work.press("ctrl+n", "u", "enter")
        await work.type("Se över avgifterna")
        await work.press("tab")
        await work.type("kommungemensamt")
        await work.press("enter")
        assert work.find(Assignment, "se-over-avgifterna") == Assignment(
            key="se-over-avgifterna", name="Se över avgifterna", assignment_kind="kommungemensamt"
        )
        assert "Se över avgifterna" in work.line_with("›")


@pytest.mark.thorough
async def test_an_empty_list_says_what_to_do_and_nothing_seems_editable_when_only_read(tmp_path: Path) -> None:
    gone = [replace(each, retired=True) for each in PLAN.active(Measure)]
    async with at_work(program(tmp_path, mode="measures", also=gone)) as work:
        assert "inga åtgärder och uppdrag än. Ctrl+N lägger till." in work.shown
    other = tmp_path / "other"
    other.mkdir()
    async with at_work(program(other, mode="measures", also=gone, read_only=True)) as work:
        assert "Planen har inga åtgärder och uppdrag." in work.shown
        assert work.footer.split() == ["Mellanslag", "Meny", "F1", "Hjälp", "/", "Sök"]
