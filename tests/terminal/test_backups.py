"""In a real terminal: backups that fail are said until they work, and a restored backup is seen by who has it open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kvaltui.model.reporting import Outcome
from kvaltui.store.check import check
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.terminal.terminal import Terminal, surroundings
from tests.terminal.test_main_job import DATABASE, ROW, begin
from tests.terminal.test_nothing_lost import stored

FAILED = "Dagens säkerhetskopia kunde inte göras"
NEXT = "stund på dagen"
TELLS = "Senaste säkerhetskopia: "


def run(folder: Path, *command: str, code: int = 0) -> str:
    """Another program on the same database."""
    done = subprocess.run(
        [sys.executable, "-m", "kvaltui", *command],
        cwd=folder,
        env=surroundings(folder),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def enter(terminal: Terminal, value: str, status: str) -> None:
    """Enter an outcome on ROW."""
    terminal.wait_for_line(ROW, "›")
    terminal.type(f"{value}\r")
    terminal.wait_for_line(ROW, value, status)


@pytest.mark.thorough
def test_a_backup_that_fails_is_said_and_shown_until_it_works(tmp_path: Path) -> None:
    folder = (tmp_path / DATABASE).parent / "backups"
    with begin(tmp_path) as terminal:
        folder.write_text("i vägen")
        terminal.press("down")
        enter(terminal, "95", "Uppnått")
        terminal.wait_for(FAILED)
        terminal.press("f3")
        terminal.wait_for("[Översikt]")
        terminal.wait_for_line(FAILED)
        # The list says which path it was, and the command the rest of why.
        terminal.wait_for("backups/kvaltui-")
        told = run(tmp_path, "check", code=1)
        assert TELLS in told
        assert TELLS in run(tmp_path, "status")
        assert TELLS in run(tmp_path, "locate")
        # It is tried again at the next change.
        folder.unlink()
        terminal.press("f5")
        terminal.wait_for("[Indikatorer]")
        terminal.press("up")
        enter(terminal, "71", "Delvis")
        terminal.press("f3")
        terminal.wait_for("[Översikt]")
        terminal.wait_until(lambda: FAILED not in terminal.shown, "the warning to go")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert len(list(folder.iterdir())) == 1
    assert "i dag" in run(tmp_path, "check")


@pytest.mark.thorough
def test_a_window_sees_that_a_backup_was_restored_and_keeps_what_is_half_typed(tmp_path: Path) -> None:
    with begin(tmp_path) as terminal:
        before = stored(tmp_path)
        run(tmp_path, "backup", "kopia.db")
        terminal.press("down")
        enter(terminal, "95", "Uppnått")
        terminal.wait_for_line("stund på dagen", "›")
        terminal.type("66")
        terminal.wait_for_line(NEXT, "66")
        run(tmp_path, "restore", "kopia.db")
        terminal.wait_for("Databasen har återställts från kopia.db")
        terminal.wait_for_line(ROW, "▲ Delvis")
        assert stored(tmp_path) == before
        terminal.wait_for_line(NEXT, "66")
        terminal.press("enter")
        terminal.wait_for("Sparat")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    with open_database(tmp_path / DATABASE, read_only=True) as database:
        assert check(database) == ()
        values = [each.value for each in load_plan(database, "nacka-2022").all(Outcome).values()]
        assert "66" in values
        assert "95" not in values
