"""What has come of measures: how what they belong to stands beside what it was; earlier levels of risks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.model.entities import AnyEntity
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Measure, Result, ResultStatus, Risk, SelfCheck
from kvaltui.model.status import Change, Status
from kvaltui.store import journal
from kvaltui.store.author import Author
from kvaltui.store.opening import open_database
from kvaltui.work.effects import Effect, effects
from kvaltui.work.risk_levels import levels_before
from kvaltui.work.session import PlanSession

PLAN = "huddinge-2024"
ME = Author("samordnare", "Samordnaren")
GRAVEST = "vald-ingen-insats"


def session(folder: Path, *also: AnyEntity, day: date = date(2024, 10, 1)) -> PlanSession:
    database = open_database(folder / "kvaltui.db", create=True)
    journal.record(database, PLAN, list(read_starter(PLAN)), by=ME, seen=0)
    made = PlanSession(database, PLAN, by=ME, today=lambda: day)
    for each in also:
        made.record([each])
    return made


def risk(**changed: object) -> Risk:
    found = read_starter(PLAN).get(Risk, GRAVEST)
    assert found is not None
    return replace(found, **changed)  # type: ignore[arg-type]


def at(monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    monkeypatch.setattr(journal, "now", lambda: time)


def test_the_level_at_the_end_of_the_period_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2023-03-01T10:00:00.000Z")
    opened = session(tmp_path, risk(level=6))
    at(monkeypatch, "2024-03-01T10:00:00.000Z")
    opened.record([risk(level=4)])
    before = levels_before(opened)
    # What has never changed was known then: it had the same level.
    assert (before[GRAVEST], before["inget-samordnat-stod"]) == (6, 6)
    opened.database.close()


def test_of_what_was_not_known_then_the_first_level_once_there_is_another(tmp_path: Path) -> None:
    opened = session(tmp_path)
    assert levels_before(opened) == {}
    opened.record([risk(level=4)])
    assert levels_before(opened) == {GRAVEST: 9}
    opened.undo()
    assert levels_before(opened) == {}
    opened.database.close()


def measure(**belongs: tuple[str, ...]) -> Measure:
    return Measure(key="atgard", title="Åtgärd", **belongs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("level", "before", "change"), [(4, 9, Change.BETTER), (9, 4, Change.WORSE), (9, 9, Change.SAME)]
)
def test_a_lower_level_is_better(tmp_path: Path, level: int, before: int, change: Change) -> None:
    opened = session(tmp_path, risk(level=level), measure(risks=(GRAVEST,)))
    status = Status.NOT_ACHIEVED if level == 9 else Status.PARTIALLY_ACHIEVED
    assert effects(opened, {GRAVEST: before})["atgard"] == Effect(status, change)
    opened.database.close()


def test_a_self_check_that_is_approved_again_and_the_worst_of_several(tmp_path: Path) -> None:
    checks = [SelfCheck(key=key, name=key) for key in ("ett", "tva")]
    results = [
        Result(self_check="ett", period=Period(2023), status=ResultStatus.NOT_APPROVED),
        Result(self_check="ett", period=Period(2024), status=ResultStatus.APPROVED),
        Result(self_check="tva", period=Period(2023), status=ResultStatus.APPROVED),
        Result(self_check="tva", period=Period(2024), status=ResultStatus.PARTLY),
    ]
    one, both = measure(self_checks=("ett",)), replace(measure(self_checks=("ett", "tva")), key="bada")
    opened = session(tmp_path, *checks, *results, one, both)
    found = effects(opened, {})
    assert found["atgard"] == Effect(Status.ACHIEVED, Change.BETTER)
    assert found["bada"] == Effect(Status.PARTIALLY_ACHIEVED, Change.WORSE)
    opened.database.close()


def test_what_is_not_judged_says_nothing(tmp_path: Path) -> None:
    opened = session(tmp_path, SelfCheck(key="ny", name="Ny"), measure(self_checks=("ny",)))
    assert "atgard" not in effects(opened, {})
    opened.database.close()
