"""The steps that bring a SQLite database to the current schema: `0001.sql`, `0002.sql`, …, one per `user_version`.

A step's statements are paragraphs: separated by an empty line, and without one inside. A landed step is never changed.
"""

from __future__ import annotations

from collections.abc import Mapping

SCHEMA_VERSION = 3
"""The version that this program reads and writes."""
ROWS_ARE_MADE_ANEW = frozenset({2})
"""Steps that change what rows follow from the journal: after them the rows are made from it once more."""


def steps() -> Mapping[int, tuple[str, ...]]:
    """The statements of each step, by the version that the step leads to."""
    from pathlib import Path

    found = {}
    for version in range(1, SCHEMA_VERSION + 1):
        text = (Path(__file__).parent / f"{version:04}.sql").read_text(encoding="utf-8")
        found[version] = tuple(paragraph for paragraph in text.split("\n\n") if _is_statement(paragraph))
    return found


def _is_statement(paragraph: str) -> bool:
    return any(line and not line.startswith("--") for line in paragraph.splitlines())
