"""What a short command may load: each of these would cost more than the command itself (docs/benchmarks.md)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Folder
from tests.sampled import sampled

HEAVY = {
    "asyncio", "concurrent", "dataclasses", "docx", "email", "importlib.metadata", "inspect", "logging", "openpyxl",
    "peewee", "platformdirs", "playhouse", "rich", "shtab", "socket", "subprocess", "tempfile", "textual", "tomli_w",
    "tomlkit", "kvaltui.config_text", "kvaltui.config_writing", "kvaltui.installed",
    "hashlib", "importlib.resources", "pydoc", "urllib", "uuid", "zipfile",
    "kvaltui.commands.log_file", "kvaltui.exchange.plan_reader", "kvaltui.exchange.report",
    "kvaltui.model.economy_check", "kvaltui.model.rules", "kvaltui.store.database",
    "kvaltui.store.journal", "kvaltui.store.tables", "kvaltui.tui",
}  # fmt: skip
SHORT = (
    ("status", "--plain"),
    ("status", "--json"),
    ("status", "--missing"),
    ("list", "indicators"),
    ("_completions", "key", "show"),
    ("_completions", "part", "--line", "kvaltui enter sabo-trygghet --part "),
)
PROGRAM = """
import sys
before = {*sys.modules}
from kvaltui.cli import main
main(sys.argv[1:])
print("loaded:", *sys.modules.keys() - before, file=sys.stderr)
"""
"""What has been loaded before, by Python or for measuring, is not the program's."""


SIGNED = (("enter", "sabo-trygghet", "90 %"), ("status",), ("history",), ("undo",), ("list", "areas"))


@pytest.mark.thorough
@pytest.mark.parametrize("command", sampled(((each,) for each in SIGNED), 2), ids=" ".join)
def test_nothing_is_signed_but_what_goes_to_others(nacka: Folder, command: tuple[str, ...]) -> None:
    nacka("enter", "sabo-mat-smakar", "71 %")
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *command],
        cwd=nacka.path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    loaded = ran.stderr.partition("loaded:")[2].split()
    assert "cryptography" not in loaded
    assert len(loaded) > 50


@pytest.mark.parametrize("command", SHORT, ids=" ".join)
def test_a_short_command_loads_nothing_heavy(nacka: Folder, command: tuple[str, ...]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *command],
        cwd=nacka.path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    loaded = ran.stderr.partition("loaded:")[2].split()
    heavy = {each for each in HEAVY if any(name == each or name.startswith(f"{each}.") for name in loaded)}
    assert not heavy
    assert len(loaded) > 50
