"""Copies that do all that people do, apart, and meet at random: one plan in the end, and nothing out of reach."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kvaltui.exchange.bundle_file import join, read_bundle, write_bundle
from kvaltui.exchange.plan_reader import read_document
from kvaltui.exchange.plan_writer import write_plan
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.message import KvaltuiError
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Result, Risk, SelfCheck
from kvaltui.model.reporting import Assessment, Comparison, Outcome, TargetValue
from kvaltui.model.standing import part_of, period_of, stands
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator, Plan, QualityFactor
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.bundle import digest, revisions
from kvaltui.store.check import check
from kvaltui.store.conflicts import conflicts, decisions, resolve
from kvaltui.store.database import Database
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from kvaltui.store.undo import redo, undo
from tests.reliability.conftest import Size
from tests.reliability.sample import COORDINATOR, PLAN
from tests.store.test_nothing_out_of_reach import is_circle

pytestmark = pytest.mark.reliability

T = TypeVar("T")
PERIODS = [Period.parse(text) for text in ("2021", "2022", "2022-T1", "2023", "2024")]
PARTS = ("BOU", "VUX", "LSS")
BEGINNING: tuple[AnyEntity, ...] = (
    Plan(key=PLAN, title="Plan", periods=(PERIODS[0], PERIODS[1])),
    *(QualityFactor(key=key, name=key) for key in ("kf1", "kf2")),
    *(Area(key=key, name=key) for key in ("a1", "a2")),
    Area(key="a3", name="a3", parent="a1"),
    Goal(key="m1", name="m1", area="a1"),
    Indicator(key="i1", name="i1", area="a1", unit="antal", breakdown=PARTS[:2]),
    Indicator(key="i2", name="i2", area="a2", unit="antal", quality_factors=("kf1",)),
    Risk(key="r1", title="r1", area="a1"),
    Risk(key="r2", title="r2"),
    SelfCheck(key="e1", name="e1", area="a2", risks=("r1",)),
    Measure(key="t1", title="t1", risks=("r1",), indicators=("i1",)),
)


class Person:
    """Somebody at one copy, who does whatever comes into their head."""

    def __init__(self, database: Database, name: str, chance: random.Random) -> None:
        self.database = database
        self.by = Author(name, name.title())
        self.chance = chance
        self.content = load_plan(database, PLAN)
        self.done = 0

    def act(self) -> None:
        """Do one thing on what is on the screen, which is not always the newest. What is refused is left."""
        if self.chance.random() < 0.8:
            self.content = load_plan(self.database, PLAN)
        act = self.chance.choice((*[self.enter] * 4, *[self.frame] * 4, self.take_back, self.bring_back, self.decide))
        try:
            act()
        except KvaltuiError:
            return
        self.done += 1

    def enter(self) -> None:
        """A figure, a target, a result or an assessment: new, changed or blank."""
        period, number = self.one(PERIODS), self.one(("", "1", "2", "3"))
        self.store(self.one(tuple(self._figures(period, number))))

    def _figures(self, period: Period, number: str) -> Iterator[AnyEntity]:
        indicator, part = self.one((("i1", ""), *(("i1", part) for part in PARTS), ("i2", ""), ("i3", "")))
        outcome = Outcome(indicator=indicator, period=period, part=part)
        found = self.content.get(Outcome, outcome.key) or outcome
        changed: dict[str, Any] = {"value": number}
        for name, values in {"note": ("", "n1", "n2"), "source": ("", "k1"), "forecast": ("", "5")}.items():
            if self.chance.random() < 0.4:
                changed[name] = self.one(values)
        if self.chance.random() < 0.3:
            changed["as_of"] = self.one((None, date(2022, 9, 30)))
        yield replace(found, **changed)
        yield TargetValue(indicator=indicator, period=period, part=part, value=number)
        yield Comparison(indicator=indicator, period=period, name="Riket", value=number or "4")
        yield Result(self_check="e1", period=period, value=number, note=self.one(("", "n1")))
        status = self.one((Status.ACHIEVED, Status.NOT_ACHIEVED))
        yield Assessment(
            subject_kind=Kind.GOAL,
            subject="m1",
            period=period,
            status=status,
            motivation=self.one(("Därför", "Annars")),
            retired=self.chance.random() < 0.3,
        )

    def frame(self) -> None:
        """Periods, parts, links, and things made, moved, retired and brought back."""
        content = self.content
        plan, indicator = content.plan, self.some(Indicator)
        measure, self_check = self.some(Measure), self.some(SelfCheck)
        number = self.one("123")
        made = (
            Indicator(key=f"i{number}", name="ny", area=self.one(("", "a1", "a2", "a3")), unit="antal"),
            Area(key=f"a{number}", name="ny", parent=self.one(("", "a2"))),
            Measure(key=f"t{number}", title="ny", risks=(self.one(("r1", "r2")),)),
            Risk(key=f"r{number}", title="ny", goal=self.one(("", "m1"))),
        )
        retiring = self.some(self.one((Area, Goal, Indicator, Risk, QualityFactor, Measure, SelfCheck)))
        choices: tuple[Any, ...] = (
            replace(plan, periods=self.turned(plan.periods, self.one(PERIODS))),
            replace(plan, periods=self.turned(plan.periods, self.one(PERIODS))),
            replace(plan, committee=number),
            replace(indicator, breakdown=self.turned(indicator.breakdown, self.one(PARTS))),
            replace(indicator, quality_factors=self.turned(indicator.quality_factors, self.one(("kf1", "kf2")))),
            replace(indicator, area=self.one(("", "a1", "a2", "a3"))),
            replace(measure, risks=self.turned(measure.risks, self.one(("r1", "r2")))),
            replace(measure, indicators=self.turned(measure.indicators, self.one(("i1", "i2")))),
            replace(self_check, risks=self.turned(self_check.risks, self.one(("r1", "r2")))),
            replace(self.some(Area), parent=self.one(("", "a1", "a2", "a3"))),
            replace(retiring, retired=not retiring.retired),
            replace(retiring, retired=not retiring.retired),
            self.one(made),
        )
        self.store(self.one(choices))

    def take_back(self) -> None:
        """One's own latest change, or any."""
        what = None if self.chance.random() < 0.6 else str(self.chance.randint(1, self.database.position()))
        undo(self.database, PLAN, what, by=self.by, confirm=True)

    def bring_back(self) -> None:
        """What one took back last."""
        redo(self.database, PLAN, by=self.by, confirm=True)

    def decide(self) -> None:
        """Any of what waits, for any of its sides."""
        waiting = decisions(self.database, PLAN)
        if waiting:
            decision = self.one(waiting)
            option = self.one(decision.options)
            seen = self.database.position()
            resolve(self.database, PLAN, decision.reference, option.values, by=self.by, seen=seen)

    def store(self, entity: AnyEntity) -> None:
        """Write it as somebody who has seen what is on the screen."""
        record(self.database, PLAN, [entity], by=self.by, seen=self.content.position)

    def one(self, among: Sequence[T]) -> T:
        """Any of them."""
        return self.chance.choice(among)

    def some(self, type_: Any) -> Any:
        """Any thing of a type."""
        return self.one(tuple(self.content.all(type_).values()))

    def turned(self, elements: tuple[T, ...], element: T) -> tuple[T, ...]:
        """With an element where it is not there, and without it where it is."""
        if element in elements:
            return tuple(each for each in elements if each != element)
        place = self.chance.randint(0, len(elements))
        return (*elements[:place], element, *elements[place:])


def new_copy(path: Path) -> Database:
    """An empty database, without backups by themselves."""
    path.parent.mkdir()
    return open_database(path, create=True, backups=BackupRule(path.parent / "backups", kept_daily=0))


def meet(one: Database, other: Database) -> None:
    """Take in what another copy has, in a bundle."""
    join(read_bundle(write_bundle(other, PLAN), "other.kvb"), one)


def state(database: Database) -> tuple[object, ...]:
    """The digest of the journal's revisions, everything in the plan, and every conflict with all its sides."""
    content = load_plan(database, PLAN)
    found = sorted(conflicts(database, PLAN), key=lambda each: (each.reference, each.field))
    return (
        digest(revisions(database, PLAN)),
        tuple((repr(each), each.contested) for each in content),
        tuple((each.reference, each.field, each.sides) for each in found),
        tuple((each.reference, each.fields, each.options) for each in decisions(database, PLAN)),
    )


def figures_out_of_reach(content: PlanContent) -> list[Reference]:
    """The figures that no table has a place for: their period, their part or what they are of is not there."""
    found = []
    for entity in content:
        period, part = period_of(entity), part_of(entity)
        indicator = content.get(Indicator, getattr(entity, "indicator", ""))
        has_no_period = period is not None and period not in content.plan.periods
        has_no_part = bool(part) and (indicator is None or part not in indicator.breakdown)
        if has_no_period or has_no_part:
            found.append(Reference(entity.kind, entity.key))
    return found


def test_whatever_people_do_apart_they_have_one_plan_in_the_end_and_reach_all_of_it(
    tmp_path: Path, size: Size, tell: Callable[[str], None]
) -> None:
    waiting, stored, done = 0, 0, 0
    for number in range(size.random_joins):
        chance = random.Random(number)
        folder = tmp_path / str(number)
        folder.mkdir()
        copies = [new_copy(folder / str(name) / "kvaltui.db") for name in range(chance.randint(3, 5))]
        record(copies[0], PLAN, BEGINNING, by=COORDINATOR, seen=0)
        for copy in copies[1:-1]:
            meet(copy, copies[0])
        record(copies[-1], PLAN, BEGINNING, by=COORDINATOR, seen=0)  # one that began from the same file by itself
        people = [Person(copy, f"person{place}", chance) for place, copy in enumerate(copies)]
        for _ in range(chance.randint(25, 60)):
            if chance.random() < 0.8:
                chance.choice(people).act()
            else:
                meet(*chance.sample(copies, 2))
        meeting, *others = chance.sample(copies, len(copies))
        for other in others:  # all meet at one of them, and then go home with what it has
            meet(meeting, other)
        for other in chance.sample(others, len(others)):
            meet(other, meeting)
        states = [state(copy) for copy in copies]
        assert [each == states[0] for each in states] == [True] * len(copies), number
        content = load_plan(copies[0], PLAN)
        assert [fault for copy in copies for fault in check(copy) if not is_circle(fault)] == [], number
        assert figures_out_of_reach(content) == [], number
        again = read_document(write_plan(content), "plan.toml").content
        entered = {Reference(each.kind, each.key) for each in content if stands(each)}
        assert {each for each in entered if again.find(each) is None} == set(), number
        waiting, stored = waiting + len(decisions(copies[0], PLAN)), stored + len(entered)
        done += sum(person.done for person in people)
        for copy in copies:
            copy.close()
    tell(
        f"3–5 copies with sets, notes, undo and decisions, joined at random × {size.random_joins}: {done} changes, one "
        f"digest each time, {waiting} left to decide, all {stored} things in reach and taken in again"
    )
