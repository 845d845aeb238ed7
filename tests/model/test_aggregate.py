"""Totals computed from parts (docs/rules.md, Parts and totals)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.aggregate import aggregate_total
from kvaltui.model.figure import Figure, parse_figure, write_figure
from kvaltui.model.scale import Scale
from kvaltui.model.structure import Aggregate

PERCENT = Scale("%")


@pytest.mark.parametrize(
    ("aggregate", "parts", "total"),
    [
        (Aggregate.NONE, ["40 %", "60 %"], None),
        (Aggregate.SUM, [], None),
        (Aggregate.SUM, ["40 %", "60,5 %"], "100,5 %"),
        (Aggregate.SUM, ["40 %", "ca 60 %"], "bedömd 100 %"),
        (Aggregate.SUM, ["40 %", ">60 %"], None),
        (Aggregate.RANGE, ["40 %", "60 %", "50 %"], "40–60 %"),
        (Aggregate.RANGE, ["40–45 %", "30–60 %"], "30–60 %"),
        (Aggregate.RANGE, ["40 %", "40 %"], "40 %"),
        (Aggregate.RANGE, ["40 %", ">60 %"], None),
        (Aggregate.RATIO, ["40 %", "60 %"], None),
        (Aggregate.RATIO, ["1/4", "2/4"], "3/8"),
        (Aggregate.RATIO, ["25 % (1 av 4)", "2/4"], "3/8"),
    ],
)
def test_totals(aggregate: Aggregate, parts: list[str], total: str | None) -> None:
    found = aggregate_total([parse_figure(part, PERCENT) for part in parts], aggregate, PERCENT)
    assert found == (parse_figure(total, PERCENT) if total else None)


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=5))
def test_a_computed_total_is_exact_and_can_be_written(numbers: list[Decimal]) -> None:
    parts = [Figure(number, number) for number in numbers]
    total = aggregate_total(parts, Aggregate.SUM, PERCENT)
    assert total is not None
    assert total.exact == sum(numbers)
    written = write_figure(total, PERCENT)
    assert parse_figure(written, PERCENT).exact == total.exact
