"""The starter plan socialnamnd-2020 against its source: fourteen key figures with definitions and no values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

Table = dict[str, Any]


@pytest.fixture(scope="module")
def plan(plan_file: Callable[[str], Table]) -> Table:
    return plan_file("socialnamnd-2020")


def test_four_strategy_areas_with_one_goal_each(plan: Table) -> None:
    goals = {goal["area"]: goal["name"] for goal in plan["goal"]}
    assert [(area["kind"], area["name"], goals[area["key"]]) for area in plan["area"]] == [
        ("strategiområde", "Hög kvalitet", "Säkerställa att service och insatser till medborgarna är av god kvalitet"),
        ("strategiområde", "Hög attraktivitet", "Kontinuitet och attraktivitet inom personalförsörjningen"),
        ("strategiområde", "Hög effektivitet", "Ökad kostnadseffektivitet med bibehållen kvalitet"),
        ("strategiområde", "Stark utveckling", "Ökad tillgänglighet och utveckling"),
    ]
    assert len(plan["goal"]) == 4


def test_fourteen_indicators_under_their_goals(plan: Table) -> None:
    areas = {goal["key"]: goal["area"] for goal in plan["goal"]}
    assert all(areas[each["goal"]] == each["area"] for each in plan["indicator"])
    assert list(Counter(each["area"] for each in plan["indicator"]).values()) == [4, 3, 3, 4]


def test_names_in_the_order_of_their_numbers(plan: Table) -> None:
    assert [each["name"] for each in plan["indicator"]] == [
        "Brukarbedömning sammantaget Hemtjänst",
        "Brukarbedömning sammantaget IFO",
        "Brukarbedömning sammantaget LSS",
        "Brukarbedömning sammantaget Vård-och omsorgsboende",
        "HME – Hållbart medarbetarengagemang",
        "Sjukfrånvaro Total",
        "Personalomsättning",
        "Nettokostnadsavvikelse IFO",
        "Nettokostnadsavvikelse LSS",
        "Nettokostnadsavvikelse Äldreomsorg",
        "Servicemätning via telefon och e-post LSS",
        "Servicemätning via telefon och e-post Äldreomsorg",
        "Antal utvecklade E-tjänster",
        "Brukarbedömning IFO total – Få kontakt",
    ]


def test_every_indicator_has_a_definition(plan: Table) -> None:
    assert all(len(each["definition"]) > 40 for each in plan["indicator"])


def test_five_are_development_key_figures(plan: Table) -> None:
    assert [each["key"] for each in plan["indicator"] if each["definition"].startswith("Utvecklingsnyckeltal.")] == [
        "brukarbedomning-hemtjanst",
        "brukarbedomning-ifo",
        "brukarbedomning-boende",
        "hme",
        "ifo-fa-kontakt",
    ]


def test_a_share_says_what_is_divided_by_what(plan: Table) -> None:
    assert [each["key"] for each in plan["indicator"] if each.get("numerator") and each.get("denominator")] == [
        "brukarbedomning-hemtjanst",
        "brukarbedomning-ifo",
        "brukarbedomning-boende",
        "sjukfranvaro-total",
        "personalomsattning",
        "ifo-fa-kontakt",
    ]


def test_net_cost_deviations_are_neutral_and_say_what_the_sign_means(plan: Table) -> None:
    neutral = [each for each in plan["indicator"] if each["direction"] == "neutral"]
    assert [each["key"] for each in neutral] == [
        "nettokostnadsavvikelse-ifo",
        "nettokostnadsavvikelse-lss",
        "nettokostnadsavvikelse-aldreomsorg",
    ]
    assert all("positivt värde betyder att kostnaden är högre" in each["definition"] for each in neutral)
    assert all(each["unit"] == "%" for each in neutral)


def test_sick_leave_and_turnover_are_better_lower(plan: Table) -> None:
    lower = [each["key"] for each in plan["indicator"] if each["direction"] == "lower"]
    assert lower == ["sjukfranvaro-total", "personalomsattning"]


def test_two_years_and_no_values(plan: Table) -> None:
    assert plan["plan"]["periods"] == ["2019", "2020"]
    assert not any("target" in each or "outcome" in each for each in plan["indicator"])
