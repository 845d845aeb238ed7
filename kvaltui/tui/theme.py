"""The colours: the program's own themes, and the styles that its lines are drawn with.

The three verdicts have the colours of a traffic light, moved apart for eyes that cannot tell red from green: the green
leans to blue, the yellow is the lightest and the red the darkest. A status is never told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from kvaltui.model.status import Status
from kvaltui.model.value import dataclass

OWN_THEMES: dict[str, Theme] = {
    theme.name: theme
    for theme in (
        Theme(
            name="dark",
            primary="#6cb6ff",
            accent="#6cb6ff",
            success="#4fcfb4",
            warning="#f2cc5c",
            error="#ec6466",
            foreground="#d5dae2",
            background="#16191e",
            surface="#1e2228",
            panel="#262b33",
        ),
        Theme(
            name="light",
            primary="#0a5db0",
            accent="#0a5db0",
            success="#00706e",
            warning="#8c6400",
            error="#870026",
            foreground="#22262c",
            background="#fafaf7",
            surface="#f0f0ec",
            panel="#e4e4df",
            dark=False,
        ),
        Theme(
            name="high-contrast",
            primary="#4dd2ff",
            accent="#4dd2ff",
            success="#4dffd0",
            warning="#ffe14d",
            error="#ff6f70",
            foreground="#ffffff",
            background="#000000",
            surface="#000000",
            panel="#1a1a1a",
        ),
        # The terminal's own colours, whatever they are.
        Theme(
            name="ansi",
            ansi=True,
            primary="ansi_cyan",
            accent="ansi_cyan",
            success="ansi_green",
            warning="ansi_yellow",
            error="ansi_red",
            foreground="ansi_default",
            background="ansi_default",
            surface="ansi_default",
            panel="ansi_default",
            boost="ansi_default",
            variables=dict(BUILTIN_THEMES["ansi-dark"].variables),
        ),
    )
}
LEAST_CONTRAST = 4.5
"""Of text against its ground (WCAG 2.2, 1.4.3)."""
_MUTED = 0.62
"""How much of the foreground is left in muted text."""
_FAINT = 0.28
_STEP = 0.05
_FEW_COLOURS = ("linux", "xterm", "vt100", "vt220", "ansi", "cons25", "screen", "tmux", "rxvt")
"""What terminals that have sixteen colours call themselves."""
_DEFAULT_GROUND = {True: "#121212", False: "#fafafa"}


@dataclass(frozen=True, slots=True)
class Paint:
    """The styles of a theme, background and all: nothing is added to lines that are drawn by hand."""

    text: Style
    muted: Style
    faint: Style
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
        muted, faint = (dim, dim)
        if not theme.ansi:
            muted = ground + _on_ground(theme, _blend(theme, _MUTED).hex)
            faint = ground + Style(color=_blend(theme, _FAINT).rich_color)
        return Paint(
            text=text,
            muted=muted,
            faint=faint,
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
    ground, shown = Color.parse(_ground_colour(theme)), Color.parse(colour)
    furthest = Color.parse("#ffffff" if ground.brightness < 0.5 else "#000000")
    while contrast(ground, shown) < LEAST_CONTRAST and shown != furthest:
        shown = shown.blend(furthest, _STEP)
    return Style(color=shown.rich_color)


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


def fitting_theme(name: str, environment: Mapping[str, str]) -> str:
    """The theme to use in a terminal: the terminal's own colours where it has only sixteen or none are wanted."""
    if environment.get("NO_COLOR") is not None:
        return "ansi"
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return name
    return "ansi" if environment.get("TERM", "") in _FEW_COLOURS else name
