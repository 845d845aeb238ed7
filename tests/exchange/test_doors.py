"""The same rules at every way in: what a person types, a plan file, another copy's revisions, a backup to be restored.

For every field of every kind of thing: what it may not hold whatever else is in the plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kvaltui.exchange.plan_reader import PlanFileError, read_document
from kvaltui.exchange.plan_schema import key_of
from kvaltui.exchange.plan_writer import write_plan
from kvaltui.i18n import say
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind
from kvaltui.model.fields import ContentField, Holds, content_fields
from kvaltui.model.limits import LONGEST_FIGURE, LONGEST_LINE, LONGEST_PROSE, RULES, RuleError
from kvaltui.model.period import Period
from kvaltui.model.reporting import Comparison
from kvaltui.model.value import replace
from kvaltui.store.bundle import add_revisions
from kvaltui.store.check import check
from kvaltui.store.database import Database
from kvaltui.store.errors import BackupError, BundleError, DamagedDatabase
from kvaltui.store.journal import Cause, Draft, append, record
from kvaltui.store.plans import load_plan
from kvaltui.store.restore import restore
from kvaltui.store.rows_before import RowsBefore
from tests.sampled import sampled
from tests.store.plan import COORDINATOR, PLAN, THINGS, entry_of, new_copy

LONGEST = {
    Holds.LINE: LONGEST_LINE,
    Holds.KEY: LONGEST_LINE,
    Holds.PROSE: LONGEST_PROSE,
    Holds.AS_WRITTEN: LONGEST_FIGURE,
}
"""Characters of a text."""
RULED: dict[str, tuple[Any, ...]] = {
    "risk_bands": ((4, 9, 12), (4,), (), (9, 4), (0, 9), (4, 2_147_483_647), (4, 26)),
    "partial_from": ("skräp", "80", "0 %", "120 %"),
    "partial_within": ("nära", "-1"),
    "decimals": (-1, 10, 2_147_483_647),
    "reading": (0, -1, 1_001, 2_147_483_647),
    "likelihood": (0, 6),
    "consequence": (0, 6),
    "level": (-1, 26),
}
IDENTITY = {"key", "slug", "indicator", "self_check", "table", "period", "part", "subject", "subject_kind", "reading"}
"""Fields that make the key of a thing: another value is another thing."""


def wrong_values(entity: AnyEntity, field: ContentField) -> Iterator[Any]:
    """What a field may not hold."""
    name, holds = field.name, field.holds
    if name in RULES.get(entity.kind, {}):
        yield from RULED[name]
    if holds in LONGEST and not field.is_list:
        yield "x" * (LONGEST[holds] + 1)
        if name in ("name", "title", "note") and entity.kind is not Kind.COMPARISON:
            yield "n" * 900_000
    elif holds is Holds.NUMBER and not field.is_list:
        yield 10**9 + 1
    elif holds in LONGEST:
        yield tuple(f"k{number}" for number in range(1_001))
        yield ("x" * (LONGEST_LINE + 1),)
    elif holds is Holds.PERIOD and field.is_list:
        yield tuple(Period(year) for year in range(1_950, 2_151))
        yield (Period(1),)
        yield (Period(9999),)
    if name == "breakdown":
        yield from (("Män", "män"), ("A;B",), ("",))
    elif name == "periods":
        yield (Period(2022), Period(2022))
    elif name == "parent" and entity.key:
        yield entity.key
    elif name in ("name", "title"):
        yield " "


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database with the small plan, which no case changes."""
    with new_copy(tmp_path_factory.mktemp("doors") / "kvaltui.db", with_plan=True) as opened:
        yield opened


CASES = [
    pytest.param(entity, each.name, value, id=f"{entity.kind.value}-{each.name}-{place}")
    for entity in {thing.kind: thing for thing in THINGS}.values()
    for each in content_fields(entity.kind).values()
    if (entity.kind, each.name) not in ((Kind.PLAN, "key"), (Kind.COMPLETION, "area"))
    for place, value in enumerate(wrong_values(entity, each))
]


@pytest.mark.parametrize(("entity", "field", "value"), sampled(CASES, 30))
def test_what_no_thing_may_hold_comes_in_nowhere(entity: Any, field: str, value: Any, database: Database) -> None:
    wrong = replace(entity, **{field: value})
    content = load_plan(database, PLAN)
    with pytest.raises(RuleError) as refused:
        record(database, PLAN, [wrong], by=COORDINATOR, seen=content.position)
    problem = say(refused.value.message)
    assert problem
    by_file = key_of(entity, field)
    if by_file and field not in IDENTITY:
        with pytest.raises(PlanFileError) as refused_file:
            read_document(write_plan(content.with_entities([wrong])), "plan.toml")
        assert by_file in say(refused_file.value.message)
    entry = entry_of(wrong)
    with pytest.raises(BundleError) as refused_bundle:
        add_revisions(database, [entry.text()], received_from="b.kvb")
    told = say(refused_bundle.value.message)
    assert problem in told
    assert str(entry.reference)[:40].strip() in told
    assert load_plan(database, PLAN) == content


STORED = [
    case
    for case in CASES
    if (case.values[1] in RULED or case.values[1] in ("name", "title", "note")) and case.values[1] not in IDENTITY
    if not isinstance(case.values[0], Comparison)
    if not isinstance(case.values[2], str) or (case.values[2].strip() and len(case.values[2]) != LONGEST_LINE + 1)
]


@pytest.mark.parametrize(("entity", "field", "value"), sampled(STORED, 8))
def test_what_stands_in_a_database_all_the_same_is_told_and_not_restored(
    entity: Any, field: str, value: Any, tmp_path: Path
) -> None:
    wrong = replace(entity, **{field: value})
    path, live = tmp_path / "db" / "wrong.db", tmp_path / "live" / "kvaltui.db"
    with new_copy(path, with_plan=True) as opened:
        entry = entry_of(wrong)
        with opened.writing():
            append(RowsBefore(opened, PLAN), [Draft(wrong, (field,), (), (entry,))], Cause(COORDINATOR))
        told = [say(fault.what) for fault in check(opened) if fault.is_damage]
        assert any(field in each and entity.key in each for each in told)
        with pytest.raises(DamagedDatabase) as damaged:
            load_plan(opened, PLAN)
        assert field in say(damaged.value.message)
    with pytest.raises(BackupError):
        restore(live, path, by=COORDINATOR)
    assert not live.exists()
