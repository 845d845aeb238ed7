"""A coordinator's day in a real terminal, from nothing: what is typed is what is stored, and no doubt is a success."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kvaltui.model.period import Period
from kvaltui.model.tree import ROOT
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.terminal.starting import PROGRAM
from tests.terminal.terminal import Terminal, surroundings, take_the_tour_as_read

PLAN, YEAR = "nacka-2022", Period(2023)
DATABASE = ".local/share/kvaltui/db/kvaltui.db"
TYPED = {
    "sabo-trygghet": "86 %",
    "sabo-mat-smakar": "ca 66",
    "sabo-maltid-trevlig": "ej mätt",
    "sabo-narvaro-dodsogonblick": "minst 98",
    "sabo-fallincidenter": "ja",
    "personlig-assistans-trygghet": "100",
    "korttidsboende-trygghet-foraldrar": "271/705",
    "bostad-bestamma-hemma": ">98 %",
    "bostad-forsta-personal": "bedömd 84 %",
    "daglig-verksamhet-trygghet": "72–100 %",
    "beroende-positiv-forandring": "97,5",
    "familjemottagning-stod-foraldrar": "3 500",
    "boendestod-trygghet": "högst 14",
    "boendestod-delaktighet": "sekretess",
    "gruppbostad-trygghet": "90 % eller mer",
    "gruppbostad-delaktighet": "inga tillgängliga data",
    "trafflokaler-besok": "4 200",
    "trafflokaler-unga": "716",
    "arbetsmarknad-egen-forsorjning": "94 % (2022)",
    "arbetsmarknad-unga-16-18": "~50",
    "arbetsmarknad-unga-18-24": "nej",
    "case-managers-livssituation": "80 %*",
    "halsotradgarden-gatt-vidare": "55–60 %",
    "fritidsgardar-trivsel": "95",
}
"""What is typed on the first rows, in their order, as it stands in committee papers."""
DOUBTFUL, REFUSED, NO_FIGURE = "familjemottagning-stod-foraldrar", "trafflokaler-unga", "arbetsmarknad-unga-18-24"
"""One looks wrong; of one a text is refused first; one is never given a figure that can be read."""
PASTED = {
    "fritidsgardar-trygghet": "81 %",
    "fritidsgardar-besok-flickor": "82",
    "fritidsgardar-besok-flickor-rad-2": "83,5",
    "fritidsgardar-samma-forutsattningar": "",
    "fritidsgardar-bemotande": "84 %",
    "musikskolan-roligt": "85",
    "musikskolan-medverkande": "ej mätt",
    "musikskolan-besokare": "6 239",
    "dieselverkstaden-aktorer": "257",
    "fastighetsservice-arenden": "1 211",
}
"""A column from a spreadsheet; the empty cell leaves its row as it is."""
WITHOUT = "fritidsgardar-trivsel"
ROWS_TO_THE_DOUBTFUL = 14
"""Down from the first row: three areas and eleven indicators."""


@contextmanager
def begun(folder: Path) -> Iterator[Terminal]:
    """The program at its first start, on the entry table of a new period whose targets were copied."""
    take_the_tour_as_read(folder)
    with Terminal(folder=folder) as terminal:
        terminal.wait_for("Hur vill du börja?")
        terminal.press("enter")
        terminal.wait_for("Nacka")
        terminal.press("enter")
        terminal.wait_for("[Översikt]", "34 av 34 inlagda")
        terminal.press("space", "a", "p")
        terminal.wait_for("Ny period", "2023")
        terminal.press("enter")
        terminal.wait_for("Planen har nu perioden 2023", "0 av 34 inlagda")
        terminal.press("f5")
        terminal.wait_for("[Indikatorer]", "period 2023")
        yield terminal


def stored(folder: Path) -> dict[str, str]:
    """The figures of the year as they are stored now, by indicator, in the order of the table."""
    with open_database(folder / DATABASE, read_only=True) as database:
        content = load_plan(database, PLAN)
    found = {key: content.outcome(key, YEAR) for key in content.tree.indicators_below(ROOT)}
    return {key: each.value if each is not None and not each.retired else "" for key, each in found.items()}


def status(folder: Path) -> str:
    """What `kvaltui status` says of the year."""
    command = [*PROGRAM, "status", "--plain", "--period", str(YEAR)]
    done = subprocess.run(
        command, cwd=folder, env=surroundings(folder), capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout.replace("\N{NO-BREAK SPACE}", " ")


def type_figures(terminal: Terminal) -> None:
    """Type the first figures, each on its row; Enter goes to the next row that waits."""
    entered = 0
    for key, text in TYPED.items():
        if key == REFUSED:
            terminal.type("12.500\r")
            terminal.wait_for_refusal("12.500")
            terminal.wait_for("12 500", "12,5")
        terminal.type(f"{text}\r")
        if key == NO_FIGURE:
            terminal.wait_for_refusal(text)
            terminal.wait_for("går inte att läsa")
            terminal.press("escape", "down")
            continue
        entered += 1
        terminal.wait_for("Sparat", f"{entered} av 34 inlagda", *(["utanför 0–100"] if key == DOUBTFUL else []))
        assert key == DOUBTFUL or "utanför 0–100" not in terminal.shown


def paste_column(terminal: Terminal) -> None:
    """Paste as tmux and most terminals do: with a carriage return after each line."""
    terminal.paste("".join(f"{text}\r" for text in PASTED.values()))
    terminal.wait_for("81 %", "1 211")
    terminal.press("enter")
    terminal.wait_for("Sparat", "32 av 34 inlagda")


def mark_complete(terminal: Terminal) -> None:
    """Mark the area of the doubtful figure complete: it is asked about first."""
    terminal.press("home", *["down"] * ROWS_TO_THE_DOUBTFUL)
    terminal.wait_for_line("›", "3 500")
    terminal.press("space", "k")
    terminal.wait_for("ser fel ut", "3 500 %", "utanför 0–100")
    terminal.press("down", "enter")
    terminal.wait_for("låst", "Familj och arbete")


@pytest.mark.thorough
def test_a_whole_day_at_the_keyboard(tmp_path: Path) -> None:
    with begun(tmp_path) as terminal:
        type_figures(terminal)
        expected = {**TYPED, NO_FIGURE: "", **dict.fromkeys(PASTED, "")}
        assert stored(tmp_path) == expected
        paste_column(terminal)
        assert stored(tmp_path) == {**expected, **PASTED}
        terminal.press("ctrl+z")
        terminal.wait_for("Ångrat", "23 av 34 inlagda")
        terminal.press("ctrl+z")
        terminal.wait_for("Ångrat", "22 av 34 inlagda")
        assert stored(tmp_path) == {**expected, WITHOUT: ""}
        terminal.press("ctrl+y", "ctrl+y")
        terminal.wait_for("Gjort på nytt", "32 av 34 inlagda")
        mark_complete(terminal)
        terminal.press("f3")
        terminal.wait_for("[Översikt]", "3 500 %", "utanför 0–100")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert terminal.modes_left_on == []
    assert stored(tmp_path) == {**expected, **PASTED}
    told = status(tmp_path)
    assert "Familjemottagningen" in told
    assert "utanför 0–100" in told
