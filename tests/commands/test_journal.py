"""`kvaltui history`, `undo`, `conflicts` and `resolve`: who changed what, taking back, deciding."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Indicator
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.commands.conftest import Folder
from tests.sampled import sampled
from tests.store.plan import as_device


def outcome(folder: Folder) -> object:
    indicators = folder("status", "--json").json["indicators"]
    return next(each["outcome"] for each in indicators if each["key"] == "sabo-trygghet")


def test_history_tells_who_what_when_from_what_to_what(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "95 %")
    lines = nacka("history", "--limit", "1").lines
    assert lines[1].endswith("Utfall sabo-trygghet 2022: värde: 86 % → 95 %")
    newest = nacka("history", "--limit", "1", "--json").json[0]
    assert newest["changes"] == [{"field": "value", "before": "86 %", "after": "95 %"}]
    assert (newest["kind"], newest["key"], newest["undone"]) == ("outcome", "sabo-trygghet/2022/", False)
    assert newest["author"]
    assert newest["at"].endswith("Z")


@pytest.mark.parametrize(
    ("typed", "told"), [("95", "95 %"), ("<5", "<5 %"), ("71,5 % (2021)", "71,5 % (2021)"), ("sekretess", "sekretess")]
)
def test_history_and_undo_tell_a_figure_with_its_unit_and_else_as_it_was_written(
    nacka: Folder, typed: str, told: str
) -> None:
    nacka("enter", "sabo-trygghet", typed)
    assert f"värde: 86 % → {told}" in nacka("history", "--limit", "1").out
    assert f"värde: {told} → 86 %" in nacka("undo").out


def test_history_of_one_thing(nacka: Folder) -> None:
    found = nacka("history", "sabo-trygghet", "--json").json
    assert {each["kind"] for each in found} == {"indicator", "target", "outcome"}
    assert {each["key"].split("/")[0] for each in found} == {"sabo-trygghet"}
    assert "ur filen nacka-2022.toml" in nacka("history", "sabo-trygghet").out


@pytest.mark.parametrize("limit", ["0", "-1", "många"])
def test_a_limit_that_is_no_number(nacka: Folder, limit: str) -> None:
    assert "--limit" in nacka("history", "--limit", limit, code=2).err


def test_undo_takes_back_the_latest_change(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "95 %")
    out = nacka("undo").out
    assert "Utfall sabo-trygghet 2022: värde: 95 % → 86 %" in out
    assert outcome(nacka) == "86 %"
    assert "(tillbakatagen)" in nacka("history").out
    assert "en tillbakatagen ändring" in nacka("history").out


def test_undo_takes_back_an_older_change_by_its_number(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "95 %")
    number = nacka("history", "--limit", "1", "--json").json[0]["revision"]
    nacka("enter", "sabo-mat-smakar", "70 %")
    nacka("undo", str(number))
    assert outcome(nacka) == "86 %"


def test_undo_of_what_later_changes_build_on_asks_first(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "95 %")
    number = str(nacka("history", "--limit", "1", "--json").json[0]["revision"])
    nacka("enter", "sabo-trygghet", "96 %")
    answer = nacka("undo", number, code=2)
    assert "95 % → 96 %" in answer.err
    assert f"kvaltui undo {number} --anyway" in answer.err
    assert outcome(nacka) == "96 %"
    nacka("undo", number, "--anyway")


def test_nothing_to_undo(nacka: Folder) -> None:
    assert nacka("undo", code=2).err
    assert nacka("undo", "99999", code=2).err


def two_sides(folder: Folder) -> None:
    """The same figure entered by two people who both had the old one on their screens."""
    with open_database(folder.database) as database:
        content = load_plan(database, "nacka-2022")
        before = content.all(Outcome)["sabo-trygghet/2022/"]
        for name, value in (("Samordnaren", "87 %"), ("Chefen", "91 %")):
            changed = Outcome(indicator=before.indicator, period=before.period, value=value)
            record(database, "nacka-2022", [changed], by=Author(name.lower(), name), seen=content.position)


def test_conflicts_show_both_values_and_who(nacka: Folder) -> None:
    assert nacka("conflicts").out == "Det finns inga konflikter.\n"
    assert nacka("conflicts", "--json").json == []
    two_sides(nacka)
    out = nacka("conflicts").out
    assert "outcome/sabo-trygghet/2022/" in out
    assert "87 %  (Samordnaren, " in out
    assert "91 %  (Chefen, " in out
    found = nacka("conflicts", "--json").json
    assert [value["value"] for value in found[0]["values"]] == ["87 %", "91 %"]
    assert (found[0]["kind"], found[0]["field"]) == ("outcome", "value")
    assert "två värden" in nacka("status").out
    assert nacka("status", "--json").json["conflicts"] == 1


@pytest.mark.parametrize("key", ["sabo-trygghet", "outcome/sabo-trygghet/2022/", "sabo-trygghet/2022"])
def test_resolving_a_conflict(nacka: Folder, key: str) -> None:
    two_sides(nacka)
    out = nacka("resolve", key, "--take", "1").out
    assert "87 %" in out
    assert outcome(nacka) == "87 %"
    assert nacka("conflicts", "--json").json == []


def test_resolving_without_a_choice_or_with_a_wrong_one(nacka: Folder) -> None:
    two_sides(nacka)
    answer = nacka("resolve", "sabo-trygghet", code=2)
    assert "87 %" in answer.out
    assert "--take" in answer.err
    assert "inget av numren 1 till 2" in nacka("resolve", "sabo-trygghet", "--take", "3", code=2).err
    assert "Det finns ingen konflikt om ”sabo-mat-smakar”" in nacka("resolve", "sabo-mat-smakar", code=2).err
    assert nacka("status", "--json").json["conflicts"] == 1


def sides(folder: Folder, *entered: dict[str, Any]) -> None:
    """The same outcome entered by several people at once, each with the fields that they changed."""
    with open_database(folder.database) as database:
        content = load_plan(database, "nacka-2022")
        before = content.all(Outcome)["sabo-trygghet/2022/"]
        for name, fields in zip(("Samordnaren", "Chefen"), entered, strict=True):
            changed = replace(before, **fields)
            record(database, "nacka-2022", [changed], by=Author(name.lower(), name), seen=content.position)


def stored(folder: Folder) -> tuple[str, str, str]:
    with open_database(folder.database) as database:
        found = load_plan(database, "nacka-2022").all(Outcome)["sabo-trygghet/2022/"]
    return found.value, found.note, found.source


BOTH = ({"value": "87 %", "note": "enkät"}, {"value": "91 %", "note": "intervju"})
ONE_NOTE = ({"value": "87 %", "note": "enkät"}, {"value": "91 %"})
OTHER_NOTE = ({"value": "87 %"}, {"value": "91 %", "note": "intervju"})


@pytest.mark.parametrize(
    ("entered", "take", "expected"),
    [
        (BOTH, "1", ("87 %", "enkät")),
        (BOTH, "2", ("91 %", "intervju")),
        (ONE_NOTE, "1", ("87 %", "enkät")),
        (ONE_NOTE, "2", ("91 %", "")),
        (OTHER_NOTE, "1", ("87 %", "")),
        (OTHER_NOTE, "2", ("91 %", "intervju")),
    ],
)
def test_value_and_note_of_one_entry_are_one_decision(
    nacka: Folder, entered: tuple[dict[str, Any], ...], take: str, expected: tuple[str, str]
) -> None:
    sides(nacka, *entered)
    assert "Värde och anteckning (--field value):" in nacka("conflicts").out
    out = nacka("resolve", "sabo-trygghet", "--take", take).out
    assert expected[0] in out
    assert stored(nacka)[:2] == expected
    assert nacka("conflicts", "--json").json == []
    again = nacka("resolve", "sabo-trygghet", "--take", take, code=2)
    assert "Det finns ingen konflikt" in again.err
    assert stored(nacka)[:2] == expected


def test_a_note_that_came_later_is_no_part_of_the_decision(nacka: Folder) -> None:
    two_sides(nacka)
    with open_database(nacka.database) as database:
        content = load_plan(database, "nacka-2022")
        noted = replace(content.all(Outcome)["sabo-trygghet/2022/"], note="kontrollera")
        record(database, "nacka-2022", [noted], by=Author("tredje", "Tredje"), seen=content.position)
    nacka("resolve", "sabo-trygghet", "--take", "1")
    assert stored(nacka)[:2] == ("87 %", "kontrollera")


@pytest.mark.thorough
def test_the_same_command_never_decides_another_field(nacka: Folder) -> None:
    with open_database(nacka.database) as database:
        content = load_plan(database, "nacka-2022")
        before = content.all(Indicator)["sabo-trygghet"]
        for name in ("A", "B"):
            changed = replace(before, definition=f"Definition {name}", source=f"Källa {name}")
            record(database, "nacka-2022", [changed], by=Author(name.lower(), name), seen=content.position)

    def stored_texts() -> tuple[str, str]:
        with open_database(nacka.database) as database:
            found = load_plan(database, "nacka-2022").all(Indicator)["sabo-trygghet"]
        return found.definition, found.source

    listed = nacka("conflicts").out
    assert "Definition (--field definition):" in listed
    assert "Källa (--field source):" in listed
    for _time in range(2):
        refused = nacka("resolve", "sabo-trygghet", "--take", "1", code=2)
        assert "välj ett med --field: definition, source" in refused.err
        assert "Definition A" in refused.out
    nacka("resolve", "sabo-trygghet", "--field", "definition", "--take", "1")
    assert stored_texts() == ("Definition A", "Källa B")
    again = nacka("resolve", "sabo-trygghet", "--field", "definition", "--take", "1", code=2)
    assert "ingen konflikt att avgöra om fältet ”definition”" in again.err
    nacka("resolve", "sabo-trygghet", "--field", "källa", "--take", "1")
    assert stored_texts() == ("Definition A", "Källa A")


@pytest.mark.thorough
@pytest.mark.parametrize("take", ["1", "2"])
def test_a_value_its_note_source_forecast_and_date_are_one_decision(nacka: Folder, take: str) -> None:
    entered = (
        {"value": "87 %", "note": "enkät", "source": "Enheten", "forecast": "88 %", "as_of": date(2022, 9, 30)},
        {"value": "91 %", "source": "Kolada"},
    )
    sides(nacka, *entered)
    with open_database(nacka.database) as database:
        expected = [
            replace(load_plan(database, "nacka-2022").all(Outcome)["sabo-trygghet/2022/"], **plain)
            for plain in (entered[0], {"note": "", "forecast": "", "as_of": None, **entered[1]})
        ][int(take) - 1]
    listed = nacka("conflicts").out
    assert "(--field value):" in listed
    assert "[" not in listed
    nacka("resolve", "sabo-trygghet", "--take", take)
    assert nacka("conflicts", "--json").json == []
    with open_database(nacka.database) as database:
        assert load_plan(database, "nacka-2022").all(Outcome)["sabo-trygghet/2022/"] == expected
    nacka("undo")
    again = nacka("conflicts").out
    assert [line for line in again.splitlines() if "%" in line] == [line for line in listed.splitlines() if "%" in line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--ours"], ("91 %", "intervju")),
        (["--theirs"], ("87 %", "enkät")),
        (["--value", "89 %"], ("89 %", "intervju")),
        (["--value", "89 %", "--field", "value"], ("89 %", "intervju")),
        (["--value", "båda", "--field", "note"], ("91 %", "båda")),
    ],
)
def test_sides_and_other_values(nacka: Folder, words: list[str], expected: tuple[str, str]) -> None:
    with open_database(nacka.database) as database, open_database(nacka.database) as elsewhere:
        content = load_plan(database, "nacka-2022")
        before = content.all(Outcome)["sabo-trygghet/2022/"]
        for device, fields in ((as_device(elsewhere, "annan-dator"), BOTH[0]), (database, BOTH[1])):
            changed = replace(before, **fields)  # type: ignore[arg-type]
            by = Author(device.device, device.device)
            record(device, "nacka-2022", [changed], by=by, seen=content.position)
    nacka("resolve", "sabo-trygghet", *words)
    assert stored(nacka)[:2] == expected
    assert nacka("conflicts", "--json").json == []


@pytest.mark.parametrize(
    "words",
    sampled(
        [
            ["--ours"],
            ["--theirs"],
            ["--take", "1", "--ours"],
            ["--value", "1e5"],
            ["--field", "läge", "--take", "1"],
            [],
        ],
        2,
    ),
)
def test_a_choice_that_is_none_changes_nothing(nacka: Folder, words: list[str]) -> None:
    sides(nacka, *BOTH)
    before = stored(nacka)
    assert nacka("resolve", "sabo-trygghet", *words, code=2).err
    assert stored(nacka) == before
    assert len(nacka("conflicts", "--json").json) == 2


def test_a_figure_entered_anew_decides(nacka: Folder) -> None:
    two_sides(nacka)
    nacka("enter", "sabo-trygghet", "89 %")
    assert outcome(nacka) == "89 %"
    assert nacka("conflicts", "--json").json == []


def test_history_of_several_plans_needs_a_plan(nacka: Folder, made_once: object) -> None:
    Path(nacka.path / "andra.toml").write_text(
        'format = 1\n[plan]\nkey = "andra"\ntitle = "Andra"\nperiods = ["2022"]\n'
    )
    nacka("import", "andra.toml")
    assert nacka("history", "--plan", "andra", "--json").json[0]["key"] == "andra"
    config = nacka.path / "config.toml"
    config.write_text(config.read_text().replace('key = "nacka-2022"', 'key = ""'))
    assert "Välj en med --plan: andra, nacka-2022" in nacka("history", code=2).err
