"""Names in lists stand as in a Swedish register, wherever they do not stand in the plan's own order."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import kvaltui
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure
from kvaltui.model.structure import Area, Indicator, Plan
from kvaltui.store import criteria, journal
from kvaltui.store.author import Author
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.opening import open_database
from kvaltui.tui.screens.filtering import rows_of
from kvaltui.work.selection import Order, Selection, responsible_people, sort_key
from kvaltui.work.session import PlanSession

PACKAGE = Path(kvaltui.__file__).parent
IN_ORDER = ["enhet 2", "Enhet 10", "Zenit", "Åtgärd", "Ärende", "Ärendetid", "ö"]
MIXED = [IN_ORDER[at] for at in (5, 1, 6, 2, 0, 4, 3)]
TEXTS = frozenset({"name", "shown_name", "display_name", "title", "label", "responsible", "casefold", "lower"})

NO_NAMES = {
    "any_folder.py": "by the names of files that are half made",
    "backup_folder.py": "by the day in the name of a file",
    "meeting_folder.py": "by the names of files",
    "proving.py": "by whether it is proved",
    "controls.py": "by whether a word begins with what is typed",
    "starter.py": "by key",
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[PlanSession]:
    """A plan whose areas, indicators, people and authors have the names, in another order."""
    rule = BackupRule(tmp_path / "backups", kept_daily=0)
    with open_database(tmp_path / "kvaltui.db", create=True, backups=rule) as database:
        plan = Plan(key="plan", title="Plan", periods=(Period(2024),))
        journal.record(database, "plan", [plan], by=Author("a", MIXED[0]), seen=0)
        for at, name in enumerate(MIXED):
            made = (
                Area(key=f"a{at}", name=name, order=at),
                Indicator(key=f"i{at}", name="Alltid samma", display_name=name, order=at),
                Measure(key=f"m{at}", title="M", responsible=name, indicators=(f"i{at}",), order=at),
            )
            journal.record(database, "plan", made, by=Author("a", name), seen=10**9)
        yield PlanSession(database, "plan", by=Author("a", "A"), today=lambda: date(2024, 6, 1))


def test_by_name(session: PlanSession) -> None:
    key = sort_key(session, Order.NAME)
    assert key is not None
    assert [session.indicator(each).shown_name for each in sorted(session.result.indicators, key=key)] == IN_ORDER


def test_people(session: PlanSession) -> None:
    assert responsible_people(session) == IN_ORDER
    assert list(criteria.people(session.database, "plan")) == IN_ORDER


def test_what_can_be_filtered_by(session: PlanSession) -> None:
    labels = [row.label for row in rows_of(session, Selection())]
    assert labels[-len(IN_ORDER) :] == IN_ORDER
    areas = labels.index("Område") + 1
    assert labels[areas : areas + len(MIXED)] == MIXED, "areas stand as in the plan"


@pytest.mark.thorough
def test_nothing_in_the_program_is_sorted_by_the_code_points_of_a_name() -> None:
    wrong = []
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_sorting(node):
                used = {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}
                names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
                if used & TEXTS and "swedish_order" not in names:
                    wrong.append(file.name)
    assert set(wrong) <= set(NO_NAMES)


def _is_sorting(call: ast.Call) -> bool:
    function = call.func
    return (isinstance(function, ast.Name) and function.id == "sorted") or (
        isinstance(function, ast.Attribute) and function.attr == "sort"
    )
