"""What a terminal hands over as pasted: lines ended in any way, and cells with tabs between them.

Most terminals (tmux, macOS, VS Code) send a carriage return between the lines, whatever stood there when it was copied.
"""

from __future__ import annotations

import re
from typing import Final

from kvaltui.model.clean import clean

_LINE_END: Final = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


def lines_of(text: str) -> list[str]:
    """The pasted lines, cleaned, without the empty ones at their end; tabs within them are kept."""
    lines = ["\t".join(clean(cell) for cell in each.split("\t")) for each in _LINE_END.split(text)]
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


def as_text(text: str) -> str:
    """A pasted text with its line ends, for a field that holds several lines; a tab stands as a blank."""
    return "\n".join(each.replace("\t", " ") for each in lines_of(text))


def as_one_line(text: str) -> str:
    """A pasted text for a field of one line: a blank where a line ended or a cell began, so that no figures join."""
    return " ".join(each for each in as_text(text).split("\n") if each.strip())
