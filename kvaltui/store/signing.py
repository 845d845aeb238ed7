"""What a device says that it has written in a plan, signed; and why it may be that a revision cannot be proved.

A statement covers the revisions 1..n of one device by a running digest over them in the order of their numbers, so that
none of them can be altered, left out, added or put in another order by whoever carries them. It is signed with Ed25519
(the package cryptography, imported only here, when something is signed or checked) by the device's secret as the seed.
Where that package cannot be had, as on a computer that lets no foreign library be loaded, nothing is signed, and what
others have signed is taken in only when a person agrees. docs/store.md, Who wrote it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from kvaltui.model.message import Message
from kvaltui.model.value import dataclass
from kvaltui.store.state import canonical

NOTHING_WRITTEN = "0" * 64
"""The digest of no revisions."""
_DOMAIN = "kvaltui statement 1\n"


class Unproved(StrEnum):
    """Why it cannot be proved that a revision was written by the device that it names; kept with the revision."""

    UNSIGNED = "unsigned"
    WRONGLY_SIGNED = "wrongly_signed"
    ANOTHER_KEY = "another_key"
    DENIES_EARLIER = "denies_earlier"
    NOT_CHECKED = "not_checked"

    @property
    def message(self) -> Message:
        """In words, after a colon."""
        return _REASONS[self]

    @classmethod
    def of(cls, proof: str | None) -> Unproved | None:
        """What a revision's `proof` says; None where it is proved, written here, or from before that was asked."""
        if not proof:
            return None
        return _BY_VALUE.get(proof, cls.UNSIGNED)


_BY_VALUE: dict[str, Unproved] = {each.value: each for each in Unproved}
_REASONS = {
    Unproved.UNSIGNED: Message("it is not signed"),
    Unproved.WRONGLY_SIGNED: Message("the signature is not true of it"),
    Unproved.ANOTHER_KEY: Message("it is signed with another key than the first one seen"),
    Unproved.DENIES_EARLIER: Message("it denies what was written there earlier"),
    Unproved.NOT_CHECKED: Message("signatures cannot be checked here, where the package cryptography cannot be loaded"),
}
CANNOT_SIGN = Message(
    "What is changed here is not signed, and what others have signed cannot be checked: the package cryptography "
    "cannot be loaded. Everything else works without it"
)
"""What to tell where there is no way to sign."""


@dataclass(frozen=True, slots=True)
class Statement:
    """That `device` has written `revisions` revisions in `plan`, and their digest.

    Key, digest and signature are hexadecimal, of 32, 32 and 64 bytes.
    """

    plan: str
    device: str
    public_key: str
    revisions: int
    digest: str
    signature: str

    @property
    def is_genuine(self) -> bool:
        """Whether it is signed by the key that it names; only where `can_sign`."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.public_key))
            key.verify(bytes.fromhex(self.signature), _signed_text(self))
        except (InvalidSignature, ValueError):
            return False
        return True


def running_digest(texts: Iterable[str], after: str = NOTHING_WRITTEN) -> str:
    """The digest of a device's revisions in the order of their numbers, `after` being that of those before them."""
    for text in texts:
        after = hashlib.sha256(f"{after}\n{text}".encode(errors="surrogatepass")).hexdigest()
    return after


def can_sign() -> bool:
    """Whether signatures can be made and checked here."""
    try:
        import cryptography.hazmat.primitives.asymmetric.ed25519  # noqa: F401 - all that matters is whether it loads
    except ImportError:
        return False
    return True


def sign(secret: bytes, plan: str, device: str, revisions: int, digest: str) -> Statement:
    """The statement of the device whose secret (32 bytes) this is; only where `can_sign`."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(secret)
    unsigned = Statement(plan, device, key.public_key().public_bytes_raw().hex(), revisions, digest, "")
    return Statement(plan, device, unsigned.public_key, revisions, digest, key.sign(_signed_text(unsigned)).hex())


def public_key(secret: bytes) -> str:
    """The key by which everybody can check what a secret has signed: 64 hexadecimal digits; only where `can_sign`."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw().hex()


def _signed_text(statement: Statement) -> bytes:
    """The one text that is signed: no two statements have the same, and nothing else of the program begins so."""
    said = {
        "device": statement.device,
        "digest": statement.digest,
        "plan": statement.plan,
        "public_key": statement.public_key,
        "revisions": statement.revisions,
    }
    return (_DOMAIN + canonical(said)).encode(errors="surrogatepass")
