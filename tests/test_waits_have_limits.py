"""No test waits for another program without a limit: what never comes fails its test, and ends no run."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SOURCES = [
    path for room in ("tests", "benchmarks", "docs", "delivery") for path in sorted((PROJECT / room).rglob("*.py"))
]
RUNNERS = {"run", "call", "check_call", "check_output"}
"""Functions of `subprocess` that return when the program has ended."""
WAITERS = {"wait": 0, "communicate": 1, "join": 0}
"""Methods that wait for a process or a thread, and how many arguments stand before the limit."""


def has_limit(call: ast.Call, before: int) -> bool:
    return len(call.args) > before or any(each.arg in {"timeout", None} for each in call.keywords)


def waits_without_limit(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that may wait for ever."""
    for each in ast.walk(tree):
        if not isinstance(each, ast.Call) or not isinstance(each.func, ast.Attribute):
            continue
        owner = each.func.value.id if isinstance(each.func.value, ast.Name) else ""
        name = each.func.attr
        if (
            (owner == "subprocess" and name in RUNNERS and not has_limit(each, len(each.args)))
            or (name in WAITERS and not has_limit(each, WAITERS[name]))
            or (owner == "os" and name in {"wait", "waitpid", "waitid"} and not is_asked_at_once(each))
            or (owner == "select" and name == "select" and len(each.args) < 4)
        ):
            yield each


def is_asked_at_once(call: ast.Call) -> bool:
    """Whether the system is only asked how it stands (WNOHANG)."""
    return any(isinstance(each, ast.Attribute) and each.attr == "WNOHANG" for each in ast.walk(call))


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("subprocess.run(['make'], check=True)", 1),
        ("subprocess.run(['make'], check=True, timeout=9)", 0),
        ("subprocess.run(['make'], **settings)", 0),
        ("process.wait()", 1),
        ("process.wait(timeout=9)", 0),
        ("process.wait(9)", 0),
        ("process.communicate('text')", 1),
        ("process.communicate(timeout=9)", 0),
        ("thread.join()", 1),
        ("' '.join(words)", 0),
        ("os.waitpid(child, 0)", 1),
        ("os.waitpid(child, os.WNOHANG)", 0),
        ("select.select([pipe], [], [])", 1),
        ("select.select([pipe], [], [], 9)", 0),
    ],
)
def test_what_is_found(written: str, count: int) -> None:
    assert len(list(waits_without_limit(ast.parse(written)))) == count


def test_no_wait_is_without_a_limit() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{call.lineno}: {ast.unparse(call)[:80]}"
        for path in SOURCES
        for call in waits_without_limit(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_what_waits_in_any_other_way_is_ended_with_its_test() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert 0 < settings["timeout"] <= 600
