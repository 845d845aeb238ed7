"""Taken away in one copy while another enters a figure there: after the join the figure can be found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations, product
from pathlib import Path

import pytest

from kvaltui.exchange.plan_reader import read_document
from kvaltui.exchange.plan_writer import write_plan
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Result, Risk
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.standing import stands
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator, QualityFactor
from kvaltui.model.value import replace
from kvaltui.store.bundle import add_revisions, digest, revisions
from kvaltui.store.check import check
from kvaltui.store.conflicts import conflicts, resolve
from kvaltui.store.database import Database
from kvaltui.store.fault import Fault
from kvaltui.store.journal import record
from kvaltui.store.plans import load_changes, load_plan, news_of
from kvaltui.store.undo import undo
from tests.sampled import sampled
from tests.store.plan import COORDINATOR, MANAGER, PLAN, YEAR, new_copy

Change = Callable[[PlanContent], Sequence[AnyEntity]]
LAST_YEAR = Period.parse("2021")


@pytest.fixture
def other(database: Database, tmp_path: Path) -> Database:
    """A second copy with everything from the first."""
    # The fixture's plan has a mark for 2021, which would keep that year.
    mark = load_plan(database, PLAN).all(Completion)["stangd/2021"]
    record(database, PLAN, [replace(mark, retired=True)], by=COORDINATOR, seen=database.position())
    copy = new_copy(tmp_path / "other" / "kvaltui.db")
    add_revisions(copy, revisions(database, PLAN), received_from="first.kvb")
    return copy


def do(database: Database, change: Change) -> None:
    """A change, after which what it has written is known without being read again."""
    content = load_plan(database, PLAN)
    action = record(database, PLAN, change(content), by=COORDINATOR, seen=content.position)
    news, read = news_of(content, action), load_changes(database, content)
    assert news is not None
    assert news.content == read.content
    assert set(news.changed) == set(read.changed)
    assert [(each.changed_at, each.contested) for each in news.content] == [
        (each.changed_at, each.contested) for each in read.content
    ]


def is_circle(fault: Fault) -> bool:
    """Whether it only tells of areas or goals that have been laid under each other, and how they are shown."""
    return not fault.is_damage and str(fault.what).endswith("it is shown at the top")


def exchange(*copies: Database) -> PlanContent:
    """Join all copies in every order, prove them alike and whole, and give what they have."""
    for giving, taking in (*permutations(copies, 2), *permutations(copies, 2)):
        add_revisions(taking, revisions(giving, PLAN), received_from="exchange")
    contents = [load_plan(copy, PLAN) for copy in copies]
    assert len({digest(revisions(copy, PLAN)) for copy in copies}) == 1
    for copy, content in zip(copies, contents, strict=True):
        assert [fault for fault in check(copy) if not is_circle(fault)] == []
        assert [*content] == [*contents[0]]
        assert [each.contested for each in content] == [each.contested for each in contents[0]]
        taken_in(content)
    return contents[0]


def taken_in(content: PlanContent) -> None:
    """A plan file is taken in again, with every figure."""
    again = read_document(write_plan(content), "plan.toml").content
    for type_ in (Outcome, TargetValue, Comparison, Assessment, Result):
        assert again.all(type_).keys() >= {key for key, each in content.all(type_).items() if stands(each)}


def without_last_year(content: PlanContent) -> Sequence[AnyEntity]:
    return [replace(content.plan, periods=(YEAR,))]


def without_part(content: PlanContent) -> Sequence[AnyEntity]:
    return [replace(content.all(Indicator)["dagar"], breakdown=("BOU",))]


FIGURE = Outcome(indicator="trygghet", period=LAST_YEAR, value="80 %")
IN_LAST_YEAR: dict[str, AnyEntity] = {
    "outcome": FIGURE,
    "forecast": Outcome(indicator="trygghet", period=LAST_YEAR, forecast="80 %"),
    "note": Outcome(indicator="trygghet", period=LAST_YEAR, note="Enkäten gick inte ut"),
    "target": TargetValue(indicator="trygghet", period=LAST_YEAR, value="90 %"),
    "comparison": Comparison(indicator="trygghet", period=LAST_YEAR, name="Riket", value="81 %"),
    "assessment": Assessment(
        subject_kind=Kind.GOAL, subject="trygga", period=LAST_YEAR, status=Status.ACHIEVED, motivation="Ja"
    ),
    "completion": Completion(area="omsorg", period=LAST_YEAR),
    "result": Result(self_check="logg", period=LAST_YEAR),
}


@pytest.mark.thorough
@pytest.mark.parametrize("what", sampled(IN_LAST_YEAR, 2))
def test_a_period_that_was_filled_in_meanwhile_stays(database: Database, other: Database, what: str) -> None:
    do(database, without_last_year)
    assert load_plan(database, PLAN).plan.periods == (YEAR,)
    do(other, lambda _content: [IN_LAST_YEAR[what]])
    content = exchange(database, other)
    assert content.plan.periods == (LAST_YEAR, YEAR)
    assert content.find(Reference(IN_LAST_YEAR[what].kind, IN_LAST_YEAR[what].key)) == IN_LAST_YEAR[what]


@pytest.mark.thorough
@pytest.mark.parametrize("what", sampled(IN_LAST_YEAR, 2))
def test_nobody_takes_away_a_period_that_something_stands_in(database: Database, other: Database, what: str) -> None:
    do(other, lambda _content: [IN_LAST_YEAR[what]])
    with pytest.raises(RuleError) as refused:
        do(other, without_last_year)
    assert refused.value.field == "periods"
    do(database, without_last_year)
    exchange(database, other)
    with pytest.raises(RuleError):
        do(database, without_last_year)


@pytest.mark.thorough
def test_a_period_that_only_stands_for_its_figures_goes_with_the_last_of_them(
    database: Database, other: Database
) -> None:
    do(database, without_last_year)
    do(other, lambda _content: [FIGURE])
    exchange(database, other)
    before = load_plan(other, PLAN)
    do(database, lambda _content: [replace(FIGURE, value="")])
    assert load_plan(database, PLAN).plan.periods == (YEAR,)
    assert exchange(database, other).plan.periods == (YEAR,)
    seen, changed, _ = load_changes(other, before)
    assert seen.plan.periods == (YEAR,)
    assert Reference(Kind.PLAN, PLAN) in changed


@pytest.mark.thorough
def test_who_changes_something_else_of_the_plan_does_not_add_the_period(database: Database, other: Database) -> None:
    do(database, without_last_year)
    do(other, lambda _content: [FIGURE])
    exchange(database, other)
    do(other, lambda content: [replace(content.plan, committee="Socialnämnden")])
    assert exchange(database, other).plan.periods == (LAST_YEAR, YEAR)
    undo(other, PLAN, by=COORDINATOR)
    do(other, lambda _content: [replace(FIGURE, value="")])
    assert exchange(database, other).plan.periods == (YEAR,)


@pytest.mark.thorough
def test_a_part_that_was_filled_in_meanwhile_stays(database: Database, other: Database) -> None:
    figure = Outcome(indicator="dagar", period=YEAR, part="VUX", value="49")
    do(database, without_part)
    do(other, lambda _content: [figure])
    content = exchange(database, other)
    assert content.all(Indicator)["dagar"].breakdown == ("BOU", "VUX")
    with pytest.raises(RuleError) as refused:
        do(other, without_part)
    assert refused.value.field == "breakdown"
    do(other, lambda _content: [replace(figure, value="")])
    assert exchange(database, other).all(Indicator)["dagar"].breakdown == ("BOU",)


def test_taking_back_what_made_room_is_refused_as_long_as_something_stands_there(database: Database) -> None:
    new = Period.parse("2023")
    do(database, lambda content: [replace(content.plan, periods=(*content.plan.periods, new))])
    added = database.position()
    do(database, lambda _content: [Outcome(indicator="trygghet", period=new, value="80 %")])
    with pytest.raises(RuleError):
        undo(database, PLAN, str(added), by=COORDINATOR)
    undo(database, PLAN, by=COORDINATOR)
    undo(database, PLAN, str(added), by=COORDINATOR)
    assert new not in load_plan(database, PLAN).plan.periods
    assert check(database) == ()


NAMING: dict[str, tuple[Reference, AnyEntity]] = {
    "an area with a new indicator": (Reference(Kind.AREA, "stangd"), Indicator(key="ny", name="Ny", area="stangd")),
    "an area with a new area": (Reference(Kind.AREA, "stangd"), Area(key="ny", name="Ny", parent="stangd")),
    "a goal with a new indicator": (Reference(Kind.GOAL, "ny"), Indicator(key="ny", name="Ny", goal="ny")),
    "a quality factor": (Reference(Kind.QUALITY_FACTOR, "ny"), Indicator(key="ny", name="Ny", quality_factors=("ny",))),
    "a risk with a new measure": (Reference(Kind.RISK, "ny"), Measure(key="ny", title="Ny", risks=("ny",))),
}


@pytest.mark.thorough
@pytest.mark.parametrize("what", sampled(NAMING, 2))
def test_what_somebody_named_meanwhile_is_not_retired(database: Database, other: Database, what: str) -> None:
    new: list[AnyEntity] = [
        Goal(key="ny", name="Nytt mål"),
        QualityFactor(key="ny", name="Ny"),
        Risk(key="ny", title="Ny risk"),
    ]
    do(database, lambda _content: new)
    exchange(database, other)
    reference, naming = NAMING[what]
    do(database, lambda content: [replace(content.find(reference), retired=True)])  # type: ignore[type-var,list-item]
    do(other, lambda _content: [naming])
    named = exchange(database, other).find(reference)
    assert named is not None
    assert not named.retired
    do(other, lambda _content: [replace(naming, retired=True)])
    again = exchange(database, other).find(reference)
    assert again is not None
    assert again.retired


@pytest.mark.thorough
def test_a_chain_of_what_is_needed_is_kept_whole(database: Database, other: Database) -> None:
    do(database, lambda _content: [Area(key="a", name="A"), Area(key="b", name="B", parent="a")])
    exchange(database, other)
    do(database, lambda content: [replace(content.all(Area)["b"], retired=True)])
    do(database, lambda content: [replace(content.all(Area)["a"], retired=True)])
    do(other, lambda _content: [Indicator(key="i", name="I", area="b")])
    content = exchange(database, other)
    assert not content.all(Area)["a"].retired
    assert not content.all(Area)["b"].retired
    do(database, lambda content: [replace(content.all(Indicator)["i"], area="")])
    content = exchange(database, other)
    assert content.all(Area)["a"].retired
    assert content.all(Area)["b"].retired


@pytest.mark.thorough
@pytest.mark.parametrize("length", sampled([3, 2, 4]))
def test_areas_that_two_sides_laid_under_each_other_lie_somewhere(
    database: Database, other: Database, length: int
) -> None:
    keys = [f"x{number}" for number in range(length)]
    do(database, lambda _content: [Area(key=key, name=key) for key in keys])
    do(database, lambda _content: [Indicator(key="i", name="I", area="x0")])
    exchange(database, other)
    under = dict(zip(keys, [*keys[1:], keys[0]], strict=True))

    def lay(*moved: str) -> Change:
        return lambda content: [replace(content.all(Area)[key], parent=under[key]) for key in moved]

    do(database, lay(*keys[:-1]))
    do(other, lay(keys[-1]))
    content = exchange(database, other)
    assert [content.all(Area)[key].parent for key in keys] == ["", *[under[key] for key in keys[1:]]]
    assert [is_circle(fault) for fault in check(database)] == [True]
    do(database, lambda content: [replace(content.all(Area)["x0"], note="En anteckning")])
    assert exchange(database, other).all(Area)["x0"].parent == ""
    before = load_plan(other, PLAN)
    do(database, lambda content: [replace(content.all(Area)[keys[-1]], parent="")])
    content = exchange(database, other)
    assert [content.all(Area)[key].parent for key in keys] == [*[under[key] for key in keys[:-1]], ""]
    assert [*load_changes(other, before)[0]] == [*content]
    assert check(database) == ()


TAKEN_BACK: dict[str, tuple[Reference, dict[str, object]]] = {
    "comparison": (Reference(Kind.COMPARISON, "trygghet/2022/Riket"), {"value": "89 %"}),
    "assessment": (Reference(Kind.ASSESSMENT, "goal/trygga/2022"), {"motivation": "Efter ny enkät"}),
    "result": (Reference(Kind.RESULT, "logg/2022"), {"note": "Två avvikelser"}),
    "economy row": (Reference(Kind.ECONOMY_ROW, "prognos/ifo"), {"actual": "409 000"}),
    "outcome": (Reference(Kind.OUTCOME, "trygghet/2022/"), {"value": "90 %"}),
}


@pytest.mark.thorough
@pytest.mark.parametrize(("what", "is_kept"), sampled(product(TAKEN_BACK, [True, False]), 3))
def test_a_figure_that_is_taken_back_while_it_is_changed_waits_for_a_decision(
    database: Database, other: Database, what: str, is_kept: bool
) -> None:
    reference, changed = TAKEN_BACK[what]
    do(database, lambda content: [replace(content.find(reference), retired=True)])  # type: ignore[type-var,list-item]
    do(other, lambda content: [replace(content.find(reference), **changed)])  # type: ignore[type-var,list-item]
    found = exchange(database, other).find(reference)
    assert found is not None
    assert (found.retired, found.contested) == (False, ("retired",))
    (conflict,) = conflicts(other, PLAN)
    assert [side.value for side in conflict.sides] in ([True, False], [False, True])
    resolve(other, PLAN, reference, {"retired": not is_kept}, by=MANAGER, seen=other.position())
    content = exchange(database, other)
    assert (content.find(reference).retired, content.find(reference).contested) == (not is_kept, ())  # type: ignore[union-attr]
    undo(other, PLAN, by=MANAGER)
    (again,) = conflicts(other, PLAN)
    assert {(side.value, side.revision) for side in again.sides} == {
        (side.value, side.revision) for side in conflict.sides
    }
    exchange(database, other)


def test_check_finds_a_figure_that_nothing_would_show(database: Database) -> None:
    database.orm.execute_sql("""UPDATE plan SET periods = '["2021"]'""")
    database.orm.execute_sql("""UPDATE indicator SET breakdown = '[]' WHERE "key" = 'dagar'""")
    told = [fault.what.text for fault in check(database)]
    assert "{kind}/{key} stands in the period {period}, which the plan {plan} does not have" in told
    assert any("stands in the part" in text for text in told)
