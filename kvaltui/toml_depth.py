"""TOML, parsed: only what is nested no deeper than anything of ours.

Each part of a name with dots costs `tomllib` as much as all before it: 40 kB of `a.a.a…` took a second and 1.6 GB.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

from kvaltui.model.message import KvaltuiError, Message
from kvaltui.model.pattern import pattern

MOST_LEVELS = 16
"""So many names may stand after one another; our own files have three."""

# What nearly every file is done with, in one pass: no line has so many dots.
_MANY_DOTS = pattern(rf"(?m)^(?:[^.\n]*+\.){{{MOST_LEVELS}}}")
_TEXTS_AND_COMMENTS = pattern(
    r'"""(?:[^\\"]++|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']++|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|\#[^\n]*+",
    re.DOTALL,
)
_DEEP_NAME = pattern(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{MOST_LEVELS}}}")


class TooDeep(KvaltuiError):
    """A TOML text whose tables or lists are nested deeper than any file of ours."""


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML text. Raises TooDeep; ValueError for what is no TOML."""
    # Nothing is read beyond a NUL, of which a file with holes has a great many.
    end = text.find("\0")
    if _MANY_DOTS.search(text, 0, len(text) if end < 0 else end) and _DEEP_NAME.search(
        _TEXTS_AND_COMMENTS.sub("x", text)
    ):
        raise _too_deep()
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _too_deep() from None


def _too_deep() -> TooDeep:
    return TooDeep(Message("the tables or lists are nested too deeply: at most {count} levels", count=MOST_LEVELS))
