"""python -m docs.take_pictures: the documents' pictures, taken of the running program in a terminal."""

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
from itertools import groupby
from pathlib import Path

import pyte
from rich.style import Style
from rich.text import Text

from kvaltui.tui.picture import svg
from tests.terminal.terminal import Terminal

PICTURES = Path(__file__).parent / "pictures"
PLANS = Path(__file__).parents[1] / "kvaltui" / "plans"
SMALL, LARGE = (80, 24), (120, 40)


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
    return {"brown": "yellow"}.get(name, name.replace("bright", "bright_") if name.startswith("bright") else name)


def of_no_machine(picture: str) -> str:
    """A picture without the folder and the name of the machine that it was taken on."""
    folder, name = re.escape(tempfile.gettempdir()), re.escape(platform.node().partition(".")[0])
    return re.sub(rf"{folder}/\w+", "~/kvalitet", re.sub(rf"{name}[\w.-]*", "kontoret", picture))


def save(screen: pyte.Screen, name: str, title: str) -> None:
    """Write what a screen shows as an SVG picture."""
    picture = of_no_machine(svg(text_of(screen), screen.columns, title, name))
    (PICTURES / f"{name}.svg").write_text(picture, encoding="utf-8")


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


def take(name: str, title: str, folder: Path, size: tuple[int, int], act: Callable[[Terminal], None]) -> None:
    """Open the program, do something in it, and take its picture."""
    with Terminal(folder=folder, columns=size[0], lines=size[1]) as terminal:
        act(terminal)
        _settle(terminal)
        save(terminal.screen, name, title)


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


def take_all(root: Path) -> None:
    """Take every picture."""
    first = root / "first"
    first.mkdir()
    take("forsta-start", "Första starten", first, SMALL, pressing(":Välkommen"))
    nacka = plan_folder(root, "nacka-2022", ("period", "add", "2023", "--copy-targets-from", "2022"))
    for key, value in (("sabo-trygghet", "91"), ("sabo-mat-smakar", "79"), ("bostad-bestamma-hemma", "88")):
        run(nacka, "enter", key, value)
    table = ("f5", ":[Indikatorer]", ":stund på dagen")
    take("oversikt", "Översikt", nacka, SMALL, pressing(":Äldreomsorg", "f3", ":[Översikt]", ":väntar för"))
    take("indikatorer", "Indikatorer", nacka, SMALL, pressing(":Äldreomsorg", *table, "=66", ":66 % →"))
    take("indikatorer-stor", "Indikatorer", nacka, LARGE, pressing(":Äldreomsorg", *table, "=66", ":66 % →"))
    take("filter", "Filtrera", nacka, SMALL, pressing(":Äldreomsorg", *table, "space", "f", ":Visa bara"))
    take("omraden", "Områden", nacka, SMALL, pressing(":Äldreomsorg", "f4", ":[Områden]"))
    take("meny", "Menyn", nacka, SMALL, pressing(":Äldreomsorg", *table, "space", ":Programmet"))
    take("historik", "Historik", nacka, SMALL, pressing(":Äldreomsorg", "f9", ":[Historik]", ":Vad"))
    take("hjalp", "Hjälp", nacka, SMALL, pressing(":Äldreomsorg", *table, "f1", ":Tangenter"))
    go_to = (":Översikt", "space", "g", ":o  Översikt")
    take("installningar", "Inställningar", nacka, SMALL, pressing(*go_to, "s", ":[Inställningar]"))
    huddinge = plan_folder(root, "huddinge-2024")
    take("risker", "Risker", huddinge, SMALL, pressing(":Kvalitetsplan", "f6", ":[Risker]"))
    take("egenkontroller", "Egenkontroller", huddinge, SMALL, pressing(":Kvalitetsplan", "f7", ":[Egenkontroller]"))
    take("atgarder", "Åtgärder", huddinge, SMALL, pressing(":Kvalitetsplan", "f8", ":[Åtgärder]"))
    linkoping = plan_folder(root, "linkoping-2019-t1")
    take("ekonomi", "Ekonomi", linkoping, SMALL, pressing(*go_to, "k", ":[Ekonomi]"))
    record(nacka)


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


def main() -> None:
    """Take them all anew."""
    PICTURES.mkdir(exist_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as root:
        take_all(Path(root))
    sys.stdout.write(f"{len(list(PICTURES.iterdir()))} files in {PICTURES.name}, {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
