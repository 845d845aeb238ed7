"""No module needs one that needs it: each can be read, changed and tried with what it stands on, and nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import kvaltui

ROOT = Path(kvaltui.__file__).parent
ROOMS = ("", "commands", "exchange", "model", "store", "tui", "work")
"""The packages that are looked at; "" stands for the modules beside them."""


def modules(root: Path) -> dict[str, Path]:
    """Every module of a package by its name, without the package's own, and where it lies."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(root.rglob("*.py"))
        if path != root / "__init__.py"
    }


def imports(path: Path, package: str, known: Mapping[str, Path]) -> Iterator[str]:
    """What of a package a module imports, for its types alone and inside functions as well."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} says where it is, not where what it imports is"
            names = [f"{node.module}.{each.name}" for each in node.names]
        for name in names:
            inner = name.removeprefix(f"{package}.")
            found = next((each for each in (inner, inner.rpartition(".")[0]) if each in known), None)
            if found is not None and inner != name:
                yield found


def circle(root: Path, rooms: tuple[str, ...]) -> list[str]:
    """Modules of some rooms of a package of which each imports the next, and the last is the first; or none."""
    known = {name: path for name, path in modules(root).items() if _room(root, path) in rooms}
    graph = {name: set(imports(path, root.name, known)) for name, path in known.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def _room(root: Path, path: Path) -> str:
    inner = path.relative_to(root).parts
    return inner[0] if len(inner) > 1 else ""


@pytest.mark.thorough
def test_no_modules_import_each_other() -> None:
    assert circle(ROOT, ROOMS) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_that_is_looked_at_is_there(room: str) -> None:
    looked_at = [name for name, path in modules(ROOT).items() if _room(ROOT, path) == room]

    assert looked_at


@pytest.mark.parametrize(
    "back",
    [
        "from house.room.door import enter",
        "from house.room import door",
        "import house.room.door",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house.room.door import enter",
        "def leave():\n    from house.room import door",
    ],
)
def test_whatever_closes_a_circle_is_found(back: str, tmp_path: Path) -> None:
    room = tmp_path / "house" / "room"
    room.mkdir(parents=True)
    for file, text in {"__init__": "", "door": "from house.room.hall import walk", "hall": back, "loft": ""}.items():
        (room / f"{file}.py").write_text(text, encoding="utf-8")

    found = circle(tmp_path / "house", ("room",))

    assert found in (["room.door", "room.hall", "room.door"], ["room.hall", "room.door", "room.hall"])
    assert circle(tmp_path / "house", ("another",)) == []


@pytest.mark.thorough
def test_one_name_is_one_thing() -> None:
    """Two classes of one name are taken for each other by whoever reads both."""
    places: dict[str, set[Path]] = {}
    for path in sorted((Path(__file__).parents[1] / "kvaltui").rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                # What each system has of its own is one thing to all others (docs/architecture.md, Systems).
                places.setdefault(node.name, set()).add(path.with_stem(re.sub("_(posix|windows)$", "", path.stem)))
    assert {name: stands for name, stands in places.items() if len(stands) > 1} == {}
