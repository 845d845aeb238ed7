"""Which tests are to notice a change of a module, the nearest first."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

OF_ROOMS = {"model": ("model",), "store": ("store",), "exchange": ("exchange",), "work": ("work", "tui")}
"""Rooms of the program, and the folders with the tests of each."""
ACROSS = ("documents", "commands")
"""Folders whose tests go through the whole of the program, also where no import tells: they come last."""

Imports = Mapping[str, frozenset[str]]


def imports_of(project: Path) -> Imports:
    """By the path of each module of the program and of the tests, the paths of those of the program that it imports."""
    paths = [path for top in ("kvaltui", "tests") for path in (project / top).rglob("*.py")]
    files = {path.relative_to(project).as_posix(): path for path in paths}
    return {name: frozenset(_imported(path, files)) for name, path in files.items()}


def tests_of(module: str, imports: Imports) -> list[str]:
    """The test files for a module such as `kvaltui/store/journal.py`, in the order in which they are asked.

    First those of its room, then those that go through the whole program. Of each: the one that has the module's name,
    then by how many modules lie between the test and it.
    """
    path = Path(module)
    folders = (*OF_ROOMS[path.parts[1]], *ACROSS)
    far = _distances(module, imports)
    found = [
        (place, Path(test).stem != f"test_{path.stem}", far.get(test, len(imports)), test)
        for test in imports
        for place, folder in enumerate(folders)
        if test.startswith(f"tests/{folder}/test_") and (test in far or folder in ACROSS)
    ]
    return [test for *_, test in sorted(found)]


def _distances(module: str, imports: Imports) -> dict[str, int]:
    """How many steps there are from whatever imports a module, by itself or through others, to it."""
    far, reached = {module: 0}, {module}
    while reached:
        reached = {name for name, imported in imports.items() if name not in far and not imported.isdisjoint(reached)}
        far |= dict.fromkeys(reached, 1 + max(far.values()))
    return far


def _imported(path: Path, files: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            for file in (f"{name.replace('.', '/')}.py", f"{name.replace('.', '/')}/__init__.py"):
                if file in files:
                    yield file
