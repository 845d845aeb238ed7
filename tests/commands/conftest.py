"""A working folder with a real database, and the program run in it: in this process, where it is quick."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kvaltui.cli import main
from kvaltui.commands import context

TODAY = date(2023, 2, 1)


@dataclass(frozen=True)
class Answer:
    """What the program printed and returned."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Folder:
    """A folder to run the program in."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys

    def __call__(self, *arguments: str, code: int = 0) -> Answer:
        """Run the program and see that it ends as expected."""
        self._capsys.readouterr()
        returned = main(arguments)
        printed = self._capsys.readouterr()
        if "oförutsett" in printed.err:
            main([*arguments, "--debug"])
        assert returned == code, printed.out + printed.err
        assert "Traceback" not in printed.out + printed.err
        return Answer(returned, printed.out, printed.err)

    @property
    def database(self) -> Path:
        return self.path / "db" / "kvaltui.db"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Folder:
    """A folder with nothing in it, on a day of which the tests know what is over and what is not."""
    folder = tmp_path / "arbete"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(context, "today", lambda: TODAY)
    return Folder(folder, capsys)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Working folders with a starter plan each, made once in a run."""
    made: dict[str, Path] = {}

    def make(plan: str) -> Path:
        if plan not in made:
            made[plan] = tmp_path_factory.mktemp(plan)
            assert main(["init", "--plan", plan, "--folder", str(made[plan])]) == 0
        return made[plan]

    return make


@pytest.fixture
def nacka(empty: Folder, made_once: Callable[[str], Path]) -> Folder:
    """A working folder with the plan nacka-2022."""
    return filled(empty, made_once("nacka-2022"))


@pytest.fixture
def huddinge(empty: Folder, made_once: Callable[[str], Path]) -> Folder:
    """A working folder with the plan huddinge-2024."""
    return filled(empty, made_once("huddinge-2024"))


@pytest.fixture
def linkoping(empty: Folder, made_once: Callable[[str], Path]) -> Folder:
    """A working folder with the plan linkoping-2019-t1."""
    return filled(empty, made_once("linkoping-2019-t1"))


def filled(folder: Folder, source: Path) -> Folder:
    """Copy a working folder, whose database nobody has open."""
    for path in (Path("config.toml"), Path("db/kvaltui.db")):
        target = folder.path / path
        target.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copy2(source / path, target)
    return folder
