"""A working folder on Windows, and the program run in it."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.windows.wine import KVALTUI, PYTHON, Done, Wine

PROGRAMS = Path(__file__).parent / "programs"
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class WorkingFolder:
    """A folder, and the program run where it is."""

    windows: Wine
    path: Path

    @classmethod
    def new(cls, windows: Wine) -> WorkingFolder:
        """An empty one, with letters and a space in its path as people have them."""
        path = windows.home / "Äldreomsorg Öst" / f"arbete {next(_numbers)}"
        path.mkdir(parents=True, mode=0o700)
        return cls(windows, path)

    def become_like(self, other: WorkingFolder) -> None:
        """Copy what another has, whose database nobody has open."""
        shutil.copytree(other.path, self.path, dirs_exist_ok=True)

    @property
    def database(self) -> Path:
        return self.path / "db" / "kvaltui.db"

    def named(self, name: str) -> str:
        """What a file here is called in Windows, as a whole path."""
        return self.windows.windows(self.path / name)

    def __call__(self, *arguments: str, code: int = 0, given: bytes = b"", environment: Mapping[str, str] = {}) -> Done:
        """Run the program and see that it ends as expected."""
        done = self.windows.run(KVALTUI, *arguments, folder=self.path, given=given, environment=environment)
        if b"of\xc3\xb6rutsett" in done.raw_err:
            told = self.windows.run(KVALTUI, *arguments, "--debug", folder=self.path, environment=environment)
            raise AssertionError(told.raw_err.decode("utf-8", "replace"))
        assert done.code == code, (done.raw_out + done.raw_err).decode("utf-8", "replace")
        assert b"Traceback" not in done.raw_out + done.raw_err
        return done

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the program, with pipes for its streams."""
        return self.windows.start(KVALTUI, *arguments, folder=self.path)

    def json(self, *arguments: str, code: int = 0) -> Any:
        """What the program answers as JSON."""
        return json.loads(self(*arguments, "--json", code=code).raw_out.decode("utf-8"))

    def shell(self, line: str, code: int = 0) -> Done:
        """Let Windows' shell run a line of ASCII, in which `kvaltui` is the program."""
        written = self.path / "rad.cmd"
        spelled = line.replace("kvaltui ", f'"{KVALTUI}" ')
        written.write_text(f"@{spelled}\n", encoding="ascii", newline="\r\n")
        done = self.windows.run("cmd", "/c", "rad.cmd", folder=self.path)
        written.unlink()
        assert done.code == code, (done.raw_out + done.raw_err).decode("utf-8", "replace")
        return done

    def python(self, program: str, *arguments: str) -> list[str]:
        """The command that runs one of the programs beside these tests with Windows' Python."""
        return [PYTHON, self.windows.windows(PROGRAMS / program), *arguments]
