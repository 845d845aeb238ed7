"""A database on a network drive is warned about."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.store import network_drive

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
server:/export /mnt/gemensam nfs4 rw 0 0
//server/delad /mnt/min\\040mapp cifs rw 0 0
/dev/sdb1 /mnt/gemensam/lokal ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/coordinator/db/kvaltui.db", ""),
        ("/mnt/gemensam/db/kvaltui.db", "nfs4"),
        ("/mnt/gemensamt/db/kvaltui.db", ""),
        ("/mnt/min mapp/kvaltui.db", "cifs"),
        ("/mnt/gemensam/lokal/kvaltui.db", ""),
    ],
)
def test_network_drives_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    monkeypatch.setattr(network_drive, "_MOUNTS", mounts)
    warning = network_drive.warning(Path(path))
    assert (warning.values["kind"] if warning else "") == kind


def test_a_system_that_does_not_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_drive, "_MOUNTS", tmp_path / "nothing")
    assert network_drive.warning(tmp_path) is None


def test_a_folder_of_this_computer_is_not_warned_about(tmp_path: Path) -> None:
    assert network_drive.warning(tmp_path / "kvaltui.db") is None
