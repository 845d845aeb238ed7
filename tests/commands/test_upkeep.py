"""`kvaltui backup`, `restore`, `check`, `locate`, and `period`: looking after the database and the year."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.commands.conftest import Folder


def test_check_of_a_whole_database(nacka: Folder) -> None:
    assert nacka("check").out.endswith("kvaltui.db är hel.\n")


def test_check_tells_of_keys_that_will_not_do(nacka: Folder) -> None:
    with (nacka.path / "config.toml").open("a", encoding="utf-8") as config:
        config.write('undo = "ctrl+s"\nudno = "f6"\n')
    answer = nacka("check")
    assert "är hel" in answer.out
    assert "[keys] undo: Ctrl+S når inte fram" in answer.err
    assert "[keys] udno: det finns inget sådant kommando; menade du ”undo”?" in answer.err


def test_check_finds_a_row_that_the_journal_does_not_know(nacka: Folder) -> None:
    with sqlite3.connect(nacka.database) as tampered:
        tampered.execute("UPDATE outcome SET value = '99 %' WHERE indicator = 'sabo-trygghet'")
    tampered.close()
    answer = nacka("check", code=1)
    assert answer.out.startswith("✗ ")
    assert "1 fel i " in answer.err


@pytest.mark.thorough
def test_backup_and_restore(nacka: Folder) -> None:
    nacka("backup", "kopia.db")
    nacka("enter", "sabo-trygghet", "95 %")
    out = nacka("restore", "kopia.db").out
    assert "är på plats" in out
    kept = Path(out.splitlines()[1].rsplit(" ", 1)[1])
    assert "86 %" in nacka("show", "sabo-trygghet").out
    assert "95 %" in nacka("--db", str(kept), "show", "sabo-trygghet").out
    assert "återställt från kopia.db" in nacka("history", "--limit", "1").out


def test_backup_without_a_place_goes_to_the_backups(nacka: Folder) -> None:
    nacka("backup")
    assert len(list((nacka.path / "db" / "backups").glob("kvaltui-*.db"))) == 1


def test_backup_touches_nothing_that_exists(nacka: Folder) -> None:
    there = nacka.path / "kopia.db"
    there.write_text("annat")
    assert nacka("backup", "kopia.db", code=3).err
    assert there.read_text() == "annat"


@pytest.mark.parametrize("content", [b"", b"annat" * 5000], ids=["empty", "foreign"])
def test_restore_refuses_what_is_no_backup(nacka: Folder, content: bytes) -> None:
    (nacka.path / "kopia.db").write_bytes(content)
    before = nacka.database.read_bytes()
    assert nacka("restore", "kopia.db", code=3).err
    assert nacka.database.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"annat" * 5000], ids=["empty", "foreign"])
@pytest.mark.parametrize(
    "command", [["status"], ["list", "areas"], ["check"], ["enter", "a", "1"], ["export", "a.toml"]]
)
def test_a_file_that_is_no_database_is_left_as_it_was(empty: Folder, content: bytes, command: list[str]) -> None:
    (empty.path / "x.db").write_bytes(content)
    assert "x.db" in empty("--db", "x.db", *command, code=3).err
    assert (empty.path / "x.db").read_bytes() == content
    assert [path.name for path in empty.path.iterdir()] == ["x.db"]


def test_locate(nacka: Folder) -> None:
    places = nacka("locate", "--json").json
    assert places == {
        "config": str(nacka.path / "config.toml"),
        "database": str(nacka.database),
        "backups": str(nacka.path / "db" / "backups"),
        "log": str(nacka.path / "db" / "kvaltui.log"),
    }
    assert str(nacka.database) in nacka("locate").out


def test_locate_without_anything(empty: Folder) -> None:
    assert "(finns inte än)" in empty("locate").out


def test_a_config_that_is_wrong(nacka: Folder) -> None:
    (nacka.path / "config.toml").write_text('[display]\nlanguage = "svenska"\n')
    answer = nacka("status", code=3)
    assert "display.language" in answer.err
    assert nacka("status", "--help").out.startswith("användning: kvaltui status")


def test_a_period_with_copied_targets(nacka: Folder) -> None:
    out = nacka("period", "add", "2023", "--copy-targets-from", "2022").out
    assert "Planen har nu perioden 2023." in out
    status = nacka("status", "--json").json
    assert (status["period"], status["total"]["reported"], len(status["missing"])) == ("2023", 0, 34)
    assert {each["target"] for each in status["indicators"]} >= {"100 %", "80 %"}
    assert "Planen har redan perioden 2023" in nacka("period", "add", "2023", code=2).err
    assert nacka("period", "add", "2023-T9", code=2).err


def test_an_earlier_period_does_not_become_the_current_one(nacka: Folder) -> None:
    nacka("period", "add", "2021")
    assert [each["period"] for each in nacka("period", "list", "--json").json] == ["2021", "2022"]
    assert nacka("status", "--json").json["period"] == "2022"


def test_complete_locks_and_reopen_unlocks(nacka: Folder) -> None:
    assert "klarmarkerat" in nacka("period", "complete", "2022", "--area", "aldreomsorg").out
    assert nacka("enter", "sabo-trygghet", "95 %", code=2).err
    assert nacka("list", "periods", "--json").json[0]["complete"] == ["aldreomsorg"]
    nacka("period", "reopen", "2022", "--area", "aldreomsorg", "--motivation", " ", code=2)
    nacka("period", "reopen", "2022", "--area", "aldreomsorg", "--motivation", "Fel i en enkät")
    nacka("enter", "sabo-trygghet", "95 %")
    assert "skäl: Fel i en enkät" in nacka("history", "aldreomsorg").out


def test_reopening_what_is_not_complete(nacka: Folder) -> None:
    answer = nacka("period", "reopen", "2022", "--area", "aldreomsorg", "--motivation", "x", code=2)
    assert "Äldreomsorg är inte klarmarkerat för 2022" in answer.err
