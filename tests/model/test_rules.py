"""What may be stored: each rule with what it refuses, the field it names and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kvaltui.i18n import say
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Assignment, Measure, Result, Risk, SelfCheck
from kvaltui.model.reporting import Comparison, Completion, Outcome, TargetValue
from kvaltui.model.rules import area_of_indicator, check_entity, check_key_is_free
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator, Plan, QualityFactor
from tests.model.plans import YEAR, assessment, outcome, periods, plan, target

RETIRED = Area(key="gone", name="Gammalt", retired=True)
PLAN: list[AnyEntity] = [
    plan("2021", "2022"),
    QualityFactor(key="q", name="Tillgänglighet"),
    Area(key="a", name="Äldreomsorg"),
    Area(key="b", name="Hemtjänst", parent="a"),
    RETIRED,
    Goal(key="g", name="Trygga", area="b"),
    Goal(key="h", name="Nöjda", parent="g", area="b"),
    Indicator(key="i", name="Trygghet", area="b", goal="h", quality_factors=("q",)),
    Indicator(key="d", name="Tid", unit="dagar", breakdown=("BOU", "VUX"), area="a"),
    Risk(key="r", title="Våld", level=9),
    SelfCheck(key="c", name="Loggkontroll", risks=("r",), area="b", unit="%", threshold="90 %"),
    Measure(key="m", title="Utbildning", risks=("r",), self_checks=("c",), indicators=("i",)),
    Assignment(key="u", name="Uppdrag"),
    EconomyTable(key="t", title="Prognos"),
    EconomyRow(table="t", slug="s", name="Summa", budget="408 300", is_sum=True),
    outcome("86 %"),
    target("100 %"),
]
CONTENT = PlanContent.of(PLAN)


def refusal(entity: AnyEntity, *others: AnyEntity) -> tuple[str, str] | None:
    """The field and the message that the entity is refused with, None where it may be stored."""
    try:
        check_entity(entity, CONTENT.with_entities([*others, entity]))
    except RuleError as error:
        return error.field, say(error.message)
    return None


def test_the_plan_itself_keeps_the_rules() -> None:
    assert [told for entity in CONTENT if (told := refusal(entity))] == []


@pytest.mark.parametrize(
    ("entity", "field", "message"),
    [
        (Area(key="Äldre", name="A"), "key", "”Äldre” kan inte vara nyckel: skriv små bokstäver a–z, siffror och"),
        (Area(key="", name="A"), "key", "”” kan inte vara nyckel"),
        (Area(key="a/b", name="A"), "key", "”a/b” kan inte vara nyckel"),
        (Area(key="-a", name="A"), "key", "”-a” kan inte vara nyckel"),
        (Area(key="x" * 101, name="A"), "key", "En nyckel har högst 100 tecken"),
        (Area(key="x", name=" "), "name", "Ett namn behövs"),
        (Risk(key="x", title=""), "title", "Ett namn behövs"),
        (Plan(key="p", title=""), "title", "Ett namn behövs"),
        (Comparison(indicator="i", period=YEAR, name=""), "name", "Ett namn behövs"),
        (Area(key="x", name="X", parent="y"), "parent", "”y” finns inte bland planens områden"),
        (Area(key="x", name="X", parent="gone"), "parent", "”Gammalt” är arkiverad: ta tillbaka den först"),
        (Goal(key="x", name="X", area="y"), "area", "”y” finns inte bland planens områden"),
        (Indicator(key="x", name="X", goal="y"), "goal", "”y” finns inte bland planens mål"),
        (
            Indicator(key="x", name="X", quality_factors=("q", "y")),
            "quality_factors",
            "”y” finns inte bland planens kvalitetsfaktorer",
        ),
        (outcome("1", indicator="y"), "indicator", "”y” finns inte bland planens indikatorer"),
        (SelfCheck(key="x", name="X", risks=("y",)), "risks", "”y” finns inte bland planens risker"),
        (Measure(key="x", title="X", self_checks=("y",)), "self_checks", "”y” finns inte bland planens egenkontroller"),
        (Result(self_check="y", period=YEAR), "self_check", "”y” finns inte bland planens egenkontroller"),
        (EconomyRow(table="y", slug="s", name="S"), "table", "”y” finns inte bland planens ekonomitabeller"),
        (EconomyRow(table="t", slug="", name="S"), "slug", "”” kan inte vara nyckel"),
        (assessment(Kind.GOAL, "y"), "subject", "”y” finns inte bland planens mål"),
        (assessment(Kind.RISK, "r"), "subject", "Bara indikatorer, mål och områden kan bedömas"),
        (Area(key="a", name="A", parent="b"), "parent", "”A” kan inte ligga under sig självt"),
        (Area(key="a", name="A", parent="a"), "parent", "”A” kan inte ligga under sig självt"),
        (Goal(key="g", name="G", parent="h"), "parent", "”G” kan inte ligga under sig självt"),
        (replace(RETIRED, key="a", name="Ä"), "retired", "”Ä” används av ”Hemtjänst” och 1 till: ändra dem först"),
        (Goal(key="g", name="G", retired=True), "retired", "”G” används av ”Nöjda”: ändra där först"),
        (Risk(key="r", title="R", retired=True), "retired", "”R” används av ”Loggkontroll” och 1 till"),
        (Indicator(key="i", name="I", retired=True), "retired", "”I” används av ”Utbildning”: ändra där först"),
        (QualityFactor(key="q", name="Q", retired=True), "retired", "”Q” används av ”Trygghet”: ändra där först"),
        (Plan(key="p", title="P", periods=periods("2022", "2022")), "periods", "”2022” står två gånger"),
        (Plan(key="p", title="P", periods=periods("2021")), "periods", "Det finns uppgifter införda för 2022"),
        (Plan(key="p", title="P", partial_from="80"), "partial_from", "”80” är ingen andel av målet"),
        (Plan(key="p", title="P", partial_within="nära"), "partial_within", "”nära” är inget avstånd"),
        (Plan(key="p", title="P", risk_bands=(9, 4)), "risk_bands", "Det behövs två gränser för risknivån"),
        (Plan(key="p", title="P", risk_bands=(4,)), "risk_bands", "Det behövs två gränser för risknivån"),
        (Plan(key="p", title="P", risk_bands=(0, 9)), "risk_bands", "Det behövs två gränser för risknivån"),
        (Indicator(key="x", name="X", partial_from="120 %"), "partial_from", "”120 %” är ingen andel av målet"),
        (Indicator(key="x", name="X", breakdown=("Män", "män")), "breakdown", "”män” står två gånger"),
        (Indicator(key="x", name="X", breakdown=("A;B",)), "breakdown", "Varje del behöver ett namn utan semikolon"),
        (Indicator(key="x", name="X", breakdown=("",)), "breakdown", "Varje del behöver ett namn utan semikolon"),
        (Indicator(key="x", name="X", decimals=-1), "decimals", "Antalet decimaler är 0 till 9"),
        (outcome("12.500"), "value", "”12.500”: menar du 12"),
        (outcome("86 dagar"), "value", ""),
        (replace(outcome("86 %"), forecast="1e5"), "forecast", ""),
        (outcome("86 %", "2019"), "period", "Planen har inte perioden 2019"),
        (outcome("86 %", part="Män"), "part", "”Män” är ingen del av ”Trygghet”"),
        (outcome("BOU 1", indicator="d", part="BOU"), "value", ""),
        (outcome("86 %", reading=0), "reading", "Avläsningar numreras från 1"),
        (target("12.500"), "value", "”12.500”: menar du 12"),
        (target("80 %", "2019"), "period", "Planen har inte perioden 2019"),
        (target("80 %", part="Män"), "part", "”Män” är ingen del av ”Trygghet”"),
        (Comparison(indicator="i", period=YEAR, name="Riket", value="12.500"), "value", "”12.500”: menar du 12"),
        (Comparison(indicator="i", period=Period(2019), name="Riket"), "period", "Planen har inte perioden 2019"),
        (replace(assessment(Kind.GOAL, "g"), motivation=" "), "motivation", "En bedömning behöver en motivering"),
        (assessment(Kind.GOAL, "g", period="2019"), "period", "Planen har inte perioden 2019"),
        (Completion(area="a", period=YEAR, complete=False), "motivation", "Att öppna igen kräver en motivering"),
        (Completion(area="a", period=Period(2019)), "period", "Planen har inte perioden 2019"),
        (Completion(area="y", period=YEAR), "area", "”y” finns inte bland planens områden"),
        (
            Risk(key="x", title="X", likelihood=3, consequence=3, level=8),
            "level",
            "Risknivån är sannolikhet × konsekvens: 3 × 3 = 9",
        ),
        (Risk(key="x", title="X", likelihood=0, consequence=3), "likelihood", "Skriv ett heltal från 1 till 5"),
        (Risk(key="x", title="X", consequence=6), "consequence", "Skriv ett heltal från 1 till 5"),
        (Risk(key="x", title="X", level=26), "level", "Skriv ett heltal från 1 till 25"),
        (SelfCheck(key="x", name="X", unit="%", threshold="12.500"), "threshold", "”12.500”: menar du 12"),
        (Result(self_check="c", period=YEAR, value="12.500"), "value", "”12.500”: menar du 12"),
        (Result(self_check="c", period=Period(2019)), "period", "Planen har inte perioden 2019"),
        (Measure(key="x", title="X"), "risks", "En åtgärd hör till något: välj en risk, en egenkontroll eller"),
        (EconomyRow(table="t", slug="x", name="X", actual="mycket"), "actual", "”mycket”"),
        (EconomyRow(table="t", slug="x", name="X", variance="12.500"), "variance", "”12.500”: menar du 12"),
        (EconomyRow(table="t", slug="x", name="X", level=2), "level", "Nivån är 0, eller 1 för en varav-rad"),
    ],
)
def test_what_is_refused(entity: AnyEntity, field: str, message: str) -> None:
    found = refusal(entity)
    assert found is not None
    assert found[0] == field
    assert found[1].replace("\N{NO-BREAK SPACE}", " ").startswith(message)
    assert found[1]


@pytest.mark.parametrize(
    "entity",
    [
        Area(key="x-1_2.b", name="X"),
        Area(key="b", name="B"),
        Area(key="gone", name="Gammalt"),
        Area(key="gone", name="", parent="nothing", retired=True),
        Assignment(key="u", name="", retired=True),
        Goal(key="x", name="X", parent="g", area="a"),
        Risk(key="x", title="X"),
        Risk(key="x", title="X", likelihood=3, consequence=3),
        Risk(key="x", title="X", likelihood=3, consequence=3, level=9),
        Risk(key="x", title="X", likelihood=3),
        Measure(key="x", title="X", indicators=("i",), due=date(2020, 1, 1)),
        Measure(key="m", title="M", retired=True),
        outcome(""),
        outcome("72–100 %"),
        outcome("ej mätt"),
        outcome("500 %"),
        outcome("BOU 121; VUX 49", indicator="d"),
        outcome("121", indicator="d", part="BOU"),
        replace(outcome("skräp"), retired=True),
        target(""),
        target("Systematisk analys"),
        target("80 %", horizon="vid mandatperiodens slut"),
        Comparison(indicator="i", period=YEAR, name="Riket"),
        assessment(Kind.AREA, "a", Status.NOT_ASSESSED),
        Completion(area="a", period=YEAR),
        Completion(area="a", period=YEAR, complete=False, motivation="Fel siffra"),
        Result(self_check="c", period=YEAR, value="95 %"),
        SelfCheck(key="x", name="X", threshold="inom 10 dagar"),
        EconomyRow(table="t", slug="x", name="X", actual="-3 420", level=1),
        Indicator(key="x", name="X", unit="", decimals=0, breakdown=("Män", "Kvinnor")),
        Plan(key="p", title="P", periods=(YEAR,), risk_bands=(5, 5)),
    ],
)
def test_what_may_be_stored(entity: AnyEntity) -> None:
    assert refusal(entity) is None


def test_what_belongs_together_can_be_stored_together() -> None:
    area, goal = Area(key="x", name="X"), Goal(key="y", name="Y", area="x")
    assert refusal(goal) is not None
    assert refusal(goal, area) is None
    assert refusal(Measure(key="m", title="M", retired=True), Indicator(key="i", name="I", retired=True)) is None
    measure = Measure(key="m", title="M", retired=True)
    assert refusal(Indicator(key="i", name="I", retired=True), measure) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda: outcome("87 %"),
        lambda: replace(outcome("86 %"), retired=True),
        lambda: target("90 %"),
        lambda: Comparison(indicator="i", period=YEAR, name="Riket", value="80 %"),
        lambda: Result(self_check="c", period=YEAR, value="95 %"),
    ],
)
def test_a_completed_area_locks_its_figures(change: Callable[[], Outcome | TargetValue]) -> None:
    for area in ("a", "b"):
        found = refusal(change(), Completion(area=area, period=YEAR))
        assert found == (
            "value",
            "”Hemtjänst” är klarmarkerat för 2022 och uppgifterna är låsta: öppna det igen först",
        )
    assert refusal(change(), Completion(area="a", period=Period(2021))) is None
    assert refusal(change(), Completion(area="a", period=YEAR, complete=False, motivation="Fel")) is None


def test_other_figures_and_assessments_are_not_locked() -> None:
    complete = Completion(area="b", period=YEAR)
    assert refusal(outcome("100", indicator="d"), complete) is None
    assert refusal(outcome("80 %", "2021"), complete) is None
    assert refusal(assessment(Kind.INDICATOR, "i"), complete) is None


def test_an_indicator_without_an_area_stands_in_that_of_its_goal() -> None:
    content = CONTENT.with_entities(
        [
            Goal(key="k", name="K", parent="g"),
            Indicator(key="i", name="I", goal="k"),
            Indicator(key="e", name="E"),
            Goal(key="l", name="L", parent="n"),
            Goal(key="n", name="N", parent="l"),
            Indicator(key="circle", name="C", goal="l"),
        ]
    )
    assert [area_of_indicator(key, content) for key in ("i", "e", "d", "nothing", "circle")] == ["b", "", "a", "", ""]


def test_a_new_thing_needs_a_key_of_its_own() -> None:
    check_key_is_free(Kind.AREA, "x", CONTENT)
    for key in ("a", "gone"):
        with pytest.raises(RuleError) as caught:
            check_key_is_free(Kind.AREA, key, CONTENT)
        assert (caught.value.field, say(caught.value.message)) == ("key", f"Nyckeln ”{key}” är redan upptagen")


@pytest.mark.parametrize(
    ("kind", "key", "users"),
    [
        (Kind.AREA, "b", {"goal/g", "goal/h", "indicator/i", "self_check/c"}),
        (Kind.RISK, "r", {"self_check/c", "measure/m"}),
        (Kind.INDICATOR, "i", {"outcome/i/2022/", "target/i/2022/", "measure/m"}),
        (Kind.ECONOMY_TABLE, "t", {"economy_row/t/s"}),
        (Kind.MEASURE, "m", set()),
    ],
)
def test_who_refers_to_a_thing(kind: Kind, key: str, users: set[str]) -> None:
    found = {str(Reference(each.kind, each.key)) for each in CONTENT.referring_to(Reference(kind, key))}
    assert found == users


def test_an_assessment_refers_to_its_subject() -> None:
    content = CONTENT.with_entities([assessment(Kind.GOAL, "g")])
    assert assessment(Kind.GOAL, "g") in set(content.referring_to(Reference(Kind.GOAL, "g")))
