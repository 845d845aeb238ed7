"""A plan with room for many figures, and the program's own way of entering one."""

from __future__ import annotations

from pathlib import Path

from kvaltui.model.entities import AnyEntity
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Area, Indicator, Plan
from kvaltui.store.author import Author
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.database import Database
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan

PLAN = "plan"
YEAR = Period.parse("2022")
COORDINATOR = Author("samordnare", "Samordnaren")
INDICATORS = 40


def open_copy(path: Path) -> Database:
    """The database at a path, without backups by themselves."""
    return open_database(path, backups=BackupRule(path.parent / "backups", kept_daily=0))


def make(path: Path, indicators: int = INDICATORS) -> None:
    """A database with a plan of so many indicators, which count things."""
    rule = BackupRule(path.parent / "backups", kept_daily=0)
    things: list[AnyEntity] = [Plan(key=PLAN, title="Plan", periods=(YEAR,)), Area(key="omrade", name="Område")]
    things.extend(
        Indicator(key=f"i{n}", name=f"Antal {n}", area="omrade", unit="antal", order=n) for n in range(indicators)
    )
    with open_database(path, create=True, backups=rule) as database:
        record(database, PLAN, things, by=COORDINATOR, seen=0)


def enter(database: Database, indicator: str, value: str, by: Author = COORDINATOR) -> None:
    """Read the plan as it is, then enter an outcome in it: what a person does."""
    position = load_plan(database, PLAN).position
    record(database, PLAN, [Outcome(indicator=indicator, period=YEAR, value=value)], by=by, seen=position)


def value_of(database: Database, indicator: str) -> str:
    """The outcome as it stands, "" where there is none."""
    found = load_plan(database, PLAN).outcome(indicator, YEAR)
    return found.value if found else ""
