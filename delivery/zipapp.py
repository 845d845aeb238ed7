"""python -m delivery.zipapp: the program with its libraries as one file, for this system and this version of Python.

For those who have Python and may not install anything. docs/decisions/ways-in.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

from delivery.scratch import fresh, package, run, tools
from delivery.systems import PROJECT

NAME = "kvaltui.pyz"


def made(wheel: Path, target: Path, python: Path) -> None:
    """Write the file. `python` is what the first line of it asks for, where a system goes by that."""
    making = (tools("shiv") / "shiv", "--compile-pyc", "--python", python, "--console-script", "kvaltui")
    run((*making, "--output-file", target, wheel), target.parent)


def main() -> None:
    """Make it of the project as it stands, in `dist/`."""
    _source, wheel = package(fresh("package"))
    distributed = PROJECT / "dist"
    distributed.mkdir(exist_ok=True)
    target = distributed / NAME
    made(wheel, target, Path(f"/usr/bin/env python{sys.version_info.major}.{sys.version_info.minor}"))
    print(f"{target.relative_to(PROJECT)}: {target.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
