"""In a real terminal: bytes that nobody typed end nothing and store nothing, and figures typed among them are right."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.sampled import sampled
from tests.terminal.test_terminal_left_clean import ROW, entered, on_the_entry_table
from tests.tui.test_terminal_input import ANSWERS

CHUNKS = (200, 2000)
HARMLESS_FINALS = "@ABEFGHIJKLOPQRSTXZ`efghijklmnoprstvwxyz{|}"
"""None that folds a row, or writes."""


def nonsense(chance: random.Random) -> bytes:
    """An escape sequence of a random sort, whole or cut short, or bytes that are no ASCII."""
    parameters = "".join(chance.choices("0123456789;:<=>?", k=chance.randrange(12)))
    return chance.choice(
        (
            f"\x1b[{parameters}{chance.choice(HARMLESS_FINALS)}".encode(),
            f"\x1b[{parameters}".encode() + b"\x1b[I",
            f"\x1b]{parameters};{chance.randbytes(4).hex()}\x07".encode(),
            f"\x1bP0{parameters}{chance.randbytes(4).hex()}\x1b\\".encode(),
            f"\x1b_{chance.randbytes(4).hex()}\x1b\\".encode(),
            bytes(chance.choices((0, 1, 2, 5, 6, 7, 28, 29, 30, 31, *range(0x80, 0xA0)), k=chance.randrange(1, 9))),
            b"\x1b[<9999" + parameters.replace("<", "").encode() + b"M",
        )
    )


@pytest.mark.thorough
@pytest.mark.parametrize("chunks", sampled(CHUNKS))
def test_nonsense_ends_nothing_and_the_figure_typed_afterwards_is_stored(tmp_path: Path, chunks: int) -> None:
    chance = random.Random(8)
    with on_the_entry_table(tmp_path) as terminal:
        for _ in range(chunks // 20):
            terminal.send(b"".join(nonsense(chance) for _ in range(20)))
            terminal.take_in(0)
        for answer in ANSWERS:
            if len(answer) < 1000 and not answer.startswith(b"\x1b[<0;3;4"):  # a click, which folds a row
                terminal.send(answer)
        for pressed in range(20):  # each by itself: two that are read at once are another key
            terminal.press("escape")
            terminal.take_in(0.3)
            if pressed > 3 and ROW in terminal.shown:
                break
        terminal.press("f5", "home", "down")
        terminal.wait_for("[Indikatorer]", ROW)
        terminal.type("90\r")
        terminal.wait_for("Sparat")
    assert entered(tmp_path) == "90"


@pytest.mark.thorough
@pytest.mark.parametrize(
    "among",
    sampled([b"\x1b]11;rgb:0/0/0\x1b\\", b"\x1b[?62;22c", b"\x1b[53;1:3u", b"\x1b[1114112u", b"\x1b[1;1:3A"], keep=2),
)
def test_an_answer_in_the_middle_of_a_figure_is_no_part_of_it(tmp_path: Path, among: bytes) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.send(b"9" + among + b"1" + among + b"\r")
        terminal.wait_for("Sparat")
        terminal.press("f5")
    assert entered(tmp_path) == "91"


@pytest.mark.thorough
def test_a_figure_from_the_number_pad_of_putty_ended_with_a_line_feed(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.send(b"\x1bOx\x1bOv\x1bOl\x1bOu\n")
        terminal.wait_for("Sparat")
    assert entered(tmp_path) == "86,5"


@pytest.mark.thorough
def test_latin_1_is_read_as_what_it_says(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.type("9")
        terminal.wait_for("9 % →")
        terminal.send(b" \xe5\xe4\xf6")
        terminal.wait_for("9 åäö")


def test_keys_typed_before_the_window_opens_are_not_lost(tmp_path: Path) -> None:
    with on_the_entry_table(tmp_path) as terminal:
        terminal.press("ctrl+q")
        terminal.wait_for_end()
    from tests.terminal.terminal import Terminal

    with Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as terminal:
        # The terminal is still in the shell's hands, and makes line feeds of what Enter sends.
        terminal.send(b"\x1b[15~93\r")
        terminal.wait_for("Sparat")
    assert entered(tmp_path) == "93"
