"""Tests that run within Windows, by Windows' own Python: what is written for it, and what holds on every system."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.windows.preparing import PROJECT
from tests.windows.wine import PYTHON, Wine

pytestmark = [pytest.mark.thorough, pytest.mark.windows]
HERE = Path(__file__).parent
FOR_WINDOWS = tuple(path.relative_to(PROJECT).as_posix() for path in sorted(HERE.glob("*_in_windows.py")))
ROOMS = (
    *((each,) for each in FOR_WINDOWS),
    (
        "tests/system",
        "--ignore=tests/system/test_drives.py",  # what another system says
        # Windows is asked about a stream that only says that it is a console.
        "--deselect=tests/system/test_console_kind.py::test_symbols_on_windows_are_those_that_the_font_has",
    ),
)

_LONGEST = 700.0
"""Seconds for a file, far more than it takes."""


@pytest.mark.parametrize("files", ROOMS, ids=lambda files: Path(files[0]).stem)
def test_they_hold_there(windows: Wine, files: tuple[str, ...]) -> None:
    """Of other rooms what each step takes, but for properties, which ask nothing of a system."""
    done = windows.run(
        *(PYTHON, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", "-m", "not thorough and not property"),
        *files,
        folder=PROJECT,
        # Compiled modules of the two systems must not take each other's place.
        environment={"PYTHONPYCACHEPREFIX": r"C:\compiled", "PYTHONUTF8": "1"},
        seconds=_LONGEST,
    )
    assert done.code == 0, (done.raw_out + done.raw_err)[-6000:].decode("utf-8", "replace")
    assert b" passed" in done.raw_out
