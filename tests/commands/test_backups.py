"""What the commands tell of backups: the age of the last good one, what is wrong, and which can be put back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.commands.conftest import Answer, Folder

TELLS = "Senaste säkerhetskopia: "
LATE = f"ingen från den senaste dagen med ändringar, {date.today()}"  # noqa: DTZ011 - the reader's day


def backups(folder: Folder) -> Path:
    return folder.path / "db" / "backups"


def told(answer: Answer) -> str:
    """What an answer says of the last backup, in one line."""
    lines = answer.out.partition(TELLS)[2].partition("\n\n")[0].splitlines()
    return " ".join(line.strip() for line in lines[:2])


def everybody(folder: Folder, *, is_late: bool) -> dict[str, str]:
    """What each of those says that tell of it."""
    asked = {"check": folder("check", code=int(is_late)), "status": folder("status"), "locate": folder("locate")}
    return {name: told(answer) for name, answer in asked.items()}


@pytest.mark.thorough
def test_a_good_one_is_told_with_its_time(nacka: Folder) -> None:
    assert set(everybody(nacka, is_late=False).values()) >= {"ingen"}
    nacka("enter", "sabo-trygghet", "95 %")
    for text in everybody(nacka, is_late=False).values():
        assert re.match(r"i dag \d\d:\d\d\b", text), text


OBSTACLES: dict[str, Callable[[Folder], object]] = {
    "a file in the place of the folder": lambda folder: backups(folder).write_text("i vägen"),
    "a link to nothing": lambda folder: backups(folder).symlink_to(folder.path / "inget" / "alls"),
    "an impossible path": lambda folder: configured(folder, "/dev/null/kopior"),
}


def configured(folder: Folder, place: str) -> None:
    config = folder.path / "config.toml"
    line = f'backup_folder = "{place}"'
    text = re.sub(r'(?m)^#? ?backup_folder = ".*"$', lambda _: line, config.read_text("utf-8"))
    assert place in text
    config.write_text(text, "utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_one_that_cannot_be_made_is_told_by_all_and_is_a_fault(nacka: Folder, obstacle: str) -> None:
    OBSTACLES[obstacle](nacka)
    for value in ("94 %", "95 %"):
        (line,) = nacka("enter", "sabo-trygghet", value).err.splitlines()
        assert line.startswith("Dagens säkerhetskopia kunde inte göras – ")
    assert nacka("show", "sabo-trygghet").out.count("95 %")
    for name, text in everybody(nacka, is_late=True).items():
        assert text.startswith(("ingen", "okänd")), name
    assert "1 fel i" in nacka("check", code=1).err


@pytest.mark.parametrize(("days", "age"), [(1, "i går"), (2, "2 dagar sedan"), (40, "40 dagar sedan")])
def test_an_old_one_is_a_fault_when_there_are_later_changes(nacka: Folder, days: int, age: str) -> None:
    nacka("enter", "sabo-trygghet", "95 %")
    (name,) = backups(nacka).iterdir()
    earlier = date.today() - timedelta(days=days)  # noqa: DTZ011 - the reader's day
    name.rename(name.with_name(name.name.replace(name.name[8:18], str(earlier))))
    for text in everybody(nacka, is_late=True).values():
        assert text.startswith(f"{age} – {LATE}")


def test_one_from_a_day_to_come_hides_nothing(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "95 %")
    (name,) = backups(nacka).iterdir()
    name.rename(name.with_name(name.name.replace(name.name[8:18], "9999-01-01")))
    for text in everybody(nacka, is_late=True).values():
        assert text.startswith(f"ingen – {LATE}")


def test_to_have_none_is_a_choice(nacka: Folder) -> None:
    config = nacka.path / "config.toml"
    text = re.sub(r"(?m)^#? ?backups_kept_daily = \d+$", "backups_kept_daily = 0", config.read_text("utf-8"))
    assert "backups_kept_daily = 0" in text
    config.write_text(text, "utf-8")
    nacka("enter", "sabo-trygghet", "95 %")
    assert not backups(nacka).exists()
    for name, answer in everybody(nacka, is_late=False).items():
        assert answer.startswith("avstängt"), name


@pytest.mark.thorough
def test_which_can_be_put_back(nacka: Folder, tmp_path: Path) -> None:
    assert "Det finns inga säkerhetskopior" in nacka("restore").out
    nacka("enter", "sabo-trygghet", "95 %")
    nacka("backup")
    shutil.copy(nacka.database, backups(nacka) / "kvaltui-2020-01-01.db")  # as they were called before
    (backups(nacka) / "kvaltui-2021-01-01.db").write_text("skräp")
    (backups(nacka) / "kvaltui-2022-01-01.db").symlink_to(nacka.database)
    lines = nacka("restore").lines
    assert len(lines) == 5
    assert "för hand" in lines[1]
    assert "dagens" in lines[2]
    assert "kvaltui-2020-01-01.db" in lines[3]
    nacka("restore", str(backups(nacka) / lines[2].split()[-1]))
    assert "86 %" in nacka("show", "sabo-trygghet").out
    assert "ersatt vid en återställning" in nacka("restore").lines[1]
    assert "är hel" in nacka("check").out
    nacka.database.write_bytes(b"skr\xe4p" * 5000)  # when it is wanted most
    assert len(nacka("restore").lines) == 6
    nacka("restore", "db/backups/kvaltui-2020-01-01.db")
    assert "95 %" in nacka("show", "sabo-trygghet").out
    assert len(list(backups(nacka).glob("*-replaced-damaged.db"))) == 1


@pytest.mark.thorough
def test_a_backup_of_another_database_wants_a_yes(nacka: Folder, made_once: Callable[[str], Path]) -> None:
    other = made_once("huddinge-2024") / "db" / "kvaltui.db"
    before = nacka.database.read_bytes()
    answer = nacka("restore", str(other), code=3)
    assert "en annan databas" in answer.err
    assert "--force" in answer.err
    assert nacka.database.read_bytes() == before
    nacka("restore", str(other), "--force")
    assert "huddinge-2024" in nacka("list", "plans").out


def test_a_folder_that_cannot_be_read_is_told(nacka: Folder) -> None:
    backups(nacka).write_text("i vägen")
    assert "kan inte läsas" in nacka("restore", code=3).err
