"""python -m delivery.ways_in: each way in is gone, from the built wheel to uninstalling, and measured.

Everything happens in `build/ways`, where each way has a home of its own with nothing in it. What the ways need (pipx,
uv, shiv) is fetched. The Windows folder is tried where there is Wine; where there is none the table says so.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TypeVar

from delivery import windows_folder, zipapp
from delivery.scratch import Failed, fresh, package, run, surroundings, tools

Command = Sequence[str | Path]
T = TypeVar("T")
WINDOWS = "folder for Windows"
_WINE = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree=d;mshtml=d"}
_STEPS: tuple[tuple[str, ...], ...] = (
    ("init", "--plan", "nacka-2022", "--folder", "."),
    ("enter", "sabo-trygghet", "91 %"),
    ("status",),
    ("report", "rapport.docx"),
    ("export", "tabell.xlsx"),
    ("guide",),
)
_MADE = {"rapport.docx": b"PK", "tabell.xlsx": b"PK"}


@dataclass(frozen=True, slots=True)
class Place:
    """A clean environment: a home with nothing in it, and a working folder beside it."""

    home: Path
    work: Path
    environment: dict[str, str] = field(default_factory=dict)

    @classmethod
    def new(cls, name: str) -> Place:
        """An empty one."""
        root = fresh(f"ways/{name.replace(' ', '-')}")
        home, work = root / "home", root / "work"
        home.mkdir()
        work.mkdir()
        return cls(home, work, surroundings(home))

    def do(self, *command: str | Path) -> str:
        """Run a command there."""
        return run(command, self.work, self.environment)


@dataclass(frozen=True, slots=True)
class Way:
    """How the program comes in, is called, and goes out again; `module` calls it as `python -m kvaltui`, if any."""

    name: str
    install: Callable[[Place], object]
    program: Callable[[Place], Command]
    uninstall: Callable[[Place], object]
    module: Callable[[Place], Command] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """A way that has been gone: bytes, seconds, and what lies there after uninstalling, with its bytes."""

    name: str
    size: int
    install: float
    first: float
    status: float
    left: tuple[tuple[str, int], ...]


def base_python() -> Path:
    """The Python that the one which runs this was made from: a venv cannot install for a user."""
    return Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"


def ways(wheel: Path, bin_: Path) -> Iterator[Way]:
    """Those that there are on this system."""
    python = base_python()

    def in_path(place: Place) -> Command:
        return (place.home / ".local" / "bin" / "kvaltui",)

    yield Way(
        "pipx install",
        lambda place: place.do(bin_ / "pipx", "install", "--python", python, wheel),
        in_path,
        lambda place: place.do(bin_ / "pipx", "uninstall", "kvaltui"),
        lambda place: (next(place.home.glob(".local/**/venvs/kvaltui/bin/python")), "-m", "kvaltui"),
    )
    uv = (bin_ / "uv", "tool")
    yield Way(
        "uv tool install",
        lambda place: place.do(*uv, "install", "--compile-bytecode", "--python", python, wheel),
        in_path,
        lambda place: place.do(*uv, "uninstall", "kvaltui"),
        lambda place: (next(place.home.glob(".local/**/tools/kvaltui/bin/python")), "-m", "kvaltui"),
    )
    # What this machine's Python has of its own is nothing that others have.
    own = ("install", "--user", "--ignore-installed", "--quiet", "--no-warn-script-location")
    yield Way(
        "pip install --user",
        lambda place: place.do(python, "-m", "pip", *own, wheel),
        in_path,
        lambda place: place.do(python, "-m", "pip", "uninstall", "--yes", "--quiet", "kvaltui"),
        lambda _place: (python, "-m", "kvaltui"),
    )
    yield Way(
        "zipapp (shiv)",
        lambda place: zipapp.made(wheel, place.work / zipapp.NAME, python),
        lambda place: (python, place.work / zipapp.NAME),
        lambda place: (place.work / zipapp.NAME).unlink(),
    )


def windows_way(wheel: Path) -> Way | None:
    """The folder for Windows, tried under Wine; None where that is missing."""
    wine = shutil.which("wine")
    if wine is None:
        return None
    archived = windows_folder.made(wheel, fresh("windows"))

    def install(place: Place) -> None:
        zipfile.ZipFile(archived).extractall(place.work)

    def program(place: Place) -> Command:
        return (wine, "cmd", "/c", str(place.work / windows_folder.NAME / "kvaltui.cmd").replace("/", "\\"))

    return Way(
        WINDOWS,
        install,
        program,
        lambda place: shutil.rmtree(place.work / windows_folder.NAME),
        lambda place: (wine, place.work / windows_folder.NAME / "python" / "python.exe", "-m", "kvaltui"),
    )


def gone(way: Way, place: Place) -> Measured:
    """Go a way from its beginning to its end. Raises Failed where a step does not end as it must."""
    before = _bytes(place.home) + _bytes(place.work)
    install, _nothing = _timed(lambda: way.install(place))
    size = _bytes(place.home, without=(".cache",)) + _bytes(place.work) - before
    program = [*way.program(place)]
    first, told = _timed(lambda: place.do(*program, "--version"))
    if "kvaltui" not in told:
        raise Failed(f"{way.name}: --version says {told}")
    folder = place.work / "plan"
    folder.mkdir()
    for step in _STEPS:
        run((*program, *step), folder, place.environment)
    for name, start in _MADE.items():
        if not (folder / name).read_bytes().startswith(start):
            raise Failed(f"{way.name}: {name} is not what it must be")
    if "91 %" not in run((*program, "show", "sabo-trygghet"), folder, place.environment):
        raise Failed(f"{way.name}: the figure that was entered is not there")
    status = median(_timed(lambda: run((*program, "status"), folder, place.environment))[0] for _each in range(3))
    if way.module is not None:
        run((*way.module(place), "status"), folder, place.environment)
    way.uninstall(place)
    shutil.rmtree(folder)
    return Measured(way.name, size, install, first, status, tuple(_left(place)))


def _timed(what: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    found = what()
    return time.perf_counter() - start, found


def _bytes(folder: Path, without: Sequence[str] = ()) -> int:
    return sum(
        each.lstat().st_size
        for each in folder.rglob("*")
        if each.is_file() and each.relative_to(folder).parts[0] not in without
    )


def _left(place: Place) -> Iterator[tuple[str, int]]:
    """What lies in the home, and where the program was, after uninstalling: down to the name of whose it is."""
    sizes: dict[str, int] = {}
    for root in (place.home, place.work):
        for path in (each for each in root.rglob("*") if each.is_file() or each.is_symlink()):
            parts = path.relative_to(root).parts
            depth = next((at + 1 for at, part in enumerate(parts) if part.startswith(("kvaltui", "pip", "uv"))), 4)
            name = "/".join(parts[: min(depth, 8)])
            if not name.startswith("prefix/") or "kvaltui" in name:
                sizes[name] = sizes.get(name, 0) + path.lstat().st_size
    yield from sorted(sizes.items())


HEADING = "| way | MB on disk | install, s | first start, s | `status`, s |\n|---|---|---|---|---|"


def row(each: Measured) -> str:
    """Its line of the table."""
    times = " | ".join(f"{seconds:.2f}" for seconds in (each.install, each.first, each.status))
    return f"| {each.name} | {each.size / 1e6:.1f} | {times} |"


def main() -> None:
    """Go the ways that are named, or all, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="how the ways that are to be gone begin; all by default")
    names = tuple(parser.parse_args().names) or ("",)
    bin_ = tools("pipx", "uv", "shiv")
    source, wheel = package(fresh("package"))
    for each in (source, wheel):
        print(f"{each.name}: {each.stat().st_size / 1e3:.0f} kB", flush=True)
    print(HEADING, flush=True)
    measured: list[Measured] = []
    for way in ways(wheel, bin_):
        if way.name.startswith(names):
            measured.append(gone(way, Place.new(way.name)))
            print(row(measured[-1]), flush=True)
    if WINDOWS.startswith(names):
        folder = windows_way(wheel)
        if folder is None:
            print(f"| {WINDOWS} | not tried: there is no Wine | | | |")
        else:
            measured.append(gone(folder, _with_wine(Place.new(folder.name))))
            print(row(measured[-1]))
    for each_way in measured:
        print(f"\n{each_way.name} leaves:")
        for name, size in each_way.left:
            print(f"{size:>14,} {name}")


def _with_wine(place: Place) -> Place:
    """A place with a Windows of its own, as Wine makes it."""
    place.environment.update(_WINE, WINEPREFIX=str(place.home / "prefix"))
    place.do("wineboot", "--init")
    return place


if __name__ == "__main__":
    try:
        main()
    except Failed as failed:
        sys.exit(str(failed))
