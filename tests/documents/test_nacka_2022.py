"""The starter plan nacka-2022 against its source: 34 indicators in four business areas, one year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

Table = dict[str, Any]


@pytest.fixture(scope="module")
def plan(plan_file: Callable[[str], Table]) -> Table:
    return plan_file("nacka-2022")


def indicator(plan: Table, key: str) -> Table:
    return next(each for each in plan["indicator"] if each["key"] == key)


PRINTED = {
    "aldreomsorg": [("100 %", "86 %"), ("80 %", "66 %"), ("90 %", "54 %"), ("100 %", "76 %"), ("-", "Ja")],
    "omsorg-och-assistans": [
        ("90 %", "100 %"),
        ("80 %", "84 %"),
        ("75 %", "90 %"),
        ("75 %", "66 %"),
        ("80 %", "72 – 100 %"),
    ],
    "familj-och-arbete": [
        ("95 %", "98 %"),
        ("95 %", "96 %"),
        ("95 %", "90 %"),
        ("98 %", "97 %"),
        ("80 %", "75 %"),
        ("80 %", "83 %"),
        ("3500", "4135"),
        ("750", "716"),
        ("80 %", "91 %"),
        ("90 %", "50 %"),
        ("90 %", "79 %"),
        ("75 %", "80 %"),
        ("80 %", "57 %"),
    ],
    "kultur-och-fritid": [
        ("85 %", "95 %"),
        ("85 %", "95 %"),
        ("50 %", "36 %"),
        ("50 %", "64 %"),
        ("85 %", "86 %"),
        ("85 %", "94 %"),
        ("90 %", "93 %"),
        ("2000", "2333"),
        ("8000", "6239"),
        ("60", "257"),
        ("800", "1211"),
    ],
}
"""Target and outcome of each row in the order of the page, copied from it a second time."""


def test_the_plan_is_one_year_with_a_yellow_band_from_80_percent(plan: Table) -> None:
    assert plan["plan"]["title"] == "Kvalitetsindikatorer per affärsområde 2022"
    assert plan["plan"]["periods"] == ["2022"]
    assert plan["assessment"]["partial_from"] == "80 %"


def test_four_business_areas_under_the_names_of_the_page(plan: Table) -> None:
    assert [(area["key"], area["name"], area["kind"]) for area in plan["area"]] == [
        ("aldreomsorg", "Äldreomsorg", "affärsområde"),
        ("omsorg-och-assistans", "Omsorg och assistans", "affärsområde"),
        ("familj-och-arbete", "Familj och arbete", "affärsområde"),
        ("kultur-och-fritid", "Kultur- och fritid", "affärsområde"),
    ]


def test_the_headline_is_one_goal_for_the_plan_as_a_whole(plan: Table) -> None:
    (goal,) = plan["goal"]
    assert goal["area"] == ""
    assert goal["name"] == "Välfärd samhällsservice ska ha en kundkvalitet i framkant"
    assert "assessment" not in goal, "the page does not judge it"


def test_indicators_per_area(plan: Table) -> None:
    assert Counter(each["area"] for each in plan["indicator"]) == {
        "aldreomsorg": 5,
        "omsorg-och-assistans": 5,
        "familj-och-arbete": 13,
        "kultur-och-fritid": 11,
    }
    assert len(plan["indicator"]) == 34


def test_27_shares_six_counts_and_one_yes_or_no(plan: Table) -> None:
    assert Counter(each["unit"] for each in plan["indicator"]) == {"%": 27, "antal": 6, "ja/nej": 1}


def test_every_target_and_outcome_is_the_printed_one(plan: Table) -> None:
    stored: dict[str, list[tuple[str, str]]] = {}
    for each in plan["indicator"]:
        (target,), (outcome,) = each["target"], each["outcome"]
        assert target["period"] == outcome["period"] == "2022"
        stored.setdefault(each["area"], []).append((target["value"], outcome["value"]))
    assert stored == PRINTED


def test_the_first_indicator_is_safety_in_special_housing(plan: Table) -> None:
    assert plan["indicator"][0]["key"] == "sabo-trygghet"
    assert plan["indicator"][0]["name"] == "Särskilt boende - andel kunder som känner sig trygga"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("sabo-mat-smakar", "Särskilt boende – andel kunder som anser att maten smakar bra"),
        ("sabo-fallincidenter", "Särskilt boende -antal fallincidenter ska minska (jmf. med tidigare tertial)"),
        (
            "gruppbostad-trygghet",
            "Gruppbostad socialpsykiatri - andel klienter inom som känner sig trygga med insatserna",
        ),
        (
            "case-managers-livssituation",
            "Case Managers - Andel kunder som upplever att insatsen lett till en positiv förändring av sin "
            "livssituation?",
        ),
    ],
)
def test_dashes_and_slips_stand_as_printed(plan: Table, key: str, name: str) -> None:
    assert indicator(plan, key)["name"] == name


def test_two_rows_with_the_same_name_are_both_kept(plan: Table) -> None:
    rows = [each for each in plan["indicator"] if each["name"] == "Fritidsgårdar - andel besök av flickor"]
    assert [(each["target"][0]["value"], each["outcome"][0]["value"]) for each in rows] == [
        ("50 %", "36 %"),
        ("50 %", "64 %"),
    ]
    assert len({each["key"] for each in rows}) == 2
    assert all("Samma namn" in each["outcome"][0]["note"] for each in rows)


def test_only_names_that_stand_twice_are_repeated(plan: Table) -> None:
    names = Counter(each["name"] for each in plan["indicator"])
    assert [name for name, count in names.items() if count > 1] == ["Fritidsgårdar - andel besök av flickor"]
