"""What is stored is stored, whether or not it could be said: no exit code of a full disk or a lost reader denies it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from kvaltui.cli import main
from kvaltui.commands.declarations import COMMANDS
from kvaltui.store.opening import open_database
from tests.sampled import sampled
from tests.test_cli import ENVIRONMENT

WAYS = {
    "full": ">/dev/full",
    "all full": ">/dev/full 2>&1",
    "closed": ">&-",
    "all closed": "<&- >&- 2>&-",
    "a reader that leaves": "2>errors | true",
}
STORING = {
    "enter": "enter sabo-trygghet 77",
    "assess": "assess sabo-trygghet not_achieved --motivation därför",
    "import": "import table.csv",
    "undo": "undo {last}",
    "period add": "period add 2031",
    "period complete": "period complete 2022 --area aldreomsorg",
    "period reopen": "period reopen 2022 --area kultur-och-fritid --motivation därför",
    "resolve": "resolve sabo-trygghet --take 1",
    "sync": "sync shared",
}
MAKING = {
    "init": ("init --plan nacka-2022 --folder made", "made/db/kvaltui.db"),
    "export": ("export made.toml", "made.toml"),
    "report": ("report made.md", "made.md"),
    "backup": ("backup made.db", "made.db"),
    "screenshot": ("screenshot made.txt", "made.txt"),
    "restore": ("restore older.db", ""),
}
ANSWERING = (
    "status", "list areas", "show sabo-trygghet", "history", "history --json", "period list", "conflicts", "check",
    "locate", "completion bash", "report", "import table.csv --dry-run", "--help", "--version", "", "guide",
    "man", "help",
)  # fmt: skip


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder in which every command has something to do."""
    here, other = tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("other")
    assert main(["init", "--plan", "nacka-2022", "--folder", str(here)]) == 0

    def run(folder: Path, *words: str) -> None:
        assert main([*words, "--config", str(folder / "config.toml")]) == 0, words

    run(here, "backup", str(here / "older.db"))
    run(here, "period", "complete", "2022", "--area", "kultur-och-fritid")
    run(here, "export", str(here / "all.kvb"))
    assert main(["init", "--plan", str(here / "all.kvb"), "--folder", str(other)]) == 0
    run(here, "enter", "sabo-trygghet", "70")
    run(other, "enter", "sabo-trygghet", "71")
    (here / "shared").mkdir()
    run(other, "export", str(here / "other.kvb"))
    run(here, "import", str(here / "other.kvb"))
    run(other, "period", "add", "2030")
    run(other, "sync", str(here / "shared"))
    run(here, "assess", "sabo-trygghet", "achieved", "--motivation", "så här")
    (here / "table.csv").write_text("nyckel;utfall\nsabo-trygghet;64\n", encoding="utf-8")
    return here


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    return shutil.copytree(prepared, tmp_path / "folder")


Run = Callable[[str, str], "tuple[int, str]"]


@pytest.fixture
def run(folder: Path, own_home: Path) -> Run:
    """Run the program with its output going one of the `WAYS`; its exit code, and what it said on stderr."""

    def run(words: str, way: str) -> tuple[int, str]:
        command = f"{sys.executable} -m kvaltui {words} {WAYS[way]}; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env={**ENVIRONMENT, "HOME": str(own_home)},
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        errors = folder / "errors"
        told = done.stderr + (errors.read_text(encoding="utf-8") if errors.exists() else "")
        assert "Traceback" not in told
        assert "Exception ignored" not in told
        assert "oförutsett" not in told
        return done.returncode, told

    return run


def position(folder: Path) -> int:
    with open_database(folder / "db" / "kvaltui.db") as database:
        return database.position()


def test_every_command_is_tried() -> None:
    answering = {words for words in ANSWERING if words and not words.startswith("-")}
    tried = {*STORING, *MAKING, *(name for name in COMMANDS for words in answering if words.startswith(name))}
    assert set(COMMANDS) - tried == {"demo"}


@pytest.mark.thorough
@pytest.mark.parametrize("command", sampled(STORING, 3))
def test_what_is_stored_is_not_denied(folder: Path, run: Run, command: str) -> None:
    before = position(folder)
    code, told = run(STORING[command].format(last=before), "full")
    assert (code, position(folder) > before) == (0, True), told
    assert "disken är full" in told
    assert "sparat" in told


@pytest.mark.thorough
@pytest.mark.parametrize(("command", "way"), sampled(product(["enter", "import"], WAYS), 5))
def test_however_the_output_fails(folder: Path, run: Run, command: str, way: str) -> None:
    before = position(folder)
    code, told = run(STORING[command], way)
    assert (code, position(folder) > before) == (0, True), told


@pytest.mark.thorough
@pytest.mark.parametrize("command", sampled(MAKING, 2))
def test_what_is_made_is_not_denied(folder: Path, run: Run, command: str) -> None:
    words, made = MAKING[command]
    code, told = run(words, "full")
    assert code == 0, told
    assert "sparat" in told
    assert (folder / made).exists()


@pytest.mark.thorough
@pytest.mark.parametrize("words", sampled(ANSWERING, 4))
def test_an_answer_that_nobody_gets_is_a_failure(folder: Path, run: Run, words: str) -> None:
    before = position(folder)
    code, told = run(words, "full")
    assert code == 3
    assert "disken är full" in told
    assert position(folder) == before


@pytest.mark.thorough
@pytest.mark.parametrize("way", sampled(WAYS))
def test_what_is_refused_is_refused(folder: Path, run: Run, way: str) -> None:
    before = position(folder)
    assert run("enter sabo-trygghet hej", way)[0] == 2
    assert run("import finns-inte.csv", way)[0] == 3
    assert position(folder) == before


@pytest.mark.thorough
def test_what_was_taken_in_is_told_where_the_own_bundle_cannot_be_written(folder: Path, run: Run) -> None:
    """What lies in its place is seen before anything is taken in; what only writing shows, afterwards."""
    shared = folder / "shared"
    before = position(folder)
    shared.chmod(0o500)
    is_seen_before = os.access(shared, os.W_OK)  # root may write everywhere, but not over a folder
    if is_seen_before:
        with open_database(folder / "db" / "kvaltui.db") as database:
            device = database.device
        (shared / f"nacka-2022-{device}.kvb").mkdir()
    code, told = run("sync shared", "closed")
    assert code == 3
    assert (position(folder) == before) is is_seen_before
    assert ("sparat" in told) is not is_seen_before
