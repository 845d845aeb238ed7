"""What a form makes of what is typed in it, and what it says is wrong, without a screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.exchange.starter import read_starter
from kvaltui.i18n import say
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, MeasureStatus, Risk, SelfCheck
from kvaltui.model.reporting import Assessment, Completion, TargetValue
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator
from kvaltui.tui.forms.draft import FormDraft, next_order
from kvaltui.tui.forms.fields import FORMS
from kvaltui.tui.forms.written_lines import break_lines, line_at, place_above_or_below
from kvaltui.work.controls import TextList
from tests.tui.work import HUDDINGE, LINKOPING

YEAR = Period(2024)


@pytest.fixture(scope="module")
def huddinge() -> PlanContent:
    return read_starter(HUDDINGE)


@pytest.fixture(scope="module")
def linkoping() -> PlanContent:
    return read_starter(LINKOPING)


def new(content: PlanContent, kind: Kind, **given: Any) -> FormDraft:
    return FormDraft(FORMS[kind], lambda: content, None, given)


def of(content: PlanContent, entity: AnyEntity | None) -> FormDraft:
    assert entity is not None
    return FormDraft(FORMS[entity.kind], lambda: content, entity)


def test_a_target_that_stands_though_it_cannot_be_read_may_stay(linkoping: PlanContent) -> None:
    draft = of(linkoping, linkoping.target("verkstallda-beslut-boende", Period.parse("2019-T1")))
    draft.write("horizon", "2026")
    assert wrong(draft) == {}
    draft.write("value", "Tidsgräns: inom 4 mån")
    assert wrong(draft).keys() == {"value"}


def wrong(draft: FormDraft) -> dict[str, str]:
    return {name: say(message) for name, message in draft.errors.items()}


@pytest.mark.parametrize("plan", [HUDDINGE, LINKOPING])
def test_every_thing_of_a_plan_goes_through_its_form_unchanged(plan: str) -> None:
    content = read_starter(plan)
    shown = [entity for entity in content if entity.kind in FORMS]
    assert len(shown) > 60
    for entity in shown:
        draft = of(content, entity)
        assert not draft.is_changed
        assert draft.entity == entity
        assert wrong(draft) == {}, entity.key


def test_a_new_thing_needs_a_name_and_says_so_once_it_was_left(huddinge: PlanContent) -> None:
    draft = new(huddinge, Kind.RISK)
    assert draft.told_errors() == {}
    assert wrong(draft) == {"title": "Ett namn behövs"}
    draft.leave("title")
    assert list(draft.told_errors()) == ["title"]


def test_a_key_is_made_from_the_name_until_it_has_one_of_its_own(huddinge: PlanContent) -> None:
    draft = new(huddinge, Kind.RISK)
    draft.write("title", "Ökad väntetid [/x] till första besök inom familjerådgivningen")
    assert draft.text("key") == "okad-vantetid-x-till-forsta-besok"
    draft.write("key", "vantetid")
    draft.write("title", "Något annat")
    assert draft.text("key") == "vantetid"
    draft.write("key", "")
    draft.write("title", "Inget samordnat stöd")
    assert draft.text("key") == "inget-samordnat-stod-2"


def test_a_stored_key_stays(huddinge: PlanContent) -> None:
    draft = of(huddinge, huddinge.get(Risk, "inget-samordnat-stod"))
    draft.write("title", "Något annat")
    assert draft.text("key") == "inget-samordnat-stod"
    key = FORMS[Kind.RISK].field("key")
    assert key is not None
    assert draft.is_fixed(key)


def test_a_level_follows_from_its_factors(huddinge: PlanContent) -> None:
    draft = of(huddinge, huddinge.get(Risk, "inget-samordnat-stod"))
    draft.write("likelihood", "4")
    assert draft.text("level") == "6"
    draft.write("consequence", "3")
    assert draft.text("level") == "12"
    draft.write("consequence", "9")
    assert draft.text("level") == "12"
    assert wrong(draft) == {"consequence": "Skriv ett heltal från 1 till 5"}


def refused(content: PlanContent, kind: Kind, given: dict[str, Any], typed: dict[str, str]) -> dict[str, str]:
    draft = new(content, kind, **given)
    for name, text in typed.items():
        draft.write(name, text)
    return wrong(draft)


BAD = [
    pytest.param(
        Kind.RISK,
        {},
        {"title": "Risk", "likelihood": "3", "consequence": "3", "level": "8"},
        {"level": "Risknivån är sannolikhet × konsekvens: 3 × 3 = 9"},
        id="a level that is not likelihood × consequence",
    ),
    pytest.param(
        Kind.MEASURE,
        {},
        {"title": "Åtgärd"},
        {"risks": "En åtgärd hör till något: välj en risk, en egenkontroll eller en indikator"},
        id="a measure for nothing",
    ),
    pytest.param(
        Kind.RESULT,
        {"self_check": "loggkontroll", "period": YEAR},
        {"period": "2031", "status": "approved"},
        {"period": "Planen har inte perioden 2031"},
        id="a result for a period that the plan does not have",
    ),
    pytest.param(
        Kind.RESULT,
        {"self_check": "loggkontroll", "period": YEAR},
        {"period": "2023"},
        {"period": "Det finns redan: öppna det som finns i stället"},
        id="a second result for a period",
    ),
    pytest.param(
        Kind.ASSESSMENT,
        {"subject_kind": Kind.AREA, "subject": "vuxna", "period": YEAR},
        {"status": "achieved"},
        {"motivation": "En bedömning behöver en motivering"},
        id="an assessment without a motivation",
    ),
    pytest.param(
        Kind.ASSESSMENT,
        {"subject_kind": Kind.AREA, "subject": "vuxna", "period": YEAR},
        {"motivation": "Allt är klart"},
        {"status": "Välj något"},
        id="an assessment without a status",
    ),
    pytest.param(
        Kind.AREA,
        {},
        {"name": "Stöd", "key": "vuxna"},
        {"key": "”vuxna” är redan upptagen"},
        id="a second area with the same key",
    ),
    pytest.param(
        Kind.AREA,
        {},
        {"name": "Stöd", "key": "Vuxna!"},
        {"key": "”Vuxna!” kan inte vara nyckel: skriv små bokstäver a–z, siffror och bindestreck"},
        id="a key that is none",
    ),
    pytest.param(
        Kind.TARGET,
        {"indicator": "barnavardsutredningar-90-dagar", "period": YEAR},
        {"value": "12.500"},
        {"value": "12.500"},
        id="a target that may be a thousand or a decimal",
    ),
    pytest.param(
        Kind.TARGET,
        {"indicator": "barnavardsutredningar-90-dagar", "period": YEAR},
        {"value": "Alla 12 enheter har en plan"},
        {"value": "”Alla 12 enheter har en plan” går inte att läsa"},
        id="a target in words with a figure in it",
    ),
    pytest.param(
        Kind.SELF_CHECK,
        {},
        {"name": "Kontroll", "unit": "dagar", "threshold": "Alla 12 enheter"},
        {"threshold": "”Alla 12 enheter” går inte att läsa"},
        id="a threshold in words with a figure in it",
    ),
    pytest.param(
        Kind.TARGET,
        {"indicator": "barnavardsutredningar-90-dagar", "period": YEAR},
        {"part": "Kvinnor", "value": "80 %"},
        {"part": "”Kvinnor” är ingen del av"},
        id="a target for a part that there is not",
    ),
    pytest.param(
        Kind.SELF_CHECK,
        {},
        {"name": "Kontroll", "unit": "dagar", "threshold": "inom 10 %"},
        {"threshold": ""},
        id="a threshold in another unit",
    ),
    pytest.param(
        Kind.MEASURE,
        {"risks": ("vald-ingen-insats",)},
        {"title": "Åtgärd", "due": "2026-12"},
        {"due": "”2026-12” är ingen dag: skriv 2027-06-30, 30/6 2027 eller 30 juni 2027"},
        id="a month where a day is asked for",
    ),
    pytest.param(
        Kind.MEASURE,
        {"risks": ("vald-ingen-insats",)},
        {"title": "Åtgärd", "due": "2025-02-29"},
        {"due": "Det finns ingen dag som heter 2025-02-29"},
        id="a day that there is not",
    ),
    pytest.param(
        Kind.INDICATOR,
        {},
        {"name": "Indikator", "decimals": "många", "partial_from": "åttio", "breakdown": "Kvinnor; kvinnor"},
        {"decimals": "”många” är inget heltal", "partial_from": "", "breakdown": "”Kvinnor” står två gånger"},
        id="several things at once",
    ),
]


@pytest.mark.parametrize(("kind", "given", "typed", "told"), BAD)
def test_what_may_not_be_stored_is_told_beside_its_field(
    huddinge: PlanContent, kind: Kind, given: dict[str, Any], typed: dict[str, str], told: dict[str, str]
) -> None:
    found = refused(huddinge, kind, given, typed)
    assert found.keys() == told.keys()
    for name, text in told.items():
        assert text.casefold() in found[name].casefold()


def test_text_in_a_number_of_an_economy_row(linkoping: PlanContent) -> None:
    draft = of(linkoping, next(linkoping.active(EconomyRow)))
    draft.write("forecast", "ungefär tusen")
    assert list(wrong(draft)) == ["forecast"]
    draft.write("forecast", "1 473 495")
    assert wrong(draft) == {}


def test_a_circle_of_goals(linkoping: PlanContent) -> None:
    below = next(goal for goal in linkoping.active(Goal) if goal.parent)
    draft = of(linkoping, linkoping.get(Goal, below.parent))
    draft.write("parent", below.key)
    assert list(wrong(draft)) == ["parent"]
    assert "kan inte ligga under sig självt" in wrong(draft)["parent"]


def test_a_figure_in_a_locked_period(huddinge: PlanContent) -> None:
    area = Area(key="stod", name="Stöd")
    checked = SelfCheck(key="kontroll", name="Kontroll", area="stod")
    locked = huddinge.with_entities([area, checked, Completion(area="stod", period=YEAR)])
    draft = new(locked, Kind.RESULT, self_check="kontroll", period=YEAR)
    draft.write("status", "approved")
    assert "är klarmarkerat för 2024" in wrong(draft)["value"]
    indicator = next(iter(huddinge.all(Indicator).values()))
    locked = huddinge.with_entities([Completion(area=indicator.area, period=YEAR)])
    draft = new(locked, Kind.TARGET, indicator=indicator.key, period=YEAR)
    draft.write("value", "10")
    assert "är klarmarkerat för 2024" in wrong(draft)["value"]


def test_a_retired_thing_is_no_choice_and_is_refused(huddinge: PlanContent) -> None:
    risk = huddinge.get(Risk, "inget-samordnat-stod")
    assert risk is not None
    content = huddinge.with_entities([replace(risk, retired=True)])
    measure = content.get(Measure, "rutin-familjeorienterat")
    draft = of(content, measure)
    field = FORMS[Kind.MEASURE].field("risks")
    assert field is not None
    assert risk.key not in [option.value for option in field.control.options(content)]
    assert "är arkiverad: ta tillbaka den först" in wrong(draft)["risks"]


def test_a_taken_back_assessment_can_be_made_again(huddinge: PlanContent) -> None:
    gone = Assessment(
        subject_kind=Kind.AREA, subject="vuxna", period=YEAR, status=Status.ACHIEVED, motivation="Klart", retired=True
    )
    draft = new(huddinge.with_entities([gone]), Kind.ASSESSMENT, subject_kind=Kind.AREA, subject="vuxna", period=YEAR)
    draft.write("status", "not_achieved")
    draft.write("motivation", "Inte klart")
    assert wrong(draft) == {}
    assert not draft.entity.retired


def test_what_is_typed_becomes_values(huddinge: PlanContent) -> None:
    draft = new(huddinge, Kind.MEASURE, order=next_order(huddinge, Kind.MEASURE))
    for name, text in {
        "title": "  Ny rutin\x07 ",
        "status": "ongoing",
        "due": "2026-03-31",
        "risks": "vald-ingen-insats\ninget-samordnat-stod",
    }.items():
        draft.write(name, text)
    assert draft.entity == Measure(
        key="ny-rutin",
        title="Ny rutin\N{REPLACEMENT CHARACTER}",
        status=MeasureStatus.ONGOING,
        due=date(2026, 3, 31),
        risks=("vald-ingen-insats", "inget-samordnat-stod"),
        order=10,
    )


def test_policies_of_an_indicator_can_be_left_to_the_plan(huddinge: PlanContent) -> None:
    draft = new(huddinge, Kind.INDICATOR)
    draft.write("name", "Väntetid")
    made = draft.entity
    assert isinstance(made, Indicator)
    assert made.partial_from is None
    draft.write("partial_from", "-")
    made = draft.entity
    assert isinstance(made, Indicator)
    assert made.partial_from == ""


def test_the_parts_of_identity_are_given_or_written(huddinge: PlanContent) -> None:
    draft = new(huddinge, Kind.TARGET, period=YEAR)
    assert wrong(draft) == {"indicator": "Måste fyllas i"}
    draft.write("indicator", "barnavardsutredningar-90-dagar")
    draft.write("value", "minst 95 %")
    made = draft.entity
    assert isinstance(made, TargetValue)
    assert made.key == "barnavardsutredningar-90-dagar/2024/"


def test_rows_of_a_table_have_keys_within_it(linkoping: PlanContent) -> None:
    table = next(linkoping.active(EconomyTable))
    first = next(row for row in linkoping.active(EconomyRow) if row.table == table.key)
    draft = new(linkoping, Kind.ECONOMY_ROW, table=table.key)
    draft.write("name", first.name)
    assert draft.text("slug") == f"{first.slug}-2"
    draft.write("slug", first.slug)
    assert list(wrong(draft)) == ["slug"]


# Controls


def test_lists_of_texts_go_there_and_back() -> None:
    assert TextList().read(" BOU; VUX ;; LSS") == ("BOU", "VUX", "LSS")
    assert TextList().write(("BOU", "VUX")) == "BOU; VUX"


texts = st.text(st.sampled_from("ab cåö\n"), max_size=80)


@given(texts, st.integers(2, 20))
def test_every_character_of_a_text_is_on_one_line(text: str, width: int) -> None:
    lines = break_lines(text, width)
    assert lines[0].start == 0
    assert lines[-1].end == len(text)
    for before, after in pairwise(lines):
        assert after.start == before.end + (1 if text[before.end : before.end + 1] == "\n" else 0)
    assert all(len(text[line.start : line.end].rstrip(" ")) <= width for line in lines)
    for place in range(len(text) + 1):
        line = lines[line_at(lines, place)]
        assert line.start <= place <= line.end


@given(texts, st.integers(2, 20), st.data())
def test_up_and_down_stay_in_the_text(text: str, width: int, data: st.DataObject) -> None:
    lines = break_lines(text, width)
    place = data.draw(st.integers(0, len(text)))
    at = line_at(lines, place)
    below = place_above_or_below(text, lines, place, 1)
    assert (below is None) == (at == len(lines) - 1)
    if below is not None:
        assert line_at(lines, below) == at + 1
