"""A thing with many earlier changes: no slower than one with few, and what is not read again is not missed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.model.entity import Kind
from kvaltui.model.message import KvaltuiError
from kvaltui.model.value import replace
from kvaltui.store import entry as journal_entry
from kvaltui.store.author import Author
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.history import history
from kvaltui.store.journal import record
from kvaltui.store.plans import load_plan
from kvaltui.store.undo import redo, undo
from tests.properties import examples
from tests.store.plan import COORDINATOR, PLAN, TRUST, change, new_copy, outcome


def read_by(database: Database, act: Callable[[], object]) -> int:
    """How many revisions are read whole while something is done."""
    stored, numbers = journal_entry.stored, count(1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(journal_entry, "stored", lambda row: (next(numbers), stored(row))[1])
        act()
    return next(numbers) - 1


@pytest.mark.parametrize("earlier", [2, 30, pytest.param(300, marks=pytest.mark.thorough)])
def test_the_number_of_earlier_changes_makes_no_difference(database: Database, earlier: int) -> None:
    for number in range(earlier):
        change(database, value=f"{number % 100} %")
    acts = (
        lambda: change(database, value="17 %"),
        lambda: undo(database, PLAN, by=COORDINATOR),
        lambda: redo(database, PLAN, by=COORDINATOR),
    )
    assert [read_by(database, act) for act in acts] == [1, 4, 3]
    assert outcome(database).value == "17 %"
    assert check(database) == ()


Step = tuple[str, str, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(("value", "note", "undo", "redo", "take back", "undo all")),
        st.sampled_from(("samordnare", "chef")),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=10,
)


def take(database: Database, step: Step, number: int) -> None:
    """One step of one of two people, who may not have seen the latest changes."""
    what, account, back = step
    by = Author(account, account)
    try:
        if what in ("value", "note"):
            known, text = outcome(database), f"{number} %"
            changed = replace(known, value=text) if what == "value" else replace(known, note=text)
            record(database, PLAN, [changed], by=by, seen=max(0, database.position() - back))
        elif what == "undo":
            undo(database, PLAN, by=by)
        elif what == "redo":
            redo(database, PLAN, by=by)
        else:
            revisions = history(database, PLAN, TRUST, limit=9)
            chosen = revisions[back % len(revisions)]
            undo(database, PLAN, chosen.action if what == "undo all" else chosen.id, by=by, confirm=True)
    except KvaltuiError:
        pass


def as_it_stands(database: Database) -> dict[object, object]:
    content = load_plan(database, PLAN)
    told = {each: replace(each, changed_at="") for each in content if each.kind is Kind.OUTCOME}
    revisions = [(each.before, each.after, each.changed, each.is_undone) for each in history(database, PLAN, TRUST)]
    return {"things": list(told.values()), "history": revisions}


@pytest.mark.thorough
@examples(20)
@given(steps)
def test_what_is_left_out_makes_no_difference(taken: list[Step]) -> None:
    """The same is done to two databases: in one, every revision of a thing is read each time."""
    with (
        TemporaryDirectory() as folder,
        new_copy(Path(folder) / "kort.db", with_plan=True) as short,
        new_copy(Path(folder) / "lang.db", with_plan=True) as long,
    ):
        for number, step in enumerate(taken):
            take(short, step, number)
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(journal_entry, "_end_of_line", lambda _rows, _until: None)
                take(long, step, number)
            assert as_it_stands(short) == as_it_stands(long)
        assert check(short) == ()
