"""A plan that is large enough to be begun with: areas in areas, goals, indicators in all of them and in none."""

from __future__ import annotations

from kvaltui.model.entities import AnyEntity
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome, TargetValue
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.store.database import Database
from kvaltui.store.journal import record
from tests.store.plan import COORDINATOR

LARGE_PLAN = "stor-2022"
YEARS = (Period(2021), Period(2022))
AREAS = 30
PER_AREA = 16


def large_plan(*, in_no_area: int = 3) -> list[AnyEntity]:
    """Every fifth area has its goal, every third lies in the one before it; the last is the first in the order."""
    things: list[AnyEntity] = [Plan(key=LARGE_PLAN, title="Stor plan", periods=YEARS)]
    for number in range(AREAS):
        parent = f"omrade-{number - 1}" if number % 3 == 2 else ""
        things.append(Area(key=f"omrade-{number}", name=f"Område {number}", parent=parent, order=AREAS - number))
    things += [Goal(key=f"mal-{number}", name="Mål", area=f"omrade-{number}") for number in range(0, AREAS, 5)]
    for number in range(AREAS * PER_AREA + in_no_area):
        place = number // PER_AREA
        area = f"omrade-{place}" if place < AREAS else ""
        goal = f"mal-{place}" if area and place % 5 == 0 and number % 2 else ""
        key = f"indikator-{number}"
        breakdown = ("BOU", "VUX") if number % 7 == 0 else ()
        things.append(
            Indicator(key=key, name=f"Nummer {number}", area=area, goal=goal, breakdown=breakdown, order=number)
        )
        things.append(TargetValue(indicator=key, period=YEARS[1], value="80 %"))
        for part in breakdown or ("",):
            things.append(Outcome(indicator=key, period=YEARS[0], part=part, value=f"{number % 100} %"))
            if number % 4:
                things.append(Outcome(indicator=key, period=YEARS[1], part=part, value=f"{number * 7 % 100} %"))
    return things


def fill_with_large_plan(database: Database, *, in_no_area: int = 3) -> None:
    """Record the large plan."""
    record(database, LARGE_PLAN, large_plan(in_no_area=in_no_area), by=COORDINATOR, seen=0)
