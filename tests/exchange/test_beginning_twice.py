"""A database that somebody has begun is not begun again: what a first plan says never goes over figures that stand."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kvaltui import cli
from kvaltui.exchange.importing import ImportRefused
from kvaltui.i18n import say
from kvaltui.model.reporting import Outcome
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.work.plan_maker import Beginning, BeginningError
from tests.store.plan import COORDINATOR


def begun(folder: Path) -> Path:
    """A database with a figure in it that the starter plan has otherwise."""
    assert cli.main(["init", "--plan", "nacka-2022", "--folder", str(folder)]) == 0
    database = folder / "db" / "kvaltui.db"
    assert cli.main(["enter", "sabo-trygghet", "92 %", "--db", str(database)]) == 0
    return database


def figure(path: Path) -> str:
    with open_database(path) as database:
        found = load_plan(database, "nacka-2022").get(Outcome, "sabo-trygghet/2022/")
    return found.value if found else ""


def test_a_window_that_asks_while_somebody_begins(tmp_path: Path) -> None:
    database = begun(tmp_path)
    with open_database(database) as opened:
        beginning = Beginning(lambda: opened, COORDINATOR)
        with pytest.raises(ImportRefused, match="nacka-2022"):
            beginning.from_starter("nacka-2022")
        with pytest.raises(ImportRefused, match="nacka-2022"):
            beginning.empty("Ny plan", "2024")
    assert figure(database) == "92 %"


@pytest.mark.parametrize("source", ["nacka-2022", "huddinge-2024"])
def test_a_database_that_came_there_at_the_last_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], source: str
) -> None:
    database = begun(tmp_path)
    (tmp_path / "config.toml").unlink()
    # As a server's database is: nothing of it can be seen before it is opened.
    monkeypatch.setattr(os.path, "lexists", lambda place: False)
    assert cli.main(["init", "--plan", source, "--folder", str(tmp_path)]) == 3
    assert "har redan en plan (nacka-2022)" in capsys.readouterr().err
    monkeypatch.undo()
    assert figure(database) == "92 %"
    assert not (tmp_path / "config.toml").exists()


def test_another_plan_that_is_there_already_or_has_no_title(tmp_path: Path) -> None:
    database = begun(tmp_path)
    with open_database(database) as opened:
        beginning = Beginning(lambda: opened, COORDINATOR, is_first=False)
        before = opened.position()
        refused: dict[str, Callable[[], str]] = {
            "Planen ”nacka-2022” finns redan i databasen": lambda: beginning.from_starter("nacka-2022"),
            "Skriv en titel på planen": lambda: beginning.empty(" \n ", "2024"),
        }
        for words, make in refused.items():
            with pytest.raises(BeginningError) as caught:
                make()
            assert (say(caught.value.message), caught.value.field) == (words, "title")
        assert opened.position() == before
    assert figure(database) == "92 %"
