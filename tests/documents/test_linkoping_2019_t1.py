"""The starter plan linkoping-2019-t1 against its source: goals, indicators, gender rows and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

Table = dict[str, Any]
PRINTED_TWICE = {"balanstal-chefer": 1, "chefer-utomnordisk-bakgrund": 0}
"""Indicators with a second row in the appendix, and how many gender rows are printed under that one."""


@pytest.fixture(scope="module")
def plan(plan_file: Callable[[str], Table]) -> Table:
    return plan_file("linkoping-2019-t1")


def indicator(plan: Table, key: str) -> Table:
    return next(each for each in plan["indicator"] + plan["core_volume"] if each["key"] == key)


def figures(plan: Table, key: str, part: str = "") -> dict[str, str]:
    """The first reading of each period."""
    found: dict[str, str] = {}
    for outcome in indicator(plan, key).get("outcome", []):
        if outcome.get("part", "") == part:
            found.setdefault(outcome["period"], outcome["value"])
    return found


def target(plan: Table, key: str, part: str = "") -> str | None:
    targets = [each for each in indicator(plan, key).get("target", []) if each.get("part", "") == part]
    assert all(each["period"] == "2019-T1" for each in targets)
    return str(targets[0]["value"]) if targets else None


def values(plan: Table, word: str) -> Iterator[tuple[Table, Table]]:
    """Targets or outcomes, each with the indicator or volume that it belongs to."""
    for each in plan["indicator"] + plan["core_volume"]:
        for value in each.get(word, []):
            yield each, value


def of_kind(plan: Table, kind: str) -> list[Table]:
    return [goal for goal in plan["goal"] if goal["kind"] == kind]


def test_two_years_and_a_tertial(plan: Table) -> None:
    assert plan["plan"]["periods"] == ["2017", "2018", "2019-T1"]
    assert plan["plan"]["committee"] == "Social- och omsorgsnämnden"


def test_five_goal_areas(plan: Table) -> None:
    assert [area["name"] for area in plan["area"]] == ["Samhälle", "Medborgare", "Ekonomi", "Verksamhet", "Medarbetare"]
    assert {area["kind"] for area in plan["area"]} == {"målområde"}


def test_fifteen_municipal_goals(plan: Table) -> None:
    goals = of_kind(plan, "kommunövergripande mål")
    assert list(Counter(goal["area"] for goal in goals).values()) == [5, 3, 2, 3, 2]
    assert not any(goal.get("parent") or goal.get("assessment") for goal in goals)


def test_seventeen_committee_goals_each_under_a_municipal_one(plan: Table) -> None:
    municipal = {goal["key"]: goal["area"] for goal in of_kind(plan, "kommunövergripande mål")}
    committee = of_kind(plan, "nämndmål")
    assert len(committee) == 17
    assert list(Counter(goal["area"] for goal in committee).values()) == [4, 5, 2, 3, 3]
    assert all(municipal[goal["parent"]] == goal["area"] for goal in committee)


def test_nine_committee_goals_are_expected_achieved_and_eight_partially(plan: Table) -> None:
    assessments = {goal["name"]: goal["assessment"] for goal in of_kind(plan, "nämndmål")}
    assert all(len(each) == 1 and each[0]["period"] == "2019-T1" for each in assessments.values())
    assert all(len(each[0]["motivation"]) > 40 for each in assessments.values())
    partially = {name for name, each in assessments.items() if each[0]["status"] == "partially_achieved"}
    assert partially == {
        "Klimatsmart kommun",
        "Attraktiv kommun",
        "En utveckling till sin bästa förmåga",
        "Välfärden ska finnas vid behov",
        "Kostnadseffektiv verksamhet",
        "Tydliga riktlinjer för boende och insatser",
        "Behovsstyrd utveckling av boendeformer och insatser",
        "Goda arbetsplatser",
    }
    assert Counter(each[0]["status"] for each in assessments.values()) == {"achieved": 9, "partially_achieved": 8}


def test_a_municipal_goal_without_committee_goals_does_not_concern_the_committee(plan: Table) -> None:
    parents = {goal["parent"] for goal in of_kind(plan, "nämndmål")}
    childless = [goal for goal in of_kind(plan, "kommunövergripande mål") if goal["key"] not in parents]
    assert [goal["name"] for goal in childless] == ["Starkt och mångfacetterat näringsliv"]
    assert [goal for goal in plan["goal"] if goal.get("not_applicable")] == childless


def test_names_that_differ_between_report_and_appendix_are_aliases(plan: Table) -> None:
    assert {goal["name"]: goal["aliases"] for goal in plan["goal"] if goal.get("aliases")} == {
        "Driva verksamhetsutveckling, regionalt, nationellt, internationellt": [
            "Driva verksamhetsutveckling-regionalt, nationellt och internationellt"
        ],
        "Möjlighet till egen försörjning": ["Möjlighet till egenförsörjning"],
    }


def test_40_printed_rows_are_38_indicators(plan: Table) -> None:
    distinct = Counter(each["area"] for each in plan["indicator"])
    assert len(plan["indicator"]) == distinct.total() == 38
    twice = [each for each in plan["indicator"] if "två gånger" in each.get("source", "")]
    assert {each["key"] for each in twice} == PRINTED_TWICE.keys()
    printed = distinct + Counter(each["area"] for each in twice)
    assert list(printed.values()) == [7, 14, 2, 4, 13]
    assert printed.total() == 40


def test_indicators_stand_under_committee_goals_of_their_area(plan: Table) -> None:
    areas = {goal["key"]: goal["area"] for goal in of_kind(plan, "nämndmål")}
    assert all(areas[each["goal"]] == each["area"] for each in plan["indicator"])
    assert {each["goal"] for each in plan["indicator"]} == areas.keys(), "every committee goal has an indicator"


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        ("omradesbaserad-socialtjanst", ("2", "2", "2", "1 ny")),
        ("stadsdelsplanering", ("2", "1 (Malmslätt)", "0", "1")),
        ("samarbetsprojekt", ("3", "3", "4", "4")),
        (
            "gymnasium-placerad-del-av-ak9",
            ("25,06%(2016)", "Uppgift saknas i kolada", "Uppgift saknas i kolada", "50%"),
        ),
        ("gymnasium-placerad-hela-ak9", ("41,59%(2016)", "Uppgift saknas i kolada", "Uppgift saknas i kolada", "55%")),
        ("brukarundersokningar", ("2", "2", "0", "2")),
        ("akutbostader", ("98%", "99%", "Bedömd 99%", "100%")),
        ("arbete-efter-projekt", ("19", "24", "Mäts årligen", "20")),
        ("belaggningsgrad-boende", (">98%", ">98%", "Bedömd till 98%", "98%")),
        ("analys-resultatskillnader", ("2", "2", "1", "3")),
        ("ej-ateraktualiserade", ("79% resp 84%", "90% resp 85%", "90% resp 85%", "90% resp 85%")),
        ("total-sjukfranvaro", ("5,1", "6,1", "6,6", "5,3")),
        ("heltidsanstallningar", ("97,2", "98,1", "98,2", "99")),
        ("medarbetarengagemang", ("74", "75", "Ej mätt", "75")),
        ("chefers-sjukfranvaro", ("5,1", "6,1", "3,72", "3")),
        ("overtid", ("0,0", "0,2", "0,1", "0,2")),
        ("chefer-utomnordisk-bakgrund", ("1,05", "1,05", "-", "1,05")),
    ],
)
def test_rows_with_all_four_columns(plan: Table, key: str, printed: tuple[str, str, str, str]) -> None:
    *outcomes, aim = printed
    assert figures(plan, key) == dict(zip(("2017", "2018", "2019-T1"), outcomes, strict=True))
    assert target(plan, key) == aim


@pytest.mark.parametrize(
    ("key", "april", "aim"),
    [
        ("kvalitativa-undersokningar", "0", "2"),
        ("genomforandeplaner", "1", "1"),
        ("forhandsbedomningar", "Inom 14 dgr", "14 dgr"),
        ("balans-belaggning-platser", "98%/58/6", "98%/0/ behov"),
        ("digitala-tjanster", "0", "2"),
        ("chefsomsattning", "10,0", "3,0"),
        ("extern-personalomsattning", "2,2", "9"),
        ("bredd-boenden-och-insatser", "Ingår i arbetet med boendeprocessen", "Systematisk analys"),
        ("balans-insatser-ifo", "Arbete pågår", "Månatlig uppföljning"),
    ],
)
def test_rows_with_two_values_in_four_columns_say_that_they_are_uncertain(
    plan: Table, key: str, april: str, aim: str
) -> None:
    assert figures(plan, key) == {"2019-T1": april}
    assert target(plan, key) == aim
    assert "osäkra" in indicator(plan, key)["outcome"][0]["note"]


@pytest.mark.parametrize(
    ("key", "read"),
    [
        ("projekt-aktiv-medverkan", ["3", "6", "3"]),
        ("projekt-kommande-behov", ["2", "2", "2"]),
        ("mertid-overtid", ["0,3", "0,2", "0,1"]),
    ],
)
def test_rows_with_three_values_in_four_columns_invent_no_target(plan: Table, key: str, read: list[str]) -> None:
    assert list(figures(plan, key).values()) == read
    assert target(plan, key) is None
    assert "kan vara målvärdet" in indicator(plan, key)["outcome"][2]["note"]


@pytest.mark.parametrize(
    ("key", "april", "aim"),
    [
        ("barnperspektiv", "Bedömning sker vid årets slut", "Tre enskilda möten per barn per utredning"),
        ("behandling-och-rad", "Följs upp efter augusti", "Månatlig uppföljning"),
        ("koldioxidneutralt", "Pågår", None),
        ("handlingsplan-kemikalier", "Pågår", None),
        ("arbetsgivarindex", "Ej mätt", None),
    ],
)
def test_rows_in_words(plan: Table, key: str, april: str, aim: str | None) -> None:
    assert figures(plan, key) == {"2019-T1": april}
    assert target(plan, key) == aim


def test_an_indicator_that_goes_out_is_discontinued(plan: Table) -> None:
    out = [each for each in plan["indicator"] if each.get("status") == "discontinued"]
    assert [each["name"] for each in out] == ["Vattenförbrukning per kvm"]
    assert figures(plan, "vattenforbrukning") == {"2019-T1": "Ej mätbart"}


def test_parts_without_the_footnote_marks_that_are_glued_on(plan: Table) -> None:
    assert indicator(plan, "utredningstid")["breakdown"] == ["BOU", "VUX", "LSS"]
    assert figures(plan, "utredningstid", "BOU") == {"2017": "121", "2018": "113", "2019-T1": "119"}
    assert figures(plan, "utredningstid", "VUX") == {"2017": "49", "2018": "34", "2019-T1": "29"}
    assert figures(plan, "utredningstid", "LSS") == {"2017": "130", "2018": "174", "2019-T1": "167"}
    assert target(plan, "utredningstid") == "Max 120"
    glued = {each["part"]: each for each in indicator(plan, "utredningstid")["outcome"] if each["period"] == "2018"}
    for part, as_printed, mark in (("BOU", "BOU 1137", 7), ("VUX", "VUX 348", 8), ("LSS", "LSS 1749", 9)):
        assert glued[part]["source"].startswith(f"Fotnot {mark}:")
        assert as_printed in glued[part]["note"]


def test_decisions_not_carried_out_in_time(plan: Table) -> None:
    late = indicator(plan, "verkstallda-beslut-boende")
    assert [(each["part"], each["value"], each["as_of"]) for each in late["outcome"]] == [
        ("LSS", "34", "2019-03-31"),
        ("Sol", "25", "2019-03-31"),
    ]
    assert target(plan, "verkstallda-beslut-boende") == "Tidsgräns: inom 3 mån"
    assert "”Inom 3 mån”" in late["definition"], "the printed target is a time limit, not a number of decisions"


def test_18_gender_rows(plan: Table) -> None:
    """Seventeen parts, and the row for women under the second printing of Balanstal chefer."""
    rows = [part for each in plan["indicator"] for part in each.get("breakdown", []) if part in ("Män", "Kvinnor")]
    assert Counter(rows) == {"Kvinnor": 9, "Män": 8}
    assert len(rows) + sum(PRINTED_TWICE.values()) == 18


@pytest.mark.parametrize(
    ("key", "men", "women"),
    [
        ("total-sjukfranvaro", ["5,0", "4,2", "3,6"], ["5,1", "6,4", "7,0"]),
        ("heltidsanstallningar", ["93,8", "95,8", "95,9"], ["97,7", "98,4", "98,5"]),
        ("chefsomsattning", [], ["12,5"]),
        ("chefers-sjukfranvaro", [], []),
        ("extern-personalomsattning", [], []),
        ("overtid", ["0,3"], ["0,1", "0,1", "0,1"]),
        ("balanstal-chefer", [], ["0,93", "0,92", "1,0"]),
        ("chefer-utomnordisk-bakgrund", [], []),
        ("mertid-overtid", ["0,3"], []),
    ],
)
def test_figures_of_women_and_men(plan: Table, key: str, men: list[str], women: list[str]) -> None:
    assert list(figures(plan, key, "Män").values()) == men
    assert list(figures(plan, key, "Kvinnor").values()) == women


def test_a_lone_gender_figure_says_that_its_column_is_uncertain(plan: Table) -> None:
    for key, part in (("chefsomsattning", "Kvinnor"), ("overtid", "Män"), ("mertid-overtid", "Män")):
        (lone,) = (each for each in indicator(plan, key)["outcome"] if each.get("part") == part)
        assert "osäker" in lone["note"]


def test_the_balance_of_managers_has_a_target_for_women_only(plan: Table) -> None:
    assert target(plan, "balanstal-chefer", "Kvinnor") == "1,0"
    assert target(plan, "balanstal-chefer") is None


def test_two_tables_disagree_on_sick_leave_in_2018(plan: Table) -> None:
    readings = [
        (each["value"], each["source"])
        for each in indicator(plan, "total-sjukfranvaro")["outcome"]
        if each["period"] == "2018" and not each.get("part")
    ]
    assert readings == [("6,1", "Bilagan Uppföljning av nämndindikatorer"), ("5,6", "Tabellen Personal")]
    assert figures(plan, "personal-sjukfranvaro") == {"2018": "5,6", "2019-T1": "6,6"}


def test_four_reasons_for_a_missing_figure_are_four_texts(plan: Table) -> None:
    texts = {value["value"] for _, value in values(plan, "outcome")}
    assert {"Uppgift saknas i kolada", "Ej mätt", "Ej mätbart", "-"} <= texts


def test_counts_that_grow_over_the_year_are_cumulative(plan: Table) -> None:
    assert {each["key"] for each in plan["indicator"] if each.get("cumulative")} == {
        "stadsdelsplanering",
        "kvalitativa-undersokningar",
        "brukarundersokningar",
        "genomforandeplaner",
        "analys-resultatskillnader",
        "digitala-tjanster",
    }
    assert not any("forecast" in value for _, value in values(plan, "outcome")), "no forecast is printed in figures"


def test_five_core_volumes(plan: Table) -> None:
    volumes = [each for each in plan["core_volume"] if each["service"] == "Basuppdrag"]
    assert [(each["name"], *figures(plan, each["key"]).values()) for each in volumes] == [
        ("Antal pågående ärenden barn och unga IFO myndighet", "1053", "1074"),
        ("Antal pågående ärenden vuxna IFO myndighet", "725", "774"),
        ("Antal pågående ärenden familjerätt", "145", "189"),
        ("Antal pågående ärenden LSS ÄOF myndighet", "1422", "1433"),
        ("Antal pågående ärenden Funktionshinder ÄOF myndighet", "1425", "1427"),
    ]
    assert all("likartad nivå" in each["outcome"][1]["note"] for each in volumes)


def test_three_staff_rows(plan: Table) -> None:
    staff = [each for each in plan["core_volume"] if each["service"] == "Personal"]
    assert [(each["name"], figures(plan, each["key"]), target(plan, each["key"])) for each in staff] == [
        ("Antal årsarbetare", {"2019-T1": "440,3"}, "-"),
        ("Total sjukfrånvaro", {"2018": "5,6", "2019-T1": "6,6"}, "5,3"),
        ("Extern personalomsättning", {"2019-T1": "2,2"}, "9"),
    ]


def test_nine_footnotes_are_sources_of_values_and_not_part_of_names(plan: Table) -> None:
    marks = {
        mark: each["key"]
        for each, outcome in values(plan, "outcome")
        for mark in re.findall(r"Fotnot (\d)", outcome.get("source", ""))
    }
    assert marks == {
        "1": "arenden-barn-och-unga",
        "2": "arenden-vuxna",
        "3": "arenden-familjeratt",
        "4": "arenden-lss",
        "5": "arenden-funktionshinder",
        "6": "forhandsbedomningar",
        "7": "utredningstid",
        "8": "utredningstid",
        "9": "utredningstid",
    }
    assert not any(re.search(r"\d$|\*", each["name"]) for each in plan["core_volume"])


def test_seven_assignments_whose_status_stands_only_where_words_give_it(plan: Table) -> None:
    assert Counter(each["kind"] for each in plan["assignment"]) == {"kommungemensamt": 4, "nämndspecifikt": 3}
    assert [each["key"] for each in plan["assignment"] if each["status"] == "ongoing"] == [
        "avgifter",
        "etablering-nyanlanda",
        "handlaggningstider",
    ]
    rest = [each for each in plan["assignment"] if each["status"] != "ongoing"]
    assert all(each["status"] == "" and "Färgen är förlorad" in each["comment"] for each in rest)
