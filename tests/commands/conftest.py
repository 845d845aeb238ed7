"""A working folder with a real database, and the program run in it: in this process, where it is quick."""

from __future__ import annotations

import json
from collections.abc import Iterator
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


class Folder:
    """A folder to run the program in."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys

    def run(self, *arguments: str, code: int = 0) -> Answer:
        """Run the program and see that it ends as expected."""
        self._capsys.readouterr()
        returned = main(arguments)
        printed = self._capsys.readouterr()
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
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setattr(context, "today", lambda: TODAY)
    return Folder(folder, capsys)


@pytest.fixture(scope="session")
def nacka_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database of a working folder with the plan nacka-2022, made once."""
    folder = tmp_path_factory.mktemp("nacka")
    assert main(["init", "--plan", "nacka-2022", "--folder", str(folder)]) == 0
    return (folder / "db" / "kvaltui.db").read_bytes()
