"""The economy of the starter plan linkoping-2019-t1: four tables, thirty rows, exact to the thousand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.model.economy_check import RowResult, check_economy

Table = dict[str, Any]


@pytest.fixture(scope="module")
def tables(plan_file: Callable[[str], Table]) -> dict[str, Table]:
    return {each["key"]: each for each in plan_file("linkoping-2019-t1")["economy_table"]}


def amount(text: str) -> int:
    return int(text.replace(" ", ""))


def summed(table: Table, column: str) -> tuple[int, int]:
    """What the rows before the total give without the of-which rows, and what the total says."""
    given = 0
    for row in table["row"]:
        if row.get("sum"):
            return given, amount(row[column])
        if not row.get("level"):
            given += amount(row[column])
    raise AssertionError("no total")


def test_thirty_rows_in_four_tables(tables: dict[str, Table]) -> None:
    assert {key: len(table["row"]) for key, table in tables.items()} == {
        "sammandrag-2019": 4,
        "resultat-april-2019": 10,
        "prognos-2019": 12,
        "investeringar-2019": 4,
    }
    assert {table["unit"] for table in tables.values()} == {"tkr"}


def test_of_which_rows_are_the_ones_called_varav(tables: dict[str, Table]) -> None:
    for table in tables.values():
        for row in table["row"]:
            assert row["name"].startswith("varav") == (row.get("level") == 1), row["name"]


def test_totals_are_the_ones_called_summa(tables: dict[str, Table]) -> None:
    totals = [(key, row["name"]) for key, table in tables.items() for row in table["row"] if row.get("sum")]
    assert totals == [
        ("resultat-april-2019", "Summa"),
        ("prognos-2019", "Summa"),
        ("investeringar-2019", "Summa investeringar"),
    ]


def test_amounts_stand_as_printed(tables: dict[str, Table]) -> None:
    first = tables["sammandrag-2019"]["row"][0]
    assert (first["forecast"], first["budget"], first["variance"]) == ("1 473 495", "1 481 495", "8 000")
    administration = tables["resultat-april-2019"]["row"][0]
    assert (administration["actual"], administration["variance"]) == ("63 287", "-3 420")


@pytest.mark.parametrize("key", ["sammandrag-2019", "prognos-2019"])
def test_every_printed_variance_follows_from_its_columns(tables: dict[str, Table], key: str) -> None:
    for row in tables[key]["row"]:
        sign = -1 if row["kind"] == "income" else 1
        assert sign * (amount(row["budget"]) - amount(row["forecast"])) == amount(row["variance"]), row["name"]


def test_net_is_cost_less_income(tables: dict[str, Table]) -> None:
    for table, of_which in (("sammandrag-2019", slice(0, 3)), ("prognos-2019", slice(9, 12))):
        net, cost, income = tables[table]["row"][of_which]
        assert [cost["kind"], income["kind"]] == ["cost", "income"]
        assert amount(net["forecast"]) == amount(cost["forecast"]) - amount(income["forecast"])


def test_the_forecast_adds_up_without_its_of_which_rows(tables: dict[str, Table]) -> None:
    for column in ("forecast", "budget", "variance"):
        given, printed = summed(tables["prognos-2019"], column)
        assert given == printed


def test_the_april_result_adds_up_but_its_variance_is_one_off(tables: dict[str, Table]) -> None:
    assert summed(tables["resultat-april-2019"], "actual") == (494575, 494575)
    assert summed(tables["resultat-april-2019"], "variance") == (-744, -743)


def test_columns_without_amounts_stay_empty(tables: dict[str, Table]) -> None:
    rows = [row for table in tables.values() for row in table["row"]]
    assert not any(row.get("previous") for row in rows), "neither April 2018 nor the accounts of 2018 are printed"
    assert not any(row.get("budget") for row in tables["resultat-april-2019"]["row"])
    assert not any(row.get("variance") for row in tables["investeringar-2019"]["row"])


def test_investments_say_that_their_columns_are_uncertain(tables: dict[str, Table]) -> None:
    investments = tables["investeringar-2019"]
    assert "osäkra" in investments["note"]
    assert [(row.get("actual"), row.get("forecast"), row.get("budget")) for row in investments["row"]] == [
        ("107", "800", "800"),
        ("107", "800", "800"),
        (None, None, None),
        (None, None, None),
    ]


@pytest.fixture(scope="module")
def checked() -> dict[str, tuple[RowResult, ...]]:
    """The tables as the program checks them."""
    return check_economy(read_starter("linkoping-2019-t1"))


def test_the_program_finds_nothing_wrong_in_the_thirty_rows(checked: dict[str, tuple[RowResult, ...]]) -> None:
    assert sum(len(rows) for rows in checked.values()) == 30
    assert [row.row.name for rows in checked.values() for row in rows if row.doubts] == []


def test_one_thousand_of_rounding_is_tolerated_and_shown(checked: dict[str, tuple[RowResult, ...]]) -> None:
    total = checked["resultat-april-2019"][-1]
    assert (total.sums["variance"].stated, total.sums["variance"].computed) == (Decimal(-743), Decimal(-744))
    assert total.sums["variance"].difference == 1
    assert not total.sums["variance"].is_wrong
    assert total.sums["actual"].difference == 0


def test_the_sign_of_an_income_turns(checked: dict[str, tuple[RowResult, ...]]) -> None:
    variances = {row.row.name: row.variance.computed for row in checked["sammandrag-2019"] if row.variance is not None}
    assert variances == {
        "Verksamhetens nettokostnader": 8000,
        "varav kostnader": 8000,
        "varav intäkter": 0,
        "Investeringar, netto": 0,
    }


def test_of_which_rows_stand_outside_the_sum(checked: dict[str, tuple[RowResult, ...]]) -> None:
    total = next(row for row in checked["prognos-2019"] if row.row.is_sum)
    assert {column: check.difference for column, check in total.sums.items()} == {
        "budget": 0,
        "forecast": 0,
        "variance": 0,
    }
