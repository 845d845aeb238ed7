"""A person's own folders: where XDG's variables say, as far as they say anything, and where Windows keeps such."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.commands.log import log_path
from kvaltui.config import user_config_path, user_data_folder
from kvaltui.work.remembered import state_folder
from tests.commands.conftest import Folder

PROJECT = Path(__file__).parents[2]
FOLDERS: dict[str, tuple[Callable[[], Path], str, str]] = {
    "XDG_CONFIG_HOME": (user_config_path, ".config", "kvaltui/config.toml"),
    "XDG_DATA_HOME": (user_data_folder, ".local/share", "kvaltui"),
    "XDG_STATE_HOME": (state_folder, ".local/state", "kvaltui"),
}


@pytest.mark.parametrize("variable", FOLDERS)
def test_a_folder_is_where_its_variable_says(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, _otherwise, below = FOLDERS[variable]
    monkeypatch.setenv(variable, str(tmp_path))
    assert place() == tmp_path / below


@pytest.mark.parametrize("given", ["", "relative", "./here", "~/there", " "])
@pytest.mark.parametrize("variable", FOLDERS)
def test_what_is_empty_or_no_whole_path_is_passed_over(
    variable: str, given: str, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, otherwise, below = FOLDERS[variable]
    monkeypatch.setenv(variable, given)
    assert place() == own_home / otherwise / below


def test_the_log_of_a_shared_database_lies_among_what_is_remembered(own_home: Path, tmp_path: Path) -> None:
    assert log_path(None) == own_home / ".local/state/kvaltui/log/kvaltui.log"


def test_locate_tells_of_them(empty: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    places = empty("locate", "--json").json
    assert places["config"] == str(tmp_path / "c/kvaltui/config.toml")
    assert places["database"] == str(tmp_path / "d/kvaltui/db/kvaltui.db")


WINDOWS = """
import sys
sys.platform = "win32"
import platformdirs.windows as windows
windows.get_win_folder = lambda folder: {"CSIDL_APPDATA": "/roaming", "CSIDL_LOCAL_APPDATA": "/local"}[folder]
import platformdirs
platformdirs.PlatformDirs = windows.Windows
from kvaltui.system import own_folders
for place in (own_folders.settings_folder, own_folders.data_folder, own_folders.state_folder, own_folders.log_folder):
    print(place().as_posix())
"""
"""What platformdirs is asked for where the system is Windows; where Windows itself has the folders it knows."""


def test_on_windows_settings_go_with_the_person_and_data_stays() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WINDOWS],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    settings, *others = done.stdout.split()
    assert settings == "/roaming/kvaltui"
    assert [each.split("/")[1] for each in others] == ["local"] * 3
