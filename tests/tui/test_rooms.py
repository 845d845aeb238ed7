"""The program stands on top of its window, and no module of it needs one that needs it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import kvaltui

ROOT = Path(kvaltui.__file__).parent
MODULES = {".".join(path.relative_to(ROOT.parent).with_suffix("").parts): path for path in ROOT.rglob("*.py")}
WINDOW = {name: path for name, path in MODULES.items() if name.startswith("kvaltui.tui.")}


def imports(path: Path) -> Iterator[str]:
    """The modules of the window that a module imports, for its types alone and inside functions as well."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [str(node.module), *(f"{node.module}.{each.name}" for each in node.names)]
        yield from (name for name in names if name in WINDOW)


@pytest.mark.thorough
def test_no_modules_of_the_window_import_each_other() -> None:
    graph = {name: set(imports(path)) for name, path in WINDOW.items()}
    assert any(graph.values())
    circle: list[str] = []
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = error.args[1]
    assert circle == []


def test_only_what_starts_the_program_imports_it() -> None:
    knowing = {name for name, path in MODULES.items() if "kvaltui.tui.app" in imports(path)}
    assert knowing == {"kvaltui.tui.start"}
