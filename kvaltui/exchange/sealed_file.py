"""The container of a bundle: lines of text, compressed, under a first line that seals every byte with its digest.

    kvaltui bundle 2 sha256 0c5e…e1\\n
    <zlib: the lines, each ended by \\n>

A file that is cut, lengthened or altered anywhere is refused before anything of it is unpacked. The seal shows damage,
and tampering by those who do not know how it is made; who wrote what is signed inside (`bundle_file`).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator

from kvaltui.exchange.file_error import FileError
from kvaltui.model.message import Message

FORMAT = 2
"""In format 1 nobody signed what the lines say."""
MOST_UNPACKED = 512 * 2**20
"""Unpacked size in bytes above which a bundle is refused: a small file can hold a great many zeros."""
LONGEST_LINE = 16 * 2**20
_MOST_PACKED = 100
"""So many times its own size a bundle may unpack to, once that is more than `_ALWAYS_UNPACKED`; revisions do to 15."""
_ALWAYS_UNPACKED = 8 * 2**20

_FIRST_LINE = re.compile(rb"kvaltui bundle ([1-9][0-9]{0,5}) sha256 ([0-9a-f]{64})\n")
_LONGEST_FIRST_LINE = 200
_CHUNK = 2**20


class BundleFileError(FileError):
    """A bundle that is not one, is damaged, or holds what no bundle holds. Nothing of it has been used."""


def seal(lines: Iterable[str]) -> bytes:
    """The bytes of a file that holds lines of text (without their ends). The same lines always give the same bytes."""
    packer = zlib.compressobj(level=9)
    packed = b"".join([*(packer.compress(f"{line}\n".encode()) for line in lines), packer.flush()])
    return f"kvaltui bundle {FORMAT} sha256 {hashlib.sha256(packed).hexdigest()}\n".encode() + packed


def unseal(data: bytes, name: str) -> Iterator[str]:
    """The lines of a sealed file, one after the other; the seal is proved before the first.

    Raises BundleFileError: no bundle, a later format, a broken seal, too large, not UTF-8.
    """
    first = _FIRST_LINE.match(data[:_LONGEST_FIRST_LINE])
    if not first:
        raise BundleFileError(Message("{file} is not a bundle of kvaltui, or its beginning is missing", file=name))
    if int(first[1]) > FORMAT:
        from kvaltui.installed import how_to_upgrade

        raise BundleFileError(
            Message(
                "{file} is a bundle of format {format}; this program reads formats up to {known}. {how}",
                file=name,
                format=first[1].decode(),
                known=FORMAT,
                how=how_to_upgrade(),
            )
        )
    packed = memoryview(data)[first.end() :]
    if hashlib.sha256(packed).hexdigest().encode() != first[2]:
        raise BundleFileError(
            Message("{file} is damaged or cut off: its content does not fit its seal. Fetch it again", file=name)
        )
    return _texts(packed, name)


def _texts(packed: memoryview, name: str) -> Iterator[str]:
    for line in _lines(packed, name):
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            raise not_a_bundle(name) from None


def _lines(packed: memoryview, name: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    rest, left = b"", min(MOST_UNPACKED, max(len(packed) * _MOST_PACKED, _ALWAYS_UNPACKED))
    waiting: bytes | memoryview = packed
    try:
        while not unpacker.eof:
            chunk = unpacker.decompress(waiting, _CHUNK)
            waiting = unpacker.unconsumed_tail
            left -= len(chunk)
            if left < 0 or len(rest) > LONGEST_LINE:
                raise BundleFileError(Message("{file} is too large when it is unpacked", file=name))
            if not chunk and not waiting and not unpacker.eof:
                raise not_a_bundle(name)
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines
    except zlib.error:
        raise not_a_bundle(name) from None
    if rest or unpacker.unused_data:
        raise not_a_bundle(name)


def not_a_bundle(name: str) -> BundleFileError:
    """The error for a file whose seal is whole and whose content is not that of a bundle."""
    return BundleFileError(Message("{file} does not hold what a bundle holds", file=name))
