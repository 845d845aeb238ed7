"""The tree of areas, goals and indicators that verdicts are rolled up along."""

import random

from kvaltui.model.content import PlanContent
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.reporting import Completion
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.tree import MOST_LEVELS, ROOT, Tree


def area(key: str) -> Reference:
    return Reference(Kind.AREA, key)


def goal(key: str) -> Reference:
    return Reference(Kind.GOAL, key)


def indicator(key: str) -> Reference:
    return Reference(Kind.INDICATOR, key)


def test_children_stand_under_their_parents_in_the_plan_order() -> None:
    tree = Tree.of(
        [Area(key="b", name="B", order=2), Area(key="a", name="A", order=1), Area(key="a1", name="A1", parent="a")],
        [Goal(key="g", name="G", area="a1"), Goal(key="g1", name="G1", parent="g", area="a1")],
        [Indicator(key="i", name="I", area="a1", goal="g1"), Indicator(key="j", name="J", area="b")],
    )
    assert tree.children[ROOT] == (area("a"), area("b"))
    assert list(tree.below(area("a"))) == [area("a1"), goal("g"), goal("g1"), indicator("i")]
    assert tree.affected_by(indicator("i")) == (goal("g1"), goal("g"), area("a1"), area("a"), ROOT)
    assert tree.area_of(indicator("i")) == "a1"
    assert list(tree.area_path("a1")) == ["a1", "a"]


def test_an_indicator_whose_goal_lies_elsewhere_counts_in_both_places_but_once_in_the_whole() -> None:
    tree = Tree.of(
        [Area(key="a", name="A")],
        [Goal(key="whole", name="Whole")],
        [Indicator(key="i", name="I", area="a", goal="whole")],
    )
    assert list(tree.indicators_below(area("a"))) == ["i"]
    assert list(tree.indicators_below(goal("whole"))) == ["i"]
    assert list(tree.indicators_below(ROOT)) == ["i"]
    assert set(tree.affected_by(indicator("i"))) == {area("a"), goal("whole"), ROOT}


def test_what_stands_under_something_retired_unknown_or_circular_stays_visible_under_the_plan() -> None:
    tree = Tree.of(
        [
            Area(key="gone", name="Gone", retired=True),
            Area(key="c1", name="C1", parent="c2"),
            Area(key="c2", name="C2", parent="c1"),
        ],
        [Goal(key="g", name="G", parent="missing")],
        [Indicator(key="i", name="I", area="gone")],
    )
    assert {indicator("i"), goal("g")} <= set(tree.children[ROOT])
    assert {area("c1"), area("c2")} <= set(tree.below(ROOT))


def test_core_volumes_stand_outside_the_tree() -> None:
    tree = Tree.of([], [], [Indicator(key="volume", name="V", is_core_volume=True)])
    assert list(tree.below(ROOT)) == []


def test_every_affected_node_comes_after_what_it_follows_from() -> None:
    chance = random.Random(5)
    areas = [Area(key=f"a{n}", name="A", parent=f"a{chance.randrange(n)}" if n else "") for n in range(20)]
    goals = [Goal(key=f"g{n}", name="G", area=f"a{chance.randrange(20)}") for n in range(10)]
    tree = Tree.of(areas, goals, [Indicator(key="i", name="I", area="a19", goal="g4")])
    affected = tree.affected_by(indicator("i"))
    for position, node in enumerate(affected):
        assert not set(tree.ancestors(node)) & set(affected[:position])
    assert affected[-1] == ROOT


def test_a_completed_area_locks_the_areas_below_it_too() -> None:
    period = Period(2022)
    content = PlanContent.of(
        [
            Plan(key="p", title="P"),
            Area(key="a", name="A"),
            Area(key="a1", name="A1", parent="a"),
            Area(key="b", name="B"),
            Completion(area="a", period=period),
            Completion(area="b", period=period, complete=False, motivation="Rättat underlag"),
        ]
    )
    assert content.is_complete("a1", period)
    assert not content.is_complete("a1", Period(2023))
    assert not content.is_complete("b", period)


def test_a_change_shares_what_it_does_not_touch() -> None:
    content = PlanContent.of([Plan(key="p", title="P"), Area(key="a", name="A")])
    changed = content.with_entities([Completion(area="a", period=Period(2022))], position=7)
    assert changed.tree is content.tree
    assert changed.entities[Kind.AREA] is content.entities[Kind.AREA]
    assert (content.position, changed.position) == (0, 7)
    assert not content.is_complete("a", Period(2022))
    assert changed.with_entities([Area(key="b", name="B")]).tree.children[ROOT] == (area("a"), area("b"))


def test_a_circle_is_broken_at_the_same_place_in_every_order() -> None:
    areas = [Area(key=key, name=key, parent=parent) for key, parent in zip("cabxy", "abcay", strict=True)]
    chance = random.Random(1)
    for _ in range(20):
        chance.shuffle(areas)
        tree = Tree.of(areas, [], [])
        assert tree.parents == {
            area("a"): ROOT,
            area("c"): area("a"),
            area("b"): area("c"),
            area("x"): area("a"),
            area("y"): ROOT,
        }
        assert set(tree.below(ROOT)) == set(tree.parents)


def test_a_line_of_a_thousand_areas_is_shown_whole() -> None:
    areas = [Area(key=f"{n:04}", name="A", parent=f"{n - 1:04}" if n else "") for n in range(1_000)]
    tree = Tree.of(reversed(areas), [], [])
    assert len(list(tree.below(ROOT))) == 1_000
    assert {sum(1 for _ in tree.ancestors(area(each.key))) for each in areas} == set(range(1, MOST_LEVELS + 1))
