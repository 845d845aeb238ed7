"""Who may read what the program writes: every file and folder of it, whatever the person's mask is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commands.conftest import Folder
from tests.sampled import sampled


@contextmanager
def masked(umask: int) -> Iterator[None]:
    before = os.umask(umask)
    try:
        yield
    finally:
        os.umask(before)


def rights(folder: Path, given: set[Path]) -> dict[str, int]:
    """The rights of all that the program has made in a folder."""
    return {
        path.relative_to(folder).as_posix(): stat.S_IMODE(path.lstat().st_mode)
        for path in sorted(folder.rglob("*"))
        if path not in given
    }


def work(folder: Folder, *options: str) -> None:
    """Everything that writes a file, once."""
    folder("init", "--plan", "nacka-2022", *options)
    folder("enter", "sabo-trygghet", "91 %")
    for name in ("ut.toml", "ut.json", "ut.csv", "ut.xlsx", "ut.kvb"):
        folder("export", name)
        folder("export", name, "--force")
    for name in ("ut.md", "ut.html", "ut.docx"):
        folder("report", name)
    folder("backup")
    folder("backup", "kopior/kopia.db")
    folder("enter", "sabo-trygghet", "92 %")
    folder("restore", "kopior/kopia.db")
    damaged = folder.database
    damaged.write_bytes(b"nothing that is a database" * 1000)
    folder("restore", "kopior/kopia.db")
    folder("sync", "delad")
    folder("enter", "sabo-trygghet", "93 %")


@pytest.mark.thorough
@pytest.mark.parametrize("umask", sampled([0o022, 0, 0o077]))
def test_what_one_person_writes_is_theirs_alone(empty: Folder, own_home: Path, umask: int) -> None:
    given = {empty.path / "delad"}
    (empty.path / "delad").mkdir(mode=0o700)
    with masked(umask):
        work(empty)
    made = rights(empty.path, given)
    assert len(made) > 15
    wrong = {
        name: f"{mode:o}" for name, mode in made.items() if mode != (0o700 if (empty.path / name).is_dir() else 0o600)
    }
    assert wrong == {}
    at_home = {name: f"{mode:o}" for name, mode in rights(own_home, set()).items() if mode & 0o077}
    assert {name: mode for name, mode in at_home.items() if (own_home / name).is_file()} == {}


@pytest.mark.parametrize("umask", sampled([0o022, 0, 0o077]))
def test_what_a_group_shares_is_the_groups_and_nobody_elses(empty: Folder, own_home: Path, umask: int) -> None:
    given = {empty.path / "delad"}
    (empty.path / "delad").mkdir(mode=0o700)
    with masked(umask):
        work(empty, "--shared")
    made = rights(empty.path, given)
    wrong = {
        name: f"{mode:o}"
        for name, mode in made.items()
        if name == "config.toml" or name.startswith("db")
        if mode != (0o2770 if (empty.path / name).is_dir() else 0o660)
    }
    assert wrong == {}
    assert {name: f"{mode:o}" for name, mode in made.items() if mode & 0o007} == {}
    secrets = {name: f"{mode:o}" for name, mode in rights(own_home, set()).items() if (own_home / name).is_file()}
    assert secrets
    assert set(secrets.values()) == {"600"}
