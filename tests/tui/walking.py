"""A walk over everything in the window: what the program itself never does, and its tests may."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

from kvaltui import tui
from kvaltui.tui.terminal.bindings import PLACES, Bindings

Node = type[DOMNode]


@cache
def nodes() -> tuple[Node, ...]:
    """Every app, screen and widget of the program, in the order of their modules."""
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    found = {
        each: None
        for name in sorted(sys.modules)
        if name.startswith(f"{tui.__name__}.")
        for each in vars(sys.modules[name]).values()
        if isinstance(each, type) and issubclass(each, DOMNode) and each.__module__ == name
    }
    return tuple(found)


def own_bindings(node: Node) -> list[Binding]:
    """The bindings that a class has of its own."""
    return list(Binding.make_bindings(vars(node).get("BINDINGS", ())))


def stack_of(node: Node) -> tuple[Bindings, ...]:
    """The bindings of a class and of those that it is made from, the nearest first."""
    ours = (each for each in node.__mro__ if each.__module__.startswith(f"{tui.__name__}."))
    return tuple(vars(each)["BINDINGS"] for each in ours if vars(each).get("BINDINGS"))


def place_of(screen: type[Screen[Any]]) -> str:
    """The name under which a screen or dialog stands in `PLACES`; "" for one that does not."""
    names = [getattr(screen, "MODE", ""), *(each.__name__ for each in screen.__mro__)]
    return next((name for name in names if name in PLACES), "")


def standing_on(screen: type[Screen[Any]]) -> list[type[Widget]]:
    """The widgets with keys that may stand on a screen: those that its modules name."""
    return [
        named
        for each in screen.__mro__
        if each.__module__.startswith(f"{tui.__name__}.")
        for named in vars(sys.modules[each.__module__]).values()
        if isinstance(named, type) and issubclass(named, Widget) and not issubclass(named, Screen) and stack_of(named)
    ]
