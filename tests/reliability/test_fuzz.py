"""Whatever comes from outside gives an answer or a documented error, never anything else (promise 14)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from kvaltui import config, config_file
from kvaltui.config_text import render
from kvaltui.exchange.bundle_file import read_bundle, write_bundle
from kvaltui.exchange.csv_table import read_csv
from kvaltui.exchange.importing import preview_table
from kvaltui.exchange.plan_reader import read_document
from kvaltui.exchange.starter import read_starter
from kvaltui.model.figure import FigureError, parse_figure
from kvaltui.model.message import KvaltuiError
from kvaltui.model.scale import Direction, Scale
from kvaltui.model.target import parse_target
from kvaltui.model.target_rule import TargetError
from tests.reliability.conftest import Size
from tests.reliability.sample import PLAN, enter, make, open_copy

pytestmark = pytest.mark.reliability

PIECES = (
    *("86 %", "72–100 %", ">98%", "271 av 705", "BOU 121; VUX 49", "ej mätt", "öka från 750", "1 ny", "50 ± 5 %"),
    *(
        "åtta av tio",
        "resp",
        "(",
        ")",
        "−",
        "\u00a0",
        "\u202f",
        "\x1b[31m",
        "\x00",
        "\u202e",
        "[/x]",
        "1e5",
        "٣",
        "=1+1",
    ),
    *(";", ",", "\t", "\n", '"', "'", "[[", "]]", "= ", "{", "}", "#", "\ufeff", "\ud7ff", "é", "e\u0301", "12.500"),
)
SCALES = (
    *(Scale("%", direction) for direction in Direction),
    Scale("dagar", Direction.LOWER, ("BOU", "VUX", "LSS")),
    Scale("ja/nej"),
    Scale("text"),
    Scale("antal"),
)


def any_text(chance: random.Random) -> str:
    """A text of pieces that mean something and characters that mean nothing."""
    return "".join(
        chance.choice(PIECES)
        if chance.random() < 0.6
        else chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xD7FF))))
        for _ in range(chance.randint(0, 12))
    )


def spoil(chance: random.Random, text: str) -> str:
    """A text with a few places cut, doubled or replaced."""
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(text) + 1), chance.randint(0, 40)
        text = text[:at] + chance.choice(("", any_text(chance), text[at : at + length] * 2)) + text[at + length :]
    return text


def spoil_bytes(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        changed[at : at + chance.randint(0, 8)] = bytes(chance.randrange(256) for _ in range(chance.randint(0, 8)))
    return bytes(changed)


def count(attempts: Sequence[Callable[[], object]], *allowed: type[KvaltuiError]) -> tuple[int, int]:
    """How many were read and how many refused; anything but the allowed errors goes through."""
    read = refused = 0
    for attempt in attempts:
        try:
            attempt()
            read += 1
        except allowed:
            refused += 1
    return read, refused


def report(tell: Callable[[str], None], what: str, counted: tuple[int, int]) -> None:
    tell(f"fuzz, {what}: {sum(counted)} inputs, {counted[0]} read, {counted[1]} refused in words, 0 anything else")
    assert sum(counted)


def test_figures_and_targets(size: Size, tell: Callable[[str], None]) -> None:
    chance = random.Random(1)
    inputs = [(any_text(chance), chance.choice(SCALES)) for _ in range(size.fuzz_inputs // 2)]
    figures = count([partial(parse_figure, *each) for each in inputs], FigureError)
    targets = count([partial(parse_target, *each) for each in inputs], TargetError)
    report(tell, "figures", figures)
    report(tell, "targets", targets)


def test_plan_files(size: Size, tell: Callable[[str], None]) -> None:
    from importlib.resources import files

    chance = random.Random(2)
    text = files("kvaltui.plans").joinpath("ekero-2016.toml").read_text(encoding="utf-8")
    inputs = [spoil(chance, text) for _ in range(max(50, size.fuzz_inputs // 50))]
    report(tell, "plan files", count([partial(read_document, each, "f.toml") for each in inputs], KvaltuiError))


def test_bundles(folder: Path, size: Size, tell: Callable[[str], None]) -> None:
    chance = random.Random(3)
    make(folder / "a.db", indicators=4)
    with open_copy(folder / "a.db") as database:
        enter(database, "i1", "7")
        whole = write_bundle(database, PLAN)
    inputs = [spoil_bytes(chance, whole) for _ in range(size.fuzz_inputs // 5)]
    report(tell, "bundles", count([partial(read_bundle, each, "f.kvb") for each in inputs], KvaltuiError))


def test_tables(tmp_path: Path, size: Size, tell: Callable[[str], None]) -> None:
    chance = random.Random(4)
    content = read_starter("nacka-2022")
    period = content.plan.current_period
    whole = "nyckel;period;del;utfall;not\nsabo-trygghet;2022;;86 %;\nsabo-mat-smakar;2022;;66 %;x\n"
    path = tmp_path / "figures.csv"

    def take_in(data: bytes) -> object:
        read_csv(data, "figures.csv")
        path.write_bytes(data)
        return preview_table(path, content, period)

    inputs = [spoil(chance, whole).encode(errors="surrogatepass") for _ in range(size.fuzz_inputs // 10)]
    inputs += [spoil_bytes(chance, whole.encode()) for _ in range(size.fuzz_inputs // 10)]
    report(tell, "tables", count([partial(take_in, each) for each in inputs], KvaltuiError))


def test_settings(tmp_path: Path, size: Size, tell: Callable[[str], None]) -> None:
    chance = random.Random(5)
    whole = render(config.Config(folder=tmp_path))
    path = tmp_path / "config.toml"

    def load(data: bytes) -> object:
        path.write_bytes(data)
        return config_file.load(path)

    inputs = [spoil(chance, whole).encode(errors="surrogatepass") for _ in range(size.fuzz_inputs // 20)]
    inputs += [spoil_bytes(chance, whole.encode()) for _ in range(size.fuzz_inputs // 20)]
    report(tell, "settings", count([partial(load, each) for each in inputs], KvaltuiError))
