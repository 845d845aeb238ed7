"""`kvaltui init`, `import`, `export` and `report`: files in and out, all or nothing."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest

from kvaltui.commands.importing import MOST_CHANGES
from kvaltui.exchange.starter import starter_plans
from tests.commands.conftest import Folder
from tests.sampled import sampled


@pytest.mark.parametrize("plan", sampled(starter.key for starter in starter_plans()))
def test_every_starter_plan(empty: Folder, plan: str) -> None:
    out = empty("init", "--plan", plan).out
    assert f"Planen ”{plan}” ligger i den." in out
    assert empty("status", "--json").json["plan"] == plan
    assert stat.S_IMODE(empty.database.stat().st_mode) == 0o600
    assert stat.S_IMODE(empty.database.parent.stat().st_mode) == 0o700


def test_without_a_plan(empty: Folder) -> None:
    assert "Det finns ingen plan i den än." in empty("init").out
    assert "Det finns ingen plan än." in empty("status", code=2).err
    assert empty("list", "plans", "--json").json == []


def test_in_another_folder_and_from_a_plan_file(nacka: Folder) -> None:
    nacka("export", "plan.toml")
    nacka("init", "--plan", "plan.toml", "--folder", "annan/mapp")
    nacka("--config", "annan/mapp/config.toml", "export", "igen.toml")
    assert (nacka.path / "igen.toml").read_bytes() == (nacka.path / "plan.toml").read_bytes()


@pytest.mark.parametrize("there", ["config.toml", "db/kvaltui.db"])
def test_what_exists_is_left_as_it_was(empty: Folder, there: str) -> None:
    path = empty.path / there
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"")
    answer = empty("init", "--plan", "nacka-2022", code=3)
    assert "finns redan och har lämnats som den är" in answer.err
    assert path.read_bytes() == b""
    assert [each for each in empty.path.rglob("*") if each.is_file()] == [path]


@pytest.mark.parametrize(
    ("source", "code", "expected"),
    [
        ("nacka-2023", 2, "menade du ”nacka-2022”?"),
        ("saknas.toml", 3, "saknas.toml"),
        ("trasig.toml", 3, "trasig.toml"),
        ("trasig.kvb", 3, "trasig.kvb"),
    ],
)
def test_a_source_that_is_wrong_leaves_nothing_behind(empty: Folder, source: str, code: int, expected: str) -> None:
    for name in ("trasig.toml", "trasig.kvb"):
        (empty.path / name).write_text("format = 1\n[plan]\nkey = 3\n")
    assert expected in empty("init", "--plan", source, code=code).err
    assert {path.name for path in empty.path.iterdir() if path.is_file()} == {"trasig.toml", "trasig.kvb"}
    assert not empty.database.exists()


def test_a_dry_run_shows_and_stores_nothing(nacka: Folder) -> None:
    plan = nacka.path / "plan.toml"
    nacka("export", "plan.toml")
    plan.write_text(plan.read_text().replace('value = "86 %"', 'value = "87 %"'))
    out = nacka("import", "plan.toml", "--dry-run").out
    assert "outcome/sabo-trygghet/2022/" in out
    assert "86 % → 87 %" in out
    assert "Inget har sparats (--dry-run)." in out
    assert "86 %" in nacka("show", "sabo-trygghet").out
    assert "Sparat" in nacka("import", "plan.toml").out
    assert "87 %" in nacka("show", "sabo-trygghet").out


@pytest.mark.parametrize("option", [["--dry-run"], []])
def test_every_row_of_a_table_is_shown_with_what_it_would_mean(nacka: Folder, option: list[str]) -> None:
    rows = "nyckel;utfall;målvärde\nsabo-trygghet;3 500;\nsabo-mat-smakar;95;\nsabo-maltid-trevlig;ej mätt;\n"
    (nacka.path / "utfall.csv").write_text(rows, encoding="utf-8")
    out = nacka("import", "utfall.csv", *option).out
    assert "värde: 86 % → 3 500 %" in out, "in the words of the window and of the history"
    assert "! Se efter en gång till: en procentsats utanför 0–100" in out
    assert "✓ Uppnått: 95 % mot minst 80 %" in out
    assert "– Ej bedömt: " in out
    assert "! 1 utfall ser fel ut" in out
    entered = nacka("enter", "sabo-trygghet", "3 500").out
    assert {line.strip("! ") for line in entered.splitlines() if "Se efter" in line} <= {
        line.strip("! ") for line in out.splitlines()
    }, "the same words as when it is typed"


def test_new_outcomes_of_a_table_are_shown_one_by_one(nacka: Folder) -> None:
    nacka("period", "add", "2023", "--copy-targets-from", "2022")
    keys = [each["key"] for each in nacka("list", "indicators", "--json").json if each["unit"] == "%"]
    assert len(keys) > MOST_CHANGES + 1
    rows = "".join(f"{key};{'8 640 %' if key == keys[-1] else '86'}\n" for key in keys)
    (nacka.path / "utfall.csv").write_text(f"nyckel;utfall\n{rows}", encoding="utf-8")
    out = nacka("import", "utfall.csv", "--dry-run").out
    assert [key for key in keys if f"outcome/{key}/2023/: " not in out] == []
    out = nacka("import", "utfall.csv").out
    assert f"outcome/{keys[-1]}/2023/: 8 640 %" in out, "what looks wrong is never left out"
    assert re.search(r"  och \d till\n", out)


def test_importing_what_is_there_already_changes_nothing(nacka: Folder) -> None:
    nacka("export", "plan.toml")
    out = nacka("import", "plan.toml").out
    assert "Inget har ändrats." in out


def test_a_table_of_figures(nacka: Folder) -> None:
    (nacka.path / "utfall.csv").write_text("nyckel;utfall\nsabo-trygghet;91 %\n", encoding="utf-8")
    nacka("import", "utfall.csv")
    assert "91 %" in nacka("show", "sabo-trygghet").out
    assert "ur filen utfall.csv" in nacka("history", "--limit", "1").out


@pytest.mark.parametrize(
    ("name", "text", "expected", "code"),
    [
        ("utfall.csv", "nyckel;utfall\nsabo-trygghet;12.500\n", "utfall.csv, rad 2", 2),
        ("utfall.csv", "nyckel;utfall\nsabo-tryggheten;12\n", "sabo-trygghet", 3),
        ("utfall.csv", "nyckel;utfall\nsabo-tryggheten;12\nsabo-trygghet;1e5\n", "rad 3", 3),
        ("plan.toml", "format = 2\n", "plan.toml", 3),
        ("plan.txt", "", ".toml", 3),
        ("saknas.toml", None, "saknas.toml", 3),
    ],
)
def test_refused_files_are_left_and_nothing_is_stored(
    nacka: Folder, name: str, text: str | None, expected: str, code: int
) -> None:
    if text is not None:
        (nacka.path / name).write_text(text, encoding="utf-8")
    before = nacka("history", "--json", "--limit", "1").json
    answer = nacka("import", name, code=code)
    assert expected in answer.err
    assert nacka("history", "--json", "--limit", "1").json == before


def test_export_by_suffix(nacka: Folder) -> None:
    for name in ("plan.toml", "plan.json", "tabell.csv", "tabell.xlsx"):
        assert nacka("export", name).out == f"Skrev {name}\n"
        assert (nacka.path / name).stat().st_size > 1000
    assert json.loads((nacka.path / "plan.json").read_text())["plan"]["key"] == "nacka-2022"
    assert (nacka.path / "tabell.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_export_for_one_period(nacka: Folder) -> None:
    nacka("period", "add", "2023", "--copy-targets-from", "2022")
    nacka("export", "alla.csv")
    nacka("export", "en.csv", "--period", "2022")
    assert len((nacka.path / "alla.csv").read_text().splitlines()) == 69
    assert len((nacka.path / "en.csv").read_text().splitlines()) == 35


@pytest.mark.parametrize("name", ["plan.pdf", "plan", "plan.tml"])
def test_an_ending_that_is_not_known(nacka: Folder, name: str) -> None:
    answer = nacka("export", name, code=3)
    assert ".toml" in answer.err
    assert not (nacka.path / name).exists()


def test_a_folder_that_is_not_there(nacka: Folder) -> None:
    assert "finns inte" in nacka("export", "ingen/plan.toml", code=3).err


def test_export_of_another_plan(nacka: Folder) -> None:
    nacka("export", "plan.toml", "--plan", "nacka", code=2)


@pytest.mark.parametrize("name", ["rapport.md", "rapport.html", "rapport.docx"])
def test_report_by_suffix(nacka: Folder, name: str) -> None:
    nacka("report", name)
    assert (nacka.path / name).stat().st_size > 1000


def test_report_without_a_file_is_printed(nacka: Folder) -> None:
    out = nacka("report").out
    assert out.startswith("# Kvalitetsindikatorer per affärsområde 2022")


def test_report_refuses_other_endings(nacka: Folder) -> None:
    assert ".docx" in nacka("report", "rapport.pdf", code=3).err
    assert not Path(nacka.path / "rapport.pdf").exists()


@pytest.mark.thorough
def test_a_table_is_of_the_period_that_is_given(nacka: Folder) -> None:
    """Not of the plan's current one; a row that names its own period keeps that."""
    nacka("period", "add", "2023", "--copy-targets-from", "2022")
    table = nacka.path / "utfall.csv"
    table.write_text("nyckel;utfall\nsabo-trygghet;91 %\n", encoding="utf-8")
    for period, other in (("2022", "2023"), ("2023", "2022")):
        table.write_text(f"nyckel;utfall\nsabo-trygghet;{period[-1]}1 %\n", encoding="utf-8")
        before = outcome_of(nacka, other)
        assert f"outcome/sabo-trygghet/{period}/" in nacka("import", "utfall.csv", "--period", period, "--dry-run").out
        nacka("import", "utfall.csv", "--period", period)
        assert (outcome_of(nacka, period), outcome_of(nacka, other)) == (f"{period[-1]}1 %", before)
    table.write_text("nyckel;period;utfall\nsabo-trygghet;2022;55 %\n", encoding="utf-8")
    nacka("import", "utfall.csv", "--period", "2023")
    assert (outcome_of(nacka, "2022"), outcome_of(nacka, "2023")) == ("55 %", "31 %")
    nacka("import", "utfall.csv", "--period", "2019", code=2)


def outcome_of(folder: Folder, period: str) -> str:
    indicators = folder("status", "--json", "--period", period).json["indicators"]
    (found,) = (each["outcome"] for each in indicators if each["key"] == "sabo-trygghet")
    return str(found or "")
