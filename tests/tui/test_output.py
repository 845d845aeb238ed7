"""What is sent to the terminal is less than what Textual writes, and the screen is the same."""

from __future__ import annotations

import os
from threading import Event

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.system.console import Console
from kvaltui.tui.terminal.output import Output
from kvaltui.tui.terminal.threads import TerminalWriter

WIDTH, HEIGHT = 24, 5
STYLES = ("", "1", "2", "7", "1;7", "4", "31", "1;38;2;1;2;3", "38;2;1;2;3;48;2;9;9;9", "7;48;5;17", "2;3;4;92;104")
LONGEST = 20.0
"""Seconds within which a thread has done what it was told, also on a busy machine."""
CHARACTERS = "ab  åé›█\N{NO-BREAK SPACE}"


def plain_style(style: str) -> str:
    return f"\x1b[{style}m" if style else ""


def piece(text: str, style: str) -> str:
    """A piece of a line as Textual writes it: the whole style before, a reset after."""
    return f"{plain_style(style)}{text}\x1b[0m" if style else text


@st.composite
def updates(draw: st.DrawFn) -> str:
    """An update of the screen as Textual writes it: places, and pieces of lines that stay within the screen."""
    written = ""
    for _ in range(draw(st.integers(1, 4))):
        row, column = draw(st.integers(0, HEIGHT - 1)), draw(st.integers(0, WIDTH - 1))
        written += f"\x1b[{row + 1};{column + 1}H"
        while column < WIDTH and draw(st.booleans()):
            text = draw(st.text(CHARACTERS, min_size=1, max_size=WIDTH - column))
            written += piece(text, draw(st.sampled_from(STYLES)))
            column += len(text)
        if row < HEIGHT - 1 and draw(st.booleans()):
            written += "\n"
    return written


class Screen:
    """A terminal that is only looked at."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._screen.reset_mode(7)  # no line wrap, as Textual has it
        self._stream = pyte.Stream(self._screen)

    def feed(self, data: str) -> None:
        self._stream.feed(data)

    @property
    def cells(self) -> list[list[tuple[object, ...]]]:
        """What every cell shows; colours and weight of a blank cannot be seen."""
        return [
            [
                (cell.data, cell.bg, cell.reverse, cell.underscore)
                if cell.data == " " and not cell.reverse and not cell.underscore
                else tuple(cell)
                for cell in (self._screen.buffer[row][column] for column in range(WIDTH))
            ]
            for row in range(HEIGHT)
        ]


@given(st.lists(updates(), min_size=1, max_size=6))
def test_the_screen_is_the_same(written: list[str]) -> None:
    whole, thinned, output = Screen(), Screen(), Output()
    output.resize(WIDTH, HEIGHT)
    for update in written:
        whole.feed(update)
        thinned.feed(output.thin(update))
        assert thinned.cells == whole.cells


@given(st.lists(updates(), min_size=1, max_size=6), st.integers(1, 40))
def test_the_screen_is_the_same_wherever_what_is_written_is_cut(written: list[str], size: int) -> None:
    whole, thinned, output = Screen(), Screen(), Output()
    output.resize(WIDTH, HEIGHT)
    for update in written:
        whole.feed(update)
        for at in range(0, len(update), size):
            thinned.feed(output.thin(update[at : at + size]))
        assert thinned.cells == whole.cells


@pytest.mark.parametrize(
    "command", ["\x1b[?1000h", "\x1b]8;;https://kolada.se\x1b\\", "\x1b]52;c;aGVq\x07", "\x1b[2 q"]
)
def test_a_command_that_comes_in_pieces_is_sent_whole(command: str) -> None:
    for at in range(len(command)):
        output = output_showing("text")
        assert output.thin(command[:at]) + output.thin(command[at:]) == command


@given(updates())
def test_what_stands_there_already_is_not_sent(before: str) -> None:
    output = Output()
    output.resize(WIDTH, HEIGHT)
    output.thin(before)
    update = "\x1b[3;1H" + piece("one ", "1") + piece("two", "31") + "\x1b[1;1H"
    output.thin(update)
    assert output.thin(update) == ""


def output_showing(*lines: str) -> Output:
    output = Output()
    output.resize(WIDTH, HEIGHT)
    output.thin("".join(f"\x1b[{row + 1};1H{line:{WIDTH}}" for row, line in enumerate(lines)))
    return output


def test_only_the_changed_cells_are_sent() -> None:
    output = output_showing("the outcome is 86 % now")
    assert output.thin("\x1b[1;1Hthe outcome is 87 % now ") == "\x1b[1;17H7"


def test_a_few_unchanged_cells_cost_less_than_a_jump() -> None:
    output = output_showing("a b c d")
    assert output.thin("\x1b[1;1HA b C d") == "\x1b[1;1HA b C"


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        ("1;38;2;1;1;1", "38;2;1;1;1", "\x1b[22m"),
        ("38;2;1;1;1;48;2;2;2;2", "38;2;3;3;3;48;2;2;2;2", "\x1b[38;2;3;3;3m"),
        ("7;38;2;1;1;1", "38;2;1;1;1", "\x1b[27m"),
        ("1;2;31", "1;31", "\x1b[1;31m"),
        ("31", "", "\x1b[m"),
    ],
)
def test_only_what_differs_between_styles_is_sent(before: str, after: str, sent: str) -> None:
    output = Output()
    output.resize(WIDTH, HEIGHT)
    output.thin(f"\x1b[1;1H{piece('x', before)}")
    told = output.thin(piece("y", after)).removesuffix("y")
    assert told == sent or (after == "1;31" and told in ("\x1b[22;1m", "\x1b[0;1;31m"))


def test_an_update_that_changes_nothing_is_not_even_announced() -> None:
    output = output_showing("same")
    assert output.thin("\x1b[?2026h") + output.thin(f"\x1b[1;1H{'same':{WIDTH}}") + output.thin("\x1b[?2026l") == ""


def test_an_update_that_changes_something_is_announced_and_ended() -> None:
    output = output_showing("same")
    sent = output.thin("\x1b[?2026h") + output.thin("\x1b[1;1Hgame") + output.thin("\x1b[?2026l")
    assert sent == "\x1b[?2026h\x1b[1;1Hg\x1b[?2026l"


def test_commands_pass_through_whole() -> None:
    output = output_showing("text")
    for_tmux = "\x1bPtmux;\x1b\x1b]52;c;aGVq\x07\x1b\\"
    for command in ("\x1b]52;c;aGVq\x07", for_tmux, "\x1b[?1000h", "\x1b]22;default\x1b\\", "\x1b[>25u", "\x07"):
        assert output.thin(command) == command


def test_wide_and_combining_characters_are_always_sent() -> None:
    output = Output()
    output.resize(WIDTH, HEIGHT)
    for text in ("日本", "e\N{COMBINING ACUTE ACCENT}", "👩‍👧"):
        written = f"\x1b[2;1H{text}|"
        assert text in output.thin(written)
        assert text in output.thin(written)
        assert "|" in output.thin("\x1b[2;1H" + "x" * WIDTH + written)


def test_what_is_forgotten_is_sent_anew() -> None:
    output = output_showing("text")
    again = f"\x1b[1;1H{'text':{WIDTH}}"
    assert output.thin(again) == ""
    output.forget()
    assert "text" in output.thin(again)


def test_a_new_size_forgets_and_cuts() -> None:
    output = output_showing("text")
    output.resize(4, 1)
    sent = output.thin("\x1b[1;1Htext is cut\x1b[3;1Houtside")
    assert "text" in sent
    assert "cut" not in sent
    assert "outside" not in sent


def test_the_terminal_gets_its_own_style_back() -> None:
    output = Output()
    output.resize(WIDTH, HEIGHT)
    output.thin("\x1b[1;1H" + piece("x", "1;31"))
    assert output.rest() == "\x1b[m"


def writer_to(descriptor: int, is_gone: Event) -> TerminalWriter:
    with os.fdopen(descriptor, "w", closefd=False) as stream:
        return TerminalWriter(Console(stream, stream).write, str.encode, is_gone.set)


def test_a_terminal_that_has_no_room_gets_everything_when_it_has() -> None:
    """Where another program has left the terminal so that writing never waits."""
    terminal, descriptor = os.pipe()
    os.set_blocking(descriptor, False)
    filling = os.write(descriptor, b"." * 10_000_000)
    is_gone = Event()
    writer = writer_to(descriptor, is_gone)
    writer.write("all of the update")
    writer.finish(0.2)
    assert os.read(terminal, filling) == b"." * filling
    writer.close(LONGEST)
    os.close(descriptor)
    assert os.read(terminal, 100) == b"all of the update"
    os.close(terminal)
    assert not is_gone.is_set()


def test_a_terminal_that_takes_nothing_any_more_is_told_of_and_lets_nobody_wait() -> None:
    terminal, descriptor = os.pipe()
    os.close(terminal)
    is_gone = Event()
    writer = writer_to(descriptor, is_gone)
    writer.write("an update")
    assert is_gone.wait(LONGEST)
    for _ in range(100):
        writer.write("an update")
    writer.close(LONGEST)
    os.close(descriptor)
