"""The device that writes: an account on a computer with a database at a place, known by a name and by a secret.

The secret is 32 random bytes in a file of the person's own data folder, never in the working folder: whoever copies a
working folder, to another computer, account or place, has not copied it and is another device from the first change on.
The name is made from the secret, so that a lost secret means a new name and never two devices of one name. The secret
seals what is written here (docs/store.md, Who wrote it) and is the private half of the key that signs bundles.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kvaltui import half_made
from kvaltui.config import user_data_folder
from kvaltui.model.clean import clean
from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store.sqlite_file import make_folder
from kvaltui.system.accounts import account_id, computer_id, computer_name
from kvaltui.system.folder import NoOrdinaryFile

_MOST_BYTES = 1000
_MOST_ATTEMPTS = 3
_SECRET = re.compile("[0-9a-f]{64}")
_LONGEST_HOST = 60

NO_KEY = Message("What is changed here cannot be signed: no key can be kept in your data folder")
"""What to tell where a device has no secret and can keep none."""


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
    secret = _secret_in(_values(path))
    if secret is None and is_made:
        secret = _make(path)
    if secret is None:
        return Device(_named(_here(place)), None)
    return Device(_named(b"kvaltui device\n" + secret), secret)


def can_keep_secret(place: str) -> bool:
    """Whether this account has a secret for the database at a place, or could keep one; nothing is made."""
    path = _path(place)
    if _secret_in(_values(path)) is not None:
        return True
    folder = next(each for each in path.parents if os.path.lexists(each))
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def forget(place: str) -> None:
    """Be another device from the next change on: what this one has written may be gone from the database at a place."""
    with suppress(OSError):
        _path(place).unlink(missing_ok=True)


def _path(place: str) -> Path:
    return user_data_folder() / "devices" / f"{_digest(_here(place))[:32]}.json"


def _here(place: str) -> bytes:
    return f"{computer_id()}\n{account_id()}\n{place}".encode(errors="surrogatepass")


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _named(text: bytes) -> str:
    host = clean(computer_name())[:_LONGEST_HOST]
    return f"{host}-{_digest(text)[:8]}"


def known_tip(place: str) -> tuple[int, str] | None:
    """The revision up to which the journal at a place was last found whole here, and its chain; None: never."""
    match _values(_path(place)).get("tip"):
        case [int(sequence), str(chain)] if sequence > 0:
            return sequence, chain
    return None


def keep_tip(place: str, sequence: int, chain: str) -> None:
    """Remember, beside the secret, up to where the journal at a place has been found whole.

    Whoever may write the database cannot write there: what is rewritten or cut off before that is found. Where it
    cannot be kept, or there is no device, nothing is.
    """
    path = _path(place)
    values = _values(path)
    if _secret_in(values) is not None:
        with suppress(OSError):
            data = _written({**values, "tip": [sequence, chain]})
            half_made.write(path, data, 0o600, half_made.whatever_lies_there)


def _values(path: Path) -> dict[str, Any]:
    """What a device's file holds, if it is one that nobody else can have read or put there."""
    try:
        values = json.loads(half_made.read_own(path, _MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _secret_in(values: Mapping[str, Any]) -> bytes | None:
    secret = values.get("secret")
    return bytes.fromhex(secret) if isinstance(secret, str) and _SECRET.fullmatch(secret) else None


def _make(path: Path) -> bytes | None:
    """Keep a new secret; None where that cannot be. What cannot be believed there is removed.

    Where another program of the same account has made one at the same moment, that one is the device's.
    """
    new = _written({"secret": os.urandom(32).hex()})
    try:
        make_folder(path.parent, shared=False)
        for _attempt in range(_MOST_ATTEMPTS):
            with suppress(FileExistsError, NoOrdinaryFile):
                half_made.write(path, new, 0o600)
            secret = _secret_in(_values(path))
            if secret is not None:
                return secret
            path.unlink(missing_ok=True)
    except OSError:
        pass
    return None


def _written(values: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(values)}\n".encode()
