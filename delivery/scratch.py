"""Work beside the project, in `build/`: commands that are run there, fetched tools, and the package made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from delivery.systems import PROJECT

BUILD = PROJECT / "build"
LONGEST = 900
"""Seconds that a command may take: far more than it takes where the registry is slow."""
_MADE = ("__pycache__", "*.mo", "*.egg-info", "build", "dist", ".*", "*.db", "*.db-*", "backups")
_PIP_SETTINGS = Path.home() / ".config" / "pip" / "pip.conf"


class Failed(Exception):
    """A command that did not end as it must; its text is what was run and what it said."""


def run(
    command: Sequence[str | Path], cwd: Path, environment: Mapping[str, str] | None = None, seconds: float = LONGEST
) -> str:
    """What a command prints, in either stream; it has nothing to read. Raises Failed for any exit code but 0."""
    words = [str(each) for each in command]
    done = subprocess.run(
        words,
        cwd=cwd,
        env=dict(environment if environment is not None else surroundings(Path.home())),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=seconds,
        check=False,
    )
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        raise Failed(f"{' '.join(words)}\nended with {done.returncode} and said:\n{text}")
    return text


def surroundings(home: Path) -> dict[str, str]:
    """A person's environment with a home of their own, without what belongs to this Python or this person.

    Where packages are fetched from stays as it is set here.
    """
    ours = ("PYTHON", "VIRTUAL_ENV", "XDG_", "KVALTUI_", "PIPX_", "UV_TOOL_", "SHIV_", "COVERAGE_", "PYENV", "LC_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    if _PIP_SETTINGS.is_file():
        kept.setdefault("PIP_CONFIG_FILE", str(_PIP_SETTINGS))
    path = os.pathsep.join((str(home / ".local" / "bin"), "/usr/local/bin", "/usr/bin", "/bin"))
    return {**kept, "HOME": str(home), "PATH": path, "LANG": "C.UTF-8", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def fresh(name: str) -> Path:
    """An empty folder of that name in `build/`."""
    folder = BUILD / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def tools(*names: str) -> Path:
    """The folder with the commands of packages that are needed only here, fetched the first time."""
    place = BUILD / "tools"
    python = place / "bin" / "python"
    if not python.exists():
        run([sys.executable, "-m", "venv", place], PROJECT)
    if names:
        run([python, "-m", "pip", "install", "--quiet", *names], PROJECT)
    return place / "bin"


def package(folder: Path, *, is_isolated: bool = True) -> tuple[Path, Path]:
    """The source distribution, made of a copy of the project, and the wheel, made of that as anybody would.

    Unless it `is_isolated`, setuptools is not fetched: the one that is here is used.
    """
    tree = folder / "tree"
    shutil.copytree(PROJECT, tree, ignore=_left_out)
    program = "import sys; from setuptools import build_meta; build_meta.build_sdist(sys.argv[1])"
    run([sys.executable, "-c", program, folder], tree)
    shutil.rmtree(tree)
    (source,) = folder.glob("*.tar.gz")
    isolation = () if is_isolated else ("--no-build-isolation",)
    making = ("wheel", "--quiet", "--no-deps", *isolation, "--wheel-dir", folder, source)
    run([sys.executable, "-m", "pip", *making], folder)
    (wheel,) = folder.glob("*.whl")
    return source, wheel


def _left_out(folder: str, names: list[str]) -> set[str]:
    made = shutil.ignore_patterns(*_MADE)(folder, names)
    return made - {".ci", ".gitignore"}
