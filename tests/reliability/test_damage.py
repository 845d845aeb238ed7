"""Whatever a database holds is answered in words, and `check` finds all that has changed what a reader is shown."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.conftest import Size
from tests.reliability.damaging import (
    COMMANDS,
    Loose,
    Outcome,
    content,
    edit,
    edits,
    put_back_trigger,
    restructure,
    run,
    structural_edits,
    whole,
)

pytestmark = pytest.mark.reliability


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run the program in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def is_only_without_backup(outcome: Outcome) -> bool:
    """Whether `check` tells of nothing but that no backup has been made, as none has."""
    faults = [line for line in outcome.told.splitlines() if line.startswith("✗")]
    return outcome.code == 1 and len(faults) == 1 and faults[0].startswith("✗ Senaste säkerhetskopia: ingen")


def answers(path: Path, number: int, before: str) -> tuple[bool, list[str]]:
    """Whether `check` found it, and what was wrong with the answers: nothing is."""
    after = content(path)
    arguments = [("check",), COMMANDS[number % len(COMMANDS)], COMMANDS[(number * 7 + 3) % len(COMMANDS)]]
    wrong = []
    found = False
    for each in arguments:
        try:
            outcome = run("--db", str(path), *each)
        except Exception as error:  # noqa: BLE001 - what comes through is what is looked for
            wrong.append(f"{' '.join(each)}: {type(error).__name__}: {error}")
            continue
        if not outcome.is_in_words:
            wrong.append(f"{' '.join(each)}: {outcome.code} {outcome.told[-300:]}")
        if each == ("check",):
            found = outcome.code != 0 and not is_only_without_backup(outcome)
    if after != before and not found:
        wrong.append("check: whole, and what is shown has changed")
    return found, wrong


@pytest.mark.thorough
def test_whatever_a_row_holds(place: Path, size: Size, tell: Callable[[str], None]) -> None:
    chance = random.Random(6)
    path, loose = place / "whole.db", place / "loose.db"
    whole(path)
    before = content(path)
    assert before is not None
    assert is_only_without_backup(run("--db", str(path), "check"))
    shutil.copy(path, loose)
    fences = Loose(loose)
    trigger = next(sql for _, name, sql in fences.schema if name == "revision_is_never_changed")
    tried = found = 0
    wrong: list[str] = []
    for number, (table, column, value) in enumerate(edits(chance, fences.columns, size.row_edits)):
        edited = place / "edited.db"
        edited.unlink(missing_ok=True)  # a reader that has failed may still hold the lock of the old one
        shutil.copy(loose, edited)
        if not edit(edited, table, column, value, chance):
            continue
        fences.close_up(edited)
        put_back_trigger(edited, trigger)
        was_found, problems = answers(edited, number, before)
        tried, found = tried + 1, found + was_found
        wrong += [f"{table}.{column} = {str(value)[:60]!r}: {each}" for each in problems]
    tell(f"row edits: {tried}, {found} told by check, {len(wrong)} not answered in words")
    assert not wrong, "\n".join(wrong[:40])


def test_whatever_has_become_of_the_tables(place: Path, size: Size, tell: Callable[[str], None]) -> None:
    path = place / "whole.db"
    whole(path)
    before = content(path)
    assert before is not None
    tried = found = 0
    wrong: list[str] = []
    for number, statements in enumerate(structural_edits()):
        if number % size.one_of_table_edits:
            continue
        edited = place / "edited.db"
        edited.unlink(missing_ok=True)
        shutil.copy(path, edited)
        if not restructure(edited, statements):
            continue
        was_found, problems = answers(edited, number, before)
        tried, found = tried + 1, found + was_found
        wrong += [f"{'; '.join(statements)}: {each}" for each in problems]
    tell(f"tables edited: {tried}, {found} told by check, {len(wrong)} not answered in words")
    assert found == tried, "all of it is told"
    assert not wrong, "\n".join(wrong[:40])


@pytest.mark.thorough
def test_whichever_byte_is_flipped(place: Path, size: Size, tell: Callable[[str], None]) -> None:
    chance = random.Random(7)
    path = place / "whole.db"
    whole(path)
    before = content(path)
    assert before is not None
    data = path.read_bytes()
    found = 0
    wrong: list[str] = []
    for number in range(size.flipped_bytes):
        flipped = bytearray(data)
        at = chance.randrange(len(flipped))
        flipped[at] ^= 1 << chance.randrange(8)
        edited = place / "edited.db"
        edited.unlink(missing_ok=True)
        edited.write_bytes(flipped)
        edited.chmod(0o600)
        was_found, problems = answers(edited, number, before)
        found += was_found
        wrong += [f"byte {at}: {each}" for each in problems]
    tell(f"flipped bytes: {size.flipped_bytes}, {found} told by check, {len(wrong)} not answered in words")
    assert not wrong, "\n".join(wrong[:40])
