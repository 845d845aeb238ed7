"""A Windows of the tests' own: a Wine prefix, and the processes that run in it.

Its drive C: is a folder here; what tests make lies there, so that nothing of this system's is met. Python's streams can
be pipes or a console (`console.py`), not files of this system: what goes into a file is sent there by Windows' own
shell.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.processes import MEASURED

PYTHON = r"C:\Program Files\Python311\python.exe"
KVALTUI = r"C:\Program Files\Python311\Scripts\kvaltui.exe"
"""The program as pip puts it there."""
WHY_NOT = "tests on Windows: "
"""What the reason begins with why such tests are left out (`tests/conftest.py` counts them)."""
SECONDS = 120.0
"""How long a process may take: far more than it does on a busy machine."""
_WHERE_DEBIAN_HAS_IT = Path("/usr/lib/wine")
_STANDING = 300
"""Seconds that Wine's server stays when nothing runs any more; it is told to end before that."""


class CannotRun(Exception):
    """Why nothing can be run on Windows here."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a process ended, and what it wrote: bytes, and as text where they are UTF-8."""

    code: int
    raw_out: bytes
    raw_err: bytes

    @property
    def out(self) -> str:
        return _text(self.raw_out)

    @property
    def err(self) -> str:
        return _text(self.raw_err)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8").replace("\r\n", "\n")


def _found(*names: str) -> Path | None:
    """The first of some programs that is there; Debian has them in a folder of their own."""
    for name in names:
        place = shutil.which(name) or shutil.which(name, path=str(_WHERE_DEBIAN_HAS_IT))
        if place:
            return Path(place)
    return None


def is_there() -> bool:
    """Whether Wine is installed."""
    return _found("wine64", "wine") is not None and _found("wineserver64", "wineserver") is not None


def loader() -> Path:
    """What starts a Windows program."""
    place = _found("wine64", "wine")
    assert place is not None, "asked only where Wine is"
    return place


class Wine:
    """A Wine prefix in `folder`. `begin` it before anything runs, and `end` it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.drive = folder / "drive_c"
        self._loader = str(loader())
        self.environment = {
            **MEASURED,
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "WINEPREFIX": str(folder),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=d;mshtml=d;winemenubuilder.exe=d",
            "LC_ALL": "C.UTF-8",  # names of files are read as Wine's own locale says, and others may not be installed
        }

    def make(self) -> None:
        """Make the prefix, a Windows 10, and begin it."""
        self._silently("wineboot", "--init")
        self.begin()
        self._silently("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        self.end()
        self.begin()

    def begin(self) -> None:
        """Start what runs as long as Windows does, apart from the streams of anything that is run later."""
        self._server(f"-p{_STANDING}")
        self._silently("cmd", "/c", "exit")

    def end(self) -> None:
        """End everything that runs in it."""
        self._server("-k")
        self._server("-w")

    def _server(self, *arguments: str) -> None:
        server = _found("wineserver64", "wineserver")
        nothing = subprocess.DEVNULL
        # What is made is its person's alone, as everything is in a Windows profile; the server makes it.
        subprocess.run(
            [str(server), *arguments],
            env=self.environment,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            timeout=60,
            check=False,
            umask=0o077,
        )

    def _silently(self, *command: str) -> None:
        nothing = subprocess.DEVNULL
        subprocess.run(
            [self._loader, *command],
            env=self.environment,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            timeout=SECONDS,
            check=False,
            umask=0o077,
        )

    @property
    def home(self) -> Path:
        """The folder of the person who uses it."""
        (found,) = (each for each in (self.drive / "users").iterdir() if each.name != "Public")
        return found

    def windows(self, place: Path) -> str:
        """A path of this system, as Windows calls it."""
        if place.is_relative_to(self.drive):
            return "C:\\" + str(place.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(place).replace("/", "\\")

    def unix(self, place: str) -> Path:
        """A path on drive C:, as this system calls it."""
        assert place.startswith("C:\\")
        return self.drive.joinpath(*place.split("\\")[1:])

    def command(self, *arguments: str) -> list[str]:
        """The command of this system that runs a command of Windows."""
        return [self._loader, *arguments]

    def start(
        self, *arguments: str, folder: Path | None = None, environment: Mapping[str, str] = {}
    ) -> subprocess.Popen[bytes]:
        """Start a process whose streams are pipes."""
        return subprocess.Popen(
            self.command(*arguments),
            cwd=folder or self.drive,
            env={**self.environment, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            umask=0o077,
        )

    def run(
        self,
        *arguments: str,
        folder: Path | None = None,
        given: bytes = b"",
        environment: Mapping[str, str] = {},
        seconds: float = SECONDS,
    ) -> Done:
        """Run a process to its end."""
        with self.start(*arguments, folder=folder, environment=environment) as process:
            try:
                out, err = process.communicate(given, timeout=seconds)
            except BaseException:
                process.kill()
                raise
        return Done(process.returncode, out, err)
