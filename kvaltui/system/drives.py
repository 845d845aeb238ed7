"""What a path lies on: a disk of this computer, a network drive, or a folder that a service copies away."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kvaltui.model.value import dataclass


@dataclass(frozen=True, slots=True)
class Drive:
    """What a path lies on, as far as the system says. `network` is the kind of a network drive ("nfs"), else "";
    `cloud` the service that copies what lies in the folder away ("OneDrive"), else "".
    """

    network: str = ""
    cloud: str = ""


if sys.platform == "win32":
    import ctypes

    _REMOTE = 4
    _VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")

    def drive_of(path: Path) -> Drive:
        """What a path without links lies on: a share by its name or by a letter, OneDrive by what its program says."""
        return Drive(_share(path), cloud_of(path, _folders()))

    def _share(path: Path) -> str:
        if path.drive.startswith("\\\\"):
            return path.drive
        return path.drive if ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _REMOTE else ""

    def _folders() -> dict[Path, str]:
        return {Path(given): "OneDrive" for name in _VARIABLES if (given := os.environ.get(name))}
elif sys.platform == "darwin":
    import subprocess

    def drive_of(path: Path) -> Drive:
        """What a path without links lies on: network drives as the system lists them, and the services' folders."""
        return Drive(mounted_over_network(path, _mounts()), cloud_of(path, _folders()))

    def _mounts() -> list[tuple[Path, str]]:
        try:
            listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=2, check=False).stdout
        except (OSError, subprocess.SubprocessError):
            return []
        return [mount for line in listed.splitlines() if (mount := mount_of_mac(line)) is not None]

    def _folders() -> dict[Path, str]:
        library = Path(os.path.expanduser("~")) / "Library"  # noqa: PTH111 - does not raise without a home
        # Those of other services are called by the service and the account: OneDrive-Kommunen.
        services = {each: each.name.partition("-")[0] for each in (library / "CloudStorage").glob("*")}
        return {library / "Mobile Documents": "iCloud", **services}
else:
    _MOUNTS = Path("/proc/self/mounts")

    def drive_of(path: Path) -> Drive:
        """What a path without links lies on, as the system lists what is mounted."""
        return Drive(mounted_over_network(path, _mounts()))

    def _mounts() -> list[tuple[Path, str]]:
        try:
            lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        except OSError:
            return []
        # A space or a tab in a path is written as its octal number.
        fields = (line.split(" ") for line in lines)
        return [(Path(each[1].replace("\\040", " ").replace("\\011", "\t")), each[2]) for each in fields]


_NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "afs", "9p", "ncpfs", "ceph", "glusterfs", "lustre",
     "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse", "macfuse")
)  # fmt: skip


def mounted_over_network(path: Path, mounts: list[tuple[Path, str]]) -> str:
    """The kind of network file system that a path lies on, "" for another; of two mounts at a place the last counts."""
    longest, kind = -1, ""
    for mounted, its_kind in mounts:
        if path.is_relative_to(mounted) and len(mounted.parts) >= longest:
            longest, kind = len(mounted.parts), its_kind
    return kind if kind in _NETWORK else ""


def mount_of_mac(line: str) -> tuple[Path, str] | None:
    """A line of macOS's `mount`: what on where (kind, options)."""
    where, has_kind, kind = line.partition(" on ")[2].rpartition(" (")
    return (Path(where), kind.partition(",")[0].rstrip(")")) if has_kind else None


def cloud_of(path: Path, folders: dict[Path, str]) -> str:
    """The service whose folder a path lies in."""
    return next((name for folder, name in folders.items() if path.is_relative_to(folder)), "")
