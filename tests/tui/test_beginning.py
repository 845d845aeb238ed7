"""A large plan is there at once: its first areas, and the rest as soon as they show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kvaltui.config import Config
from kvaltui.model.fulfilment import judge_plan
from kvaltui.model.structure import Indicator
from kvaltui.model.value import replace
from kvaltui.store.database import Database
from kvaltui.store.journal import record
from kvaltui.store.plans import load_plan
from kvaltui.tui.app import KvaltuiApp, first_mode
from kvaltui.work.session import Changes, PlanSession
from tests.store.large_plan import LARGE_PLAN, fill_with_large_plan
from tests.store.plan import COORDINATOR, new_copy
from tests.tui.work import at_work

TODAY = date(2023, 2, 1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with new_copy(tmp_path / "kvaltui.db") as opened:
        fill_with_large_plan(opened)
        yield opened


def begun(database: Database) -> PlanSession:
    return PlanSession(database, LARGE_PLAN, by=COORDINATOR, today=lambda: TODAY, begins=True)


@pytest.mark.thorough
def test_the_rest_is_read_once_and_everybody_hears(database: Database) -> None:
    session, heard = begun(database), list[Changes]()
    session.on_change = heard.append
    states = [session.is_whole]
    session.read_rest()
    whole = load_plan(database, LARGE_PLAN)
    assert [*states, session.is_whole] == [False, True]
    assert session.content == whole
    assert session.result == judge_plan(whole, session.period, TODAY)
    session.read_rest()
    assert heard == [Changes(is_whole=True)]


@pytest.mark.thorough
def test_a_figure_entered_before_the_rest_is_there_is_stored(database: Database) -> None:
    session = begun(database)
    key = next(key for key in session.content.all(Indicator) if session.waits(key))
    session.enter_outcome(session.open_entry(key), "77 %")
    assert not session.waits(key)
    session.read_rest()
    found = session.content.outcome(key, session.period)
    assert found is not None
    assert found.value == "77 %"


@pytest.mark.thorough
def test_where_the_first_areas_wait_for_nothing_the_rest_decides_where_to_begin(database: Database) -> None:
    session = begun(database)
    indicators = session.content.all(Indicator).values()
    entries = [session.open_entry(each.key, part).outcome for each in indicators for part in each.breakdown or ("",)]
    record(database, LARGE_PLAN, [replace(each, value="1 %") for each in entries], by=COORDINATOR, seen=10**9)
    again = begun(database)
    assert again.result.total.counts.reported == again.result.total.counts.of
    assert first_mode(again) == "indicators"
    assert again.is_whole


@pytest.mark.thorough
async def test_the_screen_counts_when_everything_is_read(database: Database, tmp_path: Path) -> None:
    app = KvaltuiApp(begun(database), Config(folder=tmp_path))
    async with at_work(app) as work:
        assert app.session.is_whole
        counts = app.session.whole.counts
        assert f"{counts.reported} av {counts.of} inlagda" in work.line_with("Stor plan")
