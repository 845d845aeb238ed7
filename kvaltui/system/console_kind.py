"""What tells a program about its console: the environment, where terminals put it there, or the system.

docs/decisions/windows-console.md tells how it is on Windows, and why.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Final

from kvaltui.model.pattern import pattern
from kvaltui.model.value import dataclass

EVERYTHING: Final = "utf-8"
WINDOWS_FONTS: Final = "kvaltui_wgl4"
"""The encoding of what each font has that comes with Windows (Windows Glyph List 4); nothing is written in it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a program knows of the console that it runs in, apart from what the environment says."""

    says_by_environment: bool
    """Whether TERM, COLORTERM, LANG and LC_* say what the console is and can show, as terminals do by convention."""
    shows: str = EVERYTHING
    """An encoding that has what the console's own font has."""
    has_all_colours: bool = False
    """Whether the system knows that the console has all colours."""


BY_THE_ENVIRONMENT: Final = Surroundings(says_by_environment=True)
"""Linux and macOS."""

_WGL4: Final = pattern(
    "[\x00-\x7f\u00a0-\u017f\u0192\u01fa-\u01ff\u02c6\u02c7\u02c9\u02d8-\u02dd\u0384-\u038a\u038c\u038e-\u03a1"
    "\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e\u045f\u0490\u0491\u1e80-\u1e85\u1ef2\u1ef3"
    "\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u203c\u203e\u2044\u207f\u20a3\u20a4"
    "\u20a7\u20ac\u2105\u2113\u2116\u2122\u2126\u212e\u215b-\u215e\u2190-\u2195\u21a8\u2202\u2206\u220f\u2211\u2212"
    "\u2215\u2219\u221a\u221e\u221f\u2229\u222b\u2248\u2260\u2261\u2264\u2265\u2302\u2310\u2320\u2321\u2500\u2502"
    "\u250c\u2510\u2514\u2518\u251c\u2524\u252c\u2534\u253c\u2550-\u256c\u2580\u2584\u2588\u258c\u2590-\u2593\u25a0"
    "\u25a1\u25aa-\u25ac\u25b2\u25ba\u25bc\u25c4\u25ca\u25cb\u25cf\u25d8\u25d9\u25e6\u263a-\u263c\u2640\u2642\u2660"
    "\u2663\u2665\u2666\u266a\u266b\ufb01\ufb02]+"
)


def _encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    written: list[bytes] = []
    at = 0
    while at < len(text):
        found = _WGL4.match(text, at)
        end = found.end() if found else at
        written.append(text[at:end].encode())
        at = end
        if at < len(text):
            error = UnicodeEncodeError(WINDOWS_FONTS, text, at, at + 1, "no font of Windows is sure to have it")
            replacement, at = codecs.lookup_error(errors)(error)
            written.append(replacement if isinstance(replacement, bytes) else replacement.encode())
    return b"".join(written), len(text)


def _search(name: str) -> codecs.CodecInfo | None:
    if name != WINDOWS_FONTS:
        return None
    return codecs.CodecInfo(_encode, codecs.lookup(EVERYTHING).decode, name=WINDOWS_FONTS)


codecs.register(_search)


def is_dumb(environment: Mapping[str, str], here: Surroundings) -> bool:
    """Whether a terminal says that it can show plain text only, or says nothing where all that can show more do."""
    kind = environment.get("TERM", "")
    return kind in ("dumb", "unknown") or (not kind and here.says_by_environment)


def has_all_colours(environment: Mapping[str, str], here: Surroundings) -> bool:
    """Whether a terminal has all colours; Rich goes by the same."""
    if not here.says_by_environment:
        return here.has_all_colours
    return environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit")


def has_many_colours(environment: Mapping[str, str], here: Surroundings) -> bool:
    """Whether a terminal has 256 colours at least; Rich goes by the same."""
    if not here.says_by_environment:
        return True
    return environment.get("TERM", "").strip().lower().rpartition("-")[2] in ("256color", "kitty")
