"""Where the program can be shown, and what is said where it cannot."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest

from kvaltui.commands import opening
from kvaltui.i18n import say
from kvaltui.system.console_kind import BY_THE_ENVIRONMENT, Surroundings

WINDOWS = Surroundings(says_by_environment=False)


@pytest.mark.parametrize(
    ("here", "environment", "obeys", "told"),
    [
        (BY_THE_ENVIRONMENT, {"TERM": "xterm"}, True, None),
        (BY_THE_ENVIRONMENT, {}, True, "TERM är inte satt"),
        (BY_THE_ENVIRONMENT, {"TERM": "dumb"}, True, "TERM=dumb"),
        (WINDOWS, {}, True, None),
        (WINDOWS, {"TERM": "dumb"}, True, "TERM=dumb"),
        (WINDOWS, {}, False, "Öppna kvaltui i Windows Terminal"),
        (WINDOWS, {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}, False, None),
    ],
)
def test_the_program_opens_where_it_can_be_shown(
    monkeypatch: pytest.MonkeyPatch, here: Surroundings, environment: Mapping[str, str], obeys: bool, told: str | None
) -> None:
    for name in ("TERM", "TEXTUAL_DRIVER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(opening, "is_terminal", lambda _stream: True)
    monkeypatch.setattr(opening, "surroundings", lambda: here)
    monkeypatch.setattr(opening, "obeys_sequences", lambda _stream: obeys)
    monkeypatch.setattr(os, "get_terminal_size", lambda _descriptor=0: os.terminal_size((80, 24)))
    obstacle = opening.why_not()
    assert (obstacle is None) == (told is None)
    if obstacle is not None and told is not None:
        assert told in say(obstacle)
