"""What lies at a path is never lost: every command that writes, with everything that can lie where it would write."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from kvaltui.cli import main
from kvaltui.half_made import beside
from tests.commands.conftest import Folder
from tests.sampled import sampled

WRITERS = [
    *(["export", name] for name in ("{}.toml", "{}.csv", "{}.xlsx", "{}.json", "{}.kvb")),
    *(["report", name] for name in ("{}.md", "{}.html", "{}.docx")),
    ["backup", "{}.db"],
]
"""Each command that writes a file, with the name that it is given."""
FORCED = [[*command, "--force"] for command in WRITERS if command[0] != "backup"]


def everything(folder: Path) -> dict[str, object]:
    """All that lies in a folder, but for the log: the content of files, where links lead."""
    return {
        str(path.relative_to(folder)): path.readlink()
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else stat.S_IFMT(path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
        if path.suffix != ".log"
    }


def name_of(each: object) -> str:
    """What a case is called: by its words, or by what lies there."""
    return " ".join(each) if isinstance(each, list) else getattr(each, "__name__", str(each))


def of_name(command: list[str], name: str) -> list[str]:
    return [each.format(name) for each in command]


def a_file(folder: Path, place: Path) -> None:
    place.write_text("färdigskrivet för hand")


def a_folder(folder: Path, place: Path) -> None:
    place.mkdir()


def a_pipe(folder: Path, place: Path) -> None:
    os.mkfifo(place)


def a_device(folder: Path, place: Path) -> None:
    place.symlink_to("/dev/full")


def the_output(folder: Path, place: Path) -> None:
    place.symlink_to("/dev/stdout")


def a_handle(folder: Path, place: Path) -> None:
    place.symlink_to("/dev/fd/1")


def a_circle(folder: Path, place: Path) -> None:
    place.symlink_to(place.name)


def link_to(target: str) -> Callable[[Path, Path], None]:
    def make(folder: Path, place: Path) -> None:
        place.symlink_to(folder / target)

    make.__name__ = f"link to {target}"
    return make


def second_name_of(target: str) -> Callable[[Path, Path], None]:
    def make(folder: Path, place: Path) -> None:
        place.hardlink_to(folder / target)

    make.__name__ = f"second name of {target}"
    return make


ODD_NAMES = ("", "   ", "en\nrad", "en\x1b[31m", "x" * 300, "/proc/x")
NEVER = [
    *(a_folder, a_pipe, a_device, the_output, a_handle, a_circle),
    *(link_to(target) for target in ("config.toml", "db/kvaltui.db", "db/backups/old.db", "annan/config.toml")),
    *(second_name_of(target) for target in ("config.toml", "db/kvaltui.db", "db/backups/old.db")),
]


@pytest.fixture(scope="session")
def full_once(made_once: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working folder, with a backup and with another working folder in it."""
    made = shutil.copytree(made_once("nacka-2022"), tmp_path_factory.mktemp("full") / "arbete")
    assert main(["--config", str(made / "config.toml"), "backup", str(made / "db/backups/old.db")]) == 0
    (made / "annan").mkdir()
    (made / "annan" / "config.toml").write_text('[plan]\nkey = ""\n')
    return made


@pytest.fixture
def full(empty: Folder, full_once: Path) -> Folder:
    shutil.copytree(full_once, empty.path, dirs_exist_ok=True)
    return empty


@pytest.mark.parametrize(("lies", "command"), sampled(product([a_file, *NEVER], WRITERS), 18), ids=name_of)
def test_what_lies_there_is_left(full: Folder, command: list[str], lies: Callable[[Path, Path], None]) -> None:
    words = of_name(command, "x")
    lies(full.path, full.path / words[1])
    before = everything(full.path)
    assert words[1] in full(*words, code=3).err
    assert everything(full.path) == before


@pytest.mark.parametrize(("lies", "command"), sampled(product(NEVER, FORCED), 16), ids=name_of)
def test_what_is_never_written_over(full: Folder, command: list[str], lies: Callable[[Path, Path], None]) -> None:
    words = of_name(command, "x")
    lies(full.path, full.path / words[1])
    before = everything(full.path)
    assert words[1] in full(*words, code=3).err
    assert everything(full.path) == before


@pytest.mark.parametrize("command", sampled(FORCED, 4), ids=" ".join)
def test_force_replaces_a_file_and_keeps_its_rights(full: Folder, command: list[str]) -> None:
    words = of_name(command, "x")
    place = full.path / words[1]
    a_file(full.path, place)
    place.chmod(0o640)
    assert "--force" in full(*words[:-1], code=3).err
    full(*words)
    assert place.stat().st_size > 1000
    assert stat.S_IMODE(place.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "command",
    [
        ["export", "config.toml"],
        ["export", "config.toml", "--force"],
        ["export", "annan/config.toml", "--force"],
        ["export", "annan/../config.toml", "--force"],
        ["export", "ny/config.toml"],
        ["export", "CONFIG.TOML"],
        ["backup", "ny/config.toml"],
        ["backup", "db/kvaltui.db"],
        ["backup", "db/kvaltui.db-journal"],
        ["backup", "db/kvaltui.db-wal"],
        ["backup", "db/backups/old.db"],
    ],
    ids=" ".join,
)
def test_the_names_that_are_kvaltuis_own(full: Folder, command: list[str]) -> None:
    (full.path / "ny").mkdir()
    before = everything(full.path)
    assert full(*command, code=3).err
    assert everything(full.path) == before


@pytest.mark.parametrize(("name", "command"), sampled(product(ODD_NAMES, WRITERS), 10), ids=ascii)
def test_odd_names_are_written_or_refused_in_words(full: Folder, command: list[str], name: str) -> None:
    before = everything(full.path)
    words = of_name(command, name) if name.strip() else [command[0], name]
    is_written = name.startswith("en")
    answer = full(*words, code=0 if is_written else 3 if name.strip() else 2)
    assert "\x1b" not in answer.out + answer.err
    if is_written:
        assert (full.path / words[1]).stat().st_size > 1000
    else:
        assert answer.err
        assert everything(full.path) == before


READERS: list[list[str]] = [
    *(["import", name] for name in ("{}.toml", "{}.json", "{}.csv", "{}.xlsx", "{}.kvb")),
    *(["import", name, "--dry-run"] for name in ("{}.toml", "{}.csv", "{}.kvb")),
    ["restore", "{}.db"],
    ["init", "--folder", "ny", "--plan", "{}.toml"],
    ["init", "--folder", "ny", "--plan", "{}.kvb"],
    ["sync", "{}"],
]
"""Each command that reads a file or a folder, with the name that it is given."""


def nothing(folder: Path, place: Path) -> None:
    """Nothing lies there."""


def an_endless_one(folder: Path, place: Path) -> None:
    place.symlink_to("/dev/zero")


UNREADABLE = (nothing, a_file, a_folder, a_pipe, a_device, an_endless_one, a_circle)


@pytest.mark.parametrize(("lies", "command"), sampled(product(UNREADABLE, READERS), 13), ids=name_of)
def test_what_cannot_be_read_changes_nothing(
    full: Folder, command: list[str], lies: Callable[[Path, Path], None]
) -> None:
    words = of_name(command, "x")
    lies(full.path, full.path / words[[part.startswith("{}") for part in command].index(True)])
    before = everything(full.path)
    if command[0] == "sync" and lies is a_folder:
        full(*words)
        assert everything(full.path).items() >= before.items()
        return
    assert full(*words, code=3).err
    assert everything(full.path) == before


@pytest.mark.parametrize("command", [["import", ""], ["restore", ""], ["sync", ""], ["import", "a\nb.csv"]], ids=ascii)
def test_odd_names_of_what_is_read(full: Folder, command: list[str]) -> None:
    before = everything(full.path)
    assert full(*command, code=3 if command[1] else 2).err
    assert everything(full.path) == before


def test_init_on_a_database_of_the_same_name_as_the_settings(empty: Folder) -> None:
    assert empty("init", "--db", "config.toml", "--plan", "nacka-2022", code=3).err
    assert list(empty.path.iterdir()) == []


MAKE_AND_WAIT = """
import sys, time
from pathlib import Path
from kvaltui.cli import main
from kvaltui.half_made import beside
with beside(Path(sys.argv[1])) as new:
    new.write_text("halv")
    new.with_name(new.name + "-journal").write_text("halv")
    print("made", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(("number", "command"), sampled(product([signal.SIGKILL, signal.SIGTERM], WRITERS), 4), ids=str)
def test_what_a_killed_program_left_half_made_is_gone_with_the_next(
    full: Folder, command: list[str], number: signal.Signals
) -> None:
    words = of_name(command, "db/backups/x")
    place = full.path / words[1]
    maker = subprocess.Popen([sys.executable, "-c", MAKE_AND_WAIT, str(place)], stdout=subprocess.PIPE)
    assert maker.stdout is not None
    with maker.stdout:
        assert maker.stdout.readline() == b"made\n"
        full(*of_name(command, "db/backups/y"))
        assert len(left_over(place.parent)) == 2, "what is being made is left alone"
        maker.send_signal(number)
        maker.wait(timeout=60)
    assert len(left_over(place.parent)) == 2
    full(*words)
    assert left_over(place.parent) == []


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_what_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), beside(tmp_path / "a.toml") as new:  # noqa: PT012
        new.write_text("halv")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []
