"""The pages: every thing of every starter plan has one, set whole at every width, with all that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.indicator_result import doubts_about
from kvaltui.model.message import Message
from kvaltui.model.period import Period
from kvaltui.model.quality_work import (
    Assignment,
    AssignmentStatus,
    Measure,
    MeasureStatus,
    Result,
    ResultStatus,
    Risk,
    SelfCheck,
)
from kvaltui.model.references import OWNED, references_of
from kvaltui.model.reporting import Assessment, Comparison, Outcome, TargetValue
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Indicator
from kvaltui.model.value import replace
from kvaltui.tui.telling.history_page import history_page
from kvaltui.tui.telling.pages import page_of
from kvaltui.tui.telling.risk_page import risk_page
from kvaltui.tui.telling.teller import Teller
from kvaltui.tui.telling.typeset import Labelled, Related
from kvaltui.tui.terminal.drawing import width_of
from kvaltui.tui.terminal.theme import OWN_THEMES, Paint
from kvaltui.tui.widgets.page import Page
from kvaltui.tui.widgets.reading import Block, Shelf, laid_out
from kvaltui.words import word
from kvaltui.work.risk_levels import LevelChange
from kvaltui.work.session import PlanSession
from tests.tui.work import EKERO, HUDDINGE, LINKOPING, NACKA, SOCIALNAMND, at_work, program

PLANS = (EKERO, HUDDINGE, LINKOPING, NACKA, SOCIALNAMND)
WIDTHS = (38, 40, 62, 72)
PAINT = Paint.of(OWN_THEMES["dark"])
BELONGS = {Kind.TARGET, Kind.OUTCOME, Kind.COMPARISON, Kind.ASSESSMENT, Kind.COMPLETION, Kind.RESULT}
YEAR = Period(2022)
MEAL = "sabo-maltid-trevlig"
"""An indicator of Nacka's whose target is 90 % and whose figure 54 %."""


@cache
def opened(plan: str, also: tuple[AnyEntity, ...] = ()) -> PlanSession:
    """A starter plan with some things changed, open."""
    return program(Path(mkdtemp()), plan, also=also).session


def teller(session: PlanSession, *, is_ascii: bool = False) -> Teller:
    return Teller(session, PAINT, is_ascii=is_ascii, key_of=lambda command: f"<{command}>")


def things(session: PlanSession) -> Iterator[tuple[Reference, str]]:
    """Everything that has a row somewhere, and the parts of indicators."""
    for entity in session.content:
        if entity.kind not in BELONGS:
            reference = Reference(entity.kind, entity.key)
            yield reference, ""
            if isinstance(entity, Indicator):
                yield from ((reference, part) for part in entity.breakdown)


def page(session: PlanSession, reference: Reference, part: str = "", *, is_ascii: bool = False) -> Page:
    found = page_of(teller(session, is_ascii=is_ascii), reference, part)
    assert found is not None
    return found


def lines_of(told: Page, width: int, *, is_fixed: bool = False) -> list[str]:
    """The page as it is read in a width."""
    drawn = list(laid_out(told.shelves() if is_fixed else told.blocks, width, PAINT, is_fixed=is_fixed))
    return ["".join(text for text, _style in line) for line in drawn]


def text_of(told: Page, width: int = 400) -> str:
    """All that a page says, with one blank for several."""
    said = [told.title, *(text for text, _style in (*told.head, *told.brief)), *lines_of(told, width)]
    return " ".join(" ".join(said).replace("\N{NO-BREAK SPACE}", " ").split())


def named_on(told: Page) -> set[Reference]:
    """The things that a page names as what its thing stands in relation to."""

    def walk(blocks: Iterable[Block]) -> Iterator[Reference]:
        for block in blocks:
            if isinstance(block, Shelf):
                yield from walk(block.blocks)
            elif isinstance(block, Labelled | Related):
                yield from block.names

    return set(walk(told.shelves()))


# Every thing of every plan


@pytest.mark.parametrize("plan", PLANS)
def test_every_thing_has_a_page_that_is_set_whole_at_every_width(plan: str) -> None:
    session = opened(plan)
    for reference, part in things(session):
        told = page(session, reference, part)
        assert told.title
        assert told.head or reference.kind is Kind.INDICATOR, reference
        known = set(text_of(told).split())
        for width in WIDTHS:
            for line in lines_of(told, width):
                assert width_of(line) <= width - 1, (reference, width, line)
                cut_off = {
                    each
                    for each in line.replace("\N{NO-BREAK SPACE}", " ").split()
                    if each not in known and not set(each) <= set("·┊●◇○━▸◂")
                }
                assert all(any(len(whole) > width // 2 and each in whole for whole in known) for each in cut_off), (
                    reference,
                    width,
                    cut_off,
                )


@pytest.mark.parametrize("plan", PLANS)
def test_pages_name_what_their_things_stand_in_relation_to_and_nothing_else(plan: str) -> None:
    session = opened(plan)
    content = session.content
    for entity in content:
        if entity.kind in BELONGS or entity.kind is Kind.PLAN:
            continue
        own = Reference(entity.kind, entity.key)
        related = {reference for _field, reference in references_of(entity)}
        related |= {
            Reference(each.kind, each.key)
            for each in content
            if own in {named for _field, named in references_of(each)}
            and (each.kind not in OWNED or each.kind is Kind.ECONOMY_ROW)
        }
        in_tree = set(content.tree.children.get(own, ()))
        waiting = {Reference(Kind.INDICATOR, key) for key in content.tree.indicators_below(own)}
        found = named_on(page(session, own))
        assert related <= found, own
        assert found <= related | in_tree | waiting, own


@pytest.mark.parametrize("plan", PLANS)
def test_the_doubts_on_a_page_are_those_of_its_row(plan: str) -> None:
    session = opened(plan)
    for reference, part in things(session):
        judged = session.result.indicators.get(reference.key) if reference.kind is Kind.INDICATOR else None
        if judged is None:
            continue
        told = page(session, reference, part)
        head = " ".join(text for text, _style in told.head).casefold()
        doubts = doubts_about(judged, part)
        assert all(word(each) in head for each in doubts), (reference, part)
        assert ("!" in head) is bool(doubts), (reference, part)


@pytest.mark.parametrize("plan", PLANS)
def test_in_ascii_a_page_says_as_much(plan: str) -> None:
    session = opened(plan)
    for reference, part in things(session):
        for line in lines_of(page(session, reference, part, is_ascii=True), 62):
            assert not set(line) & set("✓▲✗●◇┊○━▸↑↓→▼"), (reference, line)


@pytest.mark.parametrize("plan", [HUDDINGE, LINKOPING])
def test_shelves_of_things_of_one_kind_begin_on_the_same_lines(plan: str) -> None:
    """What stands first on the pages of indicators, up to where what is said differs in length."""
    session = opened(plan)
    begins: set[int] = set()
    for key in session.result.indicators:
        lines = lines_of(page(session, Reference(Kind.INDICATOR, key)), 38, is_fixed=True)
        begins.add(next(at for at, line in enumerate(lines) if line.startswith(" Anteckning")))
    assert len(begins) <= 3


# An indicator


@dataclass(frozen=True)
class Meal:
    """The meal of Nacka's, with all that can stand around an indicator."""

    session: PlanSession

    @staticmethod
    @cache
    def told() -> Meal:
        plan = read_starter(NACKA).plan
        indicator = replace(
            read_starter(NACKA).all(Indicator)[MEAL], definition="Svar \u201dalltid\u201d eller \u201doftast\u201d"
        )
        years = (Period(2020), Period(2021), YEAR)
        also: list[AnyEntity] = [
            replace(plan, periods=years),
            indicator,
            Outcome(indicator=MEAL, period=Period(2020), value="64 %"),
            Outcome(indicator=MEAL, period=Period(2021), value="61 %"),
            Outcome(indicator=MEAL, period=YEAR, value="54 %", note="Två kök stängda", source="Brukarenkät"),
            Comparison(indicator=MEAL, period=YEAR, name="Riket", value="71 %"),
            Measure(
                key="vardar", title="Måltidsvärdar", indicators=(MEAL,), due=date(2023, 6, 30), responsible="Chefen"
            ),
            Measure(key="borad", title="Boråd om maten", indicators=(MEAL,), status=MeasureStatus.ONGOING),
            Assessment(
                subject_kind=Kind.INDICATOR,
                subject=MEAL,
                period=Period(2021),
                status=Status.PARTIALLY_ACHIEVED,
                motivation="Det går åt rätt håll",
            ),
        ]
        return Meal(opened(NACKA, tuple(also)))


def test_an_indicator_says_its_verdict_its_change_and_why_at_once() -> None:
    told = page(Meal.told().session, Reference(Kind.INDICATOR, MEAL))
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text, _style in told.head] == [
        "✗ Ej uppnått   54 %   ↓ 7 sämre än 2021",
        "54 % mot minst 90 %: 36 procentenheter under målet; 60 % av målet, delvis från 80 %",
    ]
    brief = [text.replace("\N{NO-BREAK SPACE}", " ") for text, _style in told.brief]
    assert brief[0] == "2020 64 %   2021 61 %   2022 54 %   Riket 71 %"
    assert brief[1] == "Åtgärd (2023-06-30 försenad, Chefen): Måltidsvärdar"
    assert brief[2] == "Anteckning: Två kök stängda"


def test_the_figures_of_all_periods_stand_beside_their_dots() -> None:
    told = page(Meal.told().session, Reference(Kind.INDICATOR, MEAL))
    lines = lines_of(told, 38, is_fixed=True)
    chart = lines[:6]
    assert chart[0].split() == ["Utfall,", "%"] or chart[0].startswith(" Utfall, %")
    rows = [line for line in chart if line.startswith(" 20")]
    assert [line.split()[:2] for line in rows] == [["2020", "64"], ["2021", "61"], ["2022", "54"]]
    places = [line.index("●") for line in rows]
    assert places == sorted(places, reverse=True)
    assert all(line.rindex("┊") > line.index("●") for line in rows)
    assert [("◇" in line) for line in rows] == [False, False, True]
    assert any("◇\N{NO-BREAK SPACE}Riket\N{NO-BREAK SPACE}71" in line for line in chart)


def test_an_indicator_tells_all_that_stands_around_it() -> None:
    told = text_of(page(Meal.told().session, Reference(Kind.INDICATOR, MEAL)))
    for each in (
        "Åtgärder 1 sen",
        "✗ Måltidsvärdar",
        "2023-06-30 försenad, Chefen",
        "Boråd om maten",
        "Målvärde minst 90 %",
        "Minst; delvis uppnått från 80 % av målvärdet",
        "Brukarenkät",
        "Definition Svar \u201dalltid\u201d eller \u201doftast\u201d",
        "Bedömningar 2021 ▲ Delvis uppnått. Det går åt rätt håll",
        "Att jämföra med Riket 2022 71 %",
        "Samordnaren",
    ):
        assert each in told, each
    assert told.index("Måltidsvärdar") < told.index("Boråd om maten"), "what is late comes first"


def test_a_figure_that_is_an_interval_is_a_span_and_one_in_words_stands_in_words() -> None:
    interval = Outcome(indicator=MEAL, period=YEAR, value="72–100 %")
    lines = lines_of(page(opened(NACKA, (interval,)), Reference(Kind.INDICATOR, MEAL)), 62)
    assert any("●━" in line and "━●" in line for line in lines)
    missing = Outcome(indicator=MEAL, period=YEAR, value="ej mätt")
    lines = lines_of(page(opened(NACKA, (missing,)), Reference(Kind.INDICATOR, MEAL)), 62)
    assert any(line.startswith(" 2022  ej mätt") for line in lines)
    assert not any("●" in line for line in lines)


def test_a_doubt_stands_in_the_verdict_and_is_explained() -> None:
    wrong = Outcome(indicator=MEAL, period=YEAR, value="540 %")
    told = page(opened(NACKA, (wrong,)), Reference(Kind.INDICATOR, MEAL))
    verdict, style = told.head[0]
    assert verdict.endswith("!")
    assert style is PAINT.warning
    assert "Stämmer enheten?" in text_of(told)


def test_free_text_is_text_on_every_page() -> None:
    odd = "[/x] åäö 1,5 \N{RIGHT-TO-LEFT OVERRIDE} {name} %s"
    also = (
        Outcome(indicator=MEAL, period=YEAR, value="54 %", note=odd),
        Area(key="udda", name=odd, note=odd),
        Risk(key="udda", title=odd, description=odd, area="udda", likelihood=3, consequence=4, level=12),
        SelfCheck(key="udda", name=odd, purpose=odd, risks=("udda",)),
        Measure(key="udda", title=odd, description=odd, responsible=odd, risks=("udda",)),
        Assignment(key="udda", name=odd, comment=odd),
        EconomyTable(key="udda", title=odd, note=odd),
        EconomyRow(table="udda", slug="a", name=odd, note=odd, budget="10", forecast="12"),
    )
    session = opened(NACKA, also)
    for kind in (Kind.AREA, Kind.RISK, Kind.SELF_CHECK, Kind.MEASURE, Kind.ASSIGNMENT, Kind.ECONOMY_TABLE):
        told = text_of(page(session, Reference(kind, "udda")))
        assert "[/x] åäö 1,5 \N{REPLACEMENT CHARACTER} {name} %s" in told, kind
    assert "[/x] åäö 1,5" in text_of(page(session, Reference(Kind.ECONOMY_ROW, "udda/a")))
    assert "[/x] åäö 1,5" in text_of(page(session, Reference(Kind.INDICATOR, MEAL)))


# The quality work


GRAVE = Risk(key="dos", title="Fel dos", description="Delas sent", likelihood=3, consequence=3, level=9)
LIST = SelfCheck(key="lista", name="Signeringslistor", threshold="98 %", unit="%", purpose="Rätt dos", risks=("dos",))
WORK = (
    GRAVE,
    LIST,
    Result(self_check="lista", period=YEAR, value="94 %", note="Två missade"),
    Measure(key="dubbel", title="Dubbelsignering", risks=("dos",), self_checks=("lista",), due=date(2023, 12, 1)),
    Measure(key="klar", title="Ny pärm", risks=("dos",), status=MeasureStatus.DONE),
    Assignment(key="uppdrag", name="Se över", comment="Pågår", status=AssignmentStatus.ONGOING),
)


def test_a_risk_says_how_grave_it_is_from_what_and_why() -> None:
    before = LevelChange("2022-12-12T10:00:00Z", "MAS", 6, 9, "Två feldoser i november")
    told = risk_page(teller(opened(NACKA, WORK)), GRAVE, (before,))
    head = [text.replace("\N{NO-BREAK SPACE}", " ") for text, _style in told.head]
    assert head == ["✗ Hög, 9   3 × 3   ↓ sämre, från 6", "Två feldoser i november"]
    assert told.brief[0][0] == "Åtgärd (2023-12-01 försenad): Dubbelsignering"
    lines = lines_of(told, 38)
    assert any(line.startswith(" 3  ✓ ·  ▲ · [✗ 1] ✗ ·") for line in lines)
    said = text_of(told)
    assert "2022-12-12 ▲ 6 → ✗ 9, MAS. Två feldoser i november" in said
    assert "✗ Signeringslistor 94 % mot minst 98 %, 2022" in said
    assert "✓ Ny pärm genomförd" in said


def test_a_risk_without_grades_has_no_matrix() -> None:
    known = replace(GRAVE, likelihood=None, consequence=None)
    lines = lines_of(page(opened(NACKA, (known,)), Reference(Kind.RISK, "dos")), 62)
    assert not any("Konsekvens" in line for line in lines)


def test_a_history_that_cannot_be_read_is_told_on_the_page_of_a_risk() -> None:
    told = risk_page(teller(opened(NACKA, WORK)), GRAVE, Message("Waiting for the database …"))
    assert "Väntar på databasen" in " ".join(text for text, _style in told.head)


def test_a_self_check_says_how_it_came_out_and_why() -> None:
    told = page(opened(NACKA, WORK), Reference(Kind.SELF_CHECK, "lista"))
    head = [text.replace("\N{NO-BREAK SPACE}", " ") for text, _style in told.head]
    assert head == ["✗ Ej godkänt   94 %", "94 % mot minst 98 %: 4 procentenheter under målet"]
    said = text_of(told)
    for each in ("Syfte Rätt dos", "Gränsvärde Minst 98 %", "✗ 9 Fel dos", "Dubbelsignering", "Två missade"):
        assert each in said, each


def test_a_result_that_a_person_sets_against_its_figure_is_told() -> None:
    approved = Result(self_check="lista", period=YEAR, value="94 %", status=ResultStatus.APPROVED)
    told = page(opened(NACKA, (*WORK[:2], approved)), Reference(Kind.SELF_CHECK, "lista"))
    assert told.head[-1][0].startswith("! ")


def test_a_measure_says_how_late_it_is_and_how_each_thing_stands_that_it_belongs_to() -> None:
    told = page(opened(NACKA, WORK), Reference(Kind.MEASURE, "dubbel"))
    assert told.head[0][0].replace("\N{NO-BREAK SPACE}", " ") == "✗ 45 dagar sen   Planerad, senast 2023-12-01"
    said = text_of(told)
    assert "Risker ✗ 9 Fel dos" in said
    assert "Egenkontroller ✗ Signeringslistor" in said


# The economy


def test_a_row_of_the_economy_says_what_it_comes_to_and_every_sum_that_does_not_agree() -> None:
    also = (
        EconomyTable(key="netto", title="Netto"),
        EconomyRow(table="netto", slug="a", name="Hemtjänst", budget="100", forecast="110", variance="-10", order=1),
        EconomyRow(table="netto", slug="b", name="Boende", budget="50", forecast="60", variance="-10", order=2),
        EconomyRow(
            table="netto", slug="s", name="Summa", budget="150", forecast="180", variance="-30", is_sum=True, order=3
        ),
    )
    told = page(opened(NACKA, also), Reference(Kind.ECONOMY_ROW, "netto/a"))
    head = [text.replace("\N{NO-BREAK SPACE}", " ") for text, _style in told.head]
    assert head[0] == "▼ −10 tkr, 10,0 % över budget"
    assert head[1] == "33 % av tabellens avvikelse"
    assert head[2] == "! Summa, prognos: 180, men raderna ger 170: 10 skiljer"
    whole = text_of(page(opened(NACKA, also), Reference(Kind.ECONOMY_TABLE, "netto")))
    assert "Summa, avvikelse: −30, men raderna ger −20: 10 skiljer" in whole
    assert "▼ Boende −10" in whole


# What has happened


def test_a_change_says_who_did_what_and_what_the_thing_is_now(tmp_path: Path) -> None:
    session = program(tmp_path, NACKA).session
    session.record(
        [Outcome(indicator=MEAL, period=YEAR, value="60 %"), TargetValue(indicator=MEAL, period=YEAR, value="70 %")]
    )
    change = next(each for each in session.history(limit=5) if each.reference.kind is Kind.OUTCOME)
    session.record([Outcome(indicator=MEAL, period=YEAR, value="65 %")])
    told = history_page(teller(session), change, session.along(change, limit=5))
    assert told.head[0][0] == "Värde: 54 % → 60 %"
    said = text_of(told)
    assert "av Samordnaren" in said
    assert "I samma steg Målvärde: Särskilt boende" in said
    assert "Så är det nu Värde 65 %" in said
    session.database.close()


# On the screens


async def test_the_page_of_the_row_stands_beside_the_list_and_is_read_whole(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators"), (120, 40)) as work:
        work.app.screen.show_reference(Reference(Kind.INDICATOR, MEAL))  # type: ignore[attr-defined]
        await work.pilot.pause()
        beside = [line[80:] for line in work.lines]
        assert any("✗ Ej uppnått" in line for line in beside)
        assert any("●" in line for line in beside)
        await work.press("space", "v")
        assert "Om indikatorn" in work.shown or "Målvärde" in work.shown


async def test_a_window_of_80_says_the_verdict_beneath_the_list(tmp_path: Path) -> None:
    async with at_work(program(tmp_path, NACKA, mode="indicators"), (80, 24)) as work:
        work.app.screen.show_reference(Reference(Kind.INDICATOR, MEAL))  # type: ignore[attr-defined]
        await work.pilot.pause()
        panel = [line.strip().replace("\N{NO-BREAK SPACE}", " ") for line in work.lines[-6:-1]]
        assert panel[0].startswith("Särskilt boende – andel kunder")
        assert panel[1] == "på dagen", "a name is told whole"
        assert panel[2] == "✗ Ej uppnått   54 %"
        assert panel[3].startswith("54 % mot minst 90 %")
