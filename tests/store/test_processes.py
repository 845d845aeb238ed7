"""Several programs at once, and programs that are killed: nothing that was acknowledged is lost, nobody is refused."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kvaltui.model.entity import Kind, Reference
from kvaltui.model.structure import Area
from kvaltui.store.author import Author
from kvaltui.store.backup import backup
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.bundle import digest, revisions
from kvaltui.store.check import check
from kvaltui.store.history import history
from kvaltui.store.journal import record
from kvaltui.store.migrate import migrate
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_changes, load_plan
from tests.store.plan import COORDINATOR, PLAN, TRUST, change, new_copy, outcome
from tests.store.test_migrate import NEXT, SECOND, rows

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

WRITE_AND_ACKNOWLEDGE = """
import sys
from pathlib import Path
from tests.store.plan import change, new_copy
database = new_copy(Path(sys.argv[1]))
print("ready", flush=True)
for number in range(int(sys.argv[2]), 10_000):
    change(database, note=f"{number} " + "x" * 500)
    print(number, flush=True)
"""

WRITE_MANY = """
import sys
from pathlib import Path
from dataclasses import replace
from kvaltui.model.structure import Area
from kvaltui.store.author import Author
from kvaltui.store.opening import open_database
from kvaltui.store.journal import record
from kvaltui.store.plans import load_changes, load_plan
from tests.store.plan import PLAN
writer = sys.argv[2]
by = Author(writer, writer)
with open_database(sys.argv[1]) as database:
    content = load_plan(database, PLAN)
    for number in range(int(sys.argv[3])):
        content = load_changes(database, content).content
        own = content.get(Area, f"egen-{writer}") or Area(key=f"egen-{writer}", name="Egen")
        common = content.get(Area, "omsorg")
        record(database, PLAN, [replace(own, note=str(number))], by=by, seen=content.position)
        record(database, PLAN, [replace(common, note=f"{writer} {number}")], by=by, seen=content.position)
"""

UPGRADE = """
import sys
from pathlib import Path
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.migrate import migrate
from tests.store.test_migrate import SECOND
path = Path(sys.argv[1])
print("ready", flush=True)
migrate(path, BackupRule(path.parent / "backups"), SECOND)
"""


def started(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT, cwd=Path(__file__).parents[2])


@pytest.mark.thorough
@pytest.mark.reliability
def test_a_killed_program_loses_nothing_that_it_called_saved(path: Path) -> None:
    new_copy(path, with_plan=True).close()
    chance = random.Random(2022)
    acknowledged = -1
    for _ in range(8):
        program = started(WRITE_AND_ACKNOWLEDGE, path, acknowledged + 1)
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        for _ in range(chance.randint(0, 12)):
            acknowledged = int(program.stdout.readline())
        os.kill(program.pid, signal.SIGKILL)
        for line in program.stdout.read().split():
            acknowledged = int(line)
        program.wait(timeout=120)
        program.stdout.close()
        with new_copy(path) as database:
            written = int(outcome(database).note.split()[0] or -1) if outcome(database).note else -1
            # One more than was acknowledged may have been written: killed between the commit and the word of it.
            assert written in (acknowledged, acknowledged + 1)
            assert check(database) == ()
            acknowledged = written


@pytest.mark.thorough
@pytest.mark.reliability
def test_eight_programs_write_at_once_and_none_is_refused_nor_loses_a_change(path: Path) -> None:
    new_copy(path, with_plan=True).close()
    writers, times = 8, 12
    programs = [started(WRITE_MANY, path, f"w{number}", times) for number in range(writers)]
    for program in programs:
        assert program.wait(timeout=120) == 0
        assert program.stdout is not None
        program.stdout.close()
    with new_copy(path) as database:
        content = load_plan(database, PLAN)
        for number in range(writers):
            own = content.get(Area, f"egen-w{number}")
            assert own is not None
            assert (own.note, own.contested) == (str(times - 1), ())
        common = history(database, PLAN, Reference(Kind.AREA, "omsorg"), limit=10_000)
        written = {each.after["note"] for each in common}
        assert written == {"", *(f"w{number} {time}" for number in range(writers) for time in range(times))}
        assert check(database) == ()


@pytest.mark.thorough
@pytest.mark.reliability
def test_four_programs_upgrade_at_once(path: Path) -> None:
    new_copy(path, with_plan=True).close()
    journal = rows(path, "SELECT * FROM revision")
    programs = [started(UPGRADE, path) for _ in range(4)]
    for program in programs:
        assert program.wait(timeout=120) == 0
        assert program.stdout is not None
        program.stdout.close()
    assert rows(path, "PRAGMA user_version") == [(NEXT,)]
    assert rows(path, "SELECT * FROM revision") == journal
    assert 1 <= len(list((path.parent / "backups").iterdir())) <= 4
    for each in (path.parent / "backups").iterdir():
        assert rows(each, "PRAGMA user_version") == [(NEXT - 1,)]


@pytest.mark.thorough
@pytest.mark.reliability
def test_an_upgrade_that_is_killed_is_done_or_not_begun(path: Path) -> None:
    new_copy(path, with_plan=True).close()
    chance = random.Random(1)
    for _ in range(10):
        program = started(UPGRADE, path)
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        try:
            program.wait(timeout=chance.random() * 0.02)
        except subprocess.TimeoutExpired:
            program.kill()
        program.wait(timeout=120)
        program.stdout.close()
        ((version,),) = rows(path, "PRAGMA user_version")
        columns = {row[1] for row in rows(path, "PRAGMA table_info(area)")}
        assert ("colour" in columns) == (version == NEXT)
        assert rows(path, "PRAGMA integrity_check") == [("ok",)]
        assert rows(path, "SELECT count(*) FROM revision") == [(21,)]
    migrate(path, BackupRule(path.parent / "backups"), SECOND)
    assert rows(path, "PRAGMA user_version") == [(NEXT,)]


@pytest.mark.thorough
@pytest.mark.reliability
def test_a_backup_under_load_is_one_moment_of_the_database(path: Path, tmp_path: Path) -> None:
    new_copy(path, with_plan=True).close()
    program = started(WRITE_AND_ACKNOWLEDGE, path, 0)
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    with new_copy(path) as database:
        for number in range(3):
            program.stdout.readline()
            backup(database, tmp_path / f"{number}.db")
    program.kill()
    program.wait(timeout=120)
    program.stdout.close()
    with new_copy(path) as database:
        all_lines = revisions(database, PLAN)
    for number in range(3):
        with new_copy(tmp_path / f"{number}.db") as copy:
            lines = revisions(copy, PLAN)
            assert digest(lines) == digest(all_lines[: len(lines)])
            assert check(copy) == ()


@pytest.mark.thorough
@pytest.mark.reliability
def test_many_make_the_database_at_once_and_all_get_the_same(tmp_path: Path) -> None:
    path = tmp_path / "db" / "kvaltui.db"
    script = (
        "import sys\n"
        "from kvaltui.store.opening import open_database\n"
        "from kvaltui.store.journal import record\n"
        "from kvaltui.model.structure import Plan\n"
        "from tests.store.plan import COORDINATOR\n"
        "with open_database(sys.argv[1], create=True) as database:\n"
        "    record(database, sys.argv[2], [Plan(key=sys.argv[2], title='P')], by=COORDINATOR, seen=0)\n"
    )
    programs = [started(script, path, f"plan-{number}") for number in range(4)]
    for program in programs:
        assert program.wait(timeout=120) == 0
        assert program.stdout is not None
        program.stdout.close()
    assert rows(path, "SELECT count(*) FROM plan") == [(4,)]
    assert sorted(each.name for each in path.parent.iterdir() if each.is_file()) == ["kvaltui.db"]


def test_two_windows_on_one_database_follow_each_other(path: Path) -> None:
    with new_copy(path, with_plan=True) as one, open_database(path) as another:
        here, there = load_plan(one, PLAN), load_plan(another, PLAN)
        change(one, value="90 %", by=COORDINATOR)
        there = load_changes(another, there).content
        figure = replace(outcome(another), note="Från andra fönstret")
        record(another, PLAN, [figure], by=Author("manager", "Chefen"), seen=there.position)
        here = load_changes(one, here).content
        found = here.find(TRUST)
        assert found == figure
        assert found is not None
        assert found.contested == ()
