"""The project's own texts as people read them: pages whole, and of the code its comments and docstrings."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[1]
_FOLDERS = ("kvaltui", "tests", "docs", "benchmarks", "delivery", ".ci")
_BESIDE = ("db/README.md", "db/schema.sql", "Makefile", "pyproject.toml", "setup.py", "config.toml", "MANIFEST.in")
_WRITTEN_BY_HAND = frozenset({".py", ".md", ".toml", ".tcss", ".sql", ".po", ""})
_TOLD = re.compile(r'"{3}(.*?)"{3}|(?:^|(?<=\s))# (.*?)$', re.DOTALL | re.MULTILINE)
"""Docstrings, with other texts of several lines, and comments. Python's own tokenizer takes far longer."""
_MADE = frozenset({"__pycache__", "__snapshots__", "LC_MESSAGES"})


@cache
def files() -> tuple[str, ...]:
    """Every text of the project that somebody has written, by its path within the project."""
    found = [path for folder in _FOLDERS for path in (PROJECT / folder).rglob("*") if not _MADE & set(path.parts)]
    found += [*PROJECT.glob("*.md"), *(PROJECT / each for each in _BESIDE)]
    return tuple(
        sorted(
            path.relative_to(PROJECT).as_posix() for path in found if path.is_file() and path.suffix in _WRITTEN_BY_HAND
        )
    )


@cache
def prose_of(file: str) -> str:
    """What a file says to its reader, on one line: of a module its comments and docstrings, of all else the whole."""
    text = (PROJECT / file).read_text(encoding="utf-8")
    if file.endswith(".py"):
        text = "\n".join(docstring or comment for docstring, comment in _TOLD.findall(text))
    return " ".join(text.split())


@cache
def headings(page: str) -> tuple[str, ...]:
    """The headings of a page, without those that only look so in a block of code."""
    text = re.sub(r"^```.*?^```", "", (PROJECT / page).read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return tuple(re.findall(r"^#+ (.+?)\s*$", text, re.MULTILINE))


def anchors(page: str) -> frozenset[str]:
    """What a link can lead to within a page: each heading as it is written in the address."""
    return frozenset(re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings(page))
