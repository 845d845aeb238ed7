"""The starter plans through the program's own reader and writer of plan files."""

from __future__ import annotations

import pytest

from kvaltui.exchange.plan_reader import read_document
from kvaltui.exchange.plan_writer import write_plan
from kvaltui.exchange.starter import read_starter, starter_plans
from kvaltui.model.content import PlanContent
from kvaltui.model.economy import EconomyRow
from kvaltui.model.entity import Kind
from kvaltui.model.limits import RuleError
from kvaltui.model.quality_work import Measure
from kvaltui.model.reporting import Outcome
from kvaltui.model.rules import check_entity
from kvaltui.model.structure import Indicator

PLANS = ("nacka-2022", "huddinge-2024", "socialnamnd-2020", "linkoping-2019-t1", "ekero-2016")


@pytest.mark.parametrize("key", PLANS)
def test_an_export_read_back_gives_the_same_export(key: str) -> None:
    written = write_plan(read_starter(key))
    assert write_plan(read_document(written, "again.toml").content) == written


@pytest.mark.parametrize("key", PLANS)
def test_nothing_is_lost_on_the_way(key: str) -> None:
    content = read_starter(key)
    again = read_document(write_plan(content), "again.toml").content
    assert {kind: dict(again.entities[kind]) for kind in Kind} == {kind: dict(content.entities[kind]) for kind in Kind}


def refused_in(content: PlanContent) -> list[str]:
    """What the rules do not let stand in a plan, and why."""
    refused = []
    for entity in content:
        try:
            check_entity(entity, content)
        except RuleError as error:
            refused.append(f"{entity.kind}/{entity.key}: {error}")
    return refused


@pytest.mark.parametrize("key", PLANS)
def test_everything_in_a_plan_may_be_stored(key: str) -> None:
    content = read_starter(key)
    assert refused_in(content) == []


def test_122_indicators_are_read() -> None:
    indicators = [each for key in PLANS for each in read_starter(key).active(Indicator) if not each.is_core_volume]
    assert len(indicators) == 122


def test_shared_measures_are_read_as_one_each() -> None:
    measures = list(read_starter("huddinge-2024").active(Measure))
    assert len(measures) == 10
    assert sum(1 for each in measures if each.risks and each.self_checks) == 3


def test_two_readings_of_one_figure_are_both_read() -> None:
    outcomes = [
        each
        for each in read_starter("linkoping-2019-t1").active(Outcome)
        if (each.indicator, str(each.period), each.part) == ("total-sjukfranvaro", "2018", "")
    ]
    assert [(each.reading, each.value) for each in outcomes] == [(1, "6,1"), (2, "5,6")]


def test_thirty_economy_rows_are_read() -> None:
    assert len(list(read_starter("linkoping-2019-t1").active(EconomyRow))) == 30


def test_the_five_are_offered_by_their_titles() -> None:
    assert {each.key: each.title for each in starter_plans()} == {
        "nacka-2022": "Kvalitetsindikatorer per affärsområde 2022",
        "huddinge-2024": "Kvalitetsplan 2024 Individ- och familjeomsorg",
        "socialnamnd-2020": "Socialnämndens nyckeltal 2019–2020",
        "linkoping-2019-t1": "Delårsrapport april 2019, social- och omsorgsnämnden",
        "ekero-2016": "Indikatorer till Socialnämndens verksamhetsmål 2016-18",
    }
