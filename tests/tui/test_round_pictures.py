"""Pictures of the tree at work, the reporting round, the history, conflicts, and files in and out."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from kvaltui.exchange.plan_file import write_plan
from kvaltui.exchange.starter import read_starter
from kvaltui.model.content import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Completion, Outcome
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.value import replace
from kvaltui.store import journal
from kvaltui.store.author import Author
from kvaltui.store.database import Database, open_database
from kvaltui.tui.app import KvaltuiApp
from tests.tui.pictures import SIZES, Before, Compare
from tests.tui.work import COORDINATOR, DEVICE, HUDDINGE, LINKOPING, NACKA, NARROW, program, steady_journal

LOOKS = [
    pytest.param("dark", True, id="ascii"),
    pytest.param("light", False, id="light"),
    pytest.param("high-contrast", False, id="high-contrast"),
]
YEAR = Period(2022)
MANAGER = Author("chef", "Enhetschefen")


def assessed(kind: Kind, key: str, status: Status, motivation: str) -> Assessment:
    return Assessment(subject_kind=kind, subject=key, period=YEAR, status=status, motivation=motivation)


# A round that has come some way: assessments, one of them out of date, an area complete, figures waiting.
UNDER_WAY: list[AnyEntity] = [
    assessed(Kind.AREA, "aldreomsorg", Status.ACHIEVED, "Enkäten gjordes före omläggningen av måltiderna."),
    assessed(Kind.AREA, "familj-och-arbete", Status.NOT_ACHIEVED, "Två mål av tretton är långt ifrån."),
    Outcome(indicator="sabo-trygghet", period=YEAR, value="71 %"),
    Outcome(indicator="sabo-maltid-trevlig", period=YEAR),
    assessed(Kind.INDICATOR, "sabo-mat-smakar", Status.ACHIEVED, "Nya leverantören ger 81 % i höstens mätning."),
    Completion(area="omsorg-och-assistans", period=YEAR),
    Area(key="arkiverat", name="Ett arkiverat område", retired=True),
    Goal(key="arkiverat-mal", name="Ett arkiverat mål", retired=True),
]


@pytest.fixture(autouse=True)
def steady_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The device and the folder are those of everybody."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(Database, "device", DEVICE)
    (tmp_path / "arbete").mkdir()
    monkeypatch.chdir(tmp_path / "arbete")


def keys(*pressed: str, at: Reference | None = None, typed: str = "") -> Before:
    """Press keys, and type, before the picture is taken; `at` is where the cursor stands first."""

    async def before(pilot: Pilot[None]) -> None:
        await pilot.pause()
        if at is not None:
            pilot.app.screen.show_reference(at)  # type: ignore[attr-defined]
        await pilot.press(*pressed)
        for each in typed:
            await pilot.press({" ": "space", "\r": "enter"}.get(each, each))

    return before


ELDERLY, SAFE = Reference(Kind.AREA, "aldreomsorg"), Reference(Kind.INDICATOR, "sabo-trygghet")
TASTE = Reference(Kind.INDICATOR, "sabo-mat-smakar")


# The tree and the round


def areas(folder: Path, theme: str = "dark", *, is_ascii: bool = False, read_only: bool = False) -> KvaltuiApp:
    return program(folder, NACKA, mode="areas", also=UNDER_WAY, theme=theme, is_ascii=is_ascii, read_only=read_only)


AT_THE_TREE = {
    "whole": keys(),
    "stale": keys(at=ELDERLY),
    "indicator": keys(at=TASTE),
    "complete": keys(at=Reference(Kind.AREA, "omsorg-och-assistans")),
    "add": keys("ctrl+n", at=ELDERLY),
    "place": keys("space", "l", at=SAFE),
    "assess": keys("space", "b", at=SAFE),
    "filter": keys("space", "f"),
    "waiting": keys("space", "f", "down", "enter"),
    "retired": keys("space", "f", "end", "enter"),
    "refused": keys("delete", at=ELDERLY),
    "jobs": keys("space", "a"),
    "new-period": keys("space", "a", "p"),
    "reopen": keys("space", "k", at=Reference(Kind.AREA, "omsorg-och-assistans"), typed="Ett utfall var fel"),
    "new-plan": keys("space", "a", "n"),
    "empty-plan": keys("space", "a", "n", "enter", typed="Plan för 2025"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", AT_THE_TREE)
def test_the_tree_and_the_round(snap_compare: Compare, tmp_path: Path, place: str, size: tuple[int, int]) -> None:
    assert snap_compare(areas(tmp_path), terminal_size=size, run_before=AT_THE_TREE[place])


@pytest.mark.parametrize(("theme", "is_ascii"), LOOKS)
def test_the_tree_in_other_looks(snap_compare: Compare, tmp_path: Path, theme: str, is_ascii: bool) -> None:
    app = areas(tmp_path, theme, is_ascii=is_ascii)
    assert snap_compare(app, terminal_size=NARROW, run_before=keys(at=ELDERLY))


def test_the_tree_of_a_plan_that_can_only_be_read(snap_compare: Compare, tmp_path: Path) -> None:
    areas(tmp_path).session.database.close()
    app = program(tmp_path, NACKA, mode="areas", read_only=True)
    assert snap_compare(app, terminal_size=NARROW, run_before=keys())


def test_an_empty_plan(snap_compare: Compare, tmp_path: Path) -> None:
    app = program(tmp_path, NACKA, mode="areas")
    plan = Plan(key="tom", title="Plan för 2025", periods=(Period(2025),))
    journal.record(app.session.database, "tom", [plan], by=COORDINATOR, seen=0)
    app.session.choose_plan("tom")
    assert snap_compare(app, terminal_size=NARROW, run_before=keys())


def test_a_locked_figure(snap_compare: Compare, tmp_path: Path) -> None:
    app = program(tmp_path, NACKA, mode="indicators", also=[Completion(area="aldreomsorg", period=YEAR)])
    assert snap_compare(app, terminal_size=NARROW, run_before=keys("8", at=SAFE))


# The history and conflicts


def history(folder: Path, theme: str = "dark", *, is_ascii: bool = False) -> KvaltuiApp:
    return program(folder, NACKA, mode="history", also=UNDER_WAY, theme=theme, is_ascii=is_ascii)


AT_THE_HISTORY = {
    "whole": keys(),
    "assessment": keys("down", "down", "down"),
    "filter": keys("space", "f"),
    "nobody": keys("space", "f", "tab", "tab", typed="2020-01-01\r"),
    "of-one": keys("f4", "space", "h"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", AT_THE_HISTORY)
def test_the_history(snap_compare: Compare, tmp_path: Path, place: str, size: tuple[int, int]) -> None:
    assert snap_compare(history(tmp_path), terminal_size=size, run_before=AT_THE_HISTORY[place])


@pytest.mark.parametrize(("theme", "is_ascii"), LOOKS)
def test_the_history_in_other_looks(snap_compare: Compare, tmp_path: Path, theme: str, is_ascii: bool) -> None:
    assert snap_compare(history(tmp_path, theme, is_ascii=is_ascii), terminal_size=NARROW, run_before=keys())


@pytest.mark.parametrize("size", SIZES)
def test_what_later_depends_on_a_change(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    later = [Outcome(indicator="sabo-trygghet", period=YEAR, value=f"{value} %") for value in (72, 73, 74)]
    app = program(tmp_path, NACKA, mode="history", also=later)
    assert snap_compare(app, terminal_size=size, run_before=keys("down", "down", "space", "r"))


def in_conflict(folder: Path, plan: str, mode: str, *sides: AnyEntity) -> KvaltuiApp:
    """The program after several people have changed a thing without seeing each other's change."""
    app = program(folder, plan, mode=mode)
    seen = app.session.content.position
    authors = (COORDINATOR, MANAGER, Author("controller", "Controllern"))
    with steady_journal(), open_database(folder / "kvaltui.db") as database:
        for by, changed in zip(authors, sides, strict=False):
            journal.record(database, plan, [changed], by=by, seen=seen)
    app.session.refresh_if_changed()
    return app


def figures(*values: str, note: str = "") -> list[AnyEntity]:
    return [Outcome(indicator="sabo-trygghet", period=YEAR, value=value, note=note and value) for value in values]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("sides", "pressed"),
    [
        pytest.param(figures("71 %", "94 %"), keys("space", "j"), id="two"),
        pytest.param(figures("71 %", "94 %"), keys("space", "j", typed="8x"), id="typed"),
        pytest.param(
            figures("71 %", "94 %", "80 %", note="Ur enkäten"), keys("space", "j", "right", "right"), id="three"
        ),
    ],
)
def test_conflicts(
    snap_compare: Compare, tmp_path: Path, sides: list[AnyEntity], pressed: Before, size: tuple[int, int]
) -> None:
    app = in_conflict(tmp_path, NACKA, "history", *sides)
    assert snap_compare(app, terminal_size=size, run_before=pressed)


@pytest.mark.parametrize("size", SIZES)
def test_a_conflict_of_long_texts(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    found = next(iter(read_starter(LINKOPING).active(Goal)))
    names = (f"{found.name} i hela kommunen", f"{found.name} – med den nya formulering som nämnden beslutade i maj")
    app = in_conflict(tmp_path, LINKOPING, "areas", *(replace(found, name=name) for name in names))
    assert snap_compare(app, terminal_size=size, run_before=keys("space", "j", at=Reference(Kind.GOAL, found.key)))


@pytest.mark.parametrize("is_ascii", [False, True], ids=["unicode", "ascii"])
def test_a_conflict_in_the_entry_table(snap_compare: Compare, tmp_path: Path, is_ascii: bool) -> None:
    app = in_conflict(tmp_path, NACKA, "indicators", *figures("71 %", "94 %"))
    app.is_ascii = is_ascii
    assert snap_compare(app, terminal_size=NARROW, run_before=keys(at=SAFE))


# Files


def files(place: Path) -> None:
    """A folder with something of everything to take in."""
    (place / "2021").mkdir()
    (place / "underlag").mkdir()
    plan = read_starter(HUDDINGE)
    indicator = next(iter(plan.active(Indicator)))
    changed: list[AnyEntity] = [
        replace(indicator, name="Ett nytt namn [/x] åäö", definition="Antal personer som har fått stöd under året"),
        Outcome(indicator=indicator.key, period=Period(2024), value="1 204"),
        Area(key="ny-enhet", name="En ny enhet"),
    ]
    (place / "höstens plan.toml").write_text(write_plan(plan.with_entities(changed)), encoding="utf-8")
    (place / "trasig.toml").write_text("format = 1\n[plan\n", encoding="utf-8")
    (place / "utfall.csv").write_text("nyckel;utfall\nfinns-inte;12\n", encoding="utf-8")
    (place / "bild.png").touch()


IN_AND_OUT = {
    "import": keys("space", "a", "i"),
    "completed": keys("space", "a", "i", typed="ut"),
    "chosen": keys("space", "a", "i", "down", "down"),
    "broken": keys("space", "a", "i", typed="trasig.toml\r"),
    "wrong-row": keys("space", "a", "i", typed="utfall.csv\r"),
    "preview": keys("space", "a", "i", typed="höstens plan.toml\r"),
    "export": keys("space", "a", "e"),
    "sync": keys("space", "a", "u"),
    "sync-nothing": keys("space", "a", "u", typed="finns-inte\r"),
    "synced": keys("space", "a", "u", typed="2021\r"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", IN_AND_OUT)
def test_files(snap_compare: Compare, tmp_path: Path, place: str, size: tuple[int, int]) -> None:
    files(tmp_path / "arbete")
    app = program(tmp_path, HUDDINGE, mode="areas")
    assert snap_compare(app, terminal_size=size, run_before=IN_AND_OUT[place])


@pytest.mark.parametrize("size", SIZES)
def test_an_import_that_is_refused(snap_compare: Compare, tmp_path: Path, size: tuple[int, int]) -> None:
    files(tmp_path / "arbete")
    locked = Completion(area="forebyggande-arbete", period=Period(2024))
    app = program(tmp_path, HUDDINGE, mode="areas", also=[locked])
    assert snap_compare(app, terminal_size=size, run_before=keys("space", "a", "i", typed="höstens plan.toml\r"))
