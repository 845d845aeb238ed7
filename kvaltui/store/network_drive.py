"""Whether a database lies on a network drive, whose locks cannot be relied on."""

from __future__ import annotations

from pathlib import Path

from kvaltui.model.message import Message

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ncpfs", "ceph", "glusterfs", "lustre", "davfs", "fuse.sshfs",
     "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse")
)  # fmt: skip


def warning(path: Path) -> Message | None:
    """What to say of a database at `path` on a network drive; None for one on a disk of this computer.

    Linux tells; of other systems nothing is known, and nothing said.
    """
    kind = _file_system(path.resolve())
    if kind not in _NETWORK:
        return None
    return Message(
        "{file} lies on a network drive ({kind}), where two who write at once can damage it. "
        "Keep the database on this computer and join the copies with “kvaltui sync”",
        file=str(path),
        kind=kind,
    )


def _file_system(path: Path) -> str:
    """The kind of file system that the path lies on, "" where the system does not say."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    longest, kind = -1, ""
    for line in lines:
        _, point, its_kind, *_ = line.split(" ")
        # A space or a tab in a path is written as its octal number.
        mounted = Path(point.replace("\\040", " ").replace("\\011", "\t"))
        if path.is_relative_to(mounted) and len(mounted.parts) >= longest:
            longest, kind = len(mounted.parts), its_kind
    return kind
