"""What is private of Textual's is there, is named in one module, and is hidden by nothing that is called the same."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from textual.app import App
from textual.driver import Driver
from textual.events import Event
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

import kvaltui
from kvaltui.tui.terminal import textual_private
from kvaltui.tui.terminal.driver import CalmDriver
from tests.tui.walking import nodes

ROOT = Path(kvaltui.__file__).parent
THE_MODULE = Path(textual_private.__file__)
OTHERS = [path for path in sorted(ROOT.rglob("*.py")) if path != THE_MODULE]
TEXTUALS = (App, Screen, Widget, Driver, Event, Message)


def is_private(name: str) -> bool:
    """Whether it is nobody else's. Handlers (`_on_key`) are called with those of subclasses, not replaced by them."""
    return name.startswith("_") and not name.startswith(("__", "_on_"))


def own_names(source: str) -> Iterator[str]:
    """The private names that a piece of a program defines: methods, and attributes of an object or its class."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and is_private(node.name):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_private(node.attr):
            yield node.attr
        elif isinstance(node, ast.ClassDef):
            assigned = (each for each in node.body if isinstance(each, ast.Assign | ast.AnnAssign))
            yield from (name for name in map(_assigned_to, assigned) if is_private(name))


def _assigned_to(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return target.id if isinstance(target, ast.Name) else ""


@cache
def private_of(textuals: type) -> frozenset[str]:
    """The private names of a class of Textual's, with those that its objects get as they are made."""
    ours = [each for each in textuals.__mro__ if each.__module__.partition(".")[0] == "textual"]
    assigned = {name for each in ours for name in own_names(textwrap.dedent(inspect.getsource(each)))}
    return frozenset({*filter(is_private, dir(textuals)), *assigned})


def used_in(path: Path) -> set[str]:
    """The private attributes that a module asks for of whatever it has at hand, but for `os._exit`."""
    return {
        node.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and is_private(node.attr) and ast.unparse(node) != "os._exit"
    }


def test_every_private_name_that_is_used_is_there() -> None:
    hooked = {
        textual_private.HookedPump: App,
        textual_private.HookedWidget: Widget,
        textual_private.HookedScreen: Screen,
        textual_private.HookedApp: App,
        textual_private.HookedDriver: Driver,
    }
    for ours, textuals in hooked.items():
        source = textwrap.dedent(inspect.getsource(ours))
        asked = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}
        named = {*filter(is_private, asked), *own_names(source)}
        assert named, ours
        assert named <= private_of(textuals), named - private_of(textuals)
    anywhere = frozenset[str]().union(*(private_of(each) for each in TEXTUALS))
    assert used_in(THE_MODULE) <= {*anywhere, "_ready"}  # asyncio's


def private_imports(source: str) -> list[str]:
    """What of Textual's or Rich's a module imports that is private, or lies in a module that is."""
    imported = [
        f"{node.module}.{each.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in ("textual", "rich")
        for each in node.names
    ]
    return [name for name in imported if any(map(is_private, name.split(".")))]


@pytest.mark.thorough
def test_no_other_module_imports_anything_private_of_textuals() -> None:
    found = {str(path.relative_to(ROOT)): private_imports(path.read_text(encoding="utf-8")) for path in OTHERS}
    assert {path: names for path, names in found.items() if names} == {}
    assert private_imports(THE_MODULE.read_text(encoding="utf-8"))


@pytest.mark.thorough
def test_no_other_module_asks_an_object_of_textuals_for_anything_private() -> None:
    anywhere = frozenset[str]().union(*(private_of(each) for each in TEXTUALS)) - names_of_the_package()
    found = {str(path.relative_to(ROOT)): used_in(path) & anywhere for path in OTHERS if "tui" in path.parts}
    assert {path: names for path, names in found.items() if names} == {}


@cache
def names_of_the_package() -> frozenset[str]:
    """The private names of the window's own classes: a subclass may use those of the class that it is made from."""
    return frozenset(name for path in OTHERS if "tui" in path.parts for name in own_names(path.read_text("utf-8")))


@pytest.mark.thorough
def test_nothing_of_ours_takes_the_place_of_something_private_of_textuals() -> None:
    found = {}
    classes: list[type] = [*nodes(), CalmDriver]
    for node in classes:
        textuals = next(each for each in node.__mro__ if each.__module__.partition(".")[0] == "textual")
        found[node.__name__] = set(own_names(textwrap.dedent(inspect.getsource(node)))) & private_of(textuals)
    hooks = {"HookedWidget", "HookedScreen", "HookedApp"}
    assert {name for name, names in found.items() if names} == hooks
