"""Pictures of the program: what stands on the screen, and the names of the styles that it is drawn in.

A picture is a text: the lines, and below them the runs of every line that are not plain text, by the names of the
program's own styles. So a new release of Textual changes none of them, and one serves every theme. What is expected
lies in `tests/tui/expected`; `make expected` writes it anew. `make look` draws the pictures as SVG into
`build/pictures`, where those of failed tests come too.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import fields
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.geometry import Region
from textual.pilot import Pilot

from kvaltui.tui.terminal.theme import Paint, Surface
from kvaltui.tui.widgets.chrome import KeyBar, TabBar, TitleLine
from tests.tui.work import NARROW

EXPECTED = Path(__file__).parent / "expected"
SEEN = Path(__file__).parents[2] / "build" / "pictures"
IS_WRITTEN = os.environ.get("KVALTUI_PICTURES") == "write"
"""Whether what is drawn becomes what is expected."""
IS_DRAWN = os.environ.get("KVALTUI_PICTURES") == "look"
"""Whether an SVG is made of each picture."""
_COLOURS = ("primary", "success", "warning", "error", "foreground", "background", "surface", "panel")
_ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")
Before = Callable[[Pilot[Any]], Awaitable[None]]


def keys(*pressed: str) -> Before:
    """Press keys before the picture is taken."""

    async def before(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        await pilot.press(*pressed)
        await pilot.pause()

    return before


class Picture:
    """Looks at the program for one test, by whose name it is kept."""

    def __init__(self, name: str) -> None:
        self.name = re.sub(r"[^\w.-]+", "-", name).strip("-")

    def __call__(
        self,
        app: App[Any],
        before: Before,
        size: tuple[int, int] = NARROW,
        *,
        is_whole: bool = False,
        as_in: str = "",
    ) -> bool:
        """Whether the program is drawn as is expected when `before` has been done.

        Looked at is what a screen has of its own; with its frame, if `is_whole`. `as_in` names another picture that it
        must be like, drawn in other colours.
        """
        drawn, svg = asyncio.run(_look(app, before, size, is_whole))
        svg_file = SEEN / f"{self.name}.svg"
        svg_file.parent.mkdir(parents=True, exist_ok=True)
        svg_file.write_text(svg, encoding="utf-8")
        assert_as_expected(as_in or self.name, drawn, is_own=not as_in)
        if not IS_DRAWN:
            svg_file.unlink()
        return True


def assert_as_expected(name: str, drawn: str, *, is_own: bool = True) -> None:
    """Compare with what is expected under a name, line by line, as pytest shows it; or expect it from now on."""
    expected = EXPECTED / f"{name}.txt"
    if IS_WRITTEN and is_own:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(drawn, encoding="utf-8")
    wanted = expected.read_text(encoding="utf-8") if expected.exists() else ""
    assert drawn.splitlines() == wanted.splitlines(), f"not as in {expected}; to be looked at in {SEEN}"


async def _look(app: App[Any], before: Before, size: tuple[int, int], is_whole: bool) -> tuple[str, str]:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await before(pilot)
        await pilot.pause()
        shown = Region(0, 0, *size)
        own = [each.region for each in app.screen.children if not isinstance(each, TabBar | TitleLine | KeyBar)]
        if own and not is_whole:
            shown = shown.intersection(Region.from_union([each for each in own if each]))
        strips = app.screen._compositor.render_strips()[shown.y : shown.bottom]
        lines = [strip.crop(shown.x, shown.right) for strip in strips]
        names = Names(app)
        return "\n".join([*_texts(lines), "", *_runs(lines, names), ""]), app.export_screenshot()


def _texts(lines: Iterable[Iterable[Segment]]) -> Iterator[str]:
    for line in lines:
        yield f"|{''.join(segment.text for segment in line).rstrip()}"


def _runs(lines: Iterable[Iterable[Segment]], names: Names) -> Iterator[str]:
    """The runs of each line that are not plain text, with the columns where they begin and end."""
    for number, line in enumerate(lines, 1):
        cells: list[str] = []
        for text, style, _control in line:
            cells += [
                names.of(style, is_blank=character.isspace())
                for character in text
                for _cell in range(Segment(character).cell_length)
            ]
        found, column = [], 0
        for name, run in groupby(_filled(cells)):
            end = column + len(list(run))
            if name not in ("", "text"):
                found.append(f"{name} {column + 1}-{end}")
            column = end
        if found:
            yield f"{number:3} {', '.join(found)}"


def _filled(cells: list[str]) -> list[str]:
    """Blanks within a run are of the run: what they are drawn in cannot be seen."""
    filled, last = list(cells), None
    for at, name in enumerate(cells):
        if name:
            if last is not None and cells[last] == name:
                filled[last:at] = [name] * (at - last)
            last = at
    return filled


class Names:
    """The program's own names of styles in the theme that it has."""

    def __init__(self, app: App[Any]) -> None:
        self._styles: dict[str, str] = {}
        for surface in Surface:
            paint: Paint = app.paint_on(surface)  # type: ignore[attr-defined]
            where = "" if surface is Surface.GROUND else f"{surface.name.lower()} "
            for each in fields(paint):
                style = getattr(paint, each.name)
                if isinstance(style, Style):
                    self._styles.setdefault(_key(style), f"{where}{each.name}")
        variables = app.theme_variables
        self._colours: dict[str, str] = {}
        for name in _COLOURS:
            self._colours.setdefault(Color.parse(variables[name]).hex, name)

    def of(self, style: Style | None, *, is_blank: bool) -> str:
        """The name of a style; "" for a blank that nothing can be seen of."""
        style = style or Style()
        if is_blank:
            if not (style.reverse or style.underline or self._ground(style) != "background"):
                return ""
            if not (style.reverse or style.underline):
                style = Style(bgcolor=style.bgcolor)
        known = self._styles.get(_key(style))
        if known:
            return known
        colour = self._colour(style.color) if style.color else ""
        ground = self._ground(style)
        words = [colour, f"on {ground}" * (ground != "background")]
        return " ".join(filter(None, [*words, *(each for each in _ATTRIBUTES if getattr(style, each))])) or "text"

    def _ground(self, style: Style) -> str:
        return self._colour(style.bgcolor) if style.bgcolor else "background"

    def _colour(self, colour: Any) -> str:
        if colour.is_default:
            return "background"
        written = Color.from_rich_color(colour).hex
        return self._colours.get(written, written)


def _key(style: Style) -> str:
    colours = [
        Color.from_rich_color(each).hex if each and not each.is_default else "" for each in (style.color, style.bgcolor)
    ]
    return " ".join([*colours, *(each for each in _ATTRIBUTES if getattr(style, each))])
