"""Two users of one computer: what one puts in the other's way, and what a team shares."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from kvaltui.commands.context import Context
from tests.sampled import sampled
from tests.second_user import TEAM, User, may_be_another, two_users

pytestmark = pytest.mark.reliability

Two = tuple[User, User, Path]


@pytest.fixture
def two(tell: Callable[[str], None], request: pytest.FixtureRequest) -> Iterator[Two]:
    if not may_be_another():
        tell(f"not tried, for want of the right to be another user: {request.node.name}")
        pytest.skip("may not be another user")
    with two_users() as found:
        yield found


def folder_of(user: User, place: Path, mode: int, group: int | None = None) -> Path:
    place.mkdir()
    os.chown(place, user.number, user.number if group is None else group)
    place.chmod(mode)
    return place


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.thorough
def test_who_may_not_read_the_folder_is_told_that(two: Two) -> None:
    first, second, common = two
    work = folder_of(first, common / "arbete", 0o755)
    first("init", "--plan", "nacka-2022", folder=work)
    (work / "config.toml").chmod(0o644)
    second("--trust", "locate", folder=work)
    for words in (["status"], ["enter", "sabo-trygghet", "90"], ["check"], ["sync", str(common)], []):
        told = second(*words, folder=work, expected=3).err
        assert "du saknar behörighet" in told
        assert f"{work / 'db'} tillhör {first.number}" in told
        assert "init" not in told
    assert "(du saknar behörighet)" in second("locate", folder=work).out
    (work / "db").chmod(0o755)
    told = second("status", folder=work, expected=3).err
    assert f"{work / 'db' / 'kvaltui.db'} tillhör {first.number}" in told


@pytest.mark.thorough
def test_a_team_shares_what_init_has_made_for_it(two: Two) -> None:
    first, second, common = two
    team = folder_of(first, common / "lag", 0o2770, TEAM)
    out = first("init", "--plan", "nacka-2022", "--shared", folder=team).out
    assert f"”{TEAM}”" in out
    data = team / "db"
    made = {path: (rights(path), path.stat().st_gid) for path in (data, data / "kvaltui.db", team / "config.toml")}
    assert list(made.values()) == [(0o2770, TEAM), (0o660, TEAM), (0o660, TEAM)]
    assert "shared = true" in (team / "config.toml").read_text()

    told = second("status", folder=team, expected=3).err
    assert f"tillhör {first.number}" in told
    assert "kvaltui --trust locate" in told
    second("--trust", "locate", folder=team)
    second("enter", "sabo-trygghet", "91", folder=team)
    first("enter", "sabo-mat-smakar", "71", folder=team)
    out = second("history", folder=team).out
    assert "71" in out
    assert "91" in out
    for user in (first, second):
        assert not user("check", folder=team).err
    assert {rights(path) for path in (data / "backups").iterdir()} == {0o660}
    assert not (data / "kvaltui.log").exists()


@pytest.mark.thorough
def test_a_new_folder_that_init_makes_for_a_team(two: Two) -> None:
    first, _second, common = two
    above = folder_of(first, common / "ovan", 0o2775, TEAM)
    first("init", "--shared", "--folder", str(above / "lag"), folder=above)
    assert (rights(above / "lag"), (above / "lag").stat().st_gid) == (0o2770, TEAM)


def test_a_folder_that_the_group_cannot_enter_is_told(two: Two) -> None:
    first, _second, common = two
    work = folder_of(first, common / "arbete", 0o700)
    assert f"chmod g+rx {work}" in first("init", "--shared", folder=work).err


@pytest.mark.thorough
def test_what_is_shared_later_is_opened_to_the_group(two: Two) -> None:
    first, second, common = two
    team = folder_of(first, common / "lag", 0o750, TEAM)
    first("init", "--plan", "nacka-2022", folder=team)
    first("enter", "sabo-trygghet", "90", folder=team)
    settings = team / "config.toml"
    settings.write_text(settings.read_text().replace("shared = false", "shared = true"))
    settings.chmod(0o640)
    os.chown(settings, first.number, TEAM)
    os.chown(team / "db", first.number, TEAM)
    second("--trust", "locate", folder=team)
    second("status", folder=team, expected=3)
    assert not first("enter", "sabo-trygghet", "91", folder=team).err
    assert rights(team / "db") == 0o2770
    assert (rights(team / "db" / "kvaltui.db"), (team / "db" / "kvaltui.db").stat().st_gid) == (0o660, TEAM)
    assert not second("enter", "sabo-trygghet", "92", folder=team).err
    assert "92" in first("history", "--limit", "1", folder=team).out


@pytest.mark.thorough
def test_a_folder_with_other_things_is_not_opened_but_told(two: Two) -> None:
    first, second, common = two
    team = folder_of(first, common / "lag", 0o750, TEAM)
    first("init", "--plan", "nacka-2022", "--db", str(team / "kvaltui.db"), folder=team)
    (team / "privat.txt").write_text("eget")
    settings = team / "config.toml"
    settings.write_text(settings.read_text().replace("shared = false", "shared = true"))
    os.chown(settings, first.number, TEAM)
    settings.chmod(0o640)
    told = first("enter", "sabo-trygghet", "91", folder=team).err
    assert rights(team) == 0o750
    assert f"chmod 2770 {team}" in told
    second("--trust", "locate", folder=team)
    assert f"chmod 2770 {team}" in second("enter", "sabo-trygghet", "92", folder=team, expected=3).err
    # What is told is what helps; the backups that were made meanwhile get the group with the owner's next change.
    team.chmod(0o2770)
    assert not first("check", folder=team).err
    assert not second("enter", "sabo-trygghet", "92", folder=team).err


@pytest.mark.thorough
@pytest.mark.parametrize(("way", "is_linked"), sampled(product(["working folder", "environment"], [False, True]), 2))
def test_the_settings_of_somebody_else_are_not_read(two: Two, is_linked: bool, way: str) -> None:
    first, second, common = two
    own = folder_of(first, common / "eget", 0o700)
    first("init", "--plan", "nacka-2022", folder=own)
    first("enter", "sabo-trygghet", "90", folder=own)
    backups = sorted((own / "db" / "backups").iterdir())
    public = folder_of(first, common / "allas", 0o1777)
    trap = public / "config.toml"
    text = f'[database]\npath = "{public}/kvaltui.db"\nbackup_folder = "{own}/db/backups"\nbackups_kept_daily = 1\n'
    if is_linked:
        (own / "min.toml").write_text(text)
        first.owns(own / "min.toml")
        trap.symlink_to(own / "min.toml")
    else:
        trap.write_text(text)
        trap.chmod(0o644)
    second.owns(trap)
    folder = public if way == "working folder" else first.home

    def does() -> None:
        if way == "environment":
            os.environ["KVALTUI_CONFIG"] = str(trap)

    told = first("enter", "sabo-trygghet", "91", folder=folder, does=does, expected=3).err
    assert f"tillhör {second.number}" in told
    assert "kvaltui --trust locate" in told
    assert sorted((own / "db" / "backups").iterdir()) == backups
    # Named on the command line, or once trusted, it is read.
    first("--config", str(trap), "locate", folder=folder)
    first("locate", folder=folder, does=does, expected=3)
    for _ in range(2):
        first("--trust", "locate", folder=folder, does=does)
    first("locate", folder=folder, does=does)


@pytest.mark.thorough
@pytest.mark.parametrize("what", ["file", "folder"])
def test_settings_that_everybody_may_write_are_not_read(two: Two, what: str) -> None:
    first, _second, common = two
    work = folder_of(first, common / "arbete", 0o755)
    first("init", "--plan", "nacka-2022", folder=work)
    (work if what == "folder" else work / "config.toml").chmod(0o777)
    assert "Alla på den här datorn får" in first("status", folder=work, expected=3).err
    first("--trust", "locate", folder=work)
    first("status", folder=work)


def fail() -> None:
    """Let the next command fail unforeseen."""

    def opened(_context: Context) -> None:
        raise RuntimeError("oväntat")

    Context.open = opened  # type: ignore[method-assign, assignment]


@pytest.mark.thorough
def test_a_log_that_leads_elsewhere_is_not_written(two: Two) -> None:
    first, second, common = two
    team = folder_of(first, common / "lag", 0o2770, TEAM)
    first("init", "--plan", "nacka-2022", "--shared", folder=team)
    (first.home / ".bashrc").touch()
    first.owns(first.home / ".bashrc")
    for name in ("kvaltui.log", "kvaltui.log.1"):
        (team / "db" / name).symlink_to(first.home / ".bashrc")
        second.owns(team / "db" / name)
    first("check", folder=team, does=fail, expected=3)
    assert (first.home / ".bashrc").read_text() == ""
    (log,) = first.home.rglob("kvaltui.log")
    assert "unforeseen RuntimeError" in log.read_text()
    assert str(log) in first("locate", "--json", folder=team).out


@pytest.mark.thorough
def test_a_link_planted_where_copies_meet_leads_nowhere(two: Two) -> None:
    first, second, common = two
    own = folder_of(first, common / "eget", 0o700)
    meeting = folder_of(first, common / "delad", 0o2770, TEAM)
    first("init", "--plan", "nacka-2022", folder=own)
    first("sync", str(meeting), folder=own)
    (bundle,) = meeting.iterdir()
    for target in (own / "db" / "kvaltui.db", first.home / "ny.txt"):
        held = target.read_bytes() if target.exists() else None
        bundle.unlink()
        bundle.symlink_to(target)
        second.owns(bundle)
        told = first("sync", str(meeting), folder=own, expected=3).err
        assert "länk" in told
        assert bundle.is_symlink()
        assert (target.read_bytes() if target.exists() else None) == held
    assert not first("check", folder=own).err


@pytest.mark.thorough
def test_a_link_of_somebody_else_is_not_followed_by_what_writes_files(two: Two) -> None:
    first, second, common = two
    own = folder_of(first, common / "eget", 0o700)
    shared = folder_of(first, common / "delad", 0o2770, TEAM)
    first("init", "--plan", "nacka-2022", folder=own)
    (own / "brev.md").write_text("viktigt")
    first.owns(own / "brev.md")
    for name, target in (("plan.md", own / "brev.md"), ("ny.md", own / "ny.md"), ("mapp", own)):
        (shared / name).symlink_to(target)
        second.owns(shared / name)
    for words in (["report", "plan.md", "--force"], ["report", "ny.md"]):
        told = first("--config", str(own / "config.toml"), *words, folder=shared, expected=3).err
        assert "någon annan har gjort" in told
    first.owns(shared / "ny.md")
    first("--config", str(own / "config.toml"), "report", "ny.md", folder=shared)
    assert (own / "brev.md").read_text() == "viktigt"
    assert (own / "ny.md").exists()


@pytest.mark.thorough
def test_what_another_user_left_half_made_is_told_and_left(two: Two) -> None:
    first, second, common = two
    team = folder_of(first, common / "lag", 0o2770, TEAM)
    first("init", "--plan", "nacka-2022", "--shared", folder=team)
    names = (".kvaltui-0123456789abcdef0123.new", ".kvaltui-0123456789abcdef0123.new-journal")
    for place in (team, team / "db"):
        for name, user in zip(names, (first, second), strict=True):
            (place / name).write_text("halv")
            user.owns(place / name)
    told = first("check", folder=team).err
    assert told.count(names[0]) >= 2
    first("enter", "sabo-trygghet", "91", folder=team)
    assert [path.name for path in (team / "db").iterdir() if path.name.startswith(".")] == [names[1]]


@pytest.mark.thorough
def test_a_file_of_a_group_that_one_is_not_in_has_no_rights_for_ones_own_group(two: Two) -> None:
    first, second, common = two
    own = folder_of(first, common / "eget", 0o700)
    first("init", "--plan", "nacka-2022", folder=own)
    report = own / "plan.md"
    report.write_text("gammal")
    os.chown(report, first.number, second.number)
    report.chmod(0o664)
    first("report", "plan.md", "--force", folder=own)
    assert (rights(report), report.stat().st_gid) == (0o604, first.number)
