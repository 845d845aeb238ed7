"""The way out: everything that a command prints, cleaned of what a terminal would obey and fit for its encoding.

What cannot be printed, since the disk is full or the reader has left, never stops a command: what it does it does to
its end, and `fault` says afterwards that nobody could be told.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from kvaltui.lookalike import nearest
from kvaltui.model.clean import clean
from kvaltui.model.pattern import pattern
from kvaltui.server_address import without_secrets
from kvaltui.system import streams

_REPLACEMENTS = "kvaltui-replace"


# What JSON leaves as it is but a terminal obeys: C1, marks that turn the direction of text, line separators. And the
# bytes of a file's name that are no characters: so written they come back as they were.
_UNSAFE_IN_JSON = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]")

_fault: OSError | None = None


def prepare_streams() -> None:
    """Let what is printed come out as it is on every system (`streams`), and no text fail for the terminal's encoding.

    What that lacks is written with the nearest ASCII there is.
    """
    global _fault  # noqa: PLW0603 - a process has one way out
    _fault = None
    codecs.register_error(_REPLACEMENTS, _replace)
    streams.prepare(_REPLACEMENTS)


def _replace(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)  # it is asked only when something is written
    return "".join(map(nearest, error.object[error.start : error.end])), error.end


def write(text: str = "") -> None:
    """Print lines that a person or a program reads, without anything that a terminal would obey."""
    _print(clean(without_secrets(text), multiline=True))


def write_fields(rows: Iterable[Sequence[str]]) -> None:
    """Print rows for a program: a line for each, its fields, of one line, parted by tabs."""
    lines = ["\t".join(clean(without_secrets(each)) for each in row) for row in rows]
    if lines:
        _print("\n".join(lines))


def complain(text: str) -> None:
    """Print an error or a warning, as far as there is anybody to read it."""
    if sys.stderr is not None:
        try:
            print(clean(without_secrets(text), multiline=True), file=sys.stderr)
        except OSError:
            streams.let_go_of(sys.stderr)


def fault() -> OSError | None:
    """Why what was printed has not all come out by now; None where it has."""
    if sys.stdout is not None:
        with printing():
            sys.stdout.flush()
    return _fault


@contextmanager
def printing() -> Iterator[None]:
    """Print in this context; what the system refuses is kept for `fault`, and what is printed after it goes nowhere."""
    global _fault  # noqa: PLW0603 - a process has one way out
    try:
        yield
    except OSError as error:
        _fault = _fault or error
        streams.let_go_of(sys.stdout)


def _print(text: str) -> None:
    if sys.stdout is not None:
        with printing():
            print(text, file=sys.stdout)


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
    _print(_UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


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
