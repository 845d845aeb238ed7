"""Levels, bands and the order of risks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kvaltui.model.limits import RuleError
from kvaltui.model.quality_work import Risk
from kvaltui.model.risk import Band, band, by_severity, level_of, risk_level
from kvaltui.model.rules import check_alone


def test_the_level_is_likelihood_times_consequence() -> None:
    assert risk_level(3, 4) == 12


@pytest.mark.parametrize(
    ("level", "likelihood", "consequence", "wanted"),
    [(9, None, None, 9), (9, 3, 3, 9), (None, 3, 3, 9), (None, 3, None, None), (None, None, None, None)],
)
def test_a_level_may_be_stated_or_computed(
    level: int | None, likelihood: int | None, consequence: int | None, wanted: int | None
) -> None:
    assert level_of(Risk(key="r", title="R", level=level, likelihood=likelihood, consequence=consequence)) == wanted


@pytest.mark.parametrize(
    ("level", "wanted"),
    [(1, Band.LOW), (3, Band.LOW), (4, Band.MEDIUM), (8, Band.MEDIUM), (9, Band.HIGH), (25, Band.HIGH), (None, None)],
)
def test_bands(level: int | None, wanted: Band | None) -> None:
    assert band(level, (4, 9)) is wanted


def test_two_equal_bands_leave_no_medium() -> None:
    assert [band(level, (5, 5)) for level in (4, 5)] == [Band.LOW, Band.HIGH]


def test_the_gravest_comes_first() -> None:
    risks = [
        Risk(key="unknown", title="R"),
        Risk(key="likely", title="R", likelihood=4, consequence=3, order=1),
        Risk(key="grave", title="R", likelihood=3, consequence=4, order=2),
        Risk(key="stated", title="R", level=12, order=3),
        Risk(key="higher", title="R", level=16, order=4),
        Risk(key="later", title="R", level=12, order=5),
    ]
    assert [risk.key for risk in by_severity(risks)] == ["higher", "grave", "likely", "stated", "later", "unknown"]


RISK = Risk(key="r", title="R")


def graded(field: str, grade: int | None) -> dict[str, Any]:
    return {field: grade}


@pytest.mark.parametrize("field", ["likelihood", "consequence", "level"])
@pytest.mark.parametrize("grade", [-1, 0, 26])
def test_a_grade_is_from_one_and_up(field: str, grade: int) -> None:
    """0 is no grade, and is not taken for none at all either."""
    with pytest.raises(RuleError) as refused:
        check_alone(replace(RISK, **graded(field, grade)))
    assert refused.value.field == field


@pytest.mark.parametrize(("field", "highest"), [("likelihood", 5), ("consequence", 5), ("level", 25)])
def test_the_lowest_and_the_highest_grade(field: str, highest: int) -> None:
    for grade in (None, 1, highest):
        check_alone(replace(RISK, **graded(field, grade)))
    with pytest.raises(RuleError, match=str(highest)):
        check_alone(replace(RISK, **graded(field, highest + 1)))
