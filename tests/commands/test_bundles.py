"""Copies that have been apart: `export X.kvb`, `import X.kvb`, `init --plan X.kvb` and `sync`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Folder


@pytest.fixture
def copies(nacka: Folder) -> tuple[str, str]:
    """The options that choose each of two copies of one plan."""
    nacka("export", "start.kvb")
    nacka("init", "--plan", "start.kvb", "--folder", "manager")
    return "--config=config.toml", "--config=manager/config.toml"


def outcome(folder: Folder, copy: str) -> tuple[object, object]:
    indicators = folder(copy, "status", "--json").json["indicators"]
    found = next(each for each in indicators if each["key"] == "sabo-trygghet")
    return found["outcome"], found["conflict"]


@pytest.mark.thorough
def test_a_copy_from_a_bundle_is_the_same_plan(nacka: Folder, copies: tuple[str, str]) -> None:
    for number, copy in enumerate(copies):
        nacka(copy, "export", f"{number}.toml")
    assert (nacka.path / "0.toml").read_bytes() == (nacka.path / "1.toml").read_bytes()


@pytest.mark.thorough
def test_changes_come_across_and_are_shown_first(nacka: Folder, copies: tuple[str, str]) -> None:
    coordinator, manager = copies
    nacka(manager, "enter", "sabo-trygghet", "95 %")
    nacka(manager, "export", "manager.kvb")
    shown = nacka(coordinator, "import", "manager.kvb", "--dry-run").out
    assert "Utfall sabo-trygghet 2022" in shown
    assert "Inget har sparats (--dry-run)." in shown
    assert outcome(nacka, coordinator) == ("86 %", False)
    nacka(coordinator, "import", "manager.kvb")
    assert outcome(nacka, coordinator) == ("95 %", False)
    assert "kom med manager.kvb" in nacka(coordinator, "history", "--limit", "1").out
    assert "Nya ändringar: 0" in nacka(coordinator, "import", "manager.kvb").out


@pytest.mark.thorough
def test_both_sides_values_are_kept_until_somebody_decides(nacka: Folder, copies: tuple[str, str]) -> None:
    coordinator, manager = copies
    nacka(coordinator, "enter", "sabo-trygghet", "87 %")
    nacka(manager, "enter", "sabo-trygghet", "91 %")
    nacka(manager, "export", "manager.kvb")
    out = nacka(coordinator, "import", "manager.kvb").out
    assert "I konflikt (1)" in out
    assert "87 % / 91 %" in out
    assert outcome(nacka, coordinator)[1] is True
    nacka(coordinator, "resolve", "sabo-trygghet", "--take", "2")
    assert outcome(nacka, coordinator) == ("91 %", False)


@pytest.mark.parametrize("cut", [0, 10, 200, -1])
def test_a_bundle_that_is_cut_or_altered_is_refused(nacka: Folder, cut: int) -> None:
    nacka("export", "hel.kvb")
    (nacka.path / "manager.kvb").write_bytes((nacka.path / "hel.kvb").read_bytes()[:cut])
    before = nacka("history", "--json", "--limit", "1").json
    assert "manager.kvb" in nacka("import", "manager.kvb", code=3).err
    assert nacka("history", "--json", "--limit", "1").json == before
    assert "manager.kvb" in nacka("init", "--plan", "manager.kvb", "--folder", "ny", code=3).err
    assert not (nacka.path / "ny" / "config.toml").exists()


@pytest.mark.thorough
def test_what_will_come_and_go_is_shown_area_by_area(nacka: Folder, copies: tuple[str, str]) -> None:
    coordinator, manager = copies
    shared = nacka.path / "delad"
    shared.mkdir()
    nacka(manager, "enter", "sabo-trygghet", "95 %")
    nacka(manager, "sync", "delad")
    nacka(coordinator, "enter", "sabo-mat-smakar", "70 %", "--note", "ny enkät")
    before = {path.name: path.read_bytes() for path in shared.iterdir()}
    shown = nacka(coordinator, "sync", "delad", "--dry-run").out
    coming, giving = shown.split("Saknas hos ")
    assert "Ändras här (1)" in coming
    assert "1 uppgift" in coming
    assert "Utfall sabo-trygghet 2022: värde: 86 % → 95 % (" in coming
    assert "Utfall sabo-mat-smakar 2022: " in giving
    assert "→ 70 %" in giving
    assert "ny enkät" in giving
    assert "Inget har sparats eller skrivits (--dry-run)." in giving
    assert outcome(nacka, coordinator) == ("86 %", False)
    assert {path.name: path.read_bytes() for path in shared.iterdir()} == before
    assert "Saknas hos" not in nacka(coordinator, "sync", "delad").out
    again = nacka(manager, "sync", "delad", "--dry-run").out
    assert "Saknas hos" not in again
    assert "→ 70 %" in again


@pytest.mark.thorough
def test_sync_through_a_folder(nacka: Folder, copies: tuple[str, str]) -> None:
    coordinator, manager = copies
    shared = nacka.path / "delad"
    shared.mkdir()
    nacka(coordinator, "sync", "delad")
    nacka(manager, "enter", "sabo-trygghet", "95 %")
    assert "inget nytt" in nacka(manager, "sync", "delad").out
    nacka(coordinator, "sync", "delad")
    assert outcome(nacka, coordinator) == ("95 %", False)
    assert len(list(shared.glob("nacka-2022-*.kvb"))) == 2
    nacka(coordinator, "sync", "delad")
    assert len(list(shared.iterdir())) == 2


@pytest.mark.thorough
def test_sync_names_a_broken_bundle_and_takes_in_the_others(nacka: Folder, copies: tuple[str, str]) -> None:
    coordinator, manager = copies
    Path("delad").mkdir()
    Path("delad/a--trasig.kvb").write_bytes(b"trasig")
    nacka(manager, "enter", "sabo-trygghet", "95 %")
    nacka(manager, "sync", "delad", code=3)
    answer = nacka(coordinator, "sync", "delad", code=3)
    assert "a--trasig.kvb" in answer.err
    assert outcome(nacka, coordinator) == ("95 %", False)
    assert Path("delad/a--trasig.kvb").read_bytes() == b"trasig"


def test_sync_with_what_is_no_folder(nacka: Folder) -> None:
    assert "ingen" in nacka("sync", "ingen", code=3).err


@pytest.mark.thorough
def test_undo_takes_back_what_was_done_here_though_the_other_copy_has_the_same_account(
    nacka: Folder, copies: tuple[str, str]
) -> None:
    coordinator, manager = copies
    nacka(coordinator, "enter", "sabo-mat-smakar", "70 %")
    nacka(manager, "enter", "sabo-trygghet", "91 %")
    nacka(manager, "export", "manager.kvb")
    nacka(coordinator, "import", "manager.kvb")
    assert "sabo-mat-smakar" in nacka(coordinator, "undo").out
    assert "inget att ta tillbaka" in nacka(coordinator, "undo", code=2).err
    assert outcome(nacka, coordinator) == ("91 %", False)
