"""Who changed what, when, from what to what and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.reporting import Assessment, Completion, Outcome, TargetValue
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Indicator, Plan
from kvaltui.store.conflicts import conflicts, resolve
from kvaltui.store.database import Database
from kvaltui.store.errors import JournalError
from kvaltui.store.history import current, history
from kvaltui.store.journal import record
from kvaltui.store.origin import How, Origin
from kvaltui.store.plans import load_plan
from tests.store.plan import COORDINATOR, MANAGER, PLAN, THINGS, TRUST, YEAR, change, outcome

INDICATOR = Reference(Kind.INDICATOR, "trygghet")


def test_a_change_tells_everything(database: Database) -> None:
    content = load_plan(database, PLAN)
    changed = replace(outcome(database), value="91 %")
    origin = Origin(How.FILE, "enkät.csv")
    action = record(database, PLAN, [changed], by=MANAGER, seen=content.position, reason="Rättad enkät", origin=origin)
    (latest,) = history(database, PLAN, limit=1)
    assert latest.reference == TRUST
    assert (latest.before["value"], latest.after["value"], latest.changed) == ("86 %", "91 %", ("value",))
    assert (latest.author, latest.device, latest.at) == (MANAGER, database.device, action.at)
    assert (latest.reason, latest.origin.text, latest.action) == ("Rättad enkät", "file enkät.csv", action.id)
    assert (latest.received_at, latest.received_from, latest.is_undone) == ("", "", False)


def test_a_new_thing_has_nothing_before_it_and_tells_what_is_not_blank(database: Database) -> None:
    made = history(database, PLAN, TRUST)[-1]
    assert made.before == {}
    assert made.changed == ("indicator", "period", "value", "as_of", "source")


def test_latest_first_and_page_by_page(database: Database) -> None:
    for number in range(5):
        change(database, value=f"{number} %")
    whole = history(database, PLAN)
    assert [revision.sequence for revision in whole] == sorted((revision.sequence for revision in whole), reverse=True)
    assert len(whole) == len(THINGS) + 5
    pages = [history(database, PLAN, limit=7, offset=offset) for offset in range(0, len(whole), 7)]
    assert [revision.id for page in pages for revision in page] == [revision.id for revision in whole]


def test_an_indicator_comes_with_its_figures_and_assessments(database: Database) -> None:
    assessed = Assessment(
        subject_kind=Kind.INDICATOR, subject="trygghet", period=YEAR, status=Status.ACHIEVED, motivation="Så"
    )
    other = Indicator(key="trygghet-2", name="En annan", area="omsorg")
    its_figure = Outcome(indicator="trygghet-2", period=YEAR, value="1 %")
    record(database, PLAN, [assessed, other, its_figure], by=COORDINATOR, seen=database.position())
    found = {str(revision.reference) for revision in history(database, PLAN, INDICATOR)}
    assert found == {
        "indicator/trygghet",
        "target/trygghet/2022/",
        "outcome/trygghet/2022/",
        "comparison/trygghet/2022/Riket",
        "assessment/indicator/trygghet/2022",
    }
    assert {str(each.reference) for each in history(database, PLAN, TRUST)} == {str(TRUST)}
    assert {str(each.reference) for each in history(database, PLAN, Reference(Kind.AREA, "stangd"))} == {
        "area/stangd",
        "completion/stangd/2021",
    }


def test_two_current_revisions_until_somebody_has_seen_both(database: Database) -> None:
    on_screen = load_plan(database, PLAN).position
    change(database, value="90 %", by=MANAGER)
    change(database, value="91 %", seen=on_screen)
    assert [revision.author for revision in current(database, PLAN, TRUST)] == [MANAGER, COORDINATOR]
    assert [revision.before["value"] for revision in current(database, PLAN, TRUST)] == ["86 %", "86 %"]
    change(database, value="92 %")
    (only,) = current(database, PLAN, TRUST)
    assert (only.before["value"], only.after["value"]) == ("91 %", "92 %")


def test_a_conflict_shows_both_values_with_who_and_when(database: Database) -> None:
    assert conflicts(database, PLAN) == ()
    on_screen = load_plan(database, PLAN).position
    first = change(database, value="90 %", note="Chefen", by=MANAGER)
    second = change(database, value="91 %", seen=on_screen)
    (conflict,) = conflicts(database, PLAN)
    assert (conflict.reference, conflict.field) == (TRUST, "value")
    assert [(side.value, side.author, side.at, side.revision) for side in conflict.sides] == [
        ("90 %", MANAGER, first.at, first.revisions[0]),
        ("91 %", COORDINATOR, second.at, second.revisions[0]),
    ]
    assert conflicts(database, PLAN, TRUST) == (conflict,)
    assert conflicts(database, PLAN, INDICATOR) == ()


def test_deciding_field_by_field(database: Database) -> None:
    on_screen = load_plan(database, PLAN).position
    change(database, value="90 %", note="Chefen", by=MANAGER)
    change(database, value="91 %", note="Samordnaren", seen=on_screen)
    assert [conflict.field for conflict in conflicts(database, PLAN)] == ["value", "note"]
    resolve(database, PLAN, TRUST, {"value": "90 %"}, by=MANAGER, seen=database.position(), reason="Enligt protokollet")
    assert outcome(database).contested == ("note",)
    resolve(database, PLAN, TRUST, {"note": "Båda"}, by=MANAGER, seen=database.position())
    stored = outcome(database)
    assert (stored.value, stored.note, stored.contested) == ("90 %", "Båda", ())
    assert history(database, PLAN, TRUST)[1].reason == "Enligt protokollet"


def test_a_side_that_came_later_is_not_decided(database: Database) -> None:
    on_screen = load_plan(database, PLAN).position
    change(database, value="90 %", by=MANAGER)
    change(database, value="91 %", seen=on_screen)
    shown = database.position()
    change(database, value="93 %", by=MANAGER, seen=on_screen)
    resolve(database, PLAN, TRUST, {"value": "90 %"}, by=COORDINATOR, seen=shown)
    (conflict,) = conflicts(database, PLAN)
    assert {side.value for side in conflict.sides} == {"90 %", "93 %"}


def test_a_conflict_in_the_plan_itself(database: Database) -> None:
    on_screen = load_plan(database, PLAN)
    for by, title in ((COORDINATOR, "Ett"), (MANAGER, "Två")):
        record(database, PLAN, [replace(on_screen.plan, title=title)], by=by, seen=on_screen.position)
    (conflict,) = conflicts(database, PLAN)
    assert (conflict.reference, conflict.field) == (Reference(Kind.PLAN, PLAN), "title")
    resolve(database, PLAN, conflict.reference, {"title": "Ett"}, by=COORDINATOR, seen=database.position())
    assert load_plan(database, PLAN).get(Plan, PLAN).title == "Ett"  # type: ignore[union-attr]


def test_a_decision_obeys_the_rules(database: Database) -> None:
    with pytest.raises(RuleError):
        resolve(database, PLAN, INDICATOR, {"name": ""}, by=COORDINATOR, seen=database.position())
    with pytest.raises(JournalError):
        resolve(database, PLAN, Reference(Kind.RISK, "ingen"), {"title": "x"}, by=COORDINATOR, seen=database.position())


@pytest.mark.parametrize("other", ["trygghet2", "trygghet0", "trygghet-2", "trygghet.2", "trygghe", "trygghetz", "a"])
def test_the_history_of_a_thing_holds_nothing_of_one_with_a_name_like_it(database: Database, other: str) -> None:
    """Keys of what belongs to a thing begin with its own: so do those of things that are named alike."""
    things: list[AnyEntity] = [
        Indicator(key=other, name="En annan", area="omsorg"),
        Outcome(indicator=other, period=YEAR, value="1 %"),
        TargetValue(indicator=other, period=YEAR, value="2 %"),
        Assessment(subject_kind=Kind.INDICATOR, subject=other, period=YEAR, status=Status.ACHIEVED, motivation="Så"),
        Area(key=other, name="Ett annat", parent="omsorg"),
        Completion(area=other, period=YEAR),
    ]
    record(database, PLAN, things, by=COORDINATOR, seen=database.position())
    for kind in (Kind.INDICATOR, Kind.AREA):
        about = Reference(kind, other)
        its_own = [each for each in things if (kind is Kind.AREA) == isinstance(each, Area | Completion)]
        found = {each.reference for each in history(database, PLAN, about)}
        assert found == {Reference(each.kind, each.key) for each in its_own}
    assert {each.reference.key.split("/")[0] for each in history(database, PLAN, INDICATOR)} == {"trygghet"}
