"""Each command as it is run on Windows: what it says, and what it leaves."""

from __future__ import annotations

import json
import re
from pathlib import PureWindowsPath

import pytest

from kvaltui import __version__
from tests.windows.wine import Wine
from tests.windows.working_folder import WorkingFolder

pytestmark = [pytest.mark.thorough, pytest.mark.windows]
KEY = "sabo-trygghet"


def test_the_version_is_told(empty: WorkingFolder) -> None:
    assert empty("--version").out.split() == ["kvaltui", __version__]


def test_a_figure_is_entered_looked_at_and_taken_back(folder: WorkingFolder) -> None:
    entered = folder("enter", KEY, "86,5 %", "--note", "räknat på våren – ”ungefär”").out
    assert "86,5 %  ▲ Delvis uppnått" in entered
    assert "13,5 procentenheter under målet" in entered
    shown = folder("show", KEY).out
    assert "Särskilt boende - andel kunder som känner sig trygga" in shown
    assert "räknat på våren – ”ungefär”" in shown
    (latest,) = folder.json("history", KEY, "--limit", "1")
    assert "räknat på våren" in json.dumps(latest, ensure_ascii=False)
    assert "86,5 % → 86 %" in folder("undo").out
    assert "86 %" in folder("show", KEY).out


def test_the_status_is_utf_8_in_a_pipe_and_in_a_file(folder: WorkingFolder) -> None:
    piped = folder("status", "--plain").out
    assert "Måluppfyllelse 2022" in piped
    assert "▲ Delvis uppnått" in piped
    folder.shell("kvaltui status --plain > status.txt")
    assert (folder.path / "status.txt").read_text(encoding="utf-8").splitlines() == piped.splitlines()
    counted = folder.json("status")
    folder.shell("kvaltui status --json > status.json")
    assert json.loads((folder.path / "status.json").read_text(encoding="utf-8")) == counted
    folder("status", "--fail-on", "not_achieved", code=1)


def test_every_list_is_printed(folder: WorkingFolder) -> None:
    assert KEY in folder("list", "indicators").out
    assert "Äldreomsorg" in folder("list", "areas").out
    assert {each["key"] for each in folder.json("list", "plans")} == {"nacka-2022"}
    assert "2023" in folder("period", "add", "2023", "--copy-targets-from", "2022").out
    assert "Äldreomsorg: 5 väntar" in folder("status", "--period", "2023", "--missing").out


def test_what_is_whole_is_said_to_be(folder: WorkingFolder) -> None:
    folder("enter", KEY, "87 %")
    assert "är hel" in folder("check").out


def test_a_person_s_own_settings_and_plans_lie_where_windows_keeps_such_things(
    windows: Wine, empty: WorkingFolder
) -> None:
    made = empty("init", "--plan", "nacka-2022", "--folder", "min plan").out
    assert "min plan\\config.toml" in made
    places = empty.json("locate")
    profile = PureWindowsPath(windows.windows(windows.home))
    for name in ("config", "database", "backups", "log"):
        assert PureWindowsPath(places[name]).is_relative_to(profile / "AppData"), places
    here = empty.json("locate", "--config", "min plan\\config.toml")
    folder = PureWindowsPath(empty.named("min plan"))
    assert {each for each in here.values() if not PureWindowsPath(each).is_relative_to(folder)} == set()
    empty("enter", KEY, "87 %", "--config", "min plan\\config.toml")
    kept = {path.name for path in (windows.home / "AppData").rglob("kvaltui*")}
    assert kept == {"kvaltui"}


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("statsu",), 2, "Det finns inget kommando ”statsu”; menade du ”status”?"),
        (("show", "finns-inte"), 2, "Inget i planen har nyckeln ”finns-inte”"),
        (("enter", KEY, "hjälp mig"), 2, "”hjälp mig” går inte att läsa"),
        (("import", "finns inte.csv"), 3, "finns inte.csv kan inte läsas: den finns inte"),
        (("status", "--db", "saknas\\annan.db"), 3, "saknas\\annan.db"),
        (("sync", "saknas"), 3, "saknas kan inte läsas: den finns inte"),
        (("export", "plan.pdf"), 3, ".xlsx"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(
    folder: WorkingFolder, arguments: tuple[str, ...], code: int, told: str
) -> None:
    answered = folder(*arguments, code=code)
    assert told in answered.err
    assert answered.out == ""


def test_settings_that_cannot_be_read_are_told(folder: WorkingFolder) -> None:
    settings = folder.path / "config.toml"
    settings.write_text('[plan]\nkey = "\n', encoding="utf-8", newline="\r\n")
    assert "config.toml" in folder("status", code=3).err
    settings.write_text('\ufeff[user]\nname = "Åsa Öberg"\n', encoding="utf-8", newline="\r\n")
    folder("enter", KEY, "88 %")
    assert "Åsa Öberg" in folder("history", "--limit", "1").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_are_printed(empty: WorkingFolder, shell: str) -> None:
    assert "kvaltui" in empty("completion", shell).out


def test_the_help_of_each_command_is_printed(empty: WorkingFolder) -> None:
    overview = empty("--help").out
    assert "måluppfyllelse" in overview.lower()
    assert re.search(r"^ +restore ", overview, re.MULTILINE)
    assert "--force" in empty("restore", "--help").out
