"""What is written on the row of a self-check: a word that says the result, or a figure that the threshold judges."""

from __future__ import annotations

import pytest

from kvaltui.model.figure import FigureError
from kvaltui.model.period import Period
from kvaltui.model.quality_work import Result, ResultStatus, SelfCheck
from kvaltui.model.self_check_entry import as_recorded
from kvaltui.model.self_check_judging import status_of
from kvaltui.model.value import replace

CHECK = SelfCheck(key="c", name="Loggkontroll", unit="%", threshold="minst 95 %")
BLANK = Result(self_check="c", period=Period(2022))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Godkänt", ResultStatus.APPROVED),
        ("godkänd", ResultStatus.APPROVED),
        ("Delvis godkänt", ResultStatus.PARTLY),
        ("delvis", ResultStatus.PARTLY),
        ("Ej  godkänt.", ResultStatus.NOT_APPROVED),
        ("inte godkänt", ResultStatus.NOT_APPROVED),
        ("underkänt", ResultStatus.NOT_APPROVED),
        ("Ej utförd", ResultStatus.NOT_PERFORMED),
        ("inte genomförd", ResultStatus.NOT_PERFORMED),
        ("not_approved", ResultStatus.NOT_APPROVED),
    ],
)
def test_a_word_says_the_result(text: str, status: ResultStatus) -> None:
    for check in (CHECK, replace(CHECK, unit="", threshold="")):
        assert as_recorded(check, BLANK, text) == replace(BLANK, status=status)


def test_a_figure_is_judged_whatever_was_said_before() -> None:
    said = replace(BLANK, status=ResultStatus.APPROVED, note="Två enheter")
    found = as_recorded(CHECK, said, " 92 % ")
    assert found == replace(said, status=ResultStatus.UNKNOWN, value="92 %")
    assert status_of(CHECK, found) is ResultStatus.NOT_APPROVED


def test_a_figure_without_a_threshold_stands_beside_what_was_said() -> None:
    check = replace(CHECK, unit="", threshold="")
    said = replace(BLANK, status=ResultStatus.PARTLY)
    assert as_recorded(check, said, "tre avvikelser") == replace(said, value="tre avvikelser")


def test_nothing_leaves_nothing_but_a_note() -> None:
    assert as_recorded(CHECK, replace(BLANK, value="92"), "").retired
    assert as_recorded(CHECK, replace(BLANK, value="92", note="Två enheter"), " ") == replace(BLANK, note="Två enheter")


@pytest.mark.parametrize("text", ["12.500", "92 dagar", "godkänt 92", "nja"])
def test_what_is_neither_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(FigureError) as refused:
        as_recorded(CHECK, BLANK, text)
    assert "godkänt" in str(refused.value)
