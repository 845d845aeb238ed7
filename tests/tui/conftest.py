"""What every test of the screens needs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from tests.tui.pictures import Picture
from tests.tui.settling import settled

_parse = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}


def parsed_once(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
    """The rules of a source, as they were read when it was read first with the same variables."""
    key = (*given, *named.items(), *sheet._variables.items())
    if key not in _parsed:
        _parsed[key] = _parse(sheet, *given, **named)
    return _parsed[key]


async def screen_is_settled(_pilot: Pilot[Any], _timeout: float = 30) -> bool:
    """Wait until the screen has done what it was told, as Textual's method of the pilot does."""
    await settled()
    return True


@pytest.fixture(autouse=True)
def steady_times() -> Iterator[None]:
    """Times are shown where they are the same for everybody, wherever the tests are run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(autouse=True)
def exact_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test goes on when the program has nothing left to do."""
    for module in ("textual.app", "textual.pilot"):
        monkeypatch.setattr(f"{module}.wait_for_idle", settled)
    # Textual's own way sends a message to every widget for each key.
    monkeypatch.setattr(Pilot, "_wait_for_screen", screen_is_settled)


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    """Looks at the program, by the name of the test."""
    module = request.node.path.stem.removeprefix("test_").removesuffix("pictures").rstrip("_")
    return Picture(f"{module} {request.node.name.removeprefix('test_')}")


@pytest.fixture(autouse=True)
def styles_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The style sheets, the same in every test, are read once in a run; what is wrong in one is found then."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", parsed_once)
