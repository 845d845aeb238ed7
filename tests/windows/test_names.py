"""Names that Windows takes otherwise than they are written, and paths that are long."""

from __future__ import annotations

import pytest

from tests.windows.working_folder import WorkingFolder

pytestmark = [pytest.mark.thorough, pytest.mark.windows]
LONGEST_ORDINARY_PATH = 260
"""Characters that Windows takes where nobody has told it to take more."""


@pytest.mark.parametrize(
    "name",
    ["CON.csv", "nul", "Lpt1.xlsx", "aux.tar.csv", "a:b.csv", "utfall.csv.", "vad?.csv", "a|b.csv"],
)
def test_a_name_that_is_none_is_refused_before_anything_is_made(folder: WorkingFolder, name: str) -> None:
    before = sorted(path.relative_to(folder.path) for path in folder.path.rglob("*"))
    told = folder("export", name, code=3).err
    assert name.strip(" ") in told
    assert sorted(path.relative_to(folder.path) for path in folder.path.rglob("*")) == before


def test_every_command_refuses_the_name_of_a_device(folder: WorkingFolder) -> None:
    for command in (("import", "NUL"), ("report", "prn.docx"), ("backup", "com1.db"), ("status", "--db", "aux.db")):
        assert folder(*command, code=3).err
    assert {path.name for path in folder.path.iterdir()} == {"config.toml", "db"}


def test_names_and_paths_are_written_as_people_write_them(folder: WorkingFolder) -> None:
    (folder.path / "Rapporter").mkdir()
    folder("export", "Rapporter/utfall å ä ö.csv")
    folder("export", ".\\rapporter\\UTFALL Å Ä Ö.CSV", code=3)  # the same file
    folder("export", folder.named("Rapporter\\utfall 2.csv"))
    assert "Oförändrat" in folder("import", "RAPPORTER\\Utfall 2.csv").out
    folder("export", "..\\" + folder.path.name + "\\utfall 3.csv")
    assert (folder.path / "utfall 3.csv").exists()


def test_a_long_path_is_written_and_read(folder: WorkingFolder) -> None:
    deep = "\\".join(["Kvalitet och uppföljning i äldreomsorgen"] * 7)
    assert len(folder.named(deep)) > LONGEST_ORDINARY_PATH
    folder.path.joinpath(*deep.split("\\")).mkdir(parents=True)
    folder("export", f"{deep}\\utfall.csv")
    assert "Oförändrat" in folder("import", f"{deep}\\utfall.csv").out


def test_a_database_on_a_share_is_told_of(folder: WorkingFolder) -> None:
    told = folder("status", "--db", "\\\\server\\delad\\kvalitet.db", code=3).err
    assert "\\\\server\\delad\\kvalitet.db" in told
