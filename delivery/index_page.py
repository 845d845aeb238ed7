"""The README as a package index shows it: without what only leads somewhere within the project."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]*)\)")
_ADDRESS = re.compile(r"[a-z][a-z+.-]*:")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_END = "\nThe pages that are named here come with the source of the program, and the user's guide with the program.\n"


def index_page(readme: str) -> str:
    """The text of the README for an index page, where no file lies beside it.

    Pictures that lie in the project are left out, with the paragraph that holds nothing else; a link to a file of the
    project is its words alone. Addresses stay as they are, and so does what stands in code.
    """
    return "".join(_without_empty_paragraphs(readme)).rstrip("\n") + "\n" + _END


def _without_empty_paragraphs(readme: str) -> Iterator[str]:
    is_code = was_blank = False
    for line in readme.splitlines(keepends=True):
        is_code ^= bool(_FENCE.match(line))
        kept = line if is_code or line.startswith("    ") else _LINK.sub(_words, _PICTURE.sub(_picture, line))
        is_dropped = bool(line.strip()) and not kept.strip()
        is_blank = not kept.strip()
        if not is_dropped and not (is_blank and was_blank):
            yield kept
        was_blank = is_blank if not is_dropped else was_blank


def _picture(found: re.Match[str]) -> str:
    return found[0] if _ADDRESS.match(found[0].rpartition("(")[2]) else ""


def _words(found: re.Match[str]) -> str:
    return found[0] if _ADDRESS.match(found[2]) or found[2].startswith("#") else found[1]
