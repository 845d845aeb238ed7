"""What a later version of the program has made is told at every way in, with how to get that version."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kvaltui import __version__
from kvaltui.store.migrations import SCHEMA_VERSION
from tests.commands.conftest import Folder
from tests.sampled import sampled


def upgrade(path: Path, made_by: str | None = "9.8.7") -> bytes:
    """Let a later version have upgraded a database; its bytes."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.execute("DELETE FROM about WHERE name = 'program'")
        if made_by is not None:
            connection.execute("INSERT INTO about VALUES ('program', ?)", [made_by])
    return path.read_bytes()


def assert_told(told: str) -> None:
    assert f"gjord med kvaltui 9.8.7, och det här är {__version__}" in told
    assert "Hämta den nyare versionen till mappen " in told
    assert told.strip().count("\n") == 0, told


OPENING = [
    ["status"],
    ["status", "--json"],
    ["list", "indicators"],
    ["list", "plans"],
    ["show", "sabo-trygghet"],
    ["enter", "sabo-trygghet", "86 %"],
    ["assess", "sabo-trygghet", "achieved", "--motivation", "m"],
    ["export", "plan.toml"],
    ["report", "plan.md"],
    ["history"],
    ["undo"],
    ["period", "list"],
    ["period", "add", "2031"],
    ["conflicts"],
    ["sync", "utbyte"],
    ["backup"],
    ["check"],
    [],
]


@pytest.mark.parametrize("words", sampled([pytest.param(each, id=" ".join(each) or "window") for each in OPENING], 6))
def test_every_command_tells_of_a_newer_database(nacka: Folder, words: list[str]) -> None:
    (nacka.path / "utbyte").mkdir()
    before = upgrade(nacka.database)
    answer = nacka(*words, code=3)
    told = answer.err.replace("Det finns ingen terminal här. ", "")
    assert_told(told.splitlines()[-1])
    assert nacka.database.read_bytes() == before
    assert sorted(each.name for each in nacka.database.parent.iterdir() if each.suffix != ".log") == ["kvaltui.db"]
    assert {each.name for each in nacka.path.iterdir()} == {"config.toml", "db", "utbyte"}


@pytest.mark.parametrize("made_by", [None, __version__])
def test_a_database_that_does_not_say_who_made_it_is_told_all_the_same(nacka: Folder, made_by: str | None) -> None:
    upgrade(nacka.database, made_by)
    assert "gjord med en senare version av kvaltui än den här" in nacka("status", code=3).err


def test_what_a_database_says_of_who_made_it_is_not_believed(nacka: Folder) -> None:
    upgrade(nacka.database, "\x1b[31m" + "9" * 5000)
    told = nacka("status", code=3).err
    assert "\x1b" not in told
    assert len(told) < 1000


def test_neither_a_newer_backup_nor_a_newer_database_is_restored_over(nacka: Folder, tmp_path: Path) -> None:
    nacka("backup", str(tmp_path / "kopia.db"))
    nacka("backup", str(tmp_path / "senare.db"))
    upgrade(tmp_path / "senare.db")
    assert_told(nacka("restore", str(tmp_path / "senare.db"), code=3).err)
    before = upgrade(nacka.database)
    assert_told(nacka("restore", str(tmp_path / "kopia.db"), code=3).err)
    assert nacka.database.read_bytes() == before


def test_a_bundle_of_a_later_format_is_told(nacka: Folder) -> None:
    file, folder = nacka.path / "senare.kvb", nacka.path / "utbyte"
    packed = b"x"
    file.write_bytes(f"kvaltui bundle 99 sha256 {hashlib.sha256(packed).hexdigest()}\n".encode() + packed)
    told = nacka("import", "senare.kvb", code=3).err
    assert "Det här programmet läser format till och med 2. Hämta den nyare versionen till mappen" in told
    folder.mkdir()
    file.rename(folder / "nacka-2022.enhetschef.kvb")
    said = nacka("sync", "utbyte", code=3)
    assert "läser format till och med 2" in said.out + said.err


@pytest.mark.parametrize(
    ("name", "text"), [("plan.toml", 'format = 2\n[plan]\nkey = "p"\n'), ("plan.json", '{"format": 2, "plan": {}}')]
)
def test_a_plan_file_of_a_later_format_is_told(nacka: Folder, name: str, text: str) -> None:
    (nacka.path / name).write_text(text, encoding="utf-8")
    told = nacka("import", name, code=3).err
    assert "gjord med en senare version av kvaltui; det här programmet läser format 1. Hämta" in told


def test_settings_that_are_not_known_may_be_of_a_later_version(nacka: Folder) -> None:
    (nacka.path / "config.toml").write_text("[user]\nxyz = 1\n", encoding="utf-8")
    assert "Kanske har en senare version av kvaltui skrivit det" in nacka("status", code=3).err


def test_a_new_database_says_who_made_it(nacka: Folder) -> None:
    with closing(sqlite3.connect(nacka.database)) as connection:
        assert connection.execute("SELECT value FROM about WHERE name = 'program'").fetchall() == [(__version__,)]
