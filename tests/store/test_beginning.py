"""The beginning of a large plan is how the whole of it begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kvaltui.model.entity import Kind
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.structure import Indicator
from kvaltui.store.beginning import ENOUGH, LARGE, load_beginning
from kvaltui.store.database import Database
from kvaltui.store.plans import load_plan
from kvaltui.work.entry_rows import build_rows
from tests.store.large_plan import LARGE_PLAN, YEARS, fill_with_large_plan
from tests.store.plan import PLAN, fill, new_copy

TODAY = date(2023, 2, 1)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with a large plan, which no test changes."""
    with new_copy(tmp_path_factory.mktemp("large") / "kvaltui.db") as database:
        fill_with_large_plan(database)
        yield database


@pytest.mark.thorough
def test_the_rows_of_the_beginning_are_the_first_rows(large: Database) -> None:
    beginning, whole = load_beginning(large, LARGE_PLAN), load_plan(large, LARGE_PLAN)
    assert beginning is not None
    rows = build_rows(beginning)
    assert rows == build_rows(whole)[: len(rows)]
    assert ENOUGH <= len(beginning.all(Indicator)) < len(whole.all(Indicator))
    assert (beginning.plan, beginning.position) == (whole.plan, whole.position)


@pytest.mark.thorough
def test_what_it_has_is_judged_as_in_the_whole(large: Database) -> None:
    beginning, whole = load_beginning(large, LARGE_PLAN), load_plan(large, LARGE_PLAN)
    assert beginning is not None
    for kind in (Kind.TARGET, Kind.OUTCOME):
        keys = {key for key, each in whole.entities[kind].items() if each.indicator in beginning.all(Indicator)}  # type: ignore[union-attr]
        assert beginning.entities[kind] == {key: whole.entities[kind][key] for key in keys}
    judged = judge_plan(whole, YEARS[1], TODAY).indicators
    for key, each in judge_plan(beginning, YEARS[1], TODAY).indicators.items():
        assert each._replace(doubts=()) == judged[key]._replace(doubts=())


def test_a_plan_that_is_not_large_is_read_at_once(path: Path) -> None:
    with new_copy(path) as database:
        fill(database)
        assert load_beginning(database, PLAN) is None
        assert load_beginning(database, "another") is None


@pytest.mark.thorough
def test_a_plan_with_too_much_in_one_place_is_read_at_once(path: Path) -> None:
    with new_copy(path) as database:
        fill_with_large_plan(database, in_no_area=LARGE + 1)
        assert load_beginning(database, LARGE_PLAN) is None
