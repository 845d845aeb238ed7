"""After `make coverage`: whether every branch that refuses something has been gone through by a test.

    python -m tests.error_branches [FILE]        FILE: the data of coverage, .coverage unless it is named

An error branch is a statement that raises, the way into an `except`, and each place that makes a `Message` or an error
of the program to be told. docs/mutants.md, Error branches, tells why. Exit code 1 when one has never been run and is
not in `EXEMPT`, or one of `EXEMPT` has.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from coverage import CoverageData

PROJECT = Path(__file__).parents[1]
_AS_ANOTHER_USER = "reached as another user, who writes no data (tests/reliability/test_two_users.py)"
EXEMPT: Mapping[str, str] = {
    "kvaltui/commands/locating.py _state: except PermissionError:": _AS_ANOTHER_USER,
    "kvaltui/exchange/writing.py _told: "
    "FileError(Message('{file} leads elsewhere by a link that somebody else has made; it is not followed'": (
        _AS_ANOTHER_USER
    ),
    "kvaltui/system/folder_posix.py Folder.keep_group: except OSError:": _AS_ANOTHER_USER,
    "kvaltui/trust.py _problem: "
    "Message('{file} belongs to {owner}', file=str(path), owner=rights.owner_of(path, status))": _AS_ANOTHER_USER,
    "kvaltui/system/any_console.py AnyConsole.size: except OSError:": (
        "only in the moment between the end of the terminal and its being noticed "
        "(tests/terminal/test_terminal_gone.py)"
    ),
    "kvaltui/system/console_posix.py ConsoleInput.read: except BlockingIOError:": (
        "only where another program reads what is typed in the moment after it has been seen to be there"
    ),
    "kvaltui/system/links.py followed: raise ForeignLink(errno.EPERM, os.strerror(errno.EPERM), str(here))": (
        _AS_ANOTHER_USER
    ),
    "kvaltui/system/rights_posix.py owner_of: except KeyError:": _AS_ANOTHER_USER,
}
"""What no test can reach where it is measured, by its `name`, and why."""
_ROOT = "KvaltuiError"
_TOLD_TO_PROGRAMMERS = frozenset({"NotImplementedError", "AssertionError"})
_LONGEST_SHOWN = 100
_OF_ANOTHER_SYSTEM = "_windows.py"
_ASKING_FOR_ANOTHER = ("sys.platform == 'win32'", "sys.platform == 'darwin'")
"""What is run where nothing is measured: `make windows` tries it."""

Node = ast.Raise | ast.ExceptHandler | ast.Call


@dataclass(frozen=True)
class Branch:
    """A place that refuses something: its module (a path in the project), its first line to run, its function."""

    module: str
    line: int
    function: str
    node: Node

    @property
    def end(self) -> int:
        """Its last line."""
        return self.node.end_lineno or self.line

    @property
    def text(self) -> str:
        """How it begins."""
        return ast.unparse(self.node).partition("\n")[0][:_LONGEST_SHOWN]

    @property
    def name(self) -> str:
        """What it is called, whatever is written above it."""
        return f"{self.module} {self.function}: {self.text}"


def error_branches(project: Path = PROJECT) -> list[Branch]:
    """Every error branch of the program, in the order of modules and lines, one before those within it."""
    trees = {
        path.relative_to(project).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((project / "kvaltui").rglob("*.py"))
        if not path.name.endswith(_OF_ANOTHER_SYSTEM)
    }
    told = {"Message", *_errors(list(trees.values()))}
    found = [each for module, tree in trees.items() for each in _branches(tree, module, "", told)]
    return sorted(found, key=lambda each: (each.module, each.line, -each.end))


def not_run(branches: list[Branch], data: CoverageData, project: Path = PROJECT) -> list[Branch]:
    """Those that no test has gone through; what stands within one of them is not named again."""
    found: list[Branch] = []
    run = {module: frozenset(data.lines(str(project / module)) or ()) for module in {each.module for each in branches}}
    for each in branches:
        is_within = bool(found) and found[-1].module == each.module and each.line <= found[-1].end
        if each.line not in run[each.module] and not is_within:
            found.append(each)
    return found


def main(file: str) -> int:
    """Tell what has not been run, and which exemptions are not needed."""
    data = CoverageData(file)
    data.read()
    branches = error_branches()
    missed = not_run(branches, data)
    silent = [each for each in missed if each.name not in EXEMPT]
    needless = sorted(EXEMPT.keys() - {each.name for each in missed})
    for each in silent:
        print(f"no test goes through {each.module}:{each.line} {each.function}: {each.text}")
    for name in needless:
        print(f"not to be exempt: {name}")
    print(f"{len(branches) - len(missed)} of {len(branches)} error branches run, {len(EXEMPT)} exempt")
    return 1 if silent or needless else 0


def _errors(trees: list[ast.Module]) -> set[str]:
    """The names of the program's errors: of the classes that come from the one of them all."""
    classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    known = {_ROOT}
    while (
        more := {
            each.name for each in classes if any(isinstance(base, ast.Name) and base.id in known for base in each.bases)
        }
        - known
    ):
        known |= more
    return known


def _branches(node: ast.AST, module: str, function: str, told: set[str]) -> Iterator[Branch]:
    for child in ast.iter_child_nodes(node):
        within = function
        if isinstance(child, ast.If) and ast.unparse(child.test).startswith(_ASKING_FOR_ANOTHER):
            yield from _branches(ast.Module(child.orelse, []), module, function, told)
            continue
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            within = f"{function}.{child.name}".lstrip(".")
        elif _refuses(child, told):
            first = child.body[0] if isinstance(child, ast.ExceptHandler) else child
            yield Branch(module, first.lineno, function, child)
        yield from _branches(child, module, within, told)


def _refuses(node: ast.AST, told: set[str]) -> TypeGuard[Node]:
    if isinstance(node, ast.Raise):
        return not (isinstance(node.exc, ast.Name) and node.exc.id in _TOLD_TO_PROGRAMMERS)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in told
    return isinstance(node, ast.ExceptHandler)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ".coverage"))
