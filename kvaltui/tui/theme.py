"""The colours: the program's own themes, and the styles that its lines are drawn with."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from kvaltui.model.status import Status

OWN_THEMES: dict[str, Theme] = {
    theme.name: theme
    for theme in (
        Theme(
            name="dark",
            primary="#6cb6ff",
            accent="#6cb6ff",
            success="#6bc46d",
            warning="#e0b252",
            error="#f47067",
            foreground="#d5dae2",
            background="#16191e",
            surface="#1e2228",
            panel="#262b33",
        ),
        Theme(
            name="light",
            primary="#0a5db0",
            accent="#0a5db0",
            success="#1a7430",
            warning="#865a00",
            error="#bb2233",
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
            success="#3cff6b",
            warning="#ffd91a",
            error="#ff6b6b",
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
_MUTED = 0.62
"""How much of the foreground is left in muted text: still 4.5:1 against the background in every theme."""
_FAINT = 0.28
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
        text, accent = ground + _style(theme.foreground), ground + _style(theme.accent or theme.primary)
        bold, dim = Style(bold=True), ground + Style(dim=True)
        muted, faint = (dim, dim) if theme.ansi else (ground + _blend(theme, _MUTED), ground + _blend(theme, _FAINT))
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
            error=ground + _style(theme.error),
            warning=ground + _style(theme.warning),
            achieved=ground + _style(theme.success),
            partially_achieved=ground + _style(theme.warning),
            not_achieved=ground + _style(theme.error),
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
    return Style(bgcolor=Color.parse(theme.background or _DEFAULT_GROUND[theme.dark]).rich_color)


def _style(colour: str | None) -> Style:
    if colour is None or colour == "ansi_default":
        return Style()
    if colour.startswith("ansi_"):
        return Style(color=colour.removeprefix("ansi_"))
    return Style(color=Color.parse(colour).rich_color)


def _blend(theme: Theme, share: float) -> Style:
    foreground = theme.foreground or ("#e0e0e0" if theme.dark else "#202020")
    background = theme.background or _DEFAULT_GROUND[theme.dark]
    return Style(color=Color.parse(background).blend(Color.parse(foreground), share).rich_color)
