"""A clone in which the program is used stays as it was fetched: git has nothing to tell."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from kvaltui.config import Config
from kvaltui.config_file import find, load
from tests.test_cli import PROJECT

CHANGE_SETTINGS = """
from kvaltui.config_file import load
from kvaltui.config_writing import write
from kvaltui.model.value import replace
stored = load()
print(write(replace(stored, theme="light", plan="nacka-2022", keys={"undo": "Ctrl+T"}), stored.path, str, stored).path)
"""


class Clone:
    """A copy of the repository as git has it, with what is set up here linked into it."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        self._home = home
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=PROJECT, capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        for name in map(Path, filter(None, listed.stdout.decode().split("\0"))):
            if (PROJECT / name).exists() and name.parts[0] not in ("tests", "benchmarks"):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(PROJECT / name, folder / name)
        self.run(["git", "init", "--quiet"])
        self.run(["git", "add", "--all"])
        self.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "x"])
        (folder / ".venv").mkdir()
        for part in Path(sys.prefix).iterdir():
            if part.name != "ready":
                (folder / ".venv" / part.name).symlink_to(part)
        (folder / ".venv" / "ready").touch()

    def run(self, command: Sequence[str]) -> str:
        """What a command in the clone prints."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self._home), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, *words: str) -> str:
        return self.run([".venv/bin/python", *words])

    @property
    def status(self) -> str:
        """What git says has been changed or is new."""
        return self.run(["git", "status", "--porcelain"])


@pytest.mark.thorough
@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git here, and so no clone")
def test_nothing_that_is_done_in_a_clone_changes_it(tmp_path: Path, own_home: Path) -> None:
    clone = Clone(tmp_path, own_home)
    assert clone.status == ""
    clone.run(["make", "run"])
    sample = (tmp_path / "config.toml").read_text(encoding="utf-8")
    own = tmp_path / "db" / "config.toml"
    assert own.read_text(encoding="utf-8") == sample.replace('"db/kvaltui.db"', '"kvaltui.db"')
    assert clone.python("-c", CHANGE_SETTINGS).strip() == str(own)
    assert 'theme = "light"' in own.read_text(encoding="utf-8")
    assert "mätt" in clone.python("-m", "kvaltui", "enter", "sabo-trygghet", "ej mätt")
    clone.python("-m", "kvaltui", "backup")
    clone.python("-m", "kvaltui", "check")
    assert str(own) in clone.python("-m", "kvaltui", "locate")
    assert "Kvalitetsindikatorer" in clone.run(["make", "run"])
    clone.run(["make", "-s", "catalogue", "commands", "schema"])
    assert clone.status == ""
    assert (tmp_path / "db" / "kvaltui.db").exists()
    assert any((tmp_path / "db" / "backups").iterdir())


@pytest.mark.thorough
def test_without_the_sample_there_is_a_file_of_settings_all_the_same(tmp_path: Path) -> None:
    shutil.copy(PROJECT / "Makefile", tmp_path)
    (tmp_path / "db").mkdir()
    subprocess.run(["make", "-s", "db/config.toml"], cwd=tmp_path, check=True, timeout=60)
    assert load(tmp_path / "db" / "config.toml").database_location == str(tmp_path / "db" / "kvaltui.db")


def test_a_folder_that_is_no_clone_has_its_own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one with a file where a clone has its own."""
    (tmp_path / "db").mkdir()
    for place in (tmp_path, tmp_path / "db"):
        (place / "config.toml").write_text(f'[user]\nname = "{place.name}"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert find() == Path("config.toml")
    assert load() == Config(folder=tmp_path, path=tmp_path / "config.toml", user_name=tmp_path.name)
