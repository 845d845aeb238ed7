"""The starter plan ekero-2016 against its source: five goal areas with an intent each, no targets and no outcomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

Table = dict[str, Any]


@pytest.fixture(scope="module")
def plan(plan_file: Callable[[str], Table]) -> Table:
    return plan_file("ekero-2016")


def indicator(plan: Table, key: str) -> Table:
    return next(each for each in plan["indicator"] if each["key"] == key)


def test_the_plan_covers_three_years_under_its_registry_number(plan: Table) -> None:
    assert plan["plan"]["periods"] == ["2016", "2017", "2018"]
    assert plan["plan"]["registry_number"] == "SN15/136"
    assert plan["plan"]["title"] == "Indikatorer till Socialnämndens verksamhetsmål 2016-18"


def test_five_goal_areas_with_a_goal_and_an_intent_each(plan: Table) -> None:
    assert [area["name"] for area in plan["area"]] == [
        "Tillgänglighet och service",
        "Självständighet",
        "Valfrihet",
        "Utveckling och uppföljning",
        "Effektivt resursutnyttjande",
    ]
    assert {area["kind"] for area in plan["area"]} == {"målområde"}
    assert [goal["area"] for goal in plan["goal"]] == [area["key"] for area in plan["area"]]
    assert all(len(goal["intent"]) > 100 for goal in plan["goal"])


def test_goals_stand_as_printed(plan: Table) -> None:
    assert [goal["name"] for goal in plan["goal"]] == [
        "Medborgare i kontakt med socialtjänsten upplever ett professionellt bemötande, en hög servicenivå och god "
        "tillgänglighet.",
        "Socialtjänsten stärker den enskildes förutsättningar att ansvara för den egna livssituationen och möjligheten "
        "att tillvarata sina egna resurser.",
        "Socialtjänsten erbjuder valfrihet för de som behöver stöd.",
        "Metoder och verksamheter utvecklas för att höja socialtjänstens kvalitet för medborgarna.",
        "Socialtjänsten möter medborgarnas behov genom samordnade och resurseffektiva insatser i samverkan med andra.",
    ]


def test_fourteen_indicators(plan: Table) -> None:
    assert list(Counter(each["area"] for each in plan["indicator"]).values()) == [3, 3, 2, 3, 3]
    areas = {goal["key"]: goal["area"] for goal in plan["goal"]}
    assert all(areas[each["goal"]] == each["area"] for each in plan["indicator"])


def test_nothing_is_wanted_and_nothing_entered(plan: Table) -> None:
    assert not any("target" in each or "outcome" in each for each in plan["indicator"])


def test_three_qualities_in_one_indicator_stay_one_indicator(plan: Table) -> None:
    assert indicator(plan, "bemotande-service-tillganglighet")["name"] == (
        "Bemötande – andel av socialkontorets brukare som upplever ett professionellt bemötande, en hög servicenivå "
        "och god tillgänglighet."
    )


def test_everybody_shall_have_a_plan_is_kept_without_a_target(plan: Table) -> None:
    kept = indicator(plan, "individuell-handlingsplan")
    assert kept["name"].startswith(
        "Medborgare med funktionsnedsättning som har ett individuellt biståndsbeslut ska ha en"
    )
    assert "target" not in kept
    assert kept["unit"] == "text", "the page names no measure"


def test_a_share_whose_right_way_is_not_said_has_no_direction(plan: Table) -> None:
    assert [each["key"] for each in plan["indicator"] if each["direction"] == "neutral"] == [
        "individuell-handlingsplan",
        "externa-utforare-tid",
    ]
