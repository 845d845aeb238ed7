"""The starter plan huddinge-2024 against its source: indicators, quality factors, risks, self-checks and measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

Table = dict[str, Any]


@pytest.fixture(scope="module")
def plan(plan_file: Callable[[str], Table]) -> Table:
    return plan_file("huddinge-2024")


def by_key(tables: list[Table], key: str) -> Table:
    return next(each for each in tables if each["key"] == key)


def test_22_indicators_in_three_sections(plan: Table) -> None:
    assert [area["name"] for area in plan["area"]] == [
        "Förebyggande arbete",
        "Stöd till barn och unga",
        "Stöd till vuxna",
    ]
    assert Counter(each["area"] for each in plan["indicator"]) == {
        "forebyggande-arbete": 3,
        "barn-och-unga": 9,
        "vuxna": 10,
    }


def test_six_quality_factors_in_the_order_of_the_plan(plan: Table) -> None:
    assert [each["name"] for each in plan["quality_factor"]] == [
        "Kunskapsbaserad verksamhet",
        "Hög delaktighet",
        "Hög säkerhet, trygghet och gott bemötande",
        "God tillgänglighet och insatser inom rimlig tid",
        "Helhetssyn och samordning",
        "Resurser används där de kommer målgruppen till störst nytta",
    ]


def test_fifteen_indicators_have_a_quality_factor(plan: Table) -> None:
    factors = Counter(factor for each in plan["indicator"] for factor in each.get("quality_factors", []))
    assert factors == {
        "tillganglighet": 9,
        "resurser-storst-nytta": 2,
        "delaktighet": 3,
        "trygghet-och-bemotande": 1,
    }
    assert factors.total() == 15
    assert all(len(each.get("quality_factors", [])) <= 1 for each in plan["indicator"])


def test_the_factor_that_the_indicators_call_by_another_name_says_so(plan: Table) -> None:
    called = [each for each in plan["indicator"] if "resurser-storst-nytta" in each.get("quality_factors", [])]
    assert [each["key"] for each in called] == [
        "forbattrad-situation-vardnadshavare",
        "forbattrad-situation-barn-och-unga",
    ]
    assert all("Effektivt resursutnyttjande" in each["definition"] for each in called)


def test_shares_and_counts(plan: Table) -> None:
    assert Counter(each["unit"] for each in plan["indicator"]) == {"%": 16, "antal": 6}
    for each in plan["indicator"]:
        if "andel" in each["name"].lower():
            assert each["unit"] == "%", each["name"]
        if each["name"].startswith("Antal"):
            assert each["unit"] == "antal", each["name"]


def test_two_indicators_have_no_data_and_nothing_else_is_printed(plan: Table) -> None:
    outcomes = [(each["key"], outcome) for each in plan["indicator"] for outcome in each.get("outcome", [])]
    assert [(key, outcome["value"]) for key, outcome in outcomes] == [
        ("unga-grov-kriminalitet-fullfoljt", "Inga tillgängliga data"),
        ("vuxna-fullfoljt-tolvsteg", "Inga tillgängliga data"),
    ]
    assert all("inte utskriven" in outcome["note"] for _, outcome in outcomes), "the period is uncertain, and says so"
    assert not any("target" in each for each in plan["indicator"])


def test_five_risks_with_their_levels(plan: Table) -> None:
    assert [risk["level"] for risk in plan["risk"]] == [9, 6, 4, 9, 3]
    assert not any("likelihood" in risk or "consequence" in risk for risk in plan["risk"]), "only levels are printed"


def test_eight_measures_of_the_risks(plan: Table) -> None:
    per_risk = Counter(risk for measure in plan["measure"] for risk in measure.get("risks", []))
    assert [per_risk[risk["key"]] for risk in plan["risk"]] == [3, 1, 1, 2, 1]
    assert all(len(measure.get("risks", [])) <= 1 for measure in plan["measure"])


def test_measures_printed_before_their_risk_are_joined_to_it(plan: Table) -> None:
    first = plan["risk"][0]
    assert first["title"].startswith("Barn, unga och vuxna riskerar att fortsatt fara illa")
    assert [each["title"] for each in plan["measure"] if first["key"] in each.get("risks", [])] == [
        "Implementera arbetssätt för att tidigt hänvisa våldsutövare till stödinsatser",
        "Implementera arbetssätt för att tidigt efter upptäckt erbjuda våldsutsatta barn och vuxna insatser",
        "Implementera gemensamt bedömningsinstrument för målgruppen våldsutsatta och våldsutövare",
    ]


def test_twelve_self_checks_in_four_sections(plan: Table) -> None:
    assert list(Counter(each["section"] for each in plan["self_check"]).items()) == [
        ("Gemensamt inom individ- och familjeomsorg", 1),
        ("Myndighetsutövning", 3),
        ("Utförande av stöd och insatser", 6),
        ("Boende socialpsykiatri", 2),
    ]


def test_five_self_checks_are_new_and_have_no_result(plan: Table) -> None:
    new = [each for each in plan["self_check"] if each.get("new")]
    assert [each["key"] for each in new] == [
        "paborjade-fbi",
        "paborjade-skolnarvaro",
        "paborjade-unga-i-riskzon",
        "belaggning-myren",
        "belaggning-balder",
    ]
    assert not any("result" in each for each in new)
    assert not any("(NY)" in each["name"] for each in plan["self_check"])


def test_three_self_checks_are_linked_to_a_risk(plan: Table) -> None:
    assert {each["key"]: each["risks"] for each in plan["self_check"] if each.get("risks")} == {
        "aktualiseringar-14-dagar": ["barn-far-inte-stod-rattssakert"],
        "utredningar-lagstadgad-tid": ["barn-far-inte-stod-rattssakert"],
        "barnkonsekvensanalys": ["barnperspektiv-saknas"],
    }


def test_two_self_checks_are_linked_to_a_service(plan: Table) -> None:
    assert {each["key"]: each["services"] for each in plan["self_check"] if each.get("services")} == {
        "belaggning-myren": ["Stödboende för unga"],
        "belaggning-balder": ["Stödboende för personer med beroendeproblematik"],
    }


def test_four_self_checks_have_measures(plan: Table) -> None:
    per_check = Counter(check for measure in plan["measure"] for check in measure.get("self_checks", []))
    assert per_check == {
        "aktualiseringar-14-dagar": 1,
        "utredningar-lagstadgad-tid": 2,
        "barnkonsekvensanalys": 1,
        "familjeradgivning-forsta-besok": 1,
    }


def test_measures_in_common_with_the_risk_are_the_same_ones(plan: Table) -> None:
    """ "Gemensamma åtgärder med risken som egenkontrollen är kopplad till. Se sida 6." """
    shared = {each["key"]: each for each in plan["measure"] if each.get("risks") and each.get("self_checks")}
    assert list(shared) == ["arbetsgrupp-forsta-linjen", "direktiv-overskriden-tid", "kunskap-barnrattsperspektiv"]
    for measure in shared.values():
        (check,) = measure["self_checks"]
        assert by_key(plan["self_check"], check)["risks"] == measure["risks"]
    of_the_risk = [each["key"] for each in plan["measure"] if "barn-far-inte-stod-rattssakert" in each.get("risks", [])]
    of_the_check = [
        each["key"] for each in plan["measure"] if "utredningar-lagstadgad-tid" in each.get("self_checks", [])
    ]
    assert of_the_risk == of_the_check


def test_ten_measures_of_which_two_belong_to_self_checks_alone(plan: Table) -> None:
    assert len(plan["measure"]) == 10
    assert [each["title"] for each in plan["measure"] if not each.get("risks")] == [
        "Månatliga avstämningar för att genomföra orsaksanalys",
        "Nyttja avbokade tider",
    ]
    assert {each["status"] for each in plan["measure"]} == {"planned"}
    assert not any("due" in each or "responsible" in each for each in plan["measure"]), "neither is printed"


def test_a_threshold_in_the_prose_of_a_purpose_is_a_threshold(plan: Table) -> None:
    assert {each["key"]: each["threshold"] for each in plan["self_check"] if each.get("threshold")} == {
        "familjeradgivning-forsta-besok": "inom 10 dagar"
    }
    assert "10 dagar" in by_key(plan["self_check"], "familjeradgivning-forsta-besok")["purpose"]


def test_approved_is_only_what_words_say_so_of(plan: Table) -> None:
    results = {each["key"]: each["result"][0] for each in plan["self_check"] if "result" in each}
    assert {result["period"] for result in results.values()} == {"2023"}
    assert [key for key, result in results.items() if result["status"] == "approved"] == [
        "loggkontroll",
        "basala-hygienrutiner",
        "vardhygieniskt-arbete",
    ]
    rest = [result for result in results.values() if result["status"] != "approved"]
    assert len(rest) == 4
    assert all(result["status"] == "unknown" and "färg" in result["note"] for result in rest)
