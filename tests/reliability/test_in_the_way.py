"""Whatever lies where the program writes is left as it is, told, and never waited for: every thing, every write."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import socket
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kvaltui import config, config_file, trust
from kvaltui.cli import main
from kvaltui.commands import log, log_file
from kvaltui.exchange.file_error import FileError
from kvaltui.exchange.slug import slug
from kvaltui.exchange.writing import write_file
from kvaltui.model.message import KvaltuiError, Message
from kvaltui.store.opening import open_database
from kvaltui.system.folder import NoOrdinaryFile
from kvaltui.work.remembered import first_time, recalled, remember
from tests.sampled import sampled

pytestmark = pytest.mark.reliability

_HANGS_AFTER = 20


@dataclass(frozen=True)
class Work:
    """A working folder, a folder where copies meet, and a home."""

    folder: Path
    home: Path

    @property
    def database(self) -> Path:
        return self.folder / "db" / "kvaltui.db"

    @property
    def meeting(self) -> Path:
        return self.folder / "delad"

    @property
    def target(self) -> Path:
        """A file of the person's own, which nothing has to do with."""
        return self.home / ".bashrc"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "arbete"
    assert main(["init", "--plan", "nacka-2022", "--folder", str(folder)]) == 0
    return folder


@pytest.fixture
def work(made: Path, tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    folder = tmp_path / "arbete"
    shutil.copytree(made, folder)
    (folder / "delad").mkdir()
    (folder / "mapp").mkdir()
    (own_home / ".bashrc").write_text("alias ll='ls -l'\n")
    monkeypatch.chdir(folder)
    return Work(folder, own_home)


# What may lie there


def a_text(work: Work, place: Path) -> None:
    place.write_text("färdigskrivet för hand\n")


def nothing_at_all(work: Work, place: Path) -> None:
    place.touch()


def a_protected_file(work: Work, place: Path) -> None:
    a_text(work, place)
    place.chmod(0o444)


def a_link(work: Work, place: Path) -> None:
    place.symlink_to(work.target)


def a_link_to_a_folder(work: Work, place: Path) -> None:
    place.symlink_to(work.folder / "mapp")


def a_link_to_the_database(work: Work, place: Path) -> None:
    place.symlink_to(work.database)


def a_dangling_link(work: Work, place: Path) -> None:
    place.symlink_to(work.home / "finns-inte")


def a_second_name(work: Work, place: Path) -> None:
    place.hardlink_to(work.target)


def a_second_name_of_the_database(work: Work, place: Path) -> None:
    place.hardlink_to(work.database)


def a_pipe(work: Work, place: Path) -> None:
    os.mkfifo(place)


def a_device(work: Work, place: Path) -> None:
    try:
        os.mknod(place, stat.S_IFCHR | 0o600, Path("/dev/full").stat().st_rdev)
    except PermissionError:
        place.symlink_to("/dev/full")


def a_socket(work: Work, place: Path) -> None:
    here = Path.cwd()
    os.chdir(place.parent)  # a socket's path may be no longer than 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(place.name)
    finally:
        os.chdir(here)


def a_folder(work: Work, place: Path) -> None:
    place.mkdir()
    (place / "a.txt").write_text("kvar")


def a_foreign_database(work: Work, place: Path) -> None:
    with sqlite3.connect(place) as made:
        made.execute("CREATE TABLE t (a)")
    made.close()


def anothers_bundle(work: Work, place: Path) -> None:
    other = work.folder / "annan"
    assert main(["init", "--folder", str(other), "--plan", "nacka-2022"]) == 0
    assert main(["--config", str(other / "config.toml"), "export", str(place.with_name("x.kvb"))]) == 0
    place.with_name("x.kvb").rename(place)


def another_users_file(work: Work, place: Path) -> None:
    a_text(work, place)
    try:
        os.chown(place, 54321, 54321)
    except PermissionError:
        place.chmod(0o600)


THINGS = (
    a_text, nothing_at_all, a_protected_file, a_link, a_link_to_a_folder, a_link_to_the_database, a_dangling_link,
    a_second_name, a_second_name_of_the_database, a_pipe, a_device, a_socket, a_folder, a_foreign_database,
    anothers_bundle, another_users_file,
)  # fmt: skip

# What writes there


def refused(*arguments: str) -> None:
    """Run a command that has to refuse with the exit code for files that cannot be used."""
    if main(arguments) != 3:
        raise NotRefused


class NotRefused(Exception):
    """The program went on."""


def export(work: Work, place: Path) -> None:
    refused("export", str(place))


def export_by_force(work: Work, place: Path) -> None:
    refused("export", str(place), "--force")


def report(work: Work, place: Path) -> None:
    refused("report", str(place))


def report_by_force(work: Work, place: Path) -> None:
    refused("report", str(place), "--force")


def backup(work: Work, place: Path) -> None:
    refused("backup", str(place))


def init_database(work: Work, place: Path) -> None:
    refused("init", "--folder", str(work.folder / "ny"), "--db", str(place), "--plan", "nacka-2022")


def init_settings(work: Work, place: Path) -> None:
    refused("init", "--folder", str(place.parent), "--plan", "nacka-2022")


def meet(work: Work, place: Path) -> None:
    refused("sync", str(work.meeting))


def settings(work: Work, place: Path) -> None:
    config_file.write(config.Config(folder=place.parent), place)
    raise NotRefused


def trusting(work: Work, place: Path) -> None:
    trust.trust(Path("/srv/arbete/config.toml"), place.parent)
    raise NotRefused


def remembering(work: Work, place: Path) -> None:
    remember(place.name, "/mnt/usb")
    assert first_time("tour") in (True, False)
    if recalled(place.name) == "/mnt/usb":
        raise NotRefused


def logging_(work: Work, place: Path) -> None:
    log.keep_log(work.database.parent)
    log_file.note(ValueError("hemligt"))
    log_file.start(lambda: place)
    logging.getLogger("kvaltui").warning("en rad")


def _anywhere(ending: str) -> Callable[[Work], Path]:
    return lambda work: work.folder / f"x{ending}"


def _own_bundle(work: Work) -> Path:
    with open_database(work.database) as database:
        return work.meeting / f"nacka-2022-{slug(database.device)}.kvb"


def _state(work: Work) -> Path:
    folder = work.home / ".local" / "state" / "kvaltui"
    folder.mkdir(parents=True)
    return folder / "sync-folder"


WRITES: dict[Callable[[Work, Path], None], Callable[[Work], Path]] = {
    export: _anywhere(".toml"),
    export_by_force: _anywhere(".kvb"),
    report: _anywhere(".md"),
    report_by_force: _anywhere(".docx"),
    backup: _anywhere(".db"),
    init_database: _anywhere(".db"),
    init_settings: lambda work: work.folder / "mapp" / "config.toml",
    meet: _own_bundle,
    settings: _anywhere(".toml"),
    trusting: lambda work: work.folder / "mapp" / "trusted",
    remembering: _state,
    logging_: lambda work: work.database.parent / "kvaltui.log",
}
"""Every write of the program, and where it writes."""

_FILES = {a_text, nothing_at_all, a_second_name, anothers_bundle, another_users_file}
_OWN = {*_FILES, a_foreign_database, a_second_name_of_the_database}
MAY_BE_WRITTEN: dict[Callable[[Work, Path], None], set[Callable[[Work, Path], None]]] = {
    # A person has said that the file is to be replaced, and the link is their own. Another name of it stays as it is.
    export_by_force: {*_FILES, a_link, a_dangling_link},
    report_by_force: {*_FILES, a_link, a_dangling_link},
    # A link that the person has made, to where nothing lies yet.
    export: {a_dangling_link},
    report: {a_dangling_link},
    backup: {a_dangling_link},
    settings: {*_FILES, a_link, a_dangling_link},
    # What nobody but the person writes in: the place is that of a file of one purpose.
    trusting: {*_OWN, a_protected_file},
    remembering: {*_OWN, a_protected_file},
    logging_: {a_text, nothing_at_all, anothers_bundle, a_foreign_database, a_protected_file},
}


def everything(*folders: Path) -> dict[str, object]:
    """All that lies in folders: the content of files, where links lead, the kinds of other things."""
    return {
        str(path): path.readlink()
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else stat.S_IFMT(path.stat().st_mode)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if "devices" not in path.parts
    }


@contextmanager
def no_waiting() -> Iterator[None]:
    """Whoever opens a pipe and waits for its other end is woken."""

    def wake(number: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, wake)
    signal.alarm(_HANGS_AFTER)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


PAIRS = [
    pytest.param(write, thing, id=f"{write.__name__.strip('_')}-{thing.__name__}")
    for write in WRITES
    for thing in THINGS
    if thing not in MAY_BE_WRITTEN.get(write, set())
]


@pytest.mark.parametrize(("write", "thing"), sampled(PAIRS, 23))
def test_what_lies_there_is_left_and_told(
    work: Work,
    write: Callable[[Work, Path], None],
    thing: Callable[[Work, Path], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = WRITES[write](work)
    thing(work, place)
    before = everything(work.folder, work.home)
    capsys.readouterr()
    told = ""
    with no_waiting():
        try:
            write(work, place)
        except (KvaltuiError, NoOrdinaryFile) as error:
            told = str(error)
    if write not in (remembering, logging_, trusting):
        assert place.name in told + capsys.readouterr().err or place.name == "kvaltui.db"
    after = everything(work.folder, work.home)
    made = {
        path
        for path in after.keys() - before.keys()
        if write in (init_database, init_settings) or path.startswith(str(work.home / ".local"))
    }
    assert {path: held for path, held in after.items() if path not in made} == before
    assert after[str(place)] == before[str(place)]


def test_the_table_is_whole() -> None:
    """So many pairs of a write and a thing are left as they are; the others may be replaced, as the table says."""
    assert len(PAIRS) == len(WRITES) * len(THINGS) - sum(map(len, MAY_BE_WRITTEN.values()))
    assert len(PAIRS) > 130


# What comes there between the look and the writing


def a_write(work: Work, place: Path) -> None:
    write_file(place, b"nytt", replaces=True)


def a_new_file(work: Work, place: Path) -> None:
    write_file(place, b"nytt")


def written_settings(work: Work, place: Path) -> None:
    config_file.write(config.Config(folder=place.parent), place)


def meeting(work: Work, place: Path) -> None:
    if main(["sync", str(work.meeting)]) == 3:
        raise FileError(Message("told"))


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Do something once while a file is on its way to the disk, when what lies there has been looked at."""

    def arrange(does: Callable[[], None]) -> None:
        sync_to_disk, waits = os.fsync, [does]

        def fsync(handle: int) -> None:
            sync_to_disk(handle)
            while waits:
                waits.pop()()

        monkeypatch.setattr(os, "fsync", fsync)

    return arrange


@pytest.mark.parametrize(
    "thing", sampled([a_link, a_link_to_the_database, a_pipe, a_text, a_second_name_of_the_database])
)
@pytest.mark.parametrize(
    ("write", "where", "is_there"),
    [
        (a_write, _anywhere(".toml"), True),
        (a_write, _anywhere(".toml"), False),
        (a_new_file, _anywhere(".toml"), False),
        (written_settings, _anywhere(".toml"), True),
        (written_settings, _anywhere(".toml"), False),
        (meeting, _own_bundle, True),
        (meeting, _own_bundle, False),
    ],
)
def test_what_is_planted_after_the_look_is_left(
    work: Work,
    write: Callable[[Work, Path], None],
    where: Callable[[Work], Path],
    is_there: bool,
    thing: Callable[[Work, Path], None],
    meanwhile: Callable[[Callable[[], None]], None],
) -> None:
    place = where(work)
    if is_there and write is meeting:
        meeting(work, place)
    elif is_there:
        place.write_text("")
    held: dict[str, object] = {}

    def plant() -> None:
        place.unlink(missing_ok=True)
        thing(work, place)
        held.update(everything(work.folder, work.home))

    meanwhile(plant)
    with no_waiting(), pytest.raises(KvaltuiError):
        write(work, place)
    left = everything(work.folder, work.home)
    assert {path: content for path, content in held.items() if ".kvaltui-" not in path} == left


def test_a_folder_that_is_exchanged_for_a_link_leads_nowhere(
    work: Work, meanwhile: Callable[[Callable[[], None]], None]
) -> None:
    folder = work.folder / "mapp"

    def plant() -> None:
        folder.rename(work.folder / "undan")
        folder.symlink_to(work.home)

    meanwhile(plant)
    write_file(folder / ".bashrc", b"nytt")
    assert work.target.read_text().startswith("alias")
    assert (work.folder / "undan" / ".bashrc").read_bytes() == b"nytt"


# What others put in the folder where copies meet


@pytest.mark.thorough
@pytest.mark.parametrize("thing", sampled((each for each in THINGS if each is not anothers_bundle), 3))
def test_sync_passes_by_what_is_no_bundle_and_takes_in_the_others(
    work: Work, thing: Callable[[Work, Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    anothers_bundle(work, work.meeting / "z--annan.kvb")
    thing(work, work.meeting / "a--i-vagen.kvb")
    before = everything(work.meeting, work.home)
    with no_waiting():
        code = main(["sync", str(work.meeting)])
    printed = capsys.readouterr()
    assert "z--annan.kvb" in printed.out
    assert (code, "a--i-vagen.kvb" in printed.err) == ((0, False) if thing is a_folder else (3, True))
    after = everything(work.meeting, work.home)
    if thing is a_second_name_of_the_database:
        # The database has the other bundle's changes now, by whichever name.
        assert after.pop(str(work.meeting / "a--i-vagen.kvb")) == work.database.read_bytes()
        before.pop(str(work.meeting / "a--i-vagen.kvb"))
    assert after.items() >= before.items()
    assert len(list(work.meeting.iterdir())) == 3
