"""A plan of any size to measure with, made by the program's own `init` from a plan file."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

PER_AREA = 15
PERIODS = ("2021", "2022", "2023")


def plan_file(indicators: int) -> str:
    """A plan of so many indicators, fifteen to an area, with figures for 2021 and 2022; those for 2023 wait."""
    tables = [f'format = 1\n[plan]\nkey = "sample"\ntitle = "Provplan"\nperiods = {list(PERIODS)!r}'.replace("'", '"')]
    areas = range((indicators + PER_AREA - 1) // PER_AREA)
    tables += [f'[[area]]\nkey = "area-{number}"\nname = "Område {number + 1}"' for number in areas]
    for number in range(indicators):
        tables.append(
            f'[[indicator]]\nkey = "indicator-{number}"\narea = "area-{number // PER_AREA}"\n'
            f'name = "Indikator {number + 1}: andel som är nöjda med stödet"\nunit = "%"\ndirection = "higher"'
        )
        tables += [f'[[indicator.target]]\nperiod = "{period}"\nvalue = "80 %"' for period in PERIODS]
        tables += [
            f'[[indicator.outcome]]\nperiod = "{period}"\nvalue = "{40 + (number * 7 + year * 3) % 60} %"'
            for year, period in enumerate(PERIODS[:2])
        ]
    return "\n".join(tables) + "\n"


def environment() -> dict[str, str]:
    """The same small environment for every program that is measured."""
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**keep, "LANG": "C.UTF-8", "TERM": "xterm-256color", "PYTHONHASHSEED": "0", "XDG_STATE_HOME": _state()}


@cache
def _state() -> str:
    """A state folder of somebody who has used the program before: the page for beginners is not measured."""
    folder = Path(mkdtemp(prefix="kvaltui-bench-"))
    atexit.register(rmtree, folder)
    (folder / "kvaltui").mkdir()
    (folder / "kvaltui/seen-tour").touch()
    return str(folder)


def make_folder(folder: Path, indicators: int) -> Path:
    """A working folder (config.toml and db/) with a plan of so many indicators."""
    folder.mkdir(parents=True)
    source = folder / "sample.toml"
    source.write_text(plan_file(indicators), encoding="utf-8")
    command = [sys.executable, "-m", "kvaltui", "init", "--plan", str(source), "--folder", str(folder)]
    subprocess.run(command, timeout=120, check=True, env=environment(), stdout=subprocess.DEVNULL)
    return folder
