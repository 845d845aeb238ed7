"""A database on a network drive, or in a folder that is copied away, is warned about."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui.i18n import say
from kvaltui.store import network_drive
from kvaltui.system import drives

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
    monkeypatch.setattr(drives, "_MOUNTS", mounts)
    warning = network_drive.warning(Path(path))
    assert (warning.values["kind"] if warning else "") == kind


def test_a_system_that_does_not_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drives, "_MOUNTS", tmp_path / "nothing")
    assert network_drive.warning(tmp_path) is None


MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//coordinator@server/delad on /Volumes/delad mapp (smbfs, nodev, nosuid, mounted by coordinator)
/dev/disk4s1 on /Volumes/delad mapp/lokal (apfs, local)
server:/x on /Volumes/x on y (nfs)
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/Users/coordinator/kvaltui.db", ""),
        ("/Volumes/delad mapp/kvaltui.db", "smbfs"),
        ("/Volumes/delad mapp/lokal/kvaltui.db", ""),
        ("/Volumes/x on y/kvaltui.db", "nfs"),
    ],
)
def test_network_drives_of_a_mac_are_known(path: str, kind: str) -> None:
    mounts = [mount for line in MAC.splitlines() if (mount := drives.mount_of_mac(line)) is not None]
    assert drives.mounted_over_network(Path(path), mounts) == kind


def test_a_folder_that_a_service_copies_away_is_warned_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_drive, "drive_of", lambda _path: drives.Drive(cloud="OneDrive"))
    warning = network_drive.warning(tmp_path / "kvaltui.db")
    assert warning is not None
    assert "OneDrive kopierar" in say(warning)


def test_a_path_lies_in_the_folder_of_a_service_or_in_none() -> None:
    folders = {Path("/Users/c/OneDrive - Kommunen"): "OneDrive", Path("/Users/c/iCloud"): "iCloud"}
    assert drives.cloud_of(Path("/Users/c/OneDrive - Kommunen/db/kvaltui.db"), folders) == "OneDrive"
    assert drives.cloud_of(Path("/Users/c/iCloud"), folders) == "iCloud"
    assert drives.cloud_of(Path("/Users/c/OneDrive - Kommunen 2/kvaltui.db"), folders) == ""


def test_a_folder_of_this_computer_is_not_warned_about(tmp_path: Path) -> None:
    assert network_drive.warning(tmp_path / "kvaltui.db") is None
