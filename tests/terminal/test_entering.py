"""The entry table in a real terminal: a year's figures typed and pasted, search, filter, fold, undo, own keys."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kvaltui.exchange.starter import read_starter
from kvaltui.model.content import PlanContent
from kvaltui.model.entities import AnyEntity
from kvaltui.model.period import Period
from kvaltui.model.reporting import Comparison, Outcome
from kvaltui.model.reporting_round import with_period
from kvaltui.model.structure import Area, Indicator
from kvaltui.model.tree import ROOT
from kvaltui.model.value import replace
from kvaltui.store.author import Author
from kvaltui.store.journal import record
from kvaltui.store.opening import open_database
from kvaltui.store.plans import load_plan
from tests.sampled import sampled
from tests.terminal.terminal import Terminal

PLAN = "nacka-2022"
LAST_YEAR, YEAR = Period(2022), Period(2023)
HOSTILE = "[/x] åäö 1,5\x1b[31mröd\x1b]52;c;aGVq\x07\x9b7m\x90q\u202e"
FIGURES = 30


def made(folder: Path, *also: AnyEntity) -> PlanContent:
    """The starter plan with a period added, whose figures wait."""
    path = folder / "kvaltui.db"
    path.touch(mode=0o600)
    path.write_bytes(_made(also))
    return plan_now(folder)


@cache
def _made(also: tuple[AnyEntity, ...]) -> bytes:
    content = read_starter(PLAN)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kvaltui.db"
        with open_database(path, create=True) as database:
            by = Author("coordinator", "Samordnaren")
            record(database, PLAN, list(content), by=by, seen=0)
            record(database, PLAN, [*with_period(content, YEAR, LAST_YEAR), *also], by=by, seen=10**9)
        return path.read_bytes()


def plan_now(folder: Path) -> PlanContent:
    with open_database(folder / "kvaltui.db", read_only=True) as database:
        return load_plan(database, PLAN)


@contextmanager
def at_the_table(folder: Path, *arguments: str, **how: object) -> Iterator[Terminal]:
    """The program with the new period's figures waiting: it begins at the entry table."""
    with Terminal("--db", str(folder / "kvaltui.db"), *arguments, folder=folder, **how) as terminal:  # type: ignore[arg-type]
        terminal.wait_for("[Indikatorer]", "period 2023", "känner sig trygga")
        yield terminal


def answers(content: PlanContent) -> list[str]:
    """Last year's figures, as somebody would type them again, in the order of the table."""
    found = []
    for key in content.tree.indicators_below(ROOT):
        outcome, indicator = content.outcome(key, LAST_YEAR), content.get(Indicator, key)
        assert outcome is not None
        assert indicator is not None
        found.append(outcome.value.removesuffix("%").strip() if indicator.unit == "%" else outcome.value)
    return found[:FIGURES]


def test_thirty_figures_cost_at_most_two_strokes_each_beyond_their_digits(tmp_path: Path) -> None:
    content = made(tmp_path)
    figures = answers(content)
    strokes = 0
    with at_the_table(tmp_path) as terminal:
        for figure in figures:
            if figure[0] not in "0123456789<>-~":
                terminal.press("enter")
                strokes += 1
            terminal.type(figure)
            terminal.press("enter")
            strokes += len(figure) + 1
        terminal.wait_for("30 av 34 inlagda", "Sparat")
        # The last three are taken back, the latest first.
        terminal.press("ctrl+z", "ctrl+z", "ctrl+z")
        terminal.wait_for("27 av 34 inlagda")
        terminal.press("ctrl+y")
        terminal.wait_for("28 av 34 inlagda")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert strokes - sum(map(len, figures)) <= 2 * FIGURES
    after = plan_now(tmp_path)
    keys = list(content.tree.indicators_below(ROOT))
    entered = [after.outcome(key, YEAR) for key in keys]
    assert [each.value if each else None for each in entered] == [*figures[:28], *[None] * 6]


@pytest.mark.thorough
def test_thirty_figures_are_pasted_seen_and_stored_as_one_change(tmp_path: Path) -> None:
    content = made(tmp_path)
    figures = answers(content)
    with at_the_table(tmp_path) as terminal:
        terminal.paste("\r\n".join(figures) + "\r\n")
        terminal.wait_for("30 inklistrade", "Spara alla")
        assert plan_now(tmp_path).outcome("sabo-trygghet", YEAR) is None, "nothing is stored before it is agreed to"
        terminal.press("enter")
        terminal.wait_for("30 av 34 inlagda", "Sparat")
        terminal.press("ctrl+z")
        terminal.wait_for("0 av 34 inlagda")
        terminal.press("ctrl+y")
        terminal.wait_for("30 av 34 inlagda")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    after = plan_now(tmp_path)
    entered = [after.outcome(key, YEAR) for key in content.tree.indicators_below(ROOT)]
    assert [each.value for each in entered if each] == figures


def test_a_pasted_column_with_one_wrong_figure_stores_nothing(tmp_path: Path) -> None:
    made(tmp_path)
    with at_the_table(tmp_path) as terminal:
        terminal.paste("80\n12.500\n90\n")
        terminal.wait_for("3 inklistrade", "12 500")
        terminal.press("enter")
        terminal.wait_for("inget sparas")
        terminal.press("escape")
        terminal.wait_for("0 av 34 inlagda")


@pytest.mark.thorough
def test_search_filter_and_fold_narrow_the_table_and_the_counts(tmp_path: Path) -> None:
    made(tmp_path)
    with at_the_table(tmp_path) as terminal:
        terminal.press("/")
        terminal.type("nöjd trygg")
        terminal.wait_for("Sök: nöjd trygg")
        terminal.press(*["backspace"] * 11)
        terminal.type("måltid")
        terminal.wait_for("Sök: måltid", "1 av 34")
        terminal.wait_until(lambda: "Personlig ass" not in terminal.shown)
        terminal.press("enter")
        terminal.wait_for("Visar bara: ”måltid”", "0 av 34 inlagda", "1 av 34")
        terminal.type("88\r")
        terminal.wait_for("1 av 34 inlagda")
        terminal.press("escape")
        terminal.wait_for("1 av 34 inlagda", "Personlig ass")
        terminal.press("space", "f", "down", "down", "up", "up", "space", "escape")
        terminal.wait_for("Visar bara: väntar på utfall", "33 av 34")
        assert "stund på dagen" not in terminal.shown
        terminal.press("home", "left")
        terminal.wait_until(lambda: "▸ Äldreomsorg" in terminal.shown and "maten smakar" not in terminal.shown)
        terminal.press("right")
        terminal.wait_for("maten smakar")


@pytest.mark.thorough
def test_a_row_that_no_longer_matches_stays_until_the_filter_is_used_again(tmp_path: Path) -> None:
    made(tmp_path)
    with at_the_table(tmp_path) as terminal:
        terminal.press("space", "f", "space", "escape")
        terminal.wait_for("Visar bara: väntar på utfall")
        terminal.type("86\r")
        terminal.wait_for("Sparat", "1 av 34 inlagda")
        terminal.wait_for_line("känner sig trygga", "86   %")
        terminal.press("space", "f", "space", "space", "escape")
        terminal.wait_for("33 av 34")
        terminal.wait_until(lambda: "känner sig trygga" not in terminal.shown)


@pytest.mark.thorough
def test_the_users_own_keys_are_in_force(tmp_path: Path) -> None:
    made(tmp_path)
    settings = tmp_path / "config.toml"
    settings.write_text('[keys]\nundo = "Ctrl+T"\nsearch = "Mellanslag ö"\n', encoding="utf-8")
    with at_the_table(tmp_path, "--config", str(settings)) as terminal:
        terminal.wait_for("/ Sök")
        terminal.type("86\r")
        terminal.wait_for("1 av 34 inlagda")
        terminal.press("ctrl+z")
        terminal.type("\x14")
        terminal.wait_for("0 av 34 inlagda")
        terminal.type(" ömåltid")
        terminal.wait_for("Sök: måltid")


def test_a_second_window_follows_with_its_cursor_and_scroll_where_they_were(tmp_path: Path) -> None:
    made(tmp_path)
    with at_the_table(tmp_path) as first, at_the_table(tmp_path) as second:
        second.press("pagedown")
        second.wait_until(lambda: "känner sig trygga" not in second.shown)
        second.press("pageup")
        second.wait_for("känner sig trygga", "0 av 34")
        second.type("9")
        second.wait_for("9 % →")
        before = [line for line in second.lines if "maten smakar bra" not in line]
        first.press("down")
        first.type("95\r")
        first.wait_for("1 av 34 inlagda")
        second.wait_for("1 av 34 inlagda")
        second.wait_for_line("maten smakar bra", "95   %")
        after = [line for line in second.lines if "maten smakar bra" not in line]
        moved = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
        assert all("inlagda" in one or "av 5" in one for one, _other in moved), moved
        second.type("1\r")
        second.wait_for("2 av 34 inlagda")


@pytest.mark.thorough
@pytest.mark.parametrize("suffix", sampled(["csv", "xlsx"], keep=1))
def test_what_shows_is_exported_and_a_file_is_never_replaced_unasked(tmp_path: Path, suffix: str) -> None:
    made(tmp_path)
    name = f"ut.{suffix}"
    with at_the_table(tmp_path) as terminal:
        terminal.press("/")
        terminal.type("särskilt boende")
        terminal.press("enter")
        terminal.wait_for("Visar bara: ”särskilt boende”", "5 av 34")
        terminal.press("space", "x")
        terminal.wait_for("Exportera 5 indikatorer", f"{PLAN}-2023.csv")
        terminal.type("\x15" + name)
        terminal.press("enter")
        terminal.wait_for("Skrev ", name)
        first = (tmp_path / name).read_bytes()
        terminal.press("space", "x")
        terminal.wait_for(f"{PLAN}-2023.csv")
        terminal.type("\x15" + name)
        terminal.press("enter")
        terminal.wait_for("finns redan")
        terminal.press("escape")
        terminal.wait_for("Visar bara")
        assert (tmp_path / name).read_bytes() == first
        terminal.press("space", "x")
        terminal.type("\x15ut.doc\r")
        terminal.wait_for("Namnet ska sluta på")
    if suffix == "csv":
        rows = list(csv.reader(first.decode("utf-8-sig").splitlines(), delimiter=";"))
        assert [row[0] for row in rows[1:]][:2] == ["sabo-trygghet", "sabo-mat-smakar"]
        assert len(rows) == 6
    else:
        assert first.startswith(b"PK")


@pytest.mark.thorough
def test_nothing_of_what_is_stored_reaches_the_terminal_as_a_command(tmp_path: Path) -> None:
    content = read_starter(PLAN)
    indicator, area = content.all(Indicator)["sabo-trygghet"], content.all(Area)["aldreomsorg"]
    also = (
        replace(
            indicator,
            display_name=f"Trygga {HOSTILE}",
            breakdown=(f"Del {HOSTILE.replace(';', '')}",),
            unit="text",
            definition=HOSTILE,
            numerator=HOSTILE,
            denominator=HOSTILE,
            source=HOSTILE,
        ),
        replace(area, name=f"Äldreomsorg {HOSTILE}", note=HOSTILE),
        Outcome(indicator="sabo-trygghet", period=YEAR, value=HOSTILE, note=HOSTILE, source=HOSTILE),
        Comparison(indicator="sabo-trygghet", period=YEAR, name=f"Riket {HOSTILE}", value=HOSTILE),
    )
    made(tmp_path, *also)
    with Terminal("--db", str(tmp_path / "kvaltui.db"), folder=tmp_path) as terminal:
        terminal.wait_for("[Indikatorer]", "Äldreomsorg [/x]")
        terminal.press("home", "space", "v")
        terminal.wait_for("Esc Tillbaka")
        terminal.press("escape")
        terminal.wait_until(lambda: "Esc Tillbaka" not in terminal.shown)
        terminal.press("down", "space", "v")
        terminal.wait_for("Esc Tillbaka", "[/x] åäö 1,5")
        terminal.press("end")
        terminal.wait_for("Riktning")
        terminal.press("escape")
        terminal.wait_until(lambda: "Esc Tillbaka" not in terminal.shown)
        for what in "rts":
            terminal.press("space", "c", what)
            terminal.wait_for("Skickat till urklipp")
            terminal.press("up", "down")
            terminal.wait_until(lambda: "Skickat" not in terminal.shown)
        terminal.press("/")
        terminal.type("[/x] 1,5\r")
        terminal.wait_for("Visar bara: ”[/x] 1,5”")
        terminal.press("space", "f")
        terminal.wait_for("Visa bara")
        terminal.press("escape")
        terminal.wait_until(lambda: "Visa bara" not in terminal.shown)
        terminal.press("enter")
        terminal.paste(HOSTILE)
        terminal.wait_until(lambda: "→" in terminal.shown)
        terminal.press("escape")
        terminal.wait_until(lambda: "→" not in terminal.shown)
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
        raw = terminal.raw
    assert b"\x1b[31mr" not in raw
    assert b"\x1b]52;c;aGVq" not in raw
    text = raw.decode("utf-8")
    assert not set("\x9b\x90\u202e") & set(text)
