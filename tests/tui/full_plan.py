"""A plan of which there is something of every sort to tell: what is wrong, waits, is late, stale and contested."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from kvaltui.exchange.starter import read_starter
from kvaltui.model.economy import EconomyRow, EconomyTable, RowKind
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Result, Risk, SelfCheck
from kvaltui.model.reporting import Assessment, Completion, Outcome
from kvaltui.model.status import Status
from kvaltui.model.structure import Goal, Indicator
from tests.tui.work import NACKA

NOW, EARLIER = Period(2022), (Period(2020), Period(2021))
WHO = "Lindens boende"


@cache
def full_plan() -> tuple[AnyEntity, ...]:
    """What is changed and added in the starter plan NACKA."""
    return tuple(_changes())


def _changes() -> Iterator[AnyEntity]:
    content = read_starter(NACKA)
    indicators = list(content.active(Indicator))
    yield replace(content.plan, periods=(*EARLIER, NOW))
    for at, indicator in enumerate(indicators):
        yield from _earlier(at, indicator)
    for at in (3, 6, 9):
        yield outcome(indicators[at], "")
    yield replace(indicators[3], responsible=WHO)
    yield outcome(indicators[0], "3 500")
    yield outcome(indicators[5], "50 %")
    yield Goal(key="hem", name="Trygga hem", area="aldreomsorg")
    yield replace(indicators[1], goal="hem")
    yield Risk(key="personal", title="Ordinarie personal saknas på helgerna", likelihood=3, consequence=4, level=12)
    yield Risk(key="lakemedel", title="Läkemedel ges i fel tid eller till fel person", level=9)
    yield SelfCheck(key="listor", name="Signeringslistor", unit="%", threshold="minst 98 %")
    yield Result(self_check="listor", period=NOW, value="94 %")
    yield SelfCheck(key="larm", name="Trygghetslarm", responsible="MAS")
    yield Measure(key="vardar", title="Måltidsvärdar", risks=("personal",), due=date(2023, 6, 30), responsible="Chef")
    yield Assessment(
        subject_kind=Kind.AREA,
        subject="aldreomsorg",
        period=NOW,
        status=Status.ACHIEVED,
        motivation="Det går åt rätt håll",
    )
    yield outcome(indicators[1], "51 %")
    yield EconomyTable(key="netto", title="Ekonomi")
    cost = EconomyRow(table="netto", slug="kostnad", name="Kostnader", budget="308 950", forecast="311 895")
    yield replace(cost, row_kind=RowKind.COST)
    yield replace(cost, slug="summa", name="Nettokostnad", is_sum=True, order=1)
    yield Completion(area="kultur-och-fritid", period=NOW, complete=True)


def outcome(indicator: Indicator, value: str) -> Outcome:
    """A figure of the period that is looked at."""
    return Outcome(indicator=indicator.key, period=NOW, value=value)


def _earlier(at: int, indicator: Indicator) -> Iterator[AnyEntity]:
    """Targets and figures of the years before, some of them better and some worse."""
    content = read_starter(NACKA)
    now, target = content.outcome(indicator.key, NOW), content.target(indicator.key, NOW)
    number = now.value.replace("%", "").strip() if now is not None else ""
    for years, period in enumerate(reversed(EARLIER), 1):
        if target is not None:
            yield replace(target, period=period)
        if number.isdigit():
            yield replace(outcome(indicator, f"{int(number) + years * (-3 if at % 3 else 3)}"), period=period)
