"""Words are typed in the fields of a form, in a real terminal, byte by byte; and what is pasted there stays apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.cli import main
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Result, ResultStatus, Risk
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.words import capitalised, word
from tests.sampled import sampled
from tests.terminal.terminal import Terminal

PLAN = "huddinge-2024"


def opened(tmp_path: Path, screen: str) -> tuple[Path, Terminal]:
    folder = tmp_path / "arbete"
    assert main(["init", "--plan", PLAN, "--folder", str(folder)]) == 0
    terminal = Terminal(folder=folder)
    terminal.wait_for("[")
    terminal.press(screen)
    return folder, terminal


@pytest.mark.thorough
def test_every_result_is_chosen_by_its_word_and_stored(tmp_path: Path) -> None:
    folder, terminal = opened(tmp_path, "f7")
    with terminal:
        terminal.wait_for("[Egenkontroller]", "Loggkontroll")
        for status in ResultStatus:
            label = capitalised(word(status))
            terminal.press("enter")
            terminal.wait_for("Resultat 2024: Loggkontroll")
            terminal.type(label)
            terminal.wait_for(f"›{label}")
            terminal.type("\r")
            terminal.wait_for("Enter Spara")
            terminal.type("\r")
            terminal.wait_until(lambda: "Resultat 2024: Loggkontroll" not in terminal.shown, "the form closed")
            with open_database(folder / "db/kvaltui.db", read_only=True) as database:
                stored = load_plan(database, PLAN).get(Result, "loggkontroll/2024")
            assert stored is not None
            assert (stored.status, stored.period) == (status, Period(2024))
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


@pytest.mark.thorough
@pytest.mark.parametrize("end", sampled(["\r", "\n", "\r\n"], keep=1), ids=["CR", "LF", "CRLF"])
def test_a_pasted_description_keeps_its_lines_and_a_pasted_column_is_no_grade(tmp_path: Path, end: str) -> None:
    folder, terminal = opened(tmp_path, "f6")
    with terminal:
        terminal.wait_for("[Risker]", "Åtgärd (planerad)")
        terminal.press("f2")
        terminal.wait_for("Enter Spara")
        terminal.press("pagedown")
        terminal.wait_for("Enter Visa mer")
        terminal.type("besk\r")
        terminal.wait_for("›Beskrivning")
        terminal.paste(f"Första raden åäö{end}andra raden{end}{end}")
        terminal.wait_for("andra raden")
        terminal.press("pageup", "tab")
        terminal.paste(f"1{end}2")
        terminal.wait_for("är flera siffror")
        terminal.press("enter")
        terminal.wait_for("Sparat")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    with open_database(folder / "db/kvaltui.db", read_only=True) as database:
        risks = list(load_plan(database, PLAN).active(Risk))
    (risk,) = [each for each in risks if "åäö" in each.description]
    assert risk.description == "Första raden åäö\nandra raden"
    assert risk.likelihood != 12


@pytest.mark.thorough
def test_a_day_is_typed_as_it_is_said(tmp_path: Path) -> None:
    folder, terminal = opened(tmp_path, "f8")
    with terminal:
        terminal.wait_for("[Åtgärder]")
        terminal.press("f2")
        terminal.wait_for("Enter Spara")
        terminal.press("tab")
        terminal.type("Enhetschef Åsa\t30 juni 2099")
        terminal.wait_for("Läses som 30 juni 2099")
        terminal.type("\tpågår\r\r")
        terminal.wait_for("Sparat")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    with open_database(folder / "db/kvaltui.db", read_only=True) as database:
        measures = [each for each in load_plan(database, PLAN).active(Measure) if each.responsible == "Enhetschef Åsa"]
    assert [(each.status.value, str(each.due)) for each in measures] == [("ongoing", "2099-06-30")]
