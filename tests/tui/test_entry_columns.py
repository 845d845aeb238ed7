"""Where the columns of the entry table stand, at every width and in every starter plan."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.decimal_line import DecimalLine, at_line
from kvaltui.exchange.starter import read_starter
from kvaltui.figure_words import figure_cell, target_cell, unit_cell, without_unit
from kvaltui.model.entities import AnyEntity
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.reporting_round import with_period
from kvaltui.model.structure import Indicator
from kvaltui.text_width import width_of
from kvaltui.tui.entry.columns import INDENT, TEXT, Layout, Needs, lay_out
from kvaltui.tui.entry.drawing import EntryDrawing
from kvaltui.tui.entry.table import EntryTable
from kvaltui.tui.terminal.drawing import line
from kvaltui.tui.terminal.theme import OWN_THEMES, Paint
from kvaltui.work.session import PlanSession
from tests.tui.work import EKERO, HUDDINGE, LINKOPING, NACKA, SOCIALNAMND, program

WIDTHS = (40, 60, 80, 100, 120, 160)
PLANS = [pytest.param(NACKA, id="nacka")] + [
    pytest.param(plan, id=plan, marks=pytest.mark.thorough) for plan in (LINKOPING, HUDDINGE, EKERO, SOCIALNAMND)
]
PAINT = Paint.of(OWN_THEMES["dark"])
FIGURES = {
    "%": cycle(["88 %", "12,8 %", "72–100 %", "100 %", "38 % (271 av 705)", "ej mätt"]),
    "ja/nej": cycle(["ja", "nej"]),
    "text": cycle(["Pågår", "Ingår i arbetet med boendeprocessen"]),
}
NUMBERS = cycle(["4", "716000", "4135", "13,5", "0,2"])


def filled(plan: str) -> tuple[Period, list[AnyEntity]]:
    """A period of a starter plan with an earlier one before it, and figures of all sorts in both, but for every 7th."""
    read = read_starter(plan)
    periods = sorted(read.plan.periods)
    period = periods[-1]
    also: list[AnyEntity] = []
    if len(periods) == 1:
        period = Period(periods[-1].year + 1)
        also += with_period(read, period, periods[-1])
        periods.append(period)
    for at, each in enumerate(read.active(Indicator)):
        for when in periods[-2:]:
            if when == periods[-2] or at % 7:
                value = next(FIGURES.get(each.unit, NUMBERS))
                also.append(Outcome(indicator=each.key, period=when, value=value))
    return period, also


def session_of(folder: Path, plan: str) -> PlanSession:
    period, also = filled(plan)
    session = program(folder, plan, also=also).session
    session.choose_period(period)
    return session


def drawn(session: PlanSession, width: int) -> tuple[EntryDrawing, dict[str, str]]:
    """The table at a width, and how each indicator's row reads."""
    table = EntryTable(session)
    drawing = EntryDrawing(session, PAINT, table._needs(), table.short, width)
    rows = (table._rows[at] for at in range(len(table._rows)))
    return drawing, {
        row.indicator: line(drawing.figures(row, is_ascii=False), width).text
        for row in rows
        if not row.is_group and not row.part
    }


def stands_on_its_line(text: str, figure: str, end: int, decimal: DecimalLine) -> bool:
    whole, rest = at_line(figure)
    at = end - decimal.after
    return text[at - len(whole) : at + len(rest)] == whole + rest and text[at - len(whole) - 1] == " "


@pytest.mark.parametrize("plan", PLANS)
def test_figures_stand_on_one_line_and_nothing_overlaps(tmp_path: Path, plan: str) -> None:
    session = session_of(tmp_path, plan)
    last = session.earlier_periods()[0]
    for width in WIDTHS:
        drawing, rows = drawn(session, width)
        layout = drawing.layout
        assert layout.name_end >= (18 if width == 40 else 20)
        assert bool(layout.earlier) == (width > 40), "the last earlier outcome is always there"
        for key, text in rows.items():
            indicator = session.indicator(key)
            judged = session.result.indicators[key]
            cells = [(target_cell(judged.target or "", indicator.scale), layout.target, layout.target_line)]
            cells += [(shown(session, key, each), end, layout.earlier_line) for each, end in layout.earlier]
            cells.append((shown(session, key, session.period), layout.outcome, layout.outcome_line))
            for figure, end, decimal in cells:
                whole, _rest = at_line(figure)
                if end is not None and whole[-1:].isdigit() and figure != judged.target and len(whole) <= 8:
                    assert stands_on_its_line(text, figure, end, decimal), (width, text, figure)
            if width > 40:
                assert layout.earlier[-1][0] == last
            assert width_of(text) == width
            assert text[-1] == " ", "the last column stays empty"
            if layout.unit_width >= width_of(unit_cell(indicator.scale)):
                assert text[layout.unit :].startswith(unit_cell(indicator.scale))


def shown(session: PlanSession, key: str, period: Period) -> str:
    outcome = session.content.outcome(key, period)
    if outcome is None:
        return ""
    return without_unit(figure_cell(outcome.value, session.indicator(key).scale))


@pytest.mark.parametrize("plan", PLANS)
def test_two_rows_never_look_the_same(tmp_path: Path, plan: str) -> None:
    session = session_of(tmp_path, plan)
    for width in WIDTHS:
        drawing, rows = drawn(session, width)
        names = {
            session.indicator(key).shown_name: text[TEXT + INDENT : drawing.layout.name_end].rstrip()
            for key, text in rows.items()
        }
        assert len(set(names.values())) == len(names)


PERIODS = tuple(Period(year) for year in range(2022, 2010, -1))
LINES = st.builds(DecimalLine, st.integers(3, 8), st.integers(0, 3), st.integers(0, 8))
NEEDS = st.builds(
    lambda count, name, target, earlier, outcome, unit: Needs(name, target, PERIODS[:count], earlier, outcome, unit),
    st.integers(0, 8),
    st.integers(10, 120),
    st.none() | LINES,
    LINES,
    st.builds(DecimalLine, st.integers(5, 8), st.integers(2, 3), st.integers(0, 8)),
    st.integers(0, 12),
)


def begins(layout: Layout) -> list[int]:
    """Where the columns begin and end, in their order."""
    places = [layout.name_end]
    if layout.target is not None:
        places += [layout.target - layout.target_line.width, layout.target]
    for _period, end in layout.earlier:
        places += [end - layout.earlier_line.width, end]
    places += [layout.outcome - layout.outcome_line.width, layout.outcome]
    if layout.unit_width:
        places += [layout.unit, layout.unit + layout.unit_width]
    return [*places, layout.change, layout.status]


@given(NEEDS, st.integers(40, 220))
def test_columns_stand_side_by_side_and_a_name_never_gets_more_than_it_needs(needs: Needs, width: int) -> None:
    layout = lay_out(width, needs)
    places = begins(layout)
    assert places == sorted(places)
    assert layout.status + (12 if layout.has_words else 1) < width
    assert layout.name_end <= max(needs.name, layout.name_end if width <= 40 else needs.name)
    if needs.earlier and width >= 60:
        assert layout.earlier
        assert layout.earlier[-1][0] == needs.earlier[0], "the latest stands next to this one"
    if len(layout.earlier) > 1:
        assert width > 80
        assert layout.name_end >= needs.name, "more periods only beside whole names"
    if width >= 80:
        assert layout.has_words


def test_empty_columns_give_their_room_to_the_names() -> None:
    full = Needs(200, DecimalLine(4), PERIODS[:1], DecimalLine(4), DecimalLine(5, 2), 3)
    without_target = Needs(200, None, PERIODS[:1], DecimalLine(4), DecimalLine(5, 2), 3)
    bare = Needs(200, None, (), DecimalLine(4), DecimalLine(5, 2), 0)
    ends = [lay_out(80, needs).name_end for needs in (full, without_target, bare)]
    assert ends == sorted(set(ends))


@pytest.mark.parametrize(("width", "count"), [(60, 1), (80, 1), (100, 5), (120, 6)])
def test_more_earlier_periods_where_the_table_is_wider_and_the_names_are_whole(width: int, count: int) -> None:
    needs = Needs(30, DecimalLine(4), PERIODS, DecimalLine(4), DecimalLine(5, 2), 2)
    assert [each for each, _end in lay_out(width, needs).earlier] == sorted(PERIODS[:count])
