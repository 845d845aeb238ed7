"""The work around the figures in a real terminal: a risk with a measure, a self-check with a result, an amount."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from kvaltui.cli import main
from kvaltui.model.economy import EconomyRow
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Result, ResultStatus, Risk, SelfCheck
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.terminal.terminal import Terminal

MOST_BYTES_A_KEY = 400
"""What a typed letter in a form may cost: its field, and what is said below."""


def folder_with(plan: str, folder: Path) -> Path:
    """A working folder with a starter plan."""
    place = folder / "arbete"
    assert main(["init", "--plan", plan, "--folder", str(place)]) == 0
    return place


def test_a_risk_with_a_measure_and_a_self_check_with_a_result(tmp_path: Path) -> None:
    folder = folder_with("huddinge-2024", tmp_path)
    with Terminal(folder=folder) as terminal:
        terminal.wait_for("[")
        terminal.press("f6")
        terminal.wait_for("[Risker]", "Barn, unga och vuxna riskerar att fortsatt fara illa", "Åtgärd (planerad)")
        terminal.press("ctrl+n")
        terminal.wait_for("Ny risk", "Enter Spara", "Sannolikhet", "+ mer: beskrivning")
        terminal.type("Personal slutar [/x] åäö")
        terminal.press("tab", "4", "tab", "6")
        terminal.wait_for("Skriv ett heltal från 1 till 5")
        terminal.press("enter")
        terminal.wait_for("Inget är sparat än")
        terminal.press("backspace", "5", "enter")
        terminal.wait_for("Sparat", "› 20 ✗ Hög    4×5  Personal slutar [/x] åäö")
        terminal.press("space", "m")
        terminal.wait_for("Åtgärder: Personal slutar", "inga åtgärder än")
        terminal.press("ctrl+n")
        terminal.wait_for("Ny åtgärd")
        terminal.type("Introduktion\tEnhetschef\t2099-03-31\tp\r\r")
        terminal.wait_for("Sparat", "2099-03-31  Introduktion")
        terminal.press("enter")
        terminal.wait_for("Avbruten")
        terminal.type("pågår\r")
        terminal.wait_for_line("Introduktion", "Pågår")
        terminal.press("escape")
        terminal.wait_for("Åtgärd (pågår, 2099-03-31, Enhetschef): Introduktion")
        terminal.press("f7")
        terminal.wait_for("[Egenkontroller]", "Loggkontroll")
        terminal.press("ctrl+n")
        terminal.wait_for("Ny egenkontroll")
        terminal.type("Rehabsamtal\r")
        terminal.wait_for("Sparat")
        terminal.press("enter", "d", "enter", "enter")
        terminal.wait_for("▲ Delvis godkänt")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert terminal.modes_left_on == []
    with open_database(folder / "db/kvaltui.db", read_only=True) as database:
        content = load_plan(database, "huddinge-2024")
    risk, measure = content.get(Risk, "personal-slutar-x-aao"), content.get(Measure, "introduktion")
    assert risk is not None
    assert measure is not None
    assert (risk.likelihood, risk.consequence, risk.level) == (4, 5, 20)
    assert measure.risks == (risk.key,)
    check = content.get(SelfCheck, "rehabsamtal")
    assert check is not None
    assert check.section == "Gemensamt inom individ- och familjeomsorg"
    assert content.get(Result, "rehabsamtal/2024") == Result(
        self_check="rehabsamtal", period=Period(2024), status=ResultStatus.PARTLY
    )


@pytest.mark.thorough
def test_an_amount_is_typed_where_it_stands_and_text_is_refused(tmp_path: Path) -> None:
    folder = folder_with("linkoping-2019-t1", tmp_path)
    with Terminal(folder=folder) as terminal:
        terminal.wait_for("[")
        terminal.press("space", "g")
        terminal.wait_for("k  Ekonomi")
        terminal.press("k")
        terminal.wait_for("[Ekonomi]", "1 481 495")
        terminal.type("tusen\x15")  # letters are no amount: nothing is begun
        terminal.type("12.500\r")
        terminal.wait_for_refusal("12.500")
        terminal.wait_for("12 500 eller 12,5")
        terminal.press("escape")
        terminal.wait_until(lambda: "12.500" not in terminal.shown)
        terminal.type("1 490 000\r")
        terminal.wait_for("Sparat", "rad stämmer inte")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    with open_database(folder / "db/kvaltui.db", read_only=True) as database:
        rows = load_plan(database, "linkoping-2019-t1").all(EconomyRow)
    assert [row.budget for row in rows.values() if row.budget == "1 490 000"] == ["1 490 000"]


def shows(terminal: Terminal, text: str) -> bool:
    """Whether the title is there, and the key that is made from it as it is typed."""
    return all(text in terminal.line_with(label) for label in ("›Risk", "Nyckel ("))


@pytest.mark.thorough
def test_a_letter_in_a_form_costs_little(tmp_path: Path) -> None:
    folder = folder_with("huddinge-2024", tmp_path)
    with Terminal(folder=folder) as terminal:
        terminal.wait_for("[")
        terminal.press("f6")
        terminal.wait_for("[Risker]", "Åtgärd (planerad)")
        terminal.press("ctrl+n")
        terminal.wait_for("Ny risk", "Enter Spara", "›Risk")
        terminal.type("a")
        terminal.wait_for("Nyckel (ändras under mer): a")
        costs = []
        typed = "a"
        for letter in "bcdefghijk":
            before = len(terminal.raw)
            typed += letter
            terminal.press(letter)
            terminal.wait_until(partial(shows, terminal, typed))
            costs.append(len(terminal.raw) - before)
        assert max(costs) <= MOST_BYTES_A_KEY, costs
