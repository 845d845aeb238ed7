"""A driver that a person names is what the program draws on and is told by, and one that is none is told of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEADLESS = "textual.drivers.headless_driver:HeadlessDriver"
PLAN = "nacka-2022"


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "kvaltui", *words],
        cwd=folder,
        env={**os.environ, "TERM": "", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert run(tmp_path, "init", "--plan", PLAN).returncode == 0
    return tmp_path


@pytest.mark.thorough
def test_a_named_driver_needs_no_terminal(folder: Path) -> None:
    keys = "escape,f5,home,down,down,9,0,enter,ctrl+q"
    opened = run(folder, TEXTUAL_DRIVER=HEADLESS, TEXTUAL_PRESS=keys, COLUMNS="100", LINES="30")
    assert (opened.returncode, opened.stdout, opened.stderr) == (0, "", "")
    assert "→ 90" in run(folder, "history", "--limit", "1").stdout


@pytest.mark.parametrize(
    "named",
    [
        "textual.drivers.headless_driver",
        "textual.drivers.headless_driver:Nothing",
        "no_such_module:Driver",
        "textual.widget:Widget",
        ":",
    ],
)
def test_what_is_no_driver_is_told_of(folder: Path, named: str) -> None:
    opened = run(folder, TEXTUAL_DRIVER=named)
    assert opened.returncode == 2
    assert f"TEXTUAL_DRIVER anger {named}, som inte är någon drivrutin" in opened.stderr
    assert "Traceback" not in opened.stderr


def test_an_empty_name_is_none(folder: Path) -> None:
    opened = run(folder, TEXTUAL_DRIVER="")
    assert "Det finns ingen terminal här" in opened.stdout
