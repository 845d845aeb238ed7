"""What is typed on a row is what `kvaltui enter` gives: every text, key by key, in a real terminal."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from kvaltui.cli import main
from kvaltui.model.content import PlanContent
from kvaltui.model.period import Period
from kvaltui.model.reporting import Outcome
from kvaltui.model.structure import Area, Indicator, Plan
from kvaltui.store.author import Author
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.outcome_texts import OUTCOME_TEXTS, typed_texts
from tests.properties import IS_FULL
from tests.terminal.terminal import Terminal

PLAN, YEAR = "prov-2023", Period(2023)
UNITS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("%", ()),
    ("antal", ()),
    ("%", ("kvinnor", "män")),
    ("dagar", ()),
    ("ja/nej", ()),
    ("text", ()),
    ("NKI", ()),
    ("tkr", ()),
    ("dagar", ("BOU", "VUX", "LSS")),
)
COLUMNS, LINES = 240, 40
SAMPLED = 7
"""Of so many texts an ordinary run types one: it goes past every unit."""
REFUSED_ANYHOW = 2


def generated(count: int) -> list[str]:
    """Texts that hypothesis makes, the same in every run."""
    made: list[str] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(typed_texts)
    def gather(text: str) -> None:
        made.append(text)

    gather()
    return list(dict.fromkeys(made))


def key_of(row: int) -> str:
    return f"rad-{row:03}"


def made(folder: Path, units: Iterable[tuple[str, tuple[str, ...]]]) -> Path:
    """A database with a row of each unit, in their order, all of them waiting."""
    path = folder / "kvaltui.db"
    path.touch(mode=0o600)
    path.write_bytes(_made(tuple(units)))
    return path


@cache
def _made(units: tuple[tuple[str, tuple[str, ...]], ...]) -> bytes:
    indicators = [
        Indicator(key=key_of(at), name=f"Rad {at:03}", area="omr", unit=unit, breakdown=parts, order=at)
        for at, (unit, parts) in enumerate(units)
    ]
    plan = Plan(key=PLAN, title="Prov", periods=(YEAR,))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kvaltui.db"
        with open_database(path, create=True) as database:
            by = Author("coordinator", "Samordnaren")
            record(database, PLAN, [plan, Area(key="omr", name="Område"), *indicators], by=by, seen=0)
        return path.read_bytes()


def content_of(path: Path) -> PlanContent:
    with open_database(path, read_only=True) as database:
        return load_plan(database, PLAN)


def entered(database: Path, key: str, text: str) -> str:
    """Run `kvaltui enter KEY TEXT`. Returns why it was refused, "" when it was not."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["--db", str(database), "enter", key, "--", text])
    assert code in (0, REFUSED_ANYHOW), err.getvalue()
    return err.getvalue().splitlines()[0].replace("\N{NO-BREAK SPACE}", " ") if code else ""


def stands_on(terminal: Terminal, name: str) -> bool:
    """Whether the cursor's mark stands before a row."""
    return any(line.startswith("›") and line[1:].lstrip().startswith(name) for line in terminal.lines)


def go_to(terminal: Terminal, name: str) -> None:
    """Move to a row that shows, or stands below."""
    while not stands_on(terminal, name):
        here = next(at for at, line in enumerate(terminal.lines) if line.startswith("›"))
        there = next((at for at, line in enumerate(terminal.lines) if name in line), LINES)
        before = terminal.lines[here]
        terminal.press("down" if there > here else "up")
        terminal.wait_until(lambda: before not in terminal.lines)  # noqa: B023


SHIFTS = range(len(UNITS)) if IS_FULL else (0,)
"""By how much the units are moved against the texts: in full every text is typed for every unit."""
TYPED = [(text, UNITS[(at + shift) % len(UNITS)]) for shift in SHIFTS for at, text in enumerate(OUTCOME_TEXTS)]
GENERATED = [(text, UNITS[at % len(UNITS)]) for at, text in enumerate(generated(200 if IS_FULL else 40))]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(TYPED[::SAMPLED], id="some of the table"),
        pytest.param(TYPED, id="table", marks=pytest.mark.thorough),
        pytest.param(GENERATED, id="generated", marks=pytest.mark.thorough),
    ],
)
def test_every_text_typed_on_a_row_gives_what_the_command_gives(
    tmp_path: Path, texts: Sequence[tuple[str, tuple[str, tuple[str, ...]]]]
) -> None:
    typed = made(tmp_path, [*(unit for _text, unit in texts), ("%", ())])
    commanded = Path(shutil.copy(typed, tmp_path / "med-kommando.db"))
    stored, refused = 0, 0
    with Terminal("--db", str(typed), folder=tmp_path, columns=COLUMNS, lines=LINES) as terminal:
        terminal.wait_for("[Indikatorer]", "Rad 000")
        for at, (text, _unit) in enumerate(texts):
            name = f"Rad {at:03}"
            terminal.type(text + "\r")
            why = entered(commanded, key_of(at), text)
            if why:
                refused += 1
                terminal.wait_for_refusal(text)
                terminal.wait_for(why)
                terminal.press("ctrl+z", "down")
            else:
                stored += 1
            terminal.wait_until(lambda: not stands_on(terminal, name), f"“{text}” to be stored")  # noqa: B023
            go_to(terminal, f"Rad {at + 1:03}")
        terminal.type("\x11")
        assert terminal.wait_for_end() == 0
    in_window, by_command = content_of(typed), content_of(commanded)
    values = [{each.key: each.value for each in content.all(Outcome).values()} for content in (in_window, by_command)]
    assert values[0] == values[1]
    assert min(stored, refused) > len(texts) // 8
