"""What cannot be proved of who wrote what: refused, told with words, and shown afterwards wherever it is seen."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from kvaltui.exchange.sealed_file import seal, unseal
from kvaltui.i18n import say
from kvaltui.store.author import Author
from kvaltui.store.opening import open_database
from kvaltui.work.plan_maker import Beginning, BeginningError
from tests.commands.conftest import Folder

COORDINATOR, MANAGER = "--config=config.toml", "--config=manager/config.toml"


@pytest.fixture
def copies(nacka: Folder) -> Folder:
    """Two copies of one plan; the manager has entered a figure, in a bundle that nobody has signed."""
    nacka("export", "start.kvb")
    nacka("init", "--plan", "start.kvb", "--folder", "manager")
    nacka(MANAGER, "enter", "sabo-trygghet", "95 %")
    nacka(MANAGER, "export", "manager.kvb")
    header, *lines = unseal(Path("manager.kvb").read_bytes(), "manager.kvb")
    values = {**json.loads(header), "statements": []}
    Path("osignerad.kvb").write_bytes(seal([json.dumps(values), *lines]))
    return nacka


def outcome(folder: Folder) -> object:
    indicators = folder(COORDINATOR, "status", "--json").json["indicators"]
    return next(each["outcome"] for each in indicators if each["key"] == "sabo-trygghet")


@pytest.mark.thorough
def test_an_unsigned_bundle_is_refused_until_a_person_says_so(copies: Folder) -> None:
    refused = copies(COORDINATOR, "import", "osignerad.kvb", code=3)
    assert "osignerad.kvb togs inte in: 1 ändring säger sig vara" in refused.err
    assert "kan inte styrkas: det är inte signerat" in refused.err
    assert "kvaltui import osignerad.kvb --accept-unproved" in refused.err
    assert outcome(copies) == "86 %"
    shown = copies(COORDINATOR, "import", "osignerad.kvb", "--dry-run").out
    assert "kan inte styrkas: det är inte signerat" in shown
    assert outcome(copies) == "86 %"
    copies(COORDINATOR, "import", "osignerad.kvb", "--accept-unproved")
    assert outcome(copies) == "95 %"
    told = copies(COORDINATOR, "history", "--limit", "1")
    assert "säger sig vara" in told.out
    assert "kan inte styrkas: det är inte signerat" in told.out
    (revision,) = copies(COORDINATOR, "history", "--limit", "1", "--json").json
    assert revision["unproved"] == "unsigned"
    whole = copies(COORDINATOR, "check")
    assert "1 ändring i planen nacka-2022 säger sig vara från" in whole.out
    assert "är hel" in whole.out
    copies(COORDINATOR, "import", "manager.kvb")
    assert copies(COORDINATOR, "history", "--limit", "1", "--json").json[0]["unproved"] is None
    assert "säger sig" not in copies(COORDINATOR, "check").out


@pytest.mark.thorough
def test_sync_tells_what_it_passes_by(copies: Folder) -> None:
    folder = Path("delad")
    folder.mkdir()
    folder.joinpath("chef.kvb").write_bytes(Path("osignerad.kvb").read_bytes())
    passed = copies(COORDINATOR, "sync", "delad", code=3)
    assert "chef.kvb togs inte in: 1 ändring säger sig vara" in passed.err
    assert "kvaltui sync delad --accept-unproved" in passed.err
    assert outcome(copies) == "86 %"
    copies(COORDINATOR, "sync", "delad", "--accept-unproved")
    assert outcome(copies) == "95 %"


@pytest.mark.thorough
def test_a_new_folder_from_a_bundle_that_nobody_signed(copies: Folder) -> None:
    refused = copies("init", "--plan", "osignerad.kvb", "--folder", "ny", code=3)
    assert "kan inte styrkas" in refused.err
    assert not Path("ny/config.toml").exists()
    copies("init", "--plan", "osignerad.kvb", "--folder", "ny", "--accept-unproved")
    assert Path("ny/config.toml").exists()


@pytest.mark.thorough
def test_a_device_that_is_new_here_is_told_once(copies: Folder) -> None:
    said = "syns här för första gången och säger sig vara"
    assert said in copies(COORDINATOR, "import", "manager.kvb").out
    copies(MANAGER, "enter", "sabo-trygghet", "96 %")
    copies(MANAGER, "export", "manager.kvb", "--force")
    assert said not in copies(COORDINATOR, "import", "manager.kvb").out


@pytest.mark.thorough
def test_the_sides_of_a_conflict_tell_what_cannot_be_proved(copies: Folder) -> None:
    copies(COORDINATOR, "enter", "sabo-trygghet", "87 %")
    copies(COORDINATOR, "import", "osignerad.kvb", "--accept-unproved")
    assert copies(COORDINATOR, "conflicts").out.count("kan inte styrkas: det är inte signerat") == 1
    (conflict,) = copies(COORDINATOR, "conflicts", "--json").json
    assert sorted(each["unproved"] or "" for each in conflict["values"]) == ["", "unsigned"]
    chosen = copies(COORDINATOR, "resolve", "sabo-trygghet", code=2)
    assert "kan inte styrkas" in chosen.out


@pytest.mark.thorough
def test_a_time_ahead_of_the_readers_clock_is_told(copies: Folder) -> None:
    header, *lines = unseal(Path("manager.kvb").read_bytes(), "manager.kvb")
    at = next(i for i, line in enumerate(lines) if '"value":"95 %"' in line and '"key":"sabo-trygghet/2022/"' in line)
    values = {**json.loads(lines[at]), "at": "9999-12-31T23:59:59.999Z"}
    lines[at] = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    Path("framtid.kvb").write_bytes(seal([header, *lines]))
    assert "kan inte styrkas: signaturen stämmer inte" in copies(COORDINATOR, "import", "framtid.kvb", code=3).err
    copies(COORDINATOR, "import", "framtid.kvb", "--accept-unproved")
    assert "9999-12-31" in copies(COORDINATOR, "history", "--limit", "1").out
    assert "(klockan går före)" in copies(COORDINATOR, "history", "--limit", "1").out
    copies(COORDINATOR, "enter", "sabo-trygghet", "97 %")
    assert "klockan går före" not in copies(COORDINATOR, "history", "--limit", "1").out
    assert copies(COORDINATOR, "show", "sabo-trygghet").out


@pytest.mark.thorough
def test_a_rewritten_journal_is_no_notice_but_a_fault(copies: Folder) -> None:
    copies(COORDINATOR, "enter", "sabo-trygghet", "87 %")
    with sqlite3.connect(copies.database) as raw:
        raw.execute("UPDATE statement SET digest = ?", ("a" * 64,))
    answer = copies(COORDINATOR, "check", code=1)
    assert "har enheten inte signerat" in answer.out


@pytest.mark.thorough
def test_where_no_key_can_be_kept_work_goes_on_unsigned_and_check_says_so(nacka: Folder, own_home: Path) -> None:
    place = own_home / ".local" / "share" / "kvaltui"
    place.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(place / "devices", ignore_errors=True)
    (place / "devices").write_text("i vägen", encoding="utf-8")
    nacka("enter", "sabo-trygghet", "87 %")
    assert outcome(nacka) == "87 %"
    assert "Det som ändras här kan inte signeras" in nacka("check").out
    nacka("export", "ut.kvb")
    nacka("init", "--plan", "ut.kvb", "--folder", "manager", code=3)


@pytest.mark.thorough
def test_the_first_start_refuses_it_too_and_names_the_way(copies: Folder) -> None:
    with open_database("nytt.db", create=True) as made, pytest.raises(BeginningError) as refused:
        Beginning(lambda: made, Author("a", "A")).from_file("osignerad.kvb")
    told = say(refused.value.message)
    assert "kan inte styrkas" in told
    command = told.partition("kvaltui ")[2].split()
    assert command[-1] == "--accept-unproved"
    copies("--db", "nytt.db", *command)
    assert "95 %" in copies("--db", "nytt.db", "show", "sabo-trygghet").out


def test_where_no_key_can_be_kept_is_told_where_things_lie(nacka: Folder, own_home: Path) -> None:
    told = "Det som ändras här kan inte signeras"
    assert told not in nacka("locate").out
    shutil.rmtree(own_home / ".local", ignore_errors=True)
    assert told not in nacka("locate").out
    (own_home / ".local").write_text("i vägen")
    assert told in nacka("locate").out
    nacka("enter", "sabo-trygghet", "95 %")
    assert told in nacka("check").out
