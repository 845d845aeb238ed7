"""The colours: the program's own themes, and the styles that its lines are drawn with.

The three verdicts have the colours of a traffic light, moved apart for eyes that cannot tell red from green: the green
leans to blue, the yellow is the lightest and the red the darkest. A status is never told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from kvaltui.model.status import Status
from kvaltui.model.value import dataclass
from kvaltui.system.console import surroundings
from kvaltui.system.console_kind import Surroundings, has_all_colours, has_many_colours
from kvaltui.terminal import refuses_colours

_PARTS = ("accent", "success", "warning", "error", "foreground", "background", "surface", "panel")
_COLOURS = {
    "dark": "#6cb6ff #4fcfb4 #f2cc5c #ec6466 #d5dae2 #16191e #1e2228 #262b33",
    "light": "#0a5db0 #00706e #8c6400 #870026 #22262c #fafaf7 #f0f0ec #e4e4df",
    "high-contrast": "#4dd2ff #4dffd0 #ffe14d #ff6f70 #ffffff #000000 #000000 #1a1a1a",
    # The terminal's own colours, whatever they are: the bright ones, which can be read on a dark ground everywhere.
    "ansi": "ansi_bright_cyan ansi_bright_green ansi_bright_yellow ansi_bright_red" + 4 * " ansi_default",
}
"""The themes by their names: the colours of their parts, in the order of `_PARTS`."""


def _own_theme(name: str) -> Theme:
    parts: dict[str, Any] = dict(zip(_PARTS, _COLOURS[name].split(), strict=True))
    theme = Theme(name, primary=parts["accent"], dark=name != "light", **parts)
    if name != "ansi":
        return theme
    return replace(theme, ansi=True, boost="ansi_default", variables=dict(BUILTIN_THEMES["ansi-dark"].variables))


OWN_THEMES: dict[str, Theme] = {name: _own_theme(name) for name in _COLOURS}
LEAST_CONTRAST = 4.5
"""Of text against its ground (WCAG 2.2, 1.4.3)."""
_MUTED = 0.62
"""How much of the foreground is left in muted text."""
_STEP = 0.05


class Colours(Enum):
    """How many colours a terminal has."""

    ANY = auto()
    MANY = auto()
    """256: the nearest of them is shown for every other."""
    FEW = auto()
    """Sixteen, which look as the terminal's owner likes: colours are named, and never meant as such."""


_colours = Colours.ANY
_DEFAULT_GROUND = {True: "#121212", False: "#fafafa"}


@dataclass(frozen=True, slots=True)
class Paint:
    """The styles of a theme, background and all: nothing is added to lines that are drawn by hand."""

    text: Style
    muted: Style
    strong: Style
    accent: Style
    heading: Style
    selected: Style
    editing: Style
    caret: Style
    error: Style
    warning: Style
    achieved: Style
    partially_achieved: Style
    not_achieved: Style

    @staticmethod
    def of(theme: Theme) -> Paint:
        """The styles of a theme."""
        ground = _ground(theme)
        text, accent = ground + _on_ground(theme, theme.foreground), ground + _on_ground(theme, theme.accent)
        bold, dim = Style(bold=True), ground + Style(dim=True)
        muted = dim
        if not theme.ansi:
            muted = ground + _on_ground(theme, _blend(theme, _MUTED).hex)
        return Paint(
            text=text,
            muted=muted,
            strong=text + bold,
            accent=accent,
            heading=accent + bold,
            selected=accent + Style(reverse=True),
            editing=text + Style(underline=True),
            caret=text + Style(reverse=True),
            error=ground + _on_ground(theme, theme.error),
            warning=ground + _on_ground(theme, theme.warning),
            achieved=ground + _on_ground(theme, theme.success),
            partially_achieved=ground + _on_ground(theme, theme.warning),
            not_achieved=ground + _on_ground(theme, theme.error),
        )

    def status(self, status: Status) -> Style:
        """The style of a status, beside its symbol and its word."""
        match status:
            case Status.ACHIEVED:
                return self.achieved
            case Status.PARTIALLY_ACHIEVED:
                return self.partially_achieved
            case Status.NOT_ACHIEVED:
                return self.not_achieved
            case Status.NOT_ASSESSED | Status.NOT_APPLICABLE:
                return self.muted


def _ground(theme: Theme) -> Style:
    if theme.ansi:
        return Style()
    return Style(bgcolor=Color.parse(_ground_colour(theme)).rich_color)


def _on_ground(theme: Theme, colour: str | None) -> Style:
    """A colour as text of the theme. Where it is too near to the ground, it is moved away until it can be read."""
    if colour is None or colour == "ansi_default":
        return Style()
    if theme.ansi:
        return Style(color=colour.removeprefix("ansi_"))
    return Style(color=_readable(Color.parse(_ground_colour(theme)), Color.parse(colour)).rich_color)


def _readable(ground: Color, colour: Color) -> Color:
    """The colour, or the nearest to it on the way to black or white that can be read on the ground as it is shown."""
    under = as_shown(ground)
    furthest = max((Color.parse("#ffffff"), Color.parse("#000000")), key=lambda each: contrast(under, as_shown(each)))
    readable = colour
    while contrast(under, as_shown(readable)) < LEAST_CONTRAST and readable != furthest:
        readable = readable.blend(furthest, _STEP)
    return readable


def as_shown(colour: Color) -> Color:
    """A colour as a terminal shows it that has as many as this one."""
    if _colours is Colours.ANY:
        return colour
    return Color.from_rich_color(colour.rich_color.downgrade(ColorSystem.EIGHT_BIT))


def readable_theme(theme: Theme) -> Theme:
    """The theme with colours that can be read on its ground: what Textual itself draws has them from here."""
    if theme.ansi:
        return theme
    ground = Color.parse(_ground_colour(theme))
    return replace(theme, primary=_readable(ground, Color.parse(theme.primary)).hex)


def _ground_colour(theme: Theme) -> str:
    return theme.background or _DEFAULT_GROUND[theme.dark]


def _blend(theme: Theme, share: float) -> Color:
    foreground = theme.foreground or ("#e0e0e0" if theme.dark else "#202020")
    return Color.parse(_ground_colour(theme)).blend(Color.parse(foreground), share)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def paint_in(colours: Colours) -> None:
    """Let all colours be such as can be read where there are so many."""
    global _colours  # noqa: PLW0603 - a process has one terminal
    _colours = colours


def colours_of(environment: Mapping[str, str], here: Surroundings | None = None) -> Colours:
    """How many colours a terminal has; `here` is where the program runs, unless it is named."""
    here = here or surroundings()
    if has_all_colours(environment, here):
        return Colours.ANY
    return Colours.MANY if has_many_colours(environment, here) else Colours.FEW


def fitting_theme(name: str, environment: Mapping[str, str], here: Surroundings | None = None) -> str:
    """The theme to use in a terminal: the terminal's own colours where it has only sixteen or none are wanted."""
    if refuses_colours(environment) or colours_of(environment, here) is Colours.FEW:
        return "ansi"
    return name
