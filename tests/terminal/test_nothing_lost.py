"""In a real terminal: a stale window overwrites nothing, and what cannot be stored stays where it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.model.period import Period
from kvaltui.store.check import check
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.terminal.terminal import Terminal
from tests.terminal.test_main_job import DATABASE, ROW, begin


def stored(folder: Path) -> str:
    """The outcome of ROW; the database is sound."""
    with open_database(folder / DATABASE, read_only=True) as database:
        assert check(database) == ()
        outcome = load_plan(database, "nacka-2022").outcome("sabo-mat-smakar", Period(2022))
    return outcome.value if outcome else ""


@pytest.mark.thorough
def test_a_window_that_has_not_seen_a_colleagues_figure_does_not_overwrite_it(tmp_path: Path) -> None:
    with begin(tmp_path) as first, Terminal(folder=tmp_path) as second:
        second.wait_for("[Översikt]")
        second.press("f5")
        second.wait_for("[Indikatorer]", ROW)
        for window in (first, second):
            window.press("down")
            window.wait_for_line(ROW, "›")
        second.type("71")
        second.wait_for("71 % →")
        first.type("95\r")
        first.wait_for("Sparat")
        second.take_in(1.5)  # it has been told of the other's figure, and still it is not what was typed upon
        second.press("enter")
        for window in (first, second):
            window.wait_for("‡ Konflikt", "95", "71")
        second.wait_for("Sparat")
        second.press("up")
        second.wait_for_line(ROW, "›")
        second.press("space", "j")
        second.wait_for("› 95", "71", "95 % mot minst 80 %", "Låt detta gälla")
        second.press("enter")
        first.wait_until(lambda: "Konflikt" not in first.shown)
        for window in (second, first):
            window.press("ctrl+q")
            assert window.wait_for_end() == 0
    assert stored(tmp_path) in ("95", "71")


def test_a_full_disk_is_told_and_what_was_typed_stays_until_there_is_room(tmp_path: Path) -> None:
    with begin(tmp_path) as terminal:
        terminal.press("down")
        terminal.wait_for_line(ROW, "›")
        before = stored(tmp_path)
        terminal.limit_files(0)
        terminal.type("95\r")
        terminal.wait_for("Disken rapporterar ett fel; ingenting har ändrats")
        terminal.wait_for_line(ROW, "95")
        assert "Sparat" not in terminal.shown
        terminal.limit_files(None)
        assert stored(tmp_path) == before
        terminal.press("enter")
        terminal.wait_for("Sparat", "✓ 20  ▲ 7  ✗ 6  – 1")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert stored(tmp_path) == "95"
