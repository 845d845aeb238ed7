"""The colours: the program's own themes, and the styles that its lines are drawn with.

The three verdicts have the colours of a traffic light, moved apart for eyes that cannot tell red from green: the green
leans to blue, the yellow is the lightest and the red the darkest. A status is never told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
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
_MORE = ("muted", "faint", "chip")
_COLOURS = {
    "dark": "#86c5ff #7af6d8 #f2cc60 #ff8f8f #dfe4ec #14171c #1e232b #233d59 #a3adba #566070 #f2cc60",
    "light": "#0b5cad #006a68 #845600 #800020 #1c2127 #fcfbf8 #eeece6 #cfe2f6 #525a65 #9a9a94 #f0c14b",
    "high-contrast": "#4dd2ff #49ffd4 #ffe14d #ff8a8a #ffffff #000000 #1c1c1c #003a70 #d0d0d0 #8a8a8a #ffe14d",
    # The terminal's own colours, whatever they are: the bright ones, which can be read on a dark ground everywhere.
    "ansi": "ansi_bright_cyan ansi_bright_green ansi_bright_yellow ansi_bright_red" + 7 * " ansi_default",
}
"""The themes by their names: the colours of their parts, in the order of `_PARTS` and `_MORE`. The ground is
`background`, what is raised from it `surface`, and the row that the cursor stands on `panel`.
"""


def _own_theme(name: str) -> Theme:
    colours = _COLOURS[name].split()
    parts: dict[str, Any] = dict(zip(_PARTS, colours, strict=False))
    more = dict(zip(_MORE, colours[len(_PARTS) :], strict=True))
    theme = Theme(name, primary=parts["accent"], dark=name != "light", variables=more, **parts)
    if name != "ansi":
        return theme
    return replace(theme, ansi=True, boost="ansi_default", variables=dict(BUILTIN_THEMES["ansi-dark"].variables))


OWN_THEMES: dict[str, Theme] = {name: _own_theme(name) for name in _COLOURS}
LEAST_CONTRAST = 4.5
"""Of text against its ground (WCAG 2.2, 1.4.3)."""
_MUTED = 0.62
"""How much of the foreground is left in muted text."""
_STEPS = 20


class Colours(Enum):
    """How many colours a terminal has."""

    ANY = auto()
    MANY = auto()
    """256: the nearest of them is shown for every other."""
    FEW = auto()
    """Sixteen, which look as the terminal's owner likes: colours are named, and never meant as such."""


class Surface(Enum):
    """What text stands on: the ground, what is raised from it (tabs, panel, page, menu), the row of the cursor."""

    GROUND = auto()
    RAISED = auto()
    ROW = auto()


_colours = Colours.ANY
_DEFAULT_GROUND = {True: "#121212", False: "#fafafa"}
_RAISED, _ROW, _FAINT = 0.07, 0.24, 0.35
"""How far other themes' surfaces lie from their ground: towards the text, and the row towards the accent."""


@dataclass(frozen=True, slots=True)
class Paint:
    """The styles of a theme on one of its surfaces, background and all: nothing is added to lines drawn by hand.

    `solid` is where the next key lands, `chip` a doubt, `hole` a place to write in, `faint` for dots and lines only:
    it is no colour for text. `has_surfaces` where they differ; where not, a mark or a line says what they would.
    """

    text: Style
    muted: Style
    faint: Style
    strong: Style
    accent: Style
    heading: Style
    solid: Style
    hole: Style
    chip: Style
    editing: Style
    caret: Style
    error: Style
    warning: Style
    achieved: Style
    partially_achieved: Style
    not_achieved: Style
    has_surfaces: bool

    @property
    def selected(self) -> Style:
        """Of a cell or a choice that is marked: where the next key lands."""
        return self.solid

    @staticmethod
    def of(theme: Theme, surface: Surface = Surface.GROUND) -> Paint:
        """The styles of a theme on a surface."""
        if theme.ansi:
            return _without_surfaces(theme, surface)
        under = _colour_of(theme, surface)
        ground, bold = Style(bgcolor=under.rich_color), Style(bold=True)

        def written(colour: Color | str | None) -> Style:
            return ground + Style(color=_readable(under, _parsed(colour, theme)).rich_color)

        text, accent = written(theme.foreground), written(theme.accent)
        muted = text if surface is Surface.ROW else written(theme.variables.get("muted") or _blend(theme, _MUTED))
        faint = Color.parse(theme.variables.get("faint") or _blend(theme, _FAINT).hex)
        solid = _ink_on(_parsed(theme.accent, theme), theme)
        warning = written(theme.warning)
        other = Surface.GROUND if surface is Surface.RAISED else Surface.RAISED
        depth = _colour_of(theme, other)
        return Paint(
            text=text,
            muted=muted,
            faint=ground + Style(color=faint.rich_color),
            strong=text + bold,
            accent=accent,
            heading=accent + bold,
            solid=solid,
            hole=Style(color=_readable(depth, _blend(theme, _MUTED)).rich_color, bgcolor=depth.rich_color),
            chip=_ink_on(Color.parse(theme.variables.get("chip") or _parsed(theme.warning, theme).hex), theme) + bold,
            editing=solid,
            caret=_ink_on(_text_colour(theme), theme),
            error=written(theme.error),
            warning=warning,
            achieved=written(theme.success),
            partially_achieved=warning,
            not_achieved=written(theme.error),
            has_surfaces=True,
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

    def status_word(self, status: Status) -> Style:
        """The style of the word beside a status' symbol: the better, the quieter."""
        match status:
            case Status.NOT_ACHIEVED:
                return self.not_achieved
            case Status.PARTIALLY_ACHIEVED:
                return self.text
            case _:
                return self.muted


def _without_surfaces(theme: Theme, surface: Surface) -> Paint:
    """The styles in a terminal's own colours: its one ground, and the row of the cursor in reverse."""
    bold, reverse = Style(bold=True), Style(reverse=True)
    is_row = surface is Surface.ROW
    text = reverse if is_row else Style()

    def written(colour: str | None) -> Style:
        if is_row or colour is None or colour == "ansi_default":
            return text
        return Style(color=colour.removeprefix("ansi_"))

    muted = text if is_row else Style(dim=True)
    accent, warning, error = (written(each) for each in (theme.accent, theme.warning, theme.error))
    return Paint(
        text=text,
        muted=muted,
        faint=muted,
        strong=text + bold,
        accent=accent,
        heading=accent + bold,
        solid=Style(bold=True, underline=True) if is_row else accent + Style(reverse=True),
        hole=muted,
        chip=warning + bold,
        editing=Style(underline=True),
        caret=Style(reverse=True, underline=False),
        error=error,
        warning=warning,
        achieved=written(theme.success),
        partially_achieved=warning,
        not_achieved=error,
        has_surfaces=False,
    )


class Tint:
    """Turns styles of one surface into those of another, such as the row of the cursor."""

    def __init__(self, drawn_on: Paint, shown_on: Paint) -> None:
        self._ground, self._text = drawn_on.text.bgcolor, shown_on.text
        names = [each.name for each in fields(Paint) if each.name != "has_surfaces"]
        # Where two names have one style on the surface, the first decides.
        self._styles: dict[Style | None, Style] = {None: shown_on.text}
        self._styles |= {getattr(drawn_on, name): getattr(shown_on, name) for name in reversed(names)}

    def of(self, style: Style | None) -> Style:
        """The style on the other surface; what has a ground of its own keeps it."""
        found = self._styles.get(style)
        if found is None:
            assert style is not None
            found = style
            if style.bgcolor in (None, self._ground):
                found = style + Style(bgcolor=self._text.bgcolor, reverse=self._text.reverse)
            self._styles[style] = found
        return found


def _colour_of(theme: Theme, surface: Surface) -> Color:
    """The colour of a surface."""
    ground = Color.parse(_ground_colour(theme))
    own = theme.name in OWN_THEMES
    if surface is Surface.RAISED:
        return Color.parse(theme.surface) if own and theme.surface else ground.blend(_text_colour(theme), _RAISED)
    if surface is Surface.ROW:
        return Color.parse(theme.panel) if own and theme.panel else ground.blend(_parsed(theme.accent, theme), _ROW)
    return ground


def _text_colour(theme: Theme) -> Color:
    return Color.parse(theme.foreground or ("#e0e0e0" if theme.dark else "#202020"))


def _parsed(colour: Color | str | None, theme: Theme) -> Color:
    """A colour of a theme; where it has none, that of its text."""
    if isinstance(colour, Color):
        return colour
    return Color.parse(colour) if colour else _text_colour(theme)


def _ink_on(under: Color, theme: Theme) -> Style:
    """Text on a solid colour: the darker or the lighter of what the theme writes in and on, whichever is read best."""
    inks = (Color.parse(_ground_colour(theme)), _text_colour(theme))
    ink = max(inks, key=lambda each: contrast(as_shown(under), as_shown(each)))
    return Style(color=_readable(under, ink).rich_color, bgcolor=under.rich_color)


def _readable(ground: Color, colour: Color) -> Color:
    """The colour, or the nearest to it on the way to black or white that can be read on the ground as it is shown."""
    under = as_shown(ground)
    furthest = max((Color.parse("#ffffff"), Color.parse("#000000")), key=lambda each: contrast(under, as_shown(each)))
    steps = (colour.blend(furthest, share / _STEPS) for share in range(_STEPS + 1))
    return next((each for each in steps if contrast(under, as_shown(each)) >= LEAST_CONTRAST), furthest)


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
    return Color.parse(_ground_colour(theme)).blend(_text_colour(theme), share)


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
