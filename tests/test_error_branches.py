"""The walk over all error branches, which `make coverage` ends with: what it takes for one, and what it tells of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from coverage import CoverageData

from tests.error_branches import error_branches, not_run

_MODULE = '''
import contextlib
import sys


class KvaltuiError(Exception):
    """The root of all."""


class Closed(KvaltuiError):
    """One of them."""


class Shut(Closed):
    """One of these."""


def Message(text):
    return text


def enter(name):
    try:
        int(name)
    except ValueError:
        return Message("no number")
    if name == "0":
        raise Shut(
            Message("shut"),
        )
    told = (
        Message("odd")
        if int(name) % 2
        else Message("even")
    )
    if name == "7":
        told = Closed("closed")
    raise NotImplementedError


with contextlib.suppress(Exception):
    enter(sys.argv[1])
'''


def _project(folder: Path) -> Path:
    (folder / "kvaltui").mkdir()
    (folder / "kvaltui" / "door.py").write_text(_MODULE)
    return folder


def _measured(project: Path, name: str) -> CoverageData:
    """What is run when the project's only function is called with a name."""
    command = [sys.executable, "-m", "coverage", "run", "--branch", "--data-file=measured", "kvaltui/door.py", name]
    subprocess.run(command, cwd=project, check=True, timeout=60)
    data = CoverageData(str(project / "measured"))
    data.read()
    return data


def test_what_raises_what_catches_and_what_is_told_is_an_error_branch(tmp_path: Path) -> None:
    found = [(each.function, each.text) for each in error_branches(_project(tmp_path))]
    assert found == [
        ("enter", "except ValueError:"),
        ("enter", "Message('no number')"),
        ("enter", "raise Shut(Message('shut'))"),
        ("enter", "Shut(Message('shut'))"),
        ("enter", "Message('shut')"),
        ("enter", "Message('odd')"),
        ("enter", "Message('even')"),
        ("enter", "Closed('closed')"),
    ]


@pytest.mark.thorough
def test_a_branch_that_no_test_goes_through_is_named_once(tmp_path: Path) -> None:
    branches = error_branches(_project(tmp_path))
    missed = [each.text for each in not_run(branches, _measured(tmp_path, "1"), tmp_path)]
    assert missed == [
        "except ValueError:",
        "raise Shut(Message('shut'))",
        "Message('even')",
        "Closed('closed')",
    ]
