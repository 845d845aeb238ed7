"""What cannot be done as it was asked for: the program says why, and every file is as it was, to the byte.

Each row is one kind of mistake that a person can make in a command, with the words that they then read.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Risk
from kvaltui.model.reporting import Assessment, Outcome
from kvaltui.model.reporting_round import with_period
from kvaltui.model.status import Status
from kvaltui.model.structure import Indicator
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.store.undo import undo
from tests.commands.conftest import Folder, filled

PLAN, FOOD, SAFE = "nacka-2022", "sabo-mat-smakar", "sabo-trygghet"
SOMEBODY = Author("samordnare", "Samordnaren")


@pytest.fixture(scope="module")
def contested_once(tmp_path_factory: pytest.TempPathFactory, made_once: Callable[[str], Path]) -> Path:
    """Two outcomes and an assessment, each entered by two who had not seen each other; a risk with the key of an area,
    taken back; an indicator that is no longer used.
    """
    folder = tmp_path_factory.mktemp("oense")
    shutil.copytree(made_once(PLAN), folder, dirs_exist_ok=True)
    rule = BackupRule(folder / "backups", kept_daily=0)
    with open_database(folder / "db" / "kvaltui.db", backups=rule) as opened:

        def enter(*things: AnyEntity, seen: int) -> None:
            record(opened, PLAN, things, by=SOMEBODY, seen=seen)

        enter(*with_period(load_plan(opened, PLAN), Period(2023), Period(2022)), seen=opened.position())
        seen = opened.position()
        for year in (2022, 2023):
            for value in ("61 %", "62 %"):
                enter(Outcome(indicator=FOOD, period=Period(year), value=value), seen=seen)
        for status in (Status.ACHIEVED, Status.NOT_ACHIEVED):
            enter(
                Assessment(
                    subject_kind=Kind.AREA, subject="aldreomsorg", period=Period(2022), status=status, motivation="Så"
                ),
                seen=seen,
            )
        given_up = load_plan(opened, PLAN).all(Indicator)[SAFE]
        enter(replace(given_up, retired=True), seen=opened.position())
        enter(Risk(key="aldreomsorg", title="Äldreomsorgen"), seen=opened.position())
        undo(opened, PLAN, by=SOMEBODY)
    return folder


@pytest.fixture
def contested(empty: Folder, contested_once: Path) -> Folder:
    return filled(empty, contested_once)


def files(folder: Path) -> dict[Path, bytes]:
    """What every file holds; the day's backup, which is made before a change is tried, is nobody's loss."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "backups")
    return {path: path.read_bytes() for path in found}


MISTAKES = [
    # Names that mean nothing or several things.
    (f"resolve {FOOD} --take 1", 2, f"”{FOOD}” har flera konflikter. Skriv en av outcome/{FOOD}/2022/, outcome"),
    (
        f"resolve outcome/{FOOD}/2022/ --field enhet --take 1",
        2,
        "Det finns ingen konflikt att avgöra om fältet ”enhet”",
    ),
    ("resolve hittepå --take 1", 2, "Det finns ingen konflikt om ”hittepå”"),
    ("history aldreomsorg", 2, "Flera saker har nyckeln ”aldreomsorg”. Skriv en av area/aldreomsorg, risk/aldreomsorg"),
    ("history hittepå", 2, "Inget i planen har nyckeln ”hittepå”"),
    (f"enter {SAFE} 77", 2, "är arkiverad: ta tillbaka den först"),
    ("undo {risk}", 2, "Ändringen är redan tillbakatagen"),
    ("undo hittepå", 2, "Det finns ingen ändring ”hittepå” i planen"),
    # Choices that are none, or more than one.
    (f"resolve outcome/{FOOD}/2022/ --ours --take 1", 2, "Välj på ett sätt: --ours, --theirs, --take eller --value"),
    (f"resolve outcome/{FOOD}/2022/ --take 3", 2, "”3” är inget av numren 1 till 2"),
    (f"resolve outcome/{FOOD}/2022/ --theirs", 2, "2 av värdena kommer därifrån: välj ett med --take"),
    ("resolve aldreomsorg --value bra", 2, "”status” skrivs inte fritt: välj ett värde med --take och dess nummer"),
    # Places that something else has.
    ("init --folder ny --db ny/config.toml", 3, "Databasen måste heta något annat än inställningarna"),
    ("init --shared --folder config.toml/ny", 3, "config.toml/ny kan inte skrivas: en del av sökvägen är inte en mapp"),
]


@pytest.mark.parametrize(("command", "code", "words"), MISTAKES, ids=[command for command, _, _ in MISTAKES])
def test_a_mistake_is_told_and_changes_nothing(contested: Folder, command: str, code: int, words: str) -> None:
    with open_database(contested.database, read_only=True) as opened:
        command = command.format(risk=opened.position() - 1)
    before = files(contested.path)
    answer = contested(*command.split(), code=code)
    assert words in answer.err
    assert files(contested.path) == before


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [(b"\x04", 2, "--take"), (b"\n", 2, "--take"), (b"3\n", 2, "”3” är inget av numren 1 till 2"), (b"1\n", 0, "")],
    ids=["ends", "nothing", "another number", "one of them"],
)
def test_an_answer_at_the_terminal(
    contested: Folder, monkeypatch: pytest.MonkeyPatch, answer: bytes, code: int, words: str
) -> None:
    before = files(contested.path)
    leader, follower = os.openpty()
    try:
        with (
            os.fdopen(follower, encoding="utf-8") as typed,
            os.fdopen(os.dup(follower), "w", encoding="utf-8") as shown,
        ):
            monkeypatch.setattr(sys, "stdin", typed)
            monkeypatch.setattr(sys, "stdout", shown)
            os.write(leader, answer)
            assert words in contested("resolve", f"outcome/{FOOD}/2022/", code=code).err
            monkeypatch.undo()
    finally:
        os.close(leader)
    assert (files(contested.path) == before) == bool(code)


def test_a_place_of_which_the_backups_would_have_too_long_a_path_is_located(contested: Folder) -> None:
    before = files(contested.path)
    folder = Path("/" + "/".join(["x" * 200] * 20))
    database = folder / ("y" * (4_088 - len(str(folder)))) / "a.db"  # of 4,094 bytes; the system takes 4,095
    answer = contested("--db", str(database), "locate")
    assert answer.out.count("(finns inte än)") == 3
    assert files(contested.path) == before
