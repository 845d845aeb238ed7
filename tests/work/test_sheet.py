"""What a sheet is without a window: columns of the model, cells that are read and written, new rows, pasted blocks."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.i18n import say
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.fields import content_fields
from kvaltui.model.message import KvaltuiError
from kvaltui.model.period import Frequency, Period
from kvaltui.model.quality_work import Measure, Risk, SelfCheck
from kvaltui.model.reporting import TargetValue
from kvaltui.model.scale import Direction
from kvaltui.model.structure import Area, Indicator, Plan
from kvaltui.model.value import replace
from kvaltui.work.sheet_cells import SheetCells
from kvaltui.work.sheet_columns import BELONGS_TO, SHEETS, TARGET, Grouping
from kvaltui.work.sheet_rows import Role, SheetRow, SheetRows
from kvaltui.work.sheet_writing import Written, lay_out, write
from tests.sampled import sampled

YEAR = Period(2026)
TODAY = date(2026, 3, 1)
PLAN = Plan(key="plan", title="Plan", periods=(YEAR,))
STARTERS = ("nacka-2022", "huddinge-2024", "linkoping-2019-t1", "ekero-2016", "socialnamnd-2020")


def content_of(*things: AnyEntity) -> PlanContent:
    return PlanContent.of([PLAN, Area(key="hemtjanst", name="Hemtjänst"), *things])


def cells_of(kind: Kind, content: PlanContent, period: Period = YEAR) -> SheetCells:
    return SheetCells(SHEETS[kind], content, period, TODAY)


def begun(kind: Kind, content: PlanContent, group: str, name: str) -> AnyEntity:
    rows = SheetRows(SHEETS[kind], content)
    return rows.begun(group, name, rows.above(SheetRow(Role.NEW, group)))


def refused(written: Written) -> dict[str, str]:
    return {name: say(why.message) for name, why in written.problems.items()}


# The columns


@pytest.mark.parametrize("kind", SHEETS)
def test_every_column_is_a_field_of_its_thing_and_says_what_it_is_called_and_takes(kind: Kind) -> None:
    sheet = SHEETS[kind]
    for column in sheet.columns:
        assert column.name in {*content_fields(kind), TARGET, BELONGS_TO}
        assert column.title(YEAR)
        assert column.width or column is sheet.columns[0]
    assert set(sheet.from_above) <= content_fields(kind).keys()
    assert (sheet.grouping is Grouping.NOTHING) == (not sheet.new_group)


@pytest.mark.parametrize(("plan", "kind"), sampled([(plan, kind) for plan in STARTERS for kind in SHEETS], 6))
def test_what_stands_in_a_cell_reads_back_as_what_the_thing_has(plan: str, kind: Kind) -> None:
    content = read_starter(plan)
    period = content.plan.periods[-1]
    cells, rows = cells_of(kind, content, period), SheetRows(SHEETS[kind], content)
    for row in rows:
        thing = rows.entity(row)
        if thing is None:
            continue
        for column in SHEETS[kind].columns:
            text = cells.text(thing, column.name)
            for each in cells.with_text(thing, column.name, text):
                before = content.find(Reference(each.kind, each.key)) if each.kind is not Kind.TARGET else None
                assert before in (None, each), (column.name, text)


@pytest.mark.parametrize("plan", STARTERS)
@pytest.mark.parametrize("kind", SHEETS)
def test_every_thing_has_one_row_in_a_group_that_ends_in_a_place_for_a_new_one(plan: str, kind: Kind) -> None:
    content = read_starter(plan)
    rows = list(SheetRows(SHEETS[kind], content))
    things = [row.key for row in rows if row.role is Role.THING]
    there = {each.key for each in content.entities[kind].values() if not each.retired}
    assert set(things) == {key for key in there if not getattr(content.entities[kind][key], "is_core_volume", False)}
    assert len(things) == len(set(things))
    for before, row in pairwise(rows):
        if row.role in (Role.HEADING, Role.NEW_GROUP):
            assert before.role is Role.NEW


# A new indicator


@pytest.mark.parametrize(
    ("text", "unit", "direction", "value"),
    [
        ("90", "%", Direction.HIGHER, "90"),
        ("95 %", "%", Direction.HIGHER, "95 %"),
        ("högst 60 dagar", "dagar", Direction.LOWER, "högst 60 dagar"),
        ("< 5", "%", Direction.LOWER, "< 5"),
        ("minst 12 st", "antal", Direction.HIGHER, "minst 12 st"),
        ("45–55", "%", Direction.BAND, "45–55"),
        ("minska", "%", Direction.LOWER, "minska"),
        ("ja", "ja/nej", Direction.HIGHER, "ja"),
    ],
)
def test_its_first_target_says_its_unit_and_direction(text: str, unit: str, direction: Direction, value: str) -> None:
    content = content_of()
    new = begun(Kind.INDICATOR, content, "hemtjanst", "Väntetid")
    written = write(cells_of(Kind.INDICATOR, content), new, {TARGET: text}, ())
    assert not written.problems
    indicator, target = written.things
    assert isinstance(indicator, Indicator)
    assert (indicator.key, indicator.area, indicator.unit, indicator.direction) == (
        "vantetid",
        "hemtjanst",
        unit,
        direction,
    )
    assert target == TargetValue(indicator="vantetid", period=YEAR, value=value)


def test_what_a_person_has_decided_stays_and_a_target_in_another_unit_is_refused() -> None:
    content = content_of()
    new = begun(Kind.INDICATOR, content, "hemtjanst", "Väntetid")
    texts = {"unit": "dagar", "direction": "lägre", TARGET: "60"}
    written = write(cells_of(Kind.INDICATOR, content), new, texts, ())
    indicator = written.things[0]
    assert isinstance(indicator, Indicator)
    assert (indicator.unit, indicator.direction) == ("dagar", Direction.LOWER)
    supposed = cells_of(Kind.INDICATOR, content.with_entities(written.things))
    assert supposed.shown(indicator, TARGET) == "högst 60"
    assert supposed.shown_in(indicator, TARGET, 8) == "högst 60"
    assert supposed.shown_in(indicator, TARGET, 7) == "≤ 60"
    assert TARGET in write(supposed, indicator, {TARGET: "60 %"}).problems


@pytest.mark.parametrize("column", ["unit", "direction"])
def test_a_figure_in_its_unit_or_direction_is_its_target(column: str) -> None:
    content = content_of()
    new = begun(Kind.INDICATOR, content, "hemtjanst", "Väntetid")
    written = write(cells_of(Kind.INDICATOR, content), new, {column: "högst 60 dagar"}, ())
    assert not written.problems
    assert isinstance(written.things[1], TargetValue)
    kept = write(cells_of(Kind.INDICATOR, content), new, {"unit": "kr/1000 inv"}, ()).things
    assert isinstance(kept[0], Indicator)
    assert (kept[0].unit, len(kept)) == ("kr/1000 inv", 1)


def test_a_new_row_is_as_the_one_above_and_its_key_is_free() -> None:
    above = Indicator(key="vantetid", name="Väntetid", area="hemtjanst", unit="dagar", direction=Direction.LOWER)
    new = begun(Kind.INDICATOR, content_of(above), "hemtjanst", "Väntetid")
    assert isinstance(new, Indicator)
    assert (new.key, new.unit, new.direction, new.order) == ("vantetid-2", "dagar", Direction.LOWER, 1)


def test_a_target_of_parts_goes_to_the_parts_that_have_their_own() -> None:
    indicator = Indicator(key="tid", name="Tid", area="hemtjanst", unit="dagar", breakdown=("BOU", "VUX"))
    own = [TargetValue(indicator="tid", period=YEAR, part=part, value="50") for part in indicator.breakdown]
    content = content_of(indicator, *own)
    cells = cells_of(Kind.INDICATOR, content)
    assert cells.text(indicator, TARGET) == "BOU 50; VUX 50"
    changed = write(cells, indicator, {TARGET: "BOU 60; VUX 50"}).changed(content)
    assert changed == [replace(own[0], value="60")]


# Choosing


def test_the_first_letters_narrow_and_the_whole_word_wins() -> None:
    indicator = Indicator(key="tid", name="Tid", area="hemtjanst")
    cells = cells_of(Kind.INDICATOR, content_of(indicator))
    for typed, direction in (("l", Direction.LOWER), ("LÄGRE", Direction.LOWER), ("inter", Direction.BAND)):
        assert cells.with_text(indicator, "direction", typed) == (replace(indicator, direction=direction),)
    with pytest.raises(KvaltuiError) as several:
        cells.with_text(indicator, "frequency", "varje")
    assert "kan vara flera: Varje år, Varje halvår, Varje tertial" in say(several.value.message)
    assert cells.with_text(indicator, "frequency", "varje", 2) == (replace(indicator, frequency=Frequency.TERTIAL),)
    with pytest.raises(KvaltuiError) as none:
        cells.with_text(indicator, "direction", "bakåt")
    assert "finns inte bland" in say(none.value.message)


def test_a_measure_belongs_to_what_is_named_whichever_sort_it_is_of() -> None:
    risk, check = Risk(key="logg", title="Loggar saknas"), SelfCheck(key="logg", name="Loggkontroll")
    content = content_of(risk, check)
    cells, new = cells_of(Kind.MEASURE, content), begun(Kind.MEASURE, content, "", "Utbilda")
    assert refused(write(cells, new, {"due": "31/3"}, ())).keys() == {BELONGS_TO}
    written = write(cells, new, {BELONGS_TO: "loggar; loggkontroll", "due": "31/3", "status": "påg"}, ())
    measure = written.things[0]
    assert isinstance(measure, Measure)
    assert (measure.risks, measure.self_checks, measure.due) == (("logg",), ("logg",), date(2026, 3, 31))
    assert cells.text(measure, BELONGS_TO) == "Loggar saknas; Loggkontroll"


def test_the_level_of_a_risk_follows_and_what_breaks_it_is_refused() -> None:
    content = content_of()
    cells, new = cells_of(Kind.RISK, content), begun(Kind.RISK, content, "", "Vikarier saknas")
    written = write(cells, new, {"likelihood": "3", "consequence": "4"}, ())
    risk = written.things[0]
    assert isinstance(risk, Risk)
    assert (risk.likelihood, risk.consequence, risk.level) == (3, 4, 12)
    assert refused(write(cells, risk, {"level": "7"})).keys() == {"level"}
    assert refused(write(cells, risk, {"likelihood": "9"})).keys() == {"likelihood"}
    assert refused(write(cells, risk, {"likelihood": "tre"})).keys() == {"likelihood"}


# A pasted block


def test_a_block_changes_rows_and_makes_new_ones_beyond_them() -> None:
    old = Indicator(key="tid", name="Tid", area="hemtjanst", unit="dagar", direction=Direction.LOWER)
    content = content_of(old)
    cells, rows = cells_of(Kind.INDICATOR, content), SheetRows(SHEETS[Kind.INDICATOR], content)
    start = rows.row_of("tid")
    assert start is not None
    block = [["Väntetid", "", "", "högst 30"], ["Trygghet", "%", "högre", "90"], ["Trygghet", "", "", "80"]]
    pasted = lay_out(cells, rows, start, cells.sheet.columns, block)
    assert not pasted.problems
    stored = content.with_entities(pasted.changed(content))
    assert [(each.key, each.name, each.unit, each.direction, each.order) for each in stored.active(Indicator)] == [
        ("tid", "Väntetid", "dagar", Direction.LOWER, 0),
        ("trygghet", "Trygghet", "%", Direction.HIGHER, 1),
        ("trygghet-2", "Trygghet", "%", Direction.HIGHER, 2),
    ]
    assert [each.value for each in stored.active(TargetValue)] == ["högst 30", "90", "80"]


def test_a_block_with_headings_goes_by_them_in_whatever_order() -> None:
    content = content_of()
    cells, rows = cells_of(Kind.INDICATOR, content), SheetRows(SHEETS[Kind.INDICATOR], content)
    block = [["Mål 2026", "Namn"], ["högst 60 dagar", "Väntetid"]]
    pasted = lay_out(cells, rows, SheetRow(Role.NEW, "hemtjanst"), cells.sheet.columns, block)
    indicator, target = pasted.changed(content)
    assert isinstance(indicator, Indicator)
    assert (indicator.name, indicator.unit) == ("Väntetid", "dagar")
    assert isinstance(target, TargetValue)


def test_what_cannot_be_read_in_a_block_is_named_by_row_and_column_and_changes_nothing() -> None:
    content = content_of()
    cells, rows = cells_of(Kind.INDICATOR, content), SheetRows(SHEETS[Kind.INDICATOR], content)
    start = SheetRow(Role.NEW, "hemtjanst")
    block = [["Trygghet", "%", "högre", "90"], ["Mat", "%", "bakåt", "12.500"], ["", "%", "högre", "80"]]
    pasted = lay_out(cells, rows, start, cells.sheet.columns, block)
    assert [(at, name) for at, name, _why in pasted.problems] == [(1, "direction"), (1, TARGET), (2, "name")]
    assert [each.key for each in pasted.changed(content) if isinstance(each, Indicator)] == ["trygghet", "mat"]
    with pytest.raises(KvaltuiError) as refusal:
        lay_out(cells, rows, start, cells.sheet.columns[-2:], block)
    assert say(refusal.value.message) == "4 kolumner klistrades in, men härifrån finns 2 kvar"


@pytest.mark.parametrize("kind", SHEETS)
def test_rows_that_are_copied_and_pasted_over_themselves_change_nothing(kind: Kind) -> None:
    content = read_starter("linkoping-2019-t1" if kind in (Kind.ECONOMY_ROW, Kind.GOAL) else "huddinge-2024")
    cells, rows = cells_of(kind, content, content.plan.periods[-1]), SheetRows(SHEETS[kind], content)
    for group in rows.groups.values():
        things = [content.entities[kind][key] for key in group.keys]
        block = [[cells.text(each, column.name) for column in cells.sheet.columns] for each in things]
        start = next((row for row in rows if row.group == group.key and row.role is Role.THING), None)
        if start is not None:
            pasted = lay_out(cells, rows, start, cells.sheet.columns, block)
            assert (pasted.problems, pasted.changed(content)) == ([], [])


# Places


def test_a_row_moves_within_its_group_and_not_beyond() -> None:
    things = [EconomyRow(table="t", slug=name, name=name, order=at) for at, name in enumerate("abc")]
    content = content_of(EconomyTable(key="t", title="Budget"), *things)
    rows = SheetRows(SHEETS[Kind.ECONOMY_ROW], content)
    row = rows.row_of("t/b")
    assert row is not None
    moved = content.with_entities(rows.moved(row, -1))
    after = SheetRows(SHEETS[Kind.ECONOMY_ROW], moved)
    assert [each.key for each in after if each.role is Role.THING] == ["t/b", "t/a", "t/c"]
    assert after.moved(row, -1) == []
