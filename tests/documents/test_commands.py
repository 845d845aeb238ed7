"""The five documents as somebody meets them at the command line: init, status, list, show, export and import."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from kvaltui.cli import main
from tests.sampled import sampled

PLANS = ("nacka-2022", "huddinge-2024", "socialnamnd-2020", "linkoping-2019-t1", "ekero-2016")
Run: TypeAlias = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program in an empty folder and gives what it printed."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> str:
        capsys.readouterr()
        code = main(arguments)
        printed = capsys.readouterr()
        assert code == 0, printed.out + printed.err
        return printed.out

    return run


@pytest.fixture
def ask(run: Run) -> Callable[..., Any]:
    """Runs the program with --json and gives what it answered."""
    return lambda *arguments: json.loads(run(*arguments, "--json"))


@pytest.mark.parametrize(
    ("key", "period", "counts"),
    [
        ("nacka-2022", "2022", (19, 8, 6, 1, 0)),
        ("huddinge-2024", "2024", (0, 0, 0, 22, 0)),
        ("socialnamnd-2020", "2020", (0, 0, 0, 14, 0)),
        ("linkoping-2019-t1", "2019-T1", (8, 5, 2, 22, 1)),
        ("ekero-2016", "2018", (0, 0, 0, 14, 0)),
    ],
)
def test_status_counts_every_indicator(
    run: Run, ask: Callable[..., Any], key: str, period: str, counts: tuple[int, ...]
) -> None:
    run("init", "--plan", key, "--folder", ".")
    status = ask("status")
    assert (status["plan"], status["period"]) == (key, period)
    total = status["total"]
    assert (
        total["achieved"],
        total["partially_achieved"],
        total["not_achieved"],
        total["not_assessed"],
        total["not_applicable"],
    ) == counts
    assert len(status["indicators"]) == sum(counts)


@pytest.mark.thorough
def test_122_indicators_are_listed(run: Run, ask: Callable[..., Any], tmp_path: Path) -> None:
    listed = {}
    for key in PLANS:
        run("init", "--plan", key, "--folder", key)
        listed[key] = len(ask("--db", str(tmp_path / key / "db" / "kvaltui.db"), "list", "indicators"))
    assert listed == {
        "nacka-2022": 34,
        "huddinge-2024": 22,
        "socialnamnd-2020": 14,
        "linkoping-2019-t1": 38,
        "ekero-2016": 14,
    }
    assert sum(listed.values()) == 122


def test_linkopings_committee_goals_stand_with_the_computed_verdict_beside(run: Run, ask: Callable[..., Any]) -> None:
    run("init", "--plan", "linkoping-2019-t1", "--folder", ".")
    assessed = [goal for goal in ask("status")["goals"] if goal["manual"]]
    assert Counter(goal["status"] for goal in assessed) == {"achieved": 9, "partially_achieved": 8}
    assert all(goal["computed"] and goal["manual"]["motivation"] for goal in assessed)
    leadership = next(goal for goal in assessed if goal["key"] == "chef-och-ledarskap")
    assert (leadership["status"], leadership["computed"]) == ("achieved", "not_achieved")


def test_huddinges_risks_measures_and_self_checks(run: Run, ask: Callable[..., Any]) -> None:
    run("init", "--plan", "huddinge-2024", "--folder", ".")
    assert len(ask("list", "risks")) == 5
    assert len(ask("list", "measures")) == 10
    assert len(ask("list", "self-checks")) == 12
    status = ask("status")
    assert [(risk["level"], risk["band"], risk["open_measures"]) for risk in status["risks"]] == [
        (9, "high", 3),
        (9, "high", 2),
        (6, "medium", 1),
        (4, "medium", 1),
        (3, "low", 1),
    ]


@pytest.mark.thorough
def test_linkopings_assignments_are_listed(run: Run, ask: Callable[..., Any]) -> None:
    run("init", "--plan", "linkoping-2019-t1", "--folder", ".")
    assert Counter(each["kind"] for each in ask("list", "assignments")) == {"kommungemensamt": 4, "nämndspecifikt": 3}


@pytest.mark.parametrize(
    ("plan", "shown"),
    [
        ("nacka-2022", "daglig-verksamhet-trygghet"),
        ("huddinge-2024", "vald-ingen-insats"),
        ("socialnamnd-2020", "hme"),
        ("linkoping-2019-t1", "utredningstid"),
        ("ekero-2016", "individuell-handlingsplan"),
    ],
)
def test_show_knows_the_documents_keys(run: Run, ask: Callable[..., Any], plan: str, shown: str) -> None:
    run("init", "--plan", plan, "--folder", ".")
    assert ask("show", shown)["key"] == shown


@pytest.mark.thorough
@pytest.mark.parametrize("key", sampled(PLANS, 2))
def test_export_import_export_is_the_same_byte_for_byte(run: Run, key: str, tmp_path: Path) -> None:
    run("init", "--plan", key, "--folder", ".")
    run("export", "first.toml")
    run("init", "--folder", "second")
    run("--config", "second/config.toml", "import", "first.toml")
    run("--config", "second/config.toml", "export", "second.toml")
    assert (tmp_path / "second.toml").read_bytes() == (tmp_path / "first.toml").read_bytes()


@pytest.mark.thorough
def test_two_sources_warn_in_the_status_of_2018(run: Run, ask: Callable[..., Any]) -> None:
    run("init", "--plan", "linkoping-2019-t1", "--folder", ".")
    indicators = {each["key"]: each for each in ask("status", "--period", "2018")["indicators"]}
    assert "conflicting_sources" in indicators["total-sjukfranvaro"]["warnings"]


@pytest.mark.thorough
def test_a_glued_footnote_mark_is_stored_with_a_warning(run: Run, ask: Callable[..., Any]) -> None:
    run("init", "--plan", "linkoping-2019-t1", "--folder", ".")
    run("enter", "utredningstid", "1137", "--part", "BOU", "--period", "2018")
    indicators = {each["key"]: each for each in ask("status", "--period", "2018")["indicators"]}
    assert "jump" in indicators["utredningstid"]["warnings"]
    assert indicators["utredningstid"]["parts"][0]["outcome"] == "1137"
