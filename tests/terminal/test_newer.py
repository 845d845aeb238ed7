"""A database that a later version of the program has upgraded: told in words at the start, and in an open window."""

from __future__ import annotations

from pathlib import Path

import pytest

from kvaltui import __version__
from tests.commands.test_newer import upgrade
from tests.terminal.terminal import Terminal
from tests.terminal.test_entering import at_the_table, made


@pytest.mark.thorough
def test_the_window_does_not_open_and_says_how_to_get_the_newer_program(tmp_path: Path) -> None:
    made(tmp_path)
    before = upgrade(tmp_path / "kvaltui.db")
    with Terminal("--db", "kvaltui.db", folder=tmp_path) as terminal:
        assert terminal.wait_for_end() == 3
        told = terminal.raw.decode()
    assert f"gjord med kvaltui 9.8.7, och det här är {__version__}" in told
    assert "Hämta den nyare versionen till mappen" in told
    assert (tmp_path / "kvaltui.db").read_bytes() == before


@pytest.mark.thorough
def test_an_open_window_keeps_what_is_typed_when_the_database_has_been_upgraded(tmp_path: Path) -> None:
    made(tmp_path)
    with at_the_table(tmp_path) as terminal:
        terminal.wait_for("0 av 34")
        before = upgrade(tmp_path / "kvaltui.db")
        terminal.type("86\r")
        words = ("gjord med kvaltui 9.8.7", "Hämta den nyare versionen till mappen")
        terminal.wait_until(lambda: all(each in " ".join(terminal.shown.split()) for each in words))
        terminal.wait_for_line("känner sig trygga", "86")
    assert (tmp_path / "kvaltui.db").read_bytes() == before
