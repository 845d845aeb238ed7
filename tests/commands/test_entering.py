"""`kvaltui enter` and `assess`: stored with verdict and reason, or refused with nothing stored."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.conftest import Folder
from tests.sampled import sampled


def status_of(folder: Folder, indicator: str) -> dict[str, Any]:
    found = folder("status", "--json").json["indicators"]
    return next(each for each in found if each["key"] == indicator)


def changes(folder: Folder) -> object:
    return max(each["revision"] for each in folder("history", "--json", "--limit", "1").json)


def test_entering_prints_the_verdict_and_its_reason(nacka: Folder) -> None:
    answer = nacka("enter", "sabo-trygghet", "95 %")
    assert answer.lines[:2] == ["Särskilt boende - andel kunder som känner sig trygga", "2022: 95 %  ▲ Delvis uppnått"]
    assert "95 % mot minst 100 %: 5 procentenheter under målet" in answer.lines[2]
    assert answer.lines[-1].startswith("Sparat ")
    assert status_of(nacka, "sabo-trygghet")["outcome"] == "95 %"


def test_the_total_moves_with_the_figure(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "100 %")
    total = nacka("status", "--json").json["total"]
    assert (total["achieved"], total["partially_achieved"]) == (20, 7)


@pytest.mark.parametrize("value", ["-3 420", "-5", "-3,5"])
def test_a_negative_figure(nacka: Folder, value: str) -> None:
    answer = nacka("enter", "fastighetsservice-arenden", value)
    assert status_of(nacka, "fastighetsservice-arenden")["outcome"] == value
    assert "✗ Ej uppnått" in answer.out


def test_a_dash_is_not_measured(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "-")
    found = status_of(nacka, "sabo-trygghet")
    assert (found["missing"], found["status"]) == ("not_measured", "not_assessed")


def test_an_empty_value_takes_the_outcome_away(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "")
    assert nacka("status", "--json").json["missing"] == ["sabo-trygghet"]


def test_a_figure_that_looks_wrong_is_stored_and_doubted(nacka: Folder) -> None:
    answer = nacka("enter", "sabo-trygghet", "38 % (271 av 305)")
    assert "Se efter en gång till: " in answer.out
    assert "quotient_mismatch" in status_of(nacka, "sabo-trygghet")["warnings"]


def test_note_source_and_forecast(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "90 %", "--note", "Preliminärt", "--source", "Enkät 2022", "--forecast", "-")
    shown = nacka("show", "sabo-trygghet").out
    assert "Anteckning: Preliminärt" in shown
    assert "Källa: Enkät 2022" in shown
    nacka("enter", "sabo-trygghet", "91 %")
    assert "Anteckning: Preliminärt" in nacka("show", "sabo-trygghet").out


def test_entering_the_same_again_changes_nothing(nacka: Folder) -> None:
    before = changes(nacka)
    assert nacka("enter", "sabo-trygghet", "86").lines[-1] == "Oförändrat: 86 % stod där redan"
    assert changes(nacka) == before


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("sabo-trygghet", "12.500"), "menar du 12\xa0500 eller 12,5?"),
        (("sabo-trygghet", "NaN"), "NaN"),
        (("sabo-trygghet", "86 dagar"), "dagar"),
        (("sabo-trygghet", "86 % 3"), "86 % 3"),
        (("sabo-tryggheten", "86 %"), "Det finns ingen indikator ”sabo-tryggheten”; menade du ”sabo-trygghet”?"),
        (("sabo-trygghet", "86 %", "--period", "2019"), "Planen har ingen period 2019; den har 2022"),
        (("sabo-trygghet", "86 %", "--part", "BOU"), "”sabo-trygghet” har inga delar"),
    ],
)
def test_refused_with_exit_code_2_and_nothing_stored(nacka: Folder, arguments: tuple[str, ...], expected: str) -> None:
    before = changes(nacka)
    answer = nacka("enter", *arguments, code=2)
    assert expected in answer.err
    assert answer.out == ""
    assert changes(nacka) == before


@pytest.mark.thorough
def test_a_part_by_its_name_in_any_case(linkoping: Folder) -> None:
    indicators = linkoping("status", "--json").json["indicators"]
    indicator = next(each for each in indicators if len(each["parts"]) > 1)
    part = indicator["parts"][0]["part"]
    answer = linkoping("enter", indicator["key"], "1", "--part", part.lower())
    assert f", {part}: 1" in answer.lines[1]
    assert "Helheten: " in answer.out
    wrong = linkoping("enter", indicator["key"], "1", "--part", "XYZ", code=2)
    assert part in wrong.err


def test_read_only(nacka: Folder) -> None:
    before = nacka.database.read_bytes()
    answer = nacka("--read-only", "enter", "sabo-trygghet", "1 %", code=3)
    assert "kvaltui.db" in answer.err
    assert nacka.database.read_bytes() == before


def test_a_persons_assessment_stands_beside_the_computed_verdict(nacka: Folder) -> None:
    answer = nacka("assess", "framkant", "achieved", "--motivation", "Bra år")
    assert answer.lines[:3] == [
        "Välfärd samhällsservice ska ha en kundkvalitet i framkant, 2022",
        "Bedömt: ✓ Uppnått",
        "Beräknat: – Ej bedömt",
    ]
    goal = nacka("status", "--json").json["goals"][0]
    assert (goal["status"], goal["computed"], goal["manual"]["motivation"]) == ("achieved", "not_assessed", "Bra år")


def test_an_assessment_goes_stale_when_its_ground_changes(nacka: Folder) -> None:
    nacka("assess", "area/aldreomsorg", "achieved", "--motivation", "Bra år")
    nacka("enter", "sabo-trygghet", "12 %")
    area = nacka("status", "--json").json["areas"][0]
    assert (area["status"], area["computed"], area["stale"]) == ("achieved", "partially_achieved", True)
    assert "underlaget har ändrats" in nacka("status").out


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("framkant", "achieved", "--motivation", " "), "motivering"),
        (("framkant", "good", "--motivation", "x"), "”good” är inget av achieved"),
        (("framkan", "achieved", "--motivation", "x"), "menade du ”framkant”?"),
    ],
)
def test_refused_assessments(nacka: Folder, arguments: tuple[str, ...], expected: str) -> None:
    before = changes(nacka)
    assert expected in nacka("assess", *arguments, code=2).err
    assert changes(nacka) == before


def test_parts_written_at_once_become_the_parts_figures(linkoping: Folder) -> None:
    indicators = linkoping("status", "--json").json["indicators"]
    indicator = next(each for each in indicators if [part["part"] for part in each["parts"]] == ["BOU", "VUX", "LSS"])
    linkoping("enter", indicator["key"], "BOU 118; VUX 30", "--note", "Rättat")
    after = status_of(linkoping, indicator["key"])
    assert [part["outcome"] for part in after["parts"][:2]] == ["118", "30"]
    assert after["parts"][2]["outcome"] == indicator["parts"][2]["outcome"]
    assert linkoping("history", "--limit", "2").out.count("anteckning: – → Rättat") == 2


@pytest.mark.parametrize(
    "text", sampled(["12\t500", "12\t500\t", "12 | 500", "12\n500", "12\r500", "12\r\n500", "12\t\t5"], 3)
)
def test_two_cells_and_two_lines_are_never_one_figure(nacka: Folder, text: str) -> None:
    before = changes(nacka)
    nacka("enter", "sabo-trygghet", text, code=2)
    nacka("enter", "sabo-trygghet", "86", "--forecast", text, code=2)
    assert changes(nacka) == before


@pytest.mark.parametrize("text", ["12\\t500", "12\\n500", "12 %\\t500 %"])
def test_a_plan_file_holds_no_figure_of_two_cells(nacka: Folder, text: str) -> None:
    nacka("export", "plan.toml")
    file = nacka.path / "plan.toml"
    file.write_text(file.read_text("utf-8").replace('value = "86 %"', f'value = "{text}"', 1), "utf-8")
    assert "celler" in nacka("import", "plan.toml", code=3).err


@pytest.mark.thorough
def test_the_value_that_decides_a_conflict_is_read_as_any_other(nacka: Folder) -> None:
    nacka("export", "start.kvb")
    nacka("init", "--plan", "start.kvb", "--folder", "b")
    nacka("enter", "sabo-trygghet", "70")
    nacka("--config", "b/config.toml", "enter", "sabo-trygghet", "60")
    nacka("--config", "b/config.toml", "export", "b.kvb")
    nacka("import", "b.kvb")
    for text in ("12\t500", "12.500", "mäts till 86 %"):
        nacka("resolve", "sabo-trygghet", "--value", text, code=2)
    nacka("resolve", "sabo-trygghet", "--value", "65 %")


@pytest.mark.parametrize("cell", ["12\t500", '"12\n500"', "12 | 500"])
def test_a_cell_of_two_figures_is_none(nacka: Folder, cell: str) -> None:
    (nacka.path / "t.csv").write_text(f"nyckel;utfall;anteckning\nsabo-trygghet;{cell};a\tb\n", "utf-8")
    assert "t.csv, rad" in nacka("import", "t.csv", code=2).err


CONTESTED = {"note": ("--note", "anteckning"), "source": ("--source", "källa"), "forecast": ("--forecast", "prognos")}


@pytest.mark.thorough
@pytest.mark.parametrize("field", sampled(CONTESTED))
def test_a_figure_decides_nothing_that_it_does_not_say(nacka: Folder, field: str) -> None:
    """Who enters a figure has not seen that two notes stand against each other: only a note decides."""
    option, _ = CONTESTED[field]
    nacka("export", "start.kvb")
    nacka("init", "--plan", "start.kvb", "--folder", "b")
    nacka("enter", "sabo-trygghet", "86 %", option, "70")
    nacka("--config", "b/config.toml", "enter", "sabo-trygghet", "86 %", option, "60")
    nacka("--config", "b/config.toml", "export", "b.kvb")
    nacka("import", "b.kvb")
    contested = nacka("conflicts", "--json").json
    assert [each["field"] for each in contested] == [field]
    for value in ("86 %", "87 %", "88 %"):
        nacka("enter", "sabo-trygghet", value)
        assert nacka("conflicts", "--json").json == contested
    other = next(each for each in CONTESTED if each != field)
    nacka("enter", "sabo-trygghet", "88 %", CONTESTED[other][0], "65")
    assert nacka("conflicts", "--json").json == contested
    nacka("enter", "sabo-trygghet", "88 %", option, "65")
    assert nacka("conflicts", "--json").json == []
