"""The sheet in a real terminal: keys and pastes as terminals send them, and nothing that is typed is lost."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from kvaltui.model.structure import Indicator
from tests.terminal.terminal import Terminal
from tests.terminal.test_typing import YEAR, content_of, made

ROWS = [
    ("Trygghet i särskilt boende", "minst 90 %"),
    ("Maten smakar bra", "80 %"),
    ("Väntetid till särskilt boende", "högst 60 dagar"),
    ("Kontinuitet i hemtjänsten", "högst 12 st"),
    ("Sjukfrånvaro", "< 8 %"),
    ("Har en genomförandeplan", "minst 95 %"),
    ("Klagomål", "minska"),
    ("Beläggning", "85–95 %"),
    ("Kontaktperson är utsedd", "ja"),
    ("Timmar per brukare", "högst 40 timmar"),
    ("Brukare som deltar", "öka"),
    ("Bemötande", "minst 88 %"),
]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return made(tmp_path, [("%", ())] * 2)


def in_the_sheet(database: Path) -> Terminal:
    """The program in the sheet of indicators, with the cursor where a new one is begun."""
    terminal = Terminal("--db", str(database), folder=database.parent)
    terminal.wait_for("Rad 000")
    terminal.press("space")
    terminal.wait_for("Bygg")
    terminal.type("i")
    terminal.wait_for("+ nytt område")
    terminal.press("end", "up")
    terminal.wait_for("Ny indikator i")
    return terminal


def targets(database: Path) -> dict[str, str]:
    content = content_of(database)
    found = ((each, content.target(each.key, YEAR)) for each in content.active(Indicator))
    return {each.name: target.value for each, target in found if target is not None}


def test_twelve_indicators_are_typed_ahead_with_two_strokes_each_beyond_their_texts(database: Path) -> None:
    with in_the_sheet(database) as terminal:
        for name, target in ROWS:
            terminal.type(name)
            terminal.press("tab")
            terminal.type(target)
            terminal.press("enter")
        terminal.wait_until(lambda: targets(database) == dict(ROWS))
        terminal.wait_for("14 indikatorer")
        terminal.press("escape")
        terminal.wait_for("Bemötande", "Målvärde")


@pytest.mark.parametrize(
    ("end", "is_bracketed"),
    [
        ("\r", True),
        pytest.param("\r", False, marks=pytest.mark.thorough),
        pytest.param("\n", True, marks=pytest.mark.thorough),
        pytest.param("\r\n", True, marks=pytest.mark.thorough),
        pytest.param("\n", False, marks=pytest.mark.thorough),
    ],
)
def test_a_pasted_block_is_one_change_however_the_terminal_hands_it_over(
    database: Path, end: str, is_bracketed: bool
) -> None:
    block = "".join(f"{name}\t\t\t{target}{end}" for name, target in ROWS)
    with in_the_sheet(database) as terminal:
        if is_bracketed:
            terminal.paste(block)
        else:
            terminal.type(block)
        terminal.wait_for("Inklistrat: 12 indikatorer", "14 indikatorer")
        assert targets(database) == dict(ROWS)
        terminal.press("ctrl+z")
        terminal.wait_for("Bygg   2 indikatorer")
        assert not targets(database)
        terminal.press("ctrl+y")
        terminal.wait_for("14 indikatorer")


@pytest.mark.thorough
def test_what_cannot_be_stored_when_the_program_is_ended_comes_back_to_its_cell_in_the_sheet(database: Path) -> None:
    terminal = in_the_sheet(database)
    terminal.press("right", "right", "right")
    terminal.type("högst 61 st")
    terminal.wait_for("högst 61 st")
    terminal.send_signal(signal.SIGTERM)
    terminal.wait_for_end()
    with Terminal("--db", str(database), folder=database.parent) as again:
        again.wait_for("Ej sparat: ”högst 61 st” för Mål 2023")
        again.press("ctrl+q")
        again.wait_for("Stanna")
        again.press("enter")
        again.wait_for("Bygg", "högst 61 st", "Ny indikator i Område")
        again.press("escape", *["left"] * 3)
        again.type("Väntetid")
        again.press("enter")
        again.wait_for("Sparat")
        assert "Väntetid" in {each.name for each in content_of(database).active(Indicator)}
