"""Copies that have been apart: `export X.kvb`, `import X.kvb`, `init --plan X.kvb` and `sync`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Folder


@pytest.fixture
def copies(nacka: Folder) -> tuple[str, str]:
    """The options that choose each of two copies of one plan."""
    nacka("export", "start.kvb")
    nacka("init", "--plan", "start.kvb", "--folder", "bo")
    return "--config=config.toml", "--config=bo/config.toml"


def outcome(folder: Folder, copy: str) -> tuple[object, object]:
    indicators = folder(copy, "status", "--json").json["indicators"]
    found = next(each for each in indicators if each["key"] == "sabo-trygghet")
    return found["outcome"], found["conflict"]


def test_a_copy_from_a_bundle_is_the_same_plan(nacka: Folder, copies: tuple[str, str]) -> None:
    for number, copy in enumerate(copies):
        nacka(copy, "export", f"{number}.toml")
    assert (nacka.path / "0.toml").read_bytes() == (nacka.path / "1.toml").read_bytes()


def test_changes_come_across_and_are_shown_first(nacka: Folder, copies: tuple[str, str]) -> None:
    anna, bo = copies
    nacka(bo, "enter", "sabo-trygghet", "95 %")
    nacka(bo, "export", "bo.kvb")
    shown = nacka(anna, "import", "bo.kvb", "--dry-run").out
    assert "Utfall sabo-trygghet 2022" in shown
    assert "Inget har sparats (--dry-run)." in shown
    assert outcome(nacka, anna) == ("86 %", False)
    nacka(anna, "import", "bo.kvb")
    assert outcome(nacka, anna) == ("95 %", False)
    assert "kom med bo.kvb" in nacka(anna, "history", "--limit", "1").out
    assert "Nya ändringar: 0" in nacka(anna, "import", "bo.kvb").out


def test_both_sides_values_are_kept_until_somebody_decides(nacka: Folder, copies: tuple[str, str]) -> None:
    anna, bo = copies
    nacka(anna, "enter", "sabo-trygghet", "87 %")
    nacka(bo, "enter", "sabo-trygghet", "91 %")
    nacka(bo, "export", "bo.kvb")
    out = nacka(anna, "import", "bo.kvb").out
    assert "I konflikt (1)" in out
    assert "87 % / 91 %" in out
    assert outcome(nacka, anna)[1] is True
    nacka(anna, "resolve", "sabo-trygghet", "--take", "2")
    assert outcome(nacka, anna) == ("91 %", False)


@pytest.mark.parametrize("cut", [0, 10, 200, -1])
def test_a_bundle_that_is_cut_or_altered_is_refused(nacka: Folder, cut: int) -> None:
    nacka("export", "hel.kvb")
    (nacka.path / "bo.kvb").write_bytes((nacka.path / "hel.kvb").read_bytes()[:cut])
    before = nacka("history", "--json", "--limit", "1").json
    assert "bo.kvb" in nacka("import", "bo.kvb", code=3).err
    assert nacka("history", "--json", "--limit", "1").json == before
    assert "bo.kvb" in nacka("init", "--plan", "bo.kvb", "--folder", "ny", code=3).err
    assert not (nacka.path / "ny" / "config.toml").exists()


def test_sync_through_a_folder(nacka: Folder, copies: tuple[str, str]) -> None:
    anna, bo = copies
    shared = nacka.path / "delad"
    shared.mkdir()
    nacka(anna, "sync", "delad")
    nacka(bo, "enter", "sabo-trygghet", "95 %")
    assert "inget nytt" in nacka(bo, "sync", "delad").out
    nacka(anna, "sync", "delad")
    assert outcome(nacka, anna) == ("95 %", False)
    assert len(list(shared.glob("nacka-2022-*.kvb"))) == 2
    nacka(anna, "sync", "delad")
    assert len(list(shared.iterdir())) == 2


def test_sync_names_a_broken_bundle_and_takes_in_the_others(nacka: Folder, copies: tuple[str, str]) -> None:
    anna, bo = copies
    Path("delad").mkdir()
    Path("delad/a--trasig.kvb").write_bytes(b"trasig")
    nacka(bo, "enter", "sabo-trygghet", "95 %")
    nacka(bo, "sync", "delad", code=3)
    answer = nacka(anna, "sync", "delad", code=3)
    assert "a--trasig.kvb" in answer.err
    assert outcome(nacka, anna) == ("95 %", False)
    assert Path("delad/a--trasig.kvb").read_bytes() == b"trasig"


def test_sync_with_what_is_no_folder(nacka: Folder) -> None:
    assert "ingen" in nacka("sync", "ingen", code=3).err
