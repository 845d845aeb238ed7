"""Writing a file in one step: a reader sees the old one or the new one, whole, and never anything between."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kvaltui.exchange.file_error import FileError, unwritable
from kvaltui.model.message import Message


def write_file(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Write `data` to `path` under a temporary name, to the disk, and then by its own name.

    An earlier file is replaced and keeps its access rights; a new one gets `mode`. Something that is no ordinary file,
    such as a folder, is left alone. Raises FileError; what was there is then as it was.
    """
    path = Path(os.path.abspath(path)).resolve()  # noqa: PTH100 - a link is followed, not replaced
    new = path.with_name(f".{path.name[:100]}.{os.getpid()}.new")
    try:
        if path.exists():
            found = path.stat().st_mode
            if not stat.S_ISREG(found):
                raise FileError(Message("{file} is no ordinary file and is left as it is", file=str(path)))
            mode = stat.S_IMODE(found)
        try:
            _write(new, data, mode)
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise unwritable(str(path), error) from None


def _write(path: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
        path.chmod(mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some shared folders cannot be synced; the file itself has been
    finally:
        os.close(descriptor)
