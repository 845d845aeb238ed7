"""A person is told how to get a newer version in the way that this one came to them."""

from __future__ import annotations

import importlib.metadata
import site
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui import installed
from kvaltui.i18n import say


class Computer:
    """Where Python and the program lie, in a folder of the test's own."""

    def __init__(self, place: Path, patch: pytest.MonkeyPatch) -> None:
        self.place = place
        self._patch = patch
        self.runs(python="env/bin/python", program="env/lib/site-packages/kvaltui", prefix="env")
        patch.setattr(site, "getusersitepackages", lambda: str(place / "own" / "site-packages"))

    def runs(self, *, python: str, program: str, prefix: str, start: str = "env/bin/kvaltui") -> None:
        """Let the program run from there."""
        self._patch.setattr(sys, "executable", str(self.made(python)))
        self._patch.setattr(installed, "__file__", str(self.made(f"{program}/installed.py")))
        self._patch.setattr(sys, "prefix", str(self.place / prefix))
        self._patch.setattr(sys, "argv", [str(self.made(start))])

    def made(self, name: str) -> Path:
        path = self.place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch()
        return path


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    return Computer(tmp_path, monkeypatch)


def pipx(computer: Computer) -> str:
    computer.made("env/pipx_metadata.json")
    return "Uppgradera programmet med: pipx upgrade kvaltui"


def uv(computer: Computer) -> str:
    computer.made("env/uv-receipt.toml")
    return "Uppgradera programmet med: uv tool upgrade kvaltui"


def pip(_computer: Computer) -> str:
    return "Uppgradera programmet med: {place}/env/bin/python -m pip install --upgrade kvaltui"


def pip_for_a_user(computer: Computer) -> str:
    computer.runs(python="usr bin/python", program="own/site-packages/kvaltui", prefix="usr")
    return 'Uppgradera programmet med: "{place}/usr bin/python" -m pip install --user --upgrade kvaltui'


def pip_on_windows(computer: Computer) -> str:
    """Its starter is a program and an archive in one file."""
    computer.runs(
        python="env/python.exe", program="env/lib/site-packages/kvaltui", prefix="env", start="env/kvaltui.exe"
    )
    archive(computer.place / "env" / "kvaltui.exe")
    return "Uppgradera programmet med: {place}/env/python.exe -m pip install --upgrade kvaltui"


def a_folder_for_windows(computer: Computer) -> str:
    computer.runs(python="k/python/python.exe", program="k/program/kvaltui", prefix="k/python")
    computer.made("k/python/python311._pth")
    return "Byt ut mappen {place}/k mot den nyare versionen"


def one_file(computer: Computer) -> str:
    computer.runs(python="usr/bin/python", program="cache/site-packages/kvaltui", prefix="usr", start="kvaltui.pyz")
    archive(computer.place / "kvaltui.pyz")
    return "Byt ut filen {place}/kvaltui.pyz mot den nyare versionen"


def a_working_copy(computer: Computer) -> str:
    computer.runs(python="env/bin/python", program="arbete/kvaltui", prefix="env")
    computer.made("arbete/pyproject.toml")
    return "Hämta den nyare versionen till mappen {place}/arbete"


def archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("__main__.py", "")


@pytest.mark.parametrize(
    "way",
    [pipx, uv, pip, pip_for_a_user, pip_on_windows, a_folder_for_windows, one_file, a_working_copy],
    ids=lambda way: way.__name__,
)
def test_how_to_upgrade_follows_the_way_it_was_installed(computer: Computer, way: Callable[[Computer], str]) -> None:
    expected = way(computer).format(place=computer.place)
    assert say(installed.how_to_upgrade()) == expected


def test_what_nobody_has_installed_is_replaced(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", missing)
    place = computer.place / "env" / "lib" / "site-packages"
    assert say(installed.how_to_upgrade()) == f"Byt ut mappen {place} mot den nyare versionen"
