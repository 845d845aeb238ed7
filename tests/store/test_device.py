"""Which device writes: an account on a computer with a database at a place, and nobody who only has the folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui.config import user_data_folder
from kvaltui.store import device as devices
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.device import device_at, forget
from kvaltui.store.history import history
from kvaltui.store.sqlite_file import make_folder
from tests.store.plan import PLAN, change, new_copy


def secrets() -> list[Path]:
    folder = user_data_folder() / "devices"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def devices_of(database: Database) -> list[str]:
    return [each.device for each in history(database, PLAN, limit=2)]


def test_a_device_is_the_same_each_time_and_its_secret_is_its_own(database: Database) -> None:
    change(database, value="90 %")
    (file,) = secrets()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert device_at(database.place) == device_at(database.place) == database.identity
    assert database.path is not None
    assert not any(each.is_file() and b"secret" in each.read_bytes() for each in database.path.parent.iterdir())


def test_looking_makes_no_device(database: Database) -> None:
    looked = device_at("/somewhere/else.db", is_made=False)
    assert looked.secret is None
    assert looked.name
    assert secrets() == []


@pytest.mark.parametrize("what", ["computer", "place", "account"])
def test_a_copied_folder_is_a_new_device(
    database: Database, tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(database, value="90 %")
    assert database.path is not None
    path = tmp_path / "elsewhere" / "kvaltui.db" if what == "place" else database.path
    if what == "place":
        path.parent.mkdir()
        shutil.copy(database.path, path)
    elif what == "computer":
        monkeypatch.setattr(devices, "computer_id", lambda: "another")
    else:
        monkeypatch.setattr(os, "getuid", lambda: 12345)
    with new_copy(path) as copied:
        change(copied, value="91 %")
        latest, before = devices_of(copied)
        assert latest != before
        assert check(copied) == ()


def test_a_new_database_at_the_same_place_has_another_device(database: Database) -> None:
    """The numbers begin anew, and whoever knows the old ones would take the new ones for a denial."""
    change(database, value="90 %")
    before = database.device
    database.close()
    assert database.path is not None
    database.path.unlink()
    with new_copy(database.path, with_plan=True) as again:
        assert again.device != before


def test_a_device_that_is_forgotten_is_another_one_afterwards() -> None:
    first = device_at("/a.db")
    forget("/a.db")
    forget("/a.db")
    second = device_at("/a.db")
    assert first.name != second.name
    assert first.seal("x") != second.seal("x")


def _readable(path: Path) -> None:
    path.chmod(0o644)


def _linked(path: Path) -> None:
    moved = path.rename(path.with_name("moved"))
    path.symlink_to(moved)


def _doubled(path: Path) -> None:
    os.link(path, path.with_name("second"))


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path, 0o600)


def _garbage(path: Path) -> None:
    path.write_bytes(b'{"secret": [')


def _short(path: Path) -> None:
    path.write_text('{"secret": "00"}')


def _deep(path: Path) -> None:
    path.write_text("[" * 900)


def _other(path: Path) -> None:
    path.write_text("[1]")


@pytest.mark.parametrize("spoil", [_readable, _linked, _doubled, _pipe, _garbage, _short, _deep, _other])
def test_a_secret_that_others_may_know_or_that_is_none_is_replaced(spoil: Callable[[Path], None]) -> None:
    first = device_at("/a.db")
    (file,) = secrets()
    spoil(file)
    second = device_at("/a.db")
    assert second.secret is not None
    assert second != first
    assert device_at("/a.db") == second


@pytest.mark.parametrize("spoiled", ["a folder in its place", "no home"])
def test_where_no_secret_can_be_kept_writing_works_all_the_same(database: Database, spoiled: str) -> None:
    folder = user_data_folder() / "devices"
    if spoiled == "no home":
        folder.parent.parent.mkdir(parents=True)
        folder.parent.write_bytes(b"")
    else:
        change(database, value="89 %")
        (file,) = secrets()
        file.unlink()
        file.mkdir()
    assert database.path is not None
    with new_copy(database.path) as opened:
        change(opened, value="90 %")
        change(opened, value="91 %")
        assert opened.identity.secret is None
        assert len(set(devices_of(opened))) == 1


def test_two_programs_that_begin_at_once_are_one_device(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one makes its secret after this one has looked for one."""
    found: list[devices.Device] = []

    def make_folder_as_the_other_begins(folder: Path, *, shared: bool) -> None:
        monkeypatch.setattr(devices, "make_folder", make_folder)
        found.append(device_at("/a.db"))
        make_folder(folder, shared=shared)

    monkeypatch.setattr(devices, "make_folder", make_folder_as_the_other_begins)
    assert device_at("/a.db") == found[0] == device_at("/a.db")
    assert found[0].secret is not None
