"""What comes with the program, as it comes on Windows: guide, pictures, completion, and a person's own folders."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest

from kvaltui.work.user_guide import guide_text
from tests.windows.working_folder import WorkingFolder

pytestmark = [pytest.mark.thorough, pytest.mark.windows]


def test_the_guide_and_the_manual_page_are_printed(empty: WorkingFolder) -> None:
    assert empty("guide").out.split() == guide_text().split()
    assert empty("guide", "historik").out.startswith("## Historik och ångra")
    assert empty("man").out.startswith('.\\"')


def test_a_screen_is_drawn_in_a_file(folder: WorkingFolder) -> None:
    folder("screenshot", "bild å.txt", "--screen", "risks")
    assert "[Risker]" in (folder.path / "bild å.txt").read_text(encoding="utf-8")
    folder("screenshot", "bild å.txt", code=3)
    folder("screenshot", folder.named("bild.svg"))
    assert (folder.path / "bild.svg").read_text(encoding="utf-8").startswith("<svg")


def test_completion_for_powershell_is_ascii(empty: WorkingFolder) -> None:
    script = empty("completion", "powershell").raw_out
    assert script.isascii()
    assert b"Register-ArgumentCompleter -Native" in script


def test_settings_roam_and_data_stays(empty: WorkingFolder) -> None:
    places = {name: PureWindowsPath(place) for name, place in empty.json("locate").items()}
    assert places["config"].parts[-4:] == ("AppData", "Roaming", "kvaltui", "config.toml")
    assert places["database"].parts[-5:] == ("AppData", "Local", "kvaltui", "db", "kvaltui.db")
    others = {place for name, place in places.items() if name != "config"}
    assert all("Local" in place.parts for place in others)
