"""Where something stands in a plan file, for messages: its line, its tables and its key."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kvaltui.model.value import dataclass

_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*=""")
_PROSE_MARK = re.compile(r'"""|\'\'\'')


@dataclass(frozen=True, slots=True)
class Place:
    """A table by its names and indexes from the top of the file, such as `(("indicator", 2), ("target", 0))`."""

    path: tuple[tuple[str, int], ...] = ()

    def child(self, name: str, index: int = 0) -> Place:
        """The table `name` in this one; `index` counts those of the same name from 0."""
        return Place((*self.path, (name, index)))

    def dotted(self, key: str = "") -> str:
        """As a reader finds it: `indicator[3].target[1].value`, counted from 1."""
        names = [name if index < 0 else f"{name}[{index + 1}]" for name, index in self.path]
        return ".".join([*names, *([key] if key else [])])

    def line(self, text: str, key: str = "") -> int | None:
        """The line of the table's key, or of the table itself, from 1; None where it is written in some other way."""
        table_line = None
        for number, path, name in _lines(text):
            if path == self.path and name == key and (key or path):
                return number
            if key and not name and path[:-1] == self.path and path[-1][0] == key:
                return number
            if self.path and path == self.path:
                table_line = table_line or number
        return table_line


def _lines(text: str) -> Iterator[tuple[int, tuple[tuple[str, int], ...], str]]:
    """Each header ("" for its key) and each key of a plan file with its line and the table it belongs to."""
    path: tuple[tuple[str, int], ...] = ()
    counts: dict[tuple[tuple[str, int], ...], int] = {}
    inside = ""
    for number, line in enumerate(text.split("\n"), 1):
        was_inside = bool(inside)
        for mark in _PROSE_MARK.findall(line):
            inside = "" if mark == inside else inside or mark
        if was_inside:
            continue
        if header := _HEADER.match(line):
            names = [name.strip().strip("\"'") for name in header[1].split(".")]
            above: tuple[tuple[str, int], ...] = ()
            for name in names[:-1]:
                above = (*above, (name, counts.get((*above, (name, -1)), 0) - 1))
            if line.lstrip().startswith("[["):
                count = counts.get((*above, (names[-1], -1)), 0)
                counts[(*above, (names[-1], -1))] = count + 1
                path = (*above, (names[-1], count))
            else:
                path = (*above, (names[-1], -1))
            yield number, path, ""
        elif key := _KEY.match(line):
            yield number, path, key[1] or key[2] or key[3]
