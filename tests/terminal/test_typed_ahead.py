"""Keys that come faster than anybody can see what they do, and what is pasted: each line is for its own row."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.sampled import sampled
from tests.terminal.terminal import Terminal
from tests.terminal.test_typing import content_of, key_of, made, stands_on

ROWS = 30


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return made(tmp_path, [("%", ())] * ROWS)


def at_the_rows(database: Path, columns: int = 120) -> Terminal:
    return Terminal("--db", str(database), folder=database.parent, columns=columns, lines=ROWS + 12)


def values(database: Path) -> dict[str, str]:
    return {each.indicator: each.value for each in content_of(database).all(Outcome).values() if each.value}


@pytest.mark.thorough
def test_a_refusal_typed_ahead_leaves_the_rows_after_it_their_figures(database: Path) -> None:
    with at_the_rows(database) as terminal:
        terminal.wait_for("Rad 000")
        terminal.type("86\r12.500\r91\r1_000 %\r77\r")
        terminal.wait_for("3 av 30 inlagda")
        assert values(database) == {key_of(0): "86", key_of(2): "91", key_of(4): "77"}
        for row, text in ((1, "12.500"), (3, "1_000")):
            terminal.wait_for_line(f"Rad {row:03}", text, "ej sparat")
        terminal.wait_for("Ej sparat: ”12.500” för Rad 001 (+1)", "77 % →")
        # What is kept is opened, selected: typing replaces it.
        terminal.press(*["up"] * 4, "enter")
        terminal.wait_for("menar du 12 500 eller 12,5")
        terminal.type("12,5\r")
        terminal.wait_for("4 av 30 inlagda", "Ej sparat: ”1_000 %” för Rad 003")
        assert values(database)[key_of(1)] == "12,5"


@pytest.mark.thorough
def test_what_is_refused_while_somebody_looks_is_replaced_by_typing_and_edited_by_an_arrow(database: Path) -> None:
    with at_the_rows(database) as terminal:
        terminal.wait_for("Rad 000")
        for answer, stored in (("86", "86"), ("\x1b[C\x7f\x7f\x7f\x7f,5", "12,5")):
            terminal.type("12.500\r")
            terminal.wait_for_refusal("12.500")
            terminal.wait_for("menar du 12 500 eller 12,5")
            terminal.type(answer + "\r")
            terminal.wait_for("Sparat")
            assert list(values(database).values())[-1] == stored
            terminal.wait_until(lambda: not terminal.selected_text)


def columns_to_paste() -> list[tuple[list[str], str, bool]]:
    """Columns of figures, refused ones among them, with every way of ending a line, bracketed and not."""
    dice = random.Random(8)
    cases = []
    for end in ("\r", "\n", "\r\n"):
        for is_bracketed in (True, False):
            if not is_bracketed and end != "\r":
                continue  # An unbracketed line feed is Enter where the terminal is read: it is tested there.
            for _ in range(4):
                column = [
                    dice.choice(("86", "91 %", "ej mätt", "<5", "8/10", "72–100", "5,1", "ca 98")) for _ in range(9)
                ]
                if not is_bracketed:
                    column[dice.randrange(8)] = dice.choice(("12.500", "1_000", "1e5"))
                cases.append((column, end, is_bracketed))
    return cases


@pytest.mark.parametrize(
    "step", [pytest.param(4, id="one of each"), pytest.param(1, id="all", marks=pytest.mark.thorough)]
)
def test_every_line_of_a_pasted_column_lands_on_its_row(database: Path, step: int) -> None:
    refused = ("12.500", "1_000", "1e5")
    with at_the_rows(database) as terminal:
        terminal.wait_for("Rad 000")
        for column, end, is_bracketed in columns_to_paste()[::step]:
            text = end.join(column) + end
            expected = {key_of(at): each for at, each in enumerate(column) if each not in refused}
            if is_bracketed:
                terminal.paste(text)
                terminal.wait_for("9 inklistrade")
                terminal.press("enter")
                terminal.wait_for("9 av 30 inlagda")
                assert values(database) == expected
                terminal.press("ctrl+z")
                terminal.wait_for("0 av 30 inlagda")
            else:
                terminal.type(text)
                terminal.wait_for(f"{len(expected)} av 30 inlagda")
                assert values(database) == expected
                wrong = next(each for each in column if each in refused)
                terminal.wait_for_line(f"Rad {column.index(wrong):03}", wrong)
                terminal.press(*["ctrl+z"] * len(expected))
                terminal.wait_for("0 av 30 inlagda")
                terminal.press("home", *["down"] * (column.index(wrong) + 1), "enter")
                terminal.wait_for_refusal(wrong)
                terminal.press("ctrl+z", "home", "down")
                terminal.wait_until(lambda: "ej sparat" not in terminal.shown.split("Läge")[1])
            terminal.wait_until(lambda: stands_on(terminal, "Rad 000"))


BLOCKS = {
    "one line": ("86", {}, "86"),
    "one line and its end": ("86\r", {}, "86"),
    "quoted": ('"86"\r\n', {}, "86"),
    "an empty line in the middle": ("86\r\r91\r", {0: "86", 2: "91"}, ""),
    "several empty lines at the end": ("86\n91\n\n\n", {0: "86", 1: "91"}, ""),
    "an empty second column": ("86\t\r\n91\t\r\n", {0: "86", 1: "91"}, ""),
    "mixed line ends": ("86\r\n91\r77\n8/10", {0: "86", 1: "91", 2: "77", 3: "8/10"}, ""),
    "quotes": ('"86"\r\n"sekretess"\r\n', {0: "86", 1: "sekretess"}, ""),
}


@pytest.mark.parametrize("name", sampled(BLOCKS, keep=3))
def test_what_spreadsheets_hand_over(database: Path, name: str) -> None:
    pasted, stored, typed = BLOCKS[name]
    with at_the_rows(database) as terminal:
        terminal.wait_for("Rad 000")
        terminal.paste(pasted)
        if typed:
            terminal.wait_for("86 % →")
            assert values(database) == {}, "what is pasted in a cell is typed there, and not stored"
            terminal.press("enter")
            stored = {0: typed}
        else:
            terminal.wait_for("Spara alla")
            terminal.press("enter")
        terminal.wait_for(f"{len(stored)} av 30 inlagda")
        assert values(database) == {key_of(at): text for at, text in stored.items()}


@pytest.mark.thorough
def test_two_cells_are_refused_with_both_readings_and_a_column_keeps_what_was_being_typed(database: Path) -> None:
    with at_the_rows(database) as terminal:
        terminal.wait_for("Rad 000")
        terminal.paste("12\t500")
        terminal.wait_for("”12” och ”500” är två celler: två utfall, eller ”12 500”?")
        assert values(database) == {}
        terminal.type("12.5")
        terminal.wait_for("12,5 % →")
        terminal.paste("\r1\t2\r")
        terminal.wait_for("”1” och ”2” är två celler", "1 av 30 inlagda")
        assert values(database) == {key_of(0): "12.5"}
        terminal.press("down")
        terminal.type("12.500")
        terminal.paste("86\r91\r")
        terminal.wait_for("2 inklistrade")
        terminal.press("escape")
        terminal.wait_for("12.500", "ej sparat")


@pytest.mark.thorough
@pytest.mark.parametrize("number", sampled([signal.SIGTERM, signal.SIGHUP], keep=1))
def test_what_is_half_typed_is_stored_when_the_system_ends_the_program(database: Path, number: signal.Signals) -> None:
    with at_the_rows(database) as terminal:
        terminal.wait_for("Rad 000")
        terminal.type("86")
        terminal.wait_for("86 % →")
        terminal.send_signal(number)
        terminal.wait_for_end()
    assert values(database) == {key_of(0): "86"}


@pytest.mark.thorough
def test_quitting_stores_what_is_half_typed_and_asks_about_what_cannot_be_read(database: Path) -> None:
    with at_the_rows(database) as terminal:
        terminal.wait_for("Rad 000")
        terminal.type("12.500\x11")
        terminal.wait_for("Ej sparat: ”12.500” för Rad 000", "Stanna kvar", "Avsluta utan den")
        terminal.press("enter")
        terminal.wait_for_refusal("12.500")
        terminal.type("12,5\x11")
        assert terminal.wait_for_end() == 0
    assert values(database) == {key_of(0): "12,5"}


@pytest.mark.thorough
def test_what_is_typed_while_the_first_plan_is_made_is_for_the_program(tmp_path: Path) -> None:
    with Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as terminal:
        terminal.wait_for("Hur vill du börja?")
        terminal.type("\rnacka\r\x1b[15~77 %\r88")
        terminal.wait_for("[Indikatorer]", "88 % →")
        with open_database(tmp_path / "kvaltui.db", read_only=True) as database:
            outcome = load_plan(database, "nacka-2022").outcome("sabo-trygghet", Period(2022))
        assert outcome is not None
        assert outcome.value == "77 %"
