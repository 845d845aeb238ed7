"""Files are read whole or refused, and written in one step: whole, with their rights, or not at all."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from kvaltui import half_made
from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.reading import MOST_OF_A_TABLE, read_file
from kvaltui.exchange.writing import write_file
from kvaltui.i18n import say
from kvaltui.system.folder import Folder, NoOrdinaryFile


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_its_owners_alone_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    write_file(path, b"1")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"1", 0o600)
    path.chmod(0o640)
    write_file(path, b"2", replaces=True)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"2", 0o640)
    assert names(tmp_path) == ["a.toml"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "a.toml"
    link.symlink_to(tmp_path / "real" / "b.toml")
    write_file(link, b"1")
    assert link.is_symlink()
    assert (tmp_path / "real" / "b.toml").read_bytes() == b"1"


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is no ordinary file"):
        write_file(tmp_path, b"1")
    with pytest.raises(FileError, match="cannot be written: it does not exist"):
        write_file(tmp_path / "none" / "a.toml", b"1")


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError) as caught:
        write_file(path, b"new", replaces=True)
    assert "disken är full" in say(caught.value.message)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.toml"]


def test_what_is_no_file_or_too_large_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with pytest.raises(FileError, match="is no ordinary file"):
        read_file(tmp_path / "pipe.toml", MOST_OF_A_TABLE)
    with pytest.raises(FileError, match="cannot be read: it is a folder"):
        read_file(tmp_path, MOST_OF_A_TABLE)
    (tmp_path / "a.toml").write_bytes(b"1234")
    with pytest.raises(FileError, match=r"a\.toml is too large"):
        read_file(tmp_path / "a.toml", 3)
    assert read_file(tmp_path / "a.toml", 4) == b"1234"


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    for path in (Path("/"), tmp_path / "a\0b.toml"):
        with pytest.raises(FileError) as caught:
            write_file(path, b"1", replaces=True)
        assert say(caught.value.message) == "Skriv ett namn på filen"
    with pytest.raises(FileError, match="cannot be read: it does not exist"):
        read_file(tmp_path / "a\0b.toml", MOST_OF_A_TABLE)
    assert names(tmp_path) == []


def test_a_file_that_says_that_it_is_empty_is_read_no_further_than_allowed() -> None:
    with pytest.raises(FileError, match="status is too large"):
        read_file(Path("/proc/self/status"), 10)
    assert read_file(Path("/proc/self/status"), MOST_OF_A_TABLE).startswith(b"Name:")


def test_a_pipe_that_comes_after_the_look_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a.toml"
    place.write_bytes(b"1")
    system_open = os.open

    def exchanged(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if path == place.name:
            place.unlink()
            os.mkfifo(place)
        return system_open(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", exchanged)
    with pytest.raises(NoOrdinaryFile):
        half_made.read(place, 10)
    assert place.is_fifo()


@pytest.mark.thorough
def test_somebody_who_keeps_the_lock_of_the_folder_is_not_waited_for(tmp_path: Path) -> None:
    with Folder(tmp_path) as kept:
        fcntl.flock(kept.handle, fcntl.LOCK_EX)
        write_file(tmp_path / "a.toml", b"1")
    assert (tmp_path / "a.toml").read_bytes() == b"1"


def test_where_there_are_no_locks_files_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_handle: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    left = tmp_path / ".kvaltui-0123456789abcdef0123.new"
    left.write_bytes(b"half")
    monkeypatch.setattr(fcntl, "flock", refused)
    write_file(tmp_path / "a.toml", b"1")
    assert (tmp_path / "a.toml").read_bytes() == b"1"
    assert left.exists()
