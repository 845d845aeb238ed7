"""Colours that can be read in every theme, and statuses that every eye can tell apart, with few colours or none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from itertools import combinations
from math import dist

import pytest
from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from kvaltui.config import THEMES
from kvaltui.model.status import Status
from kvaltui.tui.terminal.theme import (
    LEAST_CONTRAST,
    OWN_THEMES,
    Colours,
    Paint,
    Surface,
    as_shown,
    contrast,
    fitting_theme,
    paint_in,
)
from kvaltui.words import status_symbol, status_word

KNOWN = {**BUILTIN_THEMES, **OWN_THEMES}
COLOURED = [name for name in THEMES if name != "ansi"]
TEXTS = [each for each in fields(Paint) if each.name not in ("has_surfaces", "faint")]
"""The styles of text: what is faint is dots and lines, beside words that say the same."""
VERDICTS = (Status.ACHIEVED, Status.PARTIALLY_ACHIEVED, Status.NOT_ACHIEVED)
SIXTEEN = {
    "xterm": "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
    "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff",
    "PuTTY": "000000 bb0000 00bb00 bbbb00 0000bb bb00bb 00bbbb bbbbbb "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "Linux": "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
    "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff",
    "Windows": "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
    "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2",
    "Windows before 2017": "000000 800000 008000 808000 000080 800080 008080 c0c0c0 "
    "808080 ff0000 00ff00 ffff00 0000ff ff00ff 00ffff ffffff",
}
"""The palettes of terminals with sixteen colours."""

# Machado, Oliveira and Fernandes 2009, severity 1.0: what eyes without one sort of cones see, of linear RGB.
EYES = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
CLEARLY_OTHER = 25
"""A distance in CIELAB at which colours are told apart with ease; 2.3 is just noticeable where they touch."""


def seen(colour: RichColor, eyes: str) -> tuple[float, float, float]:
    """A colour in CIELAB (D65) as it is seen."""
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in Color.from_rich_color(colour).normalized
    ]
    red, green, blue = (
        min(1.0, max(0.0, sum(share * each for share, each in zip(row, linear, strict=True)))) for row in EYES[eyes]
    )
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    x, y, z = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def text_and_ground(style: Style) -> tuple[Color, Color]:
    assert style.color is not None
    assert style.bgcolor is not None
    pair = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
    return (pair[1], pair[0]) if style.reverse else pair


@pytest.fixture(params=[Colours.ANY, Colours.MANY], ids=["true colour", "256"])
def colours(request: pytest.FixtureRequest) -> Iterator[Colours]:
    """A terminal with so many colours."""
    paint_in(request.param)
    yield request.param
    paint_in(Colours.ANY)


@pytest.mark.parametrize("name", COLOURED)
@pytest.mark.parametrize("surface", Surface)
def test_all_text_can_be_read(name: str, surface: Surface, colours: Colours) -> None:
    paint = Paint.of(KNOWN[name], surface)
    found = {each.name: contrast(*map(as_shown, text_and_ground(getattr(paint, each.name)))) for each in TEXTS}
    assert {each: ratio for each, ratio in found.items() if ratio < LEAST_CONTRAST} == {}


@pytest.mark.parametrize("palette", SIXTEEN)
def test_sixteen_colours_can_be_read_on_the_dark_ground_of_each_palette(palette: str) -> None:
    paint, shown = Paint.of(OWN_THEMES["ansi"]), [Color.parse(f"#{each}") for each in SIXTEEN[palette].split()]
    for each in TEXTS:
        style: Style = getattr(paint, each.name)
        number = style.color.number if style.color is not None else 7
        assert number is not None
        assert contrast(shown[0], shown[number]) >= LEAST_CONTRAST, each.name


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("name", ["dark", "light", "high-contrast"])
def test_the_verdicts_can_be_told_apart_by_every_eye(name: str, eyes: str) -> None:
    paint = Paint.of(OWN_THEMES[name])
    colours = {status: paint.status(status).color for status in VERDICTS}
    for one, other in combinations(VERDICTS, 2):
        first, second = colours[one], colours[other]
        assert first is not None
        assert second is not None
        assert dist(seen(first, eyes), seen(second, eyes)) >= CLEARLY_OTHER, (one, other)


def test_high_contrast_is_higher() -> None:
    paint = Paint.of(OWN_THEMES["high-contrast"])
    for style in (paint.text, paint.achieved, paint.partially_achieved, paint.not_achieved):
        assert contrast(*text_and_ground(style)) >= 7


def test_the_terminals_own_colours_name_no_other() -> None:
    paint = Paint.of(OWN_THEMES["ansi"])
    for each in TEXTS:
        style: Style = getattr(paint, each.name)
        assert style.bgcolor is None
        assert style.color is None or style.color.number in range(16)


def test_each_status_has_a_word_and_a_symbol_of_its_own() -> None:
    for ascii_only in (False, True):
        assert len({status_symbol(status, ascii=ascii_only) for status in Status}) == len(Status)
    assert all(status_symbol(status, ascii=True).isascii() for status in Status)
    assert len({status_word(status) for status in Status}) == len(Status)


@pytest.mark.parametrize(
    ("environment", "theme"),
    [
        ({"TERM": "xterm-256color"}, "light"),
        ({"TERM": "tmux-256color"}, "light"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "light"),
        ({"TERM": "linux"}, "ansi"),
        ({"TERM": "xterm"}, "ansi"),
        ({"TERM": "xterm-kitty"}, "light"),
        ({"TERM": "foot"}, "ansi"),
        ({"TERM": "putty"}, "ansi"),
        ({"TERM": "rxvt-16color"}, "ansi"),
        ({"TERM": "foot", "COLORTERM": "truecolor"}, "light"),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, "light"),
        ({"TERM": "xterm-256color", "CLICOLOR": "0"}, "ansi"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "ansi"),
    ],
)
def test_a_terminal_with_few_colours_shows_its_own(environment: dict[str, str], theme: str) -> None:
    assert fitting_theme("light", environment) == theme
