"""The tests themselves: each says something, and none is content with the name of its own folder."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
_LONGEST_NAME = 30
"""So much of a test's name is in that of its folder, which pytest makes: in every path that a program prints."""
_SHORTEST_WORD = 3
"""What is shorter is no word that a program says."""
_REFUSING = frozenset({"raises", "warns", "fail", "xfail"})


Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Found:
    """A function of the tests, with the file and the class that it stands in."""

    file: str
    of_class: str
    function: Function

    @property
    def place(self) -> str:
        """Where it stands, to be told."""
        return f"{self.file}:{self.function.lineno} {self.function.name}"

    @property
    def is_test(self) -> bool:
        """Whether pytest runs it."""
        return self.function.name.startswith("test_") and Path(self.file).name.startswith("test_")


@cache
def functions() -> list[Found]:
    """Every function of the tests, within others too."""
    return [
        Found(path.relative_to(FOLDER.parent).as_posix(), owner, node)
        for path in sorted(FOLDER.rglob("*.py"))
        for owner, node in _functions(ast.parse(path.read_text(encoding="utf-8")), "")
    ]


def _functions(tree: ast.AST, owner: str) -> Iterator[tuple[str, Function]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield owner, node
        yield from _functions(node, node.name if isinstance(node, ast.ClassDef) else owner)


def _says_something(function: Function) -> bool:
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Raise) and "AssertionError" in ast.dump(node))
        or (isinstance(node, ast.Call) and _called(node) in _REFUSING)
        for node in ast.walk(function)
    )


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _helpers(found: list[Found]) -> frozenset[str]:
    """The names of functions, and of what is called as one, that say something by themselves or through others."""
    names = [each.of_class if each.function.name == "__call__" else each.function.name for each in found]
    asked = [_asked(each.function) for each in found]
    known = {name for name, each in zip(names, found, strict=True) if _says_something(each.function)}
    while True:
        more = {name for name, others in zip(names, asked, strict=True) if not known.isdisjoint(others)}
        if more <= known:
            return frozenset(known)
        known |= more


def _asked(function: Function) -> set[str]:
    """What a function calls: by its name, or, of a parameter that is called, by that of its type."""
    types = {each.arg: each.annotation.id for each in function.args.args if isinstance(each.annotation, ast.Name)}
    called = {_called(node) for node in ast.walk(function) if isinstance(node, ast.Call)}
    return called | {types[name] for name in called if name in types}


def test_every_test_asserts_something() -> None:
    found = functions()
    helpers = _helpers(found)
    silent = [
        each.place
        for each in found
        if each.is_test and not _says_something(each.function) and helpers.isdisjoint(_asked(each.function))
    ]
    assert silent == []


def _looked_for(function: Function) -> Iterator[tuple[str, bool]]:
    """The texts that a test looks for in something: as they are, and whether they are patterns."""
    for node in ast.walk(function):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In) and isinstance(node.left, ast.Constant):
            if isinstance(node.left.value, str) and not isinstance(
                node.comparators[0], ast.Tuple | ast.List | ast.Set | ast.Dict
            ):
                yield node.left.value, False
        elif isinstance(node, ast.Call):
            patterns = [each.value for each in node.keywords if each.arg == "match"]
            if _called(node) in ("search", "findall") and node.args:
                patterns.append(node.args[0])
            yield from (
                (each.value, True)
                for each in patterns
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


@pytest.mark.thorough
def test_no_test_is_content_with_the_name_of_its_own_folder() -> None:
    """A program that prints a path prints the name of the test with it: what is looked for must not be in that."""
    content = [
        f"{each.place}: {text!r}"
        for each in functions()
        if each.is_test
        for text, is_pattern in _looked_for(each.function)
        if len(text) >= _SHORTEST_WORD
        and re.search(text if is_pattern else re.escape(text), re.sub(r"\W", "_", each.function.name)[:_LONGEST_NAME])
    ]
    assert content == []
