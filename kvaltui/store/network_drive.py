"""Whether a database lies where locks cannot be relied on, or where another program copies it meanwhile."""

from __future__ import annotations

from pathlib import Path

from kvaltui.model.message import Message
from kvaltui.system.drives import drive_of


def warning(path: Path) -> Message | None:
    """What to say of a database at `path` on a network drive or in a cloud service's folder; None for all others."""
    drive = drive_of(path.resolve())
    if drive.network:
        return Message(
            "{file} lies on a network drive ({kind}), where two who write at once can damage it. "
            "Keep the database on this computer and join the copies with “kvaltui sync”",
            file=str(path),
            kind=drive.network,
        )
    if drive.cloud:
        return Message(
            "{file} lies in a folder that {service} copies away, also while it is being written, which can damage it. "
            "Keep the database outside it, and only the backups or the folder of “kvaltui sync” there",
            file=str(path),
            service=drive.cloud,
        )
    return None
