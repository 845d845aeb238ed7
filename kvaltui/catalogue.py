"""The catalogue of translations: its source (.po) read, its compiled form (.mo) written.

    python -m kvaltui.catalogue sv.po kvaltui.mo

The build and `make` call it, so that neither needs gettext's own tools, and `kvaltui.i18n` when the compiled form is
missing or out of date in a source tree. Of the format it knows what our source uses: `msgid`, `msgstr`, comments.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kvaltui.model.pattern import pattern

_LINE = pattern(r'(?:(msgid|msgstr)\s+)?"((?:[^"\\]|\\[nt"\\])*)"')
_ESCAPE = pattern(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_MAGIC = 0x950412DE
_HEADER_SIZE = 28


class CatalogueError(ValueError):
    """A catalogue source that cannot be read, with the number of the line."""


class CatalogueEntry(NamedTuple):
    """A text, its translation and the line where it begins."""

    text: str
    translation: str
    line: int


def read_entries(source: str) -> Iterator[CatalogueEntry]:
    """Read a catalogue source entry by entry, without its header (the entry of the empty text).

    Raises CatalogueError for a line that is not understood, an empty translation or one without its text.
    """
    text: str | None = None
    translation: str | None = None
    start = 0
    for number, line in enumerate(source.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise CatalogueError(f"line {number}: not understood: {line}")
        keyword, quoted = found.groups()
        part = _ESCAPE.sub(lambda escape: _ESCAPED[escape[1]], quoted)
        if keyword == "msgid":
            yield from _finished(text, translation, start)
            text, translation, start = part, None, number
        elif keyword == "msgstr" and text is not None and translation is None:
            translation = part
        elif keyword is None and translation is not None:
            translation += part
        elif keyword is None and text is not None:
            text += part
        else:
            raise CatalogueError(f"line {number}: in the wrong place: {line}")
    yield from _finished(text, translation, start)


def _finished(text: str | None, translation: str | None, start: int) -> Iterator[CatalogueEntry]:
    if text is not None and not translation:
        raise CatalogueError(f"line {start}: without a translation: {text}")
    if text and translation:
        yield CatalogueEntry(text, translation, start)


def read(path: Path) -> dict[str, str]:
    """The translations of the catalogue source at `path`, by text. Raises CatalogueError."""
    return {entry.text: entry.translation for entry in read_entries(path.read_text(encoding="utf-8"))}


def compiled(translations: Mapping[str, str]) -> bytes:
    """The translations in gettext's binary form (.mo), which `gettext.GNUTranslations` reads."""
    header = {"": "Content-Type: text/plain; charset=UTF-8\n"}
    pairs = sorted((text.encode(), translation.encode()) for text, translation in {**header, **translations}.items())
    table_size = 8 * len(pairs)
    strings = bytearray()
    tables = [bytearray(), bytearray()]
    for column, table in enumerate(tables):
        for pair in pairs:
            table += struct.pack("<II", len(pair[column]), _HEADER_SIZE + 2 * table_size + len(strings))
            strings += pair[column] + b"\0"
    starts = (_HEADER_SIZE, _HEADER_SIZE + table_size, 0, _HEADER_SIZE + 2 * table_size)
    return struct.pack("<7I", _MAGIC, 0, len(pairs), *starts) + b"".join(tables) + strings


def compile_file(source: Path, target: Path) -> None:
    """Write the compiled form of the catalogue source. Raises CatalogueError; the target is then left as it was."""
    data = compiled(read(source))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


if __name__ == "__main__":
    compile_file(Path(sys.argv[1]), Path(sys.argv[2]))
