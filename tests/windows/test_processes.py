"""Several programs at once on Windows, and what is left of one that is ended."""

from __future__ import annotations

import pytest

from tests.windows.working_folder import WorkingFolder

pytestmark = [pytest.mark.thorough, pytest.mark.windows]
KEYS = ("sabo-trygghet", "sabo-mat-smakar", "sabo-maltid-trevlig", "bostad-bestamma-hemma")
WRITES = 15


def test_two_write_at_once_and_nothing_is_lost(folder: WorkingFolder) -> None:
    database = folder.named("db\\kvaltui.db")
    before = len(folder.json("history", "--limit", "1000"))
    writing = [
        folder.windows.start(*folder.python("writing.py", database, "nacka-2022", key, str(WRITES)), folder=folder.path)
        for key in KEYS[:2]
    ]
    for each in writing:
        out, err = each.communicate(timeout=240)
        assert (each.returncode, err) == (0, b"")
        assert len(out.split()) == WRITES
    assert len(folder.json("history", "--limit", "1000")) == before + 2 * WRITES
    for key in KEYS[:2]:
        assert f"{WRITES} %" in folder("show", key).out
    folder("backup")
    assert "är hel" in folder("check").out


def test_two_commands_enter_at_the_same_time(folder: WorkingFolder) -> None:
    entering = [folder.start("enter", key, "71 %") for key in KEYS]
    for each in entering:
        out, err = each.communicate(timeout=240)
        assert each.returncode == 0, (out + err).decode()  # who had to wait says so
    for key in KEYS:
        assert "71 %" in folder("show", key).out


@pytest.mark.parametrize("after", [1, 7])
def test_a_program_that_is_ended_by_force_loses_nothing_that_it_called_saved(folder: WorkingFolder, after: int) -> None:
    database = folder.named("db\\kvaltui.db")
    writing = folder.python("writing.py", database, "nacka-2022", KEYS[0], "1000")
    done = folder.windows.run(*folder.python("ending.py", str(after), *writing), folder=folder.path)
    assert done.code == 0, done.err
    last = int(done.out.split()[-1])
    assert last >= after
    shown = folder("show", KEYS[0]).out
    assert any(f"{number} %" in shown for number in (last, last + 1))  # stored, and perhaps one more that was not told
    folder("backup")
    assert "är hel" in folder("check").out
    assert {path.name for path in (folder.path / "db").iterdir()} <= {"kvaltui.db", "backups", "kvaltui.db-journal"}
    folder("enter", KEYS[1], "72 %")
