"""What the program finds out about where it writes to."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from kvaltui.config import Config
from kvaltui.terminal import is_terminal, wants_ascii, wished_colours


@pytest.mark.parametrize(
    ("encoding", "environment", "is_ascii"),
    [
        ("UTF-8", {"TERM": "xterm-256color"}, False),
        ("UTF-8", {"TERM": "linux"}, True),
        ("ISO-8859-1", {"TERM": "xterm-256color"}, True),
        ("UTF-8", {"LANG": "sv_SE.ISO-8859-1"}, True),
        ("UTF-8", {"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True),
        ("UTF-8", {"LANG": "sv_SE.UTF-8"}, False),
        ("UTF-8", {"LC_ALL": "sv_SE.UTF-8", "LANG": "C"}, False),
    ],
)
def test_symbols_are_those_that_the_terminal_has(
    tmp_path: Path, encoding: str, environment: dict[str, str], is_ascii: bool
) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    settings, terminal = Config(folder=tmp_path), Terminal(io.BytesIO(), encoding)
    assert wants_ascii(settings, terminal, environment) == is_ascii
    assert wants_ascii(replace(settings, symbols="ascii"), terminal, environment)
    assert not wants_ascii(replace(settings, symbols="unicode"), terminal, environment)


def test_nobody_sits_at_a_stream_that_is_closed_or_missing() -> None:
    stream = io.StringIO()
    assert not is_terminal(stream)
    stream.close()
    assert not is_terminal(stream)
    assert not is_terminal(None)


@pytest.mark.parametrize(
    ("environment", "wished"),
    [
        ({}, None),
        ({"NO_COLOR": ""}, None),
        ({"NO_COLOR": "0"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"FORCE_COLOR": ""}, None),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, None),
        ({"CLICOLOR": "0"}, False),
        ({"CLICOLOR": "1"}, None),
        ({"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True),
    ],
)
def test_what_surroundings_say_of_colours(environment: dict[str, str], wished: bool | None) -> None:
    assert wished_colours(environment) is wished
