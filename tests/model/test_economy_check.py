"""Variances and sums of economy tables (docs/rules.md, Economy)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow, EconomyTable, RowKind
from kvaltui.model.economy_check import RowResult, check_economy, check_rows
from kvaltui.model.status import Doubt
from tests.model.plans import plan

COST, INCOME, NET = RowKind.COST, RowKind.INCOME, RowKind.NET


def row(
    name: str,
    kind: RowKind = NET,
    *,
    level: int = 0,
    is_sum: bool = False,
    budget: str = "",
    forecast: str = "",
    actual: str = "",
    variance: str = "",
) -> EconomyRow:
    return EconomyRow(
        table="t",
        slug=name,
        name=name,
        row_kind=kind,
        level=level,
        is_sum=is_sum,
        budget=budget,
        forecast=forecast,
        actual=actual,
        variance=variance,
    )


def last(*rows: EconomyRow) -> RowResult:
    return check_rows(rows)[-1]


@pytest.mark.parametrize(
    ("kind", "budget", "forecast", "variance", "computed", "is_doubtful"),
    [
        (NET, "408 300", "410 300", "-2 000", -2000, False),
        (COST, "408 300", "410 300", "−2 000", -2000, False),
        (INCOME, "408 300", "410 300", "2 000", 2000, False),
        (INCOME, "408 300", "410 300", "-2 000", 2000, True),
        (NET, "100", "98", "3", 2, False),
        (NET, "100", "98", "1", 2, False),
        (NET, "100", "98", "3,1", 2, True),
        (NET, "100", "98", "", 2, False),
        (NET, "0", "0", "0", 0, False),
    ],
)
def test_variance(kind: RowKind, budget: str, forecast: str, variance: str, computed: int, is_doubtful: bool) -> None:
    result = last(row("r", kind, budget=budget, forecast=forecast, variance=variance))
    assert result.variance is not None
    assert result.variance.computed == computed
    assert result.doubts == ((Doubt.VARIANCE_MISMATCH,) if is_doubtful else ())


def test_a_variance_needs_budget_and_forecast() -> None:
    assert last(row("r", actual="63 287", variance="-3 420")).variance is None
    assert last(row("r", budget="1", actual="3", variance="9")).doubts == ()


def test_of_which_rows_stand_outside_and_rounding_is_tolerated() -> None:
    rows = [
        row("Förvaltning", actual="63 287", variance="-3 420"),
        row("IFO", actual="143 435", variance="-7 335"),
        row("varav HVB", actual="42 228", variance="-13 876", level=1),
        row("Socialpsykiatri", actual="72 609", variance="10 011"),
    ]
    total = last(*rows, row("Summa", is_sum=True, actual="279 331", variance="-743"))
    assert total.doubts == ()
    assert total.sums["variance"].computed == -744
    assert total.sums["variance"].difference == 1
    assert total.sums["actual"].difference == 0
    wrong = last(*rows, row("Summa", is_sum=True, actual="279 331", variance="-742"))
    assert wrong.doubts == (Doubt.SUM_MISMATCH,)


def test_a_sum_starts_after_the_sum_before() -> None:
    results = check_rows(
        [
            row("a", budget="1 000"),
            row("first", is_sum=True, budget="1 000"),
            row("varav kostnader", COST, budget="5 000", level=1),
            row("b", budget="20"),
            row("c", budget="30"),
            row("second", is_sum=True, budget="50"),
            row("third", is_sum=True, budget="7"),
        ]
    )
    assert [each.doubts for each in results] == [()] * 7
    assert results[5].sums["budget"].computed == 50
    assert results[6].sums == {}


@pytest.mark.parametrize(
    ("kinds", "total_kind", "computed"),
    [
        ((COST, COST), COST, 130),
        ((COST, COST), NET, 130),
        ((INCOME, INCOME), NET, 130),
        ((COST, INCOME), NET, 70),
        ((NET, INCOME), COST, 70),
        ((COST, INCOME), INCOME, -70),
    ],
)
def test_income_turns_its_sign_in_a_mixed_sum(
    kinds: tuple[RowKind, RowKind], total_kind: RowKind, computed: int
) -> None:
    rows = row("a", kinds[0], budget="100"), row("b", kinds[1], budget="30")
    assert last(*rows, row("s", total_kind, is_sum=True)).sums["budget"].computed == computed


def test_variances_are_added_whatever_the_kind() -> None:
    rows = row("a", COST, variance="8 000"), row("b", INCOME, variance="-500")
    assert last(*rows, row("s", is_sum=True, variance="7 500")).doubts == ()


def test_a_column_with_a_blank_cannot_be_summed() -> None:
    rows = row("a", budget="100"), row("b", forecast="30")
    assert last(*rows, row("s", is_sum=True, budget="500", forecast="500")).sums == {}


def test_what_is_no_number_is_doubted() -> None:
    found = last(row("r", budget="12.500", forecast="3"))
    assert (found.doubts, found.amounts) == ((Doubt.UNREADABLE,), {"forecast": Decimal(3)})


def test_the_tables_of_a_plan() -> None:
    content = PlanContent.of(
        [
            plan(),
            EconomyTable(key="t", title="T", order=1),
            EconomyTable(key="empty", title="E"),
            EconomyTable(key="gone", title="G", retired=True),
            row("s", is_sum=True, budget="3"),
            EconomyRow(table="t", slug="first", name="First", budget="3", order=-1),
            replace(row("retired", budget="9"), retired=True),
        ]
    )
    found = check_economy(content)
    assert list(found) == ["empty", "t"]
    assert [each.row.slug for each in found["t"]] == ["first", "s"]
    assert found["t"][1].sums["budget"].difference == 0
