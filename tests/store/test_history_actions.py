"""The history by what was one action: counted whole, however large, page by page, narrowed as the history is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kvaltui.model.entity import Kind
from kvaltui.model.period import Period
from kvaltui.model.structure import Indicator, Plan
from kvaltui.store import history_actions
from kvaltui.store.criteria import EVERYTHING, Criteria
from kvaltui.store.database import Database
from kvaltui.store.history import history
from kvaltui.store.history_actions import actions, changes_in
from kvaltui.store.journal import record
from kvaltui.store.plans import load_plan
from tests.store.plan import COORDINATOR, MANAGER, PLAN, THINGS, change

MANY = 40


def several(database: Database, count: int = MANY) -> None:
    """One action of the manager's that makes many things."""
    made = [Indicator(key=f"ny-{number}", name=f"Ny {number}", area="omsorg") for number in range(count)]
    record(database, PLAN, made, by=MANAGER, seen=load_plan(database, PLAN).position)


def test_what_was_one_action_is_one_with_how_many_things_of_each_kind(database: Database) -> None:
    several(database)
    latest, first = actions(database, PLAN, limit=9)
    assert (latest.count, dict(latest.kinds)) == (MANY, {Kind.INDICATOR: MANY})
    assert latest.revision.author == MANAGER
    assert first.count == len(THINGS)
    assert first.revision.reference.kind is Kind.PLAN


@pytest.mark.parametrize("chunk", [1, 2, 7, 2000])
def test_page_by_page_it_is_the_whole_history(database: Database, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    for number in range(3):
        change(database, value=f"{number} %")
        if number == 1:
            several(database, 3)
    monkeypatch.setattr(history_actions, "_CHUNK", chunk)
    pages = []
    before = None
    while page := actions(database, PLAN, limit=2, before=before):
        pages.append(page)
        before = page[-1].first
    found = [each for page in pages for each in page]
    whole = history(database, PLAN, limit=10**6)
    assert [each.count for each in found] == [1, 3, 1, 1, len(THINGS)]
    inside = [one.id for each in found for one in changes_in(database, PLAN, each, only=EVERYTHING)]
    assert inside == [each.id for each in whole]


def test_a_narrowed_history_counts_what_is_asked_for(database: Database) -> None:
    several(database)
    change(database, value="9 %")
    only = Criteria(person=MANAGER.shown_name)
    (found,) = actions(database, PLAN, limit=9, only=only)
    assert found.count == MANY
    plans = Criteria(kind=Kind.PLAN)
    (first,) = actions(database, PLAN, limit=9, only=plans)
    assert [each.reference.kind for each in changes_in(database, PLAN, first, only=Criteria(kind=Kind.PLAN))] == [
        Kind.PLAN
    ]


def test_a_new_period_stands_for_its_action(database: Database) -> None:
    content = load_plan(database, PLAN)
    assert isinstance(content.plan, Plan)
    longer = replace(content.plan, periods=(*content.plan.periods, Period(2031)))
    made = Indicator(key="ny", name="Ny", area="omsorg")
    record(database, PLAN, [longer, made], by=COORDINATOR, seen=content.position)
    (latest, *_rest) = actions(database, PLAN, limit=1)
    assert (latest.revision.reference.kind, latest.count) == (Kind.PLAN, 2)
