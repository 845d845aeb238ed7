"""What Windows itself says of rights, owners, links and open files. These tests run within Windows."""

from __future__ import annotations

import sys

assert sys.platform == "win32"

import ctypes
import os
from pathlib import Path

import pytest

from kvaltui import half_made, trust
from kvaltui.i18n import say
from kvaltui.system import accounts, drives, links, opening, rights
from kvaltui.system.access_list import of_everybody
from kvaltui.system.folder import Folder, make_folder
from kvaltui.system.security_windows import account_of, own_sid, security_of
from kvaltui.system_error import explain


def test_the_person_and_the_computer_are_known() -> None:
    account = accounts.current_account()
    assert account.name
    assert accounts.account_id() == own_sid()
    assert own_sid().startswith("S-1-5-")
    assert account_of(own_sid()).casefold() == account.name.casefold()
    assert accounts.computer_name()


def test_an_account_that_is_not_known_is_called_by_its_number() -> None:
    assert account_of("S-1-5-21-1-2-3-4567") == "S-1-5-21-1-2-3-4567"


def test_what_one_makes_is_ones_own(tmp_path: Path) -> None:
    made = tmp_path / "utfall.csv"
    made.write_bytes(b"86")
    assert rights.is_own(made, made.stat())
    assert rights.owner_of(made, made.stat())


def test_a_new_folder_for_data_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "kvalitet" / "db"
    make_folder(folder, shared=False)
    assert not of_everybody(security_of(folder).access)
    assert rights.is_private(folder)
    (folder / "kvaltui.db").write_bytes(b"")
    assert not rights.everybody_may_write_in(folder)
    with pytest.raises(FileExistsError):
        make_folder(folder, shared=False)


def give_everybody_all(place: Path) -> None:
    described = ctypes.c_void_p()
    security = ctypes.WinDLL("advapi32")
    security.ConvertStringSecurityDescriptorToSecurityDescriptorW("D:P(A;;FA;;;WD)", 1, ctypes.byref(described), None)
    assert security.SetFileSecurityW(str(place), 4, described)


def test_rights_of_everybody_are_seen(tmp_path: Path) -> None:
    folder = tmp_path / "öppen"
    folder.mkdir()
    file = folder / "config.toml"
    file.write_bytes(b"")
    for place in (folder, file):
        give_everybody_all(place)
    assert rights.everybody_may_read(file)
    assert rights.everybody_may_write_in(folder)
    assert not rights.is_private(folder)
    problem = trust.why_not(file, file.stat(), lambda: tmp_path)
    assert problem is not None
    assert "Alla på den här datorn får ändra" in say(problem)


def test_an_open_file_is_not_replaced_and_told(tmp_path: Path) -> None:
    place = tmp_path / "utfall.csv"
    place.write_bytes(b"old")
    with place.open("rb"), pytest.raises(OSError, match=r".") as refused:
        half_made.write(place, b"new", 0o600, half_made.whatever_lies_there)
    assert say(explain(refused.value)) == "ett annat program använder den"
    assert place.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["utfall.csv"]
    half_made.write(place, b"new", 0o600, half_made.whatever_lies_there)
    assert place.read_bytes() == b"new"


def test_nothing_is_written_over_a_name_that_is_taken(tmp_path: Path) -> None:
    place = tmp_path / "utfall.csv"
    place.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        half_made.write(place, b"new", 0o600)
    assert place.read_bytes() == b"old"


def test_what_is_being_made_is_left_and_what_was_left_is_swept(tmp_path: Path) -> None:
    with half_made.beside(tmp_path / "kvaltui.db") as new:
        new.write_bytes(b"half")
        half_made.sweep(tmp_path)
        assert new.read_bytes() == b"half"
        assert half_made.left_over(tmp_path) == []
    left = tmp_path / f".kvaltui-{'0' * 20}.new"
    left.write_bytes(b"half")
    (tmp_path / f"{left.name}-using").write_bytes(b"")  # of a program that was killed
    assert half_made.left_over(tmp_path) == [left]
    half_made.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_brought_to_the_disk_and_read(tmp_path: Path) -> None:
    file = tmp_path / "utfall.csv"
    file.write_bytes(b"86\r\n\x1a87")
    opening.sync_written(file)
    handle = opening.open_at_once(file)
    try:
        assert os.read(handle, 100) == b"86\r\n\x1a87"
    finally:
        os.close(handle)


def test_a_path_without_links_leads_where_it_says(tmp_path: Path) -> None:
    place = tmp_path / "mapp" / ".." / "utfall.csv"
    assert os.path.normcase(links.followed(place)) == os.path.normcase(tmp_path / "utfall.csv")
    with pytest.raises(links.OpenElsewhere):
        links.followed(Path("\\\\.\\pipe\\kvaltui"))


def test_a_disk_of_this_computer_is_no_network_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drives.drive_of(tmp_path.resolve()) == drives.Drive()
    assert drives.drive_of(Path("\\\\server\\delad\\kvaltui.db")).network == "\\\\server\\delad"
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
    assert drives.drive_of(tmp_path / "db" / "kvaltui.db").cloud == "OneDrive"


def test_names_are_looked_up_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "mapp").mkdir()
    with Folder(tmp_path) as folder:
        assert folder.look("inte") is None
        assert folder.look("mapp") is not None
        folder.remove("inte")
    (tmp_path / "inte.csv").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        Folder(tmp_path / "inte.csv")
