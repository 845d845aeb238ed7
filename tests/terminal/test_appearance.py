"""What reaches terminals of all sorts: few colours or none, no symbols, no mouse; and keys of one's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from kvaltui.config import Config
from kvaltui.config_writing import write
from tests.sampled import sampled
from tests.terminal.starters import starter_database
from tests.terminal.terminal import Terminal

PLAN = "nacka-2022"
MANY_COLOURS = re.compile(rb"\x1b\[[0-9;]*[34]8;[25];")
SOME_COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|4[0-7]|9[0-7]|10[0-7]|[34]8;[0-9;]*)(?:;[0-9;]*)?m")
MOUSE = b"\x1b[?1000h"


def opened(
    folder: Path, settings: Mapping[str, object] | None = None, columns: int = 80, lines: int = 24, **environment: str
) -> Terminal:
    """The program on the starter plan, with settings, in a terminal that calls itself as the environment says."""
    config = Config(folder=folder, **(settings or {}))  # type: ignore[arg-type]
    write(config, folder / "config.toml")
    starter_database(Path(config.database_location), PLAN)
    return Terminal(folder=folder, environment=environment, columns=columns, lines=lines)


@pytest.mark.thorough
def test_without_colours_everything_is_told_by_symbol_and_word(tmp_path: Path) -> None:
    with opened(tmp_path, NO_COLOR="1") as terminal:
        terminal.wait_for("[Översikt]", "34 av 34 inlagda")
        terminal.press("f5")
        terminal.wait_for("✗ Ej", "▲ Delvis", "✓ Uppnått")
        terminal.wait_for_line("›", "86   %")
        row = terminal.lines.index(terminal.line_with("›"))
        column = terminal.lines[row].index("86   %")
        terminal.wait_until(lambda: terminal.is_reversed(column, row), "the cursor to show without colour")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert SOME_COLOUR.findall(terminal.raw) == []


@pytest.mark.thorough
@pytest.mark.parametrize("theme", sampled(["dark", "light"], keep=1))
def test_the_linux_console_gets_sixteen_colours_and_plain_symbols(tmp_path: Path, theme: str) -> None:
    with opened(tmp_path, {"theme": theme}, TERM="linux", COLORTERM="") as terminal:
        terminal.wait_for("[Översikt]", "+ 19", "~ 8", "x 6", "- 1")
        terminal.press("f5")
        terminal.wait_for("x Ej", "~ Delvis", "+ Uppnått")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert MANY_COLOURS.findall(terminal.raw) == []
        assert SOME_COLOUR.findall(terminal.raw) != []
        assert not set("✓▲✗") & set(terminal.raw.decode(errors="replace"))


@pytest.mark.thorough
def test_plain_symbols_can_be_wanted(tmp_path: Path) -> None:
    with opened(tmp_path, {"symbols": "ascii"}) as terminal:
        terminal.wait_for("+ 19", "~ 8", "x 6")
        terminal.press("f1")
        terminal.wait_for("Hjälp")
        assert not set("✓▲✗") & set(terminal.raw.decode(errors="replace"))


@pytest.mark.thorough
def test_a_mouse_that_is_not_wanted_is_left_to_the_terminal(tmp_path: Path) -> None:
    with opened(tmp_path, {"mouse": False}) as terminal:
        terminal.wait_for("[Översikt]")
        assert MOUSE not in terminal.raw
        # Chosen in the settings, it works at once.
        terminal.press("space", "g")
        terminal.wait_for("s  Inställningar")
        terminal.press("s")
        terminal.wait_for("Radavstånd")
        terminal.press("down", "down", "down", "left")
        terminal.press("enter")
        terminal.wait_for("Sparat")
        assert MOUSE in terminal.raw
        terminal.click(2, 0)
        terminal.wait_until(lambda: "[Inställningar]" not in terminal.shown)


@pytest.mark.thorough
def test_close_lines_leave_room_for_more(tmp_path: Path) -> None:
    def line_of_an_area(folder: Path, spacing: str) -> int:
        folder.mkdir()
        with opened(folder, {"spacing": spacing}, columns=120, lines=50) as terminal:
            terminal.wait_for("[Översikt]", "Äldreomsorg")
            terminal.press("f5")
            terminal.wait_for("[Indikatorer]", "Kultur- och fritid")
            return terminal.lines.index(terminal.line_with("Kultur- och fritid"))

    assert line_of_an_area(tmp_path / "1", "compact") < line_of_an_area(tmp_path / "2", "normal")


@pytest.mark.thorough
def test_keys_of_ones_own_work_and_are_shown(tmp_path: Path) -> None:
    keys = {"indicators": "Ctrl+G", "undo": "Ctrl+T", "help": "Ctrl+K"}
    with opened(tmp_path, {"keys": keys}) as terminal:
        terminal.wait_for("[Översikt]", "Ctrl+K Hjälp")
        terminal.press("\x07")
        terminal.wait_for("[Indikatorer]", "›  Särskilt boende")
        terminal.type("95\r")
        terminal.wait_for("Sparat", "✓ 19  ▲ 8")
        terminal.press("\x14")
        terminal.wait_for_line("känner sig trygga", "86   %")
        terminal.press("\x0b")
        terminal.wait_for("Hjälp", "Tangenter här")
        terminal.press("end")
        terminal.wait_for("Varje tangent kan bytas")
        terminal.press("escape")
        terminal.wait_until(lambda: "under [keys]" not in terminal.shown)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0


def test_keys_that_will_not_do_are_told_at_the_start(tmp_path: Path) -> None:
    with opened(tmp_path, {"keys": {"undo": "ctrl+s"}}) as terminal:
        terminal.wait_for("[keys] undo: Ctrl+S når inte fram till programmet i alla terminaler")


@pytest.mark.thorough
def test_the_page_for_beginners_comes_once(tmp_path: Path) -> None:
    with opened(tmp_path) as terminal:
        terminal.wait_for("[Översikt]")
    (tmp_path / ".local/state/kvaltui/seen-tour").unlink()
    with Terminal(folder=tmp_path, is_beginner=True) as terminal:
        terminal.wait_for("Sex saker att börja med")
        terminal.press("escape")
        terminal.wait_until(lambda: "Sex saker" not in terminal.shown)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    with Terminal(folder=tmp_path, is_beginner=True) as terminal:
        terminal.wait_for("[Översikt]", "34 av 34 inlagda", "Ctrl+P Kommandon")
        assert "Sex saker" not in terminal.shown


@pytest.mark.thorough
def test_the_terminals_own_cursor_shows_where_the_next_key_lands(tmp_path: Path) -> None:
    def cursor_is_at(text: str, line_of: str) -> bool:
        cursor = terminal.screen.cursor
        at = next((at for at, line in enumerate(terminal.lines) if line_of in line), -1)
        return not cursor.hidden and cursor.y == at and terminal.lines[at][cursor.x :].lstrip("› ").startswith(text)

    with opened(tmp_path) as terminal:
        terminal.wait_for("[Översikt]", "34 av 34 inlagda")
        terminal.wait_until(lambda: cursor_is_at("Äldreomsorg", "Äldreomsorg"))
        terminal.press("f5")
        terminal.wait_for("[Indikatorer]")
        terminal.wait_until(lambda: cursor_is_at("86   %", "känner sig trygga"))
        terminal.press("down")
        terminal.wait_until(lambda: cursor_is_at("66   %", "maten smakar bra"))
        terminal.type("71")
        terminal.wait_until(lambda: cursor_is_at("%", "maten smakar bra"))
        terminal.press("left")
        terminal.wait_until(lambda: cursor_is_at("1", "maten smakar bra"))
        terminal.press("escape", "ctrl+p")
        terminal.wait_for("Skriv det du söker")
        terminal.wait_until(lambda: cursor_is_at("Skriv det du söker", "Skriv det du söker"))
        assert b"\x1b[?25l" not in terminal.raw.rpartition(b"\x1b[?25h")[2], "what is hidden is shown again"


@pytest.mark.thorough
def test_a_cursor_key_costs_the_same_after_something_was_opened_many_times_fast(tmp_path: Path) -> None:
    def stands_on(row: str) -> bool:
        return any("›" in line and row in line for line in terminal.lines)

    def bytes_of_moving() -> int:
        terminal.press("home", "down")
        terminal.wait_until(lambda: stands_on("känner sig trygga"))
        terminal.take_in(0.5)
        before = len(terminal.raw)
        terminal.press("down")
        terminal.wait_until(lambda: stands_on("maten smakar bra"))
        terminal.take_in(0.5)
        return len(terminal.raw) - before

    with opened(tmp_path) as terminal:
        terminal.wait_for("[Översikt]", "34 av 34 inlagda")
        terminal.press("f5")
        terminal.wait_for("[Indikatorer]")
        before = bytes_of_moving()
        terminal.press(*["f2", "escape", "ctrl+p", "escape", "f1", "escape"] * 13)
        terminal.press("end")
        terminal.wait_until(lambda: stands_on("Fastighetsservice – antal"))
        assert bytes_of_moving() <= before
