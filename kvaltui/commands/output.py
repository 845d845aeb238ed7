"""The way out: everything that a command prints, cleaned of what a terminal would obey and fit for its encoding."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable
from typing import TextIO

from kvaltui.lookalike import nearest
from kvaltui.model.clean import clean
from kvaltui.model.pattern import pattern

_REPLACEMENTS = "kvaltui-replace"


# What JSON leaves as it is but a terminal obeys: C1, marks that turn the direction of text, line separators.
_UNSAFE_IN_JSON = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]")


def prepare_streams() -> None:
    """Let no text fail for the encoding of the terminal: what it lacks is written with the nearest ASCII there is."""
    codecs.register_error(_REPLACEMENTS, _replace)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=_REPLACEMENTS)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(nearest, error.object[error.start : error.end])), error.end


def write(text: str = "") -> None:
    """Print lines that a person or a program reads, without anything that a terminal would obey."""
    _print(text, sys.stdout)


def complain(text: str) -> None:
    """Print an error or a warning."""
    _print(text, sys.stderr)


def _print(text: str, stream: TextIO | None) -> None:
    if stream is not None:
        print(clean(text, multiline=True), file=stream)


def write_json(value: object) -> None:
    """Print a value as JSON, a line for each thing in its lists; in ASCII where the encoding is poorer than UTF-8."""
    from json import JSONEncoder

    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    # Its own indenting is done without the encoder in C, and takes ten times as long.
    encode = JSONEncoder(ensure_ascii=encoding != "utf8").encode
    if isinstance(value, dict):
        lines = (f" {encode(name)}: {_listed(each, encode)}" for name, each in value.items())
        text = "{\n" + ",\n".join(lines) + "\n}"
    else:
        text = _listed(value, encode)
    if sys.stdout is not None:
        print(_UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text), file=sys.stdout)


def _listed(value: object, encode: Callable[[object], str]) -> str:
    """JSON of a value; of a list of things, a line for each."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n  " + ",\n  ".join(map(encode, value)) + "\n ]"
    return encode(value)


def width(default: int = 80) -> int:
    """The columns to write for: $COLUMNS, the terminal's own, or `default` where there is none."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or default
    except (OSError, ValueError, AttributeError):
        return default
