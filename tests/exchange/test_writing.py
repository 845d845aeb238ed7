"""Files are read whole or refused, and written in one step: whole, with their rights, or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.reading import MOST_OF_A_TABLE, read_file
from kvaltui.exchange.writing import write_file
from kvaltui.i18n import say


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
