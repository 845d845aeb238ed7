"""Whatever goes wrong, and wherever: no typed figure is lost. It is stored, or stands in its cell at the next start."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.properties import IS_FULL
from tests.sampled import sampled
from tests.terminal.terminal import Terminal
from tests.terminal.test_terminal_left_clean import ROW, entered, on_the_entry_table

BROKEN = """
import importlib, sys
from pathlib import Path
import kvaltui.tui.app, kvaltui.tui.screens.indicators

def break_when_told(target):
    module, _colon, name = target.partition(":")
    holder = importlib.import_module(module)
    *path, last = name.split(".")
    for each in path:
        holder = getattr(holder, each)
    works = getattr(holder, last)

    def may_fail(*given, **named):
        if Path("broken").exists():
            raise OverflowError("date value out of range")
        return works(*given, **named)

    setattr(holder, last, may_fail)

break_when_told({target!r})
from kvaltui import cli
sys.exit(cli.main())
"""
"""The program with something in it that fails as soon as there is a file “broken”."""

WRITING = (
    "kvaltui.store.journal:record",
    "kvaltui.store.journal:uuid7",
    "kvaltui.store.journal:check_entity",
    "kvaltui.store.journal:merged_entity",
    "kvaltui.store.entry:chain",
    "kvaltui.store.row_writing:write",
    "kvaltui.work.session:PlanSession.enter_outcome",
    "kvaltui.work.session:as_entered",
    "kvaltui.tui.entry.table:EntryTable.store_entry",
)
"""What is called as a figure is stored."""
AFTERWARDS = (
    "kvaltui.tui.screens.indicators:IndicatorsScreen.take_in",
    "kvaltui.store.plans:news_of",
    "kvaltui.work.session:judge_changes",
    "kvaltui.tui.entry.words:EntryWords.stored",
)
"""What is called when it is committed already."""
ELSEWHERE = {
    "kvaltui.work.session:judge_again": "1",
    "kvaltui.tui.entry.table:EntryTable.draw_row": "1",
    "kvaltui.tui.entry.words:EntryWords.reading": "1",
    "kvaltui.tui.widgets.chrome:SpeechLine.draw": "1",
    "kvaltui.tui.screens.help:HelpScreen.__init__": "f1",
    "kvaltui.work.session:PlanSession.refresh_if_changed": "",
    "kvaltui.store.database:Database.data_version": "",
}
"""What is called with something half typed, and the key that calls it; the window asks for news without any."""


def ends_with(folder: Path, target: str, *keys: str) -> str:
    """Break something with “91” half typed, press keys, and return what stands on the terminal after the end."""
    program = (sys.executable, "-c", BROKEN.format(target=target))
    with on_the_entry_table(folder, program=program) as terminal:
        terminal.type("91")
        terminal.wait_for("91 % →")
        (folder / "broken").touch()
        terminal.press(*keys)
        assert terminal.wait_for_end() == 3
        assert b"Traceback" not in terminal.raw
        assert terminal.modes_left_on == []
        (folder / "broken").unlink()
        told = terminal.raw.decode().rpartition("\x1b[?1049l")[2]
        assert "OverflowError" in told
        return told


def is_found_again(folder: Path, text: str) -> None:
    """At the next start the text stands in its cell, and is stored with Enter."""
    with Terminal("--db", str(folder / "kvaltui.db"), folder=folder) as terminal:
        terminal.wait_for("Ej sparat", f"”{text}”")
        terminal.press("f5")
        terminal.wait_for("[Indikatorer]", f"{text}   %  ! ej sparat")
        terminal.wait_for_line(ROW, "›")
        terminal.press("enter", "enter")
        terminal.wait_for("Sparat")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert entered(folder) == text
    with Terminal("--db", str(folder / "kvaltui.db"), folder=folder) as terminal:
        terminal.wait_for("[Översikt]", "Ej uppnått")
        assert "Ej sparat" not in terminal.shown


@pytest.mark.parametrize("target", sampled(WRITING if IS_FULL else WRITING[:2], keep=1))
def test_in_a_write(tmp_path: Path, target: str) -> None:
    told = ends_with(tmp_path, target, "enter")
    assert "Du hade skrivit: 91" in told
    assert "Det står kvar i sin ruta" in told
    assert entered(tmp_path) == "86 %"
    is_found_again(tmp_path, "91")


@pytest.mark.thorough
@pytest.mark.parametrize("target", sampled(AFTERWARDS if IS_FULL else AFTERWARDS[:2], keep=1))
def test_when_it_is_stored_already(tmp_path: Path, target: str) -> None:
    ends_with(tmp_path, target, "enter")
    assert entered(tmp_path) == "91"
    with Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as terminal:
        terminal.wait_for("[Översikt]", "Ej uppnått")
        assert "Ej sparat" not in terminal.shown


@pytest.mark.thorough
@pytest.mark.parametrize(("target", "key"), sampled(list(ELSEWHERE.items())[: None if IS_FULL else 2], keep=1))
def test_while_it_is_typed(tmp_path: Path, target: str, key: str) -> None:
    told = ends_with(tmp_path, target, *([key] if key else []))
    text = "911" if key == "1" else "91"
    assert f"Du hade skrivit: {text}" in told
    is_found_again(tmp_path, text)


@pytest.mark.thorough
def test_what_was_typed_ahead_is_told(tmp_path: Path) -> None:
    told = ends_with(tmp_path, "kvaltui.store.journal:record", "\r82\r")  # at once
    assert "Du hade skrivit: 91" in told
    assert "Du hade skrivit: 82" in told
