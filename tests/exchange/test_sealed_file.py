"""The container of a bundle: what is altered anywhere is refused, and what unpacks to too much is too."""

from __future__ import annotations

import hashlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.exchange import sealed_file
from kvaltui.exchange.sealed_file import BundleFileError, seal, unseal

LINES = ['{"a":"åäö\u2028"}', "", "[/x]"]
SEALED = seal(LINES)


def resealed(content: bytes) -> bytes:
    """A file whose seal is right whatever it holds."""
    return f"kvaltui bundle 1 sha256 {hashlib.sha256(content).hexdigest()}\n".encode() + content


def test_there_and_back_and_always_the_same_bytes() -> None:
    assert list(unseal(SEALED, "b.kvb")) == LINES
    assert seal(LINES) == SEALED


def test_every_altered_byte_is_refused() -> None:
    for place in range(len(SEALED)):
        for flipped in (SEALED[place] ^ 1, SEALED[place] ^ 0x20):
            with pytest.raises(BundleFileError):
                list(unseal(SEALED[:place] + bytes([flipped]) + SEALED[place + 1 :], "b.kvb"))


def test_every_cut_and_every_addition_is_refused() -> None:
    for length in range(len(SEALED)):
        with pytest.raises(BundleFileError):
            list(unseal(SEALED[:length], "b.kvb"))
    for more in (SEALED + b"\0", b"\n" + SEALED, SEALED + SEALED):
        with pytest.raises(BundleFileError):
            list(unseal(more, "b.kvb"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zlib.compress(b'{"a": "\xff"}\n'), "does not hold"),
        (zlib.compress(b"{}"), "does not hold"),
        (zlib.compress(b"{}\n") + b"more", "does not hold"),
        (zlib.compress(b"{}\n" * 1000)[:-8], "does not hold"),
        (b"no zlib", "does not hold"),
        (b"", "does not hold"),
    ],
)
def test_what_is_sealed_but_no_bundle(content: bytes, words: str) -> None:
    with pytest.raises(BundleFileError, match=words):
        list(unseal(resealed(content), "b.kvb"))


def test_other_files_and_later_formats() -> None:
    with pytest.raises(BundleFileError, match=r"b\.kvb is not a bundle"):
        unseal(b"SQLite format 3\0", "b.kvb")
    with pytest.raises(BundleFileError, match="is a bundle of format 3; this program reads formats up to 2"):
        unseal(SEALED.replace(b"bundle 2", b"bundle 3"), "b.kvb")


@pytest.mark.thorough
def test_what_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_file, "MOST_UNPACKED", 2**22)
    bomb = resealed(zlib.compress(b"{}\n" * 2**21))
    with pytest.raises(BundleFileError, match="too large"):
        list(unseal(bomb, "b.kvb"))
    monkeypatch.setattr(sealed_file, "LONGEST_LINE", 2**20)
    with pytest.raises(BundleFileError, match="too large"):
        list(unseal(resealed(zlib.compress(b" " * 2**22)), "b.kvb"))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"))))
def test_any_lines_come_back(lines: list[str]) -> None:
    assert list(unseal(seal(lines), "b.kvb")) == lines


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, is_packed: bool) -> None:
    try:
        list(unseal(resealed(zlib.compress(data) if is_packed else data), "b.kvb"))
    except BundleFileError as error:
        message = str(error)
    else:
        message = "b.kvb"
    assert "b.kvb" in message
