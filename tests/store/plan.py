"""A small plan with every kind of thing, and short ways to change it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from kvaltui.model.economy import EconomyRow, EconomyTable
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Assignment, Measure, Result, ResultStatus, Risk, SelfCheck
from kvaltui.model.reporting import Assessment, Comparison, Completion, Outcome, TargetValue
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator, Plan, QualityFactor
from kvaltui.store.author import Author
from kvaltui.store.backup_folder import BackupRule
from kvaltui.store.database import Database
from kvaltui.store.device import Device
from kvaltui.store.entry import Entry
from kvaltui.store.journal import Action, record
from kvaltui.store.opening import open_database
from kvaltui.store.origin import TYPED
from kvaltui.store.plans import load_plan
from kvaltui.store.state import Codec
from kvaltui.store.uuid7 import uuid7

COORDINATOR = Author("coordinator", "Samordnaren")
MANAGER = Author("manager", "Chefen")
PLAN = "omsorg-2022"
YEAR = Period.parse("2022")
TRUST = Reference(Kind.OUTCOME, "trygghet/2022/")

THINGS: tuple[AnyEntity, ...] = (
    Plan(key=PLAN, title="Kvalitetsplan 2022", organisation="Ekö kommun", periods=(Period.parse("2021"), YEAR)),
    QualityFactor(key="trygghet", name="Trygghet"),
    Area(key="omsorg", name="Omsorg", area_kind="verksamhet", order=1),
    Area(key="hemtjanst", name="Hemtjänst", parent="omsorg", order=2),
    Area(key="stangd", name="Stängd verksamhet", order=3),
    Goal(key="trygga", name="Alla ska känna sig trygga", area="omsorg", aliases=("Trygghet för alla",)),
    Indicator(
        key="trygghet", name="Andel trygga", area="hemtjanst", goal="trygga", quality_factors=("trygghet",), order=1
    ),
    Indicator(key="dagar", name="Väntetid", area="omsorg", unit="dagar", breakdown=("BOU", "VUX"), order=2),
    TargetValue(indicator="trygghet", period=YEAR, value="100 %"),
    TargetValue(indicator="dagar", period=YEAR, part="BOU", value="högst 120"),
    Outcome(indicator="trygghet", period=YEAR, value="86 %", as_of=date(2022, 11, 30), source="Enkät"),
    Comparison(indicator="trygghet", period=YEAR, name="Riket", value="88 %"),
    Assessment(
        subject_kind=Kind.GOAL, subject="trygga", period=YEAR, status=Status.ACHIEVED, motivation="Enligt enkäten"
    ),
    Completion(area="stangd", period=Period.parse("2021")),
    Risk(key="brist", title="Personalbrist", area="omsorg", likelihood=3, consequence=3, level=9),
    SelfCheck(key="logg", name="Loggkontroll", area="omsorg", risks=("brist",)),
    Result(self_check="logg", period=YEAR, status=ResultStatus.APPROVED),
    Measure(key="rekrytera", title="Rekrytera", due=date(2022, 12, 1), risks=("brist",), indicators=("trygghet",)),
    Assignment(key="plan", name="Ta fram en plan"),
    EconomyTable(key="prognos", title="Prognos"),
    EconomyRow(table="prognos", slug="ifo", name="IFO", budget="408 300", forecast="410 300", variance="-2 000"),
)


def fill(database: Database) -> Action:
    """Record the small plan in an empty database."""
    return record(database, PLAN, THINGS, by=COORDINATOR, seen=0)


def new_copy(path: Path, *, with_plan: bool = False) -> Database:
    """Another database; no backups by themselves."""
    database = open_database(path, create=True, backups=BackupRule(path.parent / "backups", kept_daily=0))
    if with_plan:
        fill(database)
    return database


def outcome(database: Database, key: str = TRUST.key) -> Outcome:
    """An outcome as it stands."""
    found = load_plan(database, PLAN).get(Outcome, key)
    assert found is not None
    return found


def change(database: Database, *, by: Author = COORDINATOR, seen: int | None = None, **fields: Any) -> Action:
    """Change fields of the outcome of the first indicator, as somebody who has `seen` the plan up to there."""
    content = load_plan(database, PLAN)
    changed = replace(outcome(database), **fields)
    return record(database, PLAN, [changed], by=by, seen=content.position if seen is None else seen)


def as_device(database: Database, name: str, secret: bytes | None = None) -> Database:
    """The database as another device has it open: another account, or another computer."""
    return _opened_by(database, Device(name, secret or hashlib.sha256(name.encode()).digest()))


def without_key(database: Database, name: str) -> Database:
    """The database as a device has it open that cannot keep a key."""
    return _opened_by(database, Device(name, None))


def _opened_by(database: Database, device: Device) -> Database:
    theirs = property(lambda _self: device)
    database.__class__ = type("Theirs", (type(database),), {"identity": theirs, "known_identity": theirs})
    vars(database).pop("device", None)
    return database


def entry_of(entity: AnyEntity, number: int = 1, parents: tuple[str, ...] = ()) -> Entry:
    """A revision as somebody may put it together by hand, of a device that is nobody's."""
    return Entry(
        id=uuid7(),
        plan=PLAN,
        kind=entity.kind.value,
        key=entity.key,
        action=uuid7(),
        parents=parents,
        changed=Codec.of(entity.kind).names,
        state=Codec.of(entity.kind).state(entity),
        account="annan",
        name="Annan",
        device="annan-00000001",
        at="2022-11-30T12:00:00.000Z",
        reason="",
        origin=TYPED,
        number=number,
    )
