"""The first start in a real terminal: a figure in a real plan with few keys, and what is tried leaves no trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.model.period import Period
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.terminal.terminal import Terminal

MOST_KEYS = 4
"""From the first start to the first figure in a real plan, beyond its digits."""


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), pytest.param(120, 40, marks=pytest.mark.thorough)])
def test_the_first_figure_in_a_real_plan_takes_few_keys_beyond_its_digits(
    tmp_path: Path, columns: int, lines: int
) -> None:
    keys, digits = ["enter", "enter", "f5", "enter"], "77"
    assert len(keys) <= MOST_KEYS
    with Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path, columns=columns, lines=lines) as terminal:
        terminal.wait_for("Hur vill du börja?")
        terminal.press(*keys[:-1])
        terminal.wait_for("Läge", "Särskilt boende")
        terminal.type(digits)
        terminal.press(keys[-1])
        terminal.wait_for("Sparat")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert terminal.modes_left_on == []
    with open_database(tmp_path / "kvaltui.db", read_only=True) as database:
        outcome = load_plan(database, "nacka-2022").outcome("sabo-trygghet", Period(2022))
    assert outcome is not None
    assert outcome.value == "77"


def test_what_is_tried_at_the_first_start_leaves_no_trace(tmp_path: Path) -> None:
    with Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as terminal:
        terminal.wait_for("Hur vill du börja?")
        before = sorted(tmp_path.rglob("*"))
        terminal.type("\t86")
        terminal.wait_for("86 % → ▲ Delvis")
        terminal.press("enter")
        terminal.wait_for_line("Trygghet i boendet", "▲ Delvis")
        terminal.press("ctrl+z")
        terminal.wait_for_line("Trygghet i boendet", "väntar")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert terminal.modes_left_on == []
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.thorough
def test_to_look_around_opens_a_plan_that_is_thrown_away_and_comes_back(tmp_path: Path) -> None:
    with Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as terminal:
        terminal.wait_for("Hur vill du börja?")
        terminal.press("end", "enter")
        terminal.wait_for("Solgården, påhittad plan", "Allt här är påhittat")
        terminal.type("97\r")
        terminal.wait_for("Sparat")
        terminal.press("ctrl+q")
        terminal.wait_for("Hur vill du börja?", "Titta först")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert terminal.modes_left_on == []
    assert not list(tmp_path.rglob("*.db"))


@pytest.mark.thorough
def test_the_first_five_minutes_are_done_key_by_key(tmp_path: Path) -> None:
    with Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as terminal:
        terminal.wait_for("Hur vill du börja?")
        terminal.type(" 3")
        terminal.wait_for("De första fem minuterna", "› Skriv en siffra")
        terminal.type("ca 90")
        terminal.wait_for("✓ Skriv en siffra", "✓ Uppnått")
        terminal.press("enter")
        terminal.wait_for("✓ Under raden")
        terminal.press("ctrl+z")
        terminal.wait_for("✓ Ctrl+Z tar tillbaka", "› Mellanslag visar")
        terminal.press("space")
        terminal.wait_for("u Ångra", "v Visa")
        terminal.press("escape")
        terminal.wait_for("› Det var allt")
        terminal.press("enter")
        terminal.wait_for("Hur vill du börja?")
        terminal.wait_until(lambda: "Det var allt" not in terminal.shown)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert not list(tmp_path.rglob("*.db"))
