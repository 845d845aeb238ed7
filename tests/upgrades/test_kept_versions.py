"""What an earlier version of the program has left is opened by this one, and nothing of it differs afterwards."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kvaltui.cli import main
from kvaltui.config import SETTINGS, Config, value_of
from kvaltui.config_file import load
from kvaltui.config_writing import write
from kvaltui.exchange.plan_writer import write_plan
from kvaltui.i18n import say
from kvaltui.model.value import replace
from kvaltui.store import migrations
from kvaltui.store.author import current_author
from kvaltui.store.check import check
from kvaltui.store.history import history
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.store.sqlite_file import inspect
from kvaltui.store.undo import redo, undo
from kvaltui.tui.terminal.keymap import commands, read_keymap
from kvaltui.work.plan_maker import Beginning, read_source
from tests.properties import IS_FULL
from tests.upgrades.kept import ALL, Kept, said_of

STEP = 1 if IS_FULL else 10
EVERY = pytest.mark.parametrize("kept", ALL, ids=lambda kept: kept.name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "arbete"


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def assert_kept(before: Any, now: Any, where: str) -> None:
    """All that was said is said; more may be said beside it."""
    if isinstance(before, dict):
        for key, value in before.items():
            assert_kept(value, now[key], f"{where}, {key}")
    elif isinstance(before, list):
        assert len(before) == len(now), where
        for at, (value, other) in enumerate(zip(before, now, strict=True)):
            assert_kept(value, other, f"{where}, {at}")
    else:
        assert before == now, where


def by_id(said: dict[str, Any]) -> dict[str, Any]:
    """What a version said of a plan, the history by its changes: the first version listed it by clocks."""
    return {**said, "history": {change["id"]: change for change in said["history"]}}


def test_of_every_earlier_schema_a_database_is_kept() -> None:
    """Whoever adds a step keeps one of the version that the step begins with (tests/upgrades/kept.py)."""
    assert {kept.schema_version for kept in ALL} >= set(range(1, migrations.SCHEMA_VERSION))


@EVERY
def test_it_is_upgraded_with_a_backup_and_nothing_that_it_says_differs(kept: Kept, folder: Path) -> None:
    path = kept.put(folder)
    old = dump(path)
    now = said_of(path)
    assert inspect(path) == migrations.SCHEMA_VERSION
    assert now.keys() == kept.plans.keys()
    for plan, said in kept.plans.items():
        assert_kept(by_id(said), by_id(now[plan]), plan)
        assert [each["revision"] for each in now[plan]["history"]] == sorted(
            (each["revision"] for each in said["history"]), reverse=True
        )
    if kept.schema_version < migrations.SCHEMA_VERSION:
        (backup,) = (path.parent / "backups").iterdir()
        assert f"before-version-{migrations.SCHEMA_VERSION}" in backup.name
        assert inspect(backup) == kept.schema_version
        assert dump(backup) == old
    with open_database(path) as database:
        assert check(database) == ()


@EVERY
@pytest.mark.thorough
def test_its_latest_change_is_taken_back_and_made_again(kept: Kept, folder: Path) -> None:
    with open_database(kept.put(folder)) as database:
        for plan, said in kept.plans.items():
            latest = history(database, plan, limit=1)[0]
            taken_back = undo(database, plan, latest.action, by=current_author(), confirm=True)
            assert write_plan(load_plan(database, plan)) != said["toml"]
            redo(database, plan, taken_back.id, by=current_author(), confirm=True)
            assert write_plan(load_plan(database, plan)) == said["toml"]
        assert check(database) == ()


@EVERY
@pytest.mark.thorough
def test_a_figure_is_entered_in_it(kept: Kept, folder: Path) -> None:
    path = kept.put(folder)
    where = ("--db", str(path), "--plan", "nacka-2022")
    assert main((*where, "enter", "sabo-trygghet", "77 %", "--period", "2023")) == 0
    with open_database(path) as database:
        assert history(database, "nacka-2022", limit=1)[0].after["value"] == "77 %"
        assert check(database) == ()


@EVERY
@pytest.mark.thorough
@pytest.mark.parametrize("ending", ["toml", "kvb"])
def test_its_files_are_taken_in(kept: Kept, tmp_path: Path, ending: str) -> None:
    """Its plan files, and its bundle: both give the plan that they were written of."""
    plan, said = next(iter(kept.plans.items()))
    file = kept.folder / "copy.kvb"
    if ending == "toml":
        file = tmp_path / "plan.toml"
        file.write_text(said["toml"], encoding="utf-8")
    with open_database(tmp_path / "ny.db", create=True) as database:
        Beginning(lambda: database, current_author()).take_in(read_source(file), accepts_unproved=True)
        assert check(database) == ()
    if ending == "toml":
        assert said_of(tmp_path / "ny.db")[plan]["toml"] == said["toml"]
    else:
        assert set(said_of(tmp_path / "ny.db")) < set(kept.plans)


@EVERY
@pytest.mark.thorough
def test_its_backup_is_restored(kept: Kept, folder: Path, tmp_path: Path) -> None:
    path = kept.put(folder)
    backup = kept.put(tmp_path / "kopia")
    assert main(("--db", str(path), "enter", "sabo-trygghet", "12 %", "--plan", "nacka-2022", "--period", "2023")) == 0
    assert main(("--db", str(path), "restore", str(backup))) == 0
    now = said_of(path)
    for plan, said in kept.plans.items():
        assert_kept(said["status"], now[plan]["status"], plan)
        assert now[plan]["toml"] == said["toml"]
    with open_database(path) as database:
        assert check(database) == ()


@EVERY
def test_its_settings_are_read_and_keep_their_meaning(kept: Kept, folder: Path) -> None:
    kept.put(folder)
    path = folder / "config.toml"
    config = load(path)
    text = path.read_text(encoding="utf-8")
    expected = Config(
        folder=folder,
        path=path,
        plan="nacka-2022",
        period="2022",
        user_name="Samordnaren",
        theme="nord",
        symbols="ascii",
        spacing="compact",
        mouse=False,
        backups_kept_daily=30,
        backup_folder="kopior",
        keys={"undo": "ctrl+t", "risks": "alt+r", "edit_indicator": "f8"},
    )
    assert config == expected
    assert all(f"{setting.name} = " in text for setting in SETTINGS if value_of(config, setting) != setting.default)
    problems = [(problem.field, say(problem.message)) for problem in read_keymap(config.keys).problems]
    assert problems == [("edit_indicator", "det finns inget sådant kommando längre; det heter nu ”edit_whole”")]
    write(replace(config, theme="light"), path, say, config)
    kept_lines = set(text.replace('"nord"', '"light"').splitlines()) - set(path.read_text("utf-8").splitlines())
    assert kept_lines <= {
        "# Ändras inställningarna i programmet skrivs filen om från början. Egna kommentarer följer då inte",
        "# med.",
    }


def test_every_command_that_the_first_version_gave_keys_is_there_or_said_to_be_called_otherwise() -> None:
    first = (Path(__file__).parent / "versions" / "0.1.0" / "commands.txt").read_text(encoding="utf-8").split()
    assert len(first) > 50
    problems = read_keymap({name: "f9" for name in first if name not in commands()}).problems
    assert {problem.field for problem in problems} == set(first) - commands().keys()
    assert all("det heter nu" in say(problem.message) for problem in problems)


@EVERY
@pytest.mark.thorough
def test_what_two_programs_find_at_once_is_upgraded_once(kept: Kept, folder: Path) -> None:
    path = kept.put(folder)
    command = [
        sys.executable,
        "-m",
        "kvaltui",
        "--db",
        str(path),
        "--plan",
        "nacka-2022",
        "status",
        "--json",
        "--period",
        "2022",
    ]
    together = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in together]
    assert [(process.returncode, err) for process, (_, err) in zip(together, said, strict=True)] == [(0, ""), (0, "")]
    assert said[0][0] == said[1][0]
    assert_kept(json.loads(said[0][0])["total"], kept.plans["nacka-2022"]["status"]["2022"]["total"], "total")
    with open_database(path) as database:
        assert check(database) == ()


@EVERY
@pytest.mark.thorough
@pytest.mark.reliability
def test_killed_before_whichever_statement_it_is_whole(kept: Kept, folder: Path, tmp_path: Path) -> None:
    source = kept.put(folder)
    expected = {plan: said["toml"] for plan, said in kept.plans.items()}
    command = [sys.executable, "-m", "tests.upgrades.killed", str(source), str(tmp_path), str(STEP)]
    subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL)
    copies = [each for each in tmp_path.iterdir() if each.name.isdigit()]
    assert len(copies) > 50 // STEP
    versions = []
    for copy in copies:
        path = copy / "kvaltui.db"
        with closing(sqlite3.connect(path)) as connection:
            ((version,),) = connection.execute("PRAGMA user_version")
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        versions.append(version)
        with open_database(path) as database:
            assert {plan: write_plan(load_plan(database, plan)) for plan in expected} == expected
            assert check(database) == ()
    assert set(versions) == {kept.schema_version, migrations.SCHEMA_VERSION}
