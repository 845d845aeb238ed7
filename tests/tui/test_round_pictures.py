"""Pictures of the tree at work, the reporting round, the history, conflicts, and files in and out."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from kvaltui.exchange.plan_writer import write_plan
from kvaltui.exchange.starter import read_starter
from kvaltui.model.entities import AnyEntity
from kvaltui.model.entity import Kind, Reference
from kvaltui.model.period import Period
from kvaltui.model.reporting import Assessment, Completion, Outcome
from kvaltui.model.status import Status
from kvaltui.model.structure import Area, Goal, Indicator, Plan
from kvaltui.model.value import replace
from kvaltui.store import journal
from kvaltui.store.author import Author
from kvaltui.store.database import Database
from kvaltui.store.opening import open_database
from kvaltui.tui.app import KvaltuiApp
from tests.sampled import sampled
from tests.tui.pictures import Before, Picture
from tests.tui.work import COORDINATOR, DEVICE, HUDDINGE, LINKOPING, NACKA, program, steady_journal

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


def areas(folder: Path) -> KvaltuiApp:
    return program(folder, NACKA, mode="areas", also=UNDER_WAY)


AT_THE_TREE = {
    "stale": keys(at=ELDERLY),
    "indicator": keys(at=TASTE),
    "add": keys("ctrl+n", at=ELDERLY),
    "place": keys("space", "l", at=SAFE),
    "assess": keys("space", "b", at=SAFE),
    "filter": keys("space", "f"),
    "refused": keys("delete", at=ELDERLY),
    "reopen": keys("space", "k", at=Reference(Kind.AREA, "omsorg-och-assistans"), typed="Ett utfall var fel"),
    "empty-plan": keys("space", "a", "n", "enter", typed="Plan för 2025"),
}


@pytest.mark.parametrize("place", sampled(AT_THE_TREE, keep=5))
def test_the_tree_and_the_round(picture: Picture, tmp_path: Path, place: str) -> None:
    assert picture(areas(tmp_path), AT_THE_TREE[place])


def test_the_tree_of_a_plan_that_can_only_be_read(picture: Picture, tmp_path: Path) -> None:
    areas(tmp_path).session.database.close()
    app = program(tmp_path, NACKA, mode="areas", read_only=True)
    assert picture(app, keys())


def test_an_empty_plan(picture: Picture, tmp_path: Path) -> None:
    app = program(tmp_path, NACKA, mode="areas")
    plan = Plan(key="tom", title="Plan för 2025", periods=(Period(2025),))
    journal.record(app.session.database, "tom", [plan], by=COORDINATOR, seen=0)
    app.session.choose_plan("tom")
    assert picture(app, keys())


def test_a_locked_figure(picture: Picture, tmp_path: Path) -> None:
    app = program(tmp_path, NACKA, mode="indicators", also=[Completion(area="aldreomsorg", period=YEAR)])
    assert picture(app, keys("8", at=SAFE))


# The history and conflicts


def history(folder: Path) -> KvaltuiApp:
    return program(folder, NACKA, mode="history", also=UNDER_WAY)


AT_THE_HISTORY = {
    "whole": keys(),
    "assessment": keys("down", "down", "down"),
    "filter": keys("space", "f"),
    "nobody": keys("space", "f", "tab", "tab", typed="2020-01-01\r"),
    "of-one": keys("f4", "space", "h"),
}


@pytest.mark.thorough
@pytest.mark.parametrize("place", sampled(AT_THE_HISTORY, keep=3))
def test_the_history(picture: Picture, tmp_path: Path, place: str) -> None:
    assert picture(history(tmp_path), AT_THE_HISTORY[place])


@pytest.mark.thorough
def test_what_later_depends_on_a_change(picture: Picture, tmp_path: Path) -> None:
    later = [Outcome(indicator="sabo-trygghet", period=YEAR, value=f"{value} %") for value in (72, 73, 74)]
    app = program(tmp_path, NACKA, mode="history", also=later)
    assert picture(app, keys("down", "down", "space", "r"))


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


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("sides", "pressed"),
    [
        pytest.param(figures("71 %", "94 %"), keys("space", "j", typed="8x"), id="typed"),
        pytest.param(
            figures("71 %", "94 %", "80 %", note="Ur enkäten"), keys("space", "j", "right", "right"), id="three"
        ),
    ],
)
def test_conflicts(picture: Picture, tmp_path: Path, sides: list[AnyEntity], pressed: Before) -> None:
    app = in_conflict(tmp_path, NACKA, "history", *sides)
    assert picture(app, pressed)


@pytest.mark.thorough
def test_a_conflict_of_long_texts(picture: Picture, tmp_path: Path) -> None:
    found = next(iter(read_starter(LINKOPING).active(Goal)))
    names = (f"{found.name} i hela kommunen", f"{found.name} – med den nya formulering som nämnden beslutade i maj")
    app = in_conflict(tmp_path, LINKOPING, "areas", *(replace(found, name=name) for name in names))
    assert picture(app, keys("space", "j", at=Reference(Kind.GOAL, found.key)))


def test_a_conflict_in_the_entry_table(picture: Picture, tmp_path: Path) -> None:
    app = in_conflict(tmp_path, NACKA, "indicators", *figures("71 %", "94 %"))
    assert picture(app, keys(at=SAFE))


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
    "chosen": keys("space", "a", "i", "down", "down"),
    "broken": keys("space", "a", "i", typed="trasig.toml\r"),
    "preview": keys("space", "a", "i", typed="höstens plan.toml\r"),
    "export": keys("space", "a", "e"),
    "synced": keys("space", "a", "u", typed="2021\r"),
}


@pytest.mark.thorough
@pytest.mark.parametrize("place", sampled(IN_AND_OUT, keep=3))
def test_files(picture: Picture, tmp_path: Path, place: str) -> None:
    files(tmp_path / "arbete")
    app = program(tmp_path, HUDDINGE, mode="areas")
    assert picture(app, IN_AND_OUT[place])


@pytest.mark.thorough
def test_an_import_that_is_refused(picture: Picture, tmp_path: Path) -> None:
    files(tmp_path / "arbete")
    locked = Completion(area="forebyggande-arbete", period=Period(2024))
    app = program(tmp_path, HUDDINGE, mode="areas", also=[locked])
    assert picture(app, keys("space", "a", "i", typed="höstens plan.toml\r"))
