"""What the program knows of its console: where terminals say it, where the system says it, and what fonts have."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvaltui.config import Config
from kvaltui.lookalike import fitting, fitting_cell_by_cell
from kvaltui.system.console_kind import BY_THE_ENVIRONMENT, EVERYTHING, WINDOWS_FONTS, Surroundings, is_dumb
from kvaltui.terminal import refuses_colours, shown_encoding, wants_ascii
from kvaltui.tui.terminal.theme import Colours, colours_of, fitting_theme

TERMINAL_OF_WINDOWS = Surroundings(says_by_environment=False, has_all_colours=True)
WINDOW_OF_ITS_OWN = Surroundings(says_by_environment=False, shows=WINDOWS_FONTS, has_all_colours=True)
RASTER_FONT = Surroundings(says_by_environment=False, shows="cp850")


class Console(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "here", "expected"),
    [
        ({}, BY_THE_ENVIRONMENT, True),
        ({"TERM": ""}, BY_THE_ENVIRONMENT, True),
        ({"TERM": "xterm-256color"}, BY_THE_ENVIRONMENT, False),
        ({"TERM": "dumb"}, BY_THE_ENVIRONMENT, True),
        ({}, TERMINAL_OF_WINDOWS, False),
        ({"TERM": ""}, TERMINAL_OF_WINDOWS, False),
        ({"TERM": "xterm-256color"}, TERMINAL_OF_WINDOWS, False),
        ({"TERM": "dumb"}, TERMINAL_OF_WINDOWS, True),
        ({"TERM": "unknown"}, TERMINAL_OF_WINDOWS, True),
    ],
)
def test_only_a_terminal_that_says_so_is_dumb_where_none_says_anything(
    environment: Mapping[str, str], here: Surroundings, expected: bool
) -> None:
    assert is_dumb(environment, here) == expected


@pytest.mark.parametrize(
    ("environment", "here", "expected"),
    [
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, BY_THE_ENVIRONMENT, Colours.ANY),
        ({"TERM": "xterm-256color"}, BY_THE_ENVIRONMENT, Colours.MANY),
        ({"TERM": "xterm"}, BY_THE_ENVIRONMENT, Colours.FEW),
        ({}, BY_THE_ENVIRONMENT, Colours.FEW),
        ({}, TERMINAL_OF_WINDOWS, Colours.ANY),
        ({"TERM": "xterm"}, WINDOW_OF_ITS_OWN, Colours.ANY),
        ({}, RASTER_FONT, Colours.MANY),
    ],
)
def test_colours_are_those_that_the_console_has(
    environment: Mapping[str, str], here: Surroundings, expected: Colours
) -> None:
    assert colours_of(environment, here) is expected
    assert fitting_theme("dark", environment, here) == ("ansi" if expected is Colours.FEW else "dark")


@pytest.mark.parametrize("here", [BY_THE_ENVIRONMENT, TERMINAL_OF_WINDOWS])
def test_a_person_refuses_colours_by_any_word_but_an_empty_one(here: Surroundings) -> None:
    rich = {"COLORTERM": "truecolor", "TERM": "xterm"}
    assert fitting_theme("dark", {**rich, "NO_COLOR": "1"}, here) == "ansi"
    assert fitting_theme("dark", {**rich, "NO_COLOR": ""}, here) == "dark"
    assert refuses_colours({"NO_COLOR": "0"})
    assert not refuses_colours({"NO_COLOR": ""})


@pytest.mark.parametrize(
    ("here", "environment", "shown", "is_ascii"),
    [
        (TERMINAL_OF_WINDOWS, {}, EVERYTHING, False),
        (TERMINAL_OF_WINDOWS, {"LANG": "C", "TERM": "linux"}, EVERYTHING, False),  # left by another shell
        (WINDOW_OF_ITS_OWN, {}, WINDOWS_FONTS, True),
        (RASTER_FONT, {}, "cp850", True),
    ],
)
def test_symbols_on_windows_are_those_that_the_font_has(
    tmp_path: Path, here: Surroundings, environment: Mapping[str, str], shown: str, is_ascii: bool
) -> None:
    settings, console = Config(folder=tmp_path), Console(io.BytesIO(), "utf-8")
    assert shown_encoding(settings, console, environment, here) == shown
    assert wants_ascii(settings, console, environment, here) == is_ascii
    # A file and a pipe have no font.
    pipe = io.TextIOWrapper(io.BytesIO(), "utf-8")
    assert shown_encoding(settings, pipe, environment, here) == "utf-8"
    assert not wants_ascii(settings, pipe, environment, here)


def test_the_fonts_of_windows_have_what_swedish_texts_and_frames_are_made_of() -> None:
    written = "ÅÄÖåäöÉéÜü ”’–—…«»§µ½%‰€·•×÷±≤≥≠≈−→←↑↓▲►▼◄■█▓▒░│─┌┐└┘├┤┬┴┼═║"
    assert fitting(written, WINDOWS_FONTS) == written
    assert fitting("✓ ▲ ✗ ▸ ▾ ╭─╮ 😀", WINDOWS_FONTS) == "+ ▲ x + v +─+ ?"


@given(st.text())
def test_what_has_been_made_to_fit_is_what_fonts_have(text: str) -> None:
    for fitted in (fitting(text, WINDOWS_FONTS), fitting_cell_by_cell(text, WINDOWS_FONTS)):
        fitted.encode(WINDOWS_FONTS)
    assert len(fitting_cell_by_cell(text, WINDOWS_FONTS)) == len(text)
    assert text.encode(WINDOWS_FONTS, "replace").decode().count("?") >= text.count("?")


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"])))
def test_all_that_windows_could_write_before_unicode_is_there(text: str) -> None:
    assert text.encode(WINDOWS_FONTS).decode() == text
