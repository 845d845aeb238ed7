"""The rows of the entry table and where its columns stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.columns import GAP, Column
from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.tree import ROOT
from kvaltui.tui.entry.columns import EntryColumn, EntryColumns, periods_that_fit
from kvaltui.tui.terminal.drawing import MARKER
from kvaltui.work.entry_rows import EntryRow, build_rows

CONTENT = PlanContent.of(
    [
        Plan(key="p", title="P"),
        Area(key="a", name="A", order=1),
        Area(key="inom", name="Inom A", parent="a", order=2),
        Area(key="tom", name="Tom", order=3),
        Goal(key="m", name="Mål i A", area="a", order=1),
        Goal(key="k", name="Mål för hela planen", order=2),
        Indicator(key="i1", name="I 1", area="a", order=1),
        Indicator(key="i2", name="I 2", area="a", goal="m", order=2),
        Indicator(key="i3", name="I 3", area="inom", breakdown=("BOU", "VUX"), order=3),
        Indicator(key="i4", name="I 4", area="a", goal="k", order=4),
        Indicator(key="i5", name="I 5", order=5),
        Indicator(key="borta", name="Borta", area="a", retired=True, order=6),
        Indicator(key="volym", name="Volym", area="a", is_core_volume=True, order=7),
    ]
)
A, WITHIN = Reference(Kind.AREA, "a"), Reference(Kind.AREA, "inom")


def shown(rows: list[EntryRow]) -> list[str]:
    """The rows in short: their depth, their key, and their part."""
    return [f"{row.depth} {row.reference.key or '-'}{f' {row.part}' if row.part else ''}" for row in rows]


def indicator(key: str) -> Reference:
    return Reference(Kind.INDICATOR, key)


def test_indicators_stand_in_their_areas_once_and_in_order() -> None:
    assert shown(build_rows(CONTENT)) == [
        "0 -", "1 i5", "0 a", "1 i2", "1 i1", "1 i4", "1 inom", "2 i3", "3 i3 BOU", "3 i3 VUX",
    ]  # fmt: skip


def test_a_folded_group_stands_alone() -> None:
    assert shown(build_rows(CONTENT, {A})) == ["0 -", "1 i5", "0 a"]
    assert shown(build_rows(CONTENT, {WITHIN, ROOT})) == ["0 -", "0 a", "1 i2", "1 i1", "1 i4", "1 inom"]
    assert "3 i3 BOU" not in shown(build_rows(CONTENT, {indicator("i3")}))


def test_groups_without_what_matches_are_left_out() -> None:
    assert shown(build_rows(CONTENT, matches={"i3"}.__contains__)) == ["0 a", "1 inom", "2 i3", "3 i3 BOU", "3 i3 VUX"]
    assert shown(build_rows(CONTENT, {A}, {"i3"}.__contains__)) == ["0 a"]
    assert build_rows(CONTENT, matches=lambda key: False) == []


def test_indicators_are_sorted_within_their_group() -> None:
    rows = shown(build_rows(CONTENT, sort_key=lambda key: -int(key[1:])))
    assert rows.index("1 i4") < rows.index("1 i2") < rows.index("1 i1") < rows.index("2 i3")


EARLIER = tuple(Period(year) for year in range(2022, 2010, -1))


@given(st.integers(20, 200), st.integers(0, 8), st.integers(8, 14), st.integers(20, 60))
def test_earlier_periods_leave_room_for_the_name(width: int, earlier: int, figure: int, others: int) -> None:
    shown = periods_that_fit(width, EARLIER[:earlier], figure, others)
    assert all(before < after for before, after in pairwise(shown)), "the latest stands next to this one"
    assert not shown or width - others - len(shown) * (figure + GAP) >= 26


@pytest.mark.parametrize(("width", "count"), [(60, 0), (80, 1), (120, 4), (180, 6)])
def test_as_many_earlier_periods_as_fit(width: int, count: int) -> None:
    others = MARKER + 6 + 8 + 12 + 3 * GAP
    assert periods_that_fit(width, EARLIER, 8, others) == tuple(reversed(EARLIER[:count]))


@pytest.mark.parametrize("place", range(1, 5))
def test_what_is_typed_stands_below_its_heading_whatever_columns_there_are(place: int) -> None:
    """A new column may stand anywhere after the name: the cell that is typed in goes with its own column."""

    def column(heading: str, width: int, *, is_typed_in: bool = False) -> EntryColumn:
        return EntryColumn(Column(heading, width, is_right=True), lambda *_given: [], is_typed_in)

    columns = [column("Mål", 8), column("2022", 10, is_typed_in=True), column("Läge", 12)]
    name = EntryColumn(Column("Indikator", 4, takes_rest=True), lambda *_given: [])
    laid_out = EntryColumns([name, *columns[: place - 1], column("Ny", 6), *columns[place - 1 :]], 80)
    end = laid_out.begins_at(laid_out.typed) + laid_out.widths[laid_out.typed]
    assert laid_out.headings()[:end].endswith(" 2022")
