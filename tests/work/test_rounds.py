"""Marking an area complete, as it is told."""

from __future__ import annotations

from datetime import date

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.i18n import say
from kvaltui.model.content import PlanContent
from kvaltui.model.fulfilment import PlanResult, judge_plan
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.reporting_round import marked_complete
from kvaltui.model.structure import Area
from kvaltui.model.value import replace
from kvaltui.work.rounds import CompleteAbove, completed_in_words, doubtful_in, is_complete

AREA, YEAR = "aldreomsorg", Period(2022)


def judged(content: PlanContent) -> PlanResult:
    return judge_plan(content, YEAR, date(2023, 2, 1))


def test_only_the_area_that_was_marked_can_be_opened() -> None:
    content = read_starter("nacka-2022")
    below = Area(key="under", name="Under", parent=AREA)
    content = content.with_entities([below])
    assert not is_complete(content, judged(content), AREA)
    content = content.with_entities([marked_complete(content, AREA, YEAR)])
    assert is_complete(content, judged(content), AREA)
    with pytest.raises(CompleteAbove) as caught:
        is_complete(content, judged(content), "under")
    assert say(caught.value.message).startswith("Under ligger i Äldreomsorg")


def test_what_is_missing_is_told_and_what_looks_wrong_found() -> None:
    content = read_starter("nacka-2022")
    outcome = content.all(Outcome)["sabo-trygghet/2022/"]
    waiting = content.with_entities([replace(outcome, value="")])
    assert "med 1 utfall som saknas" in completed_in_words(waiting, judged(waiting), AREA)
    assert "saknas" not in completed_in_words(content, judged(content), AREA)
    wrong = content.with_entities([replace(outcome, value="3 500 %")])
    found = [each.reference.key for each in doubtful_in(wrong, judged(wrong), AREA)]
    assert "sabo-trygghet" in found
