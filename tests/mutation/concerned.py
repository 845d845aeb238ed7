"""Which tests are to notice a change of a module, those that are about it first."""

from __future__ import annotations

import re
from pathlib import Path

OF_ROOMS = {"model": "model", "store": "store", "exchange": "exchange", "work": "tui"}
"""Rooms of the program, and the folder with the tests of each."""
ACROSS = ("commands", "documents")
"""Folders whose tests go through the whole of the program, after those that are nearer."""


def tests_of(module: str, project: Path) -> list[str]:
    """The test files for a module such as `kvaltui/store/journal.py`, in the order in which they are asked.

    First the one that has its name, then those of its room that import it, then the others of its room, those elsewhere
    that import it, and what goes through the whole program.
    """
    path = Path(module)
    name = ".".join(path.with_suffix("").parts)
    room, stem = path.parts[1], path.stem
    imported = re.compile(rf"(?:from|import) {re.escape(name)}\b|from {re.escape('.'.join(path.parts[:-1]))} import.*\b{stem}\b")
    own = project / "tests" / room
    folder = own if own.is_dir() else project / "tests" / OF_ROOMS[room]

    def nearness(test: Path) -> int | None:
        is_near, names_it = test.parent == folder, bool(imported.search(test.read_text(encoding="utf-8")))
        if test.stem == f"test_{stem}" and is_near:
            return 0
        if names_it:
            return 1 if is_near else 3
        return 2 if is_near else (4 if test.parent.name in ACROSS else None)

    found = [(near, test.relative_to(project).as_posix()) for test in (project / "tests").rglob("test_*.py")
             if (near := nearness(test)) is not None]
    return [test for _, test in sorted(found)]
