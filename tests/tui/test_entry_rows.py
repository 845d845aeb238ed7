"""The rows of the entry table."""

from __future__ import annotations

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.tree import ROOT
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
