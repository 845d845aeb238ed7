"""Taking back and bringing back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Reference
from kvaltui.model.limits import RuleError
from kvaltui.model.reporting import Completion, Outcome, TargetValue
from kvaltui.model.structure import Area, Indicator
from kvaltui.store.bundle import add_revisions, digest, revisions
from kvaltui.store.check import check
from kvaltui.store.conflicts import conflicts, resolve
from kvaltui.store.database import Database
from kvaltui.store.errors import NothingToUndo
from kvaltui.store.history import history
from kvaltui.store.journal import note, record
from kvaltui.store.origin import How, Origin
from kvaltui.store.plans import load_plan
from kvaltui.store.undo import LaterChanges, redo, undo
from tests.store.plan import COORDINATOR, MANAGER, PLAN, TRUST, YEAR, as_device, change, new_copy, outcome


def values(database: Database) -> list[str]:
    """The value of each revision of the outcome, latest first."""
    return [revision.after["value"] for revision in history(database, PLAN, TRUST)]


def origins(database: Database) -> Iterable[str]:
    return (revision.origin.how for revision in history(database, PLAN, TRUST))


def test_undo_and_redo_walk_through_the_changes(database: Database) -> None:
    for value in ("1 %", "2 %", "3 %"):
        change(database, value=value)
    for expected in ("2 %", "1 %", "86 %"):
        undo(database, PLAN, by=COORDINATOR)
        assert outcome(database).value == expected
    with pytest.raises(NothingToUndo):
        undo(database, PLAN, by=COORDINATOR)
    for expected in ("1 %", "2 %", "3 %"):
        redo(database, PLAN, by=COORDINATOR)
        assert outcome(database).value == expected
    with pytest.raises(NothingToUndo):
        redo(database, PLAN, by=COORDINATOR)
    undo(database, PLAN, by=COORDINATOR)
    assert outcome(database).value == "2 %"
    assert list(origins(database)) == [*["undo"], *["redo"] * 3, *["undo"] * 3, *[""] * 4]
    assert check(database) == ()


def test_a_new_change_ends_what_can_be_brought_back(database: Database) -> None:
    change(database, value="1 %")
    undo(database, PLAN, by=COORDINATOR)
    change(database, note="x")
    with pytest.raises(NothingToUndo):
        redo(database, PLAN, by=COORDINATOR)
    undo(database, PLAN, by=COORDINATOR)
    assert outcome(database).note == ""


def test_every_device_takes_back_its_own(database: Database) -> None:
    """Two accounts that share one database are two devices, whatever their names are."""
    with as_device(new_copy(Path(database.place)), "other") as other:
        change(database, value="1 %", by=COORDINATOR)
        change(other, note="Chefen var här", by=COORDINATOR)
        undo(database, PLAN, by=COORDINATOR)
        assert (outcome(database).value, outcome(database).note) == ("86 %", "Chefen var här")
        with pytest.raises(NothingToUndo):
            undo(database, PLAN, by=COORDINATOR)
        undo(other, PLAN, by=COORDINATOR)
        assert outcome(database).note == ""
        with pytest.raises(NothingToUndo):
            undo(other, PLAN, by=COORDINATOR)
        redo(database, PLAN, by=COORDINATOR)
        assert (outcome(database).value, outcome(database).note) == ("1 %", "")
        redo(other, PLAN, by=COORDINATOR)
        assert outcome(database).note == "Chefen var här"


def test_nobody_takes_back_what_came_from_another_copy(database: Database, tmp_path: Path) -> None:
    """Not though the account has the same name, and not though it says that this device wrote it."""
    with as_device(new_copy(tmp_path / "other.db"), database.device) as other:
        add_revisions(other, revisions(database, PLAN), received_from="first.kvb")
        change(database, value="1 %")
        change(other, note="Chefen var här")
        add_revisions(database, revisions(other, PLAN), received_from="other.kvb")
    undo(database, PLAN, by=COORDINATOR)
    assert (outcome(database).value, outcome(database).note) == ("86 %", "Chefen var här")
    with pytest.raises(NothingToUndo):
        undo(database, PLAN, by=COORDINATOR)


def test_a_new_figure_becomes_blank_and_a_new_thing_retires(database: Database) -> None:
    new: list[AnyEntity] = [
        Indicator(key="ny", name="Ny", area="omsorg"),
        Outcome(indicator="ny", period=YEAR, value="5 %", note="kvar"),
        TargetValue(indicator="ny", period=YEAR, value="9 %"),
    ]
    action = record(database, PLAN, new, by=COORDINATOR, seen=database.position())
    taken = undo(database, PLAN, by=COORDINATOR)
    assert len(taken.revisions) == len(new)
    content = load_plan(database, PLAN)
    assert content.all(Indicator)["ny"].retired
    assert content.all(Outcome)["ny/2022/"].value == ""
    assert content.all(TargetValue)["ny/2022/"].value == ""
    assert {revision.is_undone for revision in history(database, PLAN) if revision.action == action.id} == {True}
    redo(database, PLAN, by=COORDINATOR)
    content = load_plan(database, PLAN)
    assert [content.find(Reference(thing.kind, thing.key)) for thing in new] == new
    assert check(database) == ()


def test_the_making_of_a_plan_is_taken_back_only_by_name(database: Database) -> None:
    with pytest.raises(NothingToUndo):
        undo(database, PLAN, by=COORDINATOR)
    made = history(database, PLAN)[0].action
    undo(database, PLAN, made, by=COORDINATOR)
    assert load_plan(database, PLAN).plan.retired
    redo(database, PLAN, by=COORDINATOR)
    assert not load_plan(database, PLAN).plan.retired
    assert check(database) == ()


def test_an_old_change_says_what_builds_on_it(database: Database) -> None:
    first = change(database, value="1 %", note="första")
    second = change(database, value="2 %", by=MANAGER)
    change(database, source="Ny källa")
    with pytest.raises(LaterChanges) as refused:
        undo(database, PLAN, first.revisions[0], by=COORDINATOR)
    assert [revision.id for revision in refused.value.depends] == list(second.revisions)
    assert outcome(database).value == "2 %"
    undo(database, PLAN, first.revisions[0], by=COORDINATOR, confirm=True)
    stored = outcome(database)
    assert (stored.value, stored.note, stored.source) == ("86 %", "", "Ny källa")


def test_later_changes_of_other_fields_do_not_hinder(database: Database) -> None:
    first = change(database, value="1 %")
    change(database, note="senare")
    undo(database, PLAN, first.id, by=MANAGER, reason="Fel enkät")
    assert (outcome(database).value, outcome(database).note) == ("86 %", "senare")
    latest = history(database, PLAN, TRUST, limit=1)[0]
    assert (latest.origin.text, latest.reason) == (f"undo {first.id}", "Fel enkät")


def test_a_revision_can_be_named_by_its_number(database: Database) -> None:
    action = change(database, value="1 %")
    undo(database, PLAN, str(action.position), by=COORDINATOR)
    assert outcome(database).value == "86 %"
    with pytest.raises(NothingToUndo, match="already"):
        undo(database, PLAN, action.id, by=COORDINATOR)
    with pytest.raises(NothingToUndo, match="already"):
        undo(database, PLAN, action.revisions[0], by=COORDINATOR)


@pytest.mark.parametrize("what", ["999999", "ingenting", "'; DROP TABLE revision"])
def test_what_is_not_there_cannot_be_taken_back(database: Database, what: str) -> None:
    with pytest.raises(NothingToUndo):
        undo(database, PLAN, what, by=COORDINATOR)


def test_one_of_several_changes_of_an_action(database: Database) -> None:
    content = load_plan(database, PLAN)
    changed = [replace(content.all(Area)[key], note="x") for key in ("omsorg", "hemtjanst")]
    action = record(database, PLAN, changed, by=COORDINATOR, seen=content.position)
    undo(database, PLAN, action.revisions[0], by=COORDINATOR)
    areas = load_plan(database, PLAN).all(Area)
    assert (areas["omsorg"].note, areas["hemtjanst"].note) == ("", "x")
    undo(database, PLAN, action.id, by=COORDINATOR)
    areas = load_plan(database, PLAN).all(Area)
    assert (areas["omsorg"].note, areas["hemtjanst"].note) == ("", "")
    assert check(database) == ()


def test_undoing_an_undo_brings_back_and_undoing_that_takes_back_again(database: Database) -> None:
    change(database, value="1 %")
    undone = undo(database, PLAN, by=COORDINATOR)
    redone = undo(database, PLAN, undone.id, by=COORDINATOR)
    assert outcome(database).value == "1 %"
    with pytest.raises(NothingToUndo, match="already"):
        undo(database, PLAN, undone.id, by=COORDINATOR)
    undo(database, PLAN, redone.id, by=COORDINATOR)
    assert outcome(database).value == "86 %"
    with pytest.raises(NothingToUndo):
        redo(database, PLAN, redone.id, by=COORDINATOR)


def test_taking_back_one_side_of_a_conflict_leaves_the_other(database: Database) -> None:
    on_screen = load_plan(database, PLAN).position
    change(database, value="90 %", by=MANAGER)
    change(database, value="91 %", by=COORDINATOR, seen=on_screen)
    undo(database, PLAN, by=COORDINATOR)
    assert (outcome(database).value, outcome(database).contested) == ("90 %", ())
    assert check(database) == ()


def test_taking_back_a_decision_opens_the_conflict_again(database: Database) -> None:
    on_screen = load_plan(database, PLAN).position
    change(database, value="90 %", by=MANAGER)
    change(database, value="91 %", by=COORDINATOR, seen=on_screen)
    resolve(database, PLAN, TRUST, {"value": "90 %"}, by=COORDINATOR, seen=database.position())
    assert outcome(database).contested == ()
    undo(database, PLAN, by=COORDINATOR)
    assert outcome(database).contested == ("value",)
    (conflict,) = conflicts(database, PLAN)
    assert {side.value for side in conflict.sides} == {"90 %", "91 %"}
    redo(database, PLAN, by=COORDINATOR)
    assert (outcome(database).value, outcome(database).contested) == ("90 %", ())
    assert check(database) == ()


def test_what_has_only_been_noted_cannot_be_taken_back(database: Database) -> None:
    """Such as that the database has been restored."""
    change(database, value="1 %")
    note(database, by=COORDINATOR, origin=Origin(How.RESTORE, "kopia.db"))
    noted = history(database, PLAN, limit=1)[0]
    assert (noted.origin.text, noted.changed) == ("restore kopia.db", ())
    with pytest.raises(NothingToUndo):
        undo(database, PLAN, noted.id, by=COORDINATOR)
    undo(database, PLAN, by=COORDINATOR)
    assert outcome(database).value == "86 %"


def test_the_rules_hold_for_undo_as_well(database: Database) -> None:
    action = record(database, PLAN, [Area(key="ny", name="Ny")], by=COORDINATOR, seen=database.position())
    record(database, PLAN, [Indicator(key="i", name="I", area="ny")], by=MANAGER, seen=database.position())
    before = digest(revisions(database, PLAN))
    with pytest.raises(RuleError):
        undo(database, PLAN, action.id, by=COORDINATOR)
    assert digest(revisions(database, PLAN)) == before


@pytest.mark.parametrize("was_open_before", [False, True])
def test_a_completion_that_is_taken_back_locks_nothing(database: Database, was_open_before: bool) -> None:
    if was_open_before:
        for is_complete in (True, False):
            completion = Completion(area="hemtjanst", period=YEAR, complete=is_complete, motivation="Rättelse")
            record(database, PLAN, [completion], by=COORDINATOR, seen=database.position())
    done = Completion(area="hemtjanst", period=YEAR)
    record(database, PLAN, [done], by=COORDINATOR, seen=database.position())
    with pytest.raises(RuleError):
        change(database, value="1 %")
    undo(database, PLAN, by=COORDINATOR)
    change(database, value="1 %")
    assert outcome(database).value == "1 %"
    assert not load_plan(database, PLAN).is_complete("hemtjanst", YEAR)
    undo(database, PLAN, by=COORDINATOR)
    redo(database, PLAN, by=COORDINATOR)
    assert outcome(database).value == "1 %"
    assert check(database) == ()


def test_a_completion_that_is_brought_back_locks_again(database: Database) -> None:
    record(database, PLAN, [Completion(area="hemtjanst", period=YEAR)], by=COORDINATOR, seen=database.position())
    undo(database, PLAN, by=COORDINATOR)
    redo(database, PLAN, by=COORDINATOR)
    with pytest.raises(RuleError):
        change(database, value="1 %")
    assert load_plan(database, PLAN).is_complete("hemtjanst", YEAR)


def test_what_cannot_be_taken_back_or_brought_back_is_said_and_changes_nothing(database: Database) -> None:
    change(database, value="1 %")
    kept = str(database.position())
    change(database, value="2 %")
    undone = str(database.position())
    undo(database, PLAN, by=COORDINATOR)
    before = database.fetch_sql("SELECT * FROM revision")
    for what, wrong, words in (
        (undo, "hittepå", "There is no change “hittepå” in the plan"),
        (undo, undone, "The change has been taken back already"),
        (redo, "hittepå", "There is no change “hittepå” in the plan"),
        (redo, kept, f"“{kept}” is not something that was taken back"),
    ):
        with pytest.raises(NothingToUndo) as refused:
            what(database, PLAN, wrong, by=COORDINATOR)
        assert str(refused.value) == words
    assert database.fetch_sql("SELECT * FROM revision") == before
    redo(database, PLAN, by=COORDINATOR)
    assert outcome(database).value == "2 %"
