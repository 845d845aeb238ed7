"""Files that come in and go out on Windows, also those that another program holds."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.windows.working_folder import WorkingFolder

pytestmark = [pytest.mark.thorough, pytest.mark.windows]
KEY = "sabo-trygghet"


@contextmanager
def held(folder: WorkingFolder, name: str, *, shared: str = "nothing") -> Iterator[None]:
    """Let another program have a file open and share nothing, as Excel does, or let others read it ("read")."""
    with folder.windows.start(*folder.python("holding.py", folder.named(name), shared), folder=folder.path) as holding:
        assert holding.stdin is not None
        assert holding.stdout is not None
        assert holding.stdout.readline().strip() == b"held"
        try:
            yield
        finally:
            holding.stdin.close()
            holding.wait(60)


@pytest.mark.parametrize("name", ["plan.toml", "plan.json", "utfall.csv", "utfall.xlsx", "knippe.kvb"])
def test_what_goes_out_comes_in_again(folder: WorkingFolder, name: str) -> None:
    folder("enter", KEY, "91,5 %")
    assert f"Skrev {name}" in folder("export", name).out
    assert "--force" in folder("export", name, code=3).err
    folder("undo")
    taken = folder("import", name).out
    if not name.endswith(".kvb"):  # whose change has been taken back since
        assert "91,5 %" in taken
    folder("export", name, "--force")
    assert {path.name for path in folder.path.iterdir()} == {"config.toml", "db", name}


def test_a_table_as_excel_saves_it_is_read(folder: WorkingFolder) -> None:
    table = "Nyckel;Period;Utfall\nsabo-trygghet;2022;92 %\nsabo-mat-smakar;2022;ej mätt\n"
    (folder.path / "från excel.csv").write_text(table, encoding="cp1252", newline="\r\n")
    assert "92 %" in folder("import", "från excel.csv", "--dry-run").out
    folder("import", ".\\från excel.csv")
    assert "92 %" in folder("show", KEY).out


def test_the_report_is_written(folder: WorkingFolder) -> None:
    folder("report", "berättelse.md")
    assert "Särskilt boende" in (folder.path / "berättelse.md").read_text(encoding="utf-8")
    folder("report", "berättelse.html")
    folder("report", "berättelse.docx")
    with zipfile.ZipFile(folder.path / "berättelse.docx") as written:
        assert "Särskilt boende" in written.read("word/document.xml").decode("utf-8")
    assert "Särskilt boende" in folder("report").out


def test_a_backup_is_made_and_put_back(folder: WorkingFolder) -> None:
    folder("enter", KEY, "93 %")
    folder("backup", "kopia.db")
    folder("enter", KEY, "94 %")
    folder("restore", "kopia.db")
    assert "93 %" in folder("show", KEY).out
    assert "kvaltui-" in folder("restore").out
    assert "är hel" in folder("check").out


def test_a_backup_is_put_back_while_another_program_has_the_database_open(folder: WorkingFolder) -> None:
    folder("enter", KEY, "93 %")
    folder("backup", "kopia.db")
    folder("enter", KEY, "94 %")
    command = folder.python("reading_on.py", folder.named("db\\kvaltui.db"), "nacka-2022", KEY)
    with folder.windows.start(*command, folder=folder.path) as reading:
        assert reading.stdin is not None
        assert reading.stdout is not None
        assert reading.stdout.readline().strip() == b"94 %"
        folder("restore", "kopia.db")
        reading.stdin.write(b"\n")
        reading.stdin.flush()
        assert reading.stdout.readline().strip() == b"93 %"
        reading.stdin.close()
        assert reading.wait(60) == 0


@pytest.mark.parametrize("command", [("export",), ("report",)])
def test_what_excel_or_word_has_open_is_left_as_it_is(folder: WorkingFolder, command: tuple[str, ...]) -> None:
    name = {"export": "utfall.xlsx", "report": "berättelse.docx"}[command[0]]
    folder(*command, name)
    before = (folder.path / name).read_bytes()
    folder("enter", KEY, "95 %")
    with held(folder, name):
        told = folder(*command, name, "--force", code=3).err
    assert name in told
    assert "annat program" in told
    assert (folder.path / name).read_bytes() == before
    assert {path.name for path in folder.path.iterdir()} == {"config.toml", "db", name}
    folder(*command, name, "--force")
    assert (folder.path / name).read_bytes() != before


def test_what_excel_has_open_is_not_read(folder: WorkingFolder) -> None:
    folder("export", "utfall.csv")
    with held(folder, "utfall.csv"):
        assert "annat program" in folder("import", "utfall.csv", code=3).err
    with held(folder, "utfall.csv", shared="read"):
        assert "Oförändrat" in folder("import", "utfall.csv").out


def test_a_database_that_another_program_holds_is_told(folder: WorkingFolder) -> None:
    with held(folder, "db\\kvaltui.db"):
        assert "kvaltui.db" in folder("status", code=3).err
    assert "Måluppfyllelse" in folder("status").out


def test_what_may_only_be_read_is_not_written_over(folder: WorkingFolder) -> None:
    folder("export", "utfall.csv")
    before = (folder.path / "utfall.csv").read_bytes()
    folder.shell("attrib +r utfall.csv")
    folder("enter", KEY, "96 %")
    told = folder("export", "utfall.csv", "--force", code=3).err
    assert "utfall.csv" in told
    assert (folder.path / "utfall.csv").read_bytes() == before
    folder.shell("attrib -r utfall.csv")
    folder("export", "utfall.csv", "--force")


def test_a_database_that_may_only_be_read_is_read(folder: WorkingFolder) -> None:
    folder.shell("attrib +r db\\kvaltui.db")
    assert "Måluppfyllelse" in folder("status").out
    assert "kvaltui.db" in folder("enter", KEY, "96 %", code=3).err
    folder.shell("attrib -r db\\kvaltui.db")
    folder("enter", KEY, "96 %")


def test_two_copies_meet_in_a_folder(folder: WorkingFolder, other: WorkingFolder) -> None:
    shared = folder.path.parent / f"delad av {folder.path.name}"
    shared.mkdir()
    place = folder.windows.windows(shared)
    folder("sync", place)
    other("sync", place)
    folder("enter", KEY, "81 %")
    other("enter", "sabo-mat-smakar", "82 %")
    folder("sync", place)
    assert "81 %" in other("sync", place).out
    assert "82 %" in folder("sync", place).out
    assert folder.json("status")["plan"] == other.json("status")["plan"]
    assert {path.suffix for path in shared.iterdir()} == {".kvb"}
