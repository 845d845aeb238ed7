"""The program as it is installed: whole, without its source tree, and with everything compiled into it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kvaltui import __version__

PROJECT = Path(__file__).parents[1]
NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.mo")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what a wheel of the project installs."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md"):
        shutil.copy(PROJECT / name, tree)
    shutil.copytree(PROJECT / "kvaltui", tree / "kvaltui", ignore=NOT_COPIED)
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        "made",
        ".",
    ]
    subprocess.run(build, cwd=tree, timeout=120, check=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    (wheel,) = (tree / "made").iterdir()
    assert __version__ in wheel.name
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


def files(folder: Path, *patterns: str) -> set[str]:
    """What matches, but for what is made while the program runs."""
    found = {path for pattern in patterns for path in folder.glob(pattern)}
    return {path.relative_to(folder).as_posix() for path in found if "__pycache__" not in path.parts}


@pytest.mark.thorough
def test_everything_the_program_reads_is_there(installed: Path) -> None:
    patterns = [f"kvaltui/**/*.{suffix}" for suffix in ("py", "tcss", "toml", "sql")]
    assert files(installed, *patterns) == files(PROJECT, *patterns)
    assert files(installed, "kvaltui/locale/**/*.*") == {"kvaltui/locale/sv/LC_MESSAGES/kvaltui.mo"}
    assert (installed / "kvaltui/py.typed").exists()


@pytest.mark.thorough
def test_nothing_else_is_installed(installed: Path) -> None:
    assert {path.name for path in installed.iterdir()} == {"kvaltui", f"kvaltui-{__version__}.dist-info"}


def test_the_installed_program_speaks_swedish(installed: Path, tmp_path: Path) -> None:
    program = "import kvaltui.words as words; print(words.__file__, words.field_word('value'))"
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.split() == [str(installed / "kvaltui/words.py"), "värde"]
