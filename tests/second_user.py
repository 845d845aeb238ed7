"""Other users of the computer, where the tests may be them: their commands, run in a process that has become them.

They need no account: any number is a user. What Python has to read lies where others may not, so that everything is
imported, by being used once, before the process becomes somebody else.
"""

from __future__ import annotations

import os
import pkgutil
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile, mkdtemp
from typing import NoReturn
from unittest.mock import patch

import kvaltui
from kvaltui.cli import main
from kvaltui.commands import log_file
from tests.processes import exit_code

_CHOWN, _SETGID, _SETUID = 0, 6, 7
"""Linux's numbers of the powers that it takes."""
TEAM = 60_001
"""The number of a group that both belong to."""


@cache
def import_everything() -> None:
    """Import what the commands import with the first need, by using them."""
    for each in pkgutil.walk_packages(kvaltui.__path__, "kvaltui."):
        if not each.name.endswith(("__main__", "_windows")):
            import_module(each.name)
    with (
        TemporaryDirectory() as folder,
        patch.dict(os.environ, HOME=folder),
        patch("sys.stdout", StringIO()),
        patch("sys.stderr", StringIO()),
    ):
        config = f"--config={folder}/config.toml"
        assert main(["init", "--plan", "nacka-2022", "--folder", folder, "--shared"]) == 0
        for words in ("enter sabo-trygghet 90", "check", f"sync {folder}", "status", "history", "locate", "backup"):
            assert main([config, *words.split()]) == 0
        assert main([config, "report", f"{folder}/a.md"]) == 0
        assert main(["--trust", config, "locate"]) == 0
        log_file.start(lambda: Path(folder) / "a.log")
        log_file.note(ValueError())


@dataclass(frozen=True)
class Answer:
    """What a command printed and returned."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class User:
    """Somebody with a home of their own, in the team or not."""

    number: int
    home: Path
    groups: tuple[int, ...]

    def __call__(self, *words: str, folder: Path, expected: int = 0, does: Callable[[], None] = lambda: None) -> Answer:
        """Run a command in a folder as this user, in a process where `does` has been done first."""
        import_everything()
        with TemporaryFile("w+", encoding="utf-8") as out, TemporaryFile("w+", encoding="utf-8") as err:
            process = os.fork()
            if process == 0:
                self._become_and_run(words, folder, (out.fileno(), err.fileno()), does)
            code = exit_code(process)
            out.seek(0)
            err.seek(0)
            answer = Answer(code, out.read(), err.read())
        assert answer.code == expected, answer.out + answer.err
        assert "Traceback" not in answer.err
        return answer

    def _become_and_run(
        self, words: tuple[str, ...], folder: Path, outputs: tuple[int, int], does: Callable[[], None]
    ) -> NoReturn:
        code = 99
        try:
            sys.stdout, sys.stderr = (open(each, "w", encoding="utf-8", closefd=False) for each in outputs)  # noqa: SIM115
            os.dup2(outputs[1], 2)
            os.environ |= {"HOME": str(self.home), "COLUMNS": "80"}
            os.setgroups(self.groups)
            os.setresgid(self.number, self.number, self.number)
            os.setresuid(self.number, self.number, self.number)
            os.umask(0o022)
            os.chdir(folder)
            does()
            code = main(words)
        except BaseException:  # noqa: BLE001 - it is told by the process that waits
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def owns(self, path: Path) -> Path:
        """Give a path to the user, whatever lies there."""
        os.lchown(path, self.number, self.number)
        return path


def may_be_another() -> bool:
    """Whether this process may become another user: it has the powers of root, not its number alone."""
    status = Path("/proc/self/status").read_text()
    powers = int(next(line for line in status.splitlines() if line.startswith("CapEff:")).split()[1], 16)
    return all(powers >> power & 1 for power in (_CHOWN, _SETGID, _SETUID))


@contextmanager
def common_folder() -> Iterator[Path]:
    """A folder that everybody may enter, and that is gone afterwards: those of the tests are their owner's alone."""
    common = Path(mkdtemp(prefix="kvaltui-common-"))
    try:
        common.chmod(0o755)
        yield common
    finally:
        shutil.rmtree(common)


@contextmanager
def two_users() -> Iterator[tuple[User, User, Path]]:
    """Two users of one team, and a folder that everybody may enter and that is gone afterwards."""
    with common_folder() as common:
        found = []
        for number in (54_321, 54_322):
            home = common / f"home-{number}"
            home.mkdir(mode=0o700)
            user = User(number, home, (number, TEAM))
            user.owns(home)
            found.append(user)
        yield found[0], found[1], common
