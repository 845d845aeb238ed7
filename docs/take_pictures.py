"""python -m docs.take_pictures [FOLDER]: the documents' pictures, taken of the running program in a terminal.

With a folder: the ten screens at two sizes in every theme of the program, on a page to be looked at.
"""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import pyte
from rich.style import Style
from rich.text import Text

from kvaltui.tui.picture import svg
from kvaltui.tui.terminal.theme import OWN_THEMES
from tests.terminal.terminal import Terminal

PICTURES = Path(__file__).parent / "pictures"
PLANS = Path(__file__).parents[1] / "kvaltui" / "plans"
SMALL, LARGE, WIDE = (80, 24), (120, 40), (160, 50)
ALL_SIZES = (SMALL, LARGE, WIDE)


def run(folder: Path, *arguments: str) -> None:
    """Run a command of the program in a working folder."""
    command = [sys.executable, "-m", "kvaltui", *arguments]
    subprocess.run(command, cwd=folder, timeout=120, check=True, stdout=subprocess.DEVNULL, env=environment(folder))


def environment(folder: Path) -> dict[str, str]:
    """A person's surroundings, with a home of their own."""
    root = str(Path(__file__).parents[1])
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": root, "LANG": "C.UTF-8"}


def text_of(screen: pyte.Screen) -> Text:
    """What a screen shows, with its colours."""
    text = Text()
    for row in range(screen.lines):
        cells = [screen.buffer[row][column] for column in range(screen.columns)]
        for style, run_of in groupby(cells, key=_style):
            text.append("".join(cell.data for cell in run_of), style)
        text.append("\n")
    text.rstrip()
    return text


def _style(cell: pyte.screens.Char) -> Style:
    return Style(
        color=_colour(cell.fg), bgcolor=_colour(cell.bg), bold=cell.bold, italic=cell.italics, reverse=cell.reverse
    )


def _colour(name: str) -> str | None:
    if name == "default":
        return None
    if len(name) == 6 and all(each in "0123456789abcdef" for each in name.lower()):
        return f"#{name}"
    plain = name.removeprefix("bright")
    colour = {"brown": "yellow"}.get(plain, plain)
    return colour if plain == name else f"bright_{colour}"


def of_no_machine(picture: str) -> str:
    """A picture without the folder and the name of the machine that it was taken on."""
    folder, name = re.escape(tempfile.gettempdir()), re.escape(platform.node().partition(".")[0])
    return re.sub(rf"{folder}/\w+", "~/kvalitet", re.sub(rf"{name}[\w.-]*", "kontoret", picture))


def save(screen: pyte.Screen, file: Path, title: str) -> None:
    """Write what a screen shows as an SVG picture."""
    picture = of_no_machine(svg(text_of(screen), screen.columns, title, file.stem))
    file.write_text(picture, encoding="utf-8")


def plan_folder(root: Path, plan: str, *commands: tuple[str, ...]) -> Path:
    """A working folder with a starter plan, after some commands."""
    folder = root / plan
    folder.mkdir()
    run(folder, "init", "--folder", str(folder))
    settings = folder / "config.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('name = ""', 'name = "Samordnaren"'), encoding="utf-8"
    )
    # The plan comes after the name, so that the history tells of nobody else.
    for command in (("import", str(PLANS / f"{plan}.toml")), *commands):
        run(folder, *command)
    return folder


@dataclass(frozen=True)
class Scene:
    """What a picture shows: its name, its title, the folder that the program works in, and what is done there.

    It is taken at each of the sizes: `name.svg` in the smallest window, `name-120.svg` and so on in wider ones.
    """

    name: str
    title: str
    folder: Path
    steps: tuple[str, ...]
    sizes: tuple[tuple[int, int], ...] = (SMALL,)

    def take(self, folder: Path = PICTURES, theme: str = "dark") -> None:
        """Open the program at each size, do what is to be done, and take its picture."""
        settings = self.folder / "config.toml"
        if settings.exists():
            text = settings.read_text(encoding="utf-8")
            settings.write_text(re.sub(r'(?m)^theme = ".*"', f'theme = "{theme}"', text), encoding="utf-8")
        for columns, lines in self.sizes:
            with Terminal(folder=self.folder, columns=columns, lines=lines) as terminal:
                pressing(*self.steps)(terminal)
                _settle(terminal)
                name = self.name if columns == SMALL[0] else f"{self.name}-{columns}"
                save(terminal.screen, folder / f"{name}.svg", self.title)


def pressing(*steps: str) -> Callable[[Terminal], None]:
    """Press keys ("f5", "ctrl+p"), type texts ("=66") and wait for texts (":Äldreomsorg"), one after the other."""

    def act(terminal: Terminal) -> None:
        for step in steps:
            if step.startswith(":"):
                terminal.wait_for(step[1:])
            elif step.startswith("="):
                terminal.type(step[1:])
            else:
                terminal.press(step)

    return act


def scenes(root: Path) -> tuple[list[Scene], Path]:
    """What is taken: the ten screens at every size, then what stands over them. And the folder to record in."""
    first = root / "first"
    first.mkdir()
    nacka = plan_folder(root, "nacka-2022", ("period", "add", "2023", "--copy-targets-from", "2022"))
    for key, value in (("sabo-trygghet", "91"), ("sabo-mat-smakar", "79"), ("bostad-bestamma-hemma", "88")):
        run(nacka, "enter", key, value)
    huddinge, linkoping = plan_folder(root, "huddinge-2024"), plan_folder(root, "linkoping-2019-t1")
    opened, go_to = ":Äldreomsorg", (":period", "space", "g", ":o  Översikt")
    table = (opened, "f5", ":[Indikatorer]", ":stund på dagen")
    of_work = ":Kvalitetsplan"
    screens = [
        Scene("oversikt", "Översikt", linkoping, (":Delårsrapport", "f3", ":[Översikt]")),
        Scene("omraden", "Områden", nacka, (opened, "f4", ":[Områden]", "down", "down", "down")),
        Scene("indikatorer", "Indikatorer", nacka, (*table, "=66", ":66 % →")),
        Scene("risker", "Risker", huddinge, (of_work, "f6", ":[Risker]")),
        Scene("egenkontroller", "Egenkontroller", huddinge, (of_work, "f7", ":[Egenkontroller]")),
        Scene("atgarder", "Åtgärder", huddinge, (of_work, "f8", ":[Åtgärder]")),
        Scene("ekonomi", "Ekonomi", linkoping, (*go_to, "k", ":[Ekonomi]", "down")),
        Scene("historik", "Historik", nacka, (opened, "f9", ":[Historik]")),
        Scene("installningar", "Inställningar", nacka, (*go_to, "s", ":[Inställningar]")),
        Scene("bygg", "Bygg", nacka, (*table, "space", "i", ":+ ny")),
    ]
    over_them = [
        Scene("forsta-start", "Första starten", first, (":Välkommen",), (SMALL, LARGE)),
        Scene("filter", "Filtrera", nacka, (*table, "space", "f", ":Visa bara")),
        Scene("formular", "En indikator i ett formulär", nacka, (*table, "space", "e", ":mer"), (SMALL, LARGE)),
        Scene("visa", "Allt om en indikator", nacka, (*table, "space", "v", ":Tillbaka")),
        Scene("meny", "Menyn", nacka, (*table, "space", ":Raden"), (SMALL, LARGE)),
        Scene("palett", "Sök bland allt", nacka, (*table, "ctrl+p", "=excel", ":xcel"), (SMALL, LARGE)),
        Scene("hjalp", "Hjälp", nacka, (*table, "f1", ":Tangenter")),
    ]
    return [*(replace(each, sizes=ALL_SIZES) for each in screens), *over_them], nacka


def take_all(root: Path) -> None:
    """Take every picture of the documents."""
    found, recorded = scenes(root)
    for scene in found:
        scene.take()
    record(recorded)


def take_in_themes(root: Path, folder: Path) -> None:
    """Take the ten screens in each of the program's own themes, side by side in a page to be looked at."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [each for each in scenes(root)[0] if each.sizes == ALL_SIZES]
    rows = []
    for scene in found:
        for theme in OWN_THEMES:
            (folder / theme).mkdir(exist_ok=True)
            replace(scene, sizes=(SMALL, LARGE)).take(folder / theme, theme)
        for size in ("", "-120"):
            cells = "".join(f'<td><img src="{theme}/{scene.name}{size}.svg"></td>' for theme in OWN_THEMES)
            rows.append(f"<tr>{cells}</tr>")
    page = f"<!doctype html><meta charset=utf-8><table>{''.join(rows)}</table>"
    (folder / "index.html").write_text(page, encoding="utf-8")


def record(folder: Path) -> None:
    """A short recording (asciicast 2) of figures being entered, at a pace that can be followed."""
    columns, lines = SMALL
    events: list[tuple[float, str]] = []
    clock = 0.0
    with Terminal(folder=folder, columns=columns, lines=lines) as terminal:
        seen = 0

        def note(seconds: float) -> None:
            nonlocal clock, seen
            new = terminal.raw[seen:].decode(errors="replace")
            seen = len(terminal.raw)
            clock += seconds
            events.append((clock, new))

        pressing(":Äldreomsorg", "f5", ":[Indikatorer]", ":stund på dagen")(terminal)
        note(1.0)
        for figure, meaning in (("54", "54 %"), ("76", "76 %"), ("ja", "ja")):
            for character in figure:
                terminal.type(character)
                _settle(terminal)
                note(0.25)
            terminal.wait_for(meaning)
            note(0.8)
            terminal.press("enter")
            terminal.wait_for("Sparat")
            _settle(terminal)
            note(0.9)
    head = {"version": 2, "width": columns, "height": lines, "title": "kvaltui: enter figures, see what they mean"}
    cast = [json.dumps(head), *(json.dumps([round(at, 2), "o", text], ensure_ascii=False) for at, text in events)]
    (PICTURES / "inmatning.cast").write_text("\n".join(cast) + "\n", encoding="utf-8")


def _settle(terminal: Terminal) -> None:
    """Take in what the program still writes."""
    before = -1
    while before != len(terminal.raw):
        before = len(terminal.raw)
        terminal.take_in(0.4)


def main(folder: Path | None = None) -> None:
    """Take the documents' pictures anew; or in a folder the ten screens in every theme."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as root:
        if folder is not None:
            take_in_themes(Path(root), folder)
        else:
            PICTURES.mkdir(exist_ok=True)
            take_all(Path(root))
    sys.stdout.write(f"{time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
