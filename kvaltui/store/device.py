"""The device that writes: an account on a computer with a database at a place, known by a name and by a secret.

The secret is 32 random bytes in a file of the person's own data folder, never in the working folder: whoever copies a
working folder, to another computer, account or place, has not copied it and is another device from the first change on.
The name is made from the secret, so that a lost secret means a new name and never two devices of one name. The secret
seals what is written here (docs/architecture.md, The store) and is the private half of the key that signs bundles.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from kvaltui.config import user_data_folder
from kvaltui.half_made import beside
from kvaltui.model.clean import clean
from kvaltui.model.value import dataclass
from kvaltui.store.sqlite_file import machine_id, make_folder

_MOST_BYTES = 1000
_SECRET = re.compile("[0-9a-f]{64}")
_LONGEST_HOST = 60


@dataclass(frozen=True, slots=True)
class Device:
    """`name` is what others see, `secret` 32 bytes; None where none could be kept, so that nothing can be proved."""

    name: str
    secret: bytes | None

    def seal(self, chain: str) -> str:
        """What only this device can say about the journal up to a chain: 64 hexadecimal digits, "" without a secret.

        A keyed BLAKE2b of it: editing the journal and computing its chain anew does not make the seals fit again.
        """
        if self.secret is None:
            return ""
        return hashlib.blake2b(chain.encode(), key=self.secret, digest_size=32, person=b"kvaltui seal").hexdigest()


def device_at(place: str, *, is_made: bool = True) -> Device:
    """This account's device for the database at a place, made when there is none (unless not `is_made`)."""
    path = _path(place)
    secret = _read(path)
    if secret is None and is_made:
        secret = _make(path)
    if secret is None:
        return Device(_named(_here(place)), None)
    return Device(_named(b"kvaltui device\n" + secret), secret)


def forget(place: str) -> None:
    """Be another device from the next change on: what this one has written may be gone from the database at a place."""
    with suppress(OSError):
        _path(place).unlink(missing_ok=True)


def _path(place: str) -> Path:
    return user_data_folder() / "devices" / f"{_digest(_here(place))[:32]}.json"


def _here(place: str) -> bytes:
    return f"{machine_id()}\n{os.getuid()}\n{place}".encode(errors="surrogatepass")


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _named(text: bytes) -> str:
    # As socket.gethostname says it, whose import would cost more than all else here.
    host = clean(os.uname().nodename.partition(".")[0])[:_LONGEST_HOST]
    return f"{host}-{_digest(text)[:8]}"


def _read(path: Path) -> bytes | None:
    """The secret in a file, if it is one that nobody else can have read or put there."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        status = os.fstat(handle)
        is_ours = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077
        values = json.loads(os.read(handle, _MOST_BYTES)) if is_ours and status.st_nlink == 1 else None
    except (OSError, ValueError, RecursionError):
        return None
    finally:
        os.close(handle)
    secret = values.get("secret") if isinstance(values, dict) else None
    return bytes.fromhex(secret) if isinstance(secret, str) and _SECRET.fullmatch(secret) else None


def _make(path: Path) -> bytes | None:
    """Keep a new secret; None where that cannot be. What cannot be believed there is replaced."""
    secret = os.urandom(32)
    try:
        make_folder(path.parent, shared=False)
        with beside(path) as new:
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(json.dumps({"secret": secret.hex()}) + "\n")
                file.flush()
                os.fsync(handle)
            new.replace(path)
    except OSError:
        return None
    return _read(path)
