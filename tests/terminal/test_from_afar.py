"""A manager over SSH: the first screen waits for no answer of the terminal's, costs little, and opens with one key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kvaltui.model.period import Period
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.sampled import sampled
from tests.terminal.starters import starter_database
from tests.terminal.terminal import Terminal, take_the_tour_as_read
from tests.tui.test_terminal_input import ANSWERS

NARROW = (80, 24)
MOST_BYTES = 6_000
ROW = "känner sig trygga"
QUERIES = re.compile(
    rb"\x1b\[\?[0-9;]*\$p|\x1b\[\?*6n|\x1b\[[>=]?0?c|\x1b\[>0?q|\x1b\[\?u|\x1b\[1[468]t|\x1b\][0-9;]*\?|\x1bP\+q"
)
"""What terminals answer: modes, the cursor's place, what they are, keys, sizes, colours, capabilities."""
COLOURS = {"truecolor": 1.0, "": 0.85}
"""What is said of colours, and how many of the bytes that then costs at the most."""


@contextmanager
def afar(folder: Path, *words: str, colours: str = "truecolor") -> Iterator[Terminal]:
    """The program on a plan in which nothing waits, so that it begins with the overview; the terminal never answers."""
    take_the_tour_as_read(folder)
    starter_database(folder / "kvaltui.db", "nacka-2022")
    columns, lines = NARROW
    opened = ("--db", str(folder / "kvaltui.db"), *words)
    with Terminal(*opened, folder=folder, columns=columns, lines=lines, environment={"COLORTERM": colours}) as terminal:
        terminal.wait_for("Översikt", "F1 Hjälp")
        settle(terminal)
        yield terminal


def settle(terminal: Terminal) -> None:
    """Take in all that comes without anything being sent."""
    terminal.take_in(0.3)
    terminal.silence(0.6)


def cost(terminal: Terminal, *keys: str) -> int:
    """The bytes that some keys cost, each pressed when the one before has been answered."""
    before = terminal.bytes
    for key in keys:
        terminal.press(key)
        terminal.read(2.0)
        settle(terminal)
    return terminal.bytes - before


@pytest.mark.thorough
@pytest.mark.parametrize(("colours", "words"), sampled([("truecolor", ()), ("", ()), ("", ("--read-only",))], keep=1))
def test_the_overview_is_whole_before_any_answer_and_takes_less_than_six_kilobytes(
    tmp_path: Path, colours: str, words: tuple[str, ...]
) -> None:
    with afar(tmp_path, *words, colours=colours) as terminal:
        assert terminal.bytes <= MOST_BYTES
        first, begun = terminal.shown, terminal.bytes
        # The answers come when everything has been drawn, and change nothing: no round trip was waited for.
        asked = QUERIES.findall(terminal.raw)
        assert len(asked) <= 3, "so many answers there can be to wait for at the most"
        for answer in ANSWERS:
            if len(answer) < 100 and not answer.startswith((b"\x1b[<", b"\x1b[97")) and answer != b"\x1b[8;24;80t":
                terminal.send(answer)
        settle(terminal)
        assert terminal.shown == first
        assert terminal.bytes - begun < 200


@pytest.mark.thorough
def test_going_to_the_overview_is_one_round_trip(tmp_path: Path) -> None:
    with afar(tmp_path) as terminal:
        cost(terminal, "f5")
        asked = len(QUERIES.findall(terminal.raw))
        assert cost(terminal, "f3") <= MOST_BYTES
        terminal.wait_for("Översikt", "F1 Hjälp")
        assert len(QUERIES.findall(terminal.raw)) == asked, "nothing more is asked"


@pytest.mark.thorough
def test_256_colours_cost_a_fifth_less_than_all_of_them(tmp_path: Path) -> None:
    costs = {}
    for colours in COLOURS:
        (folder := tmp_path / (colours or "many")).mkdir()
        with afar(folder, colours=colours) as terminal:
            cost(terminal, "f5", "home")
            costs[colours] = cost(terminal, "down", "down", "down", "down")
    assert costs[""] <= COLOURS[""] * costs["truecolor"], costs


@pytest.mark.thorough
def test_an_answer_that_comes_while_something_is_typed_is_no_part_of_it(tmp_path: Path) -> None:
    with afar(tmp_path) as terminal:
        terminal.press("f5", "home", "down")
        terminal.wait_for(ROW)
        terminal.type("9")
        terminal.wait_for("9 % →")
        for answer in (b"\x1b[?2026;2$y", b"\x1b[?1u", b"\x1b[?62;22c", b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07"):
            for cut in (1, len(answer) // 2, len(answer) - 1):
                terminal.send(answer[:cut])
                terminal.send(answer[cut:])
        terminal.type("0\r")
        terminal.wait_for("Sparat")
    with open_database(tmp_path / "kvaltui.db", read_only=True) as database:
        outcome = load_plan(database, "nacka-2022").outcome("sabo-trygghet", Period(2022))
    assert outcome is not None
    assert outcome.value == "90"


@pytest.mark.thorough
def test_a_screen_that_nobody_touches_sends_nothing(tmp_path: Path) -> None:
    with afar(tmp_path) as terminal:
        for key in ("f5", "7", "escape", "space", "escape"):
            cost(terminal, key)
            before = terminal.bytes
            terminal.take_in(1.5)
            assert terminal.bytes == before, key
