"""The main job in a real terminal: start, choose the plan, enter a figure, see what it moves, undo, quit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kvaltui.model.period import Period
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.terminal.terminal import Terminal, take_the_tour_as_read

ROW = "maten smakar bra"
LAST = "Fastighetsservice – antal åtgärdade ärenden"
DATABASE = ".local/share/kvaltui/db/kvaltui.db"


@contextmanager
def begin(folder: Path) -> Iterator[Terminal]:
    """The program at its first start, with the starter plan chosen, on the entry table."""
    take_the_tour_as_read(folder)
    with Terminal(folder=folder) as terminal:
        terminal.wait_for("Hur vill du börja?", "Börja från en mall")
        terminal.press("enter")
        terminal.wait_for("Kvalitetsindikatorer per affärsområde 2022", "Nacka")
        terminal.press("enter")
        terminal.wait_for("[Översikt]", "34 av 34 inlagda", "Äldreomsorg")
        terminal.press("f5")
        terminal.wait_for("[Indikatorer]", ROW)
        yield terminal


def test_a_figure_is_entered_seen_undone_and_kept(tmp_path: Path) -> None:
    with begin(tmp_path) as terminal:
        terminal.wait_for_line(ROW, "▲ Delvis")
        terminal.wait_for_line("Äldreomsorg", "1 av 5")
        terminal.wait_for("✓ 19  ▲ 8  ✗ 6  – 1")
        terminal.press("down")
        terminal.wait_for_line(ROW, "›")
        terminal.type("95")
        terminal.wait_for("95 % → ✓ Uppnått")
        # Nothing is stored before Enter.
        terminal.wait_for_line("Äldreomsorg", "1 av 5")
        terminal.press("enter")
        terminal.wait_for("Sparat", "✓ 20  ▲ 7  ✗ 6  – 1")
        terminal.wait_for_line(ROW, "✓ Uppnått")
        terminal.wait_for_line("Äldreomsorg", "2 av 5")
        terminal.press("ctrl+z")
        terminal.wait_for("✓ 19  ▲ 8  ✗ 6  – 1")
        terminal.wait_for_line(ROW, "▲ Delvis")
        terminal.press("ctrl+y")
        terminal.wait_for("✓ 20  ▲ 7  ✗ 6  – 1")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        assert terminal.modes_left_on == []
    with open_database(tmp_path / DATABASE, read_only=True) as database:
        outcome = load_plan(database, "nacka-2022").outcome("sabo-mat-smakar", Period(2022))
    assert outcome is not None
    assert outcome.value == "95"


@pytest.mark.thorough
def test_every_figure_goes_to_the_row_that_it_is_typed_on(tmp_path: Path) -> None:
    """Keys that come faster than the screen follows are neither lost nor mixed up."""
    with begin(tmp_path) as terminal:
        terminal.type("81\r\x1b[B83\r84\r\x1b[A\x1b[A\x1b[A82\r")
        terminal.wait_for_line(ROW, "82   %")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    with open_database(tmp_path / DATABASE, read_only=True) as database:
        content = load_plan(database, "nacka-2022")
    keys = ("sabo-trygghet", "sabo-mat-smakar", "sabo-maltid-trevlig", "sabo-narvaro-dodsogonblick")
    entered = [content.outcome(key, Period(2022)) for key in keys]
    assert [each.value if each else None for each in entered] == ["81", "82", "83", "84"]


@pytest.mark.thorough
def test_what_cannot_be_read_is_told_and_stays_to_be_mended(tmp_path: Path) -> None:
    with begin(tmp_path) as terminal:
        terminal.type("12.500\r")
        terminal.wait_for_refusal("12.500")
        terminal.wait_for("12 500")
        terminal.wait_for_line("känner sig trygga", "12.500")
        terminal.press("escape")
        terminal.wait_for_line("känner sig trygga", "86   %")


def test_two_windows_follow_each_other(tmp_path: Path) -> None:
    with begin(tmp_path) as first, Terminal(folder=tmp_path) as second:
        second.wait_for("[Översikt]", "Äldreomsorg", "Ej uppnått")
        second.wait_for_line("Äldreomsorg", "▆▄▄▂▂")
        first.press("down")
        first.type("95\r")
        first.wait_for("✓ 20  ▲ 7")
        second.wait_for("✓ 20  ▲ 7")
        second.wait_for_line("Äldreomsorg", "▆▆▄▂▂")
        second.press("f5")
        second.wait_for("[Indikatorer]", ROW)
        second.press("end")
        second.wait_for(LAST)  # in the panel, which is drawn after the table
        before = second.lines
        first.press("ctrl+z")
        first.wait_for("✓ 19  ▲ 8")
        second.wait_for("✓ 19  ▲ 8")
        second.wait_until(lambda: second.lines[3:-6] == before[3:-6], "nobody's cursor or scroll to have moved")
