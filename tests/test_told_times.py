"""Times of the journal in words: any that can stand there, wherever the reader is, and those that cannot be true."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.i18n import clock, day, install, is_ahead, moment, told_day, told_moment
from kvaltui.store.criteria import Criteria
from kvaltui.store.journal import written_time
from tests.properties import examples

ZONES = ("UTC", "Europe/Stockholm", "Pacific/Kiritimati", "Pacific/Niue")


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "1970-01-01T00:00:00.000Z"])
def test_the_first_and_the_last_time_are_told_everywhere(zone: str, at: str) -> None:
    assert told_moment(at)[:4] in (at[:4], "1969", "1970")
    assert told_day(at)
    when = datetime.fromisoformat(at)
    assert (moment(when), f"{day(when)} {clock(when)}") == (moment(when), moment(when))
    assert told_moment(at).endswith("(klockan går före)") is at.startswith("9999")


@pytest.mark.parametrize("of", [date.min, date.max, date(1, 1, 2), date(9999, 12, 30), date(2022, 3, 27)])
def test_every_day_can_be_asked_for(zone: str, of: date) -> None:
    assert Criteria(day=of).condition is not None


@examples(200)
@given(st.datetimes(timezones=st.just(UTC)))
def test_any_time_is_told(when: datetime) -> None:
    told = told_moment(when.isoformat())
    assert told.startswith(moment(when))
    assert told_day(when.isoformat()).startswith(day(when))


@given(st.text())
def test_what_is_no_time_stands_as_it_is(text: str) -> None:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        assert told_moment(text) == told_day(text) == text
        assert not is_ahead(text)


def test_what_lies_ahead_of_the_readers_clock_is_doubtful() -> None:
    now = datetime.now(UTC)
    assert not is_ahead(written_time(now))
    assert not is_ahead(written_time(now + timedelta(seconds=20))), "two clocks are never quite the same"
    assert is_ahead(written_time(now + timedelta(minutes=5)))
    assert told_moment("2062-05-01T12:00:00.000Z").endswith(" (klockan går före)")
    assert told_day("2062-05-01T12:00:00.000Z") == "2062-05-01 (klockan går före)"
    install("en")
    assert told_day("2062-05-01T12:00:00.000Z") == "2062-05-01 (the clock is ahead)"
