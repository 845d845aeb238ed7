"""`kvaltui list` and `show`: everything of one kind, and one thing with its history."""

from __future__ import annotations

import pytest

from kvaltui.commands.declarations import LISTS
from kvaltui.text_width import width_of
from tests.commands.conftest import Folder
from tests.commands.contract import AREA, GOAL, INDICATOR, RISK, SELF_CHECK
from tests.sampled import sampled


@pytest.mark.parametrize("what", LISTS)
def test_every_list_in_text_and_json(huddinge: Folder, what: str) -> None:
    answer = huddinge("list", what)
    assert answer.out
    assert max(width_of(line) for line in answer.lines) <= 90
    assert type(huddinge("list", what, "--json").json) is list


def test_lists_as_json_look_as_in_status(huddinge: Folder) -> None:
    shapes = {"areas": AREA, "goals": GOAL, "indicators": INDICATOR, "risks": RISK, "self-checks": SELF_CHECK}
    for what, shape in shapes.items():
        assert all(shape(each) for each in huddinge("list", what, "--json").json)
    assert len(huddinge("list", "indicators", "--json").json) == 22
    assert [risk["level"] for risk in huddinge("list", "risks", "--json").json] == [9, 9, 6, 4, 3]
    assert len(huddinge("list", "self-checks", "--json").json) == 12


def test_measures_and_assignments_as_json(huddinge: Folder, linkoping: Folder) -> None:
    measures = linkoping("list", "measures", "--json").json
    assert measures == []
    assignments = linkoping("list", "assignments", "--json").json
    assert len(assignments) == 7
    assert set(assignments[0]) == {"key", "name", "kind", "status", "comment"}


def test_keys_stand_whole_in_lists(nacka: Folder) -> None:
    keys = [each["key"] for each in nacka("list", "indicators", "--json").json]
    lines = nacka("list", "indicators").lines[1:]
    assert [line.split()[0] for line in lines] == keys


def test_plans_and_periods(nacka: Folder) -> None:
    assert [plan["key"] for plan in nacka("list", "plans", "--json").json] == ["nacka-2022"]
    assert nacka("list", "periods", "--json").json == [
        {"period": "2022", "name": "2022", "current": True, "over": True, "reported": 34, "complete": []}
    ]


def test_an_empty_list_says_so(nacka: Folder) -> None:
    assert nacka("list", "risks").out.startswith("Det finns inga i planen")


def test_an_indicator_with_its_figures_verdicts_and_reasons(nacka: Folder) -> None:
    out = nacka("show", "sabo-trygghet").out
    assert out.startswith("Särskilt boende - andel kunder som känner sig trygga\nIndikator sabo-trygghet\n")
    assert "2022       100 %    86 %  ▲ Delvis" in out
    assert "2022  86 % mot minst 100 %" in out
    assert "Äldreomsorg (aldreomsorg)" in out


def test_an_indicator_as_json(nacka: Folder) -> None:
    shown = nacka("show", "sabo-trygghet", "--json").json
    assert (shown["kind"], shown["key"], shown["unit"]) == ("indicator", "sabo-trygghet", "%")
    assert [period["period"] for period in shown["periods"]] == ["2022"]
    assert shown["periods"][0]["status"] == "partially_achieved"


def test_an_area_shows_what_is_under_it(nacka: Folder) -> None:
    out = nacka("show", "aldreomsorg").out
    assert "▲ Delvis uppnått" in out
    assert "sabo-fallincidenter" in out


@pytest.mark.parametrize(
    "what",
    sampled(["areas", "goals", "indicators", "risks", "measures", "self-checks", "assignments", "plans"], 3),
)
def test_every_kind_can_be_shown(linkoping: Folder, what: str) -> None:
    for each in linkoping("list", what, "--json").json[:3]:
        kind = what.rstrip("s")
        assert linkoping("show", f"{kind}/{each['key']}").out
        assert linkoping("show", f"{kind}/{each['key']}", "--json").json["key"] == each["key"]


def test_a_risk_shows_its_measures_and_self_checks(huddinge: Folder) -> None:
    risk = huddinge("list", "risks", "--json").json[0]
    out = huddinge("show", risk["key"]).out
    assert "✗ Hög" in out
    assert out.count("Åtgärd ") == 3


def test_an_economy_table_shows_its_rows_and_what_is_wrong(linkoping: Folder) -> None:
    out = linkoping("show", "prognos-2019").out
    assert "Avvikelse" in out
    assert "408 300" in out


def test_a_key_of_nothing_names_the_nearest(nacka: Folder) -> None:
    assert "menade du ”sabo-trygghet”?" in nacka("show", "sabo-trygghett", code=2).err


def test_a_key_of_several_kinds_lists_them(nacka: Folder) -> None:
    plan = nacka.path / "plan.toml"
    nacka("export", "plan.toml")
    plan.write_text(plan.read_text().replace('key = "framkant"', 'key = "aldreomsorg"'))
    nacka("init", "--plan", "plan.toml", "--folder", "ny")
    answer = nacka("--config", "ny/config.toml", "show", "aldreomsorg", code=2)
    assert "area/aldreomsorg, goal/aldreomsorg" in answer.err
    assert nacka("--config", "ny/config.toml", "show", "goal/aldreomsorg").out.startswith("Välfärd")


def test_a_figure_that_looks_wrong_is_marked(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "3 500")
    marked = [line.split()[0] for line in nacka("list", "indicators").lines if line.endswith(" !")]
    assert marked == ["sabo-trygghet", "fritidsgardar-besok-flickor", "fritidsgardar-besok-flickor-rad-2"]


def test_marking_an_area_complete_tells_what_looks_wrong_in_it(nacka: Folder) -> None:
    nacka("enter", "sabo-trygghet", "3 500")
    lines = nacka("period", "complete", "2022", "--area", "aldreomsorg").lines
    assert lines[0] == "Äldreomsorg är klarmarkerat för 2022. Utfallen är låsta."
    assert lines[1] == "1 utfall ser fel ut:"
    assert lines[2].startswith("  ! Särskilt boende - andel kunder som känner sig trygga: 3 500 % (en procentsats")
    assert "fel ut" not in nacka("period", "complete", "2022", "--area", "omsorg-och-assistans").out


def test_a_figure_reads_the_same_in_every_command(nacka: Folder) -> None:
    assert "2022: 79 %  ✗ Ej uppnått" in nacka("enter", "sabo-trygghet", "79").lines
    assert "79 %  ✗ Ej" in nacka("list", "indicators").out
    assert "100 %    79 %  ✗ Ej" in nacka("show", "sabo-trygghet").out
    nacka("enter", "sabo-trygghet", "9")
    assert "9 %  mål 100 %" in nacka("status").out
    nacka("report", "rapport.md")
    assert "9\N{NO-BREAK SPACE}% | ✗ Ej uppnått" in (nacka.path / "rapport.md").read_text()
    assert nacka("show", "sabo-trygghet", "--json").json["periods"][0]["outcome"] == "9"
    nacka("export", "plan.toml")
    assert 'value = "9"' in (nacka.path / "plan.toml").read_text()


def test_plans_stand_in_swedish_order(nacka: Folder) -> None:
    for key, title in (("a", "Ärendetid"), ("b", "Zenit"), ("c", "Ål 10"), ("d", "Ål 9"), ("e", "Ögon")):
        file = nacka.path / f"{key}.toml"
        file.write_text(f'format = 1\n[plan]\nkey = "{key}"\ntitle = "{title}"\nperiods = ["2022"]\n')
        nacka("import", str(file))
    titles = [each["title"] for each in nacka("list", "plans", "--json", "--plan", "a").json]
    assert titles[1:] == ["Zenit", "Ål 9", "Ål 10", "Ärendetid", "Ögon"]


@pytest.mark.parametrize("key", ["sabo-trygghet", "aldreomsorg", "framkant"])
def test_a_period_that_the_plan_does_not_have_is_refused_whatever_is_shown(nacka: Folder, key: str) -> None:
    assert "Planen har ingen period 2019; den har 2022" in nacka("show", key, "--period", "2019", code=2).err
